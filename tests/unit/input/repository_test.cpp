#include "input/repository.hpp"

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "../support.hpp"
#include "input/case_file.hpp"

namespace istcheck {
namespace {

namespace fs = std::filesystem;

/// A folder with theory/deep and istcheck.toml of this text.
class Paper {
 public:
  explicit Paper(const std::string& text)
      : folder_(fs::temp_directory_path() / ("istcheck-repository-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_ / "theory" / "deep");
    std::ofstream(folder_ / "istcheck.toml") << text;
  }
  Paper(const Paper&) = delete;
  Paper& operator=(const Paper&) = delete;
  ~Paper() { fs::remove_all(folder_); }

  Repository read() const { return read_repository(folder_ / "istcheck.toml"); }
  std::string refusal() const {
    try {
      read();
    } catch (const InputError& error) {
      return std::string(error.what()).substr((folder_ / "istcheck.toml").string().size());
    }
    return "";
  }
  const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
};

}  // namespace

TEST_CASE("istcheck.toml names folders relative to itself") {
  const Paper paper("claims = \"theory/deep/\"\ncases = \"theory/../theory\"\n");
  CHECK(paper.read().claims == paper.folder() / "theory/deep");
  CHECK(paper.read().cases == paper.folder() / "theory");
  CHECK(Paper("# nothing").read().claims.empty());
  const Paper absolute("cases = \"/\"");
  CHECK(absolute.read().claims.empty());
  CHECK(absolute.read().cases == "/");
}

TEST_CASE("istcheck.toml is refused with the place of what is wrong") {
  CHECK(Paper("\nclaim = \"theory\"").refusal() ==
        ":2:1: unknown key \"claim\"; did you mean \"claims\"?");
  CHECK(Paper("title = \"theory\"").refusal() ==
        ":1:1: unknown key \"title\"; known here: claims, cases");
  CHECK(Paper("claims = [\"theory\"]").refusal() ==
        ":1:10: expected a folder of claims such as \"theory/claims\", found a list");
  CHECK(Paper("cases = \"\"").refusal() ==
        ":1:9: expected a folder of cases such as \"theory/cases\", found \"\"");
  CHECK(Paper("cases = \"nowhere\"").refusal().find(":1:9: there is no folder ") == 0);
  CHECK(Paper("cases = \"istcheck.toml\"").refusal().find(":1:9: there is no folder ") == 0);
  CHECK(Paper("claims = \"theory\"\nclaims = \"theory\"").refusal() != "");
}

}  // namespace istcheck
