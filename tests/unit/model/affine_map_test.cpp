#include "model/affine_map.hpp"

#include "model_support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

/// Σ_i Σ_t √radicand P_i^left G P_i^right for one selection.
SurdMatrix assembled(const std::vector<std::vector<SelectionTerm>>& terms, const Selection& s,
                     Index size) {
  SurdMatrix sum = SurdMatrix::Constant(size, size, Surd(0));
  for (size_t i = 0; i < terms.size(); ++i) {
    std::vector<bool> kept(static_cast<size_t>(size), false);
    for (const int a : s[i]) kept[static_cast<size_t>(a)] = true;
    for (const SelectionTerm& term : terms[i])
      for (Index a = 0; a < size; ++a)
        for (Index b = 0; b < size; ++b)
          if ((!term.left || kept[static_cast<size_t>(a)]) &&
              (!term.right || kept[static_cast<size_t>(b)]))
            sum(a, b) += Surd::sqrt_of(Rational(term.radicand)) * Surd(term.G(a, b));
  }
  return sum;
}

template <class S>
void check_draws(const std::vector<Worker>& workers, const SketchSpec& spec, const Method& method,
                 const Rational& step, int limit) {
  const Problem problem(workers);
  const Sketch sketch(spec, problem);
  const RandomAffineMap map = method_map(problem, sketch, method, step);
  int visited = 0;
  sketch.enumerate<S>([&](const Rational&, const std::vector<Matrix<S>>& C) {
    const DrawnMap<S> drawn = map.draw<S>(C), naive = naive_map<S>(workers, method, step, C);
    REQUIRE(drawn.A == naive.A);
    REQUIRE(drawn.noise == naive.noise);
    return ++visited < limit;
  });
  // enumerate gives the same draws with the sketch's weights.
  Rational total = 0;
  map.enumerate<S>([&](const Rational& w, const DrawnMap<S>& drawn) {
    total += w;
    return drawn.A(problem.d(), problem.d()) == S(1);
  });
  CHECK(total == 1);
}

constexpr std::pair<int, int> kSizes[] = {{1, 1}, {1, 2}, {2, 1}, {2, 2},
                                          {2, 3}, {3, 2}, {3, 3}, {2, 4}};

}  // namespace

TEST_CASE("affine map: draws equal the formulas of the table of methods") {
  Random random;
  INFO(random.seed());
  for (const auto& [worker_count, dimension] : kSizes) {
    const int n = worker_count, d = dimension;
    const auto workers = random_workers(random, n, d, {.noise = true});
    const Rational step = random.positive();
    auto sketches = selection_sketches(random, n, d);
    sketches.push_back({"table", random_table(random, n, d, 3)});
    for (const auto& [name, spec] : sketches)
      for (const MethodKind kind : all_methods()) {
        CAPTURE(name, name_of(kind), n, d);
        const Sketch sketch(spec, Problem(workers));
        if (sketch.support() > 600) continue;
        if (sketch.rational())
          check_draws<Rational>(workers, spec, {kind, 1}, step, 12);
        else
          check_draws<Surd>(workers, spec, {kind, 1}, step, 6);
      }
    for (const int local_steps : {2, 3, 5})
      for (const auto& [name, spec] : sketches) {
        CAPTURE(name, local_steps, n, d);
        const Sketch sketch(spec, Problem(workers));
        if (sketch.support() > 600) continue;
        if (sketch.rational())
          check_draws<Rational>(workers, spec, {MethodKind::ist, local_steps}, step, 10);
        else
          check_draws<Surd>(workers, spec, {MethodKind::ist, local_steps}, step, 2);
      }
  }
}

// γ enters only in γ L_i, γ b_i and γ² N_i: with √2 L_i, √2 b_i, 2 N_i and γ/√2 the map is the
// same.
TEST_CASE("affine map: square roots in the data that cancel give the rational map") {
  Random random;
  INFO(random.seed());
  const Surd root = Surd::sqrt_of(2);
  for (const auto& [worker_count, dimension] : {std::pair{1, 2}, std::pair{2, 2}}) {
    const auto workers = random_workers(random, worker_count, dimension, {.noise = true});
    std::vector<SurdWorker> scaled;
    for (const Worker& w : workers)
      scaled.push_back(
          {to_surd(w.L) * root, cast<Surd>(w.b).col(0) * root, to_surd(w.noise) * Surd(2)});
    const Rational step = random.positive();
    const Problem plain(workers), irrational(scaled);
    CHECK_FALSE(irrational.rational());
    CHECK_THROWS_AS(irrational.worker(0), std::out_of_range);
    CHECK_THROWS_AS(Sketch(ScaledPermSketch{}, irrational), std::invalid_argument);
    for (const auto& [name, spec] : selection_sketches(random, worker_count, dimension))
      for (const MethodKind kind : all_methods())
        for (const int local_steps : {1, 2}) {
          if (local_steps > 1 && kind != MethodKind::ist) continue;
          CAPTURE(name, name_of(kind), local_steps);
          const Sketch sketch(spec, plain);
          const auto one = method_map(plain, sketch, {kind, local_steps}, step);
          const auto other = method_map(irrational, sketch, {kind, local_steps}, Surd(step) / root);
          CHECK_FALSE(other.has_terms());
          CHECK(one.has_noise() == other.has_noise());
          sketch.enumerate<Surd>([&](const Rational&, const std::vector<SurdMatrix>& C) {
            const auto a = one.draw<Surd>(C), b = other.draw<Surd>(C);
            REQUIRE(a.A == b.A);
            REQUIRE(a.noise == b.noise);
            return true;
          });
        }
  }
}

TEST_CASE("affine map: constant plus selection terms equals the draw, on every outcome") {
  Random random;
  INFO(random.seed());
  for (const auto& [worker_count, dimension] : kSizes) {
    const int n = worker_count, d = dimension;
    auto sketches = selection_sketches(random, n, d);
    const auto workers = random_workers(random, n, d, {.definite = true, .noise = true});
    if (n == d) sketches.push_back({"scaled-perm", ScaledPermSketch{}});
    const Rational step = random.positive();
    const Problem problem(workers);
    // A random covariance of size 1 can be 0.
    const bool noisy = std::any_of(workers.begin(), workers.end(),
                                   [](const Worker& w) { return !w.noise.isZero(); });
    for (const auto& [name, spec] : sketches) {
      const Sketch sketch(spec, problem);
      if (sketch.support() > 70) continue;
      std::vector<RandomAffineMap> maps = {estimator_map(problem, sketch)};
      for (const MethodKind kind : all_methods())
        maps.push_back(method_map(problem, sketch, {kind, 1}, step));
      for (size_t m = 0; m < maps.size(); ++m) {
        const RandomAffineMap& map = maps[m];
        CAPTURE(name, m, n, d);
        REQUIRE(map.has_terms());
        REQUIRE(map.terms().size() == static_cast<size_t>(n));
        CHECK(map.has_noise() == (m > 0 && noisy));
        std::vector<Selection> selections;
        sketch.law()->enumerate([&](const Integer&, const Selection& s) {
          selections.push_back(s);
          return true;
        });
        size_t at = 0;
        map.enumerate<Surd>([&](const Rational&, const DrawnMap<Surd>& drawn) {
          const Selection& s = selections[at++];
          REQUIRE(SurdMatrix(to_surd(map.constant()) + assembled(map.terms(), s, d + 1)) ==
                  drawn.A);
          REQUIRE(assembled(map.noise_terms(), s, d) == drawn.noise);
          return true;
        });
        CHECK(at == selections.size());
      }
    }
  }
}

TEST_CASE("affine map: the estimator is B̄x − C̄b") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 10; ++k) {
    const int n = random.small(1, 3), d = random.small(1, 3);
    const auto workers = random_workers(random, n, d, {.noise = true});
    const Problem problem(workers);
    const Sketch sketch(random_table(random, n, d, 2), problem);
    const RandomAffineMap map = estimator_map(problem, sketch);
    CHECK_FALSE(map.has_terms());
    CHECK_FALSE(map.has_noise());
    sketch.enumerate<Rational>([&](const Rational&, const std::vector<RationalMatrix>& C) {
      RationalMatrix expected = RationalMatrix::Zero(d + 1, d + 1);
      for (size_t i = 0; i < C.size(); ++i) {
        expected.topLeftCorner(d, d) += C[i] * workers[i].L * C[i] / Rational(n);
        expected.col(d).head(d) -= C[i] * workers[i].b / Rational(n);
      }
      const auto drawn = map.draw<Rational>(C);
      CHECK(drawn.A == expected);
      CHECK(drawn.noise == RationalMatrix(RationalMatrix::Zero(d, d)));
      return true;
    });
  }
}

TEST_CASE("affine map: gradient descent does not look at the sketch") {
  Random random;
  INFO(random.seed());
  const auto workers = random_workers(random, 2, 2);
  const Problem problem(workers);
  for (const SketchSpec& spec :
       {SketchSpec(UnitPermSketch{}), SketchSpec(random_table(random, 2, 2, 3))}) {
    const RandomAffineMap map =
        method_map(problem, Sketch(spec, problem), {MethodKind::gradient, 1}, Rational(1, 3));
    REQUIRE(map.has_terms());
    RationalMatrix expected = RationalMatrix::Zero(3, 3);
    expected.topLeftCorner(2, 2) = identity(2) - problem.mean_L() / Rational(3);
    expected.col(2).head(2) = problem.mean_b() / Rational(3);
    expected(2, 2) = 1;
    CHECK(map.constant() == expected);
    for (const auto& worker : map.terms()) CHECK(worker.empty());
  }
}

TEST_CASE("affine map: (6) equals (2) for perm, and not for rand") {
  Random random;
  INFO(random.seed());
  const auto workers = random_workers(random, 2, 4);
  const Problem problem(workers);
  const auto same = [&](const SketchSpec& spec) {
    const Sketch sketch(spec, problem);
    const auto ist = method_map(problem, sketch, {MethodKind::ist, 1}, Rational(1, 7));
    const auto two =
        method_map(problem, sketch, {MethodKind::sketched_gradient, 1}, Rational(1, 7));
    bool equal = true;
    sketch.enumerate<Rational>([&](const Rational&, const std::vector<RationalMatrix>& C) {
      equal = equal && ist.draw<Rational>(C).A == two.draw<Rational>(C).A;
      return true;
    });
    return equal;
  };
  CHECK(same(PermSketch{2, false}));
  CHECK(same(PermSketch{0, true}));
  CHECK_FALSE(same(RandSketch{2, false}));
}

TEST_CASE("affine map: steps that have no meaning are refused") {
  Random random;
  const Problem problem(random_workers(random, 2, 2));
  const Sketch sketch(IdentitySketch{}, problem);
  const auto make = [&](MethodKind kind, int steps) {
    return method_map(problem, sketch, {kind, steps}, Rational(1, 2));
  };
  CHECK_THROWS_AS(make(MethodKind::ist, 0), std::invalid_argument);
  CHECK_THROWS_AS(make(MethodKind::ist, -1), std::invalid_argument);
  for (const MethodKind kind : all_methods()) {
    CHECK_NOTHROW(make(kind, 1));
    if (kind == MethodKind::ist)
      CHECK_NOTHROW(make(kind, 2));
    else
      CHECK_THROWS_AS(make(kind, 2), std::invalid_argument);
    CHECK(method_named(name_of(kind)) == kind);
  }
  CHECK(all_methods().size() == 7);
  CHECK_FALSE(method_named("nonsense").has_value());
}
