// Writing the certificates of verified claims, for istcheck-check.
#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "claim/judge.hpp"
#include "search/prove.hpp"
#include "tool/verification.hpp"

namespace istcheck {

/// A file with the SHA-256 of its text.
struct KnownFile {
  std::filesystem::path path;
  std::string hash;
};
/// Throw InputError.
KnownFile known(const std::filesystem::path& path);
/// The files of the cases, by the cases' names.
std::map<std::string, KnownFile> files_of_cases(const CaseOrigin& origin);

struct WrittenCertificates {
  std::string said;   ///< what to tell the user
  bool left = false;  ///< see finish_or_leave in tool/interrupt.hpp
};

/// Writes into `folder` one certificate CLAIM--CASE.cert for each verdict holds, violated or
/// vacuous, and index.tsv, which tells istcheck-check --all the claim file and the case file of
/// each. Entries of claims and cases that were not verified now are kept. Stops after the
/// certificate at which `interrupted` becomes true; what is in the folder is then valid and listed.
/// Fills in the verdicts' `contradiction`.
/// Says a line on each verdict that has no complete certificate, then the
/// sums, and that it was interrupted. Throws InputError.
WrittenCertificates write_certificates(const std::filesystem::path& folder,
                                       std::vector<claim::ClaimVerdict>& verdicts,
                                       const std::vector<Case>& cases, const CaseOrigin& origin,
                                       const claim::EvaluationOptions& options,
                                       const std::atomic<bool>& interrupted);

/// Writes into `folder`, for each shape of which the claim was proved, the shape as a case file and
/// the certificate CLAIM--SHAPE.cert, listed in index.tsv. Returns what to tell the user; nothing
/// when there is no proof. Throws InputError.
std::string write_proofs(const std::filesystem::path& folder, const claim::Claim& claim,
                         const std::vector<search::ShapeProof>& proofs);

}  // namespace istcheck
