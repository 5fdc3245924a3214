// First and second moments: closed form, enumeration and the definition, all three equal.
#include "dynamics/moments.hpp"

#include "dynamics/closed_form.hpp"
#include "model_support.hpp"

using namespace istcheck;
using namespace istcheck::test;
using Catch::Contains;

namespace {

template <class S>
Matrix<S> random_symmetric(Random& random, Index d) {
  if constexpr (std::is_same_v<S, Rational>)
    return random.symmetric(d);
  else {
    const SurdMatrix m = random.surd_matrix(d, d, 2);
    return m + m.transpose();
  }
}

/// The moments by their definition.
template <class S>
struct Direct {
  Matrix<S> mean, noise, push, pull;
  Direct(const RandomAffineMap& map, const Matrix<S>& m) {
    const Index D = map.d() + 1;
    mean = push = pull = Matrix<S>::Constant(D, D, S(0));
    noise = Matrix<S>::Constant(D - 1, D - 1, S(0));
    map.enumerate<S>([&](const Rational& w, const DrawnMap<S>& drawn) {
      mean += drawn.A * S(w);
      noise += drawn.noise * S(w);
      push += drawn.A * m * drawn.A.transpose() * S(w);
      pull += drawn.A.transpose() * m * drawn.A * S(w);
      return true;
    });
  }
};

template <class S>
void check_map(Random& random, const RandomAffineMap& map) {
  const Index D = map.d() + 1;
  const Matrix<S> m = random_symmetric<S>(random, D);
  const Direct<S> direct(map, m);
  std::vector<Route> routes = {Route::enumeration, Route::automatic};
  if (map.has_terms()) routes.push_back(Route::closed_form);
  for (const Route route : routes) {
    const Moments<S> moments(map, {route});
    CAPTURE(static_cast<int>(route));
    REQUIRE(moments.closed_form() == (map.has_terms() && route != Route::enumeration));
    REQUIRE(moments.d() == D - 1);
    CHECK(moments.mean() == direct.mean);
    CHECK(moments.noise() == direct.noise);
    CHECK(moments.push(m) == direct.push);
    CHECK(moments.pull(m) == direct.pull);
  }
}

void check_problem(Random& random, const std::vector<Worker>& workers,
                   const std::vector<NamedSketch>& sketches, const Integer& limit) {
  const Problem problem(workers);
  const Rational step = random.positive();
  for (const auto& [name, spec] : sketches) {
    const Sketch sketch(spec, problem);
    if (sketch.support() > limit) continue;
    std::vector<std::pair<std::string, RandomAffineMap>> maps = {
        {"estimator", estimator_map(problem, sketch)}};
    for (const MethodKind kind : all_methods())
      maps.emplace_back(name_of(kind), method_map(problem, sketch, {kind, 1}, step));
    if (sketch.support() <= 10)
      maps.emplace_back("ist, two steps", method_map(problem, sketch, {MethodKind::ist, 2}, step));
    for (const auto& [method, map] : maps) {
      CAPTURE(name, method, problem.n(), problem.d());
      if (sketch.rational()) check_map<Rational>(random, map);
      if (!sketch.rational() || sketch.support() <= 4) check_map<Surd>(random, map);
    }
  }
}

}  // namespace

TEST_CASE("moments: all routes agree for every method and every sketch") {
  Random random;
  INFO(random.seed());
  for (const auto& [n, d] : {std::pair{1, 1},
                             {1, 3},
                             {2, 1},
                             {3, 1},
                             {2, 2},
                             {2, 3},
                             {3, 2},
                             {2, 4},
                             {3, 4},
                             {4, 2},
                             {5, 2},
                             {4, 3}}) {
    const auto workers = random_workers(random, n, d, {.noise = true});
    auto sketches = selection_sketches(random, n, d);
    sketches.push_back({"table", random_table(random, n, d, 3)});
    check_problem(random, workers, sketches, 64);
  }
}

TEST_CASE("moments: sketches with square roots") {
  Random random;
  INFO(random.seed());
  for (const int n : {1, 2, 3}) {
    check_problem(random,
                  random_workers(random, n, n, {.definite = true, .noise = true, .size = 2}),
                  {{"scaled-perm", ScaledPermSketch{}}, {"unit-perm", UnitPermSketch{}}}, 10);
    check_problem(random, squares(random, n, n),
                  {{"printed", ScaledPermSketch{ScaledPermSketch::Reading::printed}}}, 10);
  }
}

TEST_CASE("moments: larger supports, perm and rand and bernoulli") {
  Random random;
  INFO(random.seed());
  check_problem(random, random_workers(random, 3, 3),
                {{"perm", PermSketch{1, false}}, {"rand", RandSketch{2, false}}}, 100);
  const auto workers = random_workers(random, 3, 6, {.size = 3});
  const Problem problem(workers);
  const Sketch sketch(PermSketch{2, false}, problem);
  check_map<Rational>(random, estimator_map(problem, sketch));
  check_map<Rational>(random, method_map(problem, sketch, {MethodKind::one_sided, 1}, 1));
  const Sketch block(BlockSketch{{1, 4}, 2}, Problem(random_workers(random, 2, 6)));
  const Problem two(random_workers(random, 2, 6));
  check_map<Rational>(random, method_map(two, block, {MethodKind::sketched_gradient, 1}, 1));
}

TEST_CASE("moments: entries of every length, across the border of machine words") {
  Random random;
  INFO(random.seed());
  struct Setting {
    int n, d;
    SketchSpec spec;
  };
  const std::vector<Setting> settings = {{2, 2, PermSketch{1, false}},
                                         {2, 2, RandSketch{1, false}},
                                         {2, 2, BernoulliSketch{Rational(1, 3), true}},
                                         {33, 2, RandSketch{1, true}},
                                         {2, 4, BlockSketch{{0, 2}, 1}},
                                         {1, 6, RandSketch{3, true}}};
  for (const Setting& setting : settings)
    for (const int bits : {1, 14, 20, 28, 29, 30, 31, 32, 63, 64, 200}) {
      // The largest numbers of that length, of either sign.
      const Rational top((Integer(1) << static_cast<unsigned>(bits)) - 1);
      const Index d = setting.d;
      std::vector<Worker> workers = random_workers(random, setting.n, d);
      for (Worker& w : workers) {
        w.L = RationalMatrix::Constant(d, d, top);
        if (random.coin()) w.L(0, 0) = -top;
        w.b.setConstant(top);
      }
      const Problem problem(workers);
      const Sketch sketch(setting.spec, problem);
      const std::vector<RandomAffineMap> maps = {
          estimator_map(problem, sketch),
          method_map(problem, sketch, {MethodKind::one_sided, 1}, Rational(1, 2))};
      for (const int m_bits : {1, 20, 31, 33, 40, 64}) {
        const Rational largest((Integer(1) << static_cast<unsigned>(m_bits)) - 1);
        RationalMatrix m = RationalMatrix::Constant(d + 1, d + 1, largest);
        if (random.coin()) m(0, 1) = m(1, 0) = -largest;
        for (const RandomAffineMap& map : maps) {
          const Direct<Rational> direct(map, m);
          CAPTURE(bits, m_bits, setting.n, setting.d, kind_of(setting.spec));
          const Moments<Rational> closed(map, {Route::closed_form});
          CHECK(closed.push(m) == direct.push);
          CHECK(closed.pull(m) == direct.pull);
          CHECK(Moments<Rational>(map, {Route::enumeration}).push(m) == direct.push);
        }
      }
    }
}

TEST_CASE("moments: long rationals") {
  Random random;
  INFO(random.seed());
  std::vector<Worker> workers = random_workers(random, 2, 3);
  for (Worker& w : workers)
    for (Index i = 0; i < 3; ++i)
      for (Index j = 0; j <= i; ++j) w.L(i, j) = w.L(j, i) = random.long_rational(90);
  check_problem(random, workers, selection_sketches(random, 2, 3), 80);
}

TEST_CASE("moments: radicands beyond a machine word") {
  // Square roots of 3 · 18446744073709551629, a prime above 2^64: √r √r = r must not be cut.
  std::vector<Worker> workers;
  for (const char* prime : {"18446744073709551629", "18446744073709551653"})
    workers.push_back({RationalMatrix(q(prime) * identity(2)), matrix(2, {"1", "2"}).col(0), {}});
  workers[0].L(0, 1) = workers[0].L(1, 0) = 5;
  const Problem problem(workers);
  const Sketch sketch(ScaledPermSketch{}, problem);
  const RandomAffineMap map = estimator_map(problem, sketch);
  const SurdMatrix m = to_surd(matrix(3, {"1", "2", "3", "2", "-1", "5", "3", "5", "7"}));
  const Direct<Surd> direct(map, m);
  const Moments<Surd> closed(map, {Route::closed_form});
  CHECK(closed.mean() == direct.mean);
  CHECK(closed.push(m) == direct.push);
  CHECK(closed.pull(m) == direct.pull);
}

TEST_CASE("moments: laws where enumeration is out of reach") {
  Random random;
  INFO(random.seed());
  for (const auto& [n, d, kept] : {std::tuple{4, 12, 3}, {2, 10, 5}, {7, 21, 3}, {6, 6, 1}}) {
    const auto workers = random_workers(random, n, d, {.size = 3});
    const Problem problem(workers);
    for (const SketchSpec& spec :
         {SketchSpec(PermSketch{kept, false}), SketchSpec(RandSketch{kept, false}),
          SketchSpec(BernoulliSketch{Rational(2, 5), false})}) {
      const Sketch sketch(spec, problem);
      const RandomAffineMap map = method_map(problem, sketch, {MethodKind::ist, 1}, Rational(1, 3));
      const Moments<Rational> moments(map);
      REQUIRE(moments.closed_form());
      const RationalMatrix M = random.symmetric(d + 1, 3), N = random.symmetric(d + 1, 3);
      CAPTURE(kind_of(spec), n, d);
      // Adjoint, and linear.
      CHECK(RationalMatrix(moments.push(M) * N).trace() ==
            RationalMatrix(M * moments.pull(N)).trace());
      CHECK(moments.push(RationalMatrix(M + Rational(2, 3) * N)) ==
            RationalMatrix(moments.push(M) + Rational(2, 3) * moments.push(N)));
      // The corner of a second moment stays what it is, and E[Â e eᵀ Âᵀ] ⪰ (E Â e)(E Â e)ᵀ.
      RationalMatrix corner = RationalMatrix::Zero(d + 1, d + 1);
      corner(d, d) = 1;
      const RationalMatrix spread =
          moments.push(corner) - moments.mean() * corner * moments.mean().transpose();
      CHECK(is_psd(spread));
      CHECK(moments.push(corner)(d, d) == 1);
      CHECK(is_psd(moments.push(identity(d + 1))));
    }
    // E B̄ = n (D̄ + ρ (L̄ − D̄)) with ρ = (q − 1)/(d − 1), and E C̄b = b̄.
    const Sketch perm(PermSketch{kept, false}, problem);
    const Moments<Rational> estimator(estimator_map(problem, perm));
    RationalMatrix D = RationalMatrix::Zero(d, d);
    D.diagonal() = problem.mean_L().diagonal();
    const Rational rho(kept - 1, d - 1);
    CHECK(linear_part(estimator.mean()) ==
          RationalMatrix(Rational(n) * (D + rho * (problem.mean_L() - D))));
    CHECK(RationalVector(estimator.mean().col(d).head(d)) == RationalVector(-problem.mean_b()));
  }
}

TEST_CASE("moments: routes, limits and refusals") {
  Random random;
  INFO(random.seed());
  const Problem problem(random_workers(random, 3, 6));
  const Sketch sketch(PermSketch{2, false}, problem);
  const RandomAffineMap two_steps =
      method_map(problem, sketch, {MethodKind::ist, 2}, Rational(1, 5));
  REQUIRE_FALSE(two_steps.has_terms());
  // 6!/(2!)³ = 90 outcomes: at the limit, and one above it.
  CHECK_NOTHROW(Moments<Rational>(two_steps, {Route::automatic, 90}));
  CHECK_THROWS_AS(Moments<Rational>(two_steps, {Route::automatic, 89}), TooManyOutcomes);
  CHECK_THROWS_WITH(Moments<Rational>(two_steps, {Route::automatic, 89}),
                    Contains("90 outcomes") && Contains("89") && Contains("--max-outcomes"));
  CHECK_THROWS_AS(Moments<Rational>(two_steps, {Route::closed_form}), std::invalid_argument);
  // With a closed form the limit does not matter, unless enumeration is demanded.
  const RandomAffineMap one = method_map(problem, sketch, {MethodKind::ist, 1}, Rational(1, 5));
  CHECK(Moments<Rational>(one, {Route::automatic, 1}).closed_form());
  CHECK_THROWS_AS(Moments<Rational>(one, {Route::enumeration, 1}), TooManyOutcomes);
  // An exact size far beyond any machine word: 100!/(25!)^4.
  const Problem wide(random_workers(random, 4, 100, {.size = 1}));
  const Sketch many(PermSketch{25, false}, wide);
  CHECK_THROWS_WITH(Moments<Rational>(method_map(wide, many, {MethodKind::ist, 2}, 1)),
                    Contains("1612207508215775948685323966297082670959348818240567745024"));
  // Square roots do not fit Rational.
  const Problem square(random_workers(random, 2, 2));
  const Sketch root(UnitPermSketch{}, square);
  CHECK_THROWS_AS(Moments<Rational>(estimator_map(square, root)).mean(), std::domain_error);
}

TEST_CASE("moments: enumeration holds one outcome at a time") {
  // 16!/(4!)^4 = 63 063 000 outcomes: a list of them would not be made before the visitor's first
  // call, let alone fit beside it; here a thousand are looked at and the run stops.
  Random random;
  const Problem problem(random_workers(random, 4, 16, {.size = 1}));
  const Sketch sketch(PermSketch{4, false}, problem);
  REQUIRE(sketch.support() == 63063000);
  const RandomAffineMap map = method_map(problem, sketch, {MethodKind::ist, 1}, 1);
  int visited = 0;
  const void* place = nullptr;
  map.sketch().enumerate<Rational>([&](const Rational&, const std::vector<RationalMatrix>& C) {
    if (visited == 0) place = &C;
    CHECK(place == &C);  // the same object is filled again and again
    return ++visited < 1000;
  });
  CHECK(visited == 1000);
}

TEST_CASE("moments: borders") {
  Random random;
  const RationalMatrix m = random.matrix(3, 3);
  CHECK(linear_part(bordered(m)) == m);
  CHECK(bordered(m).row(3).isZero());
  CHECK(bordered(m).col(3).isZero());
}
