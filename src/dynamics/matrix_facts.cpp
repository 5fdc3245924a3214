#include "dynamics/matrix_facts.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "dynamics/follows.hpp"
#include "dynamics/line.hpp"
#include "dynamics/theta.hpp"
#include "dynamics/unknown_polynomials.hpp"
#include "exact/linalg.hpp"

namespace istcheck::decision {
namespace {

constexpr Index kMostMinors = 5;  ///< of the size of a matrix all of whose minors are looked at

Made form_fact(const std::vector<MatrixFact>& matrices, size_t k, const std::vector<Surd>& v) {
  Fact fact = fact_of_form(matrices[k], v);  // by itself: it may throw
  return {{ProofStep::Rule::form, {}, k, {}, v, 0, {}}, std::move(fact)};
}

/// A vector in the kernel of m, one of whose entries is 1; nothing when there is none.
std::optional<std::vector<Surd>> kernel_vector(const SurdMatrix& m) {
  const SurdMatrix all = kernel(m);
  if (all.cols() == 0) return std::nullopt;
  const SurdVector first = all.col(0);
  std::vector<Surd> v(first.begin(), first.end());
  const auto nonzero = std::find_if(v.begin(), v.end(), [](const Surd& x) { return !is_zero(x); });
  const Surd scale = nonzero->inverse();
  for (Surd& x : v) x *= scale;
  return v;
}

/// A + t B ⪰ 0 for one unknown t: where the t that fulfil it end, a form that says so.
void add_ends(const std::vector<MatrixFact>& matrices, size_t k, std::vector<Made>& result) {
  const SurdMatrix& m = matrices[k].m;
  std::set<unsigned> in;
  for (const Surd& x : m) in.merge(unknowns_of(x));
  if (in.size() != 1) return;
  const unsigned t = *in.begin();
  SurdMatrix a(m.rows(), m.cols()), b(m.rows(), m.cols());
  for (Index i = 0; i < m.rows(); ++i)
    for (Index j = 0; j < m.cols(); ++j) {
      Coefficients c = coefficients_in(m(i, j), t);
      if (c.size() > 2) return;
      c.resize(2);
      a(i, j) = c[0];
      b(i, j) = c[1];
    }
  try {
    for (const int side : {1, -1}) {
      // −A ⪯ t B; then −A ⪯ s (−B) for s = −t.
      const SurdMatrix q = -a, w = b * Surd(side);
      const LeastTheta end = is_rational(q) && is_rational(w)
                                 ? least_theta(to_rational(q), to_rational(w))
                                 : least_theta(q, w);
      if (!end.least) continue;
      const auto x = surd_of(*end.least, field_of(m));
      if (!x) continue;
      if (const auto v = kernel_vector(SurdMatrix(a + w * *x)))
        result.push_back(form_fact(matrices, k, *v));
    }
  } catch (const std::domain_error&) {
  }
}

/// The places of the unknowns that are the entries of a symmetric matrix; nothing when an entry is
/// something else.
std::optional<std::map<unsigned, std::pair<Index, Index>>> free_entries(const SurdMatrix& m) {
  std::map<unsigned, std::pair<Index, Index>> place;
  for (Index i = 0; i < m.rows(); ++i)
    for (Index j = 0; j <= i; ++j) {
      const auto in = unknowns_of(m(i, j));
      if (in.size() != 1 || !m(i, j).identical(Surd::unknown(*in.begin()))) return std::nullopt;
      place[*in.begin()] = {i, j};
    }
  return place;
}

/// c + tr(C M) of a fact about M, in numbers.
struct LinearFact {
  size_t fact;
  Surd constant;
  SurdMatrix matrix;
};
std::vector<LinearFact> linear_facts(const Conjunction& c, const SurdMatrix& m,
                                     const std::map<unsigned, std::pair<Index, Index>>& place) {
  std::vector<LinearFact> result;
  std::set<unsigned> entries;
  for (const auto& [u, at] : place) entries.insert(u);
  for (size_t k = 0; k < c.facts.size(); ++k) {
    const Fact& f = c.facts[k];
    if (f.is == Fact::Is::zero || degree_in(f.p, entries) != 1) continue;
    LinearFact l{k, 0, SurdMatrix::Constant(m.rows(), m.cols(), Surd(0))};
    bool numbers = true;
    for (const auto& [monomial, coefficient] : parts_in(f.p, entries)) {
      numbers = numbers && is_number(coefficient);
      if (monomial.empty()) {
        l.constant = coefficient;
        continue;
      }
      const auto [i, j] = place.at(monomial[0].first);
      l.matrix(i, j) = l.matrix(j, i) = coefficient * Surd(i == j ? Rational(1) : Rational(1, 2));
    }
    if (numbers) result.push_back(std::move(l));
  }
  return result;
}

/// λ >= 0 among which, where there are any, is one with C + λE ⪯ 0: those that remove the constant,
/// the ends of where it is so, and numbers between them.
std::vector<Surd> factors_of(const LinearFact& c, const LinearFact& e) {
  std::vector<Surd> factors;
  if (!is_zero(e.constant)) factors.push_back(-c.constant * e.constant.inverse());
  const auto ends = is_rational(c.matrix) && is_rational(e.matrix)
                        ? pencil_roots(to_rational(-c.matrix), to_rational(e.matrix))
                        : pencil_roots(SurdMatrix(-c.matrix), e.matrix);
  for (size_t k = 0; ends && k < ends->size(); ++k) {
    if ((*ends)[k].is_rational()) factors.emplace_back((*ends)[k].rational());
    if (k > 0) factors.emplace_back(between((*ends)[k - 1], (*ends)[k]));
  }
  if (ends && !ends->empty()) factors.emplace_back(between(ends->back(), std::nullopt));
  std::erase_if(factors, [](const Surd& x) { return x.sign() < 0; });
  return factors;
}

}  // namespace

std::vector<Made> minors_of(const std::vector<MatrixFact>& matrices, size_t k) {
  const MatrixFact& m = matrices[k];
  const Index d = m.m.rows();
  std::vector<Made> result;
  if (d > kMostMinors) return result;
  for (unsigned long set = 1; set < (1UL << d); ++set) {
    std::vector<Index> rows;
    for (Index i = 0; i < d; ++i)
      if ((set >> i) % 2 == 1) rows.push_back(i);
    if (m.definite && rows.back() + 1 != static_cast<Index>(rows.size())) continue;
    Fact fact = fact_of_minor(m, rows);  // by itself: it may throw
    result.push_back({{ProofStep::Rule::minor, {}, k, rows, {}, 0, {}}, std::move(fact)});
  }
  return result;
}

std::vector<Made> forms_of(const std::vector<MatrixFact>& matrices, size_t k) {
  const MatrixFact& m = matrices[k];
  const Index d = m.m.rows();
  std::vector<Made> result;
  if (!has_unknowns(m.m)) {
    const auto decision = decide_psd(m.m);
    if (const auto* v = std::get_if<NegativeDirection<Surd>>(&decision.witness)) {
      result.push_back(form_fact(matrices, k, {v->v.begin(), v->v.end()}));
    } else if (m.definite && !decision.definite) {
      result.push_back(form_fact(matrices, k, *kernel_vector(m.m)));
    }
    return result;
  }
  add_ends(matrices, k, result);
  for (Index i = 0; i < d; ++i) {
    std::vector<Surd> v(static_cast<size_t>(d));
    v[static_cast<size_t>(i)] = 1;
    result.push_back(form_fact(matrices, k, v));
  }
  if (d > 3) return result;
  for (Index i = 0; i < d; ++i)
    for (Index j = 0; j < i; ++j)
      for (const int s : {1, -1}) {
        std::vector<Surd> v(static_cast<size_t>(d));
        v[static_cast<size_t>(i)] = 1;
        v[static_cast<size_t>(j)] = s;
        result.push_back(form_fact(matrices, k, v));
      }
  if (d == 2)
    for (Made& m2 : minors_of(matrices, k))
      if (m2.step.rows.size() == 2) result.push_back(std::move(m2));
  return result;
}
void add_sums_of_facts(const Conjunction& c, size_t k, Writer& writer, Way& way) {
  const auto place = free_entries(c.matrices[k].m);
  if (!place) return;
  const auto add = [&](const Known& fact, const SurdMatrix& matrix) {
    const auto decision = decide_psd_by_ldlt(SurdMatrix(-matrix));
    const auto* factor = std::get_if<LdltFactor<Surd>>(&decision.witness);
    if (factor == nullptr) return false;
    Known sum = fact;
    for (Index column = 0; column < matrix.cols(); ++column) {
      if (is_zero(factor->pivots(column))) continue;
      std::vector<Surd> v(static_cast<size_t>(matrix.rows()));
      for (Index row = 0; row < matrix.rows(); ++row)
        v[static_cast<size_t>(factor->order[static_cast<size_t>(row)])] =
            factor->lower(row, column);
      Made form = form_fact(c.matrices, k, v);
      const Known known = writer.known(writer.later(std::move(form.step), std::move(form.fact)));
      sum = added(sum, scaled(known, factor->pivots(column)));
    }
    way.facts.push_back(std::move(sum));
    return true;
  };
  const auto facts = linear_facts(c, c.matrices[k].m, *place);
  for (const LinearFact& f : facts) add(writer.known(f.fact), f.matrix);
  constexpr size_t kMostFacts = 4;
  if (facts.size() > kMostFacts) return;
  for (const LinearFact& f : facts)
    for (const LinearFact& g : facts)
      if (&f != &g)
        for (const Surd& factor : factors_of(f, g)) {
          const Known& first = writer.known(f.fact);
          const Known sum =
              is_zero(factor) ? first : added(first, scaled(writer.known(g.fact), factor));
          if (add(sum, f.matrix + g.matrix * factor)) break;
        }
}
std::optional<Point> positive_point(const Conjunction& c) {
  constexpr long kLargest = 2;
  if (c.matrices.size() != 1 || !c.matrices[0].definite || !c.scalars.empty()) return std::nullopt;
  const SurdMatrix& m = c.matrices[0].m;
  const auto place = free_entries(m);
  if (!place || place->size() != c.entries.size() || !c.defined.empty()) return std::nullopt;
  std::vector<SurdVector> directions;
  for (const LinearFact& f : linear_facts(c, m, *place)) {
    const auto decision = decide_psd_by_ldlt(SurdMatrix(-f.matrix));
    if (const auto* n = std::get_if<NegativeDirection<Surd>>(&decision.witness))
      directions.push_back(n->v);
  }
  std::vector<long> count(static_cast<size_t>(m.rows()), -kLargest);
  while (m.rows() <= 3 && count.back() <= kLargest) {
    SurdVector v(m.rows());
    for (Index i = 0; i < m.rows(); ++i) v(i) = Surd(Rational(count[static_cast<size_t>(i)]));
    directions.push_back(v);
    for (size_t i = 0; i < count.size() && ++count[i] > kLargest && i + 1 < count.size(); ++i)
      count[i] = -kLargest;
  }
  const auto size = [](const SurdVector& v) {
    Surd sum = 0;
    for (const Surd& x : v) sum += x * x;
    return sum;
  };
  std::stable_sort(directions.begin(), directions.end(),
                   [&](const auto& a, const auto& b) { return size(a) < size(b); });
  for (const long s : {1L, 10L, 1000L, 1000000L})
    for (const long share : {1L, 10L, 1000L, 1000000L})
      for (const SurdVector& v : directions) {
        Point point;
        for (const auto& [u, at] : *place)
          point[u] = v(at.first) * v(at.second) * Surd(Rational(s)) +
                     (at.first == at.second ? Surd(Rational(1, share)) : Surd(0));
        if (fulfils(c, point)) return point;
      }
  return std::nullopt;
}

}  // namespace istcheck::decision
