// The walk over expressions that check_types makes. Private to check*.cpp.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "claim/ast.hpp"
#include "claim/method.hpp"
#include "claim/builtins.hpp"
#include "claim/symmetry.hpp"

namespace istcheck::claim {

/// Takes over kind and size, leaving the dependencies that inherit() collected.
inline void set_shape(Expr& e, const Type& t) {
  e.type.shape = t.shape;
  e.type.rows = t.rows;
  e.type.columns = t.columns;
}

/// Whether the index is mentioned, and not bound again, in an expression that has been checked.
bool mentions_index(const Expr& e, const std::string& index);

/// What one E or 'for every outcome' binds.
struct Draws {
  const Expr* bare = nullptr;    ///< a C, Bbar, Cb or g
  std::set<std::string> rounds;  ///< indices of iterates as written; two are enough
  bool varies = false;           ///< an iterate's index depends on an index bound inside
  int level = 0;                 ///< of the step of greatest level (docs/semantics.md 7.3)
};

class TypeChecker {
 public:
  explicit TypeChecker(Claim& claim) : claim_(claim), symmetry_(claim) {}
  void run();
  /// `claim_` is empty then, and only there for its source.
  void run_method(Method& m);

 private:
  enum class State { untouched, open, done };
  struct Let {
    Definition* definition = nullptr;
    State state = State::untouched;
    std::set<std::string> variables;   // forall-variables it needs
    std::set<std::string> free_names;  // what it mentions and does not bind, through lets too
    Draws draws;
  };
  /// What is being read. In all but hypotheses and conclusions only what stands before is known.
  enum class Where { definition, setting, family, variable, statement };

  Claim& claim_;
  SymmetryOfForm symmetry_;
  std::map<std::string, Let> lets_;
  std::map<std::string, Type> variables_;  // those declared so far
  std::vector<std::string> bound_;         // names of the enclosing sums, quantifiers, …
  std::vector<std::pair<size_t, Type>>
      kinds_;                   // of those of them that have a kind: which, its type
  std::set<std::string> used_;  // forall-variables the current expression needs
  std::vector<std::pair<Size, Size>> same_sizes_;
  bool in_member_ = false;  // inside at(…) or inside the family itself
  Where where_ = Where::definition;
  std::string own_;                  // the variable whose values or range are being read
  std::set<std::string> mentioned_;  // names in the current expression that it does not bind
  /// A name of the method that the claim is about, or of the method that is being read.
  struct MethodName {
    enum class Role { state, parameter, datum, local, let, draw } role = Role::parameter;
    Type type;
    std::vector<Binder> indices;
    bool changes() const { return role == Role::state || role == Role::local; }
  };
  std::map<std::string, MethodName> method_names_;
  bool uses_round_ = false;  // k of a method was read
  bool in_method_ = false;   // its body is being read
  bool in_round_ = false;    // inside next(…) or round(k : …)

  // check.cpp: declarations
  void sizes_of_settings();
  void setting(Setting& s);
  void family(Family& f);
  void variable(Variable& v);
  void trial(const Variable& v, const Type& type, Expr& e);
  void define(Let& let);
  void bind(const std::string& name, Place place, bool variable = false) const;
  void statement(Statement& s, const char* what);
  Size canonical(Size s) const;
  bool conflict(const Size& a, const Size& b) const;
  [[noreturn]] void fail(Place place, const std::string& message) const;

  // check_expression.cpp: the walk, binders, random quantities, relations
  void check(Expr& e);
  void need_scalar(Expr& e, const char* where);
  void need_truth(Expr& e, const char* where);
  void need_plain(Expr& e, const char* where);
  void need_square(Expr& e, const char* where);
  void need_symmetric(Expr& e, const std::string& where);
  void inherit(Expr& e);

  // check_names.cpp: names, indices, calls
  void name(Expr& e);
  void index(Expr& e);
  void call(Expr& e);
  void call_at(Expr& e);
  bool own(const std::string& name) const;
  void use_variable(const Expr& e, const std::string& variable);
  void use_let(Expr& e, Let& let);
  void carry(const Expr& e, Constant name);
  void carry_run(const Expr& e);
  void apply(Expr& e, const Builtin& b);
  const Builtin* overload(const Expr& e, Use use) const;
  bool method_name(Expr& e);
  void of_method(Expr& e, const MethodName& m, size_t indices);
  void state_in_round(Expr& e, const Type& block, Expr& round);
  void method_call(Expr& e);
  void in_round(Expr& e, Expr& body);
  [[noreturn]] void unknown(const Expr& e, const std::string& what) const;
  void use_case(Expr& e, const std::string& name);

  // check_method.cpp: methods as text
  void names_for_claim(const Method& m);
  Type type_of_block(const Block& b);
  void declare(const std::string& name, Place place, MethodName m);
  void steps(std::vector<MethodStep>& all, Method& m);
  void step(MethodStep& s, Method& m);
  void draw(MethodStep& s);
  void range(IndexRange& r);
  void index_names(std::vector<Binder>& indices);
  void affine(const Expr& e) const;
  void plain(Expr& e, const char* what);

  // check_operators.cpp: arithmetic, entries, literals, norms
  void sum(Expr& e);
  void product(Expr& e);
  void degree_of_two(const Expr& e) const;
  [[noreturn]] void too_high(Place place, const std::string& in_claims) const;
  void quotient(Expr& e);
  void power(Expr& e);
  void entry(Expr& e);
  void vector(Expr& e);
  void list_of_numbers(Expr& e);  ///< whose entries are checked
  void matrix(Expr& e);
  void block_matrix(Expr& e);
  void norm(Expr& e);

  void expectation(Expr& e);
  void surely(Expr& e);
  void binder(Expr& e);
  void over_kind(Expr& e);
  static Type type_of(Kind kind);
  Type type_of_fold(const Expr& e, const Type& body) const;
  Size length_of(const Binder& b) const;
  void no_condition_on_state(const Expr& e, const std::string& what) const;
  void member(Expr& e);
  void choose(Expr& e);
  void relation(Expr& e);
  void compare_sides(Expr& e, size_t k);
  void logic(Expr& e);

  // check_draws.cpp: which draws and rounds stand under one E or 'for every outcome'
  void one_draw(const Expr& body);
  int draws(const Expr& e, std::vector<std::string>& inside, Draws& found);
  std::string round_text(const Expr& e) const;
  ExprPtr spelled_out(const Expr& e, long& parts) const;
};

}  // namespace istcheck::claim
