// Problems, schedules and cases.
#include "model/problem.hpp"

#include "model_support.hpp"

using namespace istcheck;
using namespace istcheck::test;
using Catch::Contains;

namespace {

Worker good() { return {matrix(2, {"2", "1", "1", "3"}), matrix(2, {"1", "2"}).col(0), {}}; }

}  // namespace

TEST_CASE("problem: means over the workers, exactly") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 20; ++k) {
    const Index n = random.integer(1, 5), d = random.integer(1, 4);
    const std::vector<Worker> workers = random_workers(random, n, d, {.noise = random.coin()});
    const Problem problem(workers);
    REQUIRE(problem.n() == n);
    REQUIRE(problem.d() == d);
    RationalMatrix L = RationalMatrix::Zero(d, d);
    RationalVector b = RationalVector::Zero(d);
    for (const Worker& w : workers) {
      L += w.L / Rational(Integer(n));
      b += w.b / Rational(Integer(n));
    }
    CHECK(problem.mean_L() == L);
    CHECK(problem.mean_b() == b);
    for (Index i = 0; i < n; ++i) {
      CHECK(problem.worker(i).L == workers[static_cast<size_t>(i)].L);
      CHECK(problem.worker(i).noise.rows() == d);  // zero when a worker gives none
      CHECK(is_psd(problem.worker(i).noise));
    }
  }
}

TEST_CASE("problem: what is wrong is refused with the worker and the entries") {
  CHECK_NOTHROW(Problem({good(), good()}));
  CHECK_THROWS_WITH(Problem(std::vector<Worker>{}), Contains("at least one worker"));
  Worker w = good();
  w.b = RationalVector();
  CHECK_THROWS_WITH(Problem({w}), Contains("worker 1") && Contains("b is empty"));
  w = good();
  w.b = RationalVector::Zero(3);
  CHECK_THROWS_WITH(Problem({good(), w}),
                    Contains("worker 2") && Contains("b has 3") && Contains("worker 1 has 2"));
  w = good();
  w.L = RationalMatrix::Zero(2, 3);
  CHECK_THROWS_WITH(Problem({good(), w}),
                    Contains("worker 2: L") && Contains("2 x 3") && Contains("2 x 2"));
  w = good();
  w.L(1, 0) = Rational(7, 5);
  CHECK_THROWS_WITH(Problem({good(), good(), w}), Contains("worker 3: L") &&
                                                      Contains("(2, 1) is 7/5") &&
                                                      Contains("(1, 2) is 1"));
  w = good();
  w.noise = RationalMatrix::Zero(3, 3);
  CHECK_THROWS_WITH(Problem({w}), Contains("worker 1: noise") && Contains("3 x 3"));
  w.noise = matrix(2, {"1", "2", "0", "1"});
  CHECK_THROWS_WITH(Problem({w}), Contains("noise is not symmetric") && Contains("(2, 1)"));
  w.noise = matrix(2, {"1", "2", "2", "1"});
  CHECK_THROWS_WITH(Problem({w}), Contains("worker 1") && Contains("positive semidefinite"));
  w.noise = matrix(2, {"1", "2", "2", "4"});  // singular, and a covariance
  CHECK_NOTHROW(Problem({w}));
  CHECK_THROWS_AS(Problem(std::vector<Worker>{}), std::invalid_argument);
}

TEST_CASE("schedule: constant, harmonic and listed steps") {
  Case c;
  c.step = Rational(1, 2);
  CHECK(c.step_in_round(0) == Rational(1, 2));
  CHECK(c.step_in_round(1000) == Rational(1, 2));
  c.schedule = HarmonicSchedule{Rational(1, 3)};
  CHECK(c.step_in_round(0) == Rational(1, 2));
  CHECK(c.step_in_round(1) == Rational(3, 8));
  CHECK(c.step_in_round(6) == Rational(1, 6));
  c.schedule = ListSchedule{{Rational(1, 5), Rational(1, 7)}};
  CHECK(c.step_in_round(0) == Rational(1, 5));
  CHECK(c.step_in_round(1) == Rational(1, 7));
  CHECK(c.step_in_round(2) == Rational(1, 7));
  CHECK(c.step_in_round(99) == Rational(1, 7));
}
