// Certificates that a claim holds for every configuration of a shape.
#pragma once

#include "search/searchers.hpp"

namespace istcheck::search {

struct Proof {
  std::string text;    ///< the certificate; empty when there is none
  std::string reason;  ///< why there is none
};

/// Tries to prove the claim for all configurations of the shape (null for a claim that uses no
/// case); what is returned has been checked by the rules of istcheck-check. The hashes are the
/// SHA-256 of the files,
/// "-" without a case.
Proof prove(const claim::Claim& claim, const std::string& claim_hash, const Case* shape,
            const std::string& case_hash, const Patience& patience);

}  // namespace istcheck::search
