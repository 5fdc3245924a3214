#include "dynamics/enumeration.hpp"

#include <algorithm>
#include <stdexcept>

#include "exact/word_matrix.hpp"

namespace istcheck {

namespace {

template <class T>
struct ClearedTerm {
  bool left, right;
  SquareMatrix<T> G;
  std::vector<std::pair<int, int>> support;  // non-zero entries
};

template <class T>
ClearedTerm<T> clear_term(const SelectionTerm& term, const Integer& denominator) {
  ClearedTerm<T> result{term.left, term.right, cleared<T>(term.G, denominator), {}};
  for (int i = 0; i < result.G.size; ++i)
    for (int j = 0; j < result.G.size; ++j)
      if (!is_zero(result.G(i, j))) result.support.emplace_back(i, j);
  return result;
}

/// Adds P^left G P^right to X. Both sides selected: q² entries, by the lists of kept coordinates.
template <class T>
void add_selected(const ClearedTerm<T>& term, const std::vector<int>& kept,
                  const std::vector<char>& is_kept, SquareMatrix<T>& X) {
  if (term.left && term.right) {
    for (const int a : kept)
      for (const int k : kept) X(a, k) += term.G(a, k);
    return;
  }
  for (const auto& [a, k] : term.support)
    if ((!term.left || is_kept[static_cast<size_t>(a)]) &&
        (!term.right || is_kept[static_cast<size_t>(k)]))
      X(a, k) += term.G(a, k);
}

/// acc += weight · X S Xᵀ, skipping zeros of X: for a sketched operator D q² of D³ products remain.
/// weight · X S is held in T, the sum in Sum.
template <class T, class Sum>
struct Accumulator {
  explicit Accumulator(int size) : XS(size), sum(size), row_start(static_cast<size_t>(size) + 1) {}

  void add(const SquareMatrix<T>& X, const SquareMatrix<T>& S, const T& weight) {
    const int n = X.size;
    columns.clear();
    for (int a = 0; a < n; ++a) {
      row_start[static_cast<size_t>(a)] = columns.size();
      for (int k = 0; k < n; ++k)
        if (!is_zero(X(a, k))) columns.push_back(k);
    }
    row_start[static_cast<size_t>(n)] = columns.size();
    for (int a = 0; a < n; ++a) {
      for (int l = 0; l < n; ++l) XS(a, l) = T(0);
      for (size_t at = row_start[static_cast<size_t>(a)];
           at < row_start[static_cast<size_t>(a) + 1]; ++at) {
        const T factor = X(a, columns[at]) * weight;
        const T* row = &S.entries[static_cast<size_t>(columns[at] * n)];
        for (int l = 0; l < n; ++l) add_product(XS(a, l), factor, row[l]);
      }
    }
    for (int b = 0; b < n; ++b)
      for (int a = b; a < n; ++a)
        for (size_t at = row_start[static_cast<size_t>(b)];
             at < row_start[static_cast<size_t>(b) + 1]; ++at)
          add_product(sum(a, b), XS(a, columns[at]), X(b, columns[at]));
  }

  SquareMatrix<T> XS;
  SquareMatrix<Sum> sum;
  std::vector<size_t> row_start;
  std::vector<int> columns;
};

template <class T, class Sum>
RationalMatrix enumerate_push(const RandomAffineMap& map, const RationalMatrix& m,
                              const Integer& denominator, const Integer& m_denominator) {
  const SelectionLaw& law = *map.sketch().law();
  const int size = static_cast<int>(map.d()) + 1;
  std::vector<std::vector<ClearedTerm<T>>> terms;
  for (const auto& worker : map.terms()) {
    terms.emplace_back();
    for (const SelectionTerm& term : worker)
      terms.back().push_back(clear_term<T>(term, denominator));
  }
  const SquareMatrix<T> K = cleared<T>(map.constant(), denominator),
                        S = cleared<T>(m, m_denominator);
  SquareMatrix<T> X(size);
  std::vector<char> is_kept(static_cast<size_t>(size));
  Accumulator<T, Sum> accumulator(size);
  law.enumerate([&](const Integer& weight, const Selection& selection) {
    X.entries = K.entries;
    for (size_t i = 0; i < terms.size(); ++i) {
      for (const int a : selection[i]) is_kept[static_cast<size_t>(a)] = 1;
      for (const auto& term : terms[i]) add_selected(term, selection[i], is_kept, X);
      for (const int a : selection[i]) is_kept[static_cast<size_t>(a)] = 0;
    }
    if constexpr (std::is_same_v<T, Z>)
      accumulator.add(X, S, Z(weight));
    else
      accumulator.add(X, S, static_cast<T>(weight));
    return true;
  });
  const Integer total = denominator * denominator * m_denominator * law.weight_denominator();
  RationalMatrix result(size, size);
  for (int b = 0; b < size; ++b)
    for (int a = b; a < size; ++a)
      result(a, b) = result(b, a) = Rational(to_integer(accumulator.sum(a, b)), total);
  return result;
}

}  // namespace

RationalMatrix push_by_enumeration(const RandomAffineMap& map, const RationalMatrix& m) {
  if (!map.has_terms() || map.sketch().law() == nullptr)
    throw std::invalid_argument("the map is not a sum of selection terms");
  Integer denominator = flint::common_denominator(map.constant());
  for (const auto& worker : map.terms())
    for (const SelectionTerm& term : worker) {
      if (term.radicand != 1) throw std::invalid_argument("the map is irrational");
      denominator = lcm(denominator, flint::common_denominator(term.G));
    }
  const Integer m_denominator = flint::common_denominator(m);
  long bits = cleared_bits(map.constant(), denominator);
  long pieces = 1;
  for (const auto& worker : map.terms())
    for (const SelectionTerm& term : worker) {
      bits = std::max(bits, cleared_bits(term.G, denominator));
      ++pieces;
    }
  // max|X| ≤ pieces · max|G|, |w X S| ≤ w D max|X| max|S| and |Σ w X S Xᵀ| ≤ Σw D² max|X|² max|S|.
  const long x_bits = bits + bit_length(pieces), dimension_bits = bit_length(m.rows());
  const long product_bits = bit_length(map.sketch().law()->weight_denominator()) + dimension_bits +
                            x_bits + cleared_bits(m, m_denominator);
  const long total_bits = product_bits + dimension_bits + x_bits;
  const auto push = total_bits <= 62 ? enumerate_push<std::int64_t, std::int64_t>
                    : product_bits <= 62 && total_bits <= 126 ? enumerate_push<std::int64_t, Wide>
                                                              : enumerate_push<Z, Z>;
  return push(map, m, denominator, m_denominator);
}

template <class S>
EnumeratedMoments<S> enumerate_moments(const RandomAffineMap& map) {
  const Index D = map.d() + 1;
  EnumeratedMoments<S> result;
  result.mean = Matrix<S>::Constant(D, D, S(0));
  result.noise = Matrix<S>::Constant(D - 1, D - 1, S(0));
  result.products.assign(static_cast<size_t>(D * (D + 1) / 2),
                         std::vector<S>(static_cast<size_t>(D * D), S(0)));
  map.enumerate<S>([&](const Rational& weight, const DrawnMap<S>& drawn) {
    const S w(weight);
    result.mean += drawn.A * w;
    result.noise += drawn.noise * w;
    std::vector<std::vector<Index>> columns(static_cast<size_t>(D));
    for (Index a = 0; a < D; ++a)
      for (Index k = 0; k < D; ++k)
        if (drawn.A(a, k) != S(0)) columns[static_cast<size_t>(a)].push_back(k);
    size_t row = 0;
    for (Index a = 0; a < D; ++a)
      for (Index b = a; b < D; ++b, ++row)
        for (const Index k : columns[static_cast<size_t>(a)]) {
          const S factor = w * drawn.A(a, k);
          for (const Index l : columns[static_cast<size_t>(b)])
            result.products[row][static_cast<size_t>(k * D + l)] += factor * drawn.A(b, l);
        }
    return true;
  });
  return result;
}

template <class S>
Matrix<S> EnumeratedMoments<S>::push(const Matrix<S>& m) const {
  const Index D = mean.rows();
  Matrix<S> result(D, D);
  size_t row = 0;
  for (Index a = 0; a < D; ++a)
    for (Index b = a; b < D; ++b, ++row) {
      S sum(0);
      for (Index k = 0; k < D; ++k)
        for (Index l = 0; l < D; ++l)
          if (m(k, l) != S(0)) sum += products[row][static_cast<size_t>(k * D + l)] * m(k, l);
      result(a, b) = result(b, a) = sum;
    }
  return result;
}

template <class S>
Matrix<S> EnumeratedMoments<S>::pull(const Matrix<S>& m) const {
  const Index D = mean.rows();
  Matrix<S> result = Matrix<S>::Constant(D, D, S(0));
  size_t row = 0;
  for (Index a = 0; a < D; ++a)
    for (Index b = a; b < D; ++b, ++row) {
      if (m(a, b) == S(0)) continue;
      for (Index k = 0; k < D; ++k)
        for (Index l = 0; l < D; ++l) {
          const S term = products[row][static_cast<size_t>(k * D + l)] * m(a, b);
          result(k, l) += term;
          if (a != b) result(l, k) += term;
        }
    }
  return result;
}

template struct EnumeratedMoments<Rational>;
template struct EnumeratedMoments<Surd>;
template EnumeratedMoments<Rational> enumerate_moments(const RandomAffineMap&);
template EnumeratedMoments<Surd> enumerate_moments(const RandomAffineMap&);

}  // namespace istcheck
