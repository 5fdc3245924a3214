// Certificates that a claim holds for every configuration of a shape.
#pragma once

#include "cert/format.hpp"
#include "search/searchers.hpp"

namespace istcheck::search {

struct Proof {
  std::vector<cert::Step> steps;         ///< of the certificate, or as far as it got
  std::string reason;                    ///< why there is none; empty when there is
  std::map<std::string, Rational> only;  ///< integer variables that take this value alone
  bool proved() const { return reason.empty(); }
};

/// Tries to prove the claim for all configurations of the shape (null for a claim that uses no
/// case): first for all values of integer variables that the claim lists, then for 1 alone. The
/// rules of istcheck-check accept what is returned, and the caller has them check the text of it
/// once more.
Proof prove(const claim::Claim& claim, const Case* shape, const Patience& patience);

/// The certificate as text. The hashes are the SHA-256 of the files, "-" without a case.
std::string proof_text(const claim::Claim& claim, const std::string& claim_hash,
                       const std::string& case_hash, const Proof& proof);

}  // namespace istcheck::search
