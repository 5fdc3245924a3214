#include "exact/surd.hpp"

#include "support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

Surd surd_root(const Rational& x) { return Surd::sqrt_of(x); }

/// Squarefree radicands > 0 and non-zero coefficients: the canonical form.
void require_canonical(const Surd& x) {
  for (const auto& [root, coefficient] : x.terms()) {
    const Integer& r = root.radicand;
    CAPTURE(x, r);
    REQUIRE(root.power == 0);
    REQUIRE(coefficient != 0);
    REQUIRE(r > 0);
    for (Integer p = 2; p * p <= r; ++p) REQUIRE(r % (p * p) != 0);
  }
}

}  // namespace

TEST_CASE("surd: square roots are split into square and squarefree part") {
  CHECK(surd_root(0) == Surd(0));
  CHECK(surd_root(1) == Surd(1));
  CHECK(surd_root(Rational(49, 36)) == Surd(Rational(7, 6)));
  CHECK(surd_root(12) == Surd(2) * surd_root(3));
  CHECK(surd_root(Rational(1, 2)) == Surd(Rational(1, 2)) * surd_root(2));
  CHECK(surd_root(Rational(2, 3)) == Surd(Rational(1, 3)) * surd_root(6));
  CHECK(surd_root(Rational(72, 125)) == Surd(Rational(6, 25)) * surd_root(10));
  CHECK_THROWS_AS(surd_root(-1), std::domain_error);
  CHECK_THROWS_AS(surd_root(Rational(-1, 9)), std::domain_error);
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 200; ++k) {
    const Rational x = random.positive(5000);
    const Surd s = surd_root(x);
    CAPTURE(x);
    require_canonical(s);
    CHECK(s * s == Surd(x));
    CHECK(s.sign() == 1);
    CHECK(surd_root(x * x) == Surd(x));
    CHECK(surd_root(x) * surd_root(1 / x) == Surd(1));
  }
  // A prime beyond one machine word, and its square.
  const Rational p = q("18446744073709551629");
  CHECK(surd_root(p) * surd_root(p) == Surd(p));
  CHECK(surd_root(p * p) == Surd(p));
  CHECK(surd_root(p * 4) == Surd(2) * surd_root(p));
}

TEST_CASE("surd: field laws") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 150; ++k) {
    const Surd a = random.surd(), b = random.surd(), c = random.surd();
    CAPTURE(a, b, c);
    CHECK(a + b == b + a);
    CHECK((a + b) + c == a + (b + c));
    CHECK(a * b == b * a);
    CHECK((a * b) * c == a * (b * c));
    CHECK(a * (b + c) == a * b + a * c);
    CHECK(a - a == Surd(0));
    CHECK(a + (-a) == Surd(0));
    CHECK(a - b == -(b - a));
    CHECK(a * Surd(1) == a);
    CHECK(a * Surd(0) == Surd(0));
    require_canonical(a * b + c);
    if (b != Surd(0)) {
      CHECK(b * b.inverse() == Surd(1));
      CHECK((a / b) * b == a);
      CHECK(b.inverse().inverse() == b);
    }
  }
}

TEST_CASE("surd: operators on a number itself") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 30; ++k) {
    const Surd a = random.surd();
    Surd x = a;
    const Surd& same = x;  // compilers warn of x -= x
    x += same;
    CHECK(x == Surd(2) * a);
    x = a;
    x -= same;
    CHECK(x == Surd(0));
    CHECK(x.terms().empty());
    x = a;
    x *= same;
    CHECK(x == a * a);
    x = a;
    if (a == Surd(0)) continue;
    x /= same;
    CHECK(x == Surd(1));
  }
}

TEST_CASE("surd: division by zero throws") {
  CHECK_THROWS_AS(Surd(0).inverse(), std::domain_error);
  CHECK_THROWS_AS(Surd(1) / Surd(0), std::domain_error);
  CHECK_THROWS_AS(surd_root(2) / (surd_root(8) - Surd(2) * surd_root(2)), std::domain_error);
}

TEST_CASE("surd: conjugation is a field automorphism and an involution") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 60; ++k) {
    const Surd a = random.surd(), b = random.surd();
    const Integer p = std::vector<int>{2, 3, 5, 7, 11}[static_cast<size_t>(random.integer(0, 4))];
    CAPTURE(a, b, p);
    CHECK((a + b).conjugate(p) == a.conjugate(p) + b.conjugate(p));
    CHECK((a * b).conjugate(p) == a.conjugate(p) * b.conjugate(p));
    CHECK(a.conjugate(p).conjugate(p) == a);
  }
  CHECK(primes_of(surd_root(30) + surd_root(14)) == std::vector<Integer>{2, 3, 5, 7});
  CHECK(primes_of(Surd(6)).empty());
}

TEST_CASE("surd: equality is syntactic") {
  // (√2 + √3)² = 5 + 2√6, (√2 + √3)(√3 − √2) = 1.
  const Surd sum = surd_root(2) + surd_root(3);
  CHECK(sum * sum - Surd(5) - Surd(2) * surd_root(6) == Surd(0));
  CHECK((sum * sum - Surd(5) - Surd(2) * surd_root(6)).sign() == 0);
  CHECK(sum * (surd_root(3) - surd_root(2)) == Surd(1));
  CHECK(sum.inverse() == surd_root(3) - surd_root(2));
  CHECK(surd_root(2) != surd_root(3));
  CHECK(Surd(Rational(3, 2)).is_rational());
  CHECK(Surd(Rational(3, 2)).rational() == Rational(3, 2));
  CHECK(Surd(0).rational() == 0);
  CHECK_FALSE((surd_root(2) + Surd(1)).is_rational());
  CHECK_THROWS_AS(surd_root(2).rational(), std::domain_error);
}

TEST_CASE("surd: signs of numbers that nearly cancel") {
  // Convergents p/q of √2 lie on alternate sides and p² − 2q² = ±1.
  Integer p = 1, denominator = 1;
  for (int k = 0; k < 400; ++k) {
    const Integer next = p + 2 * denominator;
    denominator = p + denominator;
    p = next;
    const Surd difference = surd_root(2) - Surd(Rational(p, denominator));
    const int expected = p * p < 2 * denominator * denominator ? 1 : -1;
    if (k % 20 < 2) CHECK(difference.sign() == expected);
  }
  // (√3 − √2)^k tends to zero and stays positive; as an expression it is a − b √6 or the like.
  Surd tiny = 1;
  for (int k = 1; k <= 120; ++k) {
    tiny *= surd_root(3) - surd_root(2);
    if (k % 10 == 0) CHECK(tiny.sign() == 1);
    if (k % 10 == 0) CHECK((-tiny).sign() == -1);
  }
  // √2 + √3 + √5 − √6 − √7 … against a rational just above and below.
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 40; ++k) {
    const Surd x = random.surd();
    const auto [low, high] = enclose(x, 200);
    CAPTURE(x);
    CHECK((x - Surd(low)).sign() >= 0);
    CHECK((Surd(high) - x).sign() >= 0);
    CHECK((x < Surd(high)) == (low != high));
    CHECK((x > Surd(low)) == (low != high));
  }
}

TEST_CASE("surd: order is total and agrees with arithmetic") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 80; ++k) {
    const Surd a = random.surd(), b = random.surd(), c = random.surd();
    CAPTURE(a, b, c);
    CHECK((a < b) + (a == b) + (a > b) == 1);
    CHECK((a <= b) == !(b < a));
    if (a < b) CHECK(a + c < b + c);
    if (a < b && c.sign() > 0) CHECK(a * c < b * c);
    CHECK((a * b).sign() == a.sign() * b.sign());
    CHECK((a * a).sign() == (a == Surd(0) ? 0 : 1));
  }
}

TEST_CASE("surd: enclosures contain the number and are as narrow as asked") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 60; ++k) {
    const Surd x = random.surd(1000);
    for (const long bits : {-3L, 0L, 1L, 10L, 64L, 333L}) {
      const auto [low, high] = enclose(x, bits);
      CAPTURE(x, bits);
      CHECK(high - low <= power(2, static_cast<int>(-bits)));
      CHECK(Surd(low) <= x);
      CHECK(x <= Surd(high));
      CHECK((low == high) == x.is_rational());
    }
  }
}

TEST_CASE("surd: decimals are correctly rounded") {
  CHECK(decimal(surd_root(2), 40) == "1.41421356237309504880168872420969807857");
  CHECK(decimal(surd_root(Rational(3, 4)) - Surd(1)) == "-0.133974596215561353236276829247");
  CHECK(decimal(Surd(Rational(1, 4)), 1) == "0.2");
  CHECK(decimal(surd_root(2) * Surd(power(10, 25)), 3) == "1.41e25");
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 60; ++k) {
    const Surd x = random.surd(50);
    const int digits = random.small(1, 50);
    if (x == Surd(0)) continue;
    const Rational shown = q(decimal(x, digits));
    CAPTURE(x, digits, shown);
    int e = 0;
    while (Surd(power(10, e + 1)) <= (x.sign() < 0 ? -x : x)) ++e;
    while (Surd(power(10, e)) > (x.sign() < 0 ? -x : x)) --e;
    const Surd half_unit(power(10, e - digits + 1) / 2);
    CHECK(x - Surd(shown) <= half_unit);
    CHECK(Surd(shown) - x <= half_unit);
  }
}

TEST_CASE("surd: text") {
  CHECK(to_string(surd_root(Rational(3, 4)) - Surd(1)) == "1/2*sqrt(3) - 1");
  CHECK(to_string(-surd_root(2)) == "-sqrt(2)");
  CHECK(to_string(surd_root(2) - Surd(2) * surd_root(3)) == "sqrt(2) - 2*sqrt(3)");
  CHECK(to_string(Surd(Rational(-3, 4))) == "-3/4");
  CHECK(to_string(Surd(0)) == "0");
}

TEST_CASE("surd: approximate keeps the digits of small numbers") {
  Surd tiny = 1;
  for (int k = 0; k < 60; ++k) tiny *= surd_root(3) - surd_root(2);  // about 1e-30
  CHECK(approximate(tiny) == Approx(std::stod(decimal(tiny, 17))).epsilon(1e-12));
  CHECK(approximate(-tiny) == Approx(-std::stod(decimal(tiny, 17))).epsilon(1e-12));
  CHECK(approximate(surd_root(2)) == Approx(1.4142135623730951).epsilon(1e-15));
  CHECK(approximate(Surd(0)) == 0);
}

TEST_CASE("surd: matrices of surds that are rational become rational matrices") {
  Random random;
  INFO(random.seed());
  const RationalMatrix m = random.matrix(3, 4);
  CHECK(is_rational(to_surd(m)));
  CHECK(to_rational(to_surd(m)) == m);
  SurdMatrix s = to_surd(m);
  s(1, 2) += surd_root(5);
  CHECK_FALSE(is_rational(s));
  CHECK_THROWS_AS(to_rational(s), std::domain_error);
}
