#include "tool/verification.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <set>
#include <map>
#include <memory>
#include <mutex>

#include "claim/check.hpp"
#include "claim/unused.hpp"
#include "input/case_file.hpp"
#include "input/repository.hpp"
#include "tool/claim_files.hpp"
#include "tool/command_line.hpp"
#include "tool/interrupt.hpp"
#include "tool/progress.hpp"

namespace istcheck {

namespace fs = std::filesystem;
using claim::ClaimVerdict;

bool is_file_name(const std::string& word) {
  std::error_code error;
  return word == "-" || word.find('/') != std::string::npos ||
         (word.size() > 6 && word.substr(word.size() - 6) == ".claim") ||
         fs::is_directory(word, error);
}

void refuse_standard_input(const std::vector<std::string>& words) {
  if (std::find(words.begin(), words.end(), "-") != words.end())
    throw InputError(
        "-: a certificate names the files that it is about, and standard input has no name");
}

namespace {

/// What a claim declares in vain, of claims that the caller wrote.
void note_unused(const std::vector<claim::Claim>& claims) {
  std::set<const claim::Method*> methods;
  for (const auto& c : claims) {
    if (c.method && methods.insert(c.method.get()).second)
      for (const auto& note : claim::kept_blocks(*c.method)) std::cerr << note << "\n";
    for (const auto& note : claim::unused_notes(c)) std::cerr << note << "\n";
  }
}

/// The paper's own folder of "claims" or "cases": what ./istcheck.toml names, else that in the
/// current folder; empty when there is none.
fs::path own_folder(const std::string& what) {
  std::error_code error;
  if (fs::exists("istcheck.toml", error)) {
    const Repository named = read_repository("istcheck.toml");
    const fs::path& folder = what == "claims" ? named.claims : named.cases;
    if (!folder.empty()) return folder;
  }
  return fs::is_directory(what, error) ? fs::path(what) : fs::path();
}

/// Else the shipped one. `there` says whether an own folder has files in it.
fs::path default_folder(const std::string& what,
                        const std::function<bool(const fs::path&)>& there) {
  const fs::path own = own_folder(what);
  if (!own.empty()) {
    if (there(own)) return own;
    const std::string one = what == "claims" ? "claim" : "case";
    const fs::path first = own / (one == "claim" ? "NAME.claim" : "NAME.toml");
    throw InputError(own.string() + "/: no " + one +
                     " file in this folder, which comes before what istcheck ships; istcheck new " +
                     one + " NAME -o " + first.string() + " writes a first one, and --" + what +
                     " DIR takes another folder");
  }
  const char* shipped = what == "claims" ? "proofs/claims" : "cases/paper";
  const fs::path folder = find_shipped(shipped);
  if (!folder.empty()) return folder;
  throw InputError("no folder " + what + " here and no " + shipped +
                   " here or above; name one with --" + what);
}

std::string counted(const fs::path& folder, size_t count) {
  return (is_installed(folder) ? "shipped " : "") + folder.string() + "/ (" +
         std::to_string(count) + ")";
}

/// A name that is not among the paper's own claims may be that of a shipped one.
void need_claim(const std::vector<claim::Claim>& all, const std::string& name,
                const fs::path& folder) {
  try {
    claim_named(all, name);
  } catch (const InputError& error) {
    const fs::path shipped = find_shipped("proofs/claims");
    if (shipped.empty() || is_shipped(folder, "proofs/claims")) throw;
    const auto others = load_claims(shipped);
    const bool there = std::any_of(others.begin(), others.end(),
                                   [&](const claim::Claim& c) { return c.id == name; });
    throw InputError(folder.string() + "/: " + error.what() +
                     (there ? "; istcheck ships one: --claims " + shipped.string() : ""));
  }
}

}  // namespace

std::map<std::string, std::string> paths_of(const CaseOrigin& origin) {
  std::map<std::string, std::string> paths;
  const auto add = [&](const fs::path& given) {
    for (const auto& file : case_paths(given)) paths.emplace(file.stem().string(), file.string());
  };
  for (const auto& file : origin.files) add(file);
  if (origin.files.empty()) add(origin.folder);
  return paths;
}

void Chosen::take_claims(const std::vector<std::string>& words, const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& word : words) {
    if (!is_file_name(word)) {
      names.push_back(word);
      continue;
    }
    auto own = load_claims(word);
    note_unused(own);
    for (auto& c : own) claims.push_back(std::move(c));
  }
  if (names.empty() && !words.empty()) return;
  claims_by_default = folder.empty();
  const auto there = [](const fs::path& own) {
    try {
      return !claim_paths(own).empty();
    } catch (const InputError&) {
      return false;
    }
  };
  claim_folder = claims_by_default ? default_folder("claims", there) : fs::path(folder);
  auto all = load_claims(claim_folder);
  if (claims_by_default) said_.push_back(counted(claim_folder, all.size()));
  if (names.empty() && !is_shipped(claim_folder, "proofs/claims")) note_unused(all);
  for (const auto& name : names) need_claim(all, name, claim_folder);
  for (auto& c : all) {
    if (names.empty() || std::find(names.begin(), names.end(), c.id) != names.end())
      claims.push_back(std::move(c));
  }
}

void Chosen::take_cases(const std::vector<std::string>& files, const std::string& folder) {
  origin = {files, folder, files.empty() && folder.empty()};
  std::map<std::string, std::string> places;
  for (const auto& file : files) {
    for (auto& c : load_cases(file)) {
      const auto [place, added] = places.emplace(c.name, file);
      if (!added) throw InputError(file + ": a second case with the name of " + place->second);
      cases.push_back(std::move(c));
    }
  }
  if (!files.empty()) return;
  const auto there = [](const fs::path& own) { return !case_paths(own).empty(); };
  if (origin.by_default) origin.folder = default_folder("cases", there);
  cases = load_cases(origin.folder);
  if (origin.by_default) said_.push_back(counted(origin.folder, cases.size()));
}

void Chosen::refuse_method_texts(const std::string& command) const {
  const auto paths = paths_of(origin);
  for (const Case& c : cases) {
    const auto file = paths.find(c.name);
    refuse_method_text(c, file == paths.end() ? "-" : file->second, command);
  }
}

std::string Chosen::again(const claim::Claim& c) const {
  const fs::path below = fs::path(c.source->name).lexically_relative(claim_folder);
  const bool found = claims_by_default && !below.empty() && *below.begin() != "..";
  return found ? "" : c.source->name;
}

void Chosen::say() const {
  std::string line;
  for (const auto& s : said_) line += (line.empty() ? "" : ", ") + s;
  if (!line.empty()) std::cerr << line + "\n";
}

void Asked::add_options(Command& command) {
  command.option("CLAIM", claims,
                 "Names of claims, .claim files, folders of them, or -; all of ./claims, else all "
                 "shipped ones, when left out");
  command.option("--case", case_files, "Only these case files; - is standard input")
      .type_name("FILE");
  command
      .option("--cases", case_folder,
              "The cases to check on; ./cases, else the shipped ones, when left out")
      .type_name("DIR");
  command
      .option("--claims", claim_folder,
              "Where names are looked up; ./claims, else the shipped ones, when left out")
      .type_name("DIR");
}

void Asked::refuse_standard_input() const {
  istcheck::refuse_standard_input(claims);
  istcheck::refuse_standard_input(case_files);
}

Chosen choose(const Asked& asked) {
  Chosen chosen;
  chosen.take_claims(asked.claims, asked.claim_folder);
  chosen.take_cases(asked.case_files, asked.case_folder);
  chosen.say();
  return chosen;
}

bool has_own_claims() {
  const fs::path own = own_folder("claims");
  return !own.empty() && !is_shipped(own, "proofs/claims");
}

bool has_own_cases() {
  const fs::path own = own_folder("cases");
  return !own.empty() && !is_shipped(own, "cases/paper");
}

namespace {

/// Whether the case gives a value for a variable of a claim that uses nothing else of a case.
bool gives_value(const Case& one, const claim::Claim& c) {
  return !c.family && std::any_of(c.variables.begin(), c.variables.end(),
                                  [&](const auto& v) { return one.values.count(v.name) > 0; });
}

/// Adds the verdict, or why the case does not fit.
void judge_case(ClaimVerdict& v, const Case& one, const claim::EvaluationOptions& options) {
  const claim::Fit fit = claim::fit(*v.claim, one, options);
  if (fit.is == claim::Fit::Is::no) {
    v.unfit.push_back(one.name + ": " + fit.reason);
  } else if (fit.is == claim::Fit::Is::yes) {
    v.cases.push_back(claim::judge(*v.claim, &one, options));
  } else {
    claim::CaseVerdict open;
    open.case_name = one.name;
    open.reason = fit.reason;
    v.cases.push_back(open);
  }
}

}  // namespace

ClaimVerdict verify_claim(const claim::Claim& c, const std::vector<Case>& cases,
                          const claim::EvaluationOptions& options) {
  ClaimVerdict v;
  v.claim = &c;
  const auto begin = std::chrono::steady_clock::now();
  try {
    if (c.family || !claim::uses_case(c)) {
      v.cases.push_back(claim::judge(c, nullptr, options));
      for (const auto& one : cases) {
        if (gives_value(one, c)) v.cases.push_back(claim::judge(c, &one, options));
      }
    } else {
      for (const auto& one : cases) {
        // Whatever happens on a case, the others are judged.
        try {
          judge_case(v, one, options);
        } catch (const claim::ClaimError& error) {
          if (v.error.empty()) v.error = error.what();
        }
      }
    }
  } catch (const claim::ClaimError& error) {
    v.error = error.what();
  } catch (const std::exception& error) {
    v.error = c.source->name + ": " + c.id + ": " + error.what();
  }
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
  v.seconds = spent.count();
  return v;
}

Verified verify_claims(const std::vector<claim::Claim>& claims, const std::vector<Case>& cases,
                       const claim::EvaluationOptions& options,
                       const std::atomic<bool>& interrupted) {
  struct Shared {
    std::mutex mutex;
    std::vector<ClaimVerdict> verdicts;
  };
  const auto shared = std::make_shared<Shared>();
  const bool ended = finish_or_leave(interrupted, [shared, &claims, &cases, options, &interrupted] {
    Progress progress("claims", claims.size());
    for (const auto& c : claims) {
      if (interrupted) break;
      progress.next(c.id);
      auto verdict = verify_claim(c, cases, options);
      const std::lock_guard lock(shared->mutex);
      shared->verdicts.push_back(std::move(verdict));
    }
  });
  Verified result;
  result.left = !ended;
  {
    const std::lock_guard lock(shared->mutex);
    result.verdicts = shared->verdicts;
  }
  for (const auto& v : result.verdicts) {
    if (!v.error.empty()) std::cerr << v.error << "\n";
    for (const auto& one : v.cases)
      if (one.verdict == claim::Verdict::ill_defined) std::cerr << one.reason << "\n";
  }
  return result;
}

Outcome outcome_of(const std::vector<ClaimVerdict>& verdicts) {
  Outcome outcome = Outcome::as_expected;
  for (const auto& v : verdicts) {
    switch (v.outcome()) {
      case ClaimVerdict::Outcome::expected:
        break;
      case ClaimVerdict::Outcome::error:
        return Outcome::bad_input;
      case ClaimVerdict::Outcome::unexpected:
        outcome = Outcome::not_as_expected;
        break;
      default:
        if (outcome == Outcome::as_expected) outcome = Outcome::undecided;
    }
  }
  return outcome;
}

}  // namespace istcheck
