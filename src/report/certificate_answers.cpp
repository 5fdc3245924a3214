#include "report/certificate_answers.hpp"

#include <algorithm>

#include "search/certify.hpp"

namespace istcheck {

using check::Answer;
using claim::Verdict;

namespace {

bool is(const std::map<std::string, std::string>& hashes, const std::string& name,
        const std::string& hash) {
  const auto found = hashes.find(name);
  return found != hashes.end() && found->second == hash;
}

/// A claim that uses no case has the hash "-" for it.
bool on_case(const FileHashes& files, const std::string& name, const std::string& hash) {
  const bool alone = name == "(no case)" || name == "(family)";
  return alone ? hash == "-" : is(files.cases, name, hash);
}

/// The attachments on shown cases come first.
void attach(ClaimEntry& e, const std::string& case_name, Attachment a) {
  const auto place = [&](const std::string& name) {
    return std::find_if(e.shown.begin(), e.shown.end(),
                        [&](const ShownCase& s) { return s.verdict.case_name == name; }) -
           e.shown.begin();
  };
  a.about = case_name;
  const auto after =
      std::find_if(e.certificates.begin(), e.certificates.end(),
                   [&](const Attachment& other) { return place(other.about) > place(case_name); });
  e.certificates.insert(after, std::move(a));
}

}  // namespace

bool add_certificate(std::vector<ClaimEntry>& entries, std::vector<claim::ClaimVerdict>& verdicts,
                     const FileHashes& files, const Answer& answer, const Attachment& attachment) {
  bool attached = false;
  for (size_t k = 0; k < entries.size(); ++k) {
    ClaimEntry& e = entries[k];
    if (e.claim->id != answer.claim || !is(files.claims, e.claim->source->name, answer.claim_hash))
      continue;
    if (answer.verdict == "proved") {
      attach(e, "", attachment);
      attached = true;
      continue;
    }
    for (size_t j = 0; j < e.verdict.cases.size(); ++j) {
      claim::CaseVerdict& c = e.verdict.cases[j];
      if (!on_case(files, c.case_name, answer.case_hash)) continue;
      if (answer.is != Answer::Is::rejected) {
        const std::string against = search::contradiction(c.verdict, answer.verdict);
        if (!against.empty() && c.verdict == Verdict::undecided) continue;
        if (!against.empty()) c.contradiction = verdicts[k].cases[j].contradiction = against;
      }
      attach(e, c.case_name, attachment);
      attached = true;
    }
  }
  return attached;
}

}  // namespace istcheck
