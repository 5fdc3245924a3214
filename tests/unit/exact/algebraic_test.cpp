#include "exact/algebraic.hpp"

#include "support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

Rational value_at(const Polynomial& p, const Rational& x) {
  Rational value = 0;
  for (size_t k = p.size(); k-- > 0;) value = value * x + Rational(p[k]);
  return value;
}

Polynomial times(const Polynomial& a, const Polynomial& b) {
  Polynomial product(a.size() + b.size() - 1);
  for (size_t i = 0; i < a.size(); ++i)
    for (size_t j = 0; j < b.size(); ++j) product[i + j] += a[i] * b[j];
  return product;
}

/// A polynomial with exactly the given rational roots.
Polynomial with_roots(const std::vector<Rational>& roots) {
  Polynomial p = {1};
  for (const Rational& r : roots) p = times(p, {Integer(-numerator(r)), denominator(r)});
  return p;
}

/// The invariants that minimal_polynomial and enclose promise; irreducibility as far as rational
/// roots show it.
void require_valid(const Algebraic& x) {
  const Polynomial p = x.minimal_polynomial();
  CAPTURE(x, p);
  REQUIRE(p.size() >= 2);
  REQUIRE(p.back() > 0);
  Integer content = 0;
  for (const Integer& c : p) content = gcd(content, c);
  REQUIRE(content == 1);
  for (const long bits : {5L, 100L}) {
    const auto [low, high] = x.enclose(bits);
    REQUIRE(high - low <= power(2, static_cast<int>(-bits)));
    REQUIRE((low == high) == x.is_rational());
    REQUIRE((p.size() == 2) == x.is_rational());
    if (x.is_rational()) {
      REQUIRE(value_at(p, low) == 0);
      REQUIRE(x.rational() == low);
      continue;
    }
    REQUIRE(value_at(p, low) * value_at(p, high) < 0);
    REQUIRE(compare(x, Algebraic(low)) == 1);
    REQUIRE(compare(x, Algebraic(high)) == -1);
  }
}

Algebraic root(const Rational& x) { return Algebraic(Surd::sqrt_of(x)); }

}  // namespace

TEST_CASE("algebraic: construction refuses what does not isolate") {
  CHECK_THROWS_AS(Algebraic({-2, 0, 1}, 2, 3), std::domain_error);   // no root inside
  CHECK_THROWS_AS(Algebraic({-2, 0, 1}, -2, 2), std::domain_error);  // two roots inside
  CHECK_THROWS_AS(Algebraic({-4, 0, 1}, 2, 3), std::domain_error);   // a root at the end
  CHECK_THROWS_AS(Algebraic({-2, 0, 1}, 2, 1), std::domain_error);   // not an interval
  CHECK_THROWS_AS(Algebraic({-2, 0, 1}, 1, 1), std::domain_error);
  CHECK_THROWS_AS(Algebraic({7}, 0, 1), std::domain_error);           // a constant
  CHECK_THROWS_AS(Algebraic(Polynomial{}, 0, 1), std::domain_error);  // the zero polynomial
}

TEST_CASE("algebraic: rational numbers are found out") {
  const Algebraic x({-2, 0, 1}, 1, 2);  // √2
  CHECK_FALSE(x.is_rational());
  CHECK_THROWS_AS(x.rational(), std::domain_error);
  CHECK(x.minimal_polynomial() == Polynomial{-2, 0, 1});
  // (x² − 2)(3x − 4): the root 4/3 beside √2.
  const Polynomial p = times({-2, 0, 1}, {-4, 3});
  const Algebraic rational(p, Rational(5, 4), Rational(7, 5));
  CHECK(rational.is_rational());
  CHECK(rational.rational() == Rational(4, 3));
  const Algebraic irrational(p, Rational(7, 5), 2);
  CHECK(irrational == x);
  CHECK(irrational.minimal_polynomial() == Polynomial{-2, 0, 1});
  require_valid(rational);
  require_valid(irrational);
  // A root with multiplicity.
  const Algebraic doubled(times(p, p), Rational(7, 5), 2);
  CHECK(doubled == x);
  require_valid(doubled);
  CHECK(Algebraic(Rational(-7, 3)).minimal_polynomial() == Polynomial{7, 3});
  CHECK(Algebraic(Rational(0)).minimal_polynomial() == Polynomial{0, 1});
  CHECK(Algebraic(Rational(0)).sign() == 0);
}

TEST_CASE("algebraic: surds, with their minimal polynomial") {
  CHECK(Algebraic(Surd::sqrt_of(2) + Surd::sqrt_of(3)).minimal_polynomial() ==
        Polynomial{1, 0, -10, 0, 1});
  CHECK(Algebraic(Surd::sqrt_of(6)).minimal_polynomial() == Polynomial{-6, 0, 1});
  CHECK(Algebraic(Surd(Rational(5, 4))).is_rational());
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 25; ++k) {
    const Surd a = random.surd(), b = random.surd();
    CAPTURE(a, b);
    CHECK(compare(Algebraic(a), Algebraic(b)) == (a - b).sign());
    CHECK(compare(Algebraic(a), Algebraic(a)) == 0);
    CHECK(Algebraic(a).sign() == a.sign());
    require_valid(Algebraic(a));
    CHECK(decimal(Algebraic(a), 33) == decimal(a, 33));
  }
}

TEST_CASE("algebraic: comparison across polynomials, equal and nearly equal") {
  CHECK(root(2) == Algebraic({4, 0, -4, 0, 1}, 1, 2));                     // (x² − 2)²
  CHECK(root(2) == largest_real_root(times({-2, 0, 1}, {-1, -1, 0, 1})));  // and x³ − x − 1
  CHECK(root(2) < root(3));
  CHECK(root(2) <= root(2));
  CHECK(root(2) >= root(2));
  CHECK(root(3) > Algebraic(Rational(173, 100)));
  // The same number again, from another polynomial and another interval.
  const Algebraic a({-2, 0, 0, 1}, 1, 2), b(times({-2, 0, 0, 1}, {-5, 0, 1}), Rational(6, 5), 2);
  CHECK(a == b);
  CHECK(b == a);
  // Roots of x² − 2 and of x² − 2 − 10^-60 are about 3.5e-61 apart.
  const Integer huge = pow(Integer(10), 60);
  const Algebraic near({Integer(-2 * huge - 1), 0, huge}, 1, 2);
  CHECK(root(2) < near);
  CHECK(compare(near, root(2)) == 1);
  // Against the convergents of √2, which are rational and very near.
  Integer p = 1, r = 1;
  for (int k = 0; k < 200; ++k) {
    const Integer next = p + 2 * r;
    r = p + r;
    p = next;
  }
  CHECK(compare(root(2), Algebraic(Rational(p, r))) == (p * p < 2 * r * r ? 1 : -1));
  CHECK(compare(Algebraic(Rational(p, r)), root(2)) == (p * p < 2 * r * r ? -1 : 1));
}

TEST_CASE("algebraic: comparison is consistent however often intervals were refined") {
  Random random;
  INFO(random.seed());
  std::vector<Surd> values;
  std::vector<Algebraic> numbers;
  for (int k = 0; k < 12; ++k) {
    values.push_back(random.surd(2));
    numbers.emplace_back(values.back());
  }
  for (int k = 0; k < 150; ++k) {
    const auto i = static_cast<size_t>(random.integer(0, 11)),
               j = static_cast<size_t>(random.integer(0, 11));
    if (random.integer(0, 4) == 0) numbers[i].enclose(random.integer(0, 80));
    if (random.integer(0, 4) == 0) numbers[j].is_rational();
    CAPTURE(values[i], values[j]);
    CHECK(compare(numbers[i], numbers[j]) == (values[i] - values[j]).sign());
  }
}

TEST_CASE("algebraic: an affine image is the number it says, minimal polynomial included") {
  // 2x² − 1 for √2/2, and x³ + 2 for −∛2.
  CHECK(root(2).affine(Rational(1, 2), 0).minimal_polynomial() == Polynomial{-1, 0, 2});
  Algebraic x = root(2);
  REQUIRE(x.minimal_polynomial().size() == 3);
  CHECK(x.affine(Rational(1, 2), 0).minimal_polynomial() == Polynomial{-1, 0, 2});
  const Algebraic cube({-2, 0, 0, 1}, 1, 2);
  REQUIRE_FALSE(cube.is_rational());
  CHECK(cube.affine(-1, 0).minimal_polynomial() == Polynomial{2, 0, 0, 1});
  require_valid(cube.affine(-1, 0));
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 30; ++k) {
    const Surd s = random.surd();
    const Rational scale = random.rational(), shift = random.rational();
    CAPTURE(s, scale, shift);
    Algebraic number(s);
    if (random.coin()) number.is_rational();
    const Algebraic image = number.affine(scale, shift);
    CHECK(image == Algebraic(Surd(scale) * s + Surd(shift)));
    require_valid(image);
    if (scale != 0) CHECK(image.affine(1 / scale, -shift / scale) == Algebraic(s));
  }
}

TEST_CASE("algebraic: square roots") {
  CHECK(Algebraic(Rational(9, 4)).square_root() == Algebraic(Rational(3, 2)));
  CHECK(Algebraic(Rational(2)).square_root() == root(2));
  CHECK(Algebraic(Rational(0)).square_root() == Algebraic(Rational(0)));
  CHECK_THROWS_AS(Algebraic(Rational(-1)).square_root(), std::domain_error);
  CHECK_THROWS_AS(Algebraic(Surd(1) - Surd::sqrt_of(2)).square_root(), std::domain_error);
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 30; ++k) {
    const Surd s = random.surd();
    CAPTURE(s);
    const Algebraic r = Algebraic(s * s).square_root();
    CHECK(r == Algebraic(s.sign() < 0 ? -s : s));
    require_valid(r);
  }
  // 3 − 2√2 = (√2 − 1)²; the fourth root of 2; a tiny radicand and a huge one.
  CHECK(Algebraic(Surd(3) - Surd(2) * Surd::sqrt_of(2)).square_root() ==
        Algebraic(Surd::sqrt_of(2) - Surd(1)));
  CHECK(root(2).square_root().minimal_polynomial() == Polynomial{-2, 0, 0, 0, 1});
  for (const int exponent : {-60, 60}) {
    const Algebraic x = Algebraic(Surd::sqrt_of(2) * Surd(power(10, exponent)));
    const Algebraic r = x.square_root();
    require_valid(r);
    CHECK(r > Algebraic(q("1.18") * power(10, exponent / 2)));
    CHECK(r < Algebraic(q("1.19") * power(10, exponent / 2)));
  }
}

TEST_CASE("algebraic: decimals are correctly rounded") {
  CHECK(decimal(largest_real_root(Polynomial{-1, -1, 0, 1}), 30) ==
        "1.32471795724474602596090885448");
  CHECK(decimal(Algebraic(Rational(1, 4)), 1) == "0.2");
  CHECK(decimal(root(2).affine(-1, 0), 10) == "-1.414213562");
  CHECK(approximate(root(2)) == Approx(1.4142135623730951).epsilon(1e-15));
  CHECK(approximate(root(2).affine(power(10, -40), 0)) ==
        Approx(1.4142135623730951e-40).epsilon(1e-12).margin(0));
}

TEST_CASE("algebraic: extreme real roots of products of known factors") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 60; ++k) {
    std::vector<Rational> roots;
    for (int j = random.small(1, 6); j > 0; --j) roots.push_back(random.rational(20));
    if (random.coin()) roots.push_back(roots.front());  // a multiple root
    Polynomial p = with_roots(roots);
    // Complex pairs (x − a)² + b² with any real part, so that they may lie right of all roots.
    for (int j = random.small(0, 2); j > 0; --j) {
      const Integer a = random.integer(-30, 30), b = random.integer(1, 5);
      p = times(p, {Integer(a * a + b * b), Integer(-2 * a), 1});
    }
    if (random.coin())
      for (Integer& c : p) c *= -6;
    CAPTURE(p);
    CHECK(largest_real_root(p) == Algebraic(*std::max_element(roots.begin(), roots.end())));
    CHECK(smallest_real_root(p) == Algebraic(*std::min_element(roots.begin(), roots.end())));
  }
}

TEST_CASE("algebraic: clustered, tiny, huge and vanishing roots") {
  const Rational tiny = power(10, -50);
  CHECK(largest_real_root(with_roots({1, 1 + tiny, 1 - tiny})).rational() == 1 + tiny);
  CHECK(smallest_real_root(with_roots({1, 1 + tiny, 1 - tiny})).rational() == 1 - tiny);
  CHECK(largest_real_root(with_roots({0, -1})).rational() == 0);
  CHECK(largest_real_root(with_roots({0, 0, 0})).rational() == 0);
  CHECK(largest_real_root(with_roots({-tiny, -1})).rational() == -tiny);
  CHECK(largest_real_root(with_roots({tiny, -1})).rational() == tiny);
  CHECK(largest_real_root(with_roots({power(10, 60), 1, -power(10, 70)})).rational() ==
        power(10, 60));
  // Two irrational roots 10^-31 apart: x² − 2 and x² − 2 − 10^-30.
  const Integer huge = pow(Integer(10), 30);
  const Polynomial near = {Integer(-2 * huge - 1), 0, huge};
  const Algebraic largest = largest_real_root(times({-2, 0, 1}, near));
  CHECK(largest > root(2));
  CHECK(largest.minimal_polynomial() == near);
  // Wilkinson's polynomial.
  std::vector<Rational> roots;
  for (int k = 1; k <= 25; ++k) roots.emplace_back(k);
  CHECK(largest_real_root(with_roots(roots)).rational() == 25);
  CHECK(smallest_real_root(with_roots(roots)).rational() == 1);
}

TEST_CASE("algebraic: polynomials without real roots, and constants, throw") {
  CHECK_THROWS_AS(largest_real_root(Polynomial{1, 0, 1}), std::domain_error);
  CHECK_THROWS_AS(smallest_real_root(Polynomial{1, 0, 1}), std::domain_error);
  CHECK_THROWS_AS(largest_real_root(times({1, 0, 1}, {5, -4, 1})), std::domain_error);
  CHECK_THROWS_AS(largest_real_root(Polynomial{3}), std::domain_error);
  CHECK_THROWS_AS(largest_real_root(Polynomial{}), std::domain_error);
  CHECK_THROWS_AS(largest_root_modulus(Polynomial{3}), std::domain_error);
  CHECK_THROWS_AS(largest_real_root(std::vector<Surd>{Surd(1)}), std::domain_error);
  CHECK_THROWS_AS(largest_real_root(std::vector<Surd>{Surd::sqrt_of(2), 0, 1}), std::domain_error);
}

TEST_CASE("algebraic: largest modulus among complex roots") {
  CHECK(largest_root_modulus({1, 0, 1}).rational() == 1);              // ±i
  CHECK(largest_root_modulus({2, -2, 1}) == root(2));                  // 1 ± i
  CHECK(largest_root_modulus(times({2, -2, 1}, {-7, 5})) == root(2));  // and 7/5
  CHECK(largest_root_modulus(times({2, -2, 1}, {-3, 2})).rational() == Rational(3, 2));
  CHECK(largest_root_modulus({3, 1}).rational() == 3);  // −3
  CHECK(largest_root_modulus({0, 0, 1}).rational() == 0);
  CHECK(largest_root_modulus({-1, 0, 0, 1}).rational() == 1);  // cube roots of unity
  CHECK(largest_root_modulus({-2, 0, 0, 1}).minimal_polynomial() == Polynomial{-2, 0, 0, 1});
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 25; ++k) {
    Polynomial p = {1};
    Rational square = 0;
    for (int j = random.small(1, 2); j > 0; --j) {
      const Integer a = random.integer(-9, 9), b = random.integer(0, 9);
      p = times(p, {Integer(a * a + b * b), Integer(-2 * a), 1});
      square = std::max(square, Rational(Integer(a * a + b * b)));
    }
    for (int j = random.small(0, 2); j > 0; --j) {
      const Rational r = random.rational(12);
      p = times(p, {Integer(-numerator(r)), denominator(r)});
      square = std::max(square, Rational(r * r));
    }
    CAPTURE(p);
    CHECK(largest_root_modulus(p) == Algebraic(square).square_root());
  }
}

TEST_CASE("algebraic: polynomials over the surds") {
  // x − √2; (x − √2)(x + √3); a double root; a rational largest root beside irrational ones.
  const Surd r2 = Surd::sqrt_of(2), r3 = Surd::sqrt_of(3);
  const auto product = [](const std::vector<Surd>& roots) {
    std::vector<Surd> p = {1};
    for (const Surd& r : roots) {
      std::vector<Surd> next(p.size() + 1);
      for (size_t k = 0; k < p.size(); ++k) {
        next[k + 1] += p[k];
        next[k] -= r * p[k];
      }
      p = next;
    }
    return p;
  };
  CHECK(largest_real_root(product({r2})) == root(2));
  CHECK(largest_real_root(product({r2, -r3})) == root(2));
  CHECK(largest_real_root(product({-r2, -r2, -r3})) == root(2).affine(-1, 0));
  CHECK(largest_real_root(product({r3, r3})) == root(3));
  CHECK(largest_real_root(product({Surd(2), r3})).rational() == 2);
  CHECK(largest_real_root(product({Surd(0), -r3})).rational() == 0);
  CHECK(largest_real_root(product({r2, -r2})) == root(2));  // a conjugate pair: rational after all
  std::vector<Surd> trailing = product({r2});
  trailing.push_back(0);
  CHECK(largest_real_root(trailing) == root(2));
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 12; ++k) {
    std::vector<Surd> roots;
    for (int j = 0; j < 3; ++j)
      roots.push_back(Surd(random.rational(3)) + Surd(random.rational(3)) * (k % 2 ? r2 : r3));
    std::vector<Surd> p = product(roots);
    const Surd factor = Surd(random.positive()) + r2;
    for (Surd& c : p) c *= factor;
    CHECK(largest_real_root(p) == Algebraic(*std::max_element(roots.begin(), roots.end())));
  }
}
