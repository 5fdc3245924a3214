// The margin over all values of one real variable (docs/semantics.md 14.4).
#include <random>

#include "support.hpp"

namespace istcheck::claim {
namespace {

CaseVerdict of_t(const std::string& body) {
  const Case c = two_workers();
  return judge(checked("claim t { forall t : scalar try 7/10 " + body + " }"), &c);
}

}  // namespace

TEST_CASE("the margin of one real variable is the infimum, attained or approached") {
  for (const auto& [body, margin] : {
           std::pair("conclude t^2 + 1 >= 0", "1"),
           std::pair("conclude t^2 + 1 >= 2*t - 3", "3"),
           std::pair("conclude (t^2 - 2)^2 >= -1/3", "1/3"),        // at an irrational t
           std::pair("assume 0 < t < 1 conclude t + 1 >= 0", "1"),  // approached
           std::pair("assume 0 < t <= 1 conclude 1/t >= 1/2",
                     "1/2"),                                      // at the end that is attained
           std::pair("assume t > 0 conclude t + 1/t >= 1", "1"),  // between two infinite ends
           std::pair("assume t > 0 conclude 1 + 1/t >= 0", "1"),  // at infinity
           std::pair("conclude 3 - 1/(1 + t^2) > 0", "2"),
           std::pair("conclude (t^2 + 2)/(t^2 + 1) >= 1/2", "1/2"),        // the limit at both ends
           std::pair("assume t = 7/10 or t = 3 conclude t >= 0", "7/10"),  // two points
           std::pair("conclude abs(t - 1) + abs(t - 2) >= 0", "1"),
           std::pair("conclude max(t, 1 - t) >= 1/4", "1/4"),
       }) {
    CAPTURE(body);
    const auto v = of_t(body);
    REQUIRE(v.is(Verdict::holds, Scope::all));
    CHECK(v.margin_scope == Scope::all);
    CHECK(to_string(*v.margin) == margin);
  }
}

// docs/semantics.md 14.3.
TEST_CASE("a conclusion whose sides are the same does not count beside another one") {
  const auto v = of_t("conclude t <= t conclude t^2 + 1 >= 0");
  CHECK(to_string(*v.margin) == "1");
  CHECK(to_string(*v.ratio) == "0");
  CHECK(to_string(*of_t("conclude t <= t").margin) == "0");
}

TEST_CASE("random quotients: with its margin taken off a claim holds, and with more it does not") {
  std::mt19937 random(Catch::rngSeed());
  CAPTURE(Catch::rngSeed());
  std::uniform_int_distribution<int> entry(-4, 4), positive(1, 3);
  int known = 0;
  for (int k = 0; k < 25; ++k) {
    const auto number = [&] { return std::to_string(entry(random)); };
    const std::string side = "(t - (" + number() + "))^2*(t^2 + " +
                             std::to_string(positive(random)) + ")/(t^2 + " +
                             std::to_string(positive(random)) + ") + 1";
    const std::string low = number(), start = "assume t >= " + low + " conclude " + side;
    CAPTURE(start);
    const auto v = of_t(start + " >= 0");
    if (v.verdict != Verdict::holds) continue;  // no value to look at is good
    REQUIRE(v.scope == Scope::all);
    if (v.margin_scope != Scope::all || !v.margin->is_rational()) continue;
    ++known;
    const std::string margin = "(" + to_string(*v.margin) + ")";
    CHECK(of_t(start + " >= " + margin).is(Verdict::holds, Scope::all));
    CHECK(of_t(start + " >= " + margin + " + 1/10^6").verdict == Verdict::violated);
  }
  CHECK(known > 0);
}

}  // namespace istcheck::claim
