#include "search/counterexample.hpp"

#include <algorithm>

#include "claim/printer.hpp"
#include "exact/linalg.hpp"
#include "search/entries.hpp"
#include "search/shape.hpp"
#include "search/uses.hpp"

namespace istcheck::search {

using istcheck::to_string;

using claim::Verdict;

namespace {

std::vector<Evaluated> evaluated(const claim::Claim& c, claim::Evaluator& e) {
  std::vector<Evaluated> result;
  const auto add = [&](const char* what, const claim::Statement& s) {
    const claim::Truth t = e.truth(*s.value);
    const std::string label = s.label.empty() ? what : std::string(what) + " \"" + s.label + "\"";
    result.push_back({label, claim::to_text(*s.value), t.sides, t.yes()});
  };
  for (const auto& h : c.hypotheses) add("hypothesis", h);
  for (const auto& s : c.conclusions) {
    add("conclusion", s);
    if (!result.back().holds) break;  // a later one may have no value here
  }
  return result;
}

/// Other values for a number: neighbours, its double, its negative, 0.
std::vector<Rational> others(const Rational& x, bool positive) {
  std::vector<Rational> values;
  for (const Rational& v : {Rational(x + 1), Rational(x - 1), Rational(x * 2), Rational(x / 2),
                            Rational(x * Rational(101, 100)), Rational(x * Rational(99, 100)),
                            Rational(-x), Rational(0)}) {
    if (v == x || (positive && v <= 0)) continue;
    if (std::find(values.begin(), values.end(), v) == values.end()) values.push_back(v);
  }
  return values;
}

/// A value that makes the configuration inadmissible or the hypotheses false says nothing.
bool speaks(const Referee& referee, const Case& c) {
  if (!Referee::admissible(c)) return false;
  try {
    if (claim::unfit(referee.claim(), c, referee.options())) return false;
    const auto found = claim::judge(referee.claim(), &c, referee.options()).verdict;
    return found == Verdict::holds || found == Verdict::violated;
  } catch (const std::exception&) {
    return false;
  }
}

std::vector<Probe> probes_of(const Referee& referee, const Case& found, const Patience& patience) {
  std::vector<Probe> probes;
  Case c = found;
  for (const Entry& e : entries_of(c)) {
    const Rational before = *e.places[0];
    if (e.name.rfind("noise", 0) == 0 && before == 0) continue;
    Probe p{e.name, to_string(before), {}, {}};
    for (const Rational& v : others(before, e.positive)) {
      if (patience.over()) return probes;
      for (Rational* place : e.places) *place = v;
      if (!speaks(referee, c)) continue;
      (referee.violation(c) ? p.kept : p.lost).push_back(to_string(v));
    }
    for (Rational* place : e.places) *place = before;
    if (!p.kept.empty() || !p.lost.empty()) probes.push_back(std::move(p));
  }
  return probes;
}

std::string why_of(const claim::CaseVerdict& v) {
  std::string text = "the conclusion " + v.statement + " is false";
  if (!v.values.empty()) text += " at " + v.values;
  return v.sides.empty() ? text : text + ": " + v.sides;
}

}  // namespace

Counterexample explain(const Referee& referee, const Shrunk& shrunk, const std::string& found_by,
                       const Patience& patience) {
  Counterexample result;
  result.c = with_values(shrunk.finding);
  const bool named = names_cases(referee.claim());
  if (!named) result.c.name = referee.claim().id;
  result.history = shrunk.history;
  result.found_by = found_by;
  result.shape = to_string(Shape{static_cast<int>(result.c.n()), static_cast<int>(result.c.d()),
                                 result.c.sketch, result.c.method});
  result.verdict = claim::judge(referee.claim(), &result.c, referee.options(),
                                [&](claim::Evaluator& e, Verdict v) {
                                  if (v == Verdict::violated)
                                    result.statements = evaluated(referee.claim(), e);
                                });
  result.why = why_of(result.verdict);
  if (!named) result.probes = probes_of(referee, shrunk.finding.c, patience);
  return result;
}

Counterexample explain_alone(const Referee& referee, const Finding& f,
                             const std::string& found_by) {
  Counterexample result;
  result.has_case = false;
  result.c.name = referee.claim().id;
  result.verdict = claim::judge(referee.claim(), nullptr, referee.options(),
                                [&](claim::Evaluator& e, Verdict v) {
                                  if (v == Verdict::violated)
                                    result.statements = evaluated(referee.claim(), e);
                                });
  result.shape = f.verdict.case_name;
  result.why = why_of(result.verdict);
  result.found_by = found_by;
  return result;
}

}  // namespace istcheck::search
