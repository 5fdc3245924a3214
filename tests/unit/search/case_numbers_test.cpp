#include "search/case_numbers.hpp"

#include "exact/number_field.hpp"
#include "support.hpp"

namespace istcheck::search {

TEST_CASE("numbers of a model take the form of a case's numbers") {
  const Algebraic half(Rational(1, 2)), root2({-2, 0, 1}, 1, 2), cube({-2, 0, 0, 1}, 1, 2);
  const auto rational = as_case_numbers({half, half});
  REQUIRE(rational);
  CHECK((*rational)[0] == Surd(Rational(1, 2)));
  // 1 ± √2/2 are square roots, not powers.
  const auto roots = as_case_numbers({Algebraic({1, -4, 2}, 0, 1), Algebraic({1, -4, 2}, 1, 2)});
  REQUIRE(roots);
  CHECK((*roots)[0] == Surd(1) - Surd::sqrt_of(Rational(1, 2)));
  CHECK((*roots)[1] == Surd(1) + Surd::sqrt_of(Rational(1, 2)));
  const auto mixed = as_case_numbers({half, root2, cube});
  REQUIRE(mixed);
  const Surd x = (*mixed)[1], y = (*mixed)[2];
  CHECK(x * x == Surd(2));
  CHECK(y * y * y == Surd(2));
  CHECK(x.sign() == 1);
  CHECK(y.field()->degree() == 6);
  // A square root that is no short number goes into a field of degree two.
  const Integer long_one = (Integer(1) << 89U) - 1;
  const auto large = as_case_numbers({Algebraic({Integer(-long_one), 0, 1}, 0, long_one)});
  REQUIRE(large);
  CHECK((*large)[0] * (*large)[0] == Surd(Rational(long_one)));
  CHECK((*large)[0].field()->degree() == 2);
  // 4294967311 is prime, and larger than what a case takes under a square root.
  const auto written = as_case_numbers({Algebraic({-4294967311, 0, 1}, 0, 100000)});
  REQUIRE(written);
  CHECK((*written)[0].field() != nullptr);
  // Degree 17.
  Polynomial p(18, Integer(0));
  p.front() = -2;
  p.back() = 1;
  CHECK_FALSE(as_case_numbers({Algebraic(p, 1, 2)}));
}

}  // namespace istcheck::search
