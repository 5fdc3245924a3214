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

/// What the engine says about every statement at a choice of the variables, and the elements that
/// settle quantifiers over kinds there.
struct Answers {
  std::map<std::string, bool> statements;
  std::map<std::string, claim::Value> elements;
};

/// At every choice that it looks at, and then at one that it found.
std::vector<Answers> engine_answers(const claim::Claim& claim, const Case* c,
                                    claim::EvaluationOptions options,
                                    const std::optional<claim::Choice>& found) {
  std::vector<Answers> answers;
  options.every_value = false;
  const auto at_choice = [&](claim::Evaluator& evaluator) {
    auto& here = answers.emplace_back();
    const auto add = [&](const char* what, const std::vector<claim::Statement>& statements) {
      for (size_t k = 0; k < statements.size(); ++k) {
        try {
          const auto t = evaluator.truth(*statements[k].value);
          if (!t.undecided()) here.statements[what + std::to_string(k + 1)] = t.yes();
        } catch (const std::exception&) {  // no value there: nothing to trust
        }
      }
    };
    add("hypothesis ", claim.hypotheses);
    add("conclusion ", claim.conclusions);
    here.elements = evaluator.elements();
  };
  claim::judge(claim, c, options,
               [&](claim::Evaluator& evaluator, claim::Verdict) { at_choice(evaluator); });
  if (found) {
    const auto world = c == nullptr ? nullptr : std::make_unique<claim::World>(*c, options);
    claim::Evaluator evaluator(claim, world.get(), options);
    for (const auto& [name, value] : *found) evaluator.set_variable(name, value);
    at_choice(evaluator);
  }
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
  std::optional<std::vector<Answers>> engine;
  const auto answers_at = [&](size_t point) -> const Answers* {
    if (!engine) engine = engine_answers(claim, c, options, verdict.found);
    return point < engine->size() ? &(*engine)[point] : nullptr;
  };
  const auto element = [&](size_t point, const std::string& line) -> std::optional<claim::Value> {
    const Answers* here = answers_at(point);
    if (here == nullptr) return std::nullopt;
    const auto& known = here->elements;
    if (const auto same = known.find(line); same != known.end()) return same->second;
    // Roots around are written otherwise there: the only one of this place, whatever is around.
    const std::string place = line.substr(0, line.find(' ', line.find(':')));
    if (line.find("r1", place.size()) == std::string::npos) return std::nullopt;
    const auto first = known.lower_bound(place), last = known.lower_bound(place + "!");
    return first != known.end() && first != last && std::next(first) == last
               ? std::optional(first->second)
               : std::nullopt;
  };
  bool every_value = verdict.scope == claim::Scope::all &&
                     std::any_of(claim.variables.begin(), claim.variables.end(),
                                 [](const claim::Variable& v) { return !v.ranged; });
  while (trust.size() <= kMostTrusted) {
    Prover prover(violated ? verdict.tried.size() - 1 : 0, trust, every_value, verdict.found,
                  element);
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
      const auto& [point, what] = prover.spot();
      const Answers* here = answers_at(point);
      if (here == nullptr || here->statements.count(what) == 0) {
        result.reason = what + ": " + error.what();
        return result;
      }
      trust[*statement] = here->statements.at(what);
      result.trusted.push_back(what + " at choice " + std::to_string(point + 1) + ": " +
                               error.what());
    }
  }
  result.reason = "too many statements that cannot be shown";
  return result;
}

}  // namespace istcheck::search
