// Files that appear whole or not at all.
#pragma once

#include <filesystem>
#include <string_view>

namespace istcheck {

/// Writes text to a temporary file next to path and renames it to path, so that nobody ever sees
/// half of it and an old file stays when writing fails. Links are followed; what is no regular file
/// (a pipe, /dev/stdout) is written to directly. Throws InputError with the system's reason.
void write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace istcheck
