#include "search/numbers.hpp"

namespace istcheck::search {

namespace {

Integer floor_of(const Rational& x) {
  const Integer n = numerator(x), d = denominator(x);
  const Integer q = n / d;
  return n < 0 && q * d != n ? Integer(q - 1) : q;
}

}  // namespace

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

/// By continued fractions: the integer parts agree until an integer fits between the ends.
Rational simplest_between(const Rational& low, const Rational& high) {
  if (low <= 0 && high >= 0) return 0;
  if (high < 0) return -simplest_between(-high, -low);
  const Rational whole(floor_of(low));
  if (whole == low) return low;
  if (whole + 1 <= high) return whole + 1;
  return whole + 1 / simplest_between(1 / (high - whole), 1 / (low - whole));
}

}  // namespace istcheck::search
