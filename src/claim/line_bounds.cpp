#include "claim/line_bounds.hpp"

#include <algorithm>

#include "claim/form_bounds.hpp"
#include "claim/unknown_values.hpp"
#include "dynamics/line.hpp"
#include "dynamics/unknown_polynomials.hpp"

namespace istcheck::claim {
namespace {

using decision::Coefficients;
using decision::coefficients_in;

/// A number that is needed cannot be written, or is none.
struct NotWritten {};

Surd derivative(const Surd& p, unsigned t) {
  Coefficients c = coefficients_in(p, t);
  for (size_t k = 0; k < c.size(); ++k) c[k] *= Surd(Rational(static_cast<long>(k)));
  if (!c.empty()) c.erase(c.begin());
  return decision::value_of(c, Surd::unknown(t));
}

struct Quotient {
  Surd above, below;
};

/// x as a quotient without the unknowns that stand for reciprocals: x + y is multiplied, and the
/// coefficient of y shows by what.
Quotient quotient_of(const Surd& x, const std::vector<DefinedUnknown>& reciprocals) {
  constexpr unsigned y = (1U << 31) + 2;  // an unknown that no one else has
  const Coefficients c = coefficients_in(decision::cleared(x + Surd::unknown(y), reciprocals), y);
  return {c.at(0), c.at(1)};
}

class Line {
 public:
  explicit Line(unsigned t) : t_(t) {}

  const std::optional<Scalar>& least() const { return least_; }

  /// The slack where the conditions are fulfilled, which speak of t alone.
  void look(const Quotient& slack, const std::vector<Fact>& facts) {
    std::vector<Algebraic> places;
    const auto cut = [&](const Surd& p) {
      const Coefficients c = coefficients_in(p, t_);
      if (c.size() < 2) return;
      for (Algebraic& zero : decision::zeros_of(c)) places.push_back(std::move(zero));
    };
    for (const Fact& f : facts) cut(f.p);
    cut(slack.below);
    cut(derivative(slack.above, t_) * slack.below - slack.above * derivative(slack.below, t_));
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    const auto fulfilled = [&](const Surd& x) {
      return std::all_of(facts.begin(), facts.end(), [&](const Fact& f) {
        return decision::is_fulfilled(f.is, at(f.p, x).sign());
      });
    };
    for (size_t k = 0; k <= places.size(); ++k) {
      const auto low = k > 0 ? std::optional(places[k - 1]) : std::nullopt;
      const auto high = k < places.size() ? std::optional(places[k]) : std::nullopt;
      if (fulfilled(Surd(decision::between(low, high)))) {
        for (const auto& end : {low, high}) {
          if (end)
            value_at(slack, *end);
          else
            limit(slack);
        }
      } else if (high && fulfilled(written(*high))) {
        value_at(slack, *high);
      }
    }
  }

 private:
  const unsigned t_;
  std::optional<Scalar> least_;

  Surd at(const Surd& p, const Surd& x) const {
    return decision::value_of(coefficients_in(p, t_), x);
  }

  static Surd written(const Algebraic& x) {
    const auto surd = decision::surd_of(x, nullptr);
    if (!surd) throw NotWritten();
    return *surd;
  }

  void found(const Surd& value) {
    if (!least_ || compare(Scalar(value), *least_) < 0) least_ = Scalar(value);
  }

  void value_at(const Quotient& slack, const Algebraic& place) {
    const Surd x = written(place), below = at(slack.below, x), above = at(slack.above, x);
    if (below != Surd(0)) return found(above * below.inverse());
    if (above == Surd(0)) throw NotWritten();
  }

  /// Towards the end of the line.
  void limit(const Quotient& slack) {
    const Coefficients a = coefficients_in(slack.above, t_), b = coefficients_in(slack.below, t_);
    if (a.size() > b.size()) return;  // it grows, since it is not negative
    found(a.size() < b.size() ? Surd(0) : a.back() * b.back().inverse());
  }
};

/// One way; its hypotheses are true there.
void look_at_way(const Claim& claim, const Expr& conclusion, Evaluator& evaluator, Ways& ways,
                 Line& line) {
  for (const Statement& h : claim.hypotheses) {
    const Truth t = evaluator.truth(*h.value);
    if (t.undecided()) throw NotWritten();
    if (t.no()) return;
  }
  const auto both = compared_sides(conclusion, evaluator);
  if (!both) throw NotWritten();
  if (ways.impossible()) return;
  const Conjunction c = ways.conjunction();
  if (!c.matrices.empty()) throw NotWritten();
  for (const DefinedUnknown& d : c.defined)
    if (!d.reciprocal) throw NotWritten();
  line.look(quotient_of(both->second - both->first, c.defined), c.facts);
}

std::optional<Scalar> least_on_line(const Claim& claim, const Expr& conclusion, World* world,
                                    Evaluator& evaluator) {
  const Variable& v = claim.variables[0];
  Ways ways(evaluator.options().products);
  std::optional<Line> line;
  do {
    ways.begin();
    const Assumptions::Under under(ways);
    const UnknownValue unknown = unknown_value(v.kind, world, ways);
    evaluator.set_variable(v.name, unknown.value);
    if (!line) line.emplace(unknown.first);
    try {
      look_at_way(claim, conclusion, evaluator, ways, *line);
    } catch (const Undefined&) {  // nothing goes such a way, since the claim holds
    }
  } while (ways.next());
  return line->least();
}

}  // namespace

std::optional<Scalar> margin_on_line(const Claim& claim, const Expr& conclusion, World* world,
                                     Evaluator& evaluator) {
  if (claim.variables.size() != 1 || claim.variables[0].ranged ||
      claim.variables[0].kind != Kind::scalar)
    return std::nullopt;
  std::optional<Scalar> least;
  try {
    least = least_on_line(claim, conclusion, world, evaluator);
  } catch (const NotWritten&) {
  } catch (const Unsupported&) {
  } catch (const std::domain_error&) {
  }
  evaluator.unset_variable(claim.variables[0].name);
  return least;
}

}  // namespace istcheck::claim
