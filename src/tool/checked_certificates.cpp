#include "tool/checked_certificates.hpp"

#include <algorithm>
#include <thread>

#include "check/files.hpp"
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
  return {
      word(answer.is), file, answer.message,
      "istcheck-check " + named(folder, entry.c) + " " + named(folder, entry.claims) + " " + file,
      ""};
}

/// "thm2--general-b.cert" is about thm2, and so is "thm2.cert".
bool about(const Attachment& a, const std::string& id) {
  const std::string name = fs::path(a.file).stem().string();
  return name == id || name.rfind(id + "--", 0) == 0;
}

/// The place of the certificate's case among those that the claim shows; their number for others.
size_t place(const ClaimEntry& e, const Attachment& a) {
  const std::string name = fs::path(a.file).stem().string();
  size_t k = 0;
  while (k < e.shown.size() && name != e.claim->id + "--" + e.shown[k].verdict.case_name) ++k;
  return k;
}

}  // namespace

bool add_certificates(std::vector<ClaimEntry>& entries, const std::string& folder) {
  std::vector<Attachment> all;
  const unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
  Progress progress("folders of certificates", 1);
  progress.next(folder);
  const auto totals =
      check::check_folder(folder, jobs, [&](const check::Entry& entry, const Answer& answer) {
        all.push_back(attachment(folder, entry, answer));
      });
  for (auto& e : entries) {
    for (const auto& a : all) {
      if (about(a, e.claim->id)) e.certificates.push_back(a);
    }
    std::stable_sort(
        e.certificates.begin(), e.certificates.end(),
        [&](const Attachment& a, const Attachment& b) { return place(e, a) < place(e, b); });
  }
  return totals.rejected == 0;
}

}  // namespace istcheck
