// The decision A ⪰ 0. Whatever it says is shown again here from the witness alone, by multiplying
// out.
#include "exact/linalg.hpp"

#include "support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

/// 4^bits T A T = RᵀR + E defines E; E must be diagonally dominant.
void replay(const RationalMatrix& a, const RoundedCholesky& w, bool definite) {
  const Index d = a.rows();
  REQUIRE(static_cast<Index>(w.scale.size()) == d);
  REQUIRE(w.upper.rows() == d);
  REQUIRE(w.upper.cols() == d);
  Matrix<Integer> r(d, d);
  for (Index i = 0; i < d; ++i)
    for (Index j = 0; j < d; ++j) {
      if (j < i) REQUIRE(w.upper(i, j) == 0);
      r(i, j) = Integer(w.upper(i, j));
    }
  const auto exponent = [&](Index i) { return static_cast<int>(w.scale[static_cast<size_t>(i)]); };
  for (Index i = 0; i < d; ++i) {
    Rational diagonal = 0, rest = 0;
    for (Index j = 0; j < d; ++j) {
      Integer product = 0;
      for (Index k = 0; k <= std::min(i, j); ++k) product += r(k, i) * r(k, j);
      const Rational e =
          a(i, j) * power(2, exponent(i) + exponent(j) + 2 * w.bits) - Rational(product);
      if (i == j)
        diagonal = e;
      else
        rest += abs(e);
    }
    REQUIRE(diagonal >= rest);
    if (definite) REQUIRE(diagonal > rest);
  }
}

template <class S>
void replay(const Matrix<S>& a, const LdltFactor<S>& w, bool definite) {
  const Index d = a.rows();
  REQUIRE(static_cast<Index>(w.order.size()) == d);
  std::vector<bool> seen(static_cast<size_t>(d), false);
  for (const Index i : w.order) {
    REQUIRE(i >= 0);
    REQUIRE(i < d);
    REQUIRE_FALSE(seen[static_cast<size_t>(i)]);
    seen[static_cast<size_t>(i)] = true;
  }
  Matrix<S> product = Matrix<S>::Constant(d, d, S(0));
  for (Index i = 0; i < d; ++i) {
    REQUIRE(w.lower(i, i) == S(1));
    for (Index j = i + 1; j < d; ++j) REQUIRE(w.lower(i, j) == S(0));
    REQUIRE(sign(w.pivots(i)) >= 0);
    if (definite) REQUIRE(sign(w.pivots(i)) > 0);
    for (Index j = 0; j < d; ++j)
      for (Index k = 0; k <= std::min(i, j); ++k)
        product(i, j) += w.lower(i, k) * w.pivots(k) * w.lower(j, k);
  }
  for (Index i = 0; i < d; ++i)
    for (Index j = 0; j < d; ++j)
      REQUIRE(product(i, j) == a(w.order[static_cast<size_t>(i)], w.order[static_cast<size_t>(j)]));
}

template <class S>
void replay(const Matrix<S>& a, const NegativeDirection<S>& w, bool) {
  REQUIRE(w.v.size() == a.rows());
  S form(0);
  for (Index i = 0; i < a.rows(); ++i)
    for (Index j = 0; j < a.cols(); ++j) form += w.v(i) * a(i, j) * w.v(j);
  REQUIRE(sign(form) < 0);
}

template <class S>
void replay(const Matrix<S>&, const RoundedCholesky&, bool) {
  FAIL("only rational matrices have rounded factors");
}

enum class Expected { definite, semidefinite, indefinite };

template <class S>
void check(const Matrix<S>& a, Expected expected) {
  CAPTURE(a);
  for (const PsdDecision<S>& decision : {decide_psd(a), decide_psd_by_ldlt(a)}) {
    REQUIRE(decision.psd() == (expected != Expected::indefinite));
    if (decision.psd()) REQUIRE(decision.definite == (expected == Expected::definite));
    std::visit([&](const auto& w) { replay(a, w, decision.definite); }, decision.witness);
  }
  CHECK(is_psd(a) == (expected != Expected::indefinite));
  CHECK(is_positive_definite(a) == (expected == Expected::definite));
}

void check_both(const RationalMatrix& a, Expected expected) {
  check(a, expected);
  check(to_surd(a), expected);
}

}  // namespace

TEST_CASE("psd: one by one, zero, and two by two by hand") {
  check_both(matrix(1, {"3"}), Expected::definite);
  check_both(matrix(1, {"0"}), Expected::semidefinite);
  check_both(matrix(1, {"-1/7"}), Expected::indefinite);
  check_both(matrix(2, {"0", "0", "0", "0"}), Expected::semidefinite);
  check_both(matrix(2, {"0", "1", "1", "0"}), Expected::indefinite);
  check_both(matrix(2, {"0", "1", "1", "5"}), Expected::indefinite);
  check_both(matrix(2, {"5", "-1", "-1", "0"}), Expected::indefinite);
  check_both(matrix(2, {"1", "1", "1", "1"}), Expected::semidefinite);
  check_both(matrix(2, {"4", "-6", "-6", "9"}), Expected::semidefinite);
  check_both(matrix(2, {"2", "1", "1", "2"}), Expected::definite);
  check_both(matrix(2, {"1", "2", "2", "1"}), Expected::indefinite);
  check_both(matrix(3, {"0", "0", "0", "0", "2", "1", "0", "1", "2"}), Expected::semidefinite);
  check_both(matrix(3, {"0", "0", "0", "0", "0", "-1", "0", "-1", "0"}), Expected::indefinite);
  check(RationalMatrix(0, 0), Expected::definite);
}

TEST_CASE("psd: random matrices of known definiteness") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 60; ++k) {
    const Index d = random.integer(1, 8), rank = random.integer(0, d - 1);
    check(random.definite(d), Expected::definite);
    const RationalMatrix semidefinite =
        rank == 0 ? RationalMatrix(RationalMatrix::Zero(d, d)) : random.semidefinite(d, rank);
    check(semidefinite, Expected::semidefinite);
    // u uᵀ subtracted with u outside the range makes it indefinite: some v has Av = 0, uᵀv ≠ 0.
    RationalMatrix indefinite = semidefinite;
    const RationalMatrix null = kernel(semidefinite);
    const RationalVector u = null.col(0);
    indefinite -= random.positive(1000) * power(10, -random.small(0, 20)) * u * u.transpose();
    check(indefinite, Expected::indefinite);
    // And a definite matrix moved by its own least eigenvalue, if that is rational.
    const RationalMatrix a = random.definite(std::min<Index>(d, 4));
    const auto [low, high] = smallest_eigenvalue(a, identity(a.rows())).enclose(70);
    check(RationalMatrix(a - (low - power(2, -70)) * identity(a.rows())), Expected::definite);
    check(RationalMatrix(a - (high + power(2, -70)) * identity(a.rows())), Expected::indefinite);
  }
}

TEST_CASE("psd: surd matrices") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 15; ++k) {
    const SurdMatrix half = random.surd_matrix(3, 2);
    check(SurdMatrix(half * half.transpose()), Expected::semidefinite);
    SurdMatrix shifted = half * half.transpose();
    shifted.diagonal() += Surd::sqrt_of(2) * Surd(power(10, -30));
    check(shifted, Expected::definite);
    SurdMatrix lowered = half * half.transpose();
    lowered.diagonal() -= Surd::sqrt_of(2) * Surd(power(10, -30));
    check(lowered, Expected::indefinite);
  }
  SurdMatrix border(2, 2);
  border << Surd::sqrt_of(2), Surd(2), Surd(2), Surd::sqrt_of(8);  // determinant 4 − 4
  check(border, Expected::semidefinite);
}

TEST_CASE("psd: eigenvalues of either sign far below floating precision") {
  Random random;
  INFO(random.seed());
  for (const int exponent : {-12, -16, -20, -40, -200}) {
    const Rational tiny = power(10, exponent);
    check(RationalMatrix(matrix(2, {"1", "1", "1", "1"}) + tiny * identity(2)), Expected::definite);
    check(RationalMatrix(matrix(2, {"1", "1", "1", "1"}) - tiny * identity(2)),
          Expected::indefinite);
    const RationalMatrix gram = random.semidefinite(6, 3);
    check(RationalMatrix(gram + tiny * identity(6)), Expected::definite);
    check(RationalMatrix(gram - tiny * identity(6)), Expected::indefinite);
    check(RationalMatrix(tiny * gram), Expected::semidefinite);
    check(RationalMatrix(gram / tiny), Expected::semidefinite);
  }
}

TEST_CASE("psd: scales that no floating number holds") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 20; ++k) {
    const Index d = random.integer(2, 5);
    RationalMatrix scale = RationalMatrix::Zero(d, d);
    for (Index i = 0; i < d; ++i) scale(i, i) = power(10, random.small(-400, 400));
    check(RationalMatrix(scale * random.definite(d) * scale), Expected::definite);
    check(RationalMatrix(scale * random.semidefinite(d, d - 1) * scale), Expected::semidefinite);
    RationalMatrix a = random.definite(d);
    a(d - 1, d - 1) = -power(10, -300);
    check(RationalMatrix(scale * a * scale), Expected::indefinite);
  }
  // A small diagonal beside a large entry outside it.
  check(matrix(2, {"1", "1e300", "1e300", "1"}), Expected::indefinite);
  check(matrix(2, {"1e-300", "1", "1", "1e300"}), Expected::semidefinite);
  check(matrix(2, {"1e-300", "1", "1", "1.0000001e300"}), Expected::definite);
}

TEST_CASE("psd: Hilbert matrices, ill-conditioned and definite") {
  for (const Index d : {3, 8, 12}) {
    RationalMatrix hilbert(d, d);
    for (Index i = 0; i < d; ++i)
      for (Index j = 0; j < d; ++j) hilbert(i, j) = Rational(Integer(1), Integer(i + j + 1));
    check(hilbert, Expected::definite);
    hilbert(d - 1, d - 1) = 0;
    check(hilbert, Expected::indefinite);
  }
}

TEST_CASE("psd: sixty dimensions, by the quick way") {
  Random random;
  INFO(random.seed());
  const Index d = 60;
  RationalMatrix half(d, d);
  for (Index k = 0; k < half.size(); ++k) half.data()[k] = random.integer(-9, 9);
  const RationalMatrix a = half * half.transpose() + identity(d);
  const auto decision = decide_psd(a);
  REQUIRE(decision.psd());
  REQUIRE(decision.definite);
  std::visit([&](const auto& w) { replay(a, w, true); }, decision.witness);
  RationalMatrix b = a;
  b(d - 1, d - 1) -= a(d - 1, d - 1) * 2;
  const auto negative = decide_psd(b);
  REQUIRE_FALSE(negative.psd());
  replay(b, std::get<NegativeDirection<Rational>>(negative.witness), false);
  // Indefinite with a positive diagonal.
  RationalMatrix c = a;
  c -= a(0, 0) * identity(d) * Rational(1, 3);
  const auto mixed = decide_psd(c);
  std::visit([&](const auto& w) { replay(c, w, mixed.definite); }, mixed.witness);
}

TEST_CASE("psd: a chain whose inverse grows by hundreds from entry to entry") {
  // A = RᵀR lowered at the last place, with R of diagonal 1/400 beside ones: the direction in which
  // A is negative has entries from 1 to 400^149, beyond the range of doubles.
  const Index d = 150;
  RationalMatrix a(d, d);
  const Rational small(1, 400), beside(1, 1);
  for (Index i = 0; i < d; ++i)
    for (Index j = 0; j < d; ++j) {
      Rational sum = 0;
      const Index least = std::min(i, j);
      for (Index k = std::max<Index>(0, least - 1); k <= least; ++k) {
        const auto r = [&](Index row, Index column) {
          return column == row ? small : column == row + 1 ? beside : Rational(0);
        };
        sum += r(k, i) * r(k, j);
      }
      a(i, j) = sum;
    }
  a(d - 1, d - 1) -= 2 * small * small;
  const auto decision = decide_psd(a);
  REQUIRE_FALSE(decision.psd());
  std::visit([&](const auto& w) { replay(a, w, decision.definite); }, decision.witness);
}

TEST_CASE("psd: what is not square or not symmetric is refused, with the entries") {
  CHECK_THROWS_AS(decide_psd(RationalMatrix(2, 3)), std::invalid_argument);
  CHECK_THROWS_WITH(decide_psd(matrix(3, {"1", "0", "0", "0", "1", "2", "0", "3", "1"})),
                    Catch::Contains("(3, 2)") && Catch::Contains("(2, 3)"));
  CHECK_THROWS_AS(decide_psd(to_surd(matrix(2, {"1", "2", "3", "4"}))), std::invalid_argument);
}
