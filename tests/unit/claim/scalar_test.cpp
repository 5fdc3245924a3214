#include "support.hpp"

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

TEST_CASE("arithmetic with algebraic numbers of higher degree is exact or undecided") {
  const Scalar c = cube_root_of_two();
  REQUIRE(c.algebraic() != nullptr);
  CHECK(compare(c, Rational(5, 4)) > 0);
  CHECK(compare(c + Scalar(1) - Scalar(1), c) == 0);
  CHECK(compare(c * Scalar(2), Scalar(Algebraic(Polynomial{-16, 0, 0, 1}, 2, 3))) == 0);
  CHECK(compare(Scalar(1) / c, Rational(4, 5)) < 0);
  CHECK(compare(c * c, Rational(8, 5)) < 0);
  CHECK(compare(square_root(c) * Scalar(1), Rational(9, 8)) < 0);
  CHECK_THROWS_AS(compare(c * c * c, 2), Unsupported);
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
  CHECK(round_up(square_root(Scalar(2)), Rational(1, 4)) == Rational(3, 2));
  CHECK(round_up(Scalar(3), Rational(1, 4)) == 3);
  CHECK(round_up(Scalar(Rational(-9, 8)), Rational(1, 4)) == -1);
  CHECK(round_up(cube_root_of_two(), Rational(1, 10)) == Rational(13, 10));
}

}  // namespace istcheck::claim
