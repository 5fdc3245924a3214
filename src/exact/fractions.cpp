#include "exact/fractions.hpp"

namespace istcheck {

/// By the continued fraction that
/// both ends begin with. On pairs of integers: bringing long fractions to lowest terms takes long.
Rational simplest_between(const Rational& low, const Rational& high) {
  if (low.sign() <= 0 && high.sign() >= 0) return 0;
  if (high.sign() < 0) return -simplest_between(-high, -low);
  Integer n = numerator(low), d = denominator(low), above_n = numerator(high),
          above_d = denominator(high);
  Integer p0 = 0, q0 = 1, p1 = 1, q1 = 0;  // the last two convergents
  for (;;) {
    const Integer whole = n / d, least = whole * d == n ? whole : Integer(whole + 1);
    const bool last = least * above_d <= above_n;
    const Integer& term = last ? least : whole;
    const Integer p = term * p1 + p0, q = term * q1 + q0;
    if (last) return {p, q};
    p0 = p1, q0 = q1, p1 = p, q1 = q;
    // 1/(x − whole) turns the ends around.
    Integer rest = n - whole * d, above_rest = above_n - whole * above_d;
    n = std::move(above_d), above_n = std::move(d);
    d = std::move(above_rest), above_d = std::move(rest);
  }
}

Rational simplest_strictly_between(const Rational& low, const Rational& high) {
  if (low < 0 && high > 0) return 0;
  if (high <= 0) return -simplest_strictly_between(-high, -low);
  // 0 <= low < high: the least whole number above low, or one more step of the continued fraction.
  const Integer whole = floor_of(low);
  if (Rational(whole) + 1 < high) return Rational(whole) + 1;
  if (low == Rational(whole)) {
    // high <= whole + 1: whole + 1/k for the least k that fits.
    return low + Rational(1) / Rational(Integer(floor_of(1 / (high - low)) + 1));
  }
  if (high == Rational(whole) + 1) {
    // 1/(x − whole) lies between 1 and 1/(low − whole), which is above 1.
    const Rational top = 1 / (low - Rational(whole));
    return Rational(whole) + 1 / simplest_strictly_between(1, top);
  }
  return Rational(whole) +
         1 / simplest_strictly_between(1 / (high - Rational(whole)), 1 / (low - Rational(whole)));
}

}  // namespace istcheck
