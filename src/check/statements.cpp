// Statements: relations, logic from left to right, quantifiers.
#include <algorithm>

#include "check/method.hpp"

namespace istcheck::check {

using claim::Expr;
using claim::Op;
using claim::Relation;

namespace {

/// b `turned(r)` a says what a r b does.
Relation turned(Relation r) {
  using enum Relation;
  return r == lt ? gt : r == le ? ge : r == gt ? lt : r == ge ? le : r;
}

}  // namespace

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
      return over_kind(e);
    case Op::surely:
      return surely(e);
    case Op::in_set: {
      const long k = integer(arg(0));
      const auto all = elements_of(arg(1));
      return std::find(all.begin(), all.end(), k) != all.end();
    }
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

/// What is said of rho_square, lambda_max and lambda_min of unknowns is asked of their matrices
/// (docs/semantics.md 19.8): λ_max(A, B) < r exactly if rB − A ≻ 0, and <= r exactly if rB − A ⪰ 0,
/// for B ≻ 0; λ_min(A, B) = −λ_max(−A, B). Nothing: e is none of these, or has no unknowns.
/// `known`: rho_square without unknowns, of which a certificate's interval may tell too little.
std::optional<Evaluator::Extreme> Evaluator::extreme_of(const Expr& e, bool known) {
  if (!facts_.compares_extremes() && !known) return std::nullopt;
  const auto unknown = [](const Mat& m) {
    return std::any_of(m.entries().begin(), m.entries().end(),
                       [](const Number& x) { return x.has_unknown(); });
  };
  if (e.op == Op::name && place_of(e.name) == kNone) {
    if (const Expr* named = definition(e.name))
      return inside(*named, [&](const Expr& d) { return extreme_of(d, known); });
    const Constant name = claim::constant_named(e.name);
    const bool radius =
        own(e.name) == nullptr && (name == Constant::rho_square || name == Constant::rho_mean);
    if (!radius || last_step().has_unknown() == known) return std::nullopt;
    return radius_of(round(last_step(), -1).map.leading(state_size()), name, known);
  }
  if (e.op == Op::call && known) {  // rho_square(reachable)
    const Constant name = claim::constant_named(e.name);
    if (name != Constant::rho_square && name != Constant::rho_mean) return std::nullopt;
    if (reachable_states().pivots.empty()) return std::nullopt;
    return radius_of(text_method().on_reachable(), name, known);
  }
  const Function which = e.op == Op::call ? claim::function_named(e.name) : Function::none;
  const bool least = which == Function::lambda_min;
  if (known || (!least && which != Function::lambda_max)) return std::nullopt;
  const auto [a, b] = pencil(e);
  if (!unknown(a) && !unknown(b)) return std::nullopt;
  return Extreme{least,
                 [this, a = Number(least ? -1 : 1) * a, b = b](const Number& r, bool strict) {
                   const Mat gap = r * b - a;
                   return strict ? facts_.definiteness(gap) == Definiteness::positive
                                 : facts_.semidefinite(gap);
                 }};
}

/// ρ(T) < r is asked of T on entries; that of the mean A is √ρ(S ↦ A S Aᵀ), and r must not be
/// negative.
std::optional<Evaluator::Extreme> Evaluator::radius_of(const CongruenceSum& t, Constant name,
                                                       bool known) {
  const bool mean = name == Constant::rho_mean;
  const Mat map = (mean ? CongruenceSum{{{Number(1), t.mean()}}} : t).on_entries();
  const bool unknowns = std::any_of(map.entries().begin(), map.entries().end(),
                                    [](const Number& x) { return x.has_unknown(); });
  if (known && unknowns) return std::nullopt;
  return Extreme{false, [this, map, mean](const Number& r, bool strict) {
                   if (!mean) return radius_below(facts_, map, r, strict);
                   return !facts_.negative(r) && radius_below(facts_, map, r * r, strict);
                 }};
}

/// left `is` right, where one is an extreme eigenvalue r of which extreme_of speaks.
std::optional<bool> Evaluator::compared_extremes(const Expr& left, Relation is, const Expr& right,
                                                 bool known) {
  using enum Relation;
  auto extreme = extreme_of(left, known);
  const bool on_left = extreme.has_value();
  if (!on_left) extreme = extreme_of(right, known);
  if (!extreme) return std::nullopt;
  const Number other = scalar(on_left ? right : left), r = extreme->least ? -other : other;
  const Relation order = on_left != extreme->least ? is : turned(is);
  const auto below = [&](bool strict) { return extreme->below(r, strict); };
  if (order == lt || order == ge) return below(true) == (order == lt);
  if (order == le || order == gt) return below(false) == (order == le);
  return (below(false) && !below(true)) == (order == eq);
}

/// Number k of a chain of relations.
bool Evaluator::relation(const Expr& e, size_t k) {
  const Expr &left = *e.args[k], &right = *e.args[k + 1];
  const Relation order = e.relations[k];
  if (!form_of(left).scalar || !form_of(right).scalar) return compare(left, order, right);
  if (const auto extreme = compared_extremes(left, order, right, false)) return *extreme;
  try {
    return compare(left, order, right);
  } catch (const Undecided&) {
    if (const auto extreme = compared_extremes(left, order, right, true)) return *extreme;
    throw;
  }
}

/// The literal 0 takes the size of the other side.
bool Evaluator::compare(const Expr& left, Relation order, const Expr& right) {
  using enum Relation;
  Mat a = value(left), b = value(right);
  if (claim::is_zero_numeral(left) && !form_of(right).scalar) a = Mat(b.rows(), b.columns());
  if (claim::is_zero_numeral(right) && !form_of(left).scalar) b = Mat(a.rows(), a.columns());
  const auto is = [order](Relation one, Relation other) { return order == one || order == other; };
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
