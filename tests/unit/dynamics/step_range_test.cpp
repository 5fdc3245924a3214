#include "dynamics/step_range.hpp"

#include <catch2/catch.hpp>

#include "case_files.hpp"
#include "dynamics/analysis.hpp"

using namespace istcheck;

namespace {

Case shipped(const std::string& name) {
  return test::load_case(std::string(ISTCHECK_SOURCE_DIR) + "/cases/paper/" + name + ".toml");
}

bool stable_at(Case c, const Rational& step) {
  c.step = step;
  AnalysisOptions options;
  options.fields = {"stable_mean_square"};
  return *analyse<Rational>(c, options).stable_mean_square;
}

}  // namespace

TEST_CASE("gradient descent is stable exactly below 2/λ_max", "[step-range]") {
  const Case c = shipped("method-gradient");
  const auto range = step_range<Rational>(c);
  REQUIRE(range.kind == StepRange::Kind::interval);
  RationalMatrix mean = c.workers[0].L;
  for (size_t i = 1; i < c.workers.size(); ++i) mean += c.workers[i].L;
  mean /= Rational(c.n());
  const Algebraic largest = largest_eigenvalue(mean);
  CHECK(largest.sign() > 0);
  // end · λ_max = 2, compared through the rational enclosures of both.
  const auto [low, high] = range.end->enclose(64);
  const auto [least, most] = largest.enclose(64);
  CHECK(low * least <= 2);
  CHECK(high * most >= 2);
  CHECK(high * most - low * least < Rational(1, 1000000));
}

TEST_CASE("stability is lost exactly at the end of the range", "[step-range]") {
  for (const char* name :
       {"heterogeneous-perm1", "remark1-indefinite", "rand-shared", "method-compressed-gradient",
        "method-compressed-iterate", "interpolation"}) {
    const Case c = shipped(name);
    const auto range = step_range<Rational>(c);
    INFO(name);
    REQUIRE(range.kind == StepRange::Kind::interval);
    const auto [low, high] = range.end->enclose(20);
    const Rational little(1, 100000);
    CHECK(stable_at(c, Rational(low * (1 - little))));
    CHECK(stable_at(c, Rational(low / 7)));
    CHECK_FALSE(stable_at(c, Rational(high * (1 + little))));
    CHECK_FALSE(stable_at(c, Rational(high * 3)));
    const auto best = best_step<Rational>(c, range);
    REQUIRE(best);
    CHECK(best->factor < Algebraic(Rational(1)));
    CHECK(best->compared >= 32);
  }
}

TEST_CASE("no step size is faster than the exactly fastest", "[step-range]") {
  const auto factor_at = [](Case c, const Rational& step) {
    c.step = step;
    AnalysisOptions options;
    options.fields = {"factor"};
    return *analyse<Rational>(c, options).factor_mean_square;
  };
  for (const char* name :
       {"heterogeneous-perm1", "remark1-indefinite", "rand-shared", "method-compressed-iterate",
        "method-one-sided", "table", "fixed-point-coincides-four", "homogeneous-perm2"}) {
    const Case c = shipped(name);
    const auto range = step_range<Rational>(c);
    INFO(name);
    const auto exact = exact_best_step(c, range);
    REQUIRE(exact);
    const auto [low, high] = exact->step.enclose(64);
    const Algebraic least = exact->factor;
    const Rational little(1, 1000000);
    CHECK(factor_at(c, Rational(low * (1 - little))) > least);
    CHECK(factor_at(c, Rational(high * (1 + little))) > least);
    const auto grid = best_step<Rational>(c, range);
    REQUIRE(grid);
    CHECK(least <= grid->factor);
  }
}

TEST_CASE("gradient descent is fastest at 2/(λ_min + λ_max)", "[step-range]") {
  Case c = shipped("method-gradient");
  for (auto& w : c.workers) {
    w.L = RationalMatrix::Zero(2, 2);
    w.L(0, 0) = 3;
    w.L(1, 1) = 1;
  }
  const auto exact = exact_best_step(c, step_range<Rational>(c));
  REQUIRE(exact);
  CHECK(exact->step == Algebraic(Rational(1, 2)));
  CHECK(exact->factor == Algebraic(Rational(1, 4)));
  CHECK_FALSE(exact_best_step(c, step_range<Rational>(c), {}, 2));
}

TEST_CASE("sketches that make B the identity allow every step below 2, and 1 is best",
          "[step-range]") {
  const Case c = shipped("scaled-diagonal");
  const auto range = step_range<Surd>(c);
  REQUIRE(range.kind == StepRange::Kind::interval);
  CHECK(*range.end == Algebraic(Rational(2)));
  const auto best = best_step<Surd>(c, range);
  REQUIRE(best);
  CHECK(best->step == 1);
  CHECK(best->factor.sign() == 0);
}

TEST_CASE("ranges that are not computed say why", "[step-range]") {
  CHECK(step_range<Rational>(shipped("method-ist-local-steps")).kind == StepRange::Kind::unknown);
  const auto range = step_range<Rational>(shipped("method-compressed-update"), {}, 1);
  CHECK(range.kind == StepRange::Kind::unknown);
  CHECK_FALSE(range.reason.empty());
}
