#include "search/numbers.hpp"

namespace istcheck::search {

Rational Dice::fraction(int most) {
  constexpr int kDenominators[] = {1, 1, 1, 2, 2, 3, 4, 8};
  const int q = kDenominators[below(8)];
  return Rational(below(2 * most + 1) - most, q);
}

Rational Dice::positive(int most) {
  constexpr int kDenominators[] = {1, 1, 1, 2, 2, 3, 4, 8};
  const int q = kDenominators[below(8)];
  return Rational(1 + below(most), q);
}

}  // namespace istcheck::search
