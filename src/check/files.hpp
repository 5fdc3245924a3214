// Reading the files of a check, and checking a folder of certificates.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>

#include "check/check.hpp"

namespace istcheck::check {

/// Throw InputError, also for what is no regular file (a device, a pipe), or claim::ClaimError.
std::string read_regular_file(const std::filesystem::path& path);
CaseFile read_case_file(const std::filesystem::path& path);
ClaimFile read_claim_file(const std::filesystem::path& path);

/// Sums over the certificates of a folder.
struct Totals {
  size_t accepted = 0, rejected = 0, incomplete = 0;
  size_t steps = 0, bytes = 0, largest = 0;
  size_t missing = 0;  ///< not checked, since it was interrupted
  bool left = false;   ///< threads go on: end by std::_Exit
};

/// A line of an index: a certificate, its claim file, and its case file or "-".
struct Entry {
  std::string certificate, claims, c;
};

/// Checks every certificate that DIR/index.tsv lists (the fields of an Entry, escaped, tab
/// separated, relative to DIR), on `jobs` threads. `report` gets the answers in the order of the
/// index. After `interrupted` becomes true no other certificate is begun, and those at hand get a
/// second and a half. Throws InputError: an index that is missing or wrong, a certificate in the
/// folder that the index does not list.
Totals check_folder(const std::filesystem::path& folder, unsigned jobs,
                    const std::atomic<bool>& interrupted,
                    const std::function<void(const Entry&, const Answer&)>& report);

}  // namespace istcheck::check
