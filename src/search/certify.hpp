// Writes the certificate of a claim's verdict on a case.
#pragma once

#include "claim/judge.hpp"

namespace istcheck::search {

struct Certified {
  std::string text;                  ///< the certificate; empty when none could be written
  std::vector<std::string> trusted;  ///< why a statement had to be left to trust
  std::string reason;                ///< why there is no certificate
  std::string narrower;              ///< why it is not for all values, as the verdict is
  std::string contradiction;         ///< what the checker's evaluation finds, if not the verdict
};

/// What is said when the checker's evaluation finds another verdict than the engine; "" when not.
std::string contradiction(claim::Verdict engine, const std::string& checker);

/// `verdict` is what judge() found on the case with `options`. `c` is null for a claim that uses no
/// case. The hashes are the SHA-256 of the two files; "-" without a case.
Certified certify(const claim::Claim& claim, const std::string& claim_hash, const Case* c,
                  const std::string& case_hash, const claim::CaseVerdict& verdict,
                  const claim::EvaluationOptions& options);

}  // namespace istcheck::search
