#include "check/refutation.hpp"

#include <algorithm>

namespace istcheck::check {
namespace {

constexpr size_t kMostSplits = 40, kMostFactors = 12;

void require(const cert::Step& step, bool fact, const std::string& message) {
  if (!fact) throw Rejected(step, message);
}

size_t index(const cert::Step& step, const std::string& word, size_t most) {
  const bool good = !word.empty() && word.size() <= 6 && word[0] != '0' &&
                    word.find_first_not_of("0123456789") == std::string::npos;
  require(step, good && std::stoul(word) <= most,
          "'" + word.substr(0, 80) + "' is not in 1.." + std::to_string(most));
  return std::stoul(word) - 1;
}

Number number(const cert::Step& step, const std::string& word, const Impossible& known,
              const cert::Limits& limits) {
  try {
    const Number x = parse_number(word, known.source.unknowns());
    x.require_within(limits.bits, limits.terms);
    return x;
  } catch (const std::exception& error) {
    throw Rejected(step, error.what());
  }
}

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
Fact form_step(const cert::Step& step, const Impossible& known, const cert::Limits& limits) {
  require(step, step.words.size() >= 2, "expected the number of a form");
  const Form& form = known.forms[index(step, step.words[1], known.forms.size())];
  const size_t d = form.m.rows();
  require(step, step.words.size() == d + 2, "expected a vector of the form's size");
  Mat v(d, 1);
  bool nonzero = false;
  for (size_t i = 0; i < d; ++i) {
    v.at(i, 0) = number(step, step.words[i + 2], known, limits);
    nonzero = nonzero || (v.at(i, 0).is_rational() && !v.at(i, 0).vanishes());
  }
  return {form.definite && nonzero ? Fact::Is::positive : Fact::Is::nonnegative,
          (v.transposed() * form.m * v).at(0, 0)};
}

/// minor k i_1 … i_m, increasing.
/// Premise: M_k ⪰ 0 is assumed. Conclusion: the next fact is det M_k[I, I] >= 0, and > 0 when M_k ≻
/// 0. Sound: a principal submatrix is positive semidefinite (definite) too, and so is then its
/// determinant nonnegative (positive).
Fact minor_step(const cert::Step& step, const Impossible& known) {
  require(step, step.words.size() >= 3, "expected the number of a form, and rows");
  require(step, step.words.size() <= 8, "at most six rows");
  const Form& form = known.forms[index(step, step.words[1], known.forms.size())];
  std::vector<size_t> rows;
  for (size_t k = 2; k < step.words.size(); ++k) {
    rows.push_back(index(step, step.words[k], form.m.rows()));
    require(step, k == 2 || rows[rows.size() - 2] < rows.back(), "rows must increase");
  }
  return {form.definite ? Fact::Is::positive : Fact::Is::nonnegative,
          principal_minor(form.m, rows)};
}

/// sum c_1 f_1 p_1  c_2 f_2 p_2  …: terms of three words; f is 1 or fi*fj*….
/// Premises: the terms add up to zero (when reciprocals and squares of roots are cleared); each c
/// is positive, unless an equation is among the factors; one term is strict. Conclusion: no real
/// numbers fulfil the assumptions. Sound: every term is >= 0 and one is > 0, or their sum is not
/// zero.
void sum_step(const cert::Step& step, const Impossible& known, const cert::Limits& limits) {
  require(step, step.words.size() >= 4 && step.words.size() % 3 == 1,
          "expected terms of three words");
  Number sum;
  bool strict = false;
  for (size_t k = 1; k < step.words.size(); k += 3) {
    const auto c = parse_rational(step.words[k]);
    require(step, c && to_string(*c) == step.words[k] && !c->is_zero(), "no coefficient");
    std::vector<size_t> factors;
    const std::string& word = step.words[k + 1];
    for (size_t begin = 0; word != "1" && begin <= word.size();) {
      const size_t end = std::min(word.find('*', begin), word.size());
      require(step, word[begin] == 'f', "a factor is written f1, f2, …");
      factors.push_back(index(step, word.substr(begin + 1, end - begin - 1), known.facts.size()));
      begin = end + 1;
    }
    require(step, factors.size() <= kMostFactors, "more than 12 factors");
    const bool equation = std::any_of(factors.begin(), factors.end(), [&](size_t f) {
      return known.facts[f].is == Fact::Is::zero;
    });
    require(step, equation || *c > 0, "a coefficient that is not positive");
    const Number p = number(step, step.words[k + 2], known, limits);
    strict = strict || term_is_strict(known, factors, p);
    sum = sum + term_value(known, *c, factors, p);
    known.source.require_within(sum);
  }
  require(step, strict, "no term is certainly positive");
  require(step, known.source.cleared(sum).vanishes(), "the terms do not add up to zero");
}

}  // namespace

Number principal_minor(const Mat& m, const std::vector<size_t>& rows) {
  return minor(m, rows, rows);
}

Number term_value(const Impossible& known, const Rational& c, const std::vector<size_t>& factors,
                  const Number& p) {
  Number value = Number(c) * p;
  bool equation = false;
  for (const size_t f : factors) {
    value = value * known.facts.at(f).p;
    equation = equation || known.facts[f].is == Fact::Is::zero;
  }
  return equation ? value : value * p;
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
    const cert::Step step =
        steps.answer({Question::Kind::refutation, {}, here.source.unknowns(), &here});
    if (step.rule() == "form") {
      here.facts.push_back(form_step(step, here, limits));
    } else if (step.rule() == "minor") {
      here.facts.push_back(minor_step(step, here));
    } else if (step.rule() == "cases") {
      require(step, step.words.size() == 2, "expected one polynomial");
      require(step, here.splits < kMostSplits, "more than 40 case distinctions");
      const Number p = number(step, step.words[1], here, limits);
      Impossible now = std::move(here);
      open.pop_back();
      ++now.splits;
      for (const Fact& f :
           {Fact{Fact::Is::zero, p}, Fact{Fact::Is::positive, -p}, Fact{Fact::Is::positive, p}}) {
        open.push_back(now);
        open.back().facts.push_back(f);
      }
    } else {
      require(step, step.rule() == "sum", "expected form, minor, cases or sum");
      sum_step(step, here, limits);
      open.pop_back();
    }
  }
}

}  // namespace istcheck::check
