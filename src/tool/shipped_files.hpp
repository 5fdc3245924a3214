// Finding the claims and cases that istcheck ships, in its source tree or where it is installed.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace istcheck {

/// The folder `relative` of the source tree (such as "proofs/claims") in the current directory or
/// above it; else the installed one, share/istcheck beside the folder of the program, wherever
/// that was moved to; else the one above the program. Empty when there is none.
std::filesystem::path find_shipped(const std::string& relative);

/// Whether this is what is installed with the program.
bool is_installed(const std::filesystem::path& path);

/// Says on standard error what was taken, when that is what is installed:
/// "claims: /usr/share/istcheck/claims (102)".
void say_installed(const char* what, const std::filesystem::path& folder, std::size_t count);

}  // namespace istcheck
