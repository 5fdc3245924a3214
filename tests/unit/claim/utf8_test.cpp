#include "claim/utf8.hpp"

#include <catch2/catch.hpp>

using namespace istcheck;

TEST_CASE("what is UTF-8", "[utf8]") {
  for (const std::string text : {"", "a", "ü", "ℝ", "𝕊", "\xF4\x8F\xBF\xBF"}) {
    CHECK(end_of_utf8(text) == text.size());
    CHECK(valid_utf8(text) == text);
  }
  // Cut, a lone continuation, longer forms of a character, a half of a pair, above U+10FFFF.
  for (const std::string text : {"\xC3", "\x80", "\xC0\x80", "\xE0\x9F\xBF", "\xED\xA0\x80",
                                 "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xFF"}) {
    CHECK(end_of_utf8("a" + text) == 1);
    CHECK(end_of_utf8(valid_utf8("a" + text + "b")) == valid_utf8("a" + text + "b").size());
  }
  CHECK(valid_utf8("a\xFF"
                   "ü") == "a\xEF\xBF\xBDü");
  CHECK(character_count("aüℝ") == 3);
  CHECK(without_mark("\xEF\xBB\xBFx") == "x");
  CHECK(without_mark("x\xEF\xBB\xBF") == "x\xEF\xBB\xBF");
}
