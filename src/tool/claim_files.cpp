#include "tool/claim_files.hpp"

#include <algorithm>
#include <map>
#include <system_error>

#include "claim/check.hpp"
#include "claim/parser.hpp"
#include "input/case_file.hpp"
#include "input/family.hpp"

namespace istcheck {

namespace fs = std::filesystem;

namespace {

/// Regular files below a folder with one of the endings, sorted by path.
std::vector<fs::path> files_below(const fs::path& folder, const std::vector<std::string>& endings) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    const std::string ending = it->path().extension().string();
    if (it->is_regular_file() && it->path().filename() != "istcheck.toml" &&
        std::find(endings.begin(), endings.end(), ending) != endings.end()) {
      files.push_back(it->path());
    }
  }
  if (error) throw InputError(folder.string() + ": " + error.message());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::vector<fs::path> claim_paths(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return {path};
  auto files = files_below(path, {".claim"});
  if (files.empty()) throw InputError(path.string() + ": no .claim file in this folder");
  return files;
}

std::vector<claim::Claim> load_claims(const fs::path& path) {
  std::vector<claim::Claim> claims;
  std::map<std::string, std::string> places;
  for (const auto& file : claim_paths(path)) {
    for (auto& c : claim::parse_claims(read_input(file), file.string())) {
      claim::check_types(c);
      const auto [place, added] = places.emplace(c.id, file.string());
      if (!added) {
        throw claim::ClaimError(*c.source, c.place,
                                "the claim '" + c.id + "' already stands in " + place->second);
      }
      claims.push_back(std::move(c));
    }
  }
  return claims;
}

std::vector<fs::path> case_paths(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error) ? files_below(path, {".toml", ".json"})
                                       : std::vector<fs::path>{path};
}

std::vector<Case> load_cases(const fs::path& path) {
  std::error_code error;
  const bool folder = fs::is_directory(path, error);
  std::vector<Case> cases;
  std::map<std::string, std::string> places;
  for (const auto& file : case_paths(path)) {
    auto loaded = load_case_or_family(file, Roots::taken);
    if (auto* c = std::get_if<Case>(&loaded)) {
      cases.push_back(std::move(*c));
      if (file != "-") cases.back().name = file.stem().string();
      if (cases.back().name == "-") cases.back().name = "stdin";
      const auto [place, added] = places.emplace(cases.back().name, file.string());
      if (!added)
        throw InputError(file.string() + ": a second case with the name of " + place->second);
    } else if (!folder) {
      throw InputError(file.string() + ": a family of cases; claims are checked on single cases");
    }
  }
  if (cases.empty())
    throw InputError(path.string() + ": no case (.toml or .json) in this folder" +
                     (case_paths(path).empty() ? "" : ", only families"));
  return cases;
}

void refuse_method_text(const Case& c, const std::string& file, const std::string& command) {
  if (c.method.kind == MethodKind::text)
    throw InputError(file + ": '" + command + "' does not do methods as text yet");
}

const claim::Claim& claim_named(const std::vector<claim::Claim>& claims, const std::string& id) {
  std::vector<std::string> known;
  for (const auto& c : claims) {
    if (c.id == id) return c;
    known.push_back(c.id);
  }
  throw InputError("there is no claim '" + id + "'" + claim::suggestion(id, known));
}

}  // namespace istcheck
