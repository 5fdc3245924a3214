#include "check/refutation.hpp"

#include <algorithm>
#include <iterator>

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

/// c · f · p², or c · f · p with an equation among the factors f.
struct Term {
  std::vector<size_t> factors;
  Number p;
};

/// c_1 f_1 p_1  c_2 f_2 p_2  …: terms of three words; f is 1 or fi*fj*….
/// Premises: the terms add up to zero (when reciprocals and squares of roots are cleared); each c
/// is a number and positive, unless an equation is among the factors. So each term is zero or a
/// product of what is >= 0, and their sum is zero.
std::vector<Term> terms_of(Words& step, const Impossible& known) {
  step.require(step.count() >= 3 && step.count() % 3 == 0, "expected terms of three words");
  Number sum;
  std::vector<Term> terms;
  while (step.left() > 0) {
    const Number c = step.number();
    step.require(!c.has_unknown(), "a coefficient with an unknown");
    const int sign = known.source.sign_of_number(c);
    step.require(sign != 0, "a coefficient that is zero");
    const auto factors = factors_of(step, known);
    step.require(sign > 0 || has_equation(known, factors), "a coefficient that is not positive");
    const Number p = step.number();
    terms.push_back({factors, p});
    sum = sum + term_value(known, c, factors, p);
    known.source.require_within(sum);
  }
  step.require(known.cleared(sum).vanishes(), "the terms do not add up to zero");
  return terms;
}

/// sum c_1 f_1 p_1  c_2 f_2 p_2  ….
/// Premises: those of the terms; one term is strict. Conclusion: no real numbers fulfil the
/// assumptions. Sound: every term is >= 0 and one is > 0, or their sum is not zero.
void sum_step(Words step, const Impossible& known) {
  const auto terms = terms_of(step, known);
  step.require(std::any_of(terms.begin(), terms.end(),
                           [&](const Term& t) { return term_is_strict(known, t.factors, t.p); }),
               "no term is certainly positive");
}

/// zeros c_1 f_1 p_1  c_2 f_2 p_2  ….
/// Premises: those of the terms. Conclusion, for one term without an equation after the other:
/// where all its factors are > 0 (or there are none) and p has an unknown, the next fact is p = 0;
/// where it has one factor f and p is a number other than 0, the next fact is f = 0; nothing for
/// other terms. Sound: terms that are all >= 0 and add up to zero are all zero.
std::vector<Fact> zeros_step(Words step, const Impossible& known) {
  std::vector<Fact> result;
  for (const auto& [factors, p] : terms_of(step, known)) {
    if (has_equation(known, factors)) continue;
    const bool strict = std::all_of(factors.begin(), factors.end(), [&](size_t f) {
      return known.facts[f].is == Fact::Is::positive;
    });
    if (strict && p.has_unknown())
      result.push_back({Fact::Is::zero, p});
    else if (factors.size() == 1 && !p.has_unknown() && known.source.sign_of_number(p) != 0)
      result.push_back({Fact::Is::zero, known.facts[factors[0]].p});
  }
  return result;
}

/// cells x a_1 … a_m.
/// Premises: x is an unknown that is neither reciprocal nor root, a_1 < … < a_m are numbers.
/// Conclusion: the rest must be refuted 2m + 1 times: for x < a_1, x = a_1, a_1 < x < a_2, …,
/// x > a_m. For x = a_i the number stands in the place of x everywhere; else the next facts are x −
/// a_i > 0 and a_{i+1} − x > 0, as far as they are there. Sound: every real number is in one of the
/// cells.
std::vector<Impossible> cells_step(Words step, const Impossible& known) {
  const Number name = step.number();
  const bool single = name.rational().is_zero() && name.rest().size() == 1;
  const Monomial m = single ? name.rest().begin()->first : Monomial();
  const auto& defined = known.source.definitions();
  step.require(m.size() == 1 && name == Number(*m[0].first) && m[0].first->free &&
                   std::none_of(defined.begin(), defined.end(),
                                [&](const Definition& d) { return d.unknown == m[0].first; }),
               "expected the name of a variable");
  const Root& x = *m[0].first;
  std::vector<Number> points;
  while (step.left() > 0) {
    points.push_back(step.number());
    step.require(!points.back().has_unknown(), "a point is a number without unknowns");
    step.require(points.size() == 1 ||
                     known.source.sign_of_number(points.back() - points[points.size() - 2]) > 0,
                 "the points must increase");
  }
  std::vector<Impossible> result;
  for (size_t k = 0; k <= 2 * points.size(); ++k) {
    result.push_back(known);
    Impossible& here = result.back();
    ++here.splits;
    Cell& cell = here.cells[&x] = {};
    if (k % 2 == 1) {
      cell = {points[k / 2], points[k / 2], true};
      for (Fact& f : here.facts) f.p = f.p.with(x, *cell.low);
      for (Form& f : here.forms)
        f.m = {f.m.rows(), f.m.columns(),
               [&](size_t i, size_t j) { return f.m.at(i, j).with(x, *cell.low); }};
      continue;
    }
    if (k > 0) cell.low = points[k / 2 - 1];
    if (k < 2 * points.size()) cell.high = points[k / 2];
    if (cell.low) here.facts.push_back({Fact::Is::positive, name - *cell.low});
    if (cell.high) here.facts.push_back({Fact::Is::positive, *cell.high - name});
  }
  return result;
}

/// sign p.
/// Premise: p has one sign wherever the variable in it is in its cell (cells.cpp says how that is
/// shown). Conclusion: the next fact is p > 0, −p > 0 or p = 0.
Fact sign_step(Words step, const Impossible& known) {
  const Number p = step.expect(1).number();
  const auto sign = sign_on(p, known.cells, known.definitions(), known.source);
  step.require(sign.has_value(), "it is not shown that the sign is the same on the whole cell");
  return {*sign == 0 ? Fact::Is::zero : Fact::Is::positive, *sign < 0 ? -p : p};
}

/// cases p.
/// Conclusion: the rest must be refuted thrice, first with p > 0, then with −p > 0, then with p =
/// 0. Sound: every real number is one of the three.
std::vector<Impossible> cases_step(Words step, const Impossible& known) {
  const Number p = step.expect(1).number();
  std::vector<Impossible> result;
  for (const Fact& f :
       {Fact{Fact::Is::positive, p}, Fact{Fact::Is::positive, -p}, Fact{Fact::Is::zero, p}}) {
    result.push_back(known);
    ++result.back().splits;
    result.back().facts.push_back(f);
  }
  return result;
}

}  // namespace

Number principal_minor(const Mat& m, const std::vector<size_t>& rows) {
  return minor(m, rows, rows);
}

std::vector<Definition> Impossible::definitions() const {
  return definitions_on(cells, source.definitions());
}

Number Impossible::cleared(Number x, std::vector<unsigned>* powers) const {
  return source.cleared(std::move(x), definitions(), powers);
}

Number term_value(const Impossible& known, const Number& c, const std::vector<size_t>& factors,
                  const Number& p) {
  Number value = c * p;
  for (const size_t f : factors) value = value * known.facts.at(f).p;
  return has_equation(known, factors) ? value : value * p;
}

bool term_is_strict(const Impossible& known, const std::vector<size_t>& factors, const Number& p) {
  return p.is_rational() && !p.vanishes() &&
         std::all_of(factors.begin(), factors.end(),
                     [&](size_t f) { return known.facts.at(f).is == Fact::Is::positive; });
}

void refute(Impossible assumptions, Steps& steps) {
  std::vector<Impossible> open{std::move(assumptions)};
  while (!open.empty()) {
    Impossible& here = open.back();
    const Words step = here.source.words(
        steps.answer({Question::Kind::refutation, {}, here.source.roots(), &here}));
    if (step.rule() == "root") {
      here.source.declare_root(step);
    } else if (step.rule() == "form") {
      here.facts.push_back(form_step(step, here));
    } else if (step.rule() == "minor") {
      here.facts.push_back(minor_step(step, here));
    } else if (step.rule() == "sign") {
      here.facts.push_back(sign_step(step, here));
    } else if (step.rule() == "zeros") {
      for (Fact& f : zeros_step(step, here)) here.facts.push_back(std::move(f));
    } else if (step.rule() == "cases" || step.rule() == "cells") {
      step.require(here.splits < kMostSplits, "more than 40 case distinctions");
      auto apart = step.rule() == "cases" ? cases_step(step, here) : cells_step(step, here);
      open.pop_back();
      std::move(apart.rbegin(), apart.rend(), std::back_inserter(open));
    } else {
      step.require(step.rule() == "sum", "expected form, minor, zeros, sign, cases, cells or sum");
      sum_step(step, here);
      open.pop_back();
    }
  }
}

}  // namespace istcheck::check
