// Claims and expressions as they are written. Built by the parser, annotated by check_types, then
// read by the printer, the LaTeX writer and the evaluator.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "claim/names.hpp"
#include "claim/source.hpp"
#include "claim/types.hpp"
#include "exact/rational.hpp"

namespace istcheck::claim {

enum class Op {
  number,   // value; name keeps the digits as written
  name,     // name
  index,    // name[args…]: an entry, a worker's data, an iterate
  entry,    // args[0][args[1], …] of any other expression
  call,     // name(args…)
  call_at,  // name[args[0]](args[1], …), such as f[i](x)
  neg,      // −args[0]
  add,
  sub,
  mul,
  div,
  pow,
  transpose,   // args[0]'
  vector,      // [args…]
  matrix,      // [[…], …], every arg an Op::vector, of numbers or of blocks
  norm,        // ||args[0]||, with args[1] the weight when there is one
  normsq,      // ||args[0]||^2, with args[1] the weight when there is one
  expect,      // E[args[0]]
  surely,      // for every outcome : args[0]
  fold,        // name(binders : args[0]) with name sum, mean, min, max, vec or mat
  quantifier,  // forall / exists binders : args[0]
  over_kind,   // forall / exists binders[0], which has a kind : args[0]; for every state : args[0]
  at_member,   // at(args[0] : args[1]), a member of the claim's family
  round_of,    // round(args[0] : args[1]), the second in a round; name says round
  choose,      // if args[0] then args[1] else args[2]
  in_set,      // args[0] in args[1], a set that a method drew
  relation,    // args[0] relations[0] args[1] relations[1] …
  lnot,
  land,
  lor,
  implies,
  iff
};

enum class Relation { eq, ne, lt, le, gt, ge, prec, preceq, succ, succeq };

/// `state`: all blocks of a method's state one below the other; `reachable`: coordinates of those
/// that the method can reach. Only `for every [reachable] state` binds them.
enum class Kind { scalar, integer, vector, matrix, symmetric, positive, state, reachable };
constexpr bool is_state(Kind k) { return k == Kind::state || k == Kind::reachable; }
/// The names that they bind, which nobody can write.
inline constexpr const char *kStateName = "$state", *kReachableName = "$reachable";
constexpr bool is_number(Kind k) { return k == Kind::scalar || k == Kind::integer; }

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

/// k in low..high; in a domain, or in a set that a method drew, and then there are no ends; or
/// t : KIND, all of its elements.
struct Binder {
  std::string name;
  Domain domain = Domain::range;
  ExprPtr low, high;
  Place place;
  std::optional<Kind> kind = {};
  ExprPtr set = nullptr;
};

/// What a name means; set by check_types.
/// `method`: a state, parameter, datum, draw or let of the method that the claim is about.
enum class Meaning { none, builtin, variable, definition, bound, method };

struct Expr {
  Op op = Op::number;
  Place place;
  std::string name;
  Rational value;
  std::vector<ExprPtr> args;
  std::vector<Relation> relations;
  std::vector<Binder> binders;
  int height = 1;        ///< of the tree below
  bool grouped = false;  ///< parentheses stand around it
  /// Of next(V) and round(k : V): V with its lets put in, typed as what is in a round.
  ExprPtr inside;

  Type type;
  Meaning meaning = Meaning::none;
  // Which name of the table it is. Set by the parser as it is spelled, and by check_types to `none`
  // where the claim binds the name. Of a name alone, or an entry of it; of L[i] and the like; of a
  // call; of a fold.
  Constant constant = Constant::none;
  Indexed indexed = Indexed::none;
  Function function = Function::none;
  Fold fold = Fold::none;
};

/// Whether it is the `infinity` of x[infinity].
bool is_limit(const Expr& round);
/// The 0 that takes its size from what stands beside it.
bool is_zero_numeral(const Expr& e);
/// Of a literal whose type is known: blocks, not numbers.
bool is_block_matrix(const Expr& e);

/// Equal up to places and annotations.
bool same(const Expr& a, const Expr& b);
ExprPtr clone(const Expr& e);
Binder clone(const Binder& b);
/// Puts a number in the place of the index `name` of an enclosing sum, mean, forall … or family.
void substitute(Expr& e, const std::string& name, long value);

// ---- A claim ----------------------------------------------------------------------------------

/// One thing to try for a variable: a value, or the values low, low + by, …, up to high.
struct Trial {
  ExprPtr value;
  ExprPtr low, high, by;  // a range when value is empty; by may be empty (1)
};

struct Variable {
  std::string name;
  Kind kind = Kind::scalar;
  std::vector<Trial> trials;
  bool ranged = false;  ///< "in": an integer with the values of its one trial and no others
  Place place;
};

struct Definition {
  std::string name;
  ExprPtr value;
  Place place;
};

struct Statement {
  std::string label;  // may be empty
  ExprPtr value;
};

/// "sketch = perm | rand", "homogeneous", or a condition on sizes such as n = d.
struct Setting {
  std::string key;  // "sketch", "method", "reading", "case", a flag, or "" for a condition
  std::vector<std::string> choices;  // for sketch, method, reading and case
  ExprPtr condition;
  Place place;
};

/// A family of instances that the claim builds itself, one for each member index.
struct Family {
  std::string index;
  ExprPtr low, high;
  std::string worker = "i";  // the name that L(i) and b(i) use
  ExprPtr n, d, L, b, gamma, x0, q;
  std::string sketch, method = "sketched-gradient";
  Place place, worker_place;
};

enum class Expectation { holds, refuted };

/// What a theorem of proofs/rocq does for a claim: it states the claim, or its negation; or a part
/// of it, or something else, as the note says.
enum class ProofWord { proves, refutes, part, related };
inline constexpr std::pair<ProofWord, const char*> kProofWords[] = {
    {ProofWord::proves, "proves"},
    {ProofWord::refutes, "refutes"},
    {ProofWord::part, "part"},
    {ProofWord::related, "related"}};
struct ProofLink {
  ProofWord word = ProofWord::related;
  std::string theorem, note;  ///< "module.theorem"
  Place place;
};

struct Method;

struct Claim {
  std::shared_ptr<const Source> source;
  std::shared_ptr<const Method> method;  ///< as text beside the claim, where a setting names it
  Place place;
  std::string id, title, paper, equation, note, repairs;
  std::vector<ProofLink> proofs;
  std::string loose;  ///< why no case can make a true claim tight; may be empty
  std::vector<Setting> settings;
  std::optional<Family> family;
  std::vector<Variable> variables;
  std::vector<Definition> definitions;
  std::vector<Statement> hypotheses, conclusions;
  Expectation expectation = Expectation::holds;
  std::string reason;
};

/// The theorem that states the whole claim, or its negation; "" where there is none.
inline std::string general_proof(const Claim& c) {
  for (const ProofLink& link : c.proofs)
    if (link.word == ProofWord::proves || link.word == ProofWord::refutes) return link.theorem;
  return "";
}

}  // namespace istcheck::claim
