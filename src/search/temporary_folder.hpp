// A folder for the files that a program beside us reads and writes, removed with all that is in it.
#pragma once

#include <filesystem>
#include <string>

namespace istcheck::search {

/// Files and folders that hold what is not finished end in ".istcheck-" and six letters or digits
/// and are locked by their process as long as it lives. Removes those of processes that were
/// killed, once for each folder.
void remove_left_behind(const std::filesystem::path& folder);
/// A file of this kind, open and locked, beside `target`; -1 where none can be made.
int open_unfinished(const std::filesystem::path& target, std::string& name);

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  /// False where no folder could be made.
  bool made() const { return !path_.empty(); }
  const std::string& path() const { return path_; }
  /// Where a file of this name is or will be.
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
  int lock_ = -1;
};

}  // namespace istcheck::search
