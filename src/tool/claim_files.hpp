// Finding and reading claim files and cases for the commands that work on claims.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "claim/ast.hpp"
#include "model/case.hpp"
#include "tool/shipped_files.hpp"

namespace istcheck {

/// The .claim files under a folder, sorted, or the one file. Throws InputError for a folder without
/// any.
std::vector<std::filesystem::path> claim_paths(const std::filesystem::path& path);

/// All claims of these files, checked, in the order of the paths; "-" is standard input. Throws
/// InputError or claim::ClaimError, also when two claims have one name.
std::vector<claim::Claim> load_claims(const std::filesystem::path& path);

/// The .toml and .json files under a folder but istcheck.toml, sorted, or the one file.
std::vector<std::filesystem::path> case_paths(const std::filesystem::path& path);

/// All cases under a folder (.toml, .json; families are left out), or one case file, "-" for
/// standard input. Their names are those of the files without the endings (docs/semantics.md 4.1);
/// from standard input it is the one that it gives, or "stdin". Throws InputError, also for a
/// folder without any case and for two of one name.
std::vector<Case> load_cases(const std::filesystem::path& path);

/// Throws InputError if the case, which is that of the file, has a method as text: the command does
/// none yet.
void refuse_method_text(const Case& c, const std::string& file, const std::string& command);

/// The claim with this name. Throws InputError with the nearest name.
const claim::Claim& claim_named(const std::vector<claim::Claim>& claims, const std::string& id);

}  // namespace istcheck
