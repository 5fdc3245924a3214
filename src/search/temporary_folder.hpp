// A folder for the files that a program beside us reads and writes, removed with all that is in it.
#pragma once

#include <string>

namespace istcheck::search {

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
};

}  // namespace istcheck::search
