// Certificates of a folder, checked again for a report.
#pragma once

#include <string>
#include <vector>

#include "report/document.hpp"

namespace istcheck {

/// Checks every certificate of the folder with the rules of istcheck-check and adds the answers to
/// the claims, those on the cases that a claim shows first. Returns whether none was rejected.
/// Throws InputError.
bool add_certificates(std::vector<ClaimEntry>& entries, const std::string& folder);

}  // namespace istcheck
