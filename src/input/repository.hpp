// The file istcheck.toml of a paper's own repository.
#pragma once

#include <filesystem>

namespace istcheck {

/// Where claims and cases are; empty where the file does not say.
struct Repository {
  std::filesystem::path claims, cases;
};

/// Reads the keys `claims` and `cases`, each the name of a folder, relative to the folder of the
/// file. Throws InputError, with file, line and column, for any other key, for what is no name of
/// a folder, and for folders that do not exist.
Repository read_repository(const std::filesystem::path& file);

}  // namespace istcheck
