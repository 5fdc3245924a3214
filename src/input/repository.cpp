#include "input/repository.hpp"

#include <system_error>

#include "input/node_reader.hpp"

namespace istcheck {

namespace fs = std::filesystem;

namespace {

class RepositoryReader : private NodeReader {
 public:
  RepositoryReader(const std::string& name, fs::path folder)
      : NodeReader(name), folder_(std::move(folder)) {}

  Repository read(const Node& root) const {
    only(root, {"claims", "cases"});
    return {named(root, "claims"), named(root, "cases")};
  }

 private:
  fs::path folder_;

  fs::path named(const Node& root, const char* key) const {
    const Node* node = root.find(key);
    if (node == nullptr) return {};
    const std::string what = std::string("a folder of ") + key + " such as \"theory/" + key + "\"";
    expect(*node, Node::Kind::string, what);
    if (node->text.empty()) fail_at(*node, "expected " + what + ", found \"\"");
    const fs::path path = (folder_ / node->text).lexically_normal();
    std::error_code error;
    if (!fs::is_directory(path, error))
      fail_at(*node, "there is no folder " + path.string() + "; paths are relative to this file");
    return path.has_filename() ? path : path.parent_path();  // without the last slash
  }
};

}  // namespace

Repository read_repository(const fs::path& file) {
  const std::string name = file.string();
  return RepositoryReader(name, file.parent_path()).read(parse_toml(read_text_file(file), name));
}

}  // namespace istcheck
