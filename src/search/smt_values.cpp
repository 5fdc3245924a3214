#include "search/smt_values.hpp"

namespace istcheck::search {

namespace {

void need_same_size(const TermMatrix& a, const TermMatrix& b) {
  if (a.rows() != b.rows() || a.cols() != b.cols())
    throw Unencodable("matrices of different sizes");
}

template <class F>
TermMatrix entrywise(const TermMatrix& a, const TermMatrix& b, const F& f) {
  TermMatrix result(a.rows(), a.cols());
  for (Index k = 0; k < a.size(); ++k) result(k) = f(a(k), b(k));
  return result;
}

}  // namespace

TermMatrix Algebra::constant(Index rows, Index columns, const Rational& x) {
  return TermMatrix::Constant(rows, columns, bank.number(x));
}

TermMatrix Algebra::identity(Index d) {
  TermMatrix m = constant(d, d, 0);
  m.diagonal().setConstant(bank.number(1));
  return m;
}

TermMatrix Algebra::add(const TermMatrix& a, const TermMatrix& b) {
  need_same_size(a, b);
  return entrywise(a, b, [&](Term x, Term y) { return bank.add(x, y); });
}

TermMatrix Algebra::sub(const TermMatrix& a, const TermMatrix& b) {
  need_same_size(a, b);
  return entrywise(a, b, [&](Term x, Term y) { return bank.sub(x, y); });
}

TermMatrix Algebra::mul(const TermMatrix& a, const TermMatrix& b) {
  if (a.cols() != b.rows()) throw Unencodable("matrices of sizes that do not fit a product");
  TermMatrix m = constant(a.rows(), b.cols(), 0);
  for (Index i = 0; i < m.rows(); ++i) {
    for (Index j = 0; j < m.cols(); ++j) {
      for (Index k = 0; k < a.cols(); ++k) m(i, j) = bank.add(m(i, j), bank.mul(a(i, k), b(k, j)));
    }
  }
  return m;
}

TermMatrix Algebra::scale(const TermMatrix& a, Term t) {
  return a.unaryExpr([&](Term x) { return bank.mul(x, t); });
}

Term Algebra::dot(const TermMatrix& a, const TermMatrix& b) { return mul(a.transpose(), b)(0, 0); }

Term Algebra::sum(const std::vector<Term>& all) {
  Term total = bank.number(0);
  for (Term t : all) total = bank.add(total, t);
  return total;
}

/// Along the first row.
Term Algebra::det(const TermMatrix& a) {
  const Index d = a.rows();
  if (d == 1) return a(0, 0);
  Term total = bank.number(0);
  for (Index k = 0; k < d; ++k) {
    TermMatrix rest(d - 1, d - 1);
    for (Index i = 1; i < d; ++i) {
      for (Index j = 0; j < d - 1; ++j) rest(i - 1, j) = a(i, j + (j >= k));
    }
    const Term part = bank.mul(a(0, k), det(rest));
    total = k % 2 == 0 ? bank.add(total, part) : bank.sub(total, part);
  }
  return total;
}

Term Algebra::power(Term t, long k) {
  Term result = bank.number(1);
  for (; k > 0; --k) result = bank.mul(result, t);
  return result;
}

TermMatrix Algebra::power(const TermMatrix& m, long k) {
  TermMatrix result = identity(m.rows());
  for (; k > 0; --k) result = mul(result, m);
  return result;
}

Term Algebra::quotient(Term a, Term b) {
  if (const Rational* y = bank.constant(b)) {
    if (*y == 0) {
      constraints.push_back(bank.no());  // the claim has no value here
      return bank.number(0);
    }
    return bank.mul(a, bank.number(1 / *y));
  }
  for (const auto& [square, root] : roots_) {  // 1/√c is √c/c
    const Rational* c = bank.constant(square);
    if (root == b && c != nullptr) return bank.mul(bank.number(1 / *c), bank.mul(a, b));
  }
  const auto [at, fresh] = quotients_.try_emplace({a, b}, 0);
  if (fresh) {
    at->second = bank.fresh("quotient");
    constraints.push_back(bank.relation("=", bank.mul(at->second, b), a));
    constraints.push_back(bank.negation(bank.relation("=", b, bank.number(0))));
  }
  return at->second;
}

Term Algebra::root(Term a) {
  if (const Rational* x = bank.constant(a)) {
    const Integer p = sqrt(numerator(*x)), q = sqrt(denominator(*x));
    if (*x >= 0 && p * p == numerator(*x) && q * q == denominator(*x))
      return bank.number(Rational(p, q));
  }
  const auto [at, fresh] = roots_.try_emplace(a, 0);
  if (fresh) {
    at->second = bank.fresh("root");
    constraints.push_back(bank.relation("<=", bank.number(0), at->second));
    constraints.push_back(bank.relation("=", bank.mul(at->second, at->second), a));
  }
  return at->second;
}

/// A diagonal matrix entry by entry; otherwise new variables Y with M Y = I, symmetric when M is.
TermMatrix Algebra::inverse(const TermMatrix& m) {
  const Index d = m.rows();
  bool diagonal = true, symmetric = true;
  for (Index i = 0; i < d; ++i) {
    for (Index j = 0; j < d; ++j) {
      diagonal = diagonal && (i == j || m(i, j) == bank.number(0));
      symmetric = symmetric && m(i, j) == m(j, i);
    }
  }
  TermMatrix y = constant(d, d, 0);
  for (Index i = 0; i < d; ++i) {
    if (diagonal) {
      y(i, i) = quotient(bank.number(1), m(i, i));
      continue;
    }
    for (Index j = symmetric ? i : 0; j < d; ++j) {
      y(i, j) = bank.fresh("inverse");
      if (symmetric) y(j, i) = y(i, j);
    }
  }
  if (diagonal) return y;
  const TermMatrix product = mul(m, y), one = identity(d);
  for (Index k = 0; k < product.size(); ++k)
    constraints.push_back(bank.relation("=", product.data()[k], one.data()[k]));
  return y;
}

Term Algebra::extreme(const TermMatrix& a, const TermMatrix& b, bool largest) {
  const Term t = bank.fresh(largest ? "largest" : "least");
  const TermMatrix gap = largest ? sub(scale(b, t), a) : sub(a, scale(b, t));
  constraints.push_back(bank.relation("=", det(gap), bank.number(0)));
  constraints.push_back(psd(gap, false, true, {}));
  return t;
}

std::vector<Term> Algebra::minors(const TermMatrix& m, bool leading) {
  std::vector<Term> result;
  const Index d = m.rows();
  for (unsigned set = 1; set < 1U << d; ++set) {
    if (leading && (set & (set + 1)) != 0) continue;
    std::vector<Index> kept;
    for (Index i = 0; i < d; ++i) {
      if ((set >> i) & 1U) kept.push_back(i);
    }
    TermMatrix part(static_cast<Index>(kept.size()), static_cast<Index>(kept.size()));
    for (size_t i = 0; i < kept.size(); ++i) {
      for (size_t j = 0; j < kept.size(); ++j)
        part(static_cast<Index>(i), static_cast<Index>(j)) = m(kept[i], kept[j]);
    }
    result.push_back(det(part));
  }
  return result;
}

Term Algebra::form(const TermMatrix& m, const TermMatrix& v) {
  return mul(v.transpose(), mul(m, v))(0, 0);
}

/// vᵀ M v < 0 (≤ 0 when M ≻ 0 is denied) with some v_k = 1.
Term Algebra::witness_against(const TermMatrix& m, bool strict) {
  TermMatrix v(m.rows(), 1);
  std::vector<Term> fixed;
  for (Index k = 0; k < v.rows(); ++k) {
    v(k, 0) = bank.fresh("witness");
    fixed.push_back(bank.relation("=", v(k, 0), bank.number(1)));
  }
  witnesses_.push_back(v);
  return bank.conjunction(
      {bank.relation(strict ? "<=" : "<", form(m, v), bank.number(0)), bank.disjunction(fixed)});
}

/// The same for v among e_k and the sign changes and multiples of two neighbouring coordinates.
Term Algebra::fixed_witness_against(const TermMatrix& m, bool strict) {
  std::vector<Term> any;
  const auto add = [&](Index first, int a, int b) {
    TermMatrix v = constant(m.rows(), 1, 0);
    v(first, 0) = bank.number(a);
    if (b != 0) v(first + 1, 0) = bank.number(b);
    any.push_back(bank.relation(strict ? "<=" : "<", form(m, v), bank.number(0)));
  };
  for (Index k = 0; k < m.rows(); ++k) {
    add(k, 1, 0);
    if (k + 1 == m.rows()) continue;
    for (const auto& [a, b] :
         {std::pair(1, 1), {1, -1}, {1, 2}, {2, -1}, {3, -1}, {1, -3}, {4, -1}})
      add(k, a, b);
  }
  return bank.disjunction(any);
}

Term Algebra::equal(const TermMatrix& a, const TermMatrix& b) {
  need_same_size(a, b);
  std::vector<Term> all;
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j <= i; ++j) all.push_back(bank.relation("=", a(i, j), b(i, j)));
  }
  return bank.conjunction(all);
}

/// M = R Rᵀ with R lower triangular and a non-negative (positive) diagonal.
Term Algebra::by_cholesky(const TermMatrix& m, bool strict) {
  TermMatrix r = constant(m.rows(), m.cols(), 0);
  std::vector<Term> all;
  for (Index i = 0; i < m.rows(); ++i) {
    for (Index j = 0; j <= i; ++j) r(i, j) = bank.fresh("cholesky");
    all.push_back(bank.relation(strict ? "<" : "<=", bank.number(0), r(i, i)));
  }
  all.push_back(equal(mul(r, r.transpose()), m));
  return bank.conjunction(all);
}

/// M = U D Uᵀ with U unit lower triangular and D ≥ 0 (> 0): every M ⪰ 0 has such a form, as the
/// column of U at a zero pivot can be chosen zero.
Term Algebra::by_ldlt(const TermMatrix& m, bool strict) {
  TermMatrix u = identity(m.rows()), d = constant(m.rows(), m.cols(), 0);
  std::vector<Term> all;
  for (Index i = 0; i < m.rows(); ++i) {
    for (Index j = 0; j < i; ++j) u(i, j) = bank.fresh("unit");
    d(i, i) = bank.fresh("pivot");
    all.push_back(bank.relation(strict ? "<" : "<=", bank.number(0), d(i, i)));
  }
  all.push_back(equal(mul(u, mul(d, u.transpose())), m));
  return bank.conjunction(all);
}

void Algebra::assume_at_instances(const TermMatrix& m, bool strict) {
  assumed_.emplace_back(m, strict);
}

std::vector<Term> Algebra::instances() {
  std::vector<Term> all;
  for (const auto& [m, strict] : assumed_) {
    for (const auto& v : witnesses_) {
      if (v.rows() != m.rows()) continue;
      all.push_back(bank.relation(strict ? "<" : "<=", bank.number(0), form(m, v)));
    }
  }
  return all;
}

/// M ⪰ 0 exactly when all principal minors are ≥ 0; M ≻ 0 exactly when the leading ones are > 0
/// (Sylvester). A variable that exists only under a denial is free elsewhere, so sharing is sound.
/// Whether a hypothesis is written by instances only is for the caller, who knows that it is one.
Term Algebra::psd(const TermMatrix& m, bool strict, bool positive, const Encoding& encoding) {
  const Term zero = bank.number(0);
  if (m.rows() > 1 && positive) {
    if (encoding.psd == Encoding::Psd::cholesky) return by_cholesky(m, strict);
    if (encoding.psd == Encoding::Psd::ldlt) return by_ldlt(m, strict);
  }
  if (m.rows() > 1 && !positive) {
    if (encoding.not_psd == Encoding::NotPsd::witness) return witness_against(m, strict);
    if (encoding.not_psd == Encoding::NotPsd::fixed_witness)
      return fixed_witness_against(m, strict);
  }
  std::vector<Term> parts;
  for (Term minor : minors(m, strict)) {
    const Term fine = bank.relation(strict ? "<" : "<=", zero, minor);
    parts.push_back(positive ? fine : bank.negation(fine));
  }
  return positive ? bank.conjunction(parts) : bank.disjunction(parts);
}

}  // namespace istcheck::search
