// What the text alone says of an expression: whether it is a number, and whether a matrix has one
// row or one column by form (docs/semantics.md 2.1, 2.2, 2.5).
#include <algorithm>

#include "check/method.hpp"

namespace istcheck::check {

using claim::Expr;
using claim::Kind;
using claim::Op;

namespace {

bool is_one(const claim::ExprPtr& e) { return e && e->op == Op::number && e->value == 1; }

}  // namespace

Evaluator::Form Evaluator::form_of_name(Constant name) {
  switch (name) {
    case Constant::n:
    case Constant::d:
    case Constant::q:
    case Constant::p:
    case Constant::local_steps:
    case Constant::gamma:
    case Constant::theta_min:
    case Constant::rho_mean:
    case Constant::rho_square:
      return kNumber;
    case Constant::bbar:
    case Constant::xstar:
    case Constant::x0:
    case Constant::ones:
    case Constant::Cb:
    case Constant::xinf:
      return kVector;
    case Constant::Lbar:
    case Constant::Dbar:
    case Constant::identity:
    case Constant::Bbar:
    case Constant::lyapunov:
    case Constant::none:
      break;
  }
  return kMatrix;
}

Evaluator::Form Evaluator::form_of_index(Indexed name) {
  switch (name) {
    case Indexed::x:
    case Indexed::b:
      return kVector;
    case Indexed::L:
    case Indexed::D:
    case Indexed::noise:
    case Indexed::C:
      return kMatrix;
    case Indexed::gamma:
    case Indexed::none:
      break;
  }
  return kNumber;
}

Evaluator::Form Evaluator::form_of(const Expr& e) {
  if (const auto old = forms_.find(&e); old != forms_.end()) return old->second;
  const Form found = find_form(e);
  return forms_[&e] = found;
}

Evaluator::Form Evaluator::find_form(const Expr& e) {
  constexpr Form number = kNumber;
  const auto arg = [&](size_t k) { return form_of(*e.args.at(k)); };
  const auto either = [](const Form& a, const Form& b) {
    return Form{a.scalar || b.scalar, a.row || b.row, a.column || b.column};
  };
  const auto one = [&](size_t k) {
    const auto& b = e.binders.at(k);
    return b.domain == claim::Domain::range && is_one(b.low) && is_one(b.high);
  };
  switch (e.op) {
    case Op::name:
    case Op::index: {
      if (const size_t place = place_of(e.name); place != kNone)
        return e.op == Op::name ? bound_[place].form : number;
      if (scope_names_ != nullptr)
        if (const auto named = scope_names_->find(e.name); named != scope_names_->end()) {
          const size_t given = e.op == Op::name ? 0 : e.args.size();
          return given == named->second.ranges.size() ? named->second.form : number;
        }
      const Expr* own = definition(e.name);
      if (e.op == Op::index && own == nullptr && has_text() && claim::state_in(e, *claim_.method))
        return kVector;
      if (e.op == Op::index)  // of a named matrix an entry
        return form_of_index(own == nullptr ? claim::indexed_named(e.name) : Indexed::none);
      if (own != nullptr) return inside(*own, [&](const Expr& d) { return form_of(d); });
      for (const auto& v : claim_.variables)
        if (v.name == e.name) return form_of_kind(v.kind);
      if (has_text() && (claim_.method->state(e.name) != nullptr || text_method().given(e.name)))
        return text_method().form_of(e.name);
      return form_of_name(claim::constant_named(e.name));
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
    case Op::round_of:
      return arg(1);
    case Op::entry: {
      const auto state = has_text() ? claim::state_in(e, *claim_.method) : std::nullopt;
      return state && state->round != nullptr ? kVector : number;
    }
    case Op::transpose:
      return {arg(0).scalar, arg(0).column, arg(0).row};
    case Op::mul: {
      const Form a = arg(0), b = arg(1);
      if (a.scalar || b.scalar) return a.scalar ? b : a;
      return a.row && b.column ? number : Form{false, a.row, b.column};
    }
    case Op::vector:
      return {false, e.args.size() == 1, true};
    case Op::matrix: {
      Form all{false, e.args.size() == 1, e.args.at(0)->args.size() == 1};
      for (const auto& line : e.args)
        for (const auto& item : line->args) {
          const Form block = form_of(*item);
          all.row = all.row && (block.scalar || block.row);
          all.column = all.column && (block.scalar || block.column);
        }
      return all;
    }
    case Op::fold: {
      switch (claim::fold_named(e.name)) {
        case Fold::vec:
          return {false, one(0), true};
        case Fold::mat:
          return {false, one(0), one(1)};
        case Fold::min:
        case Fold::max:
          return number;
        case Fold::sum:
        case Fold::mean:
        case Fold::none:
          break;
      }
      const Restored outside(bound_);
      for (const auto& b : e.binders)
        bound_.push_back({b.name, Mat(), b.kind ? form_of_kind(*b.kind) : kNumber});
      return arg(0);
    }
    default:  // numbers, entries, norms
      return number;
  }
}

Evaluator::Form Evaluator::form_of_call(const Expr& e) {
  const Form last = form_of(*e.args.back());
  switch (claim::function_named(e.name)) {
    case Function::grad_f:
    case Function::g:
    case Function::step:
    case Function::e:
      return kVector;
    case Function::fixed:
    case Function::limit:
      return kVector;
    case Function::covariance:
    case Function::keep:
      return kMatrix;
    case Function::diag:
      return {false, last.row, true};
    case Function::Diag:
      return last.column ? Form{false, last.row, last.row} : last;
    case Function::row:
      return {false, true, form_of(*e.args[0]).column};
    case Function::column:
      return {false, form_of(*e.args[0]).row, true};
    case Function::pinv:
      return {false, last.column, last.row};
    case Function::kron: {
      const Form first = form_of(*e.args[0]);
      return {false, first.row && last.row, first.column && last.column};
    }
    case Function::inverse:
    case Function::sym:
    case Function::next:
      return last;
    case Function::f:
    case Function::sqrt:
    case Function::abs:
    case Function::ceil:
    case Function::surd:
    case Function::trace:
    case Function::det:
    case Function::lambda_max:
    case Function::lambda_min:
    case Function::lambda_min_plus:
    case Function::spectral_radius:
    case Function::inner:
    case Function::defined:
    case Function::rational:
    case Function::min:
    case Function::max:
    case Function::none:
      break;
  }
  return kNumber;
}

}  // namespace istcheck::check
