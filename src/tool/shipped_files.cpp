#include "tool/shipped_files.hpp"

#include <algorithm>
#include <system_error>

namespace istcheck {

namespace fs = std::filesystem;

namespace {

fs::path program_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path() : program.parent_path();
}

fs::path installed_root() { return program_folder().parent_path() / "share" / "istcheck"; }

/// `relative` in `folder` or the nearest folder above that has it.
fs::path upwards(fs::path folder, const fs::path& relative) {
  std::error_code error;
  while (!folder.empty()) {
    if (fs::is_directory(folder / relative, error)) return folder / relative;
    if (folder == folder.root_path()) break;
    folder = folder.parent_path();
  }
  return {};
}

/// "proofs/claims" is installed as "claims", and what lies in "proofs" itself at the top.
fs::path name_installed(const std::string& relative) {
  const fs::path path = relative;
  return *path.begin() == "proofs" ? path.lexically_relative("proofs") : path;
}

}  // namespace

fs::path find_shipped(const std::string& relative) {
  std::error_code error;
  const fs::path here = fs::current_path(error), program = program_folder();
  fs::path found = upwards(here, relative);
  if (found.empty() && !program.empty()) {
    const fs::path installed = (installed_root() / name_installed(relative)).lexically_normal();
    if (fs::is_directory(installed, error)) return installed;
    found = upwards(program, relative);
  }
  return found.empty() ? found : found.lexically_proximate(here);
}

bool is_shipped(const fs::path& path, const std::string& relative) {
  std::error_code error;
  const fs::path shipped = find_shipped(relative);
  if (shipped.empty() || path.empty()) return false;
  const fs::path root = fs::weakly_canonical(shipped, error);
  const fs::path below = fs::weakly_canonical(path, error).lexically_relative(root);
  return !below.empty() && *below.begin() != "..";
}

bool is_installed(const fs::path& path) {
  const fs::path root = installed_root();
  const auto [end, rest] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  return path.is_absolute() && end == root.end();
}

}  // namespace istcheck
