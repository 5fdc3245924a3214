// Solving, kernels, characteristic polynomials, eigenvalues and spectral radii.
#include "exact/linalg.hpp"

#include "support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

template <class S>
Matrix<S> random_matrix(Random& random, Index rows, Index cols) {
  if constexpr (std::is_same_v<S, Rational>)
    return random.matrix(rows, cols);
  else
    return random.surd_matrix(rows, cols);
}

/// det by Laplace's expansion: slow and plain.
template <class S>
S determinant(const Matrix<S>& m) {
  if (m.rows() == 0) return S(1);
  S sum(0);
  for (Index j = 0; j < m.cols(); ++j) {
    Matrix<S> minor(m.rows() - 1, m.cols() - 1);
    for (Index i = 1; i < m.rows(); ++i)
      for (Index k = 0, at = 0; k < m.cols(); ++k)
        if (k != j) minor(i - 1, at++) = m(i, k);
    const S term = m(0, j) * determinant(minor);
    sum += j % 2 == 0 ? term : S(-term);
  }
  return sum;
}

Rational value_of_polynomial(const Polynomial& p, const Rational& x) {
  Rational value = 0;
  for (size_t k = p.size(); k-- > 0;) value = value * x + Rational(p[k]);
  return value;
}

/// An invertible integer matrix of determinant ±1.
RationalMatrix unimodular(Random& random, Index d) {
  RationalMatrix lower = identity(d), upper = identity(d);
  for (Index i = 0; i < d; ++i)
    for (Index j = 0; j < i; ++j) {
      lower(i, j) = random.integer(-2, 2);
      upper(j, i) = random.integer(-2, 2);
    }
  return lower * upper;
}

RationalMatrix diagonal(const std::vector<Rational>& entries) {
  const auto d = static_cast<Index>(entries.size());
  RationalMatrix m = RationalMatrix::Zero(d, d);
  for (Index i = 0; i < d; ++i) m(i, i) = entries[static_cast<size_t>(i)];
  return m;
}

}  // namespace

TEMPLATE_TEST_CASE("solve: multiplied back, or singular", "", Rational, Surd) {
  using S = TestType;
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 40; ++k) {
    const Index d = random.integer(1, std::is_same_v<S, Rational> ? 7 : 3);
    const Matrix<S> a = random_matrix<S>(random, d, d),
                    b = random_matrix<S>(random, d, random.integer(1, 3));
    CAPTURE(a, b);
    const auto x = solve(a, b);
    REQUIRE(x.has_value() == (determinant(a) != S(0)));
    if (x) CHECK(Matrix<S>(a * *x) == b);
    // A matrix of lower rank.
    if (d == 1) continue;
    const Matrix<S> low = random_matrix<S>(random, d, d - 1) * random_matrix<S>(random, d - 1, d);
    CHECK_FALSE(solve(low, b).has_value());
  }
}

TEST_CASE("solve: long numbers, mixed denominators and larger sizes") {
  Random random;
  INFO(random.seed());
  for (const Index d : {1, 2, 5, 12, 20}) {
    RationalMatrix a(d, d);
    for (Index k = 0; k < a.size(); ++k) a.data()[k] = random.long_rational(random.small(1, 130));
    const RationalMatrix b = random.matrix(d, 2);
    const auto x = solve(a, b);
    REQUIRE(x.has_value());
    CHECK(RationalMatrix(a * *x) == b);
    // Denominators of more than one word in the right side only, and in one row only.
    RationalMatrix c = random.matrix(d, 1);
    c(d - 1, 0) = power(Rational(1, 3), 100);
    const auto y = solve(a, c);
    REQUIRE(y.has_value());
    CHECK(RationalMatrix(a * *y) == c);
  }
  CHECK_FALSE(solve(RationalMatrix(RationalMatrix::Zero(3, 3)), identity(3)).has_value());
  CHECK_THROWS_AS(solve(random.matrix(2, 3), random.matrix(2, 1)), std::invalid_argument);
  CHECK_THROWS_AS(solve(random.matrix(3, 3), random.matrix(2, 1)), std::invalid_argument);
}

TEMPLATE_TEST_CASE("kernel: right dimension, independent, annihilated", "", Rational, Surd) {
  using S = TestType;
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 30; ++k) {
    const Index rows = random.integer(1, 5), cols = random.integer(1, 5),
                rank = random.integer(0, std::min(rows, cols));
    Matrix<S> a = Matrix<S>::Constant(rows, cols, S(0));
    if (rank > 0) a = random_matrix<S>(random, rows, rank) * random_matrix<S>(random, rank, cols);
    const Matrix<S> basis = kernel(a);
    CAPTURE(a, basis);
    REQUIRE(basis.rows() == cols);
    CHECK(basis.cols() >= cols - rank);
    if (basis.cols() == 0) continue;
    CHECK(Matrix<S>(a * basis) == Matrix<S>::Constant(rows, basis.cols(), S(0)));
    // Gram's determinant of independent columns is not zero; and A has no further kernel: with the
    // basis' transpose below it, A becomes injective.
    CHECK(determinant(Matrix<S>(basis.transpose() * basis)) != S(0));
    Matrix<S> stacked(rows + basis.cols(), cols);
    stacked << a, basis.transpose();
    CHECK(kernel(stacked).cols() == 0);
  }
}

TEST_CASE("characteristic polynomial: against det(x I − A), and Cayley and Hamilton") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 20; ++k) {
    const Index d = random.integer(1, 5);
    const RationalMatrix a = random.matrix(d, d);
    const Polynomial p = characteristic_polynomial(a);
    CAPTURE(a, p);
    REQUIRE(p.size() == static_cast<size_t>(d) + 1);
    REQUIRE(p.back() > 0);
    for (int j = 0; j < 5; ++j) {
      const Rational x = random.rational();
      CHECK(value_of_polynomial(p, x) ==
            Rational(p.back()) * determinant(RationalMatrix(x * identity(d) - a)));
    }
    RationalMatrix at = RationalMatrix::Zero(d, d);
    for (size_t j = p.size(); j-- > 0;) at = (at * a + Rational(p[j]) * identity(d)).eval();
    CHECK(at == RationalMatrix(RationalMatrix::Zero(d, d)));
    // The surd version gives the same polynomial, monic.
    const std::vector<Surd> surds = characteristic_polynomial(to_surd(a));
    REQUIRE(surds.size() == p.size());
    for (size_t j = 0; j < p.size(); ++j) CHECK(surds[j] == Surd(Rational(p[j], p.back())));
  }
  const SurdMatrix m = random.surd_matrix(3, 3);
  const std::vector<Surd> p = characteristic_polynomial(m);
  const Surd x = random.surd();
  Surd value = 0;
  for (size_t k = p.size(); k-- > 0;) value = value * x + p[k];
  CHECK(value == determinant(SurdMatrix(x * SurdMatrix::Identity(3, 3) - m)));
  CHECK_THROWS_AS(characteristic_polynomial(random.matrix(2, 3)), std::invalid_argument);
}

TEST_CASE("pencil polynomial: proportional to det(x B − A)") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 20; ++k) {
    const Index d = random.integer(1, 5);
    const RationalMatrix a = random.symmetric(d), b = k % 3 == 0 ? identity(d) : random.definite(d);
    const Polynomial p = pencil_polynomial(a, b);
    CAPTURE(a, b, p);
    REQUIRE(p.size() == static_cast<size_t>(d) + 1);
    const Rational scale = Rational(p.back()) / determinant(b);
    for (int j = 0; j < 4; ++j) {
      const Rational x = random.rational();
      CHECK(value_of_polynomial(p, x) == scale * determinant(RationalMatrix(x * b - a)));
    }
  }
}

TEST_CASE("generalised eigenvalues: extreme ones of pairs with known spectrum") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 25; ++k) {
    // A = TᵀDT, B = TᵀT has the spectrum D, multiplicities included.
    const Index d = random.integer(1, 6);
    std::vector<Rational> spectrum;
    for (Index i = 0; i < d; ++i) spectrum.push_back(random.rational(5));
    const RationalMatrix t = unimodular(random, d);
    const RationalMatrix a = t.transpose() * diagonal(spectrum) * t, b = t.transpose() * t;
    CAPTURE(a, b);
    const Rational top = *std::max_element(spectrum.begin(), spectrum.end());
    const Rational bottom = *std::min_element(spectrum.begin(), spectrum.end());
    CHECK(largest_eigenvalue(a, b).rational() == top);
    CHECK(smallest_eigenvalue(a, b).rational() == bottom);
    CHECK(largest_eigenvalue(to_surd(a), to_surd(b)).rational() == top);
    CHECK(is_psd(RationalMatrix(top * b - a)));
    CHECK_FALSE(is_positive_definite(RationalMatrix(top * b - a)));
    CHECK(is_psd(RationalMatrix(a - bottom * b)));
  }
  CHECK(largest_eigenvalue(matrix(2, {"1", "1", "1", "1"})).rational() == 2);
  CHECK(largest_eigenvalue(matrix(2, {"-1", "0", "0", "-2"})).rational() == -1);
  CHECK(largest_eigenvalue(RationalMatrix(RationalMatrix::Zero(3, 3))).rational() == 0);
  // Multiplicity 30, and two eigenvalues 10^-40 apart.
  CHECK(largest_eigenvalue(identity(30)).rational() == 1);
  const Rational tiny = power(10, -40);
  CHECK(largest_eigenvalue(diagonal({1, 1 + tiny, 1 - tiny})).rational() == 1 + tiny);
}

TEST_CASE("generalised eigenvalues: λ is the border of A ⪯ xB, by two rational neighbours") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 15; ++k) {
    const Index d = random.integer(2, 5);
    const RationalMatrix a = random.symmetric(d), b = random.definite(d);
    const auto [low, high] = largest_eigenvalue(a, b).enclose(90);
    const Rational slack = power(2, -90);
    CAPTURE(a, b);
    CHECK(is_positive_definite(RationalMatrix((high + slack) * b - a)));
    CHECK_FALSE(is_psd(RationalMatrix((low - slack) * b - a)));
    const auto [least, above] = smallest_eigenvalue(a, b).enclose(90);
    CHECK(is_positive_definite(RationalMatrix(a - (least - slack) * b)));
    CHECK_FALSE(is_psd(RationalMatrix(a - (above + slack) * b)));
  }
  for (int k = 0; k < 6; ++k) {
    const SurdMatrix half = random.surd_matrix(2, 2);
    const SurdMatrix a = half + half.transpose(), b = to_surd(random.definite(2));
    const auto [low, high] = largest_eigenvalue(a, b).enclose(60);
    const Surd slack = power(2, -60);
    CAPTURE(a, b);
    CHECK(is_positive_definite(SurdMatrix((Surd(high) + slack) * b - a)));
    CHECK_FALSE(is_psd(SurdMatrix((Surd(low) - slack) * b - a)));
    CHECK(largest_eigenvalue(SurdMatrix(-a), b).affine(-1, 0) == smallest_eigenvalue(a, b));
  }
  CHECK_THROWS_AS(largest_eigenvalue(identity(2), matrix(2, {"1", "1", "1", "1"})),
                  std::domain_error);
  CHECK_THROWS_AS(largest_eigenvalue(identity(2), matrix(2, {"1", "0", "0", "-1"})),
                  std::domain_error);
}

TEST_CASE("spectral radius: real, complex, defective and zero spectra") {
  CHECK(spectral_radius(matrix(2, {"0", "-1", "1", "0"})).rational() == 1);
  CHECK(spectral_radius(matrix(2, {"1", "-1", "1", "1"})) == Algebraic(Surd::sqrt_of(2)));
  CHECK(spectral_radius(matrix(2, {"0", "1", "0", "0"})).rational() == 0);
  CHECK(spectral_radius(matrix(2, {"-3", "1", "0", "2"})).rational() == 3);
  CHECK(spectral_radius(matrix(2, {"1/2", "1000", "0", "1/2"})).rational() == Rational(1, 2));
  CHECK(spectral_radius(matrix(3, {"0", "0", "2", "1", "0", "0", "0", "1", "0"}))
            .minimal_polynomial() == Polynomial{-2, 0, 0, 1});
  // The same matrices over the surds, moved by a surd similarity so that they are not rational.
  const Surd r2 = Surd::sqrt_of(2);
  SurdMatrix t(2, 2), inverse(2, 2);
  t << Surd(1), r2, Surd(0), Surd(1);
  inverse << Surd(1), -r2, Surd(0), Surd(1);
  for (const RationalMatrix& m :
       {matrix(2, {"0", "-1", "1", "0"}), matrix(2, {"1", "-1", "1", "1"}),
        matrix(2, {"-3", "1", "0", "2"}), matrix(2, {"0", "1", "0", "0"}),
        matrix(2, {"2", "1", "5", "-2"})}) {
    CAPTURE(m);
    CHECK(spectral_radius(SurdMatrix(t * to_surd(m) * inverse)) == spectral_radius(m));
  }
  SurdMatrix diagonal_surd(2, 2);
  diagonal_surd << r2, Surd(0), Surd(0), -Surd::sqrt_of(3);
  CHECK(spectral_radius(diagonal_surd) == Algebraic(Surd::sqrt_of(3)));
  CHECK_THROWS_AS(spectral_radius(matrix(1, {"1", "2"})), std::invalid_argument);
}

TEST_CASE("cone spectral radius: of S ↦ M S Mᵀ it is ρ(M)²") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 15; ++k) {
    const Index d = random.integer(1, 3);
    const RationalMatrix m = random.matrix(d, d, 3);
    // The Kronecker square has the same spectral radius and leaves vectorised PSD matrices alone.
    RationalMatrix square(d * d, d * d);
    for (Index i = 0; i < d; ++i)
      for (Index j = 0; j < d; ++j) square.block(i * d, j * d, d, d) = m(i, j) * m;
    const Algebraic radius = cone_spectral_radius(square);
    CAPTURE(m);
    CHECK(radius.square_root() == spectral_radius(m));
    CHECK(radius == spectral_radius(square));
  }
}
