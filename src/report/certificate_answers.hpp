// Which verdict of a report a checked certificate is about.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "check/check.hpp"
#include "report/document.hpp"

namespace istcheck {

/// SHA-256 of the claim files by their names, and of the case files by the cases' names.
struct FileHashes {
  std::map<std::string, std::string> claims, cases;
};

/// Attaches the certificate to the claims that it is about: same file of claims and same name in
/// it, same case file, same verdict. Names of files say nothing. A certificate that is not rejected
/// and shows another verdict than the engine's (an undecided one excepted) is attached too, and
/// makes the case's `contradiction` in the entry and in `verdicts`, from which the entries were
/// made. Returns whether it was attached.
bool add_certificate(std::vector<ClaimEntry>& entries, std::vector<claim::ClaimVerdict>& verdicts,
                     const FileHashes& files, const check::Answer& answer,
                     const Attachment& attachment);

}  // namespace istcheck
