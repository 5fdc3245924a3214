// Statements: relations, logic from left to right, quantifiers.
#include <algorithm>

#include "check/evaluator.hpp"

namespace istcheck::check {

using claim::Expr;
using claim::Op;
using claim::Relation;

bool Evaluator::truth(const Expr& e) {
  const auto arg = [&](size_t k) -> const Expr& { return *e.args[k]; };
  switch (e.op) {
    case Op::relation:
      for (size_t k = 0; k < e.relations.size(); ++k)
        if (!relation(e, k)) return false;
      return true;
    case Op::lnot:
      return !truth(arg(0));
    case Op::land:
      return std::all_of(e.args.begin(), e.args.end(), [&](const auto& a) { return truth(*a); });
    case Op::lor:
      return std::any_of(e.args.begin(), e.args.end(), [&](const auto& a) { return truth(*a); });
    case Op::implies:
      return !truth(arg(0)) || truth(arg(1));
    case Op::iff: {
      const bool left = truth(arg(0));
      return truth(arg(1)) == left;
    }
    case Op::quantifier:
      return quantifier(e);
    case Op::over_kind:
      throw Undecided("a quantifier over all elements of a kind");
    case Op::surely:
      return surely(e);
    case Op::at_member:
      return member(e).truth(arg(1));
    case Op::choose:
      return truth(truth(arg(0)) ? arg(1) : arg(2));
    case Op::name:
      if (const Expr* own = definition(e.name))
        return inside(*own, [&](const Expr& d) { return truth(d); });
      throw Undecided("'" + e.name + "' is no statement");
    case Op::call:
      return statement_call(e);
    default:
      throw Undecided("this is no statement");
  }
}

bool Evaluator::statement_call(const Expr& e) {
  const Function which = claim::function_named(e.name);
  if (which == Function::rational) {
    return rational(scalar(*e.args[0])).has_value();
  }
  if (which != Function::defined) throw Undecided("'" + e.name + "' is no statement");
  try {
    value(*e.args[0]);
    return true;
  } catch (const NoValue&) {
    return false;
  }
}

bool Evaluator::quantifier(const Expr& e) {
  const bool all = e.name == "forall";  // goes on while the statement is true, "exists" while false
  return each(e, [&] { return truth(*e.args[0]) == all; }) == all;
}

/// Whether the form of e shows that it has a value on every case and at every outcome: sums,
/// products and relations of numbers, vectors and matrices whose sizes are 1 and d. Not of every
/// one that has.
bool Evaluator::always_defined(const Expr& e) const {
  switch (e.op) {
    case Op::number:
      return true;
    case Op::name:
      if (place_of(e.name) != kNone) return true;
      if (const Expr* own = definition(e.name)) return always_defined(*own);
      if (own(e.name) != nullptr) return true;
      switch (claim::constant_named(e.name)) {
        case claim::Constant::n:
        case claim::Constant::d:
        case claim::Constant::Lbar:
        case claim::Constant::identity:
        case claim::Constant::Bbar:
          return true;
        case claim::Constant::bbar:
        case claim::Constant::Cb:
        case claim::Constant::Dbar:
        case claim::Constant::ones:
        case claim::Constant::q:
        case claim::Constant::p:
        case claim::Constant::local_steps:
        case claim::Constant::gamma:
        case claim::Constant::xstar:
        case claim::Constant::x0:
        case claim::Constant::xinf:
        case claim::Constant::theta_min:
        case claim::Constant::rho_mean:
        case claim::Constant::rho_square:
        case claim::Constant::lyapunov:
        case claim::Constant::none:
          return false;
      }
      return false;
    case Op::relation:
    case Op::lnot:
    case Op::land:
    case Op::lor:
    case Op::implies:
    case Op::iff:
    case Op::neg:
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::transpose:
      return std::all_of(e.args.begin(), e.args.end(),
                         [&](const auto& part) { return always_defined(*part); });
    default:
      return false;
  }
}

/// All outcomes are parts (docs/semantics.md 7.5): one without a value counts behind a false one,
/// too.
bool Evaluator::surely(const Expr& e) {
  if (world_ == nullptr) return truth(*e.args[0]);  // without a case there is nothing to draw
  Draws draws;
  const Restored outside(draws_);
  draws_ = &draws;
  bool all = true;
  const bool defined = always_defined(*e.args[0]);
  each_outcome(*e.args[0], [&](const Number&) {
    all = truth(*e.args[0]) && all;
    return draws.draw && (all || !defined);
  });
  return all;
}

/// Number k of a chain of relations. The literal 0 takes the size of the other side.
bool Evaluator::relation(const Expr& e, size_t k) {
  const Expr &left = *e.args[k], &right = *e.args[k + 1];
  Mat a = value(left), b = value(right);
  const auto zero = [](const Expr& side) { return side.op == Op::number && side.value == 0; };
  if (zero(left) && !form_of(right).scalar) a = Mat(b.rows(), b.columns());
  if (zero(right) && !form_of(left).scalar) b = Mat(a.rows(), a.columns());
  using enum Relation;
  const auto is = [order = e.relations[k]](Relation one, Relation other) {
    return order == one || order == other;
  };
  if (is(gt, ge) || is(succ, succeq)) std::swap(a, b);
  need(a.same_size(b));
  const Mat gap = b - a;
  if (is(eq, ne)) {
    const bool equal = std::all_of(gap.entries().begin(), gap.entries().end(),
                                   [&](const Number& x) { return facts_.zero(x); });
    return equal == is(eq, eq);
  }
  if (is(lt, gt)) return facts_.positive(gap.at(0, 0));
  if (is(le, ge)) return !facts_.negative(gap.at(0, 0));
  require_symmetric(a);
  require_symmetric(b);
  if (is(prec, succ)) return facts_.definiteness(gap) == Definiteness::positive;
  return facts_.semidefinite(gap);
}

}  // namespace istcheck::check
