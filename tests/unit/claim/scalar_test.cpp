#include "exact/number_field.hpp"
#include "support.hpp"
#include "../support.hpp"

namespace istcheck::claim {
namespace {

/// The real root of x³ − 2.
Scalar cube_root_of_two() { return Scalar(Algebraic(Polynomial{-2, 0, 0, 1}, 1, 2)); }

}  // namespace

TEST_CASE("quadratic algebraic numbers become surds") {
  const Scalar root(Algebraic(Polynomial{-1, -1, 1}, 1, 2));
  REQUIRE(root.surd() != nullptr);
  REQUIRE(to_string(root) == "1/2*sqrt(5) + 1/2");
  const Scalar other(Algebraic(Polynomial{-1, -1, 1}, -1, 0));
  REQUIRE(compare(root + other, 1) == 0);
  REQUIRE(compare(root * other, -1) == 0);
}

TEST_CASE("arithmetic with algebraic numbers of higher degree is exact") {
  const Scalar c = cube_root_of_two();
  REQUIRE(c.algebraic() != nullptr);
  CHECK(compare(c, Rational(5, 4)) > 0);
  CHECK(compare(c + Scalar(1) - Scalar(1), c) == 0);
  CHECK(compare(c * Scalar(2), Scalar(Algebraic(Polynomial{-16, 0, 0, 1}, 2, 3))) == 0);
  CHECK(compare(Scalar(1) / c, Rational(4, 5)) < 0);
  CHECK(compare(c * c, Rational(8, 5)) < 0);
  CHECK(compare(square_root(c) * Scalar(1), Rational(9, 8)) < 0);
  CHECK(compare(c * c * c, 2) == 0);
  CHECK(compare(c * c * c, Scalar(2) + Scalar(Rational(Integer(1), pow(Integer(10), 200U)))) < 0);
  CHECK_THROWS_AS(c / Scalar(0), std::domain_error);
}

TEST_CASE("powers and roots") {
  CHECK(compare(power(Scalar(2), 10), 1024) == 0);
  CHECK(compare(power(Scalar(2), -2), Rational(1, 4)) == 0);
  CHECK(compare(power(Scalar(0), 0), 1) == 0);
  CHECK(compare(square_root(Scalar(Rational(9, 4))), Rational(3, 2)) == 0);
  CHECK_THROWS_AS(square_root(Scalar(-1)), std::domain_error);
}

TEST_CASE("rounding up to a grid") {
  const auto up = [](const Scalar& a, const Scalar& step) { return to_string(round_up(a, step)); };
  const Scalar two = square_root(Scalar(2));
  CHECK(up(two, Rational(1, 4)) == "3/2");
  CHECK(up(3, Rational(1, 4)) == "3");
  CHECK(up(Rational(-9, 8), Rational(1, 4)) == "-1");
  CHECK(up(cube_root_of_two(), Rational(1, 10)) == "13/10");
  CHECK(up(3, two) == "3*sqrt(2)");
  CHECK(up(-3, two) == "-2*sqrt(2)");
  CHECK(up(two * Scalar(5), two) == "5*sqrt(2)");
  CHECK(up(cube_root_of_two() * Scalar(7), cube_root_of_two()) ==
        to_string(cube_root_of_two() * Scalar(7)));
  CHECK(up(two, Rational(Integer(1), pow(Integer(10), 30U))) ==
        "141421356237309504880168872421/100000000000000000000000000000");
}

namespace {

/// A root of a sum of roots, mostly of degree 8; each call makes it anew.
Scalar nested(const Rational& a, const Rational& b, const Rational& c) {
  return square_root(Scalar(a) + square_root(Scalar(b) + square_root(Scalar(c))));
}

Rational power_of_ten(unsigned k) { return {Integer(1), pow(Integer(10), k)}; }

}  // namespace

TEST_CASE("identities between expressions in roots are decided, and what misses one by little") {
  test::Random random;
  INFO(random.seed());
  for (int k = 0; k < 12; ++k) {
    const Rational p[] = {random.positive(), random.positive(), random.positive(),
                          random.positive()};
    const auto x = [&] { return nested(p[0], p[1], p[2]); };
    const auto y = [&] { return square_root(Scalar(p[3]) + square_root(Scalar(p[1]))); };
    const Scalar left = (x() + y()) * (x() - y()), right = x() * x() - y() * y();
    CAPTURE(p[0], p[1], p[2], p[3]);
    CHECK(compare(left, right) == 0);
    CHECK(compare(left, right + Scalar(power_of_ten(150))) < 0);
    CHECK(compare(left - Scalar(power_of_ten(150)), right) < 0);
    CHECK(compare(left / y(), (x() * x()) / y() - y()) == 0);
  }
}

TEST_CASE("rational values of expressions are found, and irrational ones known to be none") {
  test::Random random;
  INFO(random.seed());
  for (int k = 0; k < 12; ++k) {
    const Rational q = k % 2 == 0 ? random.rational() : random.long_rational(60);
    const Rational a = random.positive(), b = random.positive(), c = random.positive();
    CAPTURE(q, a, b, c);
    const Scalar x = nested(a, b, c) + Scalar(q) - nested(a, b, c);
    REQUIRE(rational_value(x) == q);
    CHECK(to_string(x) == to_string(q));
    CHECK(simplified(x).is_rational());
    for (const int digits : {1, 4, 12, 30}) {
      CHECK(decimal(x, digits) == decimal(q, digits));
      CHECK(decimal_is_exact(x, digits) == (parse_rational(decimal(q, digits)) == q));
    }
    const Scalar irrational = x + square_root(nested(a, b, c) + square_root(Scalar(2)));
    CHECK_FALSE(rational_value(irrational * Scalar(1)).has_value());
    CHECK_FALSE(decimal_is_exact(irrational, 20));
  }
}

TEST_CASE("decimals of small differences are those of the exact value") {
  const Scalar a = square_root(Scalar(1) + square_root(Scalar(2)));
  const Scalar b = square_root(Scalar(1) + square_root(Scalar(2)));
  CHECK(decimal(Scalar(power_of_ten(100)) + a - b, 6) == "1e-100");
  // √(x + h) − √x = h / (√(x + h) + √x), to sixty digits more than its size.
  for (const unsigned k : {20U, 60U, 100U}) {
    const Scalar h = power_of_ten(k), above = square_root(Scalar(1) + square_root(Scalar(2)) + h);
    for (const int digits : {3, 17, 30})
      CHECK(decimal(above - a, digits) == decimal(h / (above + a), digits));
  }
  CHECK(marked_decimal(Rational(1, 8), 6, "≈ ") == "0.125");
  CHECK(marked_decimal(Rational(1, 3), 6, "≈ ") == "≈ 0.333333");
  CHECK(marked_decimal(a * b - square_root(Scalar(2)), 6, "≈ ") == "1");
  CHECK(marked_decimal(a, 6, "≈ ") == "≈ 1.55377");
}

TEST_CASE("roots of numbers that cannot be factored") {
  const Integer p = (Integer(1) << 521U) - 1, q = (Integer(1) << 607U) - 1;
  const Scalar x = square_root(Scalar(Rational(p * q))), y = square_root(Scalar(Rational(p)));
  CHECK(compare(x * x, Rational(p * q)) == 0);
  CHECK(compare(x, y) > 0);
  CHECK(compare(x / y * y, x) == 0);
  CHECK(rational_value(square_root(Scalar(Rational(Integer(p * q), Integer(4)))) / x) ==
        Rational(1, 2));
  CHECK(rational_value(y * y) == Rational(p));
  CHECK(to_string(square_root(Scalar(Rational(p * p)))) == p.str());
  CHECK(compare(power(x, 3), Scalar(Rational(p * q)) * x) == 0);
}

TEST_CASE("sums of square roots, however they are written") {
  const Scalar fourth(Algebraic(Polynomial{-2, 0, 0, 0, 1}, 1, 2));
  const auto field = NumberField::of(Algebraic(Polynomial{-2, 0, 0, 0, 1}, 1, 2));
  const auto power_of = [&](unsigned k) { return Surd::basis_number({1, k}, field); };
  CHECK_FALSE(sum_of_roots(fourth).has_value());
  CHECK_FALSE(sum_of_roots(power_of(1)).has_value());
  CHECK_FALSE(sum_of_roots(power_of(3) + power_of(2)).has_value());
  CHECK_FALSE(sum_of_roots(power_of(1) * Surd::sqrt_of(3)).has_value());
  CHECK(to_string(*sum_of_roots(power_of(2))) == "sqrt(2)");
  CHECK(to_string(*sum_of_roots(power_of(2) * Surd::sqrt_of(3) + Surd(1))) == "sqrt(6) + 1");
  CHECK_FALSE(sum_of_roots(cube_root_of_two()).has_value());
  CHECK(sum_of_roots(square_root(Scalar(Rational((Integer(1) << 521U) - 1)))).has_value());
  test::Random random;
  INFO(random.seed());
  for (int k = 0; k < 15; ++k) {
    const Surd x = Surd(random.rational(3)) + Surd(random.positive(3)) * Surd::sqrt_of(2) +
                   Surd(random.positive(3)) * Surd::sqrt_of(random.coin() ? 3 : 5);
    CAPTURE(to_string(x));
    const auto sum = sum_of_roots(Scalar(Algebraic(x)));
    REQUIRE(sum.has_value());
    CHECK(compare(*sum, Scalar(x)) == 0);
    CHECK(sum->surd() != nullptr);
  }
}

}  // namespace istcheck::claim
