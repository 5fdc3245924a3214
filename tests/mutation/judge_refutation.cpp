#include "judge_refutation.hpp"

#include <algorithm>
#include <random>

namespace istcheck::mutation {
namespace {

using check::Fact;
using check::Impossible;
using check::Number;

/// The field with 2^61 − 1 elements. A false identity of degree below 100 holds at a random point
/// of it with a probability below 10^-16.
const Integer kPrime = (Integer(1) << 61) - 1;

Integer reduced(const Integer& x) {
  const Integer r = x % kPrime;
  return r < 0 ? Integer(r + kPrime) : r;
}
Integer power(const Integer& x, const Integer& e) { return powm(x, e, kPrime); }
Integer inverse(const Integer& x) { return power(x, kPrime - 2); }
Integer in_field(const Rational& q) {
  return reduced(reduced(numerator(q)) * inverse(reduced(denominator(q))));
}

class Point {
 public:
  /// Random values; those of reciprocals and roots follow from what they stand for.
  Point(const Impossible& known, std::mt19937_64& random) {
    for (int tries = 0; tries < 1000 && !good; ++tries) good = draw(known, random);
  }
  bool good = false;  ///< else no values were found: a reciprocal of zero in a case
  Integer at(const Number& x) const {
    Integer sum = in_field(x.rational());
    for (const auto& [m, q] : x.rest()) {
      Integer term = in_field(q);
      for (const auto& [root, e] : m) term = reduced(term * power(values_[root->index - 1], e));
      sum = reduced(sum + term);
    }
    return sum;
  }

 private:
  std::vector<Integer> values_;

  /// False when a D of u·D = 1 or u² = D is zero, or has no root.
  bool draw(const Impossible& known, std::mt19937_64& random) {
    values_.assign(known.source.unknowns().size(), 0);
    for (Integer& v : values_) v = reduced(Integer(random()));
    for (const auto& [u, reciprocal, of] : known.definitions()) {
      const Integer D = at(of);
      if (D == 0) return false;
      Integer& value = values_[u->index - 1];
      value = reciprocal ? inverse(D) : power(D, (kPrime + 1) / 4);
      if (!reciprocal && reduced(value * value) != D) return false;
    }
    return true;
  }
};

Number word(const Impossible& known, const std::string& w) {
  return check::parse_number(w, known.source.roots(), &known.source.unknowns());
}

/// Whether a root of the certificate's own occurs: such a one may have no value in the field.
bool has_declared_root(const Number& x) {
  return std::any_of(x.rest().begin(), x.rest().end(), [](const auto& term) {
    return std::any_of(term.first.begin(), term.first.end(),
                       [](const auto& power) { return !power.first->free; });
  });
}
bool has_declared_root(const Impossible& known, const cert::Step& step) {
  for (const auto& w : step.words)
    if (w.find('r') != std::string::npos && w != step.rule() && has_declared_root(word(known, w)))
      return true;
  return std::any_of(known.facts.begin(), known.facts.end(),
                     [](const Fact& f) { return has_declared_root(f.p); }) ||
         std::any_of(known.forms.begin(), known.forms.end(), [](const check::Form& f) {
           return std::any_of(f.m.entries().begin(), f.m.entries().end(),
                              [](const Number& x) { return has_declared_root(x); });
         });
}

/// After `sign p` the last fact says so at points of the variable's cell, too.
bool sign_is_true(const Impossible& known) {
  const Fact& fact = known.facts.back();
  const check::Root* variable = nullptr;
  for (const auto& [m, q] : fact.p.rest())
    for (const auto& [root, e] : m) {
      if (variable != nullptr && root != variable) return true;  // roots: not judged
      variable = root;
    }
  const auto& defined = known.source.definitions();
  if (variable == nullptr || std::any_of(defined.begin(), defined.end(),
                                         [&](const auto& d) { return d.unknown == variable; }))
    return true;
  const auto place = known.cells.find(variable);
  const check::Cell cell = place == known.cells.end() ? check::Cell() : place->second;
  for (int k = 1; k < 64; ++k) {
    const Rational s(k, 64);
    Rational x = (Rational(2) * s - 1) / (s * (Rational(1) - s));  // all numbers
    if (cell.low && cell.high)
      x = cell.low->rational() + s * (cell.high->rational() - cell.low->rational());
    else if (cell.low)
      x = cell.low->rational() + s / (Rational(1) - s);
    else if (cell.high)
      x = cell.high->rational() - s / (Rational(1) - s);
    const Rational value = fact.p.with(*variable, x).rational();
    if (fact.is == Fact::Is::zero ? !value.is_zero() : value.sign() <= 0) return false;
  }
  return true;
}

Integer form_at(const Point& p, const check::Mat& m, const std::vector<Number>& v) {
  Integer sum = 0;
  for (size_t i = 0; i < v.size(); ++i)
    for (size_t j = 0; j < v.size(); ++j)
      sum = reduced(sum + p.at(v[i]) * p.at(m.at(i, j)) * p.at(v[j]));
  return sum;
}

/// By elimination in the field.
Integer minor_at(const Point& p, const check::Mat& m, const std::vector<size_t>& rows) {
  const size_t d = rows.size();
  std::vector<std::vector<Integer>> a(d, std::vector<Integer>(d));
  for (size_t i = 0; i < d; ++i)
    for (size_t j = 0; j < d; ++j) a[i][j] = p.at(m.at(rows[i], rows[j]));
  Integer det = 1;
  for (size_t k = 0; k < d; ++k) {
    size_t pivot = k;
    while (pivot < d && a[pivot][k] == 0) ++pivot;
    if (pivot == d) return 0;
    if (pivot != k) det = reduced(-det);
    std::swap(a[pivot], a[k]);
    det = reduced(det * a[k][k]);
    for (size_t i = k + 1; i < d; ++i) {
      const Integer factor = reduced(a[i][k] * inverse(a[k][k]));
      for (size_t j = k; j < d; ++j) a[i][j] = reduced(a[i][j] - factor * a[k][j]);
    }
  }
  return det;
}

/// `strict_needed`: of `sum`, not of `zeros`.
std::string untrue_sum(const Impossible& known, const cert::Step& step, const Point& p,
                       bool strict_needed) {
  Integer sum = 0;
  bool strict = false;
  for (size_t k = 1; k + 2 < step.words.size(); k += 3) {
    const Rational c = word(known, step.words[k]).rational();
    const Number square = word(known, step.words[k + 2]);
    Integer value = reduced(in_field(c) * p.at(square));
    bool equation = false, positive = square.is_rational() && !square.rational().is_zero();
    std::string product = step.words[k + 1];
    while (product != "1" && !product.empty()) {
      const size_t end = std::min(product.find('*'), product.size());
      const Fact& f = known.facts.at(std::stoul(product.substr(1, end - 1)) - 1);
      product.erase(0, end + 1);
      value = reduced(value * p.at(f.p));
      equation = equation || f.is == Fact::Is::zero;
      positive = positive && f.is == Fact::Is::positive;
    }
    if (!equation) value = reduced(value * p.at(square));
    if (!equation && c <= 0) return "a coefficient that is not positive";
    strict = strict || (positive && c > 0);
    sum = reduced(sum + value);
  }
  if (strict_needed && !strict) return "no strict term";
  return sum == 0 ? "" : "the sum is not zero";
}

}  // namespace

std::string RefutationJudge::untrue(const Impossible& known, const cert::Step& step) {
  if (has_declared_root(known, step)) {
    before_.words.clear();
    return "";
  }
  if (before_.rule() == "sign") {
    before_.words.clear();
    if (known.facts.size() == facts_before_ + 1 && !sign_is_true(known))
      return "the sign of a polynomial on a cell";
  }
  std::mt19937_64 random(1);
  const Point p(known, random), q(known, random);
  if (!p.good || !q.good) return "";
  std::string fault;
  if (!before_.words.empty() && known.facts.size() == facts_before_ + 1) {
    const auto& m = known.forms.at(std::stoul(before_.words[1]) - 1).m;
    Integer expected;
    if (before_.rule() == "form") {
      std::vector<Number> v;
      for (size_t i = 2; i < before_.words.size(); ++i) v.push_back(word(known, before_.words[i]));
      expected = form_at(p, m, v);
    } else {
      std::vector<size_t> rows;
      for (size_t i = 2; i < before_.words.size(); ++i)
        rows.push_back(std::stoul(before_.words[i]) - 1);
      expected = minor_at(p, m, rows);
    }
    if (p.at(known.facts.back().p) != expected) fault = "another fact than " + before_.rule();
  }
  before_.words.clear();
  if (step.rule() == "form" || step.rule() == "minor" || step.rule() == "sign") {
    before_ = step;
    facts_before_ = known.facts.size();
  } else if (step.rule() == "sum" || step.rule() == "zeros") {
    for (const Point* point : {&p, &q})
      if (fault.empty()) fault = untrue_sum(known, step, *point, step.rule() == "sum");
  }
  return fault;
}

}  // namespace istcheck::mutation
