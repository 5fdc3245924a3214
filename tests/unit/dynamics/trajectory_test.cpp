// Exact error curves against the enumeration of all histories, and the simulation beside them.
#include "dynamics/trajectory.hpp"
#include "exact/floating.hpp"

#include "dynamics/analysis.hpp"
#include "dynamics/monte_carlo.hpp"
#include "model_support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

/// x^k on one history of sketches: its mean and covariance (of the gradient noise).
template <class S>
struct State {
  S weight;
  Vector<S> mean;
  Matrix<S> covariance;
};

template <class S>
std::vector<State<S>> next_states(const std::vector<State<S>>& states,
                                  const std::vector<Worker>& workers, const Sketch& sketch,
                                  const Method& method, const Rational& step) {
  const Index d = workers.front().b.size();
  std::vector<State<S>> result;
  sketch.enumerate<S>([&](const Rational& w, const std::vector<Matrix<S>>& C) {
    const DrawnMap<S> map = naive_map<S>(workers, method, step, C);
    const Matrix<S> A = map.A.topLeftCorner(d, d);
    for (const State<S>& s : states)
      result.push_back({s.weight * S(w), A * s.mean + map.A.col(d).head(d),
                        A * s.covariance * A.transpose() + map.noise});
    return true;
  });
  return result;
}

/// E (x − p)ᵀ G (x − p).
template <class S>
S expected_form(const std::vector<State<S>>& states, const Matrix<S>& G, const Vector<S>& p) {
  S sum(0);
  for (const State<S>& s : states) {
    const Vector<S> e = s.mean - p;
    sum += s.weight * ((e.transpose() * G * e).value() + Matrix<S>(G * s.covariance).trace());
  }
  return sum;
}

template <class S>
void check_case(const Case& c, size_t rounds) {
  const Problem problem(c.workers);
  const Sketch sketch(c.sketch, problem);
  const Index d = c.d();
  const RationalMatrix solution = *solve(problem.mean_L(), RationalMatrix(problem.mean_b()));
  const Vector<S> minimizer = cast<S>(solution).col(0);
  const Matrix<S> I = Matrix<S>::Identity(d, d), Lbar = cast<S>(problem.mean_L());
  // x^∞ of the mean iteration at the last step; at any for a harmonic schedule, of which the cases
  // here have one fixed point for all steps (docs/semantics.md 8.4a).
  const Rational last = c.last_step().value_or(c.step);
  Matrix<S> A = Matrix<S>::Constant(d, d, S(0));
  Vector<S> a = Vector<S>::Constant(d, S(0));
  sketch.enumerate<S>([&](const Rational& w, const std::vector<Matrix<S>>& C) {
    const DrawnMap<S> map = naive_map<S>(c.workers, c.method, last, C);
    A += map.A.topLeftCorner(d, d) * S(w);
    a += map.A.col(d).head(d) * S(w);
    return true;
  });
  const auto fixed = solve(Matrix<S>(I - A), Matrix<S>(a));

  Vector<S> start = Vector<S>::Constant(d, S(0));
  if (c.start) start = cast<S>(RationalMatrix(*c.start)).col(0);
  std::vector<State<S>> states = {{S(1), start, Matrix<S>::Constant(d, d, S(0))}};
  const auto points = trajectory<S>(c, rounds);
  REQUIRE(points.size() == rounds + 1);
  for (size_t k = 0; k <= rounds; ++k) {
    CAPTURE(k);
    CHECK(points[k].step == c.step_in_round(k));
    Vector<S> mean = Vector<S>::Constant(d, S(0));
    for (const State<S>& s : states) mean += s.weight * s.mean;
    CHECK(points[k].mean == mean);
    CHECK(points[k].distance_to_minimizer == expected_form<S>(states, I, minimizer));
    CHECK(points[k].gap == expected_form<S>(states, Lbar, minimizer) * S(Rational(1, 2)));
    REQUIRE(points[k].distance_to_fixed.has_value() == fixed.has_value());
    if (fixed)
      CHECK(points[k].distance_to_fixed == expected_form<S>(states, I, Vector<S>(fixed->col(0))));
    if (k < rounds) states = next_states(states, c.workers, sketch, c.method, c.step_in_round(k));
  }
}

Case random_started_case(Random& random, Index n, Index d, const SketchSpec& sketch,
                         const Method& method,
                         const WorkerOptions& options = {
                             .definite = true, .noise = true, .size = 3}) {
  Case c;
  c.name = "random";
  c.step = Rational(Integer(1), Integer(random.integer(2, 30)));
  c.start = random.vector(d);
  c.sketch = sketch;
  c.method = method;
  c.workers = random_workers(random, n, d, options);
  return c;
}

}  // namespace

TEST_CASE("trajectory: equals the enumeration of all histories, for every method") {
  Random random;
  INFO(random.seed());
  for (const MethodKind kind : all_methods()) {
    const Method method{kind, kind == MethodKind::ist ? random.small(1, 3) : 1};
    CAPTURE(name_of(kind), method.local_steps);
    check_case<Rational>(random_started_case(random, 2, 2, PermSketch{1, false}, method), 3);
    check_case<Rational>(random_started_case(random, 2, 2, random_table(random, 2, 2, 3), method),
                         3);
    check_case<Rational>(random_started_case(random, 2, 3, RandSketch{1, true}, method), 3);
    check_case<Surd>(random_started_case(random, 2, 2, UnitPermSketch{}, method,
                                         {.definite = true, .noise = true, .size = 2}),
                     2);
  }
  Case from_zero = random_started_case(random, 2, 2, PermSketch{1, false}, {});
  from_zero.start.reset();
  check_case<Rational>(from_zero, 2);
  check_case<Rational>(from_zero, 0);
}

TEST_CASE("trajectory: schedules take each round's own step") {
  Random random;
  INFO(random.seed());
  for (const MethodKind kind : {MethodKind::sketched_gradient, MethodKind::ist}) {
    Case c = random_started_case(random, 2, 2, PermSketch{1, false}, {kind, 1});
    c.schedule = HarmonicSchedule{random.positive()};
    check_case<Rational>(c, 3);
    c.schedule = ListSchedule{{random.positive(), random.positive(), random.positive()}};
    check_case<Rational>(c, 4);
    c.schedule = ListSchedule{{Rational(1, 7), Rational(1, 7), Rational(1, 9), Rational(1, 7)}};
    check_case<Rational>(c, 4);
    c.method = {MethodKind::ist, 2};
    check_case<Rational>(c, 3);
    c.schedule = HarmonicSchedule{random.positive()};
    for (const auto& point : trajectory<Rational>(c, 2)) CHECK(!point.distance_to_fixed);
  }
}

TEST_CASE("trajectory: the integer recursion equals the generic one, round after round") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 4; ++k) {
    Case c = random_started_case(random, 3, 3, RandSketch{2, false},
                                 {all_methods()[static_cast<size_t>(random.integer(0, 6))], 1});
    const auto integral = trajectory<Rational>(c, 12);
    c.schedule = ListSchedule{{c.step}};
    const auto generic = trajectory<Rational>(c, 12);
    REQUIRE(integral.size() == generic.size());
    for (size_t j = 0; j < generic.size(); ++j) {
      CHECK(integral[j].mean == generic[j].mean);
      CHECK(integral[j].distance_to_minimizer == generic[j].distance_to_minimizer);
      CHECK(integral[j].distance_to_fixed == generic[j].distance_to_fixed);
      CHECK(integral[j].gap == generic[j].gap);
      CHECK(integral[j].step == generic[j].step);
    }
  }
  Case wide = random_started_case(random, 2, 14, PermSketch{7, false}, {MethodKind::ist, 1},
                                  {.definite = true, .noise = true, .size = 1});
  const auto constant = trajectory<Rational>(wide, 2);
  wide.schedule = ListSchedule{{wide.step}};
  CHECK(constant[2].gap == trajectory<Rational>(wide, 2)[2].gap);
}

TEST_CASE("trajectory: what a singular L̄ or a singular mean map leaves out") {
  Case c;
  c.step = Rational(1, 2);
  c.workers = {{matrix(2, {"1", "1", "1", "1"}), matrix(2, {"1", "0"}).col(0), {}}};
  const auto points = trajectory<Rational>(c, 2);
  CHECK_FALSE(points[1].distance_to_minimizer.has_value());
  CHECK_FALSE(points[1].gap.has_value());
  CHECK_FALSE(points[1].distance_to_fixed.has_value());
  CHECK(points[1].mean == matrix(2, {"1/2", "0"}).col(0));
}

TEST_CASE("trajectory: tends to the stationary error") {
  Random random;
  INFO(random.seed());
  Case c =
      random_started_case(random, 2, 2, PermSketch{1, false}, {MethodKind::sketched_gradient, 1});
  c.step = 1;
  // Small enough a step for stability: γ = 1/(4 tr Σ L_i).
  Rational trace = 1;
  for (const Worker& w : c.workers) trace += w.L.trace();
  c.step = 1 / (4 * trace);
  const auto analysis = analyse<Rational>(c);
  REQUIRE(analysis.stable_mean_square == std::optional<bool>(true));
  // From the stationary law's own error the distance stays put only in the mean; so compare far
  // out.
  // The distance of the mean enters the second moment linearly where A and a are correlated, so the
  // slower of the two rates counts, and that of the mean may be as slow as the root of the other.
  const auto points = trajectory<Rational>(c, 800);
  const double limit = approximate(*analysis.stationary_fixed_point);
  const double start = approximate(*points.front().distance_to_fixed) + limit;
  const double rate =
      std::max(approximate(*analysis.factor_mean_square), approximate(*analysis.factor_mean));
  const double allowed = 1e3 * start * std::pow(rate, 800) + 1e-9 * start;
  CAPTURE(c.workers[0].L, c.workers[1].L, limit, start, rate);
  CHECK(std::abs(approximate(*points.back().distance_to_fixed) - limit) <= allowed);
}

TEST_CASE("monte carlo: within six standard errors of the exact curve") {
  Random random(271828);  // always the same, so that this cannot fail by chance
  INFO(random.seed());
  for (const MethodKind kind : all_methods())
    for (const SketchSpec& spec :
         {SketchSpec(PermSketch{1, false}), SketchSpec(random_table(random, 3, 3, 3)),
          SketchSpec(UnitPermSketch{}), SketchSpec(BernoulliSketch{Rational(2, 3), false})}) {
      Case c = random_started_case(random, 3, 3, spec, {kind, kind == MethodKind::ist ? 2 : 1});
      if (kind == MethodKind::one_sided) c.schedule = HarmonicSchedule{Rational(1, 2)};
      const Problem problem(c.workers);
      const RationalMatrix minimizer = *solve(problem.mean_L(), RationalMatrix(problem.mean_b()));
      const Vector<double> reference = floating(minimizer);
      const auto sampled = monte_carlo(c, 2, 3000, 4711, reference);
      const auto exact = trajectory<Surd>(c, 2);
      CAPTURE(name_of(kind), kind_of(spec));
      REQUIRE(sampled.size() == 3);
      for (size_t k = 0; k < 3; ++k) {
        const double expected = approximate(*exact[k].distance_to_minimizer);
        CAPTURE(k, expected, sampled[k].mean, sampled[k].standard_error);
        CHECK(std::isfinite(sampled[k].mean));
        CHECK(std::abs(sampled[k].mean - expected) <=
              6 * sampled[k].standard_error + 1e-9 * std::abs(expected));
      }
    }
}

TEST_CASE("monte carlo: singular noise, repetition and refusal") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 40; ++k) {
    Case c = random_started_case(random, 2, 3, RandSketch{2, false}, {});
    for (Worker& w : c.workers) w.noise = random.semidefinite(3, random.integer(1, 2), 9);
    const Vector<double> origin(3);
    const auto first = monte_carlo(c, 1, 50, 7, origin), second = monte_carlo(c, 1, 50, 7, origin);
    CAPTURE(c.workers[0].noise, c.workers[1].noise);
    REQUIRE(std::isfinite(first[1].mean));
    CHECK(first[1].mean == second[1].mean);
    CHECK(first[1].mean != monte_carlo(c, 1, 50, 8, origin)[1].mean);
    CHECK_THROWS_AS(monte_carlo(c, 1, 1, 7, origin), std::invalid_argument);
  }
}
