// A method as it is written (docs/semantics.md 17): states, draws and updates of one round. Built
// by the parser, annotated by check_method, then read by the printer, and run by whoever computes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "claim/ast.hpp"

namespace istcheck::claim {

/// The values of an index, as in a binder: a range, workers, coordinates, or a set that was drawn;
/// without the elements of another one.
struct IndexRange {
  Domain domain = Domain::range;
  ExprPtr low, high, set, without;
  Place place;
};

/// A state or local block: a vector for each value of its indices, of which there is one at most.
struct Block {
  std::string name;
  std::optional<Binder> index;
  ExprPtr size;   ///< d when empty
  ExprPtr start;  ///< of a state: may use other states; the case's, else this, else 0
  Place place;
};

/// A parameter of the case.
struct Parameter {
  std::string name;
  Kind kind = Kind::scalar;
  Place place;
};

/// Data of the case: a number without sizes, a vector with one, a matrix with two.
struct Datum {
  std::string name;
  std::vector<ExprPtr> sizes;
  Place place;
};

enum class Law {
  coin,          ///< 1 with probability args[0], else 0
  element,       ///< of `range`, uniformly or with weights args[0] in the drawn name
  permutations,  ///< an order of `range`
  subsets,       ///< args[0] elements of `range`
  deals,         ///< `range` dealt to args[0] parts whose sizes differ by at most one
  noise,         ///< mean 0, covariance noise[i]
  sketch,        ///< the case's C[1..n]
  rand,          ///< Rand-args[0]
  perm,          ///< Perm-args[0], C[1..n] jointly
  bernoulli      ///< each coordinate kept with probability args[0], scaled by 1/args[0]
};

/// One statement of a body.
struct MethodStep {
  enum class Is { let, draw, local, update, loop } is = Is::let;
  std::string name;             ///< what it defines or changes
  std::vector<Binder> indices;  ///< of a let, a local block, a draw
  ExprPtr at;                   ///< index of an update; empty for a block without any
  bool whole = false;           ///< an update whose index is not bound runs over the whole block
  ExprPtr value;                ///< of a let, a local block, an update
  Law law = Law::coin;
  IndexRange range;  ///< of a draw, of a loop
  std::vector<ExprPtr> args;
  std::vector<MethodStep> body;  ///< of a loop over `name` in `range`
  Place place;
};

/// The number of the round in a method's text, where it gives the name no other meaning.
inline constexpr const char* kRoundName = "k";

struct Method {
  std::shared_ptr<const Source> source;
  Place place;
  std::string name, title, paper, equation;
  std::vector<Parameter> parameters;
  std::vector<Datum> data;
  std::vector<Block> states;
  std::vector<MethodStep> body;
  bool uses_round = false;  ///< set by check_method

  const Block* state(const std::string& block) const {
    for (const Block& b : states)
      if (b.name == block) return &b;
    return nullptr;
  }
  /// The block x if it is one vector of length d, which `x0`, `xinf` and a plain start speak of.
  const Block* plain_x() const;
};

/// A state that an expression names (docs/semantics.md 17.6).
struct StateOfClaim {
  const Block* block = nullptr;
  const Expr* index = nullptr;  ///< its own
  const Expr* round = nullptr;  ///< x[k]; none: the free state
};
/// By form alone: x, x[k]; h[i], h[i][k]. Nothing where it names none of the method's states.
std::optional<StateOfClaim> state_in(const Expr& e, const Method& m);

/// The text in one form, without title and source: two methods mean the same when it is the same.
std::string to_text(const Method& m);
/// With title and source, as a file shows it.
std::string printed(const Method& m);
/// Whether some draw is from noise.
bool draws_noise(const Method& m);

}  // namespace istcheck::claim
