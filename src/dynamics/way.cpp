#include "dynamics/way.hpp"

#include <algorithm>
#include <limits>

#include "dynamics/quadratic_form.hpp"

namespace istcheck::decision {

Known eliminated(const Known& k, const Elimination& e) {
  if (!holds(k.p, e.entry)) return k;
  const Coefficients f = coefficients_in(k.p, e.entry);
  const bool one = is_number(e.c) && e.c.identical(Surd(1));
  unsigned degree = static_cast<unsigned>(f.size()) - 1;
  if (k.is != Fact::Is::zero) degree += degree % 2;
  // c^D f(v) − Σ f_k c^(D−k) (−r)^k = (c v + r) Σ f_k c^(D−k) Σ_{j<k} (c v)^j (−r)^(k−1−j)
  const auto power = [&](unsigned n) { return one ? Surd(1) : power_of(e.c, n); };
  const Surd scaled_entry = e.c * Surd::unknown(e.entry), value = -e.r;
  Surd factor;
  for (unsigned i = 1; i < f.size(); ++i) {
    Surd inner;
    for (unsigned j = 0; j < i; ++j)
      inner += power_of(scaled_entry, j) * power_of(value, i - 1 - j);
    factor += f[i] * power(degree - i) * inner;
  }
  Known result = added(scaled(k, power(degree)), multiplied(e.equation, -factor));
  return result;
}

namespace {

Known reduced_known(Known k, const Signs& signs) {
  k.p = reduced(k.p, signs.roots());
  return k;
}

class Refuter {
 public:
  Refuter(Way& way, Signs& signs, Writer& writer, bool tight)
      : way_(way), signs_(signs), writer_(writer), tight_(tight) {}

  bool run() {
    for (int round = 0; round < kRounds; ++round) {
      if (constants() || opposites()) return true;
      if (solve_linear()) continue;
      switch (singles()) {
        case Found::contradiction:
          return true;
        case Found::equations:
          continue;
        case Found::nothing:
          break;
      }
      switch (pairs()) {
        case Found::contradiction:
          return true;
        case Found::equations:
          continue;
        case Found::nothing:
          return linear_inequalities() || several() || through_positive();
      }
    }
    return false;
  }

 private:
  static constexpr int kRounds = 60;
  enum class Found { nothing, contradiction, equations };

  static Known negative(const Known& k) { return multiplied(k, -1); }

  void close(const Known& k, const SumOfSquares& s) {
    std::vector<Part> parts = scaled(k, s.scale).parts;
    for (const auto& q : s.squares) parts.push_back({q.weight, {}, q.l, false, q.factors});
    if (!is_zero(s.rest)) parts.push_back({s.rest, {}, 1, false, s.rest_factors});
    writer_.close(parts, signs_);
  }

  /// The terms of a sum that is zero; true when a new equation follows.
  bool zeros(const Known& k, const SumOfSquares& s) {
    std::vector<Part> parts = scaled(k, s.scale).parts;
    for (const auto& q : s.squares) parts.push_back({q.weight, {}, q.l, false, q.factors});
    bool news = false;
    for (Known z : writer_.zeros(parts, signs_)) {
      for (const Elimination& e : way_.solved) z = reduced_known(eliminated(z, e), signs_);
      if (is_zero(z.p)) continue;
      news = add_equation(std::move(z)) || news;
    }
    return news;
  }

  bool add_equation(Known z) {
    for (Known& f : way_.facts) {
      if (f.is == Fact::Is::zero && f.p.identical(z.p)) return false;
      if (f.is == Fact::Is::nonnegative && (f.p.identical(z.p) || f.p.identical(-z.p))) {
        f = std::move(z);
        return true;
      }
    }
    way_.facts.push_back(std::move(z));
    return true;
  }

  unsigned degree(const Surd& p) const { return degree_in(p, way_.entries); }

  bool constants() {
    for (size_t i = 0; i < way_.facts.size();) {
      const Known& k = way_.facts[i];
      if (degree(k.p) > 0) {
        ++i;
        continue;
      }
      const int s = signs_.or_zero(k.p);
      const bool holds = k.is == Fact::Is::zero       ? s == 0
                         : k.is == Fact::Is::positive ? s > 0
                                                      : s >= 0;
      if (!holds) {
        const Known down = k.is == Fact::Is::zero && s > 0 ? negative(k) : k;
        SumOfSquares nothing;
        if (s != 0 || is_zero(k.p)) {
          nothing.rest = -down.p;
          close(down, nothing);
        } else {
          Known sum = down;
          sum.parts.push_back({1, {writer_.vanishing(down.p, signs_)}, -1, true});
          close(sum, nothing);
        }
        return true;
      }
      way_.facts.erase(way_.facts.begin() + static_cast<long>(i));
    }
    return false;
  }

  /// Two facts of which a positive combination is a number. Repeated ones are dropped.
  bool opposites() {
    auto& facts = way_.facts;
    // Only facts with the same first monomial can be proportional.
    std::vector<std::pair<UnknownPowers, Surd>> first;
    for (const Known& k : facts) first.push_back(first_part_in(k.p, way_.entries));
    const auto drop = [&](size_t k) {
      facts.erase(facts.begin() + static_cast<long>(k));
      first.erase(first.begin() + static_cast<long>(k));
    };
    for (size_t i = 0; i < facts.size(); ++i)
      for (size_t j = i + 1; j < facts.size(); ++j) {
        if (first[i].first.empty()) break;
        if (first[i].first != first[j].first || !is_number(first[i].second) ||
            !is_number(first[j].second))
          continue;
        const Surd ratio = first[i].second * first[j].second.inverse();  // p = ratio q, or so
        const Surd difference = facts[i].p - ratio * facts[j].p;
        if (degree(difference) > 0) continue;
        const int sign = ratio.sign();
        const Known &a = facts[i], &b = facts[j];
        const bool equation_a = a.is == Fact::Is::zero, equation_b = b.is == Fact::Is::zero;
        const int s = is_zero(difference) ? 0 : signs_.of(difference);
        std::optional<Known> sum;  // a number
        if (equation_b || sign < 0)
          sum = added(a, equation_b ? multiplied(b, -ratio) : scaled(b, -ratio));
        else if (equation_a)
          sum = added(scaled(b, ratio), negative(a));
        if (sum) {
          sum->p = reduced(sum->p, signs_.roots());
          const int t = is_zero(sum->p) ? 0 : signs_.of(sum->p);
          if (sum->is == Fact::Is::zero && t > 0) sum = negative(*sum);
          if (!is_fulfilled(sum->is, t)) {
            SumOfSquares nothing;
            nothing.rest = -sum->p;
            close(*sum, nothing);
            return true;
          }
        }
        // What the other one says already.
        if (s != 0) continue;
        const bool inequalities = sign > 0 && !equation_a && !equation_b;
        if (inequalities && a.is != Fact::Is::positive) {
          drop(i);
          j = i;
        } else if (inequalities || (equation_a && equation_b)) {
          drop(j--);
        }
      }
    return false;
  }

  /// One equation that is linear.
  bool solve_linear() {
    std::optional<Elimination> best;
    size_t best_cost = std::numeric_limits<size_t>::max(), place = 0;
    for (size_t i = 0; i < way_.facts.size(); ++i) {
      const Known& k = way_.facts[i];
      if (k.is != Fact::Is::zero || degree(k.p) != 1) continue;
      for (const auto& [m, c] : parts_in(k.p, way_.entries)) {
        if (m.empty()) continue;
        const size_t cost = is_number(c) ? k.p.terms().size() : 1000 * c.terms().size();
        if (cost >= best_cost) continue;
        if (!is_number(c) && signs_.of(c) == 0) continue;
        best_cost = cost;
        place = i;
        const unsigned v = m[0].first;
        const Surd scale = is_number(c) ? c.inverse() : Surd(1);
        Known equation = multiplied(k, scale);
        const Surd coefficient = is_number(c) ? Surd(1) : c;
        best = Elimination{v, coefficient, equation.p - coefficient * Surd::unknown(v), equation};
      }
    }
    if (!best) return false;
    way_.facts.erase(way_.facts.begin() + static_cast<long>(place));
    for (Known& f : way_.facts) f = reduced_known(eliminated(f, *best), signs_);
    way_.entries.erase(best->entry);
    way_.solved.push_back(std::move(*best));
    return true;
  }

  /// Below zero everywhere, or zero on an affine space only.
  Found singles() {
    for (const Known& k : way_.facts) {
      if (degree(k.p) > 2) {
        if (higher(k)) return Found::contradiction;
        continue;
      }
      for (int side = 0; side < (k.is == Fact::Is::zero ? 2 : 1); ++side) {
        const Known one = side == 0 ? k : negative(k);
        const auto s = sum_of_squares(-one.p, way_.entries, signs_);
        if (!s || s->sign < 0) continue;
        if (s->sign > 0 || one.is == Fact::Is::positive) {
          close(one, *s);
          return Found::contradiction;
        }
        const Known copy = one;
        if (copy.is == Fact::Is::nonnegative || !s->squares.empty()) {
          const Surd p = copy.p;
          if (zeros(copy, *s)) {
            // It is a combination of squares of what is zero now.
            way_.facts.erase(std::remove_if(way_.facts.begin(), way_.facts.end(),
                                            [&](const Known& f) {
                                              return f.p.identical(p) || f.p.identical(-p);
                                            }),
                             way_.facts.end());
            return Found::equations;
          }
        }
      }
    }
    return Found::nothing;
  }

  /// −p is a sum of squares in monomials.
  bool higher(const Known& k) {
    const auto parts = parts_in(-k.p, way_.entries);
    std::map<UnknownPowers, unsigned> names;  // of half monomials
    unsigned next = 1U << 30;
    for (const auto& [m, c] : parts) {
      UnknownPowers half = m;
      bool even = true;
      for (auto& power : half) {
        even = even && power.second % 2 == 0;
        power.second /= 2;
      }
      if (even) names.emplace(half, next++);
    }
    Surd quadratic;
    std::set<unsigned> unknowns;
    for (const auto& [m, c] : parts) {
      bool found = false;
      for (const auto& [a, x] : names) {
        for (const auto& [b, y] : names) {
          if (found || y < x) continue;
          if (!(monomial(a) * monomial(b)).identical(monomial(m))) continue;
          quadratic += c * Surd::unknown(x) * Surd::unknown(y);
          unknowns.insert({x, y});
          found = true;
        }
      }
      if (!found) return false;
    }
    auto s = sum_of_squares(quadratic, unknowns, signs_);
    if (!s || s->sign != 0) return false;
    for (auto& square : s->squares)
      for (const auto& [m, x] : names) square.l = replaced(square.l, x, monomial(m));
    if (k.is == Fact::Is::positive) {
      close(k, *s);
      return true;
    }
    // A square that is a number: a strict one.
    for (const auto& square : s->squares)
      if (is_number(square.l) && !is_zero(square.l)) {
        close(k, *s);
        return true;
      }
    return false;
  }

  /// Says nothing by itself: p >= 0 everywhere.
  bool idle(const Known& k) {
    if (k.is == Fact::Is::zero) return false;
    const auto s = sum_of_squares(k.p, way_.entries, signs_);
    return s && s->sign >= 0;
  }

  Found pairs() {
    std::vector<Known> facts;
    for (const Known& k : way_.facts)
      if (degree(k.p) <= 2 && !idle(k)) facts.push_back(k);
    std::vector<std::pair<Known, SumOfSquares>> touching;
    for (size_t i = 0; i < facts.size(); ++i)
      for (size_t j = i + 1; j < facts.size(); ++j) {
        const bool swap = facts[i].is == Fact::Is::zero;
        const Known &a = facts[swap ? j : i], &b = facts[swap ? i : j];
        const bool any_sign = b.is == Fact::Is::zero, both = a.is == Fact::Is::zero;
        for (int side = 0; side < (both ? 2 : 1); ++side) {
          const Known one = side == 0 ? a : negative(a);
          for (const auto& [x, y] :
               multipliers(one.p, b.p, any_sign, tight_, way_.entries, signs_)) {
            if (is_zero(y)) continue;
            Known sum = added(scaled(one, x), any_sign ? multiplied(b, y) : scaled(b, y));
            sum.p = reduced(sum.p, signs_.roots());
            const auto s = sum_of_squares(-sum.p, way_.entries, signs_);
            if (!s || s->sign < 0) continue;
            if (s->sign > 0 || sum.is == Fact::Is::positive) {
              close(sum, *s);
              return Found::contradiction;
            }
            touching.emplace_back(sum, *s);
          }
        }
      }
    for (const auto& [sum, s] : touching)
      if (zeros(sum, s)) return Found::equations;
    return Found::nothing;
  }

  /// Fourier and Motzkin, for inequalities that are linear.
  bool linear_inequalities() {
    std::vector<Known> facts;
    for (const Known& k : way_.facts)
      if (degree(k.p) == 1 && k.is != Fact::Is::zero) facts.push_back(k);
    constexpr size_t kMostFacts = 200;
    std::set<unsigned> entries = way_.entries;
    while (!entries.empty() && facts.size() > 1) {
      // The entry with the fewest pairs.
      std::optional<unsigned> best;
      size_t least = 0;
      for (const unsigned u : entries) {
        size_t up = 0, down = 0;
        for (const Known& k : facts) {
          const Coefficients c = coefficients_in(k.p, u);
          if (c.size() < 2) continue;
          ++(signs_.of(c[1]) > 0 ? up : down);
        }
        if (up + down == 0) continue;
        if (!best || up * down < least) {
          best = u;
          least = up * down;
        }
      }
      if (!best) break;
      std::vector<Known> next, up, down;
      for (Known& k : facts) {
        const Coefficients c = coefficients_in(k.p, *best);
        if (c.size() < 2)
          next.push_back(std::move(k));
        else
          (signs_.of(c[1]) > 0 ? up : down).push_back(std::move(k));
      }
      if (next.size() + up.size() * down.size() > kMostFacts) return false;
      for (const Known& a : up)
        for (const Known& b : down) {
          const Surd x = coefficients_in(a.p, *best)[1], y = -coefficients_in(b.p, *best)[1];
          Known sum = added(scaled(a, y), scaled(b, x));
          sum.p = reduced(sum.p, signs_.roots());
          if (degree(sum.p) == 0) {
            const int s = is_zero(sum.p) ? 0 : signs_.of(sum.p);
            if (s < 0 || (s == 0 && sum.is == Fact::Is::positive)) {
              SumOfSquares nothing;
              nothing.rest = -sum.p;
              close(sum, nothing);
              return true;
            }
            continue;
          }
          next.push_back(std::move(sum));
        }
      entries.erase(*best);
      facts = std::move(next);
    }
    return false;
  }

  /// A few small multipliers of three facts.
  bool several() {
    std::vector<Known> facts;
    for (const Known& k : way_.facts)
      if (degree(k.p) <= 2 && (k.is == Fact::Is::zero || !idle(k))) facts.push_back(k);
    constexpr size_t kMostFacts = 8;
    if (facts.size() < 3 || facts.size() > kMostFacts) return false;
    const std::vector<Rational> grid{{1, 1}, {1, 2}, {2, 1}};
    for (size_t i = 0; i < facts.size(); ++i)
      for (size_t j = i + 1; j < facts.size(); ++j)
        for (size_t l = j + 1; l < facts.size(); ++l)
          for (const Rational& x : grid)
            for (const Rational& y : grid)
              for (int side = 0; side < 8; ++side) {
                const auto part = [&](size_t f, const Rational& c,
                                      int bit) -> std::optional<Known> {
                  const bool down = (side >> bit) % 2 == 1;
                  if (facts[f].is == Fact::Is::zero)
                    return multiplied(facts[f], Surd(down ? Rational(-c) : c));
                  return down ? std::nullopt : std::optional(scaled(facts[f], Surd(c)));
                };
                const auto a = part(i, 1, 0), b = part(j, x, 1), c = part(l, y, 2);
                if (!a || !b || !c) continue;
                Known sum = added(added(*a, *b), *c);
                const auto s = sum_of_squares(-sum.p, way_.entries, signs_);
                if (s && s->sign >= 0 && (s->sign > 0 || sum.is == Fact::Is::positive)) {
                  close(sum, *s);
                  return true;
                }
              }
    return false;
  }

  /// f = a v + b > 0 for an entry v > 0, with a of degree two in the others and b a number on the
  /// line. With a fact d v + c >= 0, c > 0 > b: c f − b (d v + c) = −v Q for Q = b d − a c. With
  /// b <= 0: f <= −v Q for Q = −a. Neither is possible for Q >= 0.
  bool through_positive() {
    for (const Known& v : way_.facts) {
      const auto in = first_part_in(v.p, way_.entries);
      if (v.is != Fact::Is::positive || in.first.size() != 1) continue;
      const unsigned u = in.first[0].first;
      if (!v.p.identical(Surd::unknown(u))) continue;
      for (const Known& f : way_.facts) {
        const Coefficients part = coefficients_in(f.p, u);
        if (f.is != Fact::Is::positive || part.size() != 2 || degree(part[0]) > 0) continue;
        if (degree(part[1]) > 2 || degree(f.p) < 2) continue;
        const int sign = signs_.or_zero(part[0]);
        if (sign > 0 || (sign == 0 && !is_zero(part[0]))) continue;
        for (const Known& g : way_.facts) {
          const Coefficients other = coefficients_in(g.p, u);
          if (sign == 0 || g.is == Fact::Is::zero || other.size() != 2 || degree(g.p) > 1) continue;
          if (degree(other[0]) > 0 || degree(other[1]) > 0 || signs_.or_zero(other[0]) <= 0)
            continue;
          Known sum = added(scaled(f, other[0]), scaled(g, -part[0]));
          if (below_zero(sum, part[0] * other[1] - part[1] * other[0], v, u)) return true;
        }
        Known without = f;
        without.p -= part[0];
        if (sign < 0) without.parts.push_back({-part[0], {}, 1, false, {}});
        if (below_zero(without, -part[1], v, u)) return true;
      }
    }
    return false;
  }

  /// Closes where k > 0 is −v Q with a Q >= 0 everywhere in the entries but u, v > 0.
  bool below_zero(const Known& k, const Surd& q, const Known& v, unsigned u) {
    std::set<unsigned> others = way_.entries;
    others.erase(u);
    const auto s = sum_of_squares(reduced(q, signs_.roots()), others, signs_);
    if (!s || s->sign < 0) return false;
    std::vector<Part> parts = scaled(k, s->scale).parts;
    const auto add = [&](const Surd& weight, const std::vector<Surd>& factors, const Surd& l) {
      for (const Part& one : v.parts) {
        Part part{weight * one.g, one.factors, l * one.p, one.equation, factors};
        part.more.insert(part.more.end(), one.more.begin(), one.more.end());
        parts.push_back(std::move(part));
      }
    };
    for (const auto& square : s->squares) add(square.weight, square.factors, square.l);
    if (!is_zero(s->rest)) add(s->rest, s->rest_factors, 1);
    writer_.close(parts, signs_);
    return true;
  }

  Way& way_;
  Signs& signs_;
  Writer& writer_;
  bool tight_;
};

}  // namespace

bool refute(Way& way, Signs& signs, Writer& writer, bool tight) {
  return Refuter(way, signs, writer, tight).run();
}

}  // namespace istcheck::decision
