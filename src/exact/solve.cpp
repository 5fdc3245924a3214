// Linear systems and kernels.
#include <stdexcept>

#include "exact/flint_bridge.hpp"
#include "exact/linalg.hpp"

namespace istcheck {

using flint::Fmpz;
using flint::FmpzMat;

namespace {

void require_square_system(Index rows, Index cols, Index right_rows) {
  if (rows != cols || rows != right_rows)
    throw std::invalid_argument("solve needs a square matrix and a right side with as many rows");
}

/// The least common denominator of each row of [a | b], so that scaling rows keeps numbers short.
std::vector<Integer> row_denominators(const RationalMatrix& a, const RationalMatrix& b) {
  std::vector<Integer> result(static_cast<size_t>(a.rows()), 1);
  for (const RationalMatrix* m : {&a, &b})
    for (Index j = 0; j < m->cols(); ++j)
      for (Index i = 0; i < m->rows(); ++i)
        flint::join_denominator(result[static_cast<size_t>(i)], (*m)(i, j));
  return result;
}

FmpzMat cleared_by_rows(const RationalMatrix& m, const std::vector<Integer>& denominators) {
  FmpzMat result(m.rows(), m.cols());
  for (Index j = 0; j < m.cols(); ++j)
    for (Index i = 0; i < m.rows(); ++i)
      flint::set_cleared(result.at(i, j), m(i, j), denominators[static_cast<size_t>(i)]);
  return result;
}

}  // namespace

std::optional<RationalMatrix> solve(const RationalMatrix& a, const RationalMatrix& b) {
  require_square_system(a.rows(), a.cols(), b.rows());
  const auto denominators = row_denominators(a, b);
  const FmpzMat left = cleared_by_rows(a, denominators), right = cleared_by_rows(b, denominators);
  flint::FmpqMat x(b.rows(), b.cols());
  // Chooses Cramer's rule, fraction-free elimination, several primes or Dixon's lifting by size.
  if (!fmpq_mat_solve_fmpz_mat(x.v, left.v, right.v)) return std::nullopt;
  RationalMatrix result(b.rows(), b.cols());
  for (Index i = 0; i < b.rows(); ++i)
    for (Index j = 0; j < b.cols(); ++j)
      fmpq_get_mpq(result(i, j).raw(), fmpq_mat_entry(x.v, i, j));
  return result;
}

std::optional<SurdMatrix> solve(const SurdMatrix& a, const SurdMatrix& b) {
  require_square_system(a.rows(), a.cols(), b.rows());
  if (is_rational(a) && is_rational(b)) {
    const auto x = solve(to_rational(a), to_rational(b));
    if (!x) return std::nullopt;
    return to_surd(*x);
  }
  SurdMatrix left = a, x = b;
  for (Index k = 0; k < left.rows(); ++k) {
    Index pivot = k;
    while (pivot < left.rows() && left(pivot, k) == Surd(0)) ++pivot;
    if (pivot == left.rows()) return std::nullopt;
    left.row(k).swap(left.row(pivot));
    x.row(k).swap(x.row(pivot));
    const Surd inverse = left(k, k).inverse();
    left.row(k) *= inverse;
    x.row(k) *= inverse;
    for (Index i = 0; i < left.rows(); ++i) {
      if (i == k || left(i, k) == Surd(0)) continue;
      const Surd factor = left(i, k);
      left.row(i) -= factor * left.row(k);
      x.row(i) -= factor * x.row(k);
    }
  }
  return x;
}

template <class S>
Matrix<S> kernel(const Matrix<S>& a) {
  // Reduced row echelon form; every column without a pivot gives one basis vector.
  Matrix<S> m = a;
  std::vector<Index> pivot_columns, free_columns;
  Index row = 0;
  for (Index column = 0; column < m.cols(); ++column) {
    Index pivot = row;
    while (pivot < m.rows() && m(pivot, column) == S(0)) ++pivot;
    if (pivot >= m.rows()) {
      free_columns.push_back(column);
      continue;
    }
    m.row(row).swap(m.row(pivot));
    const S inverse = S(1) / m(row, column);
    m.row(row) *= inverse;
    for (Index i = 0; i < m.rows(); ++i)
      if (i != row && m(i, column) != S(0)) {
        const S factor = m(i, column);
        m.row(i) -= factor * m.row(row);
      }
    pivot_columns.push_back(column);
    ++row;
  }
  Matrix<S> basis = Matrix<S>::Constant(m.cols(), static_cast<Index>(free_columns.size()), S(0));
  for (Index k = 0; k < basis.cols(); ++k) {
    const Index column = free_columns[static_cast<size_t>(k)];
    basis(column, k) = S(1);
    for (size_t r = 0; r < pivot_columns.size(); ++r)
      basis(pivot_columns[r], k) = -m(static_cast<Index>(r), column);
  }
  return basis;
}

template RationalMatrix kernel(const RationalMatrix&);
template SurdMatrix kernel(const SurdMatrix&);

}  // namespace istcheck
