#include "check/files.hpp"

#include <atomic>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "claim/check.hpp"
#include "claim/parser.hpp"
#include "input/case_file.hpp"

namespace istcheck::check {

namespace fs = std::filesystem;

std::string read_regular_file(const fs::path& path) {
  const auto status = fs::status(path);
  if (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status))
    throw InputError(cert::escaped(path.string()) +
                     ": not a regular file, which alone is the same when it is read again");
  return read_text_file(path);
}

CaseFile read_case_file(const fs::path& path) {
  const std::string text = read_regular_file(path);
  const auto format = path.extension() == ".json" ? CaseFormat::json : CaseFormat::toml;
  return {cert::sha256(text), parse_case_as_written(text, path.string(), format, Roots::taken)};
}

ClaimFile read_claim_file(const fs::path& path) {
  const std::string text = read_regular_file(path);
  ClaimFile file{cert::sha256(text), claim::parse_claims(text, path.string())};
  for (auto& c : file.claims) check_types(c);
  return file;
}

namespace {

std::vector<Entry> read_index(const fs::path& folder) {
  std::istringstream in(read_regular_file(folder / "index.tsv"));
  std::vector<Entry> entries;
  std::set<std::string> listed;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    Entry e;
    bool good = std::getline(words, e.certificate, '\t') && std::getline(words, e.claims, '\t') &&
                std::getline(words, e.c) && e.c.find('\t') == std::string::npos;
    try {
      for (std::string* field : {&e.certificate, &e.claims, &e.c}) *field = cert::unescaped(*field);
    } catch (const std::invalid_argument&) {
      good = false;
    }
    if (!good || !listed.insert(e.certificate).second) {
      throw InputError(
          (folder / "index.tsv").string() + ":" + std::to_string(entries.size() + 1) +
          ": expected a new certificate, its claim file and its case file between tabs");
    }
    entries.push_back(std::move(e));
  }
  for (const auto& file : fs::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (file.path().extension() == ".cert" && listed.count(name) == 0)
      throw InputError(file.path().string() + ": the index does not list this certificate");
  }
  return entries;
}

}  // namespace

Totals check_folder(const fs::path& folder, unsigned jobs,
                    const std::function<void(const Entry&, const Answer&)>& report) {
  const auto entries = read_index(folder);
  std::map<std::string, ClaimFile> claims;  // several certificates share a file
  std::map<std::string, CaseFile> cases;
  for (const Entry& e : entries) {
    if (claims.count(e.claims) == 0) claims.emplace(e.claims, read_claim_file(folder / e.claims));
    if (e.c != "-" && cases.count(e.c) == 0) cases.emplace(e.c, read_case_file(folder / e.c));
  }
  std::vector<Answer> answers(entries.size());
  std::vector<size_t> sizes(entries.size());
  std::vector<std::exception_ptr> errors(entries.size());
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t k = next++; k < entries.size(); k = next++) {
      try {
        const Entry& e = entries[k];
        const std::string text = read_regular_file(folder / e.certificate);
        const CaseFile* c = e.c == "-" ? nullptr : &cases.at(e.c);
        sizes[k] = text.size();
        answers[k] = check_certificate(claims.at(e.claims), c, text);
        const std::string name =
            answers[k].claim + (c == nullptr ? "" : "--" + fs::path(e.c).stem().string());
        if (answers[k].is != Answer::Is::rejected && e.certificate != name + ".cert") {
          answers[k].is = Answer::Is::rejected;
          answers[k].message =
              "rejected: it is about " + cert::escaped(name) + ", which its name does not say";
          answers[k].steps = 0;
        }
      } catch (...) {
        errors[k] = std::current_exception();
      }
    }
  };
  std::vector<std::thread> threads;
  for (unsigned k = 1; k < jobs; ++k) threads.emplace_back(work);
  work();
  for (auto& t : threads) t.join();
  Totals totals;
  for (size_t k = 0; k < entries.size(); ++k) {
    if (errors[k]) std::rethrow_exception(errors[k]);
    const Answer& a = answers[k];
    ++(a.is == Answer::Is::accepted   ? totals.accepted
       : a.is == Answer::Is::rejected ? totals.rejected
                                      : totals.incomplete);
    totals.steps += a.steps;
    totals.bytes += sizes[k];
    totals.largest = std::max(totals.largest, sizes[k]);
    report(entries[k], a);
  }
  return totals;
}

}  // namespace istcheck::check
