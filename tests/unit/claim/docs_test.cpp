#include <fstream>
#include <sstream>

#include "claim/builtins.hpp"
#include "support.hpp"

namespace istcheck::claim {
namespace {

std::string reference() {
  std::ifstream in(std::string(ISTCHECK_SOURCE_DIR) + "/docs/claim-language.md");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the reference has every name and function") {
  const std::string text = reference();
  for (const auto& b : builtins()) {
    const char* after = b.use == Use::constant ? "`" : b.use == Use::function ? "(" : "[";
    INFO(b.name);
    CHECK(text.find("| `" + b.name + after) != std::string::npos);
  }
}

TEST_CASE("the claims shown in the reference are claims, and the family holds") {
  const std::string text = reference();
  int found = 0;
  for (size_t at = text.find("```\nclaim "); at != std::string::npos;
       at = text.find("```\nclaim ", at + 1)) {
    const size_t begin = at + 4;
    const Claim c = checked(text.substr(begin, text.find("```", begin) - begin));
    ++found;
    if (c.family) CHECK(judge(c, nullptr).verdict == Verdict::holds);
  }
  REQUIRE(found == 2);
}

}  // namespace istcheck::claim
