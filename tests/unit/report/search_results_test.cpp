#include "report/search_results.hpp"

#include <catch2/catch.hpp>

#include "claim/parser.hpp"
#include "input/case_file.hpp"
#include "report/search_bulk_report.hpp"
#include "report/search_report.hpp"

using namespace istcheck;

namespace {

claim::Claim some_claim() {
  auto claims = claim::parse_claims("claim one { conclude 1 = 2 }", "one.claim");
  return std::move(claims.front());
}

std::vector<ClaimEntry> entries_of(const claim::Claim& c) {
  std::vector<ClaimEntry> entries(1);
  entries[0].claim = &c;
  return entries;
}

}  // namespace

TEST_CASE("what a search wrote is read again") {
  const claim::Claim c = some_claim();
  search::Result result;
  result.answer = search::Answer::refuted;
  result.judged = 12;
  result.counterexample.emplace();
  result.counterexample->found_by = "a test";
  result.counterexample->why = "1 is not 2";
  result.counterexample->has_case = false;
  auto entries = entries_of(c);
  add_searches(entries, search_json({{&c, result, "", ""}}), "found.json");
  REQUIRE(entries[0].searches.size() == 1);
  const Attachment& a = entries[0].searches[0];
  CHECK(a.answer == "refuted");
  CHECK(a.file == "found.json");
  CHECK(a.summary == "12 configurations judged; found by a test: 1 is not 2");
  CHECK(a.command == "istcheck search one");
  CHECK(a.detail.empty());
}

TEST_CASE("rungs of a ladder are read, one a size; claims that are no entry are passed over") {
  const claim::Claim c = some_claim();
  auto entries = entries_of(c);
  search::Rung rung;
  rung.claim = &c;
  rung.n = 2;
  rung.d = 3;
  rung.method = "Z3";
  rung.result.answer = search::Answer::unknown;
  const std::string text = ladder_json({rung, rung});
  add_searches(entries, text, "ladder.json");
  REQUIRE(entries[0].searches.size() == 2);
  CHECK(entries[0].searches[0].answer == "unknown");
  CHECK(entries[0].searches[0].command == "istcheck search one -n 2 -d 3");
  std::vector<ClaimEntry> none;
  add_searches(none, text, "ladder.json");
  CHECK(none.empty());
  rung.n = rung.d = 0;  // a claim about no case has no size
  add_searches(entries, ladder_json({rung}), "ladder.json");
  CHECK(entries[0].searches.back().command == "istcheck search one");
}

TEST_CASE("other texts are refused with the name of the file") {
  std::vector<ClaimEntry> none;
  for (const std::string text :
       {"", "{", "[]", "7", "{}", "{\"claims\": {}}", "{\"claims\": [7]}",
        "{\"claims\": [{\"claim\": \"a\"}]}", "{\"rungs\": [{\"n\": -1}]}"})
    CHECK_THROWS_AS(add_searches(none, text, "x.json"), InputError);
}
