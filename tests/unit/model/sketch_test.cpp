#include "model/sketch.hpp"

#include <set>

#include "model_support.hpp"

using namespace istcheck;
using namespace istcheck::test;
using Catch::Contains;

namespace {

constexpr std::pair<int, int> kSketchSizes[] = {{1, 1}, {1, 3}, {2, 1}, {2, 2}, {2, 3}, {2, 4},
                                                {2, 5}, {3, 1}, {3, 2}, {3, 3}, {3, 4}, {3, 5},
                                                {4, 2}, {4, 3}, {4, 4}, {5, 2}, {5, 3}, {3, 6}};

bool holds(const std::vector<int>& kept, int a) {
  return std::find(kept.begin(), kept.end(), a) != kept.end();
}

/// P(first ⊆ S_i, second ⊆ S_j) by enumeration.
Rational inclusion(const SelectionLaw& law, size_t i, const std::vector<int>& first, size_t j,
                   const std::vector<int>& second) {
  Integer sum = 0;
  law.enumerate([&](const Integer& weight, const Selection& s) {
    bool in = true;
    for (const int a : first) in = in && holds(s[i], a);
    for (const int a : second) in = in && holds(s[j], a);
    if (in) sum += weight;
    return true;
  });
  return Rational(sum, law.weight_denominator());
}

Sketch make(const SketchSpec& spec, int n, int d) {
  Random random;
  return Sketch(spec, Problem(random_workers(random, n, d)));
}

void refuse(const SketchSpec& spec, const std::vector<Worker>& workers,
            const std::vector<std::string>& parts) {
  const Problem problem(workers);
  REQUIRE_THROWS_AS(Sketch(spec, problem), std::invalid_argument);
  for (const std::string& part : parts) CHECK_THROWS_WITH(Sketch(spec, problem), Contains(part));
}

void refuse(const SketchSpec& spec, int n, int d, const std::vector<std::string>& parts) {
  Random random;
  refuse(spec, random_workers(random, n, d), parts);
}

}  // namespace

TEST_CASE("sketch: outcomes are distinct, ascending, and their weights sum to one") {
  Random random;
  INFO(random.seed());
  for (const auto& [worker_count, dimension] : kSketchSizes)
    for (const auto& [name, spec] : selection_sketches(random, worker_count, dimension)) {
      const int n = worker_count, d = dimension;
      const Sketch sketch = make(spec, n, d);
      if (sketch.support() > 50000) continue;
      CAPTURE(name, n, d);
      const SelectionLaw& law = *sketch.law();
      std::set<Selection> seen;
      Integer total = 0;
      bool sound = true;
      law.enumerate([&](const Integer& weight, const Selection& s) {
        sound = sound && weight > 0 && s.size() == static_cast<size_t>(n);
        for (const auto& kept : s) {
          for (size_t k = 0; k < kept.size(); ++k)
            sound = sound && kept[k] >= 0 && kept[k] < d && (k == 0 || kept[k - 1] < kept[k]);
          for (int a = 0; a < d; ++a)
            if (law.always()[static_cast<size_t>(a)]) sound = sound && holds(kept, a);
        }
        sound = seen.insert(s).second && sound;
        total += weight;
        return true;
      });
      CHECK(sound);
      CHECK(total == law.weight_denominator());
      CHECK(Integer(seen.size()) == law.support());
      CHECK(sketch.support() == law.support());
    }
}

TEST_CASE("sketch: inclusion probabilities equal enumeration, for every pair of workers") {
  Random random;
  INFO(random.seed());
  for (const auto& [worker_count, dimension] : kSketchSizes)
    for (const auto& [name, spec] : selection_sketches(random, worker_count, dimension)) {
      const int n = worker_count, d = dimension;
      const Sketch sketch = make(spec, n, d);
      if (sketch.support() > 600) continue;
      CAPTURE(name, n, d);
      const SelectionLaw& law = *sketch.law();
      std::vector<int> free;
      for (int a = 0; a < d; ++a)
        if (!law.always()[static_cast<size_t>(a)]) free.push_back(a);
      const auto count = static_cast<int>(free.size());
      // Random choices of distinct coordinates and workers for every (r, s, t).
      for (int r = 0; r <= std::min(count, 4); ++r) {
        std::shuffle(free.begin(), free.end(), random.engine());
        const std::vector<int> some(free.begin(), free.begin() + r);
        const auto i = static_cast<size_t>(random.integer(0, n - 1));
        CAPTURE(r);
        CHECK(law.same(r) == inclusion(law, i, some, i, {}));
        if (n == 1) continue;
        for (int s = 0; r + s <= std::min(count, 4); ++s)
          for (int t = 0; r + s + t <= std::min(count, 4); ++t) {
            std::shuffle(free.begin(), free.end(), random.engine());
            std::vector<int> first(free.begin(), free.begin() + r + t),
                second(free.begin() + r, free.begin() + r + t + s);
            const auto j =
                (i + static_cast<size_t>(random.integer(1, n - 1))) % static_cast<size_t>(n);
            CAPTURE(s, t, i, j);
            CHECK(law.cross(r, s, t) == inclusion(law, i, first, j, second));
          }
      }
      // Beyond the number of free coordinates the closed forms still ask, and must not throw.
      for (int k = 0; k <= 4; ++k) CHECK_NOTHROW(law.same(k));
      for (int r = 0; r <= 2; ++r)
        for (int s = 0; s <= 2; ++s)
          for (int t = 0; r + s + t <= 4; ++t) CHECK_NOTHROW(law.cross(r, s, t));
    }
}

TEST_CASE("sketch: unscaled ones are unbiased, and perm reconstructs with probability one") {
  Random random;
  INFO(random.seed());
  for (const auto& [worker_count, dimension] : kSketchSizes)
    for (const auto& [name, spec] : selection_sketches(random, worker_count, dimension)) {
      const int n = worker_count, d = dimension;
      const Sketch sketch = make(spec, n, d);
      if (!sketch.rational() || name == "unit-perm" || sketch.support() > 3000) continue;
      CAPTURE(name, n, d);
      std::vector<RationalMatrix> mean(static_cast<size_t>(n), RationalMatrix::Zero(d, d));
      const bool reconstructs = name == "perm" || name == "identity" ||
                                name.rfind("block", 0) == 0 ||
                                (name == "perm with remainder" && d >= n);
      bool reconstructed = true;
      sketch.enumerate<Rational>([&](const Rational& w, const std::vector<RationalMatrix>& C) {
        RationalMatrix sum = RationalMatrix::Zero(d, d);
        for (size_t i = 0; i < C.size(); ++i) {
          mean[i] += w * C[i];
          sum += C[i];
        }
        reconstructed = reconstructed && sum == RationalMatrix(Rational(n) * identity(d));
        return true;
      });
      for (const RationalMatrix& m : mean) CHECK(m == identity(d));
      if (reconstructs) CHECK(reconstructed);
    }
}

TEST_CASE("sketch: (4) has ω = d/q − 1 and (7) has ω = n − 1") {
  for (const auto& [worker_count, dimension] : {std::pair{2, 4}, {3, 3}, {2, 2}, {1, 5}}) {
    const int n = worker_count, d = dimension;
    for (int kept = 1; kept <= d; ++kept) {
      const Sketch sketch = make(RandSketch{kept, true}, n, d);
      RationalMatrix square = RationalMatrix::Zero(d, d);
      sketch.enumerate<Rational>([&](const Rational& w, const std::vector<RationalMatrix>& C) {
        const RationalMatrix e = C[0] - identity(d);
        square += w * e * e;
        return true;
      });
      CHECK(square == RationalMatrix((Rational(d, kept) - 1) * identity(d)));
    }
    const Sketch sketch = make(PermSketch{d / n, false}, n, d);
    RationalMatrix square = RationalMatrix::Zero(d, d);
    sketch.enumerate<Rational>([&](const Rational& w, const std::vector<RationalMatrix>& C) {
      const RationalMatrix e = C.back() - identity(d);
      square += w * e * e;
      return true;
    });
    CHECK(square == RationalMatrix(Rational(n - 1) * identity(d)));
  }
}

TEST_CASE("sketch: enumeration is lazy and stops when told") {
  // 40! / (10!)^4 outcomes, (2^30)^5, 1000 choose 500 to the fourth: only lazily.
  const auto first = [](const SketchSpec& spec, int n, int d) {
    const Sketch sketch = make(spec, n, d);
    CHECK(sketch.support() > Integer(1) << 50);
    int visited = 0;
    sketch.law()->enumerate([&](const Integer&, const Selection&) { return ++visited < 1000; });
    CHECK(visited == 1000);
    visited = 0;
    sketch.enumerate<Rational>(
        [&](const Rational&, const std::vector<RationalMatrix>&) { return ++visited < 7; });
    CHECK(visited == 7);
  };
  first(PermSketch{10, false}, 4, 40);
  first(PermSketch{0, true}, 4, 42);
  first(PermSketch{0, true}, 40, 3);
  first(RandSketch{30, false}, 4, 60);
  first(RandSketch{30, true}, 4, 70);
  first(BernoulliSketch{Rational(1, 3), false}, 5, 30);
  first(BernoulliSketch{Rational(1, 3), true}, 2, 70);
  first(BlockSketch{{0, 7, 41}, 13}, 3, 42);
  // A stop inside nested draws stops them all, and the first outcome may already stop.
  int visited = 0;
  const Sketch nested = make(RandSketch{1, false}, 3, 3);
  nested.law()->enumerate([&](const Integer&, const Selection&) { return ++visited < 5; });
  CHECK(visited == 5);
  visited = 0;
  nested.law()->enumerate([&](const Integer&, const Selection&) { return ++visited < 1; });
  CHECK(visited == 1);
  TableSketch table;
  table.outcomes = {{Rational(1, 2), {identity(2)}}, {Rational(1, 2), {identity(2)}}};
  visited = 0;
  make(table, 1, 2).enumerate<Rational>([&](const Rational&, const std::vector<RationalMatrix>&) {
    return ++visited < 1;
  });
  CHECK(visited == 1);
}

TEST_CASE("sketch: exact support sizes") {
  CHECK(make(PermSketch{1, false}, 3, 3).support() == 6);
  CHECK(make(PermSketch{2, false}, 3, 6).support() == 90);
  CHECK(make(PermSketch{2, false}, 5, 10).support() == 113400);
  CHECK(make(PermSketch{0, true}, 2, 3).support() == 6);
  CHECK(make(PermSketch{0, true}, 3, 2).support() == 6);
  CHECK(make(RandSketch{2, false}, 3, 5).support() == 1000);
  CHECK(make(RandSketch{2, true}, 3, 5).support() == 10);
  CHECK(make(BernoulliSketch{Rational(1, 2), false}, 2, 3).support() == 64);
  CHECK(make(BernoulliSketch{Rational(1, 2), true}, 2, 3).support() == 8);
  CHECK(make(BernoulliSketch{1, false}, 2, 3).support() == 1);
  CHECK(make(BlockSketch{{1}, 1}, 2, 3).support() == 2);
  CHECK(make(PermSketch{25, false}, 4, 100).support().str().size() == 58);
}

TEST_CASE("sketch: samples are outcomes, at the frequencies of their weights") {
  // Five standard deviations of each count; a fixed seed, so that this cannot fail by chance.
  Random sizes;
  for (const auto& [worker_count, dimension] : {std::pair{2, 3}, {3, 2}, {3, 3}, {2, 2}, {1, 3}})
    for (const auto& [name, spec] : selection_sketches(sizes, worker_count, dimension)) {
      const int n = worker_count, d = dimension;
      const Sketch sketch = make(spec, n, d);
      if (sketch.support() > 100) continue;
      CAPTURE(name, n, d);
      std::map<Selection, double> expected;
      std::map<Selection, int> counted;
      const double total = approximate(Rational(sketch.law()->weight_denominator()));
      sketch.law()->enumerate([&](const Integer& weight, const Selection& s) {
        expected[s] = approximate(Rational(weight)) / total;
        return true;
      });
      std::mt19937_64 engine(20240229);
      constexpr int kDraws = 6000;
      for (int k = 0; k < kDraws; ++k) ++counted[sketch.law()->sample(engine)];
      for (const auto& [s, count] : counted) REQUIRE(expected.count(s) == 1);
      for (const auto& [s, p] : expected)
        CHECK(std::abs(counted[s] - kDraws * p) <= 5 * std::sqrt(kDraws * p * (1 - p)) + 1e-6);
    }
}

TEST_CASE("sketch: scaled-perm by the diagonal: E C_i L_i C_i = I for any L_i") {
  Random random;
  INFO(random.seed());
  for (const int n : {1, 2, 3}) {
    std::vector<Worker> workers = random_workers(random, n, n, {.definite = true});
    const Sketch sketch(ScaledPermSketch{}, Problem(workers));
    for (int i = 0; i < n; ++i) {
      SurdMatrix mean = SurdMatrix::Constant(n, n, Surd(0));
      sketch.enumerate<Surd>([&](const Rational& w, const std::vector<SurdMatrix>& C) {
        const SurdMatrix& c = C[static_cast<size_t>(i)];
        mean += c * to_surd(workers[static_cast<size_t>(i)].L) * c * Surd(w);
        return true;
      });
      CHECK(mean == to_surd(identity(n)));
    }
    for (int i = 0; i < n; ++i)
      for (int a = 0; a < n; ++a)
        CHECK(sketch.scales()(i, a) * sketch.scales()(i, a) *
                  Surd(workers[static_cast<size_t>(i)].L(a, a)) ==
              Surd(n));
  }
}

TEST_CASE("sketch: scaled-perm as printed takes diagonals of L^(-1/2)") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 12; ++k) {
    const int n = random.small(1, 4);
    std::vector<Worker> workers = random_workers(random, n, n);
    std::vector<RationalMatrix> roots;
    for (Worker& w : workers) {
      roots.push_back(random.definite(n, 4));
      w.L = roots.back() * roots.back();
    }
    const Sketch sketch(ScaledPermSketch{ScaledPermSketch::Reading::printed}, Problem(workers));
    for (int i = 0; i < n; ++i) {
      const RationalMatrix inverse = *solve(roots[static_cast<size_t>(i)], identity(n));
      for (int a = 0; a < n; ++a)
        CHECK(sketch.scales()(i, a) == Surd::sqrt_of(n) * Surd(inverse(a, a)));
    }
  }
  // On diagonal L_i both readings agree, irrational roots included.
  std::vector<Worker> workers = random_workers(random, 3, 3);
  for (Worker& w : workers) {
    w.L = RationalMatrix::Zero(3, 3);
    for (int a = 0; a < 3; ++a) w.L(a, a) = random.positive(40);
  }
  const Problem problem(workers);
  CHECK(Sketch(ScaledPermSketch{ScaledPermSketch::Reading::printed}, problem).scales() ==
        Sketch(ScaledPermSketch{}, problem).scales());
  // They differ on L = [[5,4],[4,5]] = [[2,1],[1,2]]²: 2/3 against 1/√5.
  const Worker square{matrix(2, {"5", "4", "4", "5"}), RationalVector::Zero(2), {}};
  const Problem two({square, square});
  CHECK(Sketch(ScaledPermSketch{ScaledPermSketch::Reading::printed}, two).scales()(0, 0) ==
        Surd::sqrt_of(2) * Surd(Rational(2, 3)));
  CHECK(Sketch(ScaledPermSketch{}, two).scales()(1, 1) == Surd::sqrt_of(Rational(2, 5)));
}

TEST_CASE("sketch: what does not fit is refused with the numbers") {
  refuse(PermSketch{2, false}, 3, 5, {"d = qn", "2 * 3", "d = 5", "remainder = true"});
  refuse(PermSketch{0, false}, 2, 4, {"q must be at least 1"});
  refuse(PermSketch{-1, false}, 2, 4, {"q must be at least 1"});
  refuse(PermSketch{2, true}, 2, 3, {"d/n = 1"});
  refuse(PermSketch{2, false}, 4, 2, {"d = 2", "n = 4", "q must be 1"});
  refuse(PermSketch{-3, false}, 4, 2, {"q must be 1"});
  refuse(PermSketch{1, false}, 5, 2, {"d = 2", "n = 5", "remainder = true"});
  refuse(PermSketch{1 << 30, false}, 4, 4, {"d = qn"});
  refuse(RandSketch{0, false}, 2, 3, {"q = 0", "1..3"});
  refuse(RandSketch{4, true}, 2, 3, {"q = 4", "1..3"});
  refuse(RandSketch{-1, true}, 2, 3, {"q = -1"});
  refuse(BernoulliSketch{0, false}, 2, 3, {"p = 0", "(0, 1]"});
  refuse(BernoulliSketch{Rational(-1, 2), false}, 2, 3, {"p = -1/2"});
  refuse(BernoulliSketch{Rational(8, 7), true}, 2, 3, {"p = 8/7"});
  refuse(BlockSketch{{3}, 1}, 2, 3, {"shared coordinate 3", "0..2"});
  refuse(BlockSketch{{-1}, 1}, 2, 3, {"shared coordinate -1"});
  refuse(BlockSketch{{0, 0}, 1}, 1, 3, {"coordinate 0", "twice"});
  refuse(BlockSketch{{0}, 2}, 2, 3, {"2 coordinates", "2 * 2"});
  refuse(BlockSketch{{0, 1, 2}, 0}, 2, 3, {"q must be at least 1"});
  refuse(UnitPermSketch{}, 2, 3, {"n = 2", "d = 3"});
  refuse(ScaledPermSketch{}, 3, 2, {"n = 3", "d = 2"});
  const auto scaled = [](const RationalMatrix& L) {
    const Worker fine{identity(2), RationalVector::Zero(2), {}};
    return std::vector<Worker>{fine, {L, RationalVector::Zero(2), {}}};
  };
  refuse(ScaledPermSketch{}, scaled(matrix(2, {"1", "0", "0", "0"})),
         {"diagonal entry 2", "worker 2", "is 0"});
  refuse(ScaledPermSketch{}, scaled(matrix(2, {"-3/2", "0", "0", "1"})), {"entry 1", "-3/2"});
  const ScaledPermSketch printed{ScaledPermSketch::Reading::printed};
  refuse(printed, scaled(matrix(2, {"1", "1", "1", "1"})), {"worker 2", "not positive definite"});
  refuse(printed, scaled(matrix(2, {"2", "1", "1", "2"})), {"worker 2", "square of a rational"});
  refuse(printed, scaled(matrix(2, {"-1", "0", "0", "2"})), {"not positive definite"});
  TableSketch table;
  refuse(table, 2, 2, {"at least one outcome"});
  table.outcomes = {{Rational(1, 2), {identity(2), identity(2)}},
                    {Rational(1, 3), {identity(2), identity(2)}}};
  refuse(table, 2, 2, {"5/6", "not to 1"});
  table.outcomes[1].weight = Rational(1, 2);
  CHECK_NOTHROW(make(table, 2, 2));
  refuse(table, 3, 2, {"outcome 1", "2 matrices", "3 workers"});
  refuse(table, 2, 3, {"outcome 1", "matrix 1", "size 3"});
  table.outcomes[1].C[1](0, 1) = 1;
  refuse(table, 2, 2, {"outcome 2", "matrix 2", "not symmetric"});
  table.outcomes[1].C[1](0, 1) = 0;
  table.outcomes[0].weight = 0;
  table.outcomes[1].weight = 1;
  refuse(table, 2, 2, {"outcome 1", "weight 0"});
  table.outcomes[0].weight = -1;
  table.outcomes[1].weight = 2;
  refuse(table, 2, 2, {"weight -1"});
}

TEST_CASE("sketch: names of the kinds") {
  CHECK(kind_of(IdentitySketch{}) == "identity");
  CHECK(kind_of(PermSketch{}) == "perm");
  CHECK(kind_of(RandSketch{}) == "rand");
  CHECK(kind_of(ScaledPermSketch{}) == "scaled-perm");
  CHECK(kind_of(UnitPermSketch{}) == "unit-perm");
  CHECK(kind_of(BernoulliSketch{}) == "bernoulli");
  CHECK(kind_of(BlockSketch{}) == "block");
  CHECK(kind_of(TableSketch{}) == "table");
  CHECK_FALSE(make(UnitPermSketch{}, 3, 3).rational());
  CHECK(make(UnitPermSketch{}, 4, 4).rational());
}
