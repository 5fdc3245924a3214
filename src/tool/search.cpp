#include "tool/search.hpp"

#include <algorithm>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "input/case_file.hpp"
#include "report/search_bulk_report.hpp"
#include "report/search_report.hpp"
#include "search/temporary_folder.hpp"
#include "search/uses.hpp"
#include "tool/certificates.hpp"
#include "tool/claim_files.hpp"
#include "tool/interrupt.hpp"
#include "tool/progress.hpp"
#include "tool/verification.hpp"
#include "tool/write_file.hpp"

namespace istcheck {
namespace {

namespace fs = std::filesystem;

struct SearchOptions {
  std::vector<std::string> claims;
  std::string claim_folder, given_cases, case_folder, certificates, output, tighten, from, smt2;
  int n = 0, d = 0, q = 0, largest = 3, steps = 16;
  double seconds = 60, proof_seconds = 10;
  unsigned threads = 0, megabytes = 1024;
  std::uint64_t seed = 1;
  bool json = false, markdown = false, details = false, all = false, no_solvers = false;
};

/// The claims, and the cases that are looked at first: named or the paper's own, and the shipped
/// ones only for claims that name their cases.
Chosen chosen_for(const SearchOptions& o) {
  Chosen chosen;
  chosen.take_claims(o.claims, o.claim_folder);
  const bool named = std::any_of(chosen.claims.begin(), chosen.claims.end(), search::names_cases);
  if (named || !o.given_cases.empty() || has_own_cases()) chosen.take_cases({}, o.given_cases);
  chosen.say();
  for (const claim::Claim& c : chosen.claims)
    if (c.method)
      throw InputError(c.source->name + ": the claim '" + c.id + "' is about the method '" +
                       c.method->name + "', and 'search' does not do methods as text yet");
  chosen.refuse_method_texts("search");
  return chosen;
}

search::Settings settings_of(const SearchOptions& o, const Chosen& chosen) {
  search::Settings s;
  const auto size = [](int value) { return value > 0 ? std::optional(value) : std::nullopt; };
  s.sizes = {size(o.n), size(o.d), size(o.q), o.largest};
  s.cases = chosen.cases;
  s.seconds = o.seconds;
  s.proof_seconds = o.proof_seconds;
  s.threads = o.threads > 0 ? o.threads : std::max(1U, std::thread::hardware_concurrency());
  s.seed = o.seed;
  s.solvers = {!o.no_solvers, o.megabytes, o.smt2};
  s.interrupt = &watch_interrupt();
  return s;
}

/// The most seconds that one search can take: proofs are looked for when its own time is over.
double limit_of(const search::Settings& s) { return s.seconds + s.proof_seconds; }

void deliver(const SearchOptions& o, const std::string& text) {
  if (o.output.empty()) {
    write_out(text);
  } else {
    write_file(o.output, text);
  }
}

/// What is known of a constant, also when an interrupt leaves the search for it.
struct Tightened {
  std::mutex mutex;
  search::Tightening known;
};

/// Whether an interrupt left it.
bool tighten_with_progress(const claim::Claim& c, const SearchOptions& o,
                           const std::optional<Rational>& from, search::Settings settings,
                           Tightened& tightened) {
  const bool ended = finish_or_leave(*settings.interrupt, [&] {
    const int most = search::kFirstValues + o.steps;
    Progress progress("values", static_cast<size_t>(most), limit_of(settings));
    settings.progress = [&](const std::string& text) { progress.detail(text); };
    const auto keep = [&](const search::Tightening& t) {
      const std::lock_guard lock(tightened.mutex);
      tightened.known = t;
    };
    keep(search::tighten(c, o.tighten, from, o.steps, settings,
                         [&](const search::Tightening& t, const Rational& value) {
                           keep(t);
                           progress.next(o.tighten + " = " + to_string(value));
                         }));
  });
  if (ended) return false;
  tightened.mutex.lock();  // nothing is added any more
  tightened.known.interrupted = true;
  return true;
}

void run_tighten(const SearchOptions& o, Outcome& outcome) {
  if (o.claims.size() != 1)
    throw InputError("--tighten needs exactly one claim; " + std::to_string(o.claims.size()) +
                     " were given");
  const Chosen chosen = chosen_for(o);
  const auto& claims = chosen.claims;
  if (claims.size() != 1)
    throw InputError("--tighten needs exactly one claim; " + o.claims[0] + " has several");
  std::optional<Rational> from;
  if (!o.from.empty()) {
    from = parse_rational(o.from);
    if (!from)
      throw InputError("--from: expected a number such as 4 or 3/2, found \"" + o.from + "\"");
  }
  auto settings = settings_of(o, chosen);
  settings.proof_seconds = 0;
  try {
    Tightened tightened;
    const bool left = tighten_with_progress(claims[0], o, from, settings, tightened);
    const search::Tightening& t = tightened.known;
    deliver(o, o.json ? tighten_json(claims[0], t) : tighten_text(claims[0], t));
    outcome = t.interrupted ? Outcome::undecided : Outcome::as_expected;
    if (left) leave(static_cast<int>(outcome));
  } catch (const std::invalid_argument& error) {
    throw InputError(error.what());
  }
}

std::string size_text(const search::Rung& r) {
  if (r.n == 0) return "";
  return " at n = " + std::to_string(r.n) + ", d = " + std::to_string(r.d);
}

/// The rungs that were searched before an interrupt, and whether it left one.
struct Climbed {
  std::mutex mutex;
  std::vector<search::Rung> rungs;
};

bool climb_with_progress(const std::vector<search::Rung>& rungs, search::Settings settings,
                         Climbed& climbed) {
  const bool ended = finish_or_leave(*settings.interrupt, [&] {
    Progress progress("searches", rungs.size(), limit_of(settings));
    settings.progress = [&](const std::string& text) { progress.detail(text); };
    for (const auto& rung : rungs) {
      if (*settings.interrupt) break;
      auto one = search::climb({rung}, settings, [&](const search::Rung& r) {
        progress.next(r.claim->id + size_text(r));
      });
      const std::lock_guard lock(climbed.mutex);
      for (auto& r : one) climbed.rungs.push_back(std::move(r));
    }
  });
  if (!ended) climbed.mutex.lock();  // nothing is added any more
  return !ended;
}

void run_ladder(const SearchOptions& o, Outcome& outcome) {
  const Chosen chosen = chosen_for(o);
  const auto& claims = chosen.claims;
  auto settings = settings_of(o, chosen);
  settings.proof_seconds = std::min(o.proof_seconds, o.seconds);
  const auto all = search::ladder(claims, settings.sizes);
  Climbed climbed;
  const bool left = climb_with_progress(all, settings, climbed);
  const auto& rungs = climbed.rungs;
  deliver(o, o.json ? ladder_json(rungs) : ladder_markdown(rungs));
  for (const auto& r : rungs) {
    const bool refuted = r.result.answer == search::Answer::refuted;
    if (refuted && r.claim->expectation == claim::Expectation::holds)
      outcome = Outcome::not_as_expected;
  }
  if (*settings.interrupt) outcome = Outcome::undecided;
  const std::string partial = interrupted_text(rungs.size(), all.size(), "sizes were searched");
  if (!partial.empty()) std::cerr << partial << "\n";
  if (left) leave(static_cast<int>(outcome));
}

/// Writes the counterexample beside the others; returns the name of the file.
std::string write_counterexample(const std::string& folder, const search::Result& r) {
  if (folder.empty() || !r.counterexample || !r.counterexample->has_case) return "";
  const fs::path file = fs::path(folder) / (r.counterexample->c.name + ".toml");
  std::error_code error;
  fs::create_directories(folder, error);
  write_file(file, write_case(r.counterexample->c));
  return file.string();
}

/// Verifies the claim on the counterexample's file and writes the certificate of that. Returns
/// whether the checker's evaluation contradicts it.
bool certify_counterexample(const SearchOptions& o, const SearchAnswer& a) {
  if (o.certificates.empty() || !a.result.counterexample) return false;
  std::vector<Case> cases;
  if (!a.file.empty()) cases = load_cases(a.file);
  std::vector<claim::ClaimVerdict> verdicts{verify_claim(*a.claim, cases, {})};
  // A claim that uses no case was also judged without one, which shows nothing here.
  auto& found = verdicts[0].cases;
  found.erase(std::remove_if(found.begin(), found.end(),
                             [](const auto& c) { return c.verdict != claim::Verdict::violated; }),
              found.end());
  std::cerr << write_certificates(o.certificates, verdicts, cases, {{a.file}, {}, false}, {},
                                  watch_interrupt())
                   .said;
  return verdicts[0].contradicted();
}

/// Writes the certificates of what was proved for whole shapes.
void certify_proofs(const SearchOptions& o, const SearchAnswer& a) {
  if (o.certificates.empty() || a.result.answer == search::Answer::refuted) return;
  std::cerr << write_proofs(o.certificates, *a.claim, a.result.proofs);
}

/// The search of the claim in place k of n; nothing where an interrupt left it.
std::optional<search::Result> search_with_progress(const claim::Claim& c, size_t k, size_t n,
                                                   search::Settings settings) {
  const auto result = std::make_shared<search::Result>();
  const bool ended = finish_or_leave(*settings.interrupt, [&c, k, n, settings, result]() mutable {
    Progress progress("claims", n, limit_of(settings), k);
    progress.next(c.id);
    settings.progress = [&](const std::string& text) { progress.detail(text); };
    *result = search::search(c, settings);
  });
  return ended ? std::optional(std::move(*result)) : std::nullopt;
}

void run_search(const SearchOptions& o, Outcome& outcome) {
  try_file(o.output);
  for (const std::string& folder : {o.case_folder, o.certificates, o.smt2}) try_folder(folder);
  std::error_code missing;
  search::remove_left_behind(fs::temp_directory_path(missing));
  if (!o.certificates.empty()) refuse_standard_input(o.claims);
  if (!o.tighten.empty()) return run_tighten(o, outcome);
  if (o.all) return run_ladder(o, outcome);
  if (o.claims.empty() && (!o.claim_folder.empty() || !has_own_claims()))
    throw InputError("search needs a claim, or --all; istcheck search --help has examples");
  const Chosen chosen = chosen_for(o);
  const auto& claims = chosen.claims;
  const auto settings = settings_of(o, chosen);
  std::vector<SearchAnswer> answers;
  bool left = false;
  for (const auto& c : claims) {
    if (*settings.interrupt) break;
    auto result = search_with_progress(c, answers.size(), claims.size(), settings);
    if (!result) {
      left = true;
      result.emplace().interrupted = true;
    }
    SearchAnswer a{&c, std::move(*result), "", chosen.again(c)};
    a.file = write_counterexample(o.case_folder.empty() ? o.certificates : o.case_folder, a.result);
    if (certify_counterexample(o, a)) outcome = Outcome::not_as_expected;
    certify_proofs(o, a);
    answers.push_back(std::move(a));
  }
  deliver(o, o.json       ? search_json(answers)
             : o.markdown ? search_markdown(answers)
                          : search_text(answers, o.details));
  for (const auto& a : answers) {
    for (const auto& r : a.result.rejected)
      std::cerr << "istcheck: " << a.claim->id << ": a searcher was wrong: " << r << "\n";
    if (a.result.answer == search::Answer::ill_defined) outcome = Outcome::bad_input;
    if (outcome == Outcome::bad_input || a.as_expected()) continue;
    if (!a.undecided()) {
      outcome = Outcome::not_as_expected;
    } else if (outcome == Outcome::as_expected) {
      outcome = Outcome::undecided;
    }
  }
  if (*settings.interrupt && outcome == Outcome::as_expected) outcome = Outcome::undecided;
  const std::string partial =
      interrupted_text(answers.size(), claims.size(), "claims were searched");
  if (!partial.empty()) std::cerr << partial << "\n";
  if (left) leave(static_cast<int>(outcome));
}

}  // namespace

void add_search(CommandLine& program, Outcome& outcome) {
  auto o = std::make_shared<SearchOptions>();
  Command command = program.add_command("search", "Look for configurations that violate a claim");
  command.option("CLAIM", o->claims,
                 "Names of claims, .claim files, folders of them, or - for standard input; all of "
                 "./claims when left out");
  command
      .option("--claims", o->claim_folder,
              "Where names are looked up; ./claims, else the shipped ones, when left out")
      .type_name("DIR");
  command
      .option("--cases", o->given_cases,
              "Cases to look at first, and those that a claim names; ./cases when left out")
      .type_name("DIR");
  command.option("-n", o->n, "Only this number of workers").positive();
  command.option("-d", o->d, "Only this dimension").positive();
  command.option("-q", o->q, "Only this q of the sketch").positive();
  command.option("--largest", o->largest, "The largest n and d tried").range(1, 12).shows_default();
  command.option("--seconds", o->seconds, "Time for each claim (with --all: each size)")
      .positive()
      .shows_default();
  command
      .option("--prove", o->proof_seconds,
              "Time to look for proofs of whole shapes (with --all: at most --seconds); 0: none")
      .non_negative()
      .shows_default();
  command.option("--threads", o->threads, "Threads; all processors when left out");
  command.option("--seed", o->seed, "Of the random searches").shows_default();
  command.option("--write", o->case_folder, "Write every counterexample as a case file")
      .type_name("DIR");
  command
      .option("--certificates", o->certificates,
              "Write certificates of counterexamples and of proofs, for istcheck-check")
      .type_name("DIR");
  command
      .option("--tighten", o->tighten,
              "How far a definition of the claim, a number, can be improved")
      .type_name("NAME");
  command.option("--from", o->from, "With --tighten: start from this value");
  command.option("--steps", o->steps, "With --tighten: bisections").range(0, 200).shows_default();
  command.flag("--all", o->all, "Every claim (or those named) over a ladder of sizes");
  command.flag("--no-solvers", o->no_solvers, "Leave out Z3 and cvc5");
  command.option("--memory", o->megabytes, "For Z3, on each query").type_name("MB").shows_default();
  command.option("--smt2", o->smt2, "Write every query for solvers as an SMT-LIB file")
      .type_name("DIR");
  command.flag("--json", o->json, "Write JSON; the fields are listed in docs/manual.md");
  command.flag("--markdown", o->markdown, "Write Markdown");
  command.flag("--details", o->details, "Also list what was tried");
  command.option("-o,--output", o->output, "Write to a file instead of standard output");
  command.footer(
      "Examples:\n"
      "  istcheck search perm1-loewner-converse\n"
      "  istcheck search remark1-positive -n 2 -d 4 -q 2 --write counterexamples\n"
      "  istcheck search remark1-positive --certificates build/counterexamples\n"
      "  istcheck search descent-theorem2 --certificates build/proofs\n"
      "  istcheck search --tighten factor thm2-constants --from 4 --seconds 2\n"
      "Exit codes: 0 refuted where that is expected and nothing found where not, 1 a claim "
      "expected\n"
      "to hold is refuted, 2 bad input or a claim without a value somewhere, 3 no counterexample "
      "to a claim expected to be refuted.");
  command.action([o, &outcome] { run_search(*o, outcome); });
}

}  // namespace istcheck
