#include "claim/perturb.hpp"

#include <catch2/catch.hpp>

#include "claim/check.hpp"
#include "claim/parser.hpp"

using namespace istcheck;
using namespace istcheck::claim;

namespace {

std::vector<Perturbation> perturbed(const std::string& text) {
  auto claims = parse_claims(text, "test.claim");
  check_types(claims.front());
  return perturb(claims.front(), {nullptr}, {});
}

}  // namespace

TEST_CASE("a constant is noticed at the values listed, or else over all values") {
  const auto listed = perturbed("claim c { forall t : scalar try 1 conclude t*3 = t + 2*t }");
  REQUIRE(listed.size() == 2);
  CHECK(listed[0].red);
  CHECK(listed[1].red);
  // At 0, the value that is looked at, both sides are 0 whatever the constant.
  const auto all = perturbed("claim c { forall t : scalar try 0 conclude t*3 = t + 2*t }");
  REQUIRE(all.size() == 2);
  CHECK(all[0].red);
  CHECK(all[1].red);
}

TEST_CASE("a constant that no value notices survives, with the reason") {
  const auto one = perturbed("claim c { forall t : scalar try 1 conclude t >= 5 => t >= 0 - 3*0 }");
  REQUIRE(one.size() == 4);
  CHECK_FALSE(one[2].caught);
  CHECK(one[2].reason == "no verdict, margin or ratio depends on it");
}
