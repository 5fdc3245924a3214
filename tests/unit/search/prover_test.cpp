// What the prover answers is what the checker accepts: on random pairs of matrices of any sign.
#include "search/prover.hpp"

#include <catch2/catch.hpp>

#include "../support.hpp"
#include "cert/format.hpp"
#include "dynamics/theta.hpp"

using namespace istcheck;
using test::Random;

TEST_CASE("least, none, apart and below are found for every symmetric pair") {
  Random random;
  INFO(random.seed());
  const cert::Limits limits = cert::kCaps;
  std::map<std::string, int> rules;
  for (int k = 0; k < 200; ++k) {
    const Index d = random.integer(1, 3);
    RationalMatrix A = random.small_symmetric(d, 2), B = random.small_symmetric(d, 1);
    if (k % 5 == 0) {  // θ <= something
      B = RationalMatrix(-random.semidefinite(d, random.integer(1, d)));
      A = RationalMatrix(random.rational() * B);
    }
    CAPTURE(A, B);
    search::Prover prover(0, {});
    check::ShownFacts facts(prover, limits);
    const auto theta = least_theta(A, B);
    std::optional<check::Number> shown;
    try {
      shown = facts.least(check::Mat(A), check::Mat(B));
    } catch (const search::Unprovable&) {
      ++rules["unprovable"];
      continue;
    } catch (const check::Undecided&) {
      ++rules["unprovable"];
      continue;
    }
    REQUIRE(shown.has_value() == theta.least.has_value());
    for (const auto& step : prover.steps()) ++rules[step.rule()];
    if (!shown) continue;
    const auto [low, high] = theta.least->enclose(40);
    const auto enclosed = shown->enclose();
    CHECK(enclosed.first <= high);
    CHECK(low <= enclosed.second);
  }
  for (const char* rule : {"least", "none", "apart", "below"}) {
    CAPTURE(rule);
    CHECK(rules[rule] > 3);
  }
  CHECK(rules["unprovable"] < 20);  // eigenvectors over fields of degree three
}
