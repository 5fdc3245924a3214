#include "search/prove.hpp"

#include "check/general.hpp"
#include "search/refuter.hpp"

namespace istcheck::search {

Proof prove(const claim::Claim& claim, const std::string& claim_hash, const Case* shape,
            const std::string& case_hash, const Patience& patience) {
  constexpr cert::Limits kGenerous{cert::kCaps.steps, 20'000, cert::kMostTermsOfProofs, 1, 20'000};
  Refuter refuter(patience);
  try {
    check::check_generally(claim, shape, refuter, kGenerous);
  } catch (const std::exception& error) {  // what the checker does not evaluate, or NotRefuted
    return {"", error.what()};
  }
  cert::Certificate certificate{claim.id, claim_hash, case_hash,
                                "proved", kGenerous,  refuter.steps()};
  certificate.limits.steps = std::max<size_t>(1, certificate.steps.size());
  return {write_certificate(certificate), ""};
}

}  // namespace istcheck::search
