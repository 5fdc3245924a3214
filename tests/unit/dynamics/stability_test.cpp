// Least θ, operators on symmetric matrices, and the decision about stability.
#include "dynamics/operators.hpp"

#include "dynamics/theta.hpp"
#include "model_support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

bool nowhere(const LeastTheta& t) { return !t.least && !t.without_end; }

}  // namespace

TEST_CASE("theta: on W ≻ 0 it is the border of Q ⪯ θW") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 25; ++k) {
    const Index d = random.integer(1, 5);
    const RationalMatrix Q = random.semidefinite(d, random.integer(1, d)), W = random.definite(d);
    const auto theta = least_theta(Q, W).least;
    CAPTURE(Q, W);
    REQUIRE(theta.has_value());
    const auto [low, high] = theta->enclose(100);
    CHECK(is_psd(RationalMatrix(high * W - Q)));
    if (low == high) CHECK_FALSE(is_positive_definite(RationalMatrix(high * W - Q)));
    CHECK_FALSE(is_psd(RationalMatrix((low - power(2, -100)) * W - Q)));
    CHECK(least_theta(to_surd(Q), to_surd(W)).least == theta);
  }
  // Q = θ W exactly.
  const RationalMatrix W = random.definite(3);
  CHECK(least_theta(RationalMatrix(Rational(7, 3) * W), W).least->rational() == Rational(7, 3));
}

TEST_CASE("theta: on singular W ⪰ 0 the kernels decide") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 40; ++k) {
    const Index d = random.integer(2, 6), rank = random.integer(1, d - 1);
    // W = HᵀH and Q = HᵀGH with G ⪰ 0 share W's kernel.
    const RationalMatrix H = random.matrix(rank, d), G = random.semidefinite(rank, rank);
    RationalMatrix W = H.transpose() * H, Q = H.transpose() * G * H;
    if (k % 4 == 0) {  // coordinates that neither form sees
      const Index a = random.integer(0, d - 1);
      for (RationalMatrix* m : {&W, &Q}) {
        m->row(a).setZero();
        m->col(a).setZero();
      }
    }
    CAPTURE(W, Q);
    if (W.isZero()) continue;
    const auto theta = least_theta(Q, W).least;
    REQUIRE(theta.has_value());
    const auto [low, high] = theta->enclose(80);
    CHECK(is_psd(RationalMatrix(high * W - Q)));
    CHECK_FALSE(is_psd(RationalMatrix((low - power(2, -80)) * W - Q)));
    CHECK(least_theta(to_surd(Q), to_surd(W)).least == theta);
    // Some v in the kernel of W that Q sees: none.
    const RationalMatrix null = kernel(W);
    REQUIRE(null.cols() > 0);
    const RationalVector v = null.col(random.integer(0, null.cols() - 1));
    const RationalMatrix seen = Q + power(10, -30) * v * v.transpose();
    CHECK(nowhere(least_theta(seen, W)));
    CHECK(nowhere(least_theta(to_surd(seen), to_surd(W))));
  }
}

TEST_CASE("theta: none, or without a least one, on negative, zero or indefinite W") {
  Random random;
  INFO(random.seed());
  const RationalMatrix Q = random.definite(3), zero = RationalMatrix::Zero(3, 3);
  CHECK(nowhere(least_theta(Q, zero)));
  CHECK(least_theta(zero, zero).without_end.has_value());
  CHECK(least_theta(RationalMatrix(-Q), zero).without_end.has_value());
  const auto below = least_theta(Q, RationalMatrix(-Q));
  CHECK_FALSE(below.least.has_value());
  REQUIRE(below.without_end.has_value());
  CHECK(*below.without_end <= -1);
  RationalMatrix indefinite = random.definite(3);
  indefinite(2, 2) = -power(10, -50);
  CHECK(nowhere(least_theta(Q, indefinite)));
  CHECK(least_theta(zero, Q).least->rational() == 0);
  CHECK(least_theta(zero, indefinite).least->rational() == 0);  // the only one
}

TEST_CASE("theta: the interval of all θ, for symmetric Q and W of any sign") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 60; ++k) {
    // θW − Q is M ⪰ 0 at θ = inside. With rank < d a single θ may be all there is.
    const Index d = random.integer(1, 4);
    const Rational inside = random.rational();
    const RationalMatrix W = random.symmetric(d), M = random.semidefinite(d, random.integer(1, d));
    const RationalMatrix Q = inside * W - M;
    CAPTURE(Q, W);
    const auto theta = least_theta(Q, W);
    CHECK((theta.least.has_value() != theta.without_end.has_value()));
    const auto holds = [&](const Rational& t) { return is_psd(RationalMatrix(t * W - Q)); };
    if (theta.without_end) {
      CHECK(holds(*theta.without_end));
      CHECK(is_psd(RationalMatrix(-W)));
    }
    if (theta.least) {
      CHECK(*theta.least <= Algebraic(inside));
      const auto [low, high] = theta.least->enclose(60);
      CHECK_FALSE(holds(Rational(low - power(2, -60))));
      if (high < inside) CHECK(holds(high));
    }
    const auto surds = least_theta(to_surd(Q), to_surd(W));
    CHECK(surds.least == theta.least);
    CHECK(surds.without_end.has_value() == theta.without_end.has_value());
    // With √2: the same θ √2.
    const auto scaled = least_theta(SurdMatrix(to_surd(Q) * Surd::sqrt_of(2)), to_surd(W));
    CHECK(scaled.least.has_value() == theta.least.has_value());
    if (theta.least && theta.least->is_rational() && scaled.least)
      CHECK(*scaled.least == Algebraic(Surd::sqrt_of(2) * Surd(theta.least->rational())));
  }
}

TEST_CASE("theta: found where it is, or nowhere on a grid") {
  Random random;
  INFO(random.seed());
  int nowhere_at_all = 0;
  for (int k = 0; k < 80; ++k) {
    const Index d = random.integer(1, 3);
    const RationalMatrix Q = random.small_symmetric(d, 1), W = random.small_symmetric(d, 1);
    CAPTURE(Q, W);
    const auto theta = least_theta(Q, W);
    if (!nowhere(theta)) continue;
    ++nowhere_at_all;
    for (int t = -64; t <= 64; ++t) CHECK_FALSE(is_psd(RationalMatrix(Rational(t, 8) * W - Q)));
  }
  CHECK(nowhere_at_all > 10);
}

TEST_CASE("operators: packing, and the matrix of a linear map") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 15; ++k) {
    const Index d = random.integer(1, 5);
    const RationalMatrix m = random.symmetric(d), A = random.matrix(d, d);
    CHECK(pack(m).size() == d * (d + 1) / 2);
    CHECK(unpack<Rational>(pack(m), d) == m);
    for (Index i = 0; i < d; ++i)
      for (Index j = i; j < d; ++j) CHECK(pack(m)(place(d, i, j)) == m(i, j));
    const std::function<RationalMatrix(const RationalMatrix&)> map = [&](const RationalMatrix& s) {
      return RationalMatrix(A * s * A.transpose());
    };
    CHECK(RationalVector(matrix_of<Rational>(d, map) * pack(m)) == pack(map(m)));
  }
}

TEST_CASE("stability: equals ρ < 1, with a Lyapunov matrix that shows it") {
  Random random;
  INFO(random.seed());
  int stable = 0, unstable = 0;
  for (int k = 0; k < 60; ++k) {
    const Index d = random.integer(1, 3);
    // T(P) = Σ w A_kᵀ P A_k, scaled to lie on either side of the border.
    std::vector<RationalMatrix> draws;
    for (int j = random.small(1, 3); j > 0; --j)
      draws.push_back(RationalMatrix(random.matrix(d, d, 3) * random.positive(3) / 3));
    const std::function<RationalMatrix(const RationalMatrix&)> map = [&](const RationalMatrix& P) {
      RationalMatrix sum = RationalMatrix::Zero(d, d);
      for (const RationalMatrix& A : draws) sum += A.transpose() * P * A / Rational(draws.size());
      return sum;
    };
    const std::vector<RationalMatrix> proposals =
        k % 2 ? std::vector<RationalMatrix>{} : std::vector<RationalMatrix>{identity(d)};
    const auto decision = decide_stability<Rational>(d, map, proposals);
    const bool expected =
        cone_spectral_radius(matrix_of<Rational>(d, map)) < Algebraic(Rational(1));
    REQUIRE(decision.stable.has_value());
    CHECK(*decision.stable == expected);
    (expected ? stable : unstable) += 1;
    REQUIRE(decision.P.has_value() == expected);
    if (!expected) continue;
    CHECK(is_positive_definite(*decision.P));
    CHECK(is_positive_definite(RationalMatrix(*decision.P - map(*decision.P))));
  }
  CHECK(stable > 3);
  CHECK(unstable > 3);
}

TEST_CASE("stability: the border itself, proposals and the limit") {
  const auto scaling = [](const Rational& factor) {
    return std::function<RationalMatrix(const RationalMatrix&)>(
        [factor](const RationalMatrix& P) { return RationalMatrix(factor * P); });
  };
  const Rational tiny = power(10, -50);
  CHECK(*decide_stability<Rational>(2, scaling(1 - tiny), {}).stable);
  CHECK_FALSE(*decide_stability<Rational>(2, scaling(1), {}).stable);
  CHECK_FALSE(*decide_stability<Rational>(2, scaling(1 + tiny), {}).stable);
  CHECK(*decide_stability<Rational>(2, scaling(0), {}).stable);
  // Not stable, although 1 is no eigenvalue: P = I/(1 − 4) is negative.
  CHECK_FALSE(*decide_stability<Rational>(2, scaling(4), {}).stable);
  // A stable one that I does not show: [[1/2, 9], [0, 1/2]].
  const RationalMatrix A = matrix(2, {"1/2", "9", "0", "1/2"});
  const std::function<RationalMatrix(const RationalMatrix&)> shear = [&](const RationalMatrix& P) {
    return RationalMatrix(A.transpose() * P * A);
  };
  CHECK(*decide_stability<Rational>(2, shear, {identity(2)}).stable);
  // Beyond the limit it says so, unless a proposal decides.
  const auto undecided = decide_stability<Rational>(2, shear, {identity(2)}, 2);
  CHECK_FALSE(undecided.stable.has_value());
  CHECK_THAT(undecided.reason, Catch::Contains("3 unknowns") && Catch::Contains("limit of 2"));
  CHECK(*decide_stability<Rational>(2, scaling(Rational(1, 2)), {identity(2)}, 2).stable);
  // Proposals that are not definite are no proof.
  CHECK_FALSE(*decide_stability<Rational>(2, scaling(4), {RationalMatrix(-identity(2))}).stable);
  CHECK(*decide_stability<Rational>(2, scaling(Rational(1, 4)),
                                    {RationalMatrix(-identity(2)), RationalMatrix::Zero(2, 2)})
             .stable);
  // Over the surds.
  const Surd half_root = Surd::sqrt_of(Rational(1, 2));
  const std::function<SurdMatrix(const SurdMatrix&)> surd = [&](const SurdMatrix& P) {
    return SurdMatrix(half_root * P);
  };
  CHECK(*decide_stability<Surd>(2, surd, {}).stable);
}
