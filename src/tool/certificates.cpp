#include "tool/certificates.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <sstream>

#include "cert/format.hpp"
#include "input/case_file.hpp"
#include "search/certify.hpp"
#include "tool/claim_files.hpp"
#include "tool/progress.hpp"
#include "tool/write_file.hpp"

namespace istcheck {

namespace fs = std::filesystem;

namespace {

/// A file with the SHA-256 of its text.
struct Known {
  fs::path path;
  std::string hash;
};

Known known(const fs::path& path) { return {path, cert::sha256(read_text_file(path))}; }

/// The files of the cases, by the cases' names.
std::map<std::string, Known> files_of_cases(const CaseOrigin& origin) {
  std::vector<fs::path> paths(origin.files.begin(), origin.files.end());
  if (paths.empty()) {
    paths =
        case_paths(origin.folder.empty() ? find_shipped("cases/paper") : fs::path(origin.folder));
  }
  std::map<std::string, Known> files;
  for (const auto& path : paths) {
    if (!files.emplace(path.stem().string(), known(path)).second)
      throw InputError(path.string() +
                       ": a second case of this name; certificates are named by it");
  }
  return files;
}

/// certificate -> its line in the index.
std::map<std::string, std::string> read_index(const fs::path& file) {
  std::map<std::string, std::string> index;
  std::error_code error;
  if (!fs::exists(file, error)) return index;
  std::istringstream in(read_text_file(file));
  for (std::string line; std::getline(in, line);) index[line.substr(0, line.find('\t'))] = line;
  return index;
}

void write_index(const fs::path& file, const std::map<std::string, std::string>& index) {
  std::string lines;
  for (const auto& [name, line] : index) lines += line + "\n";
  write_file(file, lines);
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw InputError(folder.string() + ": " + error.message());
}

std::string relative_to(const fs::path& folder, const fs::path& path) {
  return fs::relative(fs::absolute(path), fs::absolute(folder)).string();
}

/// What is told at the end.
struct Sums {
  size_t written = 0, incomplete = 0, missing = 0, bytes = 0, largest = 0;
  double seconds = 0;

  std::string text(const fs::path& folder) const {
    char spent[32];
    std::snprintf(spent, sizeof spent, "%.1f", seconds);
    return std::to_string(written) + " certificates written to " + folder.string() + ", " +
           std::to_string(incomplete) + " of them incomplete, " + std::to_string(missing) +
           " verdicts without one; " + std::to_string(bytes) + " bytes, the largest " +
           std::to_string(largest) + "; " + spent + " s\n";
  }
};

}  // namespace

std::string write_certificates(const fs::path& folder,
                               const std::vector<claim::ClaimVerdict>& verdicts,
                               const std::vector<Case>& cases, const CaseOrigin& origin,
                               const claim::EvaluationOptions& options) {
  make_folder(folder);
  const auto files = cases.empty() ? std::map<std::string, Known>() : files_of_cases(origin);
  std::map<std::string, Known> claim_files;
  auto index = read_index(folder / "index.tsv");
  std::string told;
  Sums sums;
  const auto begin = std::chrono::steady_clock::now();
  const auto relative = [&](const fs::path& path) { return relative_to(folder, path); };
  Progress progress("certificates of claims", verdicts.size());
  for (const auto& v : verdicts) {
    progress.next(v.claim->id);
    const std::string& source = v.claim->source->name;
    const Known& claims = claim_files.try_emplace(source, known(source)).first->second;
    for (const auto& one : v.cases) {
      const auto c = std::find_if(cases.begin(), cases.end(),
                                  [&](const Case& k) { return k.name == one.case_name; });
      const bool alone =
          one.case_name.front() == '(';  // the claim uses no case, or brings a family
      const Known* file = alone ? nullptr : &files.at(one.case_name);
      const auto certified = search::certify(*v.claim, claims.hash, alone ? nullptr : &*c,
                                             alone ? "-" : file->hash, one, options);
      const std::string name = v.claim->id + (alone ? "" : "--" + one.case_name) + ".cert";
      for (const auto& t : certified.trusted) told += name + ": trusted: " + t + "\n";
      if (certified.text.empty()) {
        told += name + ": not written: " + certified.reason + "\n";
        ++sums.missing;
        index.erase(name);
        std::error_code missing;
        fs::remove(folder / name, missing);
        continue;
      }
      write_file(folder / name, certified.text);
      index[name] =
          name + "\t" + relative(claims.path) + "\t" + (alone ? "-" : relative(file->path));
      ++sums.written;
      sums.incomplete += certified.trusted.empty() ? 0 : 1;
      sums.bytes += certified.text.size();
      sums.largest = std::max(sums.largest, certified.text.size());
    }
  }
  write_index(folder / "index.tsv", index);
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
  sums.seconds = spent.count();
  return told + sums.text(folder);
}

std::string write_proofs(const fs::path& folder, const claim::Claim& claim,
                         const std::vector<search::ShapeProof>& proofs) {
  const bool any =
      std::any_of(proofs.begin(), proofs.end(), [](const auto& p) { return p.proof.proved(); });
  if (!any) return "";
  make_folder(folder);
  const Known claims = known(claim.source->name);
  auto index = read_index(folder / "index.tsv");
  size_t written = 0, bytes = 0;
  for (const auto& p : proofs) {
    if (!p.proof.proved()) continue;
    std::string shape = "-", hash = "-", name = claim.id + ".cert";
    if (p.shape) {
      shape = p.shape->name + ".toml";
      const std::string text = write_case(*p.shape);
      write_file(folder / shape, text);
      hash = cert::sha256(text);
      name = claim.id + "--" + p.shape->name + ".cert";
    }
    const std::string text =
        write_certificate(search::certificate_of(claim, claims.hash, hash, p.proof));
    write_file(folder / name, text);
    index[name] = name + "\t" + relative_to(folder, claims.path) + "\t" + shape;
    ++written;
    bytes += text.size();
  }
  write_index(folder / "index.tsv", index);
  return std::to_string(written) + " proofs of " + claim.id + " written to " + folder.string() +
         ", " + std::to_string(bytes) + " bytes\n";
}

}  // namespace istcheck
