// Names on one line, and back.
#include <catch2/catch.hpp>

#include "cert/format.hpp"

using namespace istcheck::cert;

TEST_CASE("control characters, line ends and changes of direction are escaped") {
  CHECK(escaped("plain ν name") == "plain ν name");
  CHECK(escaped("a\nb\tc\\") == "a\\nb\\tc\\\\");
  CHECK(escaped("\x1b[2K\r\x7f") == "\\x1B[2K\\x0D\\x7F");
  CHECK(escaped("\u0085\u2028\u202e\u2066") ==
        "\\xC2\\x85\\xE2\\x80\\xA8\\xE2\\x80\\xAE\\xE2\\x81\\xA6");
}

TEST_CASE("every byte string comes back") {
  std::string all;
  for (int k = 0; k < 256; ++k) all += static_cast<char>(k);
  for (const std::string& text : {all, all + all, std::string("\\n"), std::string("\u2028x")}) {
    const std::string line = escaped(text);
    CHECK(line.find_first_of("\n\t\r") == std::string::npos);
    CHECK(unescaped(line) == text);
  }
  for (const char* wrong : {"\\", "a\\", "\\q", "\\x", "\\x1", "\\x1g", "\\xab"})
    CHECK_THROWS_AS(unescaped(wrong), std::invalid_argument);
}
