// `exists t : KIND : s` and `forall t : KIND : s` inside statements (docs/semantics.md 9.4, 19.7).
#include "claim/evaluator.hpp"
#include "claim/unknown_values.hpp"
#include "dynamics/quadratic_form.hpp"
#include "dynamics/unknown_polynomials.hpp"

namespace istcheck::claim {
/// The name, the place, and what is bound around, as a certificate says it (istcheck-check's
/// over_kind.cpp).
std::string Evaluator::around(const Expr& e) const {
  std::string line = e.binders[0].name + " at " + std::to_string(e.place.line) + ":" +
                     std::to_string(e.place.column);
  for (const auto& [name, value] : bound_) line += " " + name + "=" + to_string(value);
  return line;
}

/// The statement inside, with a value in the place of the name.
Truth Evaluator::at(const Expr& e, const Value& value) {
  return with_bound(e, value, [&] { return truth(*e.args[0]); });
}

/// An element that settles it is one at which s is true, for `exists`, or false, for `forall`. The
/// name is an unknown and every way of s is gone: a way of a kind that settles it, with an element
/// on it, does; it is settled the other way if no way that settles it, or has no value, has any.
Truth Evaluator::over_kind(const Expr& e) {
  const bool closed = !e.type.uses_bound && !e.type.uses_variable;
  if (auto* ways = dynamic_cast<Ways*>(Assumptions::of_thread_or_null()); ways && !closed)
    return over_unknown(e, *ways);
  const Assumptions::Under none(nullptr);
  struct Inside {
    int& depth;
    explicit Inside(int& d) : depth(d) { ++depth; }
    ~Inside() { --depth; }
  } inside(kinds_around_);
  const bool exists = e.name == "exists";
  std::optional<Undefined> ill;  // some element has no value
  std::string open;
  std::optional<Truth> settled;
  // Looks at one element, with numbers alone; true if it settles it or has no value.
  const auto look = [&](const Value& value) {
    try {
      Truth t = at(e, value);
      if (t.undecided() || t.yes() != exists) return false;
      const bool state = is_state(*e.binders[0].kind);
      const Value shown =
          state ? Value(with_bound(e, value, [&] { return *free_state(); })) : value;
      t.sides = (state ? "state" : e.binders[0].name) + " = " + to_string(shown) +
                (t.sides.empty() ? "" : ": ") + t.sides;
      t.margin.reset();
      t.ratio.reset();
      elements_.insert_or_assign(around(e), value);
      settled = std::move(t);
    } catch (const Undefined& u) {
      if (!ill) ill = u;
    }
    return true;
  };
  try {
    Ways ways(options_.products);
    do {
      ways.begin();
      UnknownValue unknown;
      bool settles = false;
      std::string why;
      try {
        const Assumptions::Under under(ways);
        unknown = unknown_value(*e.binders[0].kind, world_, ways);
        const Truth t = at(e, unknown.value);
        if (t.undecided()) why = t.reason;
        settles = t.undecided() || t.yes() == exists;
      } catch (const Undefined&) {
        settles = true;
      }
      if (!settles || ways.impossible()) continue;
      const Decision d = why.empty() ? decided(ways) : Decision{};
      if (d.impossible) continue;
      const auto value = d.witness ? value_at(*d.witness, unknown) : std::nullopt;
      const bool told = value && look(*value);
      if (settled) return *settled;
      if (!told && open.empty())
        open = !why.empty() ? why : !d.open.empty() ? d.open : "a quantifier over a kind";
    } while (ways.next());
  } catch (const Unsupported& u) {
    open = u.what();
  }
  if (open.empty() && !ill) return answer(!exists, e.place);
  if (!open.empty()) {
    // Each level looks at as many again.
    constexpr int kMostLevels = 2;
    const Kind kind = *e.binders[0].kind;
    const Index d = world_ == nullptr         ? 0
                    : kind == Kind::state     ? world_->state_size()
                    : kind == Kind::reachable ? world_->reachable().directions.cols()
                                              : world_->d();
    for (const Value& value : short_values(*e.binders[0].kind, d)) {
      if (kinds_around_ > kMostLevels) break;
      look(value);
      if (settled) return *settled;
    }
    throw Unsupported("whether " + std::string(exists ? "some" : "every") + " " +
                      e.binders[0].name + " is as said: " + open);
  }
  throw *ill;
}

/// q(t) >= 0 for all t, where that is what is said, or denied, of a t of which q is a polynomial of
/// degree two at most: its homogenised form is positive semidefinite (19.3). Nothing otherwise.
std::optional<bool> Evaluator::form_is_semidefinite(const Expr& e, const UnknownValue& t,
                                                    Ways& ways) {
  const Expr& s = *e.args[0];
  if (s.op != Op::relation || s.relations.size() != 1) return std::nullopt;
  if (t.kind == Kind::integer || t.kind == Kind::positive) return std::nullopt;
  const bool all = e.name == "forall";
  const Relation r = s.relations[0];
  const bool first = r == (all ? Relation::ge : Relation::lt);  // q = first − second
  if (!first && r != (all ? Relation::le : Relation::gt)) return std::nullopt;
  const long before = ways.answers();
  const auto sides =
      with_bound(e, t.value, [&] { return std::pair(value(*s.args[0]), value(*s.args[1])); });
  const auto *a = std::get_if<Scalar>(&sides.first), *b = std::get_if<Scalar>(&sides.second);
  if (ways.answers() != before || !a || !b || !a->surd() || !b->surd()) return std::nullopt;
  const Surd q = first ? *a->surd() - *b->surd() : *b->surd() - *a->surd();
  std::set<unsigned> own;
  if (const auto* m = std::get_if<SurdMatrix>(&t.value))
    for (const Surd& x : *m) own.merge(decision::unknowns_of(x));
  else
    own = decision::unknowns_of(*std::get<Scalar>(t.value).surd());
  if (decision::degree_in(q, own) > 2) return std::nullopt;
  return ways.semidefinite(decision::matrix_of(decision::form_of(q, own)));
}

/// With unknowns around, and no such form. Where an element settles it, the way goes on with that
/// element, an unknown of its own; where none does, nothing is noted of that: the way is weakened.
Truth Evaluator::over_unknown(const Expr& e, Ways& ways) {
  const bool exists = e.name == "exists";
  const UnknownValue unknown = unknown_value(*e.binders[0].kind, world_, ways);
  try {
    if (const auto all = form_is_semidefinite(e, unknown, ways))
      return answer(*all != exists, e.place);
    if (ways.choose(2) == 1) {
      ways.weaken();
      return answer(!exists, e.place);
    }
    const Truth t = at(e, unknown.value);
    if (t.undecided()) return t;
    if (t.yes() != exists) ways.leave();
    return answer(exists, e.place);
  } catch (const Undefined&) {
    ways.weaken();  // another element may settle it
    throw;
  }
}

}  // namespace istcheck::claim
