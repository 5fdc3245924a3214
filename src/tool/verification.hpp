// What verify and report have in common: which claims, which cases, and checking one on the others.
#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "claim/judge.hpp"
#include "model/case.hpp"
#include "tool/output.hpp"

namespace istcheck {

class Command;

/// Whether a word on the command line names a file or a folder and not a claim; "-" is standard
/// input.
bool is_file_name(const std::string& word);

/// Throws InputError if one of the files is standard input, which has no name for certificates.
void refuse_standard_input(const std::vector<std::string>& words);

/// Where the cases came from: the named files, or the folder.
struct CaseOrigin {
  std::vector<std::string> files;
  std::filesystem::path folder;
  bool by_default = false;  ///< nobody named the folder
};

/// The files of the cases as a command names them, by the names of the cases.
std::map<std::string, std::string> paths_of(const CaseOrigin& origin);

/// The claims and cases of a command. Where the command line names no folder, they are a paper's
/// own: the folders that ./istcheck.toml names, else ./claims and ./cases; else the shipped ones
/// (docs/manual.md, "A paper's own repository"). All throw InputError or claim::ClaimError.
class Chosen {
 public:
  std::vector<claim::Claim> claims;
  std::vector<Case> cases;
  std::filesystem::path claim_folder;  ///< where names were looked up; empty when only files were
                                       ///< named
  bool claims_by_default = false;      ///< nobody named that folder
  CaseOrigin origin;

  /// The claims that were asked for: files, names, or all when `words` is empty. Names are looked
  /// up in `folder`, the default when empty.
  void take_claims(const std::vector<std::string>& words, const std::string& folder);
  /// The cases of the files, or of the folder, the default when both are empty.
  void take_cases(const std::vector<std::string>& files, const std::string& folder);
  /// Throws InputError if one of the cases has a method as text: the command does none yet.
  void refuse_method_texts(const std::string& command) const;
  /// What `--claims` must name for a command to find the claim again; "" when it finds it without.
  std::string again(const claim::Claim& c) const;
  /// Says on standard error what was taken by default: "claims/ (3), cases/ (5)".
  void say() const;

 private:
  std::vector<std::string> said_;
};

/// What the command line of a command that takes claims and cases asks for.
struct Asked {
  std::vector<std::string> claims, case_files;
  std::string claim_folder, case_folder;

  void add_options(Command& command);
  /// Throws InputError if a file of claims or of cases is standard input.
  void refuse_standard_input() const;
};

/// The claims and cases asked for, said.
Chosen choose(const Asked& asked);

/// Whether there is a folder of the paper's own that is not what istcheck ships. Throw InputError
/// for a faulty istcheck.toml.
bool has_own_claims();
bool has_own_cases();

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
