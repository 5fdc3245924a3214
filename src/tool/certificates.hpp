// Writing the certificates of verified claims, for istcheck-check.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "claim/judge.hpp"

namespace istcheck {

/// Where the cases came from: the named files, or the folder (the shipped one when empty).
struct CaseOrigin {
  std::vector<std::string> files;
  std::string folder;
};

/// Writes into `folder` one certificate CLAIM--CASE.cert for each verdict holds, violated or
/// vacuous, and index.tsv, which tells istcheck-check --all the claim file and the case file of
/// each. Entries of claims and cases that were not verified now are kept. Returns what to tell the
/// user: a line on each verdict that has no complete certificate, then the sums. Throws InputError.
std::string write_certificates(const std::filesystem::path& folder,
                               const std::vector<claim::ClaimVerdict>& verdicts,
                               const std::vector<Case>& cases, const CaseOrigin& origin,
                               const claim::EvaluationOptions& options);

}  // namespace istcheck
