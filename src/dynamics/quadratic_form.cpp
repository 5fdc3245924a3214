#include "dynamics/quadratic_form.hpp"

#include <algorithm>

#include "dynamics/theta.hpp"

namespace istcheck::decision {

QuadraticForm form_of(const Surd& p, const std::set<unsigned>& entries) {
  QuadraticForm f;
  const auto parts = parts_in(p, entries);
  std::set<unsigned> in;
  for (const auto& part : parts)
    for (const auto& power : part.first) in.insert(power.first);
  f.entries.assign(in.begin(), in.end());
  const size_t n = f.size();
  f.a.assign(n + 1, std::vector<Surd>(n + 1));
  const auto place = [&](unsigned u) {
    return static_cast<size_t>(std::lower_bound(f.entries.begin(), f.entries.end(), u) -
                               f.entries.begin());
  };
  const Surd half(Rational(1, 2));
  for (const auto& [m, c] : parts) {
    size_t i = n, j = n;
    if (!m.empty()) i = place(m[0].first);
    if (m.size() == 2) j = place(m[1].first);
    if (m.size() == 1 && m[0].second == 2) j = i;
    if (i == j) {
      f.a[i][i] = c;
    } else {
      f.a[i][j] = f.a[j][i] = c * half;
    }
  }
  return f;
}

SurdMatrix matrix_of(const QuadraticForm& f) {
  const auto n = static_cast<Index>(f.size() + 1);
  SurdMatrix m(n, n);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < n; ++j) m(i, j) = f.a[static_cast<size_t>(i)][static_cast<size_t>(j)];
  return m;
}

QuadraticForm widened(const QuadraticForm& f, const std::vector<unsigned>& list) {
  QuadraticForm w{list, {}};
  w.a.assign(list.size() + 1, std::vector<Surd>(list.size() + 1));
  std::vector<size_t> to;
  for (const unsigned u : f.entries)
    to.push_back(static_cast<size_t>(std::lower_bound(list.begin(), list.end(), u) - list.begin()));
  to.push_back(list.size());
  for (size_t i = 0; i < to.size(); ++i)
    for (size_t j = 0; j < to.size(); ++j) w.a[to[i]][to[j]] = f.a[i][j];
  return w;
}

namespace {

using Rows = std::vector<std::vector<Surd>>;

struct PartOfSum {
  Surd weight;                 ///< a number > 0
  std::vector<Surd> divisors;  ///< weight l² / Π divisors
  Surd l;
};

/// All entries divided by d, where that goes.
bool divide_all(Rows& a, const std::vector<size_t>& places, const Surd& d) {
  Rows result = a;
  for (const size_t i : places)
    for (const size_t j : places) {
      if (is_zero(a[i][j])) continue;
      auto q = quotient(a[i][j], d);
      if (!q) return false;
      result[i][j] = std::move(*q);
    }
  a = std::move(result);
  return true;
}

size_t times_in(const std::vector<Surd>& list, const Surd& x) {
  return static_cast<size_t>(
      std::count_if(list.begin(), list.end(), [&](const Surd& y) { return y.identical(x); }));
}

/// `of` without `without`, which is part of it.
std::vector<Surd> list_without(const std::vector<Surd>& of, std::vector<Surd> without) {
  std::vector<Surd> rest;
  for (const Surd& x : of) {
    const auto it =
        std::find_if(without.begin(), without.end(), [&](const Surd& y) { return y.identical(x); });
    if (it == without.end())
      rest.push_back(x);
    else
      without.erase(it);
  }
  return rest;
}

}  // namespace

std::optional<SumOfSquares> sum_of_squares(const Surd& n, const std::set<unsigned>& entries,
                                           Signs& signs) {
  const QuadraticForm f = form_of(n, entries);
  const size_t last = f.size();
  Rows a = f.a;
  std::vector<size_t> open(last);
  for (size_t i = 0; i < last; ++i) open[i] = i;
  std::vector<Surd> divisors;  // of what is left
  std::vector<PartOfSum> squares;
  while (!open.empty()) {
    // A pivot; numbers first.
    std::optional<size_t> pivot;
    size_t least = 0;
    for (const size_t i : open) {
      if (is_zero(a[i][i])) continue;
      if (signs.of(a[i][i]) < 0) return std::nullopt;
      const size_t cost = is_number(a[i][i]) ? 0 : a[i][i].terms().size();
      if (!pivot || cost < least) {
        pivot = i;
        least = cost;
      }
    }
    if (!pivot) {
      for (const size_t i : open) {
        for (const size_t j : open)
          if (!is_zero(a[i][j])) return std::nullopt;
        if (!is_zero(a[i][last])) return std::nullopt;
      }
      break;
    }
    const size_t k = *pivot;
    const Surd h = a[k][k];
    open.erase(std::find(open.begin(), open.end(), k));
    std::vector<size_t> rest = open;
    rest.push_back(last);
    const bool number = is_number(h);
    const Surd inverse = number ? h.inverse() : Surd(1);
    PartOfSum square{number ? h : Surd(1), divisors, number ? Surd(1) : h};
    square.l *= Surd::unknown(f.entries[k]);
    if (!number) square.divisors.push_back(h);
    for (const size_t j : rest) {
      const Surd c = a[k][j] * inverse;
      square.l += j == last ? c : c * Surd::unknown(f.entries[j]);
    }
    squares.push_back(std::move(square));
    for (const size_t i : rest)
      for (const size_t j : rest) {
        const Surd product = a[k][i] * a[k][j];
        a[i][j] =
            number ? a[i][j] - product * inverse : reduced(h * a[i][j] - product, signs.roots());
      }
    if (!number) {
      divisors.push_back(h);
      for (size_t d = 0; d < divisors.size();)
        if (divide_all(a, rest, divisors[d]))
          divisors.erase(divisors.begin() + static_cast<long>(d));
        else
          ++d;
    }
  }
  std::vector<Surd> all;
  const auto join = [&](const std::vector<Surd>& list) {
    for (const Surd& x : list)
      while (times_in(all, x) < times_in(list, x)) all.push_back(x);
  };
  for (const PartOfSum& s : squares) join(s.divisors);
  join(divisors);
  SumOfSquares result;
  result.scale = all;
  for (PartOfSum& s : squares)
    result.squares.push_back({s.weight, list_without(all, s.divisors), std::move(s.l)});
  result.rest = reduced(a[last][last], signs.roots());
  result.rest_factors = list_without(all, divisors);
  result.sign = is_zero(result.rest) ? 0 : signs.of(result.rest);
  return result;
}

std::optional<SurdMatrix> matrix_at_sample(const QuadraticForm& f, const Signs& signs) {
  const auto n = static_cast<Index>(f.size() + 1);
  SurdMatrix m(n, n);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < n; ++j) {
      const auto x = signs.at_sample(f.a[static_cast<size_t>(i)][static_cast<size_t>(j)]);
      if (!x) return std::nullopt;
      m(i, j) = *x;
    }
  return m;
}

namespace {

struct Range {
  bool empty = true;
  std::optional<Algebraic> low, high;
};

/// Roots of a characteristic polynomial with irrational coefficients take long where these are.
constexpr long kMostBitsOfPencil = 600;

long bits_of(const SurdMatrix& m) {
  long bits = 0;
  for (Index k = 0; k < m.size(); ++k)
    for (const auto& term : m.data()[k].terms())
      bits += bit_length(numerator(term.second)) + bit_length(denominator(term.second));
  return bits;
}

/// The λ with p + λ q <= 0 everywhere.
template <class M>
Range range_of(const M& p, const M& q) {
  const LeastTheta low = least_theta(p, M(-q));
  if (!low.least && !low.without_end) return {};
  const LeastTheta high = least_theta(p, q);
  Range r{false, low.least, {}};
  if (high.least) r.high = high.least->affine(-1, 0);
  return r;
}

}  // namespace

std::vector<std::pair<Surd, Surd>> multipliers(const Surd& p, const Surd& q, bool any_sign,
                                               bool tight, const std::set<unsigned>& entries,
                                               Signs& signs) {
  std::vector<std::pair<Surd, Surd>> roomy, ends, result;
  // Both in all their entries.
  const auto in_p = parts_in(p, entries), in_q = parts_in(q, entries);
  std::set<unsigned> both;
  for (const auto* parts : {&in_p, &in_q})
    for (const auto& part : *parts)
      for (const auto& power : part.first) both.insert(power.first);
  const std::vector<unsigned> list(both.begin(), both.end());
  const auto mp = matrix_at_sample(widened(form_of(p, entries), list), signs);
  const auto mq = matrix_at_sample(widened(form_of(q, entries), list), signs);
  std::optional<Surd> touching;
  if (mp && mq) {
    try {
      const bool rational = is_rational(*mp) && is_rational(*mq);
      if (!rational && bits_of(*mp) + bits_of(*mq) > kMostBitsOfPencil)
        throw std::domain_error("long irrational numbers");
      Range r = rational ? range_of(to_rational(*mp), to_rational(*mq)) : range_of(*mp, *mq);
      const Algebraic zero{Rational(0)};
      if (!r.empty && !any_sign) {
        if (r.high && *r.high < zero) r.empty = true;
        if (!r.low || *r.low < zero) r.low = zero;
      }
      if (r.empty) return {};
      if (r.low && r.high && *r.low == *r.high) {
        touching = surd_of(*r.low, field_of(*mp) != nullptr ? field_of(*mp) : field_of(*mq));
      } else {
        roomy.emplace_back(1, Surd(between(r.low, r.high)));
        for (const auto& end : {r.low, r.high})
          if (end && tight && end->is_rational() && bit_length(numerator(end->rational())) < 32)
            ends.emplace_back(1, Surd(end->rational()));
      }
    } catch (const std::domain_error&) {
    }
  }
  // Ratios of coefficients: what they cancel is a term of both.
  for (const auto& [m, c] : in_p) {
    const auto it = in_q.find(m);
    if (it == in_q.end() || (!tight && is_number(c) && is_number(it->second))) continue;
    const Surd& d = it->second;
    const int sc = signs.of(c), sd = signs.of(d);
    if (sc == 0 || sd == 0 || (sc == sd && !any_sign)) continue;
    const Surd a = sd < 0 ? -d : d, b = sd < 0 ? c : -c;  // a c + b d = 0
    if (touching) {
      const auto ratio = signs.at_sample(b), to = signs.at_sample(a);
      if (ratio && to && !is_zero(*ratio - *touching * *to)) continue;
    }
    result.emplace_back(a, b);
  }
  // The same for single terms: a number that cancels one.
  std::set<Rational> numbers;
  for (const auto& [b, c] : p.terms())
    if (const auto it = q.terms().find(b); tight && it != q.terms().end())
      if (const Rational x = -c / it->second; (x > 0 || any_sign) && numbers.insert(x).second)
        result.emplace_back(1, Surd(x));
  if (touching) result.emplace_back(1, *touching);
  result.insert(result.end(), ends.begin(), ends.end());
  result.insert(tight ? result.end() : result.begin(), roomy.begin(), roomy.end());
  return result;
}

}  // namespace istcheck::decision
