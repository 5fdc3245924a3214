#include "tool/verification.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <mutex>

#include "claim/check.hpp"
#include "claim/unused.hpp"
#include "input/case_file.hpp"
#include "tool/claim_files.hpp"
#include "tool/interrupt.hpp"
#include "tool/progress.hpp"

namespace istcheck {

namespace fs = std::filesystem;
using claim::ClaimVerdict;

fs::path folder_or_shipped(const std::string& given, const char* shipped, const char* option) {
  const fs::path folder = given.empty() ? find_shipped(shipped) : fs::path(given);
  if (!folder.empty()) return folder;
  throw InputError(std::string("no folder ") + shipped + " here or above; name one with " + option);
}

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
  for (const auto& c : claims)
    for (const auto& note : claim::unused_notes(c)) std::cerr << note << "\n";
}

}  // namespace

std::vector<claim::Claim> chosen_claims(const std::vector<std::string>& words,
                                        const std::string& folder) {
  std::vector<claim::Claim> chosen;
  std::vector<std::string> names;
  for (const auto& word : words) {
    if (!is_file_name(word)) {
      names.push_back(word);
      continue;
    }
    auto own = load_claims(word);
    note_unused(own);
    for (auto& c : own) chosen.push_back(std::move(c));
  }
  if (names.empty() && !words.empty()) return chosen;
  const fs::path from = folder_or_shipped(folder, "proofs/claims", "--claims");
  auto all = load_claims(from);
  if (folder.empty()) say_installed("claims", from, all.size());
  if (names.empty() && !folder.empty()) note_unused(all);
  if (names.empty()) return all;
  for (const auto& name : names) claim_named(all, name);
  for (auto& c : all) {
    if (std::find(names.begin(), names.end(), c.id) != names.end()) chosen.push_back(std::move(c));
  }
  return chosen;
}

std::vector<Case> chosen_cases(const std::vector<std::string>& files, const std::string& folder) {
  std::vector<Case> cases;
  for (const auto& file : files) {
    for (auto& c : load_cases(file)) cases.push_back(std::move(c));
  }
  if (!files.empty()) return cases;
  const fs::path from = folder_or_shipped(folder, "cases/paper", "--cases");
  cases = load_cases(from);
  if (folder.empty()) say_installed("cases", from, cases.size());
  return cases;
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
