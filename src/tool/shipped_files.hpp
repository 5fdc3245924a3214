// Finding the claims and cases that istcheck ships, in its source tree or where it is installed.
#pragma once

#include <filesystem>
#include <string>

namespace istcheck {

/// The folder `relative` of the source tree (such as "proofs/claims") in the current directory or
/// above it; else the installed one, share/istcheck beside the folder of the program, wherever
/// that was moved to; else the one above the program. Empty when there is none.
std::filesystem::path find_shipped(const std::string& relative);

/// Whether the path is that folder or below it, by whatever name.
bool is_shipped(const std::filesystem::path& path, const std::string& relative);

/// Whether this is what is installed with the program.
bool is_installed(const std::filesystem::path& path);

}  // namespace istcheck
