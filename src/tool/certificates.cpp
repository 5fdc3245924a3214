#include "tool/certificates.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <sstream>

#include "cert/format.hpp"
#include "input/case_file.hpp"
#include "search/certify.hpp"
#include "tool/claim_files.hpp"
#include "tool/interrupt.hpp"
#include "tool/progress.hpp"
#include "tool/write_file.hpp"

namespace istcheck {

namespace fs = std::filesystem;

namespace {

using Known = KnownFile;

}  // namespace

KnownFile known(const fs::path& path) { return {path, cert::sha256(read_text_file(path))}; }

std::map<std::string, KnownFile> files_of_cases(const CaseOrigin& origin) {
  std::vector<fs::path> paths(origin.files.begin(), origin.files.end());
  if (paths.empty()) paths = case_paths(origin.folder);
  std::map<std::string, Known> files;
  for (const auto& path : paths) {
    if (!files.emplace(path.stem().string(), known(path)).second)
      throw InputError(path.string() +
                       ": a second case of this name; certificates are named by it");
  }
  return files;
}

namespace {

/// A line of the index; names may have tabs and line ends.
std::string index_line(const std::string& certificate, const std::string& claims,
                       const std::string& c) {
  return cert::escaped(certificate) + "\t" + cert::escaped(claims) + "\t" + cert::escaped(c);
}

/// Escaped name of a certificate -> its line in the index.
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

  void add(const search::Certified& c) {
    ++written;
    incomplete += c.trusted.empty() ? 0 : 1;
    bytes += c.text.size();
    largest = std::max(largest, c.text.size());
  }
  std::string text(const fs::path& folder) const {
    char spent[32];
    std::snprintf(spent, sizeof spent, "%.1f", seconds);
    return std::to_string(written) + " certificates written to " + folder.string() + ", " +
           std::to_string(incomplete) + " of them incomplete, " + std::to_string(missing) +
           " verdicts without one; " + std::to_string(bytes) + " bytes, the largest " +
           std::to_string(largest) + "; " + spent + " s\n";
  }
};

/// A claim that uses no case, or brings a family: its verdict names no case.
bool alone(const claim::CaseVerdict& v) { return v.case_name.front() == '('; }

std::string name_of(const claim::Claim& claim, const claim::CaseVerdict& v) {
  return claim.id + (alone(v) ? "" : "--" + v.case_name) + ".cert";
}

/// A folder of certificates that is being written, one after the other.
class Folder {
 public:
  Folder(const fs::path& path, const std::vector<Case>& cases, const CaseOrigin& origin)
      : path_(path), cases_(cases) {
    make_folder(path);
    if (!cases.empty()) case_files_ = files_of_cases(origin);
    index_ = read_index(path / "index.tsv");
  }

  /// Nothing any more once the folder is closed.
  void add(const claim::Claim& claim, claim::CaseVerdict& v,
           const claim::EvaluationOptions& options) {
    const Known& claims = file_of(claim);
    const Known* file = alone(v) ? nullptr : &case_files_.at(v.case_name);
    const auto certified = search::certify(claim, claims.hash, case_of(v),
                                           file == nullptr ? "-" : file->hash, v, options);
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    v.contradiction = certified.contradiction;
    ++done_;
    const std::string name = name_of(claim, v);
    for (const auto& t : certified.trusted) told_ += cert::escaped(name) + ": trusted: " + t + "\n";
    if (certified.text.empty()) return remove(name, certified.reason);
    if (!certified.narrower.empty())
      told_ += cert::escaped(name) + ": at the values tried only: " + certified.narrower + "\n";
    write_file(path_ / name, certified.text);
    index_[cert::escaped(name)] =
        index_line(name, relative_to(path_, claims.path),
                   file == nullptr ? "-" : relative_to(path_, file->path));
    sums_.add(certified);
  }

  /// Lists what was written; returns what to tell the user.
  std::string close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    write_index(path_ / "index.tsv", index_);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin_;
    sums_.seconds = spent.count();
    return told_ + sums_.text(path_);
  }

  /// How many verdicts were dealt with.
  size_t done() const { return done_; }

 private:
  fs::path path_;
  const std::vector<Case>& cases_;
  std::map<std::string, Known> case_files_, claim_files_;
  std::map<std::string, std::string> index_;
  std::string told_;
  Sums sums_;
  std::mutex mutex_;
  bool closed_ = false;
  size_t done_ = 0;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();

  const Known& file_of(const claim::Claim& claim) {
    const std::string& source = claim.source->name;
    const auto found = claim_files_.find(source);
    if (found != claim_files_.end()) return found->second;
    return claim_files_.emplace(source, known(source)).first->second;
  }
  const Case* case_of(const claim::CaseVerdict& v) const {
    if (alone(v)) return nullptr;
    return &*std::find_if(cases_.begin(), cases_.end(),
                          [&](const Case& c) { return c.name == v.case_name; });
  }
  void remove(const std::string& name, const std::string& reason) {
    told_ += cert::escaped(name) + ": not written: " + reason + "\n";
    ++sums_.missing;
    index_.erase(cert::escaped(name));
    std::error_code missing;
    fs::remove(path_ / name, missing);
  }
};

}  // namespace

WrittenCertificates write_certificates(const fs::path& path,
                                       std::vector<claim::ClaimVerdict>& verdicts,
                                       const std::vector<Case>& cases, const CaseOrigin& origin,
                                       const claim::EvaluationOptions& options,
                                       const std::atomic<bool>& interrupted) {
  const auto folder = std::make_shared<Folder>(path, cases, origin);
  std::vector<std::pair<const claim::Claim*, claim::CaseVerdict*>> all;
  for (auto& v : verdicts) {
    for (auto& one : v.cases) all.emplace_back(v.claim, &one);
  }
  const bool ended = finish_or_leave(interrupted, [folder, all, options, &interrupted] {
    Progress progress("certificates", all.size());
    for (const auto& [claim, verdict] : all) {
      if (interrupted) break;
      progress.next(name_of(*claim, *verdict));
      folder->add(*claim, *verdict, options);
    }
  });
  const std::string said = folder->close();
  const std::string partial =
      interrupted_text(folder->done(), all.size(), "certificates were written");
  return {said + (partial.empty() ? "" : partial + "\n"), !ended};
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
    index[cert::escaped(name)] = index_line(name, relative_to(folder, claims.path), shape);
    ++written;
    bytes += text.size();
  }
  write_index(folder / "index.tsv", index);
  return std::to_string(written) + " proofs of " + claim.id + " written to " + folder.string() +
         ", " + std::to_string(bytes) + " bytes\n";
}

}  // namespace istcheck
