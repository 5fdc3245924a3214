#include "search/uses.hpp"

#include <algorithm>

#include "claim/builtins.hpp"

namespace istcheck::search {

using claim::Claim;
using claim::Constant;
using claim::Expr;
using claim::Function;
using claim::Indexed;

namespace {

void visit_tree(const Expr& e, const std::function<void(const Expr&)>& visit) {
  visit(e);
  for (const auto& arg : e.args) visit_tree(*arg, visit);
  for (const auto& binder : e.binders) {
    if (binder.low) visit_tree(*binder.low, visit);
    if (binder.high) visit_tree(*binder.high, visit);
  }
}

/// What the value of a name depends on; `start` where that is the case's own.
void add_constant(Constant name, Uses& all) {
  switch (name) {
    case Constant::bbar:
    case Constant::Cb:
    case Constant::xstar:
      all.linear = true;
      break;
    case Constant::xinf:
      all.linear = all.step = all.rounds = true;
      break;
    case Constant::rho_mean:
    case Constant::rho_square:
    case Constant::lyapunov:
      all.step = all.rounds = true;
      break;
    case Constant::gamma:
      all.step = true;
      break;
    case Constant::x0:
      all.start = true;
      break;
    case Constant::n:
    case Constant::d:
    case Constant::q:
    case Constant::p:
    case Constant::local_steps:
    case Constant::Lbar:
    case Constant::Dbar:
    case Constant::identity:
    case Constant::ones:
    case Constant::Bbar:
    case Constant::theta_min:
    case Constant::none:
      break;
  }
}

void add_indexed(Indexed name, bool own_start, Uses& all) {
  switch (name) {
    case Indexed::x:
      all.linear = all.step = all.rounds = all.noise = true;
      all.start = all.start || own_start;
      break;
    case Indexed::b:
      all.linear = true;
      break;
    case Indexed::noise:
      all.noise = true;
      break;
    case Indexed::gamma:
      all.step = true;
      break;
    case Indexed::L:
    case Indexed::D:
    case Indexed::C:
    case Indexed::none:
      break;
  }
}

void add_function(Function name, Uses& all) {
  switch (name) {
    case Function::f:
    case Function::grad_f:
    case Function::g:
      all.linear = true;
      break;
    case Function::step:
      all.linear = all.step = all.rounds = true;
      break;
    case Function::e:
    case Function::sqrt:
    case Function::abs:
    case Function::ceil:
    case Function::surd:
    case Function::trace:
    case Function::det:
    case Function::lambda_max:
    case Function::lambda_min:
    case Function::spectral_radius:
    case Function::Diag:
    case Function::diag:
    case Function::row:
    case Function::column:
    case Function::pinv:
    case Function::kron:
    case Function::lambda_min_plus:
    case Function::inverse:
    case Function::sym:
    case Function::inner:
    case Function::defined:
    case Function::rational:
    case Function::min:
    case Function::max:
    case Function::next:
    case Function::fixed:
    case Function::limit:
    case Function::covariance:
    case Function::keep:
    case Function::none:
      break;
  }
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
  const auto variable = [&](Constant name) {
    return std::any_of(c.variables.begin(), c.variables.end(),
                       [&](const auto& v) { return claim::replaced_by(v.name) == name; });
  };
  const bool own_step = !variable(Constant::gamma), own_start = !variable(Constant::x0);
  visit_expressions(c, [&](const Expr& e) {
    // A variable x0 whose trials name x0 takes the case's own start.
    add_constant(e.constant, uses);
    add_indexed(e.indexed, own_start, uses);
    add_function(e.function, uses);
  });
  uses.step = uses.step && own_step;
  // A variable without trials takes the case's own value.
  for (const auto& v : c.variables) {
    const Constant replaced = claim::replaced_by(v.name);
    if (replaced == Constant::gamma && v.trials.empty()) uses.step = true;
    if (replaced == Constant::x0 && v.trials.empty()) uses.start = true;
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
