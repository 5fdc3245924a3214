#include "exact/number_field.hpp"

#include "exact/polynomial.hpp"
#include "exact/unknowns.hpp"
#include "support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

/// ∛2, √√2, √2 + √3, and the roots of x² − x − 1 and of x³ − x − 1.
Algebraic cube_root() { return {{-2, 0, 0, 1}, 1, 2}; }
Algebraic fourth_root() { return {{-2, 0, 0, 0, 1}, 1, 2}; }
Algebraic root_sum() { return {{1, 0, -10, 0, 1}, 3, 4}; }
Algebraic golden() { return {{-1, -1, 1}, 1, 2}; }
Algebraic plastic() { return {{-1, -1, 0, 1}, 1, 2}; }

Surd power_of(const Algebraic& x, unsigned k) {
  return Surd::basis_number({1, k}, NumberField::of(x));
}

/// The value of Σ powers[k] α^k.
Algebraic value(const Powers& powers, const Algebraic& alpha) {
  return Algebraic(element_of(NumberField::of(alpha), powers));
}

Surd random_element(Random& random, const Algebraic& alpha) {
  Surd x;
  for (unsigned k = 0; k < NumberField::of(alpha)->degree(); ++k)
    x += Surd(random.rational(4)) * power_of(alpha, k);
  return x + Surd(random.rational(3)) * Surd::sqrt_of(random.small(2, 6));
}

/// Assumes nothing and counts what it is told.
class Counted final : public Assumptions {
 public:
  size_t products = 0;
  bool zero(const Surd&) override { throw std::logic_error("not asked"); }
  bool positive(const Surd&) override { throw std::logic_error("not asked"); }
  bool semidefinite(const SurdMatrix&) override { throw std::logic_error("not asked"); }
  bool definite(const SurdMatrix&) override { throw std::logic_error("not asked"); }
  Surd reciprocal(const Surd&) override { throw std::logic_error("not asked"); }
  Surd root(const Surd&) override { throw std::logic_error("not asked"); }
  void multiply(size_t more) override { products += more; }
  long answers() const override { return 0; }
};

}  // namespace

/// A configuration of a search whose field had coefficients of thousands of digits once held a
/// search for twenty minutes.
TEST_CASE("number field: a long polynomial is work, whether its field is known or not") {
  Counted counted;
  const Assumptions::Under under(counted);
  NumberField::of(golden());
  CHECK(counted.products < 100);                      // of what is multiplied on the way
  const Integer large = pow(Integer(10), 100) + 267;  // x² − 10^100 − 267
  const Algebraic root({-large, 0, 1}, 0, Rational(large));
  const auto field = NumberField::of(root);
  const size_t once = counted.products;
  CHECK(once >= 1000);
  CHECK(NumberField::of(root) == field);
  CHECK(counted.products >= 2 * once - 100);
  const Integer larger = pow(Integer(10), 400) + 69;
  NumberField::of(Algebraic({-larger, 0, 1}, 0, Rational(larger)));
  CHECK(counted.products > 10 * once);
}

TEST_CASE("number field: one object for one number, whatever the interval") {
  const auto field = NumberField::of(cube_root());
  CHECK(NumberField::of(Algebraic({-2, 0, 0, 1}, 0, 7)) == field);
  CHECK(NumberField::of(Algebraic({4, 0, 0, -2}, 1, 3)) == field);
  CHECK(NumberField::of(plastic()) != field);
  // Two of three real roots.
  CHECK(NumberField::of(Algebraic({1, -3, 0, 1}, 0, 1)) !=
        NumberField::of(Algebraic({1, -3, 0, 1}, 1, 2)));
  CHECK(field->degree() == 3);
  CHECK(field->power(4) == Powers{0, 2});
  CHECK(compare(field->generator(), cube_root()) == 0);
  CHECK_THROWS_AS(NumberField::of(Algebraic(Rational(2))), std::domain_error);
}

TEST_CASE("number field: the square roots that lie in it") {
  const auto radicands = [](const Algebraic& x) {
    std::vector<Integer> result;
    const auto field = NumberField::of(x);
    for (const auto& s : field->squares()) {
      result.push_back(s.radicand);
      CHECK(compare(value(s.root, x), Algebraic(Surd::sqrt_of(Rational(s.radicand)))) == 0);
    }
    return result;
  };
  CHECK(radicands(cube_root()).empty());
  CHECK(radicands(fourth_root()) == std::vector<Integer>{2});
  CHECK(radicands(root_sum()) == std::vector<Integer>{2, 3, 6});
  CHECK(radicands(golden()) == std::vector<Integer>{5});
  // x⁴ − x − 1 has group S4, whose field has no quadratic subfield.
  CHECK(radicands(Algebraic({-1, -1, 0, 0, 1}, 1, 2)).empty());
}

TEST_CASE("number field: members are found, and others are not") {
  CHECK(in_powers_of(root_sum(), Algebraic(Surd::sqrt_of(2))) ==
        Powers{0, Rational(-9, 2), 0, Rational(1, 2)});
  CHECK(in_powers_of(cube_root(), Algebraic(Rational(7, 3))) == Powers{Rational(7, 3)});
  CHECK(in_powers_of(cube_root(), Algebraic(Rational(0))) == Powers{});
  CHECK(in_powers_of(cube_root(), Algebraic({-4, 0, 0, 1}, 1, 2)) == Powers{0, 0, 1});
  CHECK_FALSE(in_powers_of(cube_root(), plastic()));
  CHECK_FALSE(in_powers_of(cube_root(), Algebraic(Surd::sqrt_of(2))));
  CHECK_FALSE(in_powers_of(fourth_root(), Algebraic(Surd::sqrt_of(3))));
  // Another root of the same polynomial: in the field when it is a Galois field, as of x³ − 3x + 1,
  // and not for x³ − 4x + 1.
  CHECK(in_powers_of(Algebraic({1, -3, 0, 1}, 0, 1), Algebraic({1, -3, 0, 1}, -2, -1)) ==
        Powers{-2, 0, 1});
  CHECK_FALSE(in_powers_of(Algebraic({1, -4, 0, 1}, 0, 1), Algebraic({1, -4, 0, 1}, 1, 2)));
}

TEST_CASE("number field: long discriminants are not factored") {
  const Algebraic x({-123457, -3, 5, 0, 7, 0, 0, 1, 9, 0, 0, 0, 12345}, 0, 100);
  const auto field = NumberField::of(x);
  CHECK(field->degree() == 12);
  CHECK(msb(field->unfactored()) > 200);
  CHECK(field->squares().empty());
  const Surd a = power_of(x, 1), two = Surd::sqrt_of(2);
  CHECK((a + two) * (a - two) == a * a - Surd(2));
  // Where a radicand has a factor in common with what is left, nothing is claimed: here the product
  // of two primes of 33 bits, left of the discriminant 4 · p q of x² − p q.
  const Integer p("8589934609"), q("8589934621");
  const Algebraic root({Integer(-p * q), 0, 1}, 0, p * q);
  CHECK(NumberField::of(root)->unfactored() == p * q);
  CHECK_THROWS_WITH(power_of(root, 1) + Surd::sqrt_of(Rational(p)),
                    Catch::Contains("it is open whether it lies in Q(alpha)"));
  // From the other side as well, where the square root was there before alpha.
  CHECK_THROWS_WITH(Surd::sqrt_of(Rational(p)) + power_of(root, 1),
                    Catch::Contains("it is open whether it lies in Q(alpha)"));
  CHECK(power_of(root, 1) * power_of(root, 1) == Surd(Rational(Integer(p * q))));
}

TEST_CASE("number field: numbers find a common field") {
  const std::vector<std::vector<Algebraic>> lists = {
      {Algebraic(Rational(1, 2)), Algebraic(Rational(3))},
      {Algebraic(Rational(1, 2)), cube_root(), Algebraic({-4, 0, 0, 1}, 1, 2)},
      {Algebraic(Surd::sqrt_of(2)), fourth_root()},
      {fourth_root(), Algebraic(Surd::sqrt_of(2)), golden()},
      {golden(), plastic()},
      {root_sum(), Algebraic(Surd::sqrt_of(6)), Algebraic(Rational(-1))},
  };
  const std::vector<size_t> degrees = {1, 3, 4, 8, 6, 4};
  for (size_t k = 0; k < lists.size(); ++k) {
    CAPTURE(k);
    const CommonField common = common_field(lists[k]);
    CHECK(common.alpha.minimal_polynomial().size() - 1 == degrees[k]);
    REQUIRE(common.numbers.size() == lists[k].size());
    for (size_t i = 0; i < lists[k].size(); ++i) {
      if (degrees[k] == 1) {
        CHECK(common.numbers[i] == Powers{lists[k][i].rational()});
      } else {
        CHECK(compare(value(common.numbers[i], common.alpha), lists[k][i]) == 0);
      }
    }
  }
  // ∛2, ∛3, ∛5 generate degree 27.
  CHECK_THROWS_AS(
      common_field({cube_root(), Algebraic({-3, 0, 0, 1}, 1, 2), Algebraic({-5, 0, 0, 1}, 1, 2)}),
      std::domain_error);
}

TEST_CASE("number field: field laws, order and norms, beside square roots in the field or not") {
  Random random;
  INFO(random.seed());
  for (const Algebraic& alpha : {cube_root(), fourth_root(), root_sum(), golden(), plastic()}) {
    for (int k = 0; k < 12; ++k) {
      const Surd a = random_element(random, alpha), b = random_element(random, alpha),
                 c = random_element(random, alpha);
      CAPTURE(a, b, c);
      CHECK(a + b == b + a);
      CHECK((a + b) + c == a + (b + c));
      CHECK((a * b) * c == a * (b * c));
      CHECK(a * (b + c) == a * b + a * c);
      CHECK((a - a).terms().empty());
      if (a != Surd(0)) {
        CHECK(a * a.inverse() == Surd(1));
        CHECK((a * b) / a == b);
      }
      // Signs against enclosures; equal numbers have equal signs of differences.
      const auto [low, high] = enclose(a, 60);
      CHECK(low <= high);
      CHECK(high - low <= Rational(Integer(1), Integer(1) << 60U));
      CHECK(
          ((low > 0 && a.sign() == 1) || (high < 0 && a.sign() == -1) || (low <= 0 && high >= 0)));
      CHECK((a < b) == ((b - a).sign() > 0));
      // The number is the root of its norm that its enclosure isolates.
      const Algebraic x(a);
      CHECK(x.enclose(60).first <= high);
      CHECK(x.enclose(60).second >= low);
      if (!a.is_rational()) CHECK(compare(x, Algebraic((low + high) / 2 + 1)) < 0);
    }
  }
}

TEST_CASE("number field: a square root in the field is the same number in both forms") {
  const Surd a = power_of(fourth_root(), 1);
  const Surd two = Surd::sqrt_of(2);
  CHECK(a * a == two);
  CHECK(two == a * a);
  CHECK((a * a - two).terms().empty());
  CHECK((two + a) * (two - a) == Surd(2) - two);
  CHECK((two * a).inverse() * two * a == Surd(1));
  CHECK(power_of(fourth_root(), 3) == two * a);
  CHECK((a * a * a * a).is_rational());
  CHECK((a * a * a * a).field() == nullptr);
  // √3 = √6 √2 / 2: with α = √2 + √3 all three are polynomials in α.
  const Surd s = power_of(root_sum(), 1);
  CHECK(s * Surd::sqrt_of(3) == Surd(3) + Surd::sqrt_of(6));
  CHECK(s - Surd::sqrt_of(3) == Surd::sqrt_of(2));
  CHECK(s * Surd::sqrt_of(15) == Surd::sqrt_of(5) * (Surd(3) + Surd::sqrt_of(6)));
}

TEST_CASE("number field: numbers of two fields do not meet") {
  CHECK_THROWS_AS(power_of(cube_root(), 1) + power_of(plastic(), 1), std::domain_error);
  CHECK_THROWS_AS(power_of(cube_root(), 1) * power_of(plastic(), 1), std::domain_error);
  CHECK(power_of(cube_root(), 1) * Surd(0) + power_of(plastic(), 1) == power_of(plastic(), 1));
}

TEST_CASE("number field: matrices are decided, solved and have their eigenvalues") {
  const Surd a = power_of(cube_root(), 1), a2 = power_of(cube_root(), 2);
  SurdMatrix m(2, 2);
  m << a2, a, a, Surd(1);  // (α, 1)ᵀ(α, 1): singular
  CHECK(is_psd(m));
  CHECK_FALSE(is_positive_definite(m));
  CHECK(kernel<Surd>(m).cols() == 1);
  m(1, 1) = Surd(Rational(9, 10));
  CHECK_FALSE(is_psd(m));
  const auto inverse = solve(m, SurdMatrix(to_surd(identity(2))));
  REQUIRE(inverse);
  CHECK((SurdMatrix(m * *inverse) == to_surd(identity(2))));
  // Eigenvalues 0 and α² + 1.
  m(1, 1) = Surd(1);
  const Algebraic largest = largest_eigenvalue(m, to_surd(identity(2)));
  CHECK(compare(largest, Algebraic(a2 + Surd(1))) == 0);
}

TEST_CASE("number field: text") {
  const Surd a = power_of(cube_root(), 1), a2 = power_of(cube_root(), 2);
  CHECK(to_string(a) == "alpha");
  CHECK(to_string(Surd(Rational(1, 2)) * a2 - a + Surd(3)) == "-alpha + 1/2*alpha^2 + 3");
  CHECK(to_string(a * Surd::sqrt_of(3)) == "alpha*sqrt(3)");
  CHECK(decimal(a, 12) == "1.25992104989");
}
