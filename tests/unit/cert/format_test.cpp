#include "cert/format.hpp"

#include <catch2/catch.hpp>

using namespace istcheck::cert;

namespace {

const std::string kHash(64, 'a');

std::string sample(const std::string& from = "", const std::string& to = "") {
  std::string text =
      "istcheck-certificate 1\nclaim some-claim " + kHash + "\ncase -\nverdict holds\n" +
      "limits steps 2 bits 100 terms 5 halvings 60 outcomes 24\npoint\nconclusion 1 yes\nend\n";
  if (!from.empty()) text.replace(text.find(from), from.size(), to);
  return text;
}

size_t line_of_fault(const std::string& text) {
  try {
    parse_certificate(text);
  } catch (const FormatError& error) {
    return error.line;
  }
  return 0;
}

}  // namespace

TEST_CASE("SHA-256 of the standard's examples") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("what is written is read back") {
  const Certificate c = parse_certificate(sample());
  CHECK(c.claim == "some-claim");
  CHECK(c.case_hash == "-");
  CHECK(c.limits.outcomes == 24);
  REQUIRE(c.steps.size() == 2);
  CHECK(c.steps[1].line == 7);
  CHECK(c.steps[1].words == std::vector<std::string>{"conclusion", "1", "yes"});
  CHECK(write_certificate(c) == sample());
}

TEST_CASE("faults are found at their line") {
  CHECK(line_of_fault(sample()) == 0);
  CHECK(line_of_fault("") == 1);
  CHECK(line_of_fault(sample("certificate 1", "certificate 2")) == 1);
  CHECK(line_of_fault(sample("certificate 1\n", "certificate 1 \n")) == 1);
  CHECK(line_of_fault(sample(kHash, kHash.substr(1))) == 2);
  CHECK(line_of_fault(sample(kHash, std::string(64, 'A'))) == 2);
  CHECK(line_of_fault(sample("case -", "case")) == 3);
  CHECK(line_of_fault(sample("case -\n", "")) == 3);
  CHECK(line_of_fault(sample("holds", "proven")) == 4);
  CHECK(line_of_fault(sample("holds", "proved")) == 0);
  CHECK(line_of_fault(sample("bits 100", "bits 0100")) == 5);
  CHECK(line_of_fault(sample("bits 100", "bits -100")) == 5);
  CHECK(line_of_fault(sample("bits 100", "bits 0")) == 5);
  CHECK(line_of_fault(sample("bits 100", "bits 999999999")) == 5);
  CHECK(line_of_fault(sample("bits 100", "bits 99999999999999999999")) == 5);
  CHECK(line_of_fault(sample("bits 100", "")) == 5);
  CHECK(line_of_fault(sample("steps 2", "steps 1")) == 7);
  CHECK(line_of_fault(sample("point\n", "point \n")) == 6);
  CHECK(line_of_fault(sample("point\n", "\n")) == 6);
  CHECK(line_of_fault(sample("point\n", "point\r\n")) == 6);
  CHECK(line_of_fault(sample("point\n", "po\xC3\xAFnt\n")) == 6);
  CHECK(line_of_fault(sample("1 yes", "1  yes")) == 7);
  CHECK(line_of_fault(sample("end\n", "end")) == 8);
  CHECK(line_of_fault(sample("end\n", "")) == 7);
  CHECK(line_of_fault(sample("end\n", "end\nend\n")) == 9);
}
