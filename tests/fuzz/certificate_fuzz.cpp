// libFuzzer target: any bytes given to the checker as a certificate of a small case are answered,
// and accepted only with the verdict that is true of the claim.
#include <cstdint>
#include <cstdlib>
#include <iostream>

#include "check/check.hpp"
#include "claim/check.hpp"
#include "claim/parser.hpp"
#include "input/case_file.hpp"

using namespace istcheck;

namespace {

constexpr const char* kCase = R"(
name = "fuzz"
step = "1/4"
[sketch]
kind = "perm"
q = 1
[method]
kind = "sketched-gradient"
[[worker]]
L = [[2, 1], [1, 1]]
b = [1, 0]
[[worker]]
L = [[2, 1], [1, 1]]
b = [0, 1]
)";

constexpr const char* kClaims = R"(
claim holds {
  title "t"
  forall theta : scalar try lambda_max(Lbar), lambda_max(Lbar) - 1/8
  assume Lbar >> 0
  conclude Lbar <<= theta*I <=> theta >= lambda_max(Lbar)
  conclude sqrt(n) < theta and rho_square < 1
  expect holds
}
claim violated {
  title "t"
  forall theta : scalar try 3, 2
  assume Lbar >> 0
  conclude Lbar <<= theta*I
  expect holds
}
claim proved {
  title "t"
  forall theta : scalar try 3
  assume Lbar <<= theta*I
  conclude Lbar[1, 2] <= theta
  expect holds
}
claim vacuous {
  title "t"
  assume Lbar >> I
  conclude xinf = xstar
  expect holds
}
)";

/// Says at the end how many inputs were accepted: the corpus must reach that far.
struct Fixture {
  check::ClaimFile claims{"-", claim::parse_claims(kClaims, "fuzz")};
  check::CaseFile c{"-", parse_case_as_written(kCase, "fuzz", CaseFormat::toml, Roots::taken)};
  Fixture() {
    for (auto& claim : claims.claims) check_types(claim);
  }
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;
  ~Fixture() { std::cerr << accepted << " accepted\n"; }
  size_t accepted = 0;
};

}  // namespace

/// The claims are named by their verdicts, so a wrong acceptance shows in the header itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Fixture fixture;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto answer = check::check_certificate(fixture.claims, &fixture.c, text);
  if (answer.is != check::Answer::Is::accepted) return 0;
  ++fixture.accepted;
  const auto certificate = cert::parse_certificate(text);
  if (certificate.claim != certificate.verdict) std::abort();
  return 0;
}
