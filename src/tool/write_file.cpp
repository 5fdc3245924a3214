#include "tool/write_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "input/case_file.hpp"
#include "search/temporary_folder.hpp"

namespace istcheck {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, const char* what) {
  throw InputError(path.string() + ": " + what + ": " + std::strerror(errno));
}

/// An open file that is closed in the end and, when it has a name by then, removed.
class OpenFile {
 public:
  OpenFile(int descriptor, const fs::path& shown) : descriptor_(descriptor), shown_(shown) {
    if (descriptor_ < 0) fail(shown_, "cannot be written");
  }
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  void remove_in_the_end(std::string name) { temporary_ = std::move(name); }

  void write(std::string_view text) {
    while (!text.empty()) {
      const ssize_t written = ::write(descriptor_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail(shown_, "cannot be written");
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  /// With the permissions that a newly made file gets.
  void close_as(const fs::path& target) {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    if (::fchmod(descriptor_, 0666 & ~mask) != 0) fail(shown_, "cannot be written");
    if (::fsync(descriptor_) != 0 || ::close(std::exchange(descriptor_, -1)) != 0)
      fail(shown_, "cannot be written");
    if (::rename(temporary_.c_str(), target.c_str()) != 0) fail(shown_, "cannot be written");
    temporary_.clear();
  }

 private:
  int descriptor_;
  fs::path shown_;
  std::string temporary_;
};

}  // namespace

void write_file(const fs::path& path, std::string_view text) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    OpenFile(::open(path.c_str(), O_WRONLY | O_CLOEXEC), path).write(text);
    return;
  }
  const fs::path target = fs::is_symlink(path, ignored) ? fs::weakly_canonical(path) : path;
  search::remove_left_behind(target.parent_path());
  std::string name;
  OpenFile file(search::open_unfinished(target, name), path);
  file.remove_in_the_end(name);
  file.write(text);
  file.close_as(target);
}

void try_file(const fs::path& path) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (path.empty()) return;
  if (fs::is_directory(status))
    throw InputError(path.string() + ": is a folder, expected a file to write");
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    if (::access(path.c_str(), W_OK) != 0) fail(path, "cannot be written");
    return;
  }
  const fs::path target = fs::is_symlink(path, ignored) ? fs::weakly_canonical(path) : path;
  search::remove_left_behind(target.parent_path());
  std::string name;
  OpenFile(search::open_unfinished(target, name), path).remove_in_the_end(name);
}

void try_folder(const fs::path& folder) {
  if (folder.empty()) return;
  std::error_code ignored;
  fs::path existing = folder;
  while (!fs::exists(existing, ignored) && existing.has_relative_path())
    existing = existing.has_parent_path() ? existing.parent_path() : fs::path(".");
  if (!fs::is_directory(existing, ignored))
    throw InputError(existing.string() + ": is no folder, so nothing can be written to " +
                     folder.string());
  search::remove_left_behind(existing);
  std::string name;
  OpenFile(search::open_unfinished(existing / "new", name), folder).remove_in_the_end(name);
}

}  // namespace istcheck
