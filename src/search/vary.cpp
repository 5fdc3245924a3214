// Random configurations beyond what a shape fixes: a claim is about those too
// (docs/semantics.md 15.3).
#include "search/random_point.hpp"
#include "search/searchers.hpp"

namespace istcheck::search {
namespace {

Rational random_probability(Dice& dice) {
  const int denominator = 2 + dice.below(9);
  return {1 + dice.below(denominator), denominator};
}

RationalMatrix random_sketch(Dice& dice, Index d) {
  RationalMatrix C = RationalMatrix::Zero(d, d);
  const bool diagonal = dice.one_in(2);
  for (Index j = 0; j < d; ++j) {
    C(j, j) = dice.below(7);
    for (Index k = 0; k < j && !diagonal; ++k) C(j, k) = C(k, j) = dice.below(5) - 2;
  }
  return C;
}

TableSketch random_table(Dice& dice, size_t n, Index d) {
  TableSketch table;
  const int outcomes = 1 + dice.below(3), parts = outcomes + dice.below(4);
  for (int k = 0; k < outcomes; ++k) {
    // The last outcome has all parts that are left.
    TableSketch::Outcome outcome{Rational(k + 1 < outcomes ? 1 : parts - outcomes + 1, parts), {}};
    for (size_t i = 0; i < n; ++i) outcome.C.push_back(random_sketch(dice, d));
    table.outcomes.push_back(std::move(outcome));
  }
  return table;
}

Schedule random_schedule(Dice& dice) {
  if (dice.one_in(2)) return HarmonicSchedule{dice.positive(2)};
  ListSchedule list;
  for (int k = 2 + dice.below(2); k > 0; --k) list.steps.push_back(dice.positive(2));
  return list;
}

/// One L_i less a multiple of a unit matrix, or all of them; workers that are equal stay so.
void subtract(Dice& dice, Case& c, bool all) {
  const auto chosen = size_t(dice.below(int(c.workers.size())));
  const Index j = dice.below(int(c.d()));
  const bool whole = dice.one_in(2);
  const Rational by = dice.positive(8);
  for (size_t i = 0; i < c.workers.size(); ++i) {
    if (!all && i != chosen) continue;
    for (Index k = 0; k < c.d(); ++k)
      if (whole || k == j) c.workers[i].L(k, k) -= by;
  }
}

}  // namespace

std::optional<Finding> vary(const Referee& referee, const Space& space, std::uint64_t seed,
                            const Patience& patience) {
  Dice dice(seed);
  const Shape& shape = space.shape();
  const bool coin = std::holds_alternative<BernoulliSketch>(shape.sketch);
  const bool table = std::holds_alternative<TableSketch>(shape.sketch);
  const bool local = shape.method.kind == MethodKind::ist;
  const bool scheduled = space.uses().step;
  while (!patience.over()) {
    Case c = space.at(random_point(dice, space));
    if (coin && dice.one_in(2)) std::get<BernoulliSketch>(c.sketch).p = random_probability(dice);
    if (table && dice.one_in(2)) c.sketch = random_table(dice, c.workers.size(), c.d());
    if (local && dice.one_in(2)) c.method.local_steps = 1 + dice.below(6);
    if (scheduled && dice.one_in(2)) c.schedule = random_schedule(dice);
    if (dice.one_in(2)) subtract(dice, c, space.restriction().same_L);
    try {
      if (auto f = referee.violation(c, true)) return f;
    } catch (const std::exception&) {  // the sketch does not fit
    }
  }
  return std::nullopt;
}

}  // namespace istcheck::search
