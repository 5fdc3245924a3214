// Checks one certificate against its case and its claim.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "check/replay.hpp"

namespace istcheck::check {

struct Answer {
  enum class Is { accepted, rejected, incomplete } is = Is::rejected;
  std::string message;  ///< one line: what was shown; or line, rule and what failed
  size_t steps = 0;
  /// What the certificate says that it is about and shows, as far as it can be read.
  std::string claim, verdict;
  std::string claim_hash, case_hash;  ///< of the files it was checked against; "-" for no case
};

/// The files as they were read, and what they parse to.
struct CaseFile {
  std::string hash;
  Case c;
};
struct ClaimFile {
  std::string hash;
  std::vector<claim::Claim> claims;  ///< type-checked
};

/// Checks the steps alone: `certificate` is taken to be for this claim and this case (null for a
/// claim that uses none). Never throws for what a certificate can contain.
Answer check_steps(const claim::Claim& claim, const Case* c, const cert::Certificate& certificate);

/// Checks the text, names and hashes included. `c` is null for a claim that uses no case. Never
/// throws for what a certificate can contain.
Answer check_certificate(const ClaimFile& claims, const CaseFile* c, std::string_view certificate);

}  // namespace istcheck::check
