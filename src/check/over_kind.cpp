// `exists t : KIND : s` and `forall t : KIND : s` inside statements (docs/semantics.md 9.4, 19.7).
// An element settles it if s is true there, for `exists`, or false, for `forall`.
#include <algorithm>

#include "check/method.hpp"
#include "check/variables.hpp"

namespace istcheck::check {

using claim::Expr;
using claim::Op;
using claim::Relation;

namespace {

/// The entries of unknowns, each once.
std::vector<const Root*> roots_of(const Mat& unknowns) {
  std::vector<const Root*> roots;
  for (const Number& x : unknowns.entries()) {
    const Root* root = x.rest().begin()->first.front().first;
    if (std::find(roots.begin(), roots.end(), root) == roots.end()) roots.push_back(root);
  }
  return roots;
}

Number part_of(const std::map<unsigned, Number>& parts, unsigned power) {
  const auto found = parts.find(power);
  return found == parts.end() ? Number() : found->second;
}

/// H with q = (t; 1)ᵀ H (t; 1) for the unknowns t; nothing when q is not of degree two in them.
std::optional<Mat> homogenised(Number q, const std::vector<const Root*>& t) {
  const size_t m = t.size();
  const Number half(Rational(1, 2));
  Mat h(m + 1, m + 1);
  const auto speaks = [&](const Number& x) {
    return std::any_of(t.begin(), t.end(), [&](const Root* r) {
      const auto parts = x.powers_of(*r);
      return !parts.empty() && parts.rbegin()->first > 0;
    });
  };
  for (size_t i = 0; i < m; ++i) {
    const auto parts = q.powers_of(*t[i]);
    if (!parts.empty() && parts.rbegin()->first > 2) return std::nullopt;
    h.at(i, i) = part_of(parts, 2);
    Number linear = part_of(parts, 1);
    for (size_t j = i + 1; j < m; ++j) {
      const auto cross = linear.powers_of(*t[j]);
      if (!cross.empty() && cross.rbegin()->first > 1) return std::nullopt;
      h.at(i, j) = h.at(j, i) = half * part_of(cross, 1);
      linear = part_of(cross, 0);
    }
    h.at(i, m) = h.at(m, i) = half * linear;
    q = part_of(parts, 0);
  }
  h.at(m, m) = q;
  if (std::any_of(h.entries().begin(), h.entries().end(), speaks)) return std::nullopt;
  return h;
}

}  // namespace

bool Evaluator::over_kind(const Expr& e) {
  if (auto* facts = dynamic_cast<AssumedFacts*>(&facts_)) {
    if (!facts->compares_extremes())
      throw Undecided("a quantifier over all elements of a kind, of unknown data");
    return over_unknowns(e, *facts);
  }
  return over_numbers(e, dynamic_cast<ShownFacts&>(facts_));
}

/// Rows of an element, 1 of a number; 0 where that is not known.
size_t Evaluator::size_of_kind(claim::Kind kind) {
  if (is_number(kind)) return 1;
  if (kind == claim::Kind::state) return text_method().size();
  if (kind == claim::Kind::reachable) return reachable_states().pivots.size();
  return world_ == nullptr ? 0 : world_->d();
}

bool Evaluator::at_element(const Expr& e, const Mat& element) {
  const claim::Binder& b = e.binders.at(0);
  const Restored outside(bound_);
  bound_.push_back({b.name, element, form_of_kind(*b.kind)});
  return truth(*e.args[0]);
}

/// The certificate gives an element that settles it; or it shows that nothing goes any way of s,
/// for an unknown element, that settles it or has no value.
bool Evaluator::over_numbers(const Expr& e, ShownFacts& shown) {
  const bool exists = e.name == "exists";
  const claim::Binder& b = e.binders.at(0);
  Steps& steps = shown.steps();
  std::string line =
      b.name + " at " + std::to_string(e.place.line) + ":" + std::to_string(e.place.column);
  for (const Bound& around : bound_) line += " " + around.name + "=" + text(around.value);
  if (steps.narrowed("element " + line)) {
    const bool column = *b.kind == claim::Kind::vector || is_state(*b.kind);
    const size_t rows = size_of_kind(*b.kind);
    const Mat element = shown.value_of_choice(rows, column ? 1 : rows);
    if (!is_state(*b.kind) && !suits(*b.kind, element))
      throw Undecided("a value that is no element of the kind");
    try {
      if (at_element(e, element) == exists) return exists;
    } catch (const NoValue&) {
    }
    throw Undecided("an element that does not settle a quantifier");
  }
  steps.state("no element " + line);
  go_every_way(
      claim_, world_, shown, steps, limits_, [&](Evaluator& inside, AssumedFacts& facts, size_t) {
        inside.variables_ = variables_;
        inside.bound_ = bound_;
        inside.scope_ = scope_;
        std::string part;
        try {
          const Mat element =
              facts.unknown_of_kind(b.name, is_state(*b.kind) ? claim::Kind::vector : *b.kind,
                                    inside.size_of_kind(*b.kind));
          if (inside.at_element(e, element) == exists) part = "element";
        } catch (const NoValue&) {
          part = "value at element";
        } catch (const Nowhere&) {
        }
        if (!part.empty()) refute_way(part, facts, steps);
      });
  return !exists;
}

/// q(t) >= 0 for all t, where that is what is said, or denied, of a t in which q is of degree two
/// at most: its homogenised form is positive semidefinite (19.3). Nothing otherwise.
std::optional<bool> Evaluator::form_is_semidefinite(const Expr& e, const Mat& element,
                                                    AssumedFacts& facts) {
  const Expr& s = *e.args[0];
  const claim::Binder& b = e.binders.at(0);
  if (s.op != Op::relation || s.relations.size() != 1) return std::nullopt;
  if (*b.kind == claim::Kind::integer || *b.kind == claim::Kind::positive) return std::nullopt;
  const bool all = e.name == "forall";
  const Relation r = s.relations[0];
  const bool first = r == (all ? Relation::ge : Relation::lt);  // q = first − second
  if (!first && r != (all ? Relation::le : Relation::gt)) return std::nullopt;
  const size_t before = facts.asked_so_far();
  Number q;
  {
    const Restored outside(bound_);
    bound_.push_back({b.name, element, form_of_kind(*b.kind)});
    if (!form_of(*s.args[0]).scalar || !form_of(*s.args[1]).scalar) return std::nullopt;
    q = scalar(*s.args[0]) - scalar(*s.args[1]);
  }
  if (facts.asked_so_far() != before) return std::nullopt;  // it is this q for some t only
  const auto h = homogenised(first ? q : -q, roots_of(element));
  return h ? std::optional(facts.semidefinite(*h)) : std::nullopt;
}

/// Where an element settles it, the way goes on with that element, an unknown of its own; where
/// none does, nothing is assumed of that: what is impossible stays so.
bool Evaluator::over_unknowns(const Expr& e, AssumedFacts& facts) {
  const bool exists = e.name == "exists";
  const claim::Binder& b = e.binders.at(0);
  const Mat element = facts.unknown_of_kind(
      b.name, is_state(*b.kind) ? claim::Kind::vector : *b.kind, size_of_kind(*b.kind));
  if (const auto all = form_is_semidefinite(e, element, facts)) return *all != exists;
  if (facts.choose(2) == 1) return !exists;
  if (at_element(e, element) != exists) throw Nowhere();
  return exists;
}

}  // namespace istcheck::check
