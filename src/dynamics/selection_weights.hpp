// The weights of closed-form second moments, from inclusion probabilities. Private to dynamics/.
#pragma once

#include <array>
#include <cstddef>
#include <compare>
#include <vector>

#include "model/sketch.hpp"

namespace istcheck {

/// The set partitions of the positions (a, k, l, b), named by what is equal.
enum Pattern {
  all_free,
  ak,
  lb,
  ak_lb,
  kl,
  al,
  kb,
  ab,
  al_kb,
  ab_kl,
  akl,
  akb,
  alb,
  klb,
  all_equal
};
inline constexpr int kPatterns = 15;

/// Which sides of a term are selected.
struct Flags {
  bool left = false, right = false;
  friend auto operator<=>(const Flags&, const Flags&) = default;
};

/// v(τ) times a common denominator, for two terms of two different workers and of one worker.
struct PairWeights {
  std::array<Integer, kPatterns> cross, same;
};

struct SelectionWeights {
  Integer denominator = 1;
  std::vector<PairWeights> pairs;
};

/// The v with Σ_{τ ≤ π} v(τ) = w(π) for each of the given pairs (x, y) of flags, where w(π) is the
/// probability that the selected ones among a, k lie in S_i and the selected ones among l, b in S_j
/// (i ≠ j for `cross`, i = j for `same`), given the equalities π and no others. Without a law
/// nothing may be selected.
SelectionWeights selection_weights(const SelectionLaw* law,
                                   const std::vector<std::pair<Flags, Flags>>& pairs);

}  // namespace istcheck
