// Quantifiers over kinds: certificates that show them, and forged ones that do not.
#include <catch2/catch.hpp>
#include <sstream>

#include "check/check.hpp"
#include "claim/check.hpp"
#include "claim/parser.hpp"

using namespace istcheck;
using namespace istcheck::check;

namespace {

/// What the checker says of these steps of a certificate of a claim that needs no case.
Answer::Is checked(const std::string& conclusion, const std::string& verdict,
                   const std::vector<std::string>& lines) {
  auto claims = claim::parse_claims("claim c { conclude " + conclusion + " }", "c.claim");
  claim::check_types(claims[0]);
  cert::Certificate certificate{"c", "", "-", verdict, {1000, 1000, 1000, 200, 1000}, {}};
  for (const auto& line : lines) {
    certificate.steps.push_back({certificate.steps.size() + 6, {}});
    std::istringstream in(line);
    for (std::string word; in >> word;) certificate.steps.back().words.push_back(word);
  }
  return check_steps(claims[0], nullptr, certificate).is;
}

constexpr auto accepted = Answer::Is::accepted;

}  // namespace

TEST_CASE("an element settles a quantifier over a kind, and must be one that does") {
  const std::string some = "exists t : scalar : t^2 = 4";
  CHECK(checked(some, "holds", {"point", "element t at 1:20", "value 2", "conclusion 1 yes"}) ==
        accepted);
  CHECK(checked(some, "holds", {"point", "element t at 1:20", "value -2", "conclusion 1 yes"}) ==
        accepted);
  for (const char* bad : {"value 3", "value 2 2", "value", "value x"}) {
    CAPTURE(bad);
    CHECK(checked(some, "holds", {"point", "element t at 1:20", bad, "conclusion 1 yes"}) !=
          accepted);
  }
  CHECK(checked(some, "holds", {"point", "element t at 2:20", "value 2", "conclusion 1 yes"}) !=
        accepted);
  CHECK(checked(some, "holds", {"point", "element s at 1:20", "value 2", "conclusion 1 yes"}) !=
        accepted);
  CHECK(checked(some, "holds", {"point", "conclusion 1 yes"}) != accepted);
  // 1/t has no value at 0, which settles nothing.
  CHECK(checked("exists t : scalar : 1/t = 0 or t = 0", "holds",
                {"point", "element t at 1:20", "value 0", "conclusion 1 yes"}) != accepted);
  CHECK(checked("exists t : integer : 2*t = 1", "holds",
                {"point", "element t at 1:20", "value 1/2", "conclusion 1 yes"}) != accepted);
  CHECK(checked("forall t : scalar : t^2 > 0", "violated",
                {"point", "element t at 1:20", "value 0", "conclusion 1 no"}) == accepted);
  CHECK(checked("forall t : scalar : t^2 > 0", "violated",
                {"point", "element t at 1:20", "value 1", "conclusion 1 no"}) != accepted);
}

TEST_CASE("that no element settles it is shown on every way") {
  const std::string all = "forall t : scalar : t^2 >= 0";
  const std::vector<std::string> steps{
      "point",           "no element t at 1:20", "refute element",
      "unknown u1 t",    "fact f1 > 0 -u1^2",    "sum 1 f1 1 1 1 u1",
      "conclusion 1 yes"};
  CHECK(checked(all, "holds", steps) == accepted);
  // A step less, another sum, another statement, the opposite verdict.
  for (size_t k = 1; k + 1 < steps.size(); ++k) {
    CAPTURE(steps[k]);
    auto fewer = steps;
    fewer.erase(fewer.begin() + static_cast<long>(k));
    CHECK(checked(all, "holds", fewer) != accepted);
  }
  auto other = steps;
  other[5] = "sum 1 f1 1 1 1 2*u1";
  CHECK(checked(all, "holds", other) != accepted);
  CHECK(checked("forall t : scalar : t^2 > 0", "holds", steps) != accepted);
  CHECK(checked("forall t : scalar : t^2 >= t", "holds", steps) != accepted);
  CHECK(checked("exists t : scalar : t^2 >= 0", "holds", steps) != accepted);
  other = steps;
  other.back() = "conclusion 1 no";
  CHECK(checked(all, "violated", other) != accepted);
}
