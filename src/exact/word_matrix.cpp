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

/// scale / den · num, the integer scale · q.
void clear_into(const Rational& q, const Integer& scale, bool unit, Integer& out) {
  mpz_ptr z = out.backend().data();
  mpq_srcptr x = q.backend().data();
  if (unit) {
    mpz_set(z, mpq_numref(x));
    return;
  }
  mpz_divexact(z, scale.backend().data(), mpq_denref(x));
  mpz_mul(z, z, mpq_numref(x));
}

}  // namespace

void multiply(const SquareMatrix<std::int64_t>& a, const SquareMatrix<std::int64_t>& b,
              SquareMatrix<std::int64_t>& c) {
  std::fill(c.entries.begin(), c.entries.end(), 0);
  for (int i = 0; i < a.size; ++i)
    for (int k = 0; k < a.size; ++k) {
      const std::int64_t factor = a(i, k);
      if (factor == 0) continue;
      for (int j = 0; j < a.size; ++j) c(i, j) += factor * b(k, j);
    }
}

void multiply(const SquareMatrix<Z>& a, const SquareMatrix<Z>& b, SquareMatrix<Z>& c) {
  fmpz_mat_mul(View(c).v, View(a).v, View(b).v);
}

void multiply_transposed(const SquareMatrix<std::int64_t>& a, const SquareMatrix<std::int64_t>& b,
                         SquareMatrix<std::int64_t>& c) {
  for (int i = 0; i < a.size; ++i)
    for (int j = 0; j < a.size; ++j) {
      std::int64_t sum = 0;
      for (int k = 0; k < a.size; ++k) sum += a(i, k) * b(j, k);
      c(i, j) = sum;
    }
}

void multiply_transposed(const SquareMatrix<Z>& a, const SquareMatrix<Z>& b, SquareMatrix<Z>& c) {
  SquareMatrix<Z> transposed(b.size);
  for (int i = 0; i < b.size; ++i)
    for (int j = 0; j < b.size; ++j) transposed(j, i) = b(i, j);
  multiply(a, transposed, c);
}

template <class T>
SquareMatrix<T> cleared(const RationalMatrix& m, const Integer& scale) {
  SquareMatrix<T> result(static_cast<int>(m.rows()));
  const bool unit = scale == 1;
  Integer entry;
  for (int i = 0; i < result.size; ++i)
    for (int j = 0; j < result.size; ++j) {
      clear_into(m(i, j), scale, unit, entry);
      if constexpr (std::is_same_v<T, Z>)
        result(i, j) = Z(entry);
      else
        result(i, j) = mpz_get_si(entry.backend().data());
    }
  return result;
}

template SquareMatrix<std::int64_t> cleared(const RationalMatrix&, const Integer&);
template SquareMatrix<Z> cleared(const RationalMatrix&, const Integer&);

long cleared_bits(const RationalMatrix& m, const Integer& scale) {
  const bool unit = scale == 1;
  Integer entry;
  size_t bits = 1;
  for (Eigen::Index k = 0; k < m.size(); ++k) {
    clear_into(m.data()[k], scale, unit, entry);
    bits = std::max(bits, mpz_sizeinbase(entry.backend().data(), 2));
  }
  return static_cast<long>(bits);
}

}  // namespace istcheck
