#include "report/claim_figures.hpp"

#include <algorithm>
#include <set>

#include "claim/builtins.hpp"
#include "claim/latex.hpp"
#include "claim/printer.hpp"
#include "claim/world.hpp"
#include "report/case_figures.hpp"

namespace istcheck {

using claim::Claim;
using claim::Constant;
using claim::Evaluator;
using claim::Expr;
using claim::Scalar;
using claim::Value;
using claim::Verdict;

namespace {

const claim::Variable* rounds_variable(const Claim& c) {
  for (const auto& v : c.variables) {
    if ((v.name == "k" || v.name == "K") && v.kind == claim::Kind::integer) return &v;
  }
  return nullptr;
}

/// The relation between two numbers that the claim ends with.
const Expr* comparison(const Claim& c) {
  if (c.conclusions.empty()) return nullptr;
  const Expr& e = *c.conclusions.back().value;
  const bool numbers = e.op == claim::Op::relation && e.args.size() == 2 &&
                       e.args[0]->type.shape == claim::Shape::scalar;
  return numbers ? &e : nullptr;
}

using Values = std::map<std::string, Value>;

/// Points (K, side) for K = first..last at the values that the evaluator has.
Series side(Evaluator& evaluator, const Expr& e, const std::string& variable, int first, int last,
            std::string name, Series::Style style) {
  Series s{std::move(name), style, {}};
  for (int k = first; k <= last; ++k) {
    const Scalar round(k);
    const Value value(round);
    evaluator.set_variable(variable, value);
    s.points.emplace_back(round, evaluator.scalar(e));
  }
  return s;
}

/// Calls f at the first choice of the variables with the verdict, and sets back what f changed.
void at_witness(const Claim& c, const Case& one, claim::EvaluationOptions options, Verdict wanted,
                const std::function<void(Evaluator&)>& f) {
  bool done = false;
  for (const bool every_value : {false, true}) {  // most often it is among those looked at
    if (done) return;
    options.every_value = every_value;
    claim::judge(c, &one, options, [&](Evaluator& evaluator, Verdict here) {
      if (done || here != wanted) return;
      done = true;
      const Values before = evaluator.variables();
      f(evaluator);
      for (const auto& [name, value] : before) evaluator.set_variable(name, value);
    });
  }
}

bool hypotheses_hold(const Claim& c, Evaluator& evaluator) {
  return std::all_of(c.hypotheses.begin(), c.hypotheses.end(),
                     [&](const auto& h) { return evaluator.truth(*h.value).yes(); });
}

/// The right side of a claim that repairs the drawn one, at the same values.
void add_repair(Figure& f, const Claim& repair, const Case& one, const Values& values, int last,
                const claim::EvaluationOptions& options) {
  const auto* rounds = rounds_variable(repair);
  const Expr* relation = comparison(repair);
  if (rounds == nullptr || relation == nullptr || claim::unfit(repair, one, options)) return;
  at_witness(repair, one, options, Verdict::holds, [&](Evaluator& evaluator) {
    for (const auto& v : repair.variables) {
      const auto known = values.find(v.name);
      if (v.name != rounds->name && known != values.end())
        evaluator.set_variable(v.name, known->second);
    }
    if (!hypotheses_hold(repair, evaluator)) return;
    f.series.push_back(side(evaluator, *relation->args[1], rounds->name, 1, last,
                            "right side of " + repair.id, Series::Style::dashed));
  });
}

const Case* case_named(const std::vector<Case>& cases, const std::string& name) {
  const auto found =
      std::find_if(cases.begin(), cases.end(), [&](const Case& c) { return c.name == name; });
  return found == cases.end() ? nullptr : &*found;
}

/// The case of the verdict with the longest witness.
std::string least_special(const ClaimEntry& entry, Verdict verdict) {
  const claim::CaseVerdict* best = nullptr;
  for (const auto& c : entry.verdict.cases) {
    if (c.verdict == verdict && (best == nullptr || c.sides.size() > best->sides.size())) best = &c;
  }
  return best->case_name;
}

std::optional<Figure> figure_on(const ClaimEntry& entry, const std::vector<ClaimEntry>& all,
                                const Case& one, Verdict verdict, int rounds,
                                const claim::EvaluationOptions& options) {
  const Claim& c = *entry.claim;
  const auto* variable = rounds_variable(c);
  const Expr* relation = comparison(c);
  Figure f;
  f.id = "claim-" + figure_id(c.id) + "-on-" + figure_id(one.name);
  f.title = "Both sides on the case " + one.name;
  f.x_label = "rounds " + variable->name;
  f.y_label = "both sides";
  Values values;
  at_witness(c, one, options, verdict, [&](Evaluator& evaluator) {
    values = evaluator.variables();
    for (const auto& v : c.variables) {
      if (v.name == variable->name) continue;
      f.caption +=
          (f.caption.empty() ? "At " : ", ") + v.name + " = " + claim::to_string(values.at(v.name));
    }
    f.series.push_back(side(evaluator, *relation->args[0], variable->name, 1, rounds, "left side",
                            Series::Style::line));
    f.series.push_back(side(evaluator, *relation->args[1], variable->name, 1, rounds, "right side",
                            Series::Style::dashed));
  });
  if (f.series.empty()) return std::nullopt;
  f.caption += f.caption.empty() ? "" : ".";
  for (const auto& id : entry.repaired_by) {
    const auto repair = std::find_if(all.begin(), all.end(),
                                     [&](const ClaimEntry& e) { return e.claim->id == id; });
    if (repair != all.end()) add_repair(f, *repair->claim, one, values, rounds, options);
  }
  f.y_log = spans_decades(f);
  return f;
}

/// "beta = 1/8" for the variables that the case does not fix.
std::string other_values(const Claim& c, const Values& values, const std::string& rounds) {
  std::string out;
  for (const auto& v : c.variables) {
    if (v.name == rounds || claim::replaced_by(v.name) != Constant::none) continue;
    out += (out.empty() ? "" : ", ") + v.name + " = " + claim::to_string(values.at(v.name));
  }
  return out;
}

/// Both sides of a bound on a case.
struct Bound {
  std::string left_latex;
  Series left, right;
};

/// The strongest bound that the claim gives on the case, if any.
std::optional<Bound> strongest_bound(const Claim& c, const Case& one, int rounds,
                                     claim::EvaluationOptions options) {
  options.every_value = false;
  const std::string variable = rounds_variable(c)->name;
  const Expr& relation = *comparison(c);
  claim::World world(one, options);
  std::set<std::string> seen;
  std::optional<Scalar> least;
  Bound bound;
  claim::judge(c, &one, options, [&](Evaluator& evaluator, Verdict) {
    const Values before = evaluator.variables();
    const std::string others = other_values(c, before, variable);
    if (!seen.insert(others).second) return;
    const std::string step = to_text(Constant::gamma), start = to_text(Constant::x0);
    if (before.count(step) > 0) evaluator.set_variable(step, Scalar(one.step));
    if (before.count(start) > 0) evaluator.set_variable(start, world.start());
    evaluator.set_variable(variable, Scalar(rounds));
    if (hypotheses_hold(c, evaluator)) {
      const Scalar last = evaluator.scalar(*relation.args[1]);
      if (!least || claim::compare(last, *least) < 0) {
        least = last;
        bound.left_latex = claim::to_latex(*relation.args[0]);
        bound.left = side(evaluator, *relation.args[0], variable, 1, rounds, "left side",
                          Series::Style::line);
        bound.right =
            side(evaluator, *relation.args[1], variable, 1, rounds,
                 "bound of " + c.id + (others.empty() ? "" : ", " + others), Series::Style::dashed);
      }
    }
    for (const auto& [name, value] : before) evaluator.set_variable(name, value);
  });
  if (!least) return std::nullopt;
  return bound;
}

/// Whether the claim ends with "left ≤ right" about all rounds, is expected to hold, and holds on
/// the case. A γ of its own means constant steps.
bool bounds(const ClaimEntry& e, const Case& one) {
  const Claim& c = *e.claim;
  const Expr* relation = comparison(c);
  if (c.expectation != claim::Expectation::holds || rounds_variable(c) == nullptr ||
      relation == nullptr || relation->relations.front() != claim::Relation::le)
    return false;
  const bool constant_steps =
      std::any_of(c.variables.begin(), c.variables.end(),
                  [](const auto& v) { return claim::replaced_by(v.name) == Constant::gamma; });
  if (one.schedule && constant_steps) return false;
  return std::any_of(e.verdict.cases.begin(), e.verdict.cases.end(), [&](const auto& v) {
    return v.case_name == one.name && v.verdict == Verdict::holds;
  });
}

}  // namespace

std::vector<Figure> bound_figures(const Case& one, const std::vector<ClaimEntry>& all, int rounds,
                                  const claim::EvaluationOptions& options) {
  std::map<std::string, Figure> figures;  // by the left side
  for (const auto& e : all) {
    if (!bounds(e, one)) continue;
    auto bound = strongest_bound(*e.claim, one, rounds, options);
    if (!bound) continue;
    Figure& f = figures[bound->left_latex];
    if (f.series.empty()) {
      f.id = "case-" + figure_id(one.name) + "-bound-" + figure_id(e.claim->id);
      f.title = one.name + ": " + e.claim->title;
      f.left = bound->left_latex;
      f.x_label = "rounds " + rounds_variable(*e.claim)->name;
      f.y_label = "left side and its bounds";
      f.series.push_back(std::move(bound->left));
    }
    f.series.push_back(std::move(bound->right));
  }
  std::vector<Figure> out;
  for (auto& [text, f] : figures) {
    f.y_log = spans_decades(f);
    out.push_back(std::move(f));
  }
  return out;
}

std::vector<Figure> claim_figures(const ClaimEntry& entry, const std::vector<ClaimEntry>& all,
                                  const std::vector<Case>& cases, int rounds,
                                  const claim::EvaluationOptions& options) {
  if (rounds_variable(*entry.claim) == nullptr || comparison(*entry.claim) == nullptr ||
      entry.shown.empty())
    return {};
  const Verdict verdict = entry.shown.front().verdict.verdict;
  const std::string first = entry.shown.front().verdict.case_name,
                    second = least_special(entry, verdict);
  std::vector<Figure> figures;
  for (const auto& name : {first, second}) {
    const Case* one = case_named(cases, name);
    if (one == nullptr || (!figures.empty() && name == first)) continue;
    if (auto f = figure_on(entry, all, *one, verdict, rounds, options))
      figures.push_back(std::move(*f));
  }
  return figures;
}

}  // namespace istcheck
