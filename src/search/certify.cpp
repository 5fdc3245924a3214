#include "search/certify.hpp"

#include <algorithm>

#include "check/replay.hpp"
#include "search/prover.hpp"

namespace istcheck::search {
namespace {

constexpr cert::Limits kGenerous{cert::kCaps.steps, 20'000, 64, 4'000, 20'000};
/// Where numbers are polynomials in the claim's variables, too.
constexpr cert::Limits kForEveryValue{cert::kCaps.steps, 20'000, 20'000, 4'000, 20'000};
constexpr size_t kMostTrusted = 200;

/// What the engine says about every statement at every choice of the variables.
using Answers = std::vector<std::map<std::string, bool>>;

Answers engine_answers(const claim::Claim& claim, const Case* c, claim::EvaluationOptions options) {
  Answers answers;
  options.every_value = false;
  claim::judge(claim, c, options, [&](claim::Evaluator& evaluator, claim::Verdict) {
    auto& here = answers.emplace_back();
    const auto add = [&](const char* what, const std::vector<claim::Statement>& statements) {
      for (size_t k = 0; k < statements.size(); ++k) {
        try {
          const auto t = evaluator.truth(*statements[k].value);
          if (!t.undecided()) here[what + std::to_string(k + 1)] = t.yes();
        } catch (const std::exception&) {  // no value there: nothing to trust
        }
      }
    };
    add("hypothesis ", claim.hypotheses);
    add("conclusion ", claim.conclusions);
  });
  return answers;
}

}  // namespace

std::string contradiction(claim::Verdict engine, const std::string& checker) {
  const std::string word = to_string(engine);
  if (word == checker) return "";
  return "verdict \"" + word + "\" of the engine, \"" + checker + "\" of the checker's evaluation";
}

Certified certify(const claim::Claim& claim, const std::string& claim_hash, const Case* c,
                  const std::string& case_hash, const claim::CaseVerdict& verdict,
                  const claim::EvaluationOptions& options) {
  Certified result;
  if (verdict.verdict == claim::Verdict::undecided ||
      verdict.verdict == claim::Verdict::ill_defined) {
    result.reason =
        "the verdict is " + (verdict.unreached ? "unreached" : to_string(verdict.verdict));
    return result;
  }
  const bool violated = verdict.verdict == claim::Verdict::violated;
  std::map<size_t, bool> trust;
  std::optional<Answers> engine;
  bool every_value = verdict.scope == claim::Scope::all &&
                     std::any_of(claim.variables.begin(), claim.variables.end(),
                                 [](const claim::Variable& v) { return !v.ranged; });
  while (trust.size() <= kMostTrusted) {
    Prover prover(violated ? verdict.tried.size() - 1 : 0, trust, every_value, verdict.found);
    const cert::Limits& limits = every_value ? kForEveryValue : kGenerous;
    try {
      const auto found = check::replay(claim, c, prover, limits, violated);
      if (verdict.verdict == claim::Verdict::vacuous && found.verdict == "unreached") {
        result.reason = result.narrower;
        return result;
      }
      result.contradiction = contradiction(verdict.verdict, found.verdict);
      result.reason = result.contradiction;
      if (!result.contradiction.empty()) return result;
      cert::Certificate certificate{claim.id,      claim_hash, case_hash,
                                    found.verdict, limits,     prover.steps()};
      certificate.limits.steps = std::max<size_t>(1, certificate.steps.size());
      result.text = write_certificate(certificate);
      return result;
    } catch (const std::exception& error) {
      if (prover.at_every_value()) {  // not shown for all values: only where it was looked at
        every_value = false;
        result.narrower = error.what();
        continue;
      }
      const auto statement = prover.statement();
      if (!statement) {
        result.reason = error.what();
        return result;
      }
      if (prover.spot().what == "setting") {  // the engine has a verdict, so the case fits
        trust[*statement] = true;
        result.trusted.push_back(std::string("setting: ") + error.what());
        continue;
      }
      if (!engine) engine = engine_answers(claim, c, options);
      const auto& [point, what] = prover.spot();
      const auto* here = point < engine->size() ? &(*engine)[point] : nullptr;
      if (here == nullptr || here->count(what) == 0) {
        result.reason = what + ": " + error.what();
        return result;
      }
      trust[*statement] = here->at(what);
      result.trusted.push_back(what + " at choice " + std::to_string(point + 1) + ": " +
                               error.what());
    }
  }
  result.reason = "too many statements that cannot be shown";
  return result;
}

}  // namespace istcheck::search
