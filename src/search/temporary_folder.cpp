#include "search/temporary_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <mutex>
#include <set>
#include <string_view>
#include <system_error>
#include <vector>

namespace istcheck::search {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kMark = ".istcheck-", kLetters = "XXXXXX";

bool unfinished(const std::string& name) {
  if (name.size() < kMark.size() + kLetters.size()) return false;
  const size_t end = name.size() - kLetters.size();
  return name.compare(end - kMark.size(), kMark.size(), kMark) == 0 &&
         std::all_of(name.begin() + static_cast<std::ptrdiff_t>(end), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
         });
}

/// Locks an open file or folder that nobody else removed before.
bool locked(int descriptor) {
  struct stat status {};
  return ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && ::fstat(descriptor, &status) == 0 &&
         status.st_nlink > 0;
}

/// The same for one of our own; where there are no locks, it does without.
bool kept(int descriptor) { return locked(descriptor) || errno == ENOLCK || errno == ENOTSUP; }

void remove_left(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return;
  struct stat status {};
  std::error_code ignored;
  const bool ours = ::fstat(descriptor, &status) == 0 && status.st_uid == ::geteuid() &&
                    (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
  if (ours && locked(descriptor)) fs::remove_all(path, ignored);
  ::close(descriptor);
}

}  // namespace

void remove_left_behind(const fs::path& folder) {
  static std::mutex mutex;
  static std::set<fs::path> seen;
  const std::lock_guard lock(mutex);
  if (!seen.insert(folder).second) return;
  std::error_code error;
  std::vector<fs::path> left;
  fs::directory_iterator entries(folder.empty() ? fs::path(".") : folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error))
    if (unfinished(entries->path().filename().string())) left.push_back(entries->path());
  for (const auto& path : left) remove_left(path);
}

int open_unfinished(const fs::path& target, std::string& name) {
  for (int attempt = 0; attempt < 10; ++attempt) {
    name = target.string() + std::string(kMark) + std::string(kLetters);
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0) return descriptor;
    errno = 0;
    if (kept(descriptor)) return descriptor;
    ::close(descriptor);  // another process took it for one that was left
    ::unlink(name.c_str());
  }
  return -1;
}

TemporaryFolder::TemporaryFolder() {
  std::error_code error;
  const fs::path where = fs::temp_directory_path(error);
  if (error) return;
  remove_left_behind(where);
  for (int attempt = 0; attempt < 10 && !made(); ++attempt) {
    std::string path = (where / (std::string(kMark) + std::string(kLetters))).string();
    if (mkdtemp(path.data()) == nullptr) return;
    lock_ = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    errno = 0;
    if (lock_ >= 0 && kept(lock_)) path_ = path;
    if (!made() && lock_ >= 0) ::close(lock_);
  }
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!made()) return;
  fs::remove_all(path_, ignored);
  ::close(lock_);
}

}  // namespace istcheck::search
