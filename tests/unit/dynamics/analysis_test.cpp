// Known values of the paper, and laws that tie the fields of an analysis together.
#include "dynamics/analysis.hpp"

#include "dynamics/operators.hpp"
#include "model_support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

Case random_case(Random& random, Index n, Index d, const SketchSpec& sketch, const Method& method,
                 const WorkerOptions& options = {.definite = true, .noise = true, .size = 3}) {
  Case c;
  c.step = Rational(Integer(1), Integer(random.integer(5, 60)));
  c.sketch = sketch;
  c.method = method;
  c.workers = random_workers(random, n, d, options);
  return c;
}

Case homogeneous(const RationalMatrix& L) {
  Case c;
  c.step = Rational(1, 10);
  c.sketch = PermSketch{1, false};
  c.workers.assign(static_cast<size_t>(L.rows()), {L, RationalVector::Zero(L.rows()), {}});
  return c;
}

}  // namespace

TEST_CASE("analysis: Remark 1, indefinite beyond c = 2ab/(a + b), singular at it") {
  // a = 1, b = 4: 2ab/(a + b) = 8/5.
  for (const char* c : {"3/2", "8/5", "17/10", "-8/5", "-17/10"}) {
    const Case remark = homogeneous(matrix(2, {"1", c, c, "4"}));
    const auto analysis = analyse<Rational>(remark);
    CAPTURE(c);
    const Rational off = q(c) * 5 / 2;
    RationalMatrix W(2, 2);
    W << Rational(1), off, off, Rational(16);
    // E B̄ = n D̄ = 2 Diag(1, 4), so W̄ is twice (19).
    CHECK(*analysis.W == RationalMatrix(2 * W));
    const Rational size = abs(q(c));
    CHECK(analysis.W_decision->psd() == (size <= Rational(8, 5)));
    CHECK(analysis.W_decision->definite == (size < Rational(8, 5)));
    CHECK(analysis.theta_min.has_value() == (size < Rational(8, 5)));
    // Interpolation converges all the same (beyond 2), for small steps.
    CHECK(*analysis.stable_mean_square);
  }
}

TEST_CASE("analysis: the identity sketch is gradient descent") {
  Random random;
  INFO(random.seed());
  const Case c = random_case(random, 2, 3, IdentitySketch{}, {});
  const auto analysis = analyse<Rational>(c);
  const RationalMatrix L = Problem(c.workers).mean_L();
  CHECK(*analysis.W == RationalMatrix(L * L));
  CHECK(*analysis.Q == RationalMatrix(L * L * L));
  CHECK(*analysis.theta_min == largest_eigenvalue(L));
  CHECK(*analysis.minimizer == *analysis.fixed_point);
  CHECK(*analysis.bias_euclid == 0);
  CHECK(analysis.outcomes == 1);
  CHECK(*analysis.factor_theorem1 == smallest_eigenvalue(L, identity(3)).affine(-c.step, 1));
  CHECK(
      *analysis.factor_mean_square ==
      largest_eigenvalue(RationalMatrix((identity(3) - c.step * L) * (identity(3) - c.step * L))));
}

TEST_CASE("analysis: scaled sketches by the diagonal (Theorem 2)") {
  Random random;
  INFO(random.seed());
  for (const int n : {1, 2, 3}) {
    Case c = random_case(random, n, n, ScaledPermSketch{}, {},
                         {.definite = true, .noise = false, .size = 2});
    AnalysisOptions options;
    options.fields = {"minimizer", "fixed_point", "bias",  "mean_operator", "mean_offset",
                      "W",         "Q",           "W_psd", "theta_min",     "stable_mean"};
    const auto analysis = analyse<Surd>(c, options);
    const RationalMatrix L = Problem(c.workers).mean_L();
    CHECK(to_rational(*analysis.mean_operator) == identity(n));
    CHECK(to_rational(*analysis.W) == L);
    CHECK(to_rational(*analysis.Q) == L);
    CHECK(analysis.theta_min->rational() == 1);
    // x^∞ = n^{−1/2} (1/n) Σ D_i^{−1/2} b_i.
    const Surd factor = Surd::sqrt_of(Rational(1, n)) * Surd(Rational(1, n));
    for (Index a = 0; a < n; ++a) {
      Surd sum = 0;
      for (const Worker& w : c.workers) sum += Surd::sqrt_of(1 / w.L(a, a)) * Surd(w.b(a));
      CHECK((*analysis.fixed_point)(a) == factor * sum);
    }
    CHECK(*analysis.stable_mean);
  }
}

TEST_CASE("analysis: fields agree with each other") {
  Random random;
  INFO(random.seed());
  for (const MethodKind kind : all_methods())
    for (const SketchSpec& spec :
         {SketchSpec(PermSketch{1, false}), SketchSpec(RandSketch{1, false}),
          SketchSpec(random_table(random, 2, 2, 2)), SketchSpec(BlockSketch{{}, 1})}) {
      Case c = random_case(random, 2, 2, spec, {kind, kind == MethodKind::ist ? 2 : 1});
      if (random.coin()) c.step *= 20;
      CAPTURE(name_of(kind), kind_of(spec));
      const auto analysis = analyse<Rational>(c);
      const Algebraic one(Rational(1));
      REQUIRE(analysis.stable_mean.has_value());
      REQUIRE(analysis.stable_mean_square.has_value());
      CHECK(*analysis.stable_mean == (*analysis.factor_mean < one));
      CHECK(*analysis.stable_mean_square == (*analysis.factor_mean_square < one));
      if (*analysis.stable_mean_square) CHECK(*analysis.stable_mean);
      // One step in L̄ bounds the factor; the mean's square is below the mean square's.
      CHECK(*analysis.factor_mean_square <= *analysis.factor_one_step_lbar);
      CHECK(*analysis.factor_mean <= analysis.factor_mean_square->square_root());
      REQUIRE(analysis.lyapunov.has_value() == *analysis.stable_mean_square);
      if (analysis.lyapunov) {
        CHECK(is_positive_definite(*analysis.lyapunov));
        CHECK(is_positive_definite(RationalMatrix(
            *analysis.lyapunov -
            linear_part(
                Moments<Rational>(instantiate(c).map).pull(bordered(*analysis.lyapunov))))));
      }
      if (analysis.fixed_point) {
        CHECK(*analysis.bias == RationalVector(*analysis.fixed_point - *analysis.minimizer));
        CHECK(*analysis.variance >= 0);
      }
      CHECK(analysis.stationary_fixed_point.has_value() ==
            (*analysis.stable_mean_square && analysis.fixed_point.has_value()));
      if (analysis.stationary_fixed_point)
        CHECK(*analysis.stationary_minimizer ==
              *analysis.stationary_fixed_point + *analysis.bias_euclid);
      CHECK(is_psd(*analysis.Q));
      if (analysis.theta_min) CHECK(analysis.W_decision->psd());
    }
}

TEST_CASE("analysis: an L̄ that is not positive definite leaves out what needs it, and says so") {
  Case c = homogeneous(matrix(2, {"1", "1", "1", "1"}));
  const auto analysis = analyse<Rational>(c);
  CHECK_FALSE(analysis.minimizer.has_value());
  CHECK_FALSE(analysis.bias.has_value());
  CHECK_FALSE(analysis.factor_theorem1.has_value());
  CHECK_FALSE(analysis.factor_one_step_lbar.has_value());
  CHECK(analysis.W.has_value());
  CHECK(analysis.fixed_point.has_value());  // E B̄ = 2 I is regular
  REQUIRE_FALSE(analysis.notes.empty());
  CHECK_THAT(analysis.notes.front(), Catch::Contains("not positive definite"));
  c.method.kind = MethodKind::gradient;
  const auto descent = analyse<Rational>(c);
  CHECK_FALSE(descent.fixed_point.has_value());
  CHECK_FALSE(*descent.stable_mean);
  CHECK_FALSE(descent.stationary_fixed_point.has_value());
}

TEST_CASE("analysis: limits leave fields undecided by name, and only chosen fields are computed") {
  Random random;
  INFO(random.seed());
  const Case c = random_case(random, 2, 2, PermSketch{1, false}, {});
  AnalysisOptions options;
  options.max_operator = 2;
  const auto limited = analyse<Rational>(c, options);
  CHECK(limited.undecided == std::vector<std::string>{"factor.mean_square"});
  CHECK_FALSE(limited.factor_mean_square.has_value());
  CHECK(limited.factor_mean.has_value());
  options = {};
  options.fields = {"W"};
  const auto chosen = analyse<Rational>(c, options);
  CHECK(chosen.W.has_value());
  CHECK_FALSE(chosen.Q.has_value());
  CHECK_FALSE(chosen.theta_min.has_value());
  CHECK_FALSE(chosen.fixed_point.has_value());
  CHECK(chosen.outcomes == 2);
  options = {};
  options.moments.max_outcomes = 1;
  Case two_steps = c;
  two_steps.method = {MethodKind::ist, 2};
  CHECK_THROWS_AS(analyse<Rational>(two_steps, options), TooManyOutcomes);
}
