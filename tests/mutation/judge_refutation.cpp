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
    while (!draw(known, random)) {
    }
  }
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
    for (const auto& [u, reciprocal, of] : known.source.definitions()) {
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
  return check::parse_number(w, known.source.unknowns());
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

std::string untrue_sum(const Impossible& known, const cert::Step& step, const Point& p) {
  Integer sum = 0;
  bool strict = false;
  for (size_t k = 1; k + 2 < step.words.size(); k += 3) {
    const Rational c = *parse_rational(step.words[k]);
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
  if (!strict) return "no strict term";
  return sum == 0 ? "" : "the sum is not zero";
}

}  // namespace

std::string RefutationJudge::untrue(const Impossible& known, const cert::Step& step) {
  std::mt19937_64 random(1);
  const Point p(known, random), q(known, random);
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
  if (step.rule() == "form" || step.rule() == "minor") {
    before_ = step;
    facts_before_ = known.facts.size();
  } else if (step.rule() == "sum") {
    for (const Point* point : {&p, &q})
      if (fault.empty()) fault = untrue_sum(known, step, *point);
  }
  return fault;
}

}  // namespace istcheck::mutation
