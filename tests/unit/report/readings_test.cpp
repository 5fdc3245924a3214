#include "report/readings.hpp"

#include <catch2/catch.hpp>

#include "input/case_file.hpp"
#include "report/proof_links.hpp"

using namespace istcheck;

namespace {

constexpr const char* kText =
    "# A comment.\n"
    "\n"
    "reading sum tiny.sum 0123456789ab\n"
    "claim  let two = 2\n"
    "proof  `two = 2`\n"
    "claim  conclude 1 + 1 = two\n"
    "proof  the right side of `1 + 1 = two`\n"
    "beside nothing\n"
    "\n"
    "reading other tiny.other 0123456789ab\n"
    "differs everywhere\n";

std::string refusal(const std::string& text) {
  try {
    parse_readings(text, "it.txt");
  } catch (const InputError& e) {
    return e.what();
  }
  return "";
}

}  // namespace

TEST_CASE("readings have their clauses in order, and the statement of the theorem") {
  auto readings = parse_readings(kText, "it.txt");
  add_statements(readings, "two = 2 : nat\nsum : 1 + 1 = two\nsummit : True\n");
  REQUIRE(readings.size() == 2);
  CHECK(readings[0].claim == "sum");
  CHECK(readings[0].theorem == "tiny.sum");
  REQUIRE(readings[0].clauses.size() == 2);
  CHECK(readings[0].clauses[1].claim == "conclude 1 + 1 = two");
  CHECK(readings[0].clauses[1].proof == "the right side of `1 + 1 = two`");
  CHECK(readings[0].beside == std::vector<std::string>{"nothing"});
  CHECK(readings[0].statement == "sum : 1 + 1 = two");
  CHECK(readings[1].differs == std::vector<std::string>{"everywhere"});
  CHECK(readings[1].statement.empty());
  CHECK(parse_readings("", "it.txt").empty());

  claim::ProofLink other;
  other.theorem = "tiny.other";
  CHECK(reading_of(other, readings) == &readings[1]);
  CHECK(reading_of(other, {}) == nullptr);
}

TEST_CASE("a file of readings that is none is refused with its line") {
  CHECK(refusal("claim  let two = 2\n") == "it.txt:1: expected 'reading', got 'claim'");
  CHECK(refusal("reading sum tiny.sum\n") == "it.txt:1: expected 'reading CLAIM THEOREM MARK'");
  CHECK(refusal("reading sum tiny.sum 01 02\n") ==
        "it.txt:1: expected 'reading CLAIM THEOREM MARK'");
  const std::string head = "reading sum tiny.sum 01\n";
  CHECK(refusal(head + "remark r\n") == "it.txt:2: unknown word 'remark'");
  CHECK(refusal(head + "claim\n") == "it.txt:2: nothing after 'claim'");
  CHECK(refusal(head + "proof  p\n") == "it.txt:2: 'proof' without a clause");
  CHECK(refusal(head + "claim  c\nclaim  d\n") == "it.txt:3: expected 'proof' after a clause");
  CHECK(refusal(head + "claim  c\n") == "it.txt:2: expected 'proof' after a clause");
  CHECK(refusal(head + "claim  c\n" + head) == "it.txt:3: expected 'proof' after a clause");
}
