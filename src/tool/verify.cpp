#include "tool/verify.hpp"

#include <algorithm>
#include <iostream>
#include <memory>

#include "claim/check.hpp"
#include "claim/judge.hpp"
#include "claim/perturb.hpp"
#include "input/case_file.hpp"
#include "report/baseline.hpp"
#include "report/verify_report.hpp"
#include "tool/certificates.hpp"
#include "tool/claim_files.hpp"
#include "tool/interrupt.hpp"
#include "tool/verification.hpp"
#include "tool/write_file.hpp"

namespace istcheck {
namespace {

namespace fs = std::filesystem;
using claim::ClaimVerdict;

struct VerifyOptions {
  Asked asked;
  std::string junit, output, baseline, certificates;
  bool json = false, details = false, strict = false, enumerate = false, update_baseline = false,
       perturb = false;
  std::string max_outcomes = "20000";
};

claim::EvaluationOptions evaluation_options(const VerifyOptions& o) {
  claim::EvaluationOptions result;
  if (o.enumerate) result.route = Route::enumeration;
  const auto limit = parse_rational(o.max_outcomes);
  if (!limit || denominator(*limit) != 1 || *limit < 1) {
    throw InputError("--max-outcomes: expected a positive whole number, found \"" + o.max_outcomes +
                     "\"");
  }
  result.max_outcomes = numerator(*limit);
  return result;
}

/// Compares with the baseline, or replaces it. Returns whether something changed that should not
/// have.
bool against_baseline(const VerifyOptions& o, const Chosen& chosen,
                      const std::vector<ClaimVerdict>& verdicts) {
  fs::path file = o.baseline;
  const bool own_files = std::any_of(o.asked.claims.begin(), o.asked.claims.end(), is_file_name);
  if (o.baseline.empty() && own_files && !o.update_baseline) return false;
  if (o.baseline.empty()) {
    if (chosen.claim_folder.empty()) return false;
    // Shipped verdicts say nothing about a paper's own cases.
    const bool own_cases =
        chosen.origin.by_default && !is_shipped(chosen.origin.folder, "cases/paper");
    if (own_cases && is_shipped(chosen.claim_folder, "proofs/claims")) return false;
    file = chosen.claim_folder / "baseline.tsv";
  }
  std::error_code error;
  const bool exists = fs::exists(file, error);
  if (!exists && !o.update_baseline && !o.baseline.empty())
    throw InputError(file.string() + ": no such file");
  const Baseline before = exists ? read_baseline(read_text_file(file), file.string()) : Baseline();
  const Baseline now = baseline_of(verdicts);
  const bool whole = o.asked.case_files.empty() && o.asked.case_folder.empty();
  const auto changes = differences(before, now, whole);
  for (const auto& line : changes) std::cerr << "baseline: " << line << "\n";
  if (!o.update_baseline) return !changes.empty();
  Baseline merged = o.asked.claims.empty() && whole ? Baseline() : before;
  for (const auto& [key, entry] : now) merged[key] = entry;
  write_file(file, write_baseline(merged));
  std::cerr << "baseline: " << file.string() << " written: " << changes.size() << " changed, "
            << std::count_if(now.begin(), now.end(),
                             [&](const auto& e) { return before.count(e.first) == 0; })
            << " new\n";
  return false;
}

/// Changes every constant of every claim that is as expected, and says what noticed it. The last
/// line counts; a constant whose change nothing notices is listed with the reason.
std::string perturbation_text(const std::vector<ClaimVerdict>& verdicts,
                              const std::vector<Case>& cases,
                              const claim::EvaluationOptions& options) {
  std::string out;
  size_t red = 0, baseline = 0, survived = 0;
  for (const auto& v : verdicts) {
    if (v.outcome() != ClaimVerdict::Outcome::expected) continue;
    std::vector<const Case*> fitting;
    if (v.claim->family || !claim::uses_case(*v.claim)) {
      fitting.push_back(nullptr);
    } else {
      for (const auto& c : cases) {
        if (!claim::unfit(*v.claim, c, options)) fitting.push_back(&c);
      }
    }
    for (const auto& p : claim::perturb(*v.claim, fitting, options)) {
      ++(p.red ? red : p.caught ? baseline : survived);
      out += std::string(p.red      ? "red      "
                         : p.caught ? "baseline "
                                    : "survived ") +
             v.claim->id + ":" + std::to_string(p.place.line) + ":" +
             std::to_string(p.place.column) + " " + p.constant + " -> " + p.changed + ": " +
             (p.caught ? p.caught_by : p.reason) + "\n";
    }
  }
  return out + std::to_string(red) + " constants turn the run red, " + std::to_string(baseline) +
         " only change the baseline, " + std::to_string(survived) + " survive\n";
}

void run_verify(const VerifyOptions& o, Outcome& outcome) {
  const auto options = evaluation_options(o);
  try_file(o.output);
  try_file(o.junit);
  if (!o.certificates.empty()) {
    o.asked.refuse_standard_input();
    try_folder(o.certificates);
  }
  if (o.update_baseline) try_file(o.baseline);
  const Chosen chosen = choose(o.asked);
  const auto& claims = chosen.claims;
  const auto& cases = chosen.cases;
  const auto& interrupted = watch_interrupt();
  auto [verdicts, left] = verify_claims(claims, cases, options, interrupted);
  for (auto& v : verdicts) v.strict = o.strict;
  const std::string missing =
      interrupted_text(verdicts.size(), claims.size(), "claims were checked");
  std::string written;  // before the verdicts are told, since it may contradict them
  if (!o.certificates.empty() && !left) {
    auto files =
        write_certificates(o.certificates, verdicts, cases, chosen.origin, options, interrupted);
    written = files.said;
    left = files.left;
  }
  std::string text = o.json ? verify_json(verdicts, missing) : verify_text(verdicts, missing);
  if (o.details && !o.json) {
    for (const auto& v : verdicts) text += "\n" + v.claim->id + "\n" + verify_details(v);
  }
  if (o.perturb && !left) text = perturbation_text(verdicts, cases, options);
  if (o.output.empty()) {
    write_out(text);
  } else {
    write_file(o.output, text);
  }
  if (!o.junit.empty()) write_file(o.junit, verify_junit(verdicts));
  std::cerr << written;
  const bool changed = missing.empty() && against_baseline(o, chosen, verdicts);
  outcome = outcome_of(verdicts);
  if (interrupted && outcome == Outcome::as_expected) outcome = Outcome::undecided;
  if (changed && outcome != Outcome::bad_input) outcome = Outcome::not_as_expected;
  if (left) leave(static_cast<int>(outcome));
}

}  // namespace

void add_verify(CommandLine& program, Outcome& outcome) {
  auto o = std::make_shared<VerifyOptions>();
  Command command = program.add_command("verify", "Check claims on cases, exactly");
  o->asked.add_options(command);
  command.flag("--json", o->json, "Write JSON; the fields are listed in docs/claim-language.md");
  command.option("--junit", o->junit, "Also write a JUnit report").type_name("FILE");
  command.flag("--details", o->details, "Say for every case what was tried and both sides");
  command.flag("--strict", o->strict,
               "Not as expected is also what holds only at the values tried");
  command.flag("--enumerate", o->enumerate,
               "Run through all outcomes even where a closed form exists");
  command.option("--max-outcomes", o->max_outcomes, "Refuse to enumerate more outcomes than this")
      .shows_default();
  command
      .option("--baseline", o->baseline,
              "Verdicts to compare with; baseline.tsv beside the claims when left out")
      .type_name("FILE");
  command.flag("--update-baseline", o->update_baseline,
               "Replace the baseline and show what changed");
  command.flag("--perturb", o->perturb,
               "Change every constant of every claim in turn and say which case notices");
  command
      .option("--certificates", o->certificates,
              "Write a certificate of every verdict there, for istcheck-check")
      .type_name("DIR");
  command.option("-o,--output", o->output, "Write to a file instead of standard output");
  command.footer(
      "Examples:\n"
      "  istcheck verify\n"
      "  istcheck verify thm2 thm2-sharp --details\n"
      "  istcheck verify my.claim --cases cases/paper\n"
      "  istcheck verify --certificates build/certificates\n"
      "Exit codes: 0 all as expected, 1 something not as expected, a change against the "
      "baseline, or\n"
      "with --certificates a verdict that the checker's evaluation contradicts,\n"
      "2 bad input or a claim without a value, 3 something stayed undecided or no case supports "
      "a claim,\nand nothing failed.");
  command.action([o, &outcome] { run_verify(*o, outcome); });
}

}  // namespace istcheck
