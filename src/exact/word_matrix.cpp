#include "exact/word_matrix.hpp"

#include <algorithm>

namespace istcheck {

namespace {

/// A view of a matrix as FLINT sees it; nothing is copied.
struct View {
  explicit View(const SquareMatrix<Z>& m) {
    auto* first = reinterpret_cast<fmpz*>(const_cast<Z*>(m.entries.data()));
    for (int i = 0; i < m.size; ++i) rows.push_back(first + i * m.size);
    v->entries = first;
    v->r = m.size;
    v->c = m.size;
    v->rows = rows.data();
  }
  fmpz_mat_t v;
  std::vector<fmpz*> rows;
};

/// The integer scale · q: its place in q when q is one already and scale is 1, or else in
/// `scratch`.
mpz_srcptr cleared_entry(const Rational& q, const Integer& scale, bool unit, Integer& scratch) {
  mpq_srcptr x = q.raw();
  if (unit || mpq_sgn(x) == 0) return mpq_numref(x);
  mpz_ptr z = scratch.raw();
  mpz_divexact(z, scale.raw(), mpq_denref(x));
  mpz_mul(z, z, mpq_numref(x));
  return z;
}

}  // namespace

template <class T>
Columns nonzero_columns(const SquareMatrix<T>& m) {
  Columns range{m.size, 0};
  for (int i = 0; i < m.size; ++i) {
    for (int j = 0; j < range.first; ++j)
      if (!is_zero(m(i, j))) range.first = j;
    for (int j = m.size; j-- > range.last;)
      if (!is_zero(m(i, j))) range.last = j + 1;
  }
  return range;
}

template Columns nonzero_columns(const SquareMatrix<std::int64_t>&);
template Columns nonzero_columns(const SquareMatrix<Z>&);

void multiply_transposed(const SquareMatrix<std::int64_t>& a, const SquareMatrix<std::int64_t>& b,
                         Columns columns, bool symmetric, SquareMatrix<std::int64_t>& c) {
  const int n = a.size;
  for (int i = 0; i < n; ++i)
    for (int j = symmetric ? i : 0; j < n; ++j) {
      const std::int64_t *left = &a.entries[static_cast<size_t>(i * n)],
                         *right = &b.entries[static_cast<size_t>(j * n)];
      std::int64_t sum = 0;
      for (int k = columns.first; k < columns.last; ++k) sum += left[k] * right[k];
      c(i, j) = sum;
      if (symmetric) c(j, i) = sum;
    }
}

void multiply_transposed(const SquareMatrix<Z>& a, const SquareMatrix<Z>& b, Columns columns, bool,
                         SquareMatrix<Z>& c) {
  if (columns.empty()) {
    std::fill(c.entries.begin(), c.entries.end(), Z());
    return;
  }
  SquareMatrix<Z> transposed = b;
  transpose(transposed);
  fmpz_mat_mul(View(c).v, View(a).v, View(transposed).v);
}

template <class T>
SquareMatrix<T> cleared(const RationalMatrix& m, const Integer& scale) {
  SquareMatrix<T> result(static_cast<int>(m.rows()));
  const bool unit = scale == 1;
  Integer scratch;
  for (int j = 0; j < result.size; ++j)
    for (int i = 0; i < result.size; ++i) {
      mpz_srcptr entry = cleared_entry(m(i, j), scale, unit, scratch);
      if constexpr (std::is_same_v<T, Z>)
        result(i, j).set(entry);
      else
        result(i, j) = mpz_get_si(entry);
    }
  return result;
}

template SquareMatrix<std::int64_t> cleared(const RationalMatrix&, const Integer&);
template SquareMatrix<Z> cleared(const RationalMatrix&, const Integer&);

long cleared_bits(const RationalMatrix& m, const Integer& scale) {
  const bool unit = scale == 1;
  Integer scratch;
  size_t bits = 1;
  for (Index k = 0; k < m.size(); ++k)
    bits = std::max(bits, mpz_sizeinbase(cleared_entry(m.data()[k], scale, unit, scratch), 2));
  return static_cast<long>(bits);
}

}  // namespace istcheck
