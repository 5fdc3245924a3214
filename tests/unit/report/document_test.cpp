#include "report/document.hpp"

#include <catch2/catch.hpp>

#include "claim/parser.hpp"
#include "input/case_file.hpp"

using namespace istcheck;
using claim::Verdict;

namespace {

Case of_size(const std::string& name, int n, int d) {
  Case c;
  c.name = name;
  for (int i = 0; i < n; ++i) {
    Worker w;
    w.L = RationalMatrix::Identity(d, d);
    w.b = RationalVector::Zero(d);
    w.noise = RationalMatrix::Zero(d, d);
    c.workers.push_back(w);
  }
  return c;
}

}  // namespace

TEST_CASE("a report begins with what holds, what is false and how small the counterexamples are") {
  const std::vector<Case> cases{of_size("small", 2, 2), of_size("large", 3, 4)};
  const auto claims = claim::parse_claims(
      "claim a { conclude n = 2 expect holds }\n"
      "claim b { conclude n = 2 expect holds }\n"
      "claim c { conclude n = 5 expect refuted because \"r\" }\n",
      "it.claim");
  std::vector<claim::ClaimVerdict> verdicts(3);
  const auto on = [&](size_t k, Verdict v, claim::Scope scope,
                      const std::vector<std::string>& names) {
    verdicts[k].claim = &claims[k];
    for (const auto& name : names) {
      verdicts[k].cases.emplace_back();
      verdicts[k].cases.back().case_name = name;
      verdicts[k].cases.back().verdict = v;
      verdicts[k].cases.back().scope = scope;
    }
  };
  on(0, Verdict::holds, claim::Scope::all, {"small"});
  on(1, Verdict::holds, claim::Scope::tried, {"small"});
  on(2, Verdict::violated, claim::Scope::all, {"large", "small"});
  const auto said = opening_sentences(claim_entries(verdicts, cases, {}, false), cases);
  REQUIRE(said.size() == 2);
  CHECK(said[0] ==
        "2 claims hold, 1 of them for all values of their variables on every case, the others on "
        "some cases only at the values tried.");
  CHECK(said[1] ==
        "1 claim is false, each on a case of at most 2 workers and 2 coordinates, on a family of "
        "its own or by numbers alone.");
  CHECK(opening_sentences({}, cases).empty());
}
