// What the text alone says of an expression: whether it is a number, and whether a matrix has one
// row or one column by form (docs/semantics.md 2.1, 2.2, 2.5).
#include <algorithm>
#include <set>

#include "check/evaluator.hpp"

namespace istcheck::check {

using claim::Expr;
using claim::Kind;
using claim::Op;

namespace {

using Names = std::set<std::string>;

const Names kNumbers{"n",     "d",         "q",        "p",         "local_steps",
                     "gamma", "theta_min", "rho_mean", "rho_square"};
const Names kVectors{"bbar", "xstar", "x0", "ones", "Cb", "xinf"};
const Names kMatricesOfWorkers{"L", "D", "noise", "C"};
const Names kMapsToVectors{"grad f", "g", "step", "e", "diag"};
const Names kMapsOfMatrices{"inverse", "sym"};

bool is_one(const claim::ExprPtr& e) { return e && e->op == Op::number && e->value == 1; }

}  // namespace

Evaluator::Form Evaluator::form_of(const Expr& e) {
  if (const auto old = forms_.find(&e); old != forms_.end()) return old->second;
  const Form found = find_form(e);
  return forms_[&e] = found;
}

Evaluator::Form Evaluator::find_form(const Expr& e) {
  constexpr Form number{true, false, false}, matrix, vector{false, false, true};
  const auto arg = [&](size_t k) { return form_of(*e.args.at(k)); };
  const auto either = [](const Form& a, const Form& b) {
    return Form{a.scalar || b.scalar, a.row || b.row, a.column || b.column};
  };
  const auto one = [&](size_t k) {
    const auto& b = e.binders.at(k);
    return b.domain.empty() && is_one(b.low) && is_one(b.high);
  };
  switch (e.op) {
    case Op::name:
    case Op::index: {
      if (place_of(e.name) != kNone) return number;
      const Expr* own = definition(e.name);
      if (e.op == Op::index) {  // of a named matrix an entry
        if (own == nullptr && (e.name == "x" || e.name == "b")) return vector;
        return own == nullptr && kMatricesOfWorkers.count(e.name) > 0 ? matrix : number;
      }
      if (own != nullptr) return inside(*own, [&](const Expr& d) { return form_of(d); });
      for (const auto& v : claim_.variables)
        if (v.name == e.name)
          return v.kind == Kind::scalar || v.kind == Kind::integer ? number
                 : v.kind == Kind::vector                          ? vector
                                                                   : matrix;
      return kNumbers.count(e.name) > 0 ? number : kVectors.count(e.name) > 0 ? vector : matrix;
    }
    case Op::call:
    case Op::call_at:
      return form_of_call(e);
    case Op::neg:
    case Op::expect:
    case Op::div:
    case Op::pow:
      return arg(0);
    case Op::add:
    case Op::sub:
      return either(arg(0), arg(1));
    case Op::choose:
      return either(arg(1), arg(2));
    case Op::at_member:
      return arg(1);
    case Op::transpose:
      return {arg(0).scalar, arg(0).column, arg(0).row};
    case Op::mul: {
      const Form a = arg(0), b = arg(1);
      if (a.scalar || b.scalar) return a.scalar ? b : a;
      return a.row && b.column ? number : Form{false, a.row, b.column};
    }
    case Op::vector:
      return {false, e.args.size() == 1, true};
    case Op::matrix:
      return {false, e.args.size() == 1, e.args.at(0)->args.size() == 1};
    case Op::fold: {
      if (e.name == "vec") return {false, one(0), true};
      if (e.name == "mat") return {false, one(0), one(1)};
      if (e.name == "min" || e.name == "max") return number;
      const Restored outside(bound_);
      for (const auto& b : e.binders) bound_.emplace_back(b.name, 0);
      return arg(0);
    }
    default:  // numbers, entries, norms
      return number;
  }
}

Evaluator::Form Evaluator::form_of_call(const Expr& e) {
  const Form last = form_of(*e.args.back());
  if (kMapsToVectors.count(e.name) > 0) return {false, e.name == "diag" && last.row, true};
  if (e.name == "Diag" && last.column) return {false, last.row, last.row};
  if (e.name == "Diag" || kMapsOfMatrices.count(e.name) > 0) return last;
  return {true, false, false};
}

}  // namespace istcheck::check
