#include "search/temporary_folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace istcheck::search {

TemporaryFolder::TemporaryFolder() {
  std::error_code error;
  std::string path = (std::filesystem::temp_directory_path(error) / "istcheck-XXXXXX").string();
  if (!error && mkdtemp(path.data()) != nullptr) path_ = path;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (made()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace istcheck::search
