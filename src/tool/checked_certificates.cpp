#include "tool/checked_certificates.hpp"

#include <algorithm>
#include <iostream>
#include <thread>

#include "check/files.hpp"
#include "report/certificate_answers.hpp"
#include "tool/progress.hpp"

namespace istcheck {

namespace fs = std::filesystem;
using check::Answer;

namespace {

std::string word(Answer::Is is) {
  return is == Answer::Is::accepted   ? "accepted"
         : is == Answer::Is::rejected ? "rejected"
                                      : "incomplete";
}

/// A file of the folder's index as a command would name it: from the current folder when it is
/// below.
std::string named(const fs::path& folder, const std::string& file) {
  if (file == "-") return file;
  const fs::path path = (folder / file).lexically_normal();
  const fs::path below = path.lexically_relative(fs::current_path());
  return below.empty() || *below.begin() == ".." ? path.string() : below.string();
}

Attachment attachment(const fs::path& folder, const check::Entry& entry, const Answer& answer) {
  const std::string file = named(folder, entry.certificate);
  const std::string c = entry.c == "-" ? entry.c : shell_word(named(folder, entry.c));
  return {word(answer.is),
          file,
          answer.message,
          "istcheck-check " + c + " " + shell_word(named(folder, entry.claims)) + " " +
              shell_word(file),
          "",
          ""};
}

}  // namespace

bool add_certificates(std::vector<ClaimEntry>& entries, std::vector<claim::ClaimVerdict>& verdicts,
                      const std::string& folder, bool cases, const CaseOrigin& origin) {
  FileHashes files;
  for (const auto& e : entries) {
    const std::string& source = e.claim->source->name;
    if (files.claims.count(source) == 0) files.claims[source] = known(source).hash;
  }
  if (cases) {
    for (const auto& [name, file] : files_of_cases(origin)) files.cases[name] = file.hash;
  }
  const unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  Progress progress("folders of certificates", 1);
  progress.next(folder);
  std::vector<std::string> others;
  static const std::atomic<bool> never = false;  // a report is written of all that was checked
  const auto totals = check::check_folder(
      folder, jobs, never, [&](const check::Entry& entry, const Answer& answer) {
        if (!add_certificate(entries, verdicts, files, answer, attachment(folder, entry, answer)))
          others.push_back(entry.certificate);
      });
  if (!others.empty())
    std::cerr << folder << ": " << others.size()
              << " certificates are not about a claim, case and verdict of this report, the first "
              << cert::escaped(others[0]) << "\n";
  return totals.rejected == 0;
}

}  // namespace istcheck
