// Random and short rational numbers for searches.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "exact/rational.hpp"

namespace istcheck::search {

/// A source of random choices; the same seed gives the same choices on every platform.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  /// 0 … below − 1, below > 0.
  int below(int below) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(below)); }
  bool one_in(int k) { return below(k) == 0; }
  /// p/q with |p| ≤ most and q among 1, 2, 3, 4, 8.
  Rational fraction(int most);
  /// The same, > 0.
  Rational positive(int most);

 private:
  std::mt19937_64 engine_;
};

}  // namespace istcheck::search
