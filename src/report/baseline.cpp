#include "report/baseline.hpp"

#include <array>
#include <set>
#include <sstream>

#include "input/case_file.hpp"

namespace istcheck {
namespace {

constexpr const char* kHeader = "claim\tcase\tverdict\tscope\tmargin\ttightness";
constexpr std::array<const char*, 4> kFields = {"verdict", "scope", "margin", "tightness"};

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> parts;
  std::istringstream in(line + "\t");
  for (std::string part; std::getline(in, part, '\t');) parts.push_back(part);
  return parts;
}

std::string exact(const std::optional<claim::Scalar>& s) { return s ? claim::to_string(*s) : "-"; }

std::string spoken(const std::string& key) {
  const size_t tab = key.find('\t');
  return key.substr(0, tab) + " on " + key.substr(tab + 1);
}

std::string claim_of(const std::string& key) { return key.substr(0, key.find('\t')); }

}  // namespace

Baseline baseline_of(const std::vector<claim::ClaimVerdict>& verdicts) {
  Baseline b;
  for (const auto& v : verdicts) {
    for (const auto& c : v.cases) {
      const std::string verdict = c.unreached ? "unreached" : claim::to_string(c.verdict);
      const std::string scope = c.scope == claim::Scope::none ? "-" : claim::to_string(c.scope);
      b[v.claim->id + "\t" + c.case_name] =
          verdict + "\t" + scope + "\t" + exact(c.margin) + "\t" + exact(c.ratio);
    }
  }
  return b;
}

std::string write_baseline(const Baseline& b) {
  std::string out = std::string(kHeader) + "\n";
  for (const auto& [key, entry] : b) out += key + "\t" + entry + "\n";
  return out;
}

Baseline read_baseline(const std::string& text, const std::string& file) {
  Baseline b;
  std::istringstream in(text);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (number == 1 && line == kHeader) continue;
    const auto parts = split(line);
    if (parts.size() != 2 + kFields.size()) {
      throw InputError(file + ":" + std::to_string(number) +
                       ":1: expected six fields separated by tabs (" + kHeader + "), found " +
                       std::to_string(parts.size()) + "; --update-baseline writes the file anew");
    }
    std::string entry = parts[2];
    for (size_t k = 3; k < parts.size(); ++k) entry += "\t" + parts[k];
    b[parts[0] + "\t" + parts[1]] = entry;
  }
  return b;
}

std::vector<std::string> differences(const Baseline& before, const Baseline& now, bool whole) {
  std::vector<std::string> lines;
  std::set<std::string> claims;
  for (const auto& [key, entry] : now) {
    claims.insert(claim_of(key));
    const auto old = before.find(key);
    if (old == before.end() || old->second == entry) continue;
    const auto was = split(old->second), is = split(entry);
    for (size_t k = 0; k < kFields.size(); ++k) {
      if (was[k] != is[k]) {
        lines.push_back(spoken(key) + ": " + kFields[k] + " was " + was[k] + ", is " + is[k]);
      }
    }
  }
  for (const auto& [key, entry] : before) {
    if (whole && now.count(key) == 0 && claims.count(claim_of(key)) > 0) {
      lines.push_back(spoken(key) + ": no longer checked, was " + split(entry)[0]);
    }
  }
  return lines;
}

}  // namespace istcheck
