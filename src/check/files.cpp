#include "check/files.hpp"

#include <chrono>
#include <condition_variable>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <sstream>
#include <thread>

#include "claim/check.hpp"
#include "claim/parser.hpp"
#include "input/case_file.hpp"

namespace istcheck::check {

namespace fs = std::filesystem;

namespace {

std::string shown(const fs::path& path) { return cert::escaped(path.string()); }

}  // namespace

std::string read_regular_file(const fs::path& path) {
  const auto status = fs::status(path);
  if (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status))
    throw InputError(shown(path) +
                     ": not a regular file, which alone is the same when it is read again");
  try {
    return read_text_file(path);
  } catch (const InputError& error) {  // which begins with the name as it is
    throw InputError(shown(path) + std::string(error.what()).substr(path.string().size()));
  }
}

CaseFile read_case_file(const fs::path& path) {
  const std::string text = read_regular_file(path);
  const auto format = path.extension() == ".json" ? CaseFormat::json : CaseFormat::toml;
  CaseFile file{cert::sha256(text),
                parse_case_as_written(text, shown(path), format, Roots::taken, path.parent_path())};
  file.c.name = path.stem().string();  // docs/semantics.md 4.1
  return file;
}

ClaimFile read_claim_file(const fs::path& path) {
  const std::string text = read_regular_file(path);
  ClaimFile file{cert::sha256(text), claim::parse_claims(text, shown(path))};
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
          shown(folder / "index.tsv") + ":" + std::to_string(entries.size() + 1) +
          ": expected a new certificate, its claim file and its case file between tabs");
    }
    entries.push_back(std::move(e));
  }
  for (const auto& file : fs::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (file.path().extension() == ".cert" && listed.count(name) == 0)
      throw InputError(shown(file.path()) + ": the index does not list this certificate");
  }
  return entries;
}

}  // namespace

namespace {

/// What the threads share. It outlives whoever waits for them.
struct Work {
  fs::path folder;
  std::vector<Entry> entries;
  std::map<std::string, ClaimFile> claims;  // several certificates share a file
  std::map<std::string, CaseFile> cases;
  std::atomic<size_t> next{0};
  std::mutex mutex;  // for what follows
  std::condition_variable changed;
  unsigned running = 0;
  std::map<size_t, std::pair<Answer, size_t>> answers;  // with the size of the certificate
  std::map<size_t, std::exception_ptr> errors;
};

std::pair<Answer, size_t> check_entry(const Work& work, const Entry& e) {
  const std::string text = read_regular_file(work.folder / e.certificate);
  const CaseFile* c = e.c == "-" ? nullptr : &work.cases.at(e.c);
  Answer answer = check_certificate(work.claims.at(e.claims), c, text);
  const std::string name =
      answer.claim + (c == nullptr ? "" : "--" + fs::path(e.c).stem().string());
  if (answer.is != Answer::Is::rejected && e.certificate != name + ".cert") {
    answer.is = Answer::Is::rejected;
    answer.message =
        "rejected: it is about " + cert::escaped(name) + ", which its name does not say";
    answer.steps = 0;
  }
  return {std::move(answer), text.size()};
}

void check_entries(Work& work, const std::atomic<bool>& interrupted) {
  for (size_t k = work.next++; k < work.entries.size() && !interrupted; k = work.next++) {
    std::pair<Answer, size_t> answer;
    std::exception_ptr error;
    try {
      answer = check_entry(work, work.entries[k]);
    } catch (...) {
      error = std::current_exception();
    }
    const std::lock_guard lock(work.mutex);
    if (error)
      work.errors[k] = error;
    else
      work.answers[k] = std::move(answer);
  }
  const std::lock_guard lock(work.mutex);
  --work.running;
  work.changed.notify_all();
}

}  // namespace

Totals check_folder(const fs::path& folder, unsigned jobs, const std::atomic<bool>& interrupted,
                    const std::function<void(const Entry&, const Answer&)>& report) {
  constexpr auto kLook = std::chrono::milliseconds(50), kGrace = std::chrono::milliseconds(1500);
  const auto work = std::make_shared<Work>();
  work->folder = folder;
  work->entries = read_index(folder);
  for (const Entry& e : work->entries) {
    if (work->claims.count(e.claims) == 0)
      work->claims.emplace(e.claims, read_claim_file(folder / e.claims));
    if (e.c != "-" && work->cases.count(e.c) == 0)
      work->cases.emplace(e.c, read_case_file(folder / e.c));
  }
  work->running = jobs;
  for (unsigned k = 0; k < jobs; ++k)
    std::thread([work, &interrupted] { check_entries(*work, interrupted); }).detach();
  std::unique_lock lock(work->mutex);
  using Clock = std::chrono::steady_clock;
  std::optional<Clock::time_point> since;  // an interrupt
  while (work->running > 0 && !(since && Clock::now() - *since > kGrace)) {
    work->changed.wait_for(lock, kLook);
    if (interrupted && !since) since = Clock::now();
  }
  Totals totals;
  totals.missing = work->entries.size();
  totals.left = work->running > 0;
  for (size_t k = 0; k < work->entries.size(); ++k) {
    if (work->errors.count(k) > 0) std::rethrow_exception(work->errors[k]);
    const auto found = work->answers.find(k);
    if (found == work->answers.end()) continue;
    const auto& [a, size] = found->second;
    --totals.missing;
    ++(a.is == Answer::Is::accepted   ? totals.accepted
       : a.is == Answer::Is::rejected ? totals.rejected
                                      : totals.incomplete);
    totals.steps += a.steps;
    totals.bytes += size;
    totals.largest = std::max(totals.largest, size);
    report(work->entries[k], a);
  }
  return totals;
}

}  // namespace istcheck::check
