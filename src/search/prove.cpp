#include "search/prove.hpp"

#include "check/general.hpp"
#include "search/refuter.hpp"

namespace istcheck::search {
namespace {

constexpr cert::Limits kGenerous{cert::kCaps.steps, 20'000, cert::kMostTermsOfProofs, 1, 20'000};

Proof attempt(const claim::Claim& claim, const Case* shape, const Patience& patience) {
  Refuter refuter(patience);
  try {
    check::check_generally(claim, shape, refuter, kGenerous);
    return {refuter.steps(), "", {}};
  } catch (const std::exception& error) {  // what the checker does not evaluate, or NotRefuted
    return {refuter.steps(), error.what(), {}};
  }
}

}  // namespace

Proof prove(const claim::Claim& claim, const Case* shape, const Patience& patience) {
  Proof all = attempt(claim, shape, patience);
  if (all.proved() || shape == nullptr) return all;
  Case one = *shape;
  std::map<std::string, Rational> only;
  for (const auto& v : claim.variables)
    if (v.kind == claim::Kind::integer) one.values[v.name] = only[v.name] = 1;
  if (only.empty()) return all;
  Proof some = attempt(claim, &one, patience);
  if (!some.proved()) return all;
  some.only = std::move(only);
  return some;
}

std::string proof_text(const claim::Claim& claim, const std::string& claim_hash,
                       const std::string& case_hash, const Proof& proof) {
  cert::Certificate certificate{claim.id, claim_hash, case_hash, "proved", kGenerous, proof.steps};
  certificate.limits.steps = std::max<size_t>(1, proof.steps.size());
  return write_certificate(certificate);
}

}  // namespace istcheck::search
