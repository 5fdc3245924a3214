#include "check/refutation.hpp"

#include <algorithm>

namespace istcheck::check {
namespace {

constexpr size_t kMostSplits = 40, kMostFactors = 12;

/// det(M[I, I]) by expansion along the first row of I; I is small.
Number minor(const Mat& m, const std::vector<size_t>& rows, const std::vector<size_t>& columns) {
  if (rows.empty()) return 1;
  Number sum;
  const std::vector<size_t> below(rows.begin() + 1, rows.end());
  for (size_t k = 0; k < columns.size(); ++k) {
    std::vector<size_t> others = columns;
    others.erase(others.begin() + long(k));
    const Number part = m.at(rows[0], columns[k]) * minor(m, below, others);
    sum = k % 2 == 0 ? sum + part : sum - part;
  }
  return sum;
}

/// form k v_1 … v_d.
/// Premise: M_k ⪰ 0 is assumed. Conclusion: the next fact is vᵀM_k v >= 0; it is > 0 when M_k ≻ 0
/// and one of the v_i is a rational other than 0. Sound: that is what ⪰ and ≻ mean, for every
/// vector of real numbers.
Fact form_step(Words step, const Impossible& known) {
  step.require(step.count() >= 1, "expected the number of a form");
  const Form& given = known.forms[step.index(known.forms.size())];
  const size_t d = given.m.rows();
  step.require(step.left() == d, "expected a vector of the form's size");
  const Mat v = step.matrix(d, 1);
  const bool nonzero = std::any_of(v.entries().begin(), v.entries().end(), [](const Number& x) {
    return x.is_rational() && !x.vanishes();
  });
  return {given.definite && nonzero ? Fact::Is::positive : Fact::Is::nonnegative, form(v, given.m)};
}

/// minor k i_1 … i_m, increasing.
/// Premise: M_k ⪰ 0 is assumed. Conclusion: the next fact is det M_k[I, I] >= 0, and > 0 when M_k ≻
/// 0. Sound: a principal submatrix is positive semidefinite (definite) too, and so is then its
/// determinant nonnegative (positive).
Fact minor_step(Words step, const Impossible& known) {
  step.require(step.count() >= 2, "expected the number of a form, and rows");
  step.require(step.count() <= 7, "at most six rows");
  const Form& given = known.forms[step.index(known.forms.size())];
  std::vector<size_t> rows;
  while (step.left() > 0) {
    rows.push_back(step.index(given.m.rows()));
    step.require(rows.size() == 1 || rows[rows.size() - 2] < rows.back(), "rows must increase");
  }
  return {given.definite ? Fact::Is::positive : Fact::Is::nonnegative,
          principal_minor(given.m, rows)};
}

/// The numbers of the facts in "f1*f2"; none in "1".
std::vector<size_t> factors_of(Words& step, const Impossible& known) {
  std::vector<size_t> factors;
  const std::string word = step.word();
  for (size_t begin = 0; word != "1" && begin <= word.size();) {
    const size_t end = std::min(word.find('*', begin), word.size());
    step.require(word[begin] == 'f', "a factor is written f1, f2, …");
    factors.push_back(step.index(word.substr(begin + 1, end - begin - 1), known.facts.size()));
    step.require(factors.size() <= kMostFactors, "more than 12 factors");
    begin = end + 1;
  }
  return factors;
}

bool has_equation(const Impossible& known, const std::vector<size_t>& factors) {
  return std::any_of(factors.begin(), factors.end(),
                     [&](size_t f) { return known.facts.at(f).is == Fact::Is::zero; });
}

/// sum c_1 f_1 p_1  c_2 f_2 p_2  …: terms of three words; f is 1 or fi*fj*….
/// Premises: the terms add up to zero (when reciprocals and squares of roots are cleared); each c
/// is positive, unless an equation is among the factors; one term is strict. Conclusion: no real
/// numbers fulfil the assumptions. Sound: every term is >= 0 and one is > 0, or their sum is not
/// zero.
void sum_step(Words step, const Impossible& known) {
  step.require(step.count() >= 3 && step.count() % 3 == 0, "expected terms of three words");
  Number sum;
  bool strict = false;
  while (step.left() > 0) {
    const Rational c = step.rational();
    step.require(!c.is_zero(), "a coefficient that is zero");
    const auto factors = factors_of(step, known);
    step.require(c > 0 || has_equation(known, factors), "a coefficient that is not positive");
    const Number p = step.number();
    strict = strict || term_is_strict(known, factors, p);
    sum = sum + term_value(known, c, factors, p);
    known.source.require_within(sum);
  }
  step.require(strict, "no term is certainly positive");
  step.require(known.source.cleared(sum).vanishes(), "the terms do not add up to zero");
}

}  // namespace

Number principal_minor(const Mat& m, const std::vector<size_t>& rows) {
  return minor(m, rows, rows);
}

Number term_value(const Impossible& known, const Rational& c, const std::vector<size_t>& factors,
                  const Number& p) {
  Number value = Number(c) * p;
  for (const size_t f : factors) value = value * known.facts.at(f).p;
  return has_equation(known, factors) ? value : value * p;
}

bool term_is_strict(const Impossible& known, const std::vector<size_t>& factors, const Number& p) {
  return p.is_rational() && !p.vanishes() &&
         std::all_of(factors.begin(), factors.end(),
                     [&](size_t f) { return known.facts.at(f).is == Fact::Is::positive; });
}

/// cases p: the rest must be refuted thrice, first with p > 0, then with −p > 0, then with p = 0.
/// Sound: every real number is one of the three.
void refute(Impossible assumptions, Steps& steps, const cert::Limits& limits) {
  std::vector<Impossible> open{std::move(assumptions)};
  while (!open.empty()) {
    Impossible& here = open.back();
    const auto& unknowns = here.source.unknowns();
    Words step(steps.answer({Question::Kind::refutation, {}, unknowns, &here}), unknowns, limits);
    if (step.rule() == "form") {
      here.facts.push_back(form_step(step, here));
    } else if (step.rule() == "minor") {
      here.facts.push_back(minor_step(step, here));
    } else if (step.rule() == "cases") {
      step.require(step.count() == 1, "expected one polynomial");
      step.require(here.splits < kMostSplits, "more than 40 case distinctions");
      const Number p = step.number();
      Impossible now = std::move(here);
      open.pop_back();
      ++now.splits;
      for (const Fact& f :
           {Fact{Fact::Is::zero, p}, Fact{Fact::Is::positive, -p}, Fact{Fact::Is::positive, p}}) {
        open.push_back(now);
        open.back().facts.push_back(f);
      }
    } else {
      step.require(step.rule() == "sum", "expected form, minor, cases or sum");
      sum_step(step, here);
      open.pop_back();
    }
  }
}

}  // namespace istcheck::check
