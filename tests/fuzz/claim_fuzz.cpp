// libFuzzer target: any bytes are refused with a ClaimError or parse, print and parse again to the
// same claims; what parses is type-checked.
// How it is built stands in CMakeLists.txt here.
#include <cstdint>
#include <cstdlib>

#include "../unit/same_claim.hpp"
#include "claim/check.hpp"
#include "claim/parser.hpp"
#include "claim/printer.hpp"

using namespace istcheck::claim;

namespace {

/// Ends the program when printing lost something: libFuzzer reports it.
void require_round_trip(const Claim& c) {
  const auto again = parse_claims(to_text(c), "again");
  if (again.size() != 1 || !same(c, again.front())) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    auto claims = parse_claims(std::string(reinterpret_cast<const char*>(data), size), "fuzz");
    for (auto& c : claims) {
      require_round_trip(c);
      check_types(c);
      require_round_trip(c);
    }
  } catch (const ClaimError&) {
  }
  return 0;
}
