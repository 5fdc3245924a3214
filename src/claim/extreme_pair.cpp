// Comparisons with an extreme eigenvalue of what has unknowns (docs/semantics.md 19.8): it has no
// value then, but what is said of it is decided.
#include "claim/evaluator.hpp"
#include "claim/radius.hpp"
#include "exact/unknowns.hpp"

namespace istcheck::claim {

namespace {

/// b `turned(r)` a says what a r b does.
Relation turned(Relation r) {
  switch (r) {
    case Relation::lt:
      return Relation::gt;
    case Relation::le:
      return Relation::ge;
    case Relation::gt:
      return Relation::lt;
    case Relation::ge:
      return Relation::le;
    default:
      return r;
  }
}

}  // namespace

/// Nothing: e is no such eigenvalue, or has no unknowns. λ_max(A, B) < r exactly if rB − A ≻ 0, for
/// B ≻ 0, and <= r exactly if rB − A ⪰ 0; λ_min(A, B) = −λ_max(−A, B).
std::optional<Evaluator::Extreme> Evaluator::extreme_of_unknowns(const Expr& e) {
  const bool follows = e.type.uses_variable || e.type.uses_bound;
  if (Assumptions::of_thread_or_null() == nullptr || !follows) return std::nullopt;
  if (e.op == Op::name && e.meaning == Meaning::definition)
    return extreme_of_unknowns(definition(e.name));
  if (e.op == Op::name && e.constant == Constant::rho_square) {
    const Surd step = last_step(e, e.name);
    if (!step.has_unknowns()) return std::nullopt;
    return Extreme{false, [&w = world(e), step](const Surd& r, bool strict) {
                     return radius_below(w.radius_coefficients(step, r), strict);
                   }};
  }
  const bool least = e.function == Function::lambda_min;
  if (e.op != Op::call || (!least && e.function != Function::lambda_max)) return std::nullopt;
  const auto [a, b] = pencil(e);
  if (!has_unknowns(a) && !has_unknowns(b)) return std::nullopt;
  return Extreme{least, [a = least ? SurdMatrix(-a) : a, b = b](const Surd& r, bool strict) {
                   const SurdMatrix gap = b * r - a;
                   return strict ? is_definite(gap) : is_semidefinite(gap);
                 }};
}

/// Part k of a chain; nothing: no side is such an eigenvalue.
std::optional<Truth> Evaluator::extreme_pair(const Expr& e, size_t k) {
  const Expr &a = *e.args[k], &b = *e.args[k + 1];
  auto extreme = extreme_of_unknowns(a);
  const bool left = extreme.has_value();
  if (!left) extreme = extreme_of_unknowns(b);
  if (!extreme) return std::nullopt;
  const Surd other = scalar(left ? b : a).need_surd("a bound of an eigenvalue of unknowns");
  const Surd bound = extreme->least ? -other : other;
  const auto below = [&](bool strict) { return extreme->below(bound, strict); };
  const auto holds = [&] {
    switch (left != extreme->least ? e.relations[k] : turned(e.relations[k])) {
      case Relation::lt:
        return below(true);
      case Relation::le:
        return below(false);
      case Relation::gt:
        return !below(false);
      case Relation::ge:
        return !below(true);
      case Relation::eq:
        return below(false) && !below(true);
      default:
        return below(true) || !below(false);
    }
  };
  return answer(holds(), a.place);
}

}  // namespace istcheck::claim
