// Certificates of a folder, checked again for a report.
#pragma once

#include <string>
#include <vector>

#include "report/document.hpp"
#include "tool/certificates.hpp"

namespace istcheck {

/// Checks every certificate of the folder with the rules of istcheck-check and adds the answers to
/// the claims whose verdict they are about (report/certificate_answers.hpp), those on the cases
/// that a claim shows first; says on standard error how many are about none. `cases`: whether the
/// report has cases, of this origin. Returns whether none was rejected. Throws InputError.
bool add_certificates(std::vector<ClaimEntry>& entries, std::vector<claim::ClaimVerdict>& verdicts,
                      const std::string& folder, bool cases, const CaseOrigin& origin);

}  // namespace istcheck
