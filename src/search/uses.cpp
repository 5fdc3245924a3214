#include "search/uses.hpp"

#include <algorithm>
#include <set>

namespace istcheck::search {

using claim::Claim;
using claim::Expr;
using claim::Op;

namespace {

void visit_tree(const Expr& e, const std::function<void(const Expr&)>& visit) {
  visit(e);
  for (const auto& arg : e.args) visit_tree(*arg, visit);
  for (const auto& binder : e.binders) {
    if (binder.low) visit_tree(*binder.low, visit);
    if (binder.high) visit_tree(*binder.high, visit);
  }
}

bool one_of(const std::string& name, const std::set<std::string>& names) {
  return names.count(name) > 0;
}

}  // namespace

void visit_expressions(const Claim& c, const std::function<void(const Expr&)>& visit) {
  const auto each = [&](const claim::ExprPtr& e) {
    if (e) visit_tree(*e, visit);
  };
  for (const auto& s : c.settings) each(s.condition);
  for (const auto& v : c.variables) {
    for (const auto& t : v.trials) {
      each(t.value);
      each(t.low);
      each(t.high);
      each(t.by);
    }
  }
  for (const auto& d : c.definitions) each(d.value);
  for (const auto& h : c.hypotheses) each(h.value);
  for (const auto& s : c.conclusions) each(s.value);
}

Uses uses_of(const Claim& c) {
  Uses uses;
  const auto variable = [&](const char* name) {
    return std::any_of(c.variables.begin(), c.variables.end(),
                       [&](const auto& v) { return v.name == name; });
  };
  const bool own_step = !variable("gamma"), own_start = !variable("x0");
  visit_expressions(c, [&](const Expr& e) {
    if (e.op == Op::number || e.meaning == claim::Meaning::bound ||
        e.meaning == claim::Meaning::definition || e.meaning == claim::Meaning::variable)
      return;
    const std::string& name = e.name;
    if (one_of(name, {"b", "bbar", "Cb", "xstar", "xinf", "f", "grad f", "g", "step", "x"}))
      uses.linear = true;
    if (one_of(name, {"gamma", "step", "x", "xinf", "rho_mean", "rho_square", "lyapunov"}))
      uses.step = uses.step || own_step;
    if (one_of(name, {"step", "x", "xinf", "rho_mean", "rho_square", "lyapunov"}))
      uses.rounds = true;
    if (one_of(name, {"noise", "x"})) uses.noise = true;
    // A variable x0 whose trials name x0 takes the case's own start.
    if (name == "x0" || (name == "x" && own_start)) uses.start = true;
  });
  // A variable without trials takes the case's own value.
  for (const auto& v : c.variables) {
    if (v.name == "gamma" && v.trials.empty()) uses.step = true;
    if (v.name == "x0" && v.trials.empty()) uses.start = true;
  }
  return uses;
}

std::vector<std::string> choices_of(const Claim& c, const std::string& key) {
  for (const auto& s : c.settings) {
    if (s.key == key && !s.choices.empty()) return s.choices;
  }
  return {};
}

bool names_cases(const Claim& c) { return !choices_of(c, "case").empty(); }

bool about_a_case(const Claim& c) {
  bool uses = !c.settings.empty();
  visit_expressions(c, [&](const Expr& e) { uses = uses || e.type.uses_case; });
  return uses;
}

bool has_flag(const Claim& c, const std::string& flag) {
  return std::any_of(c.settings.begin(), c.settings.end(), [&](const auto& s) {
    return s.key == flag && s.choices.empty() && !s.condition;
  });
}

}  // namespace istcheck::search
