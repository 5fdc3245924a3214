// What verify and report have in common: which claims, which cases, and checking one on the others.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "claim/judge.hpp"
#include "model/case.hpp"
#include "tool/output.hpp"

namespace istcheck {

/// The given folder, or the shipped one. Throws InputError naming the option when there is none.
std::filesystem::path folder_or_shipped(const std::string& given, const char* shipped,
                                        const char* option);

/// Whether a word on the command line names a file or a folder and not a claim; "-" is standard
/// input.
bool is_file_name(const std::string& word);

/// Throws InputError if one of the files is standard input, which has no name for certificates.
void refuse_standard_input(const std::vector<std::string>& words);

/// The claims that were asked for: files, names, or all when `words` is empty. Names are looked up
/// in `folder`, proofs/claims when empty. Throws InputError or claim::ClaimError.
std::vector<claim::Claim> chosen_claims(const std::vector<std::string>& words,
                                        const std::string& folder);

/// The cases of the files, or of the folder, cases/paper when both are empty. Throws InputError.
std::vector<Case> chosen_cases(const std::vector<std::string>& files, const std::string& folder);

/// The claim on every case that fits. What goes wrong is in the verdict's `error`.
claim::ClaimVerdict verify_claim(const claim::Claim& c, const std::vector<Case>& cases,
                                 const claim::EvaluationOptions& options);

struct Verified {
  std::vector<claim::ClaimVerdict> verdicts;
  bool left = false;  ///< see finish_or_leave in tool/interrupt.hpp
};

/// verify_claim for every claim, with progress and messages on standard error. Stops at the claim
/// at which `interrupted` becomes true, so that there may be fewer verdicts than claims.
Verified verify_claims(const std::vector<claim::Claim>& claims, const std::vector<Case>& cases,
                       const claim::EvaluationOptions& options,
                       const std::atomic<bool>& interrupted);

/// The exit code that the verdicts ask for.
Outcome outcome_of(const std::vector<claim::ClaimVerdict>& verdicts);

}  // namespace istcheck
