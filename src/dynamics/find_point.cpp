#include "dynamics/find_point.hpp"

#include <algorithm>

#include "dynamics/quadratic_form.hpp"
#include "exact/fractions.hpp"
#include "exact/number_field.hpp"

namespace istcheck::decision {
namespace {

/// How long a fraction is to read.
size_t length(const Rational& x) {
  return static_cast<size_t>(bit_length(numerator(x)) + 2 * bit_length(denominator(x)));
}

}  // namespace

OnLine find_on_line(const std::vector<Fact>& all, unsigned unknown) {
  OnLine result;
  std::vector<Fact> facts;
  for (const Fact& f : all)
    if (std::none_of(facts.begin(), facts.end(),
                     [&](const Fact& g) { return g.is == f.is && g.p.identical(f.p); }))
      facts.push_back(f);
  std::vector<Coefficients> list;
  std::vector<Algebraic> places;
  for (const Fact& f : facts) {
    list.push_back(coefficients_in(f.p, unknown));
    if (list.back().size() < 2) continue;
    for (Algebraic& zero : zeros_of(list.back())) places.push_back(std::move(zero));
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  const auto holds_at = [&](const Surd& x) {
    for (size_t k = 0; k < facts.size(); ++k)
      if (!is_fulfilled(facts[k].is, value_of(list[k], x).sign())) return false;
    return true;
  };
  Surd::Field field;
  for (const Fact& f : facts)
    if (f.p.field() != nullptr) field = f.p.field();
  std::optional<Rational> best;
  const auto propose = [&](const Rational& x) {
    if ((!best || length(x) < length(*best)) && holds_at(Surd(x))) best = x;
  };
  for (size_t k = 0; k <= places.size(); ++k) {
    const auto low = k > 0 ? std::optional(places[k - 1]) : std::nullopt;
    const auto high = k < places.size() ? std::optional(places[k]) : std::nullopt;
    propose(between(low, high));
    if (high && high->is_rational()) propose(high->rational());
  }
  if (best) {
    result.x = Surd(*best);
    return result;
  }
  for (const Algebraic& a : places) {
    if (a.is_rational()) continue;
    const auto x = surd_of(a, field);
    try {
      if (!x)
        result.open = true;
      else if (holds_at(*x))
        result.x = *x;
    } catch (const std::domain_error&) {
      result.open = true;
    }
    if (result.x) return result;
  }
  return result;
}

namespace {

constexpr unsigned kLine = (1U << 31) + 1;  // an unknown that no one else has

using Values = std::vector<Surd>;

class Finder {
 public:
  explicit Finder(const Way& way) : list_(way.entries.begin(), way.entries.end()) {
    for (const Known& k : way.facts) facts_.push_back({k.is, k.p});
  }

  const std::vector<unsigned>& list() const { return list_; }

  std::optional<Values> find() {
    if (list_.empty()) return holds_at({}) ? std::optional(Values{}) : std::nullopt;
    if (list_.size() == 1) {
      const OnLine found = find_on_line(facts_, list_[0]);
      return found.x ? std::optional(Values{*found.x}) : std::nullopt;
    }
    propose();
    for (const Values& v : points_)
      if (holds_at(v)) return v;
    for (size_t i = 0; i < points_.size() && i < kMostBases; ++i)
      for (const Values& d : directions_) {
        Values beyond = points_[i];
        for (size_t k = 0; k < d.size(); ++k) beyond[k] += d[k];
        lines_.emplace_back(points_[i], beyond);
      }
    for (const auto& [a, b] : lines_)
      if (auto v = on_line(a, b)) return v;
    for (size_t i = 0; i < points_.size(); ++i)
      for (size_t j = 0; j < i; ++j)
        if (auto v = on_line(points_[j], points_[i])) return v;
    return std::nullopt;
  }

 private:
  static constexpr size_t kMostPoints = 24;
  static constexpr size_t kMostBases = 6;
  static constexpr int kMostSteps = 40;

  bool holds_at(const Values& v) const {
    for (const Fact& f : facts_) {
      Surd p = f.p;
      for (size_t k = 0; k < list_.size(); ++k) p = replaced(p, list_[k], v[k]);
      if (!is_fulfilled(f.is, p.sign())) return false;
    }
    return true;
  }

  std::optional<Values> on_line(const Values& a, const Values& b) const {
    const Surd s = Surd::unknown(kLine);
    Values line;
    for (size_t k = 0; k < list_.size(); ++k) line.push_back(a[k] + (b[k] - a[k]) * s);
    std::vector<Fact> facts;
    try {
      for (const Fact& f : facts_) {
        Surd p = f.p;
        for (size_t k = 0; k < list_.size(); ++k) p = replaced(p, list_[k], line[k]);
        facts.push_back({f.is, p});
      }
      const OnLine found = find_on_line(facts, kLine);
      if (!found.x) return std::nullopt;
      Values v;
      for (const Surd& x : line) v.push_back(replaced(x, kLine, *found.x));
      return v;
    } catch (const std::domain_error&) {
      return std::nullopt;
    }
  }

  void add(const Values& v) {
    if (points_.size() >= kMostPoints) return;
    for (const Values& w : points_) {
      bool same = true;
      for (size_t k = 0; k < v.size(); ++k) same = same && w[k].identical(v[k]);
      if (same) return;
    }
    points_.push_back(v);
  }

  /// What homogeneous coordinates in some entries are in all of them, the last one to be 1 or 0.
  Values spread(const SurdVector& x, const std::vector<unsigned>& entries) const {
    Values v(list_.size());
    const Surd& last = x(x.size() - 1);
    const Surd scale = is_zero(last) ? Surd(1) : last.inverse();
    for (Index i = 0; i + 1 < x.size(); ++i) {
      const auto it = std::lower_bound(list_.begin(), list_.end(), entries[static_cast<size_t>(i)]);
      v[static_cast<size_t>(it - list_.begin())] = x(i) * scale;
    }
    return v;
  }

  static Surd rounded(const Surd& x, long bits) {
    const auto [low, high] = enclose(x, bits + 4);
    const Rational unit(Integer(1), Integer(Integer(1) << static_cast<unsigned>(bits)));
    return simplest_strictly_between(low - unit, high + unit);
  }

  static Surd value_at(const SurdMatrix& m, const SurdVector& x) {
    Surd sum;
    for (Index i = 0; i < x.size(); ++i)
      for (Index j = 0; j < x.size(); ++j) sum += m(i, j) * x(i) * x(j);
    return sum;
  }

  /// x with xᵀ m x < 0, short; nothing for m ⪰ 0.
  static std::optional<SurdVector> direction(const SurdMatrix& m) {
    SurdVector x;
    if (is_rational(m)) {
      const auto d = decide_psd(to_rational(m));
      const auto* v = std::get_if<NegativeDirection<Rational>>(&d.witness);
      if (v == nullptr) return std::nullopt;
      x = v->v.unaryExpr([](const Rational& c) { return Surd(c); });
    } else {
      const auto d = decide_psd(m);
      const auto* v = std::get_if<NegativeDirection<Surd>>(&d.witness);
      if (v == nullptr) return std::nullopt;
      x = v->v;
    }
    Rational most = 0;
    for (const Surd& c : x) {
      const auto [low, high] = enclose(c, 8);
      most = std::max({most, abs(low), abs(high)});
    }
    for (long bits = 1; bits <= 128; bits *= 2) {
      const SurdVector y =
          x.unaryExpr([&](const Surd& c) { return rounded(c * Surd(1 / most), bits); });
      if (value_at(m, y).sign() < 0) return y;
    }
    return x;
  }

  void add_direction_of(const QuadraticForm& f) {
    if (const auto x = direction(matrix_of(f))) {
      add(spread(*x, f.entries));
      if (infinite(*x)) add_infinite(spread(*x, f.entries));
    }
  }

  void propose() {
    const size_t n = list_.size();
    const std::set<unsigned> entries(list_.begin(), list_.end());
    Values v(n);
    add(v);
    for (size_t k = 0; k < n && k < 6; ++k) {
      v = Values(n);
      v[k] = 1;
      add(v);
    }
    add(Values(n, Surd(1)));
    for (const Fact& f : facts_) {
      if (degree_in(f.p, entries) > 2) continue;
      add_direction_of(form_of(-f.p, entries));
      if (f.is == Fact::Is::zero) add_direction_of(form_of(f.p, entries));
    }
    // Where a p + b q > 0: both may be.
    for (size_t i = 0; i < facts_.size() && i < 4; ++i)
      for (size_t j = 0; j < i; ++j) {
        if (degree_in(facts_[i].p, entries) > 2 || degree_in(facts_[j].p, entries) > 2) continue;
        const bool swap = facts_[i].is == Fact::Is::zero;
        const Fact &a = facts_[swap ? j : i], &b = facts_[swap ? i : j];
        if (degree_in(a.p, entries) == 0 || degree_in(b.p, entries) == 0) continue;
        pencil(a.p, b.p, b.is == Fact::Is::zero, entries);
      }
  }

  static bool infinite(const SurdVector& x) { return is_zero(x(x.size() - 1)); }

  void add_infinite(const Values& d) {
    if (directions_.size() < kMostPoints) directions_.push_back(d);
  }

  /// Directions x + s y near those at which q is zero, on both sides, where p is positive.
  void between_directions(const SurdMatrix& mp, const SurdMatrix& mq, const SurdVector& x,
                          const SurdVector& y, const std::vector<unsigned>& list) {
    Surd inner;
    for (Index i = 0; i < x.size(); ++i)
      for (Index j = 0; j < x.size(); ++j) inner += mq(i, j) * x(i) * y(j);
    for (const Algebraic& zero : zeros_of({value_at(mq, x), Surd(2) * inner, value_at(mq, y)}))
      for (const long bits : {3L, 8L, 16L}) {
        const auto [low, high] = zero.enclose(bits + 8);
        const Rational unit(Integer(1), Integer(Integer(1) << static_cast<unsigned>(bits)));
        for (const Rational& s : {simplest_strictly_between(low - unit, low),
                                  simplest_strictly_between(high, high + unit)}) {
          const SurdVector d(x + y * Surd(s));
          if (value_at(mp, d).sign() > 0) add_infinite(spread(d, list));
        }
      }
  }

  /// Follows the multipliers λ at which p + λ q is nowhere positive until none is left: a direction
  /// with q < 0 tells that they are not below a number, one with q > 0 that they are not above one.
  /// On the line through the last two both are good somewhere, where q is to be zero or positive.
  void pencil(const Surd& p, const Surd& q, bool any_sign, const std::set<unsigned>& entries) {
    std::set<unsigned> both = unknowns_of(p);
    both.merge(unknowns_of(q));
    const std::vector<unsigned> list(both.begin(), both.end());
    const SurdMatrix mp = matrix_of(widened(form_of(p, entries), list));
    const SurdMatrix mq = matrix_of(widened(form_of(q, entries), list));
    std::optional<Surd> from, to;
    std::optional<SurdVector> below, above;
    if (!any_sign) from = Surd(0);
    // Where q has both signs, every λ far enough to one side is good for some direction.
    const auto end_of = [&](const SurdVector& x) {
      return -value_at(mp, x) * value_at(mq, x).inverse();
    };
    if (any_sign && (below = direction(mq))) from = end_of(*below);
    if ((above = direction(SurdMatrix(-mq)))) to = end_of(*above);
    Rational at = 0;
    if (from && to && *from < *to) at = between(Algebraic(*from), Algebraic(*to));
    const auto crossed = [&] { return from && to && *from > *to; };
    for (int step = 0; step < kMostSteps && !crossed(); ++step) {
      const auto x = direction(SurdMatrix(-(mp + mq * Surd(at))));
      if (!x) return;
      const Surd vp = value_at(mp, *x), vq = value_at(mq, *x);
      if (is_zero(vq)) {
        add(spread(*x, list));
        if (!infinite(*x)) return;
        for (Index i = 0; i + 1 < x->size(); ++i)
          for (const int sign : {1, -1}) {
            SurdVector beside = *x;
            beside(i) += Surd(Rational(sign, 16));
            add_infinite(spread(beside, list));
          }
        return;
      }
      const Surd end = end_of(*x);
      if (vq.sign() < 0) {
        from = from && *from > end ? *from : end;
        below = x;
      } else {
        to = to && *to < end ? *to : end;
        above = x;
      }
      if (crossed()) break;
      // Where they meet, or one has stopped, that λ itself tells more than those beside it.
      const std::optional<Surd>& end_to_try = step % 6 == 5 ? to : from;
      if (end_to_try && end_to_try->is_rational() &&
          (step % 3 == 2 || (from && to && *from == *to)))
        at = end_to_try->rational();
      else if (!to)
        at = enclose(*from, 4).second * 2 + 1;
      else if (!from)
        at = enclose(*to, 4).first * 2 - 1;
      else
        at = step % 2 == 0 ? between(Algebraic(*from), Algebraic(*to))
                           : (enclose(*from, 64).second + enclose(*to, 64).first) / 2;
    }
    if (below) add(spread(*below, list));
    if (above) add(spread(*above, list));
    if (!below || !above) return;
    if (infinite(*below) && infinite(*above))
      return between_directions(mp, mq, *below, *above, list);
    const Values v = spread(*below, list), w = spread(*above, list);
    if (!infinite(*below) && !infinite(*above)) return lines_.emplace_back(v, w), void();
    Values sum(v.size());
    for (size_t k = 0; k < v.size(); ++k) sum[k] = v[k] + w[k];
    lines_.emplace_back(infinite(*below) ? w : v, sum);
  }

  std::vector<unsigned> list_;
  std::vector<Fact> facts_;
  std::vector<Values> points_;
  std::vector<Values> directions_;
  std::vector<std::pair<Values, Values>> lines_;  ///< through two points, to be tried first
};

}  // namespace

std::optional<Point> find_point(const Way& way) {
  Finder finder(way);
  const auto values = finder.find();
  if (!values) return std::nullopt;
  Point point;
  for (size_t k = 0; k < values->size(); ++k) point[finder.list()[k]] = (*values)[k];
  for (size_t k = way.solved.size(); k-- > 0;) {
    const Elimination& e = way.solved[k];
    Surd r = e.r;
    for (const unsigned u : unknowns_of(r)) r = replaced(r, u, point.at(u));
    point[e.entry] = -r * e.c.inverse();
  }
  return point;
}

}  // namespace istcheck::decision
