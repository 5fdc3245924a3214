// Files that appear whole or not at all.
#pragma once

#include <filesystem>
#include <string_view>

namespace istcheck {

/// Writes text to a temporary file next to path and renames it to path, so that nobody ever sees
/// half of it and an old file stays when writing fails. Links are followed; what is no regular file
/// (a pipe, /dev/stdout) is written to directly. Throws InputError with the system's reason.
void write_file(const std::filesystem::path& path, std::string_view text);

/// Throws what write_file would throw, as far as that is known before there is a text; nothing is
/// left behind. Nothing is tried for an empty path, which means no file.
void try_file(const std::filesystem::path& path);

/// The same for files in a folder that need not exist yet.
void try_folder(const std::filesystem::path& folder);

}  // namespace istcheck
