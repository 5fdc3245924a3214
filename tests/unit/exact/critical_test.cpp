#include "exact/critical.hpp"

#include <catch2/catch.hpp>

using namespace istcheck;

namespace {

RationalMatrix matrix(std::initializer_list<std::initializer_list<Rational>> rows) {
  RationalMatrix m(static_cast<Index>(rows.size()), static_cast<Index>(rows.begin()->size()));
  Index i = 0;
  for (const auto& row : rows) {
    Index j = 0;
    for (const auto& x : row) m(i, j++) = x;
    ++i;
  }
  return m;
}

}  // namespace

TEST_CASE("the turning point of a parabola, and no point beyond the interval") {
  // (1 − 3γ)² = 1 − 6γ + 9γ²
  const auto one = matrix({{1}}), linear = matrix({{-6}}), square = matrix({{9}});
  const auto found = critical_parameters(one, linear, square, 0, 1);
  REQUIRE(found);
  REQUIRE(found->size() == 1);
  CHECK(found->front() == Algebraic(Rational(1, 3)));
  CHECK(critical_parameters(one, linear, square, Rational(1, 2), 1)->empty());
  CHECK(critical_parameters(one, linear, square, Rational(1, 3), 1)->empty());
  CHECK(critical_parameters(one, linear, square, 0, Rational(1, 3))->empty());
}

TEST_CASE("crossing branches: gradient descent on diag(1, 3) is fastest at 1/2, where both cross") {
  // (1 − γ)² and (1 − 3γ)²: minima at 1 and 1/3, crossings at 1/2 (and at 0).
  const auto found = critical_parameters(matrix({{1, 0}, {0, 1}}), matrix({{-2, 0}, {0, -6}}),
                                         matrix({{1, 0}, {0, 9}}), 0, 2);
  REQUIRE(found);
  std::vector<Algebraic> expected = {Rational(1, 3), Rational(1, 2), Rational(1)};
  REQUIRE(found->size() == expected.size());
  for (size_t k = 0; k < expected.size(); ++k) CHECK((*found)[k] == expected[k]);
}

TEST_CASE("an irrational turning point") {
  // λ² = trace-free: eigenvalues ±√((γ² − 2)² + 1) turn where γ(γ² − 2) = 0.
  const auto found = critical_parameters(matrix({{-2, 1}, {1, 2}}), matrix({{0, 0}, {0, 0}}),
                                         matrix({{1, 0}, {0, -1}}), 0, 2);
  REQUIRE(found);
  REQUIRE(found->size() == 1);
  CHECK(found->front().minimal_polynomial() == Polynomial{-2, 0, 1});
}

TEST_CASE("an eigenvalue that does not depend on the parameter") {
  CHECK_FALSE(critical_parameters(matrix({{1, 0}, {0, 1}}), matrix({{0, 0}, {0, -1}}),
                                  matrix({{0, 0}, {0, 1}}), 0, 1));
}
