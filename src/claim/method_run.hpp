// One round of a method as text, run over all of its draws (docs/semantics.md 17.5).
//
// A right side that is affine in the state is one by its form (check_method), so running the body
// with the state as unknown z gives, for each outcome of the draws, the matrix of an affine map
// z⁺ = A z + a, and of B for the noise that was drawn, z⁺ = A z + a + B ξ.
#pragma once

#include <functional>

#include "claim/evaluator.hpp"
#include "claim/method.hpp"
#include "claim/world.hpp"

namespace istcheck::claim {

/// Where the blocks of a state stand in it, one below the other in the order of the text.
class StateLayout {
 public:
  /// Evaluates sizes and indices on this case. Throws as the evaluator does.
  StateLayout(const Method& m, World& world);
  struct Place {
    long low = 1, high = 1;  ///< values of its index; 1..1 without one
    Index offset = 0, size = 0;
  };
  Index size() const { return size_; }
  const Place& of(const Block& block) const { return places_.at(block.name); }
  /// The first coordinate of the block with this index; nothing outside of its values.
  std::optional<Index> offset(const Block& block, long index) const;

 private:
  std::map<std::string, Place> places_;
  Index size_ = 0;
};

/// All outcomes of a round with this step size. Throws Unsupported beyond the limit of outcomes,
/// Undefined and ClaimError as the evaluator does.
std::vector<DrawnOutcome> drawn_outcomes(const Method& m, World& world, const StepAt& step);

/// lim S Ā^k z̄⁰ for the rows S = first, …, first + size − 1, the mean map Ā and z̄⁰ = (z⁰; 1), or
/// why there is none. Throws Unsupported for a map or a start with unknowns. O(N) eliminations of N
/// columns.
struct Limit {
  std::optional<SurdMatrix> value;
  std::string why;
};
Limit limit_of_rows(const SurdMatrix& map, const SurdMatrix& start, Index first, Index size);

/// Where the state starts: blocks that the case gives, else as the text says, else 0. `x0` replaces
/// the start of a block x.
SurdMatrix start_of_state(const Method& m, World& world, const std::optional<SurdMatrix>& x0,
                          const std::optional<Surd>& step);

}  // namespace istcheck::claim
