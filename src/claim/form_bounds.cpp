#include "claim/form_bounds.hpp"

#include <algorithm>

#include "claim/unknown_values.hpp"
#include "dynamics/quadratic_form.hpp"
#include "dynamics/theta.hpp"
#include "dynamics/unknown_polynomials.hpp"

namespace istcheck::claim {
namespace {

using decision::degree_in;
using decision::form_of;
using decision::matrix_of;
using decision::widened;

/// The least value of (v; 1)ᵀ H (v; 1), H ⪰ 0.
Surd least_value(SurdMatrix h) {
  const Index last = h.rows() - 1;
  for (Index i = 0; i < last; ++i) {
    if (is_zero(Scalar(h(i, i)))) continue;
    const Surd inverse = h(i, i).inverse();
    const SurdMatrix row = h.row(i);
    h -= row.transpose() * row * inverse;
  }
  return h(last, last);
}

}  // namespace

std::optional<std::pair<Surd, Surd>> compared_sides(const Expr& e, Evaluator& evaluator) {
  if (e.op != Op::relation || e.relations.size() != 1) return std::nullopt;
  const Relation r = e.relations[0];
  const bool up = r == Relation::le || r == Relation::lt;
  if (!up && r != Relation::ge && r != Relation::gt) return std::nullopt;
  const Value first = evaluator.value(*e.args[0]), second = evaluator.value(*e.args[1]);
  const auto *a = std::get_if<Scalar>(&first), *b = std::get_if<Scalar>(&second);
  if (a == nullptr || b == nullptr || a->surd() == nullptr || b->surd() == nullptr)
    return std::nullopt;
  return up ? std::pair(*a->surd(), *b->surd()) : std::pair(*b->surd(), *a->surd());
}

namespace {

std::optional<Scalar> greatest_ratio(const SurdMatrix& left, const SurdMatrix& right) {
  if (definiteness(SurdMatrix(-right)).psd) return std::nullopt;  // it is nowhere positive
  const bool rational = is_rational(left) && is_rational(right);
  const LeastTheta t =
      rational ? least_theta(to_rational(left), to_rational(right)) : least_theta(left, right);
  return t.least ? std::optional(Scalar(*t.least)) : std::nullopt;
}

/// With the variables as unknowns.
std::optional<FormBounds> bounds(const Claim& claim, const Expr& conclusion, World* world,
                                 Evaluator& evaluator, Ways& ways) {
  std::set<unsigned> entries;
  for (const Variable& v : claim.variables) {
    const UnknownValue unknown = unknown_value(v.kind, world, ways);
    for (const Surd& x : std::get<SurdMatrix>(unknown.value))
      entries.merge(decision::unknowns_of(x));
    evaluator.set_variable(v.name, unknown.value);
  }
  const long before = ways.answers();
  const auto both = compared_sides(conclusion, evaluator);
  if (!both || ways.answers() != before) return std::nullopt;
  const auto& [left, right] = *both;
  if (degree_in(left, entries) > 2 || degree_in(right, entries) > 2) return std::nullopt;
  const std::vector<unsigned> list(entries.begin(), entries.end());
  const SurdMatrix a = matrix_of(widened(form_of(left, entries), list)),
                   b = matrix_of(widened(form_of(right, entries), list));
  const Index m = static_cast<Index>(list.size());
  const auto homogeneous = [&](const SurdMatrix& q) { return is_zero(SurdMatrix(q.row(m))); };
  if (homogeneous(a) && homogeneous(b)) {
    if (claim.variables.size() > 1) return std::nullopt;
    const SurdMatrix top_a = a.topLeftCorner(m, m), top_b = b.topLeftCorner(m, m);
    return FormBounds{
        smallest_of_pencil(SurdMatrix(top_b - top_a), SurdMatrix(SurdMatrix::Identity(m, m))),
        greatest_ratio(top_a, top_b)};
  }
  return FormBounds{Scalar(least_value(b - a)), greatest_ratio(a, b)};
}

}  // namespace

std::optional<FormBounds> bounds_of_form(const Claim& claim, const Expr& conclusion, World* world,
                                         Evaluator& evaluator) {
  const auto plain = [](const Variable& v) { return v.kind == Kind::vector && !v.ranged; };
  if (!std::all_of(claim.variables.begin(), claim.variables.end(), plain)) return std::nullopt;
  for (const Statement& h : claim.hypotheses)
    if (h.value->type.uses_variable) return std::nullopt;
  std::optional<FormBounds> found;
  try {
    Ways ways(evaluator.options().products);
    ways.begin();
    const Assumptions::Under under(ways);
    found = bounds(claim, conclusion, world, evaluator, ways);
  } catch (const Undefined&) {
  } catch (const Unsupported&) {
  } catch (const std::domain_error&) {
  }
  for (const Variable& v : claim.variables) evaluator.unset_variable(v.name);
  return found;
}

}  // namespace istcheck::claim
