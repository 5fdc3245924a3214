// The code of exact/matrix.hpp, for the sources that compile it for a kind of number. Private to
// them.
#pragma once

#include <algorithm>
#include <exception>
#include <stdexcept>

#include "exact/matrix.hpp"

namespace istcheck {
namespace matrix_code {

inline void require(bool fits, const char* what) {
  if (!fits) throw std::invalid_argument(what);
}

/// sum += a b; a kind of number may have a faster one.
template <class S>
struct Products {
  void add(S& sum, const S& a, const S& b) { sum += a * b; }
};

}  // namespace matrix_code

template <class S>
Part<S>::Part(Matrix<S>& of, Index row, Index column, Index rows, Index columns)
    : of_(&of), row_(row), column_(column), rows_(rows), columns_(columns) {
  matrix_code::require(row >= 0 && column >= 0 && rows >= 0 && columns >= 0 &&
                           row + rows <= of.rows() && column + columns <= of.cols(),
                       "a part outside of a matrix");
}

template <class S>
Part<S> Part<S>::head(Index size) const {
  return columns_ == 1 ? Part(*of_, row_, column_, size, 1) : Part(*of_, row_, column_, 1, size);
}

template <class S>
Part<S> Part<S>::tail(Index size) const {
  return columns_ == 1 ? Part(*of_, row_ + rows_ - size, column_, size, 1)
                       : Part(*of_, row_, column_ + columns_ - size, 1, size);
}

template <class S>
Matrix<S> Part<S>::eval() const {
  Matrix<S> result(rows_, columns_);
  for (Index j = 0; j < columns_; ++j)
    for (Index i = 0; i < rows_; ++i) result(i, j) = (*this)(i, j);
  return result;
}

template <class S>
const Part<S>& Part<S>::operator=(const Matrix<S>& m) const {
  matrix_code::require(m.rows() == rows_ && m.cols() == columns_, "sizes that differ");
  for (Index j = 0; j < columns_; ++j)
    for (Index i = 0; i < rows_; ++i) (*this)(i, j) = m(i, j);
  return *this;
}

template <class S>
const Part<S>& Part<S>::operator+=(const Matrix<S>& m) const {
  matrix_code::require(m.rows() == rows_ && m.cols() == columns_, "sizes that differ");
  for (Index j = 0; j < columns_; ++j)
    for (Index i = 0; i < rows_; ++i) (*this)(i, j) += m(i, j);
  return *this;
}

template <class S>
const Part<S>& Part<S>::operator-=(const Matrix<S>& m) const {
  matrix_code::require(m.rows() == rows_ && m.cols() == columns_, "sizes that differ");
  for (Index j = 0; j < columns_; ++j)
    for (Index i = 0; i < rows_; ++i) (*this)(i, j) -= m(i, j);
  return *this;
}

template <class S>
const Part<S>& Part<S>::operator*=(const S& factor) const {
  const S copy = factor;  // it may stand in this part
  for (Index j = 0; j < columns_; ++j)
    for (Index i = 0; i < rows_; ++i) (*this)(i, j) *= copy;
  return *this;
}

template <class S>
void Part<S>::swap(const Part& other) const {
  matrix_code::require(other.rows_ == rows_ && other.columns_ == columns_, "sizes that differ");
  for (Index j = 0; j < columns_; ++j)
    for (Index i = 0; i < rows_; ++i) std::swap((*this)(i, j), other(i, j));
}

template <class S>
void Part<S>::setConstant(const S& value) const {
  const S copy = value;
  for (Index j = 0; j < columns_; ++j)
    for (Index i = 0; i < rows_; ++i) (*this)(i, j) = copy;
}

template <class S>
Index DiagonalPart<S>::size() const {
  return std::min(of_->rows(), of_->cols());
}

template <class S>
Vector<S> DiagonalPart<S>::eval() const {
  return std::as_const(*of_).diagonal();
}

template <class S>
const DiagonalPart<S>& DiagonalPart<S>::operator=(const Matrix<S>& column) const {
  matrix_code::require(column.size() == size(), "sizes that differ");
  for (Index i = 0; i < size(); ++i) (*of_)(i, i) = column(i);
  return *this;
}

template <class S>
const DiagonalPart<S>& DiagonalPart<S>::operator+=(const S& x) const {
  const S copy = x;
  for (Index i = 0; i < size(); ++i) (*of_)(i, i) += copy;
  return *this;
}

template <class S>
const DiagonalPart<S>& DiagonalPart<S>::operator-=(const S& x) const {
  const S copy = x;
  for (Index i = 0; i < size(); ++i) (*of_)(i, i) -= copy;
  return *this;
}

template <class S>
void DiagonalPart<S>::setConstant(const S& value) const {
  const S copy = value;
  for (Index i = 0; i < size(); ++i) (*of_)(i, i) = copy;
}

template <class S>
Filler<S>::~Filler() noexcept(false) {
  if (std::uncaught_exceptions() > 0) return;  // another fault is on its way
  matrix_code::require(m_->size() == 0 || (row_ + height_ == m_->rows() && column_ == m_->cols()),
                       "sizes that do not fill a matrix");
}

template <class S>
void Filler<S>::put(const Matrix<S>& block) {
  if (block.size() == 0) return;
  if (column_ == m_->cols()) {
    row_ += height_;
    column_ = 0;
  }
  matrix_code::require(column_ == 0 || height_ == block.rows(), "blocks of different heights");
  height_ = block.rows();
  m_->block(row_, column_, block.rows(), block.cols()) = block;
  column_ += block.cols();
}

template <class S>
Matrix<S>::Matrix(Index rows, Index columns) : rows_(rows), columns_(columns) {
  matrix_code::require(rows >= 0 && columns >= 0, "a negative size");
  entries_.resize(static_cast<size_t>(rows * columns));
}

template <class S>
Matrix<S> Matrix<S>::Constant(Index rows, Index columns, const S& value) {
  Matrix result(rows, columns);
  result.setConstant(value);
  return result;
}

template <class S>
Matrix<S> Matrix<S>::Identity(Index rows, Index columns) {
  Matrix result(rows, columns);
  for (Index i = 0; i < std::min(rows, columns); ++i) result(i, i) = S(1);
  return result;
}

template <class S>
S Matrix<S>::value() const {
  matrix_code::require(rows_ == 1 && columns_ == 1, "no single entry");
  return entries_.front();
}

template <class S>
Part<S> Matrix<S>::head(Index size) {
  return columns_ == 1 ? block(0, 0, size, 1) : block(0, 0, 1, size);
}

template <class S>
Part<S> Matrix<S>::tail(Index size) {
  return columns_ == 1 ? block(rows_ - size, 0, size, 1) : block(0, columns_ - size, 1, size);
}

template <class S>
Vector<S> Matrix<S>::col(Index j) const {
  return block(0, j, rows_, 1);
}

template <class S>
Matrix<S> Matrix<S>::block(Index row, Index column, Index rows, Index columns) const {
  return Part<S>(const_cast<Matrix&>(*this), row, column, rows, columns).eval();  // only read
}

template <class S>
Vector<S> Matrix<S>::head(Index size) const {
  return block(0, 0, size, 1);
}

template <class S>
Vector<S> Matrix<S>::tail(Index size) const {
  return block(rows_ - size, 0, size, 1);
}

template <class S>
Vector<S> Matrix<S>::diagonal() const {
  Vector<S> result(std::min(rows_, columns_));
  for (Index i = 0; i < result.size(); ++i) result(i) = (*this)(i, i);
  return result;
}

template <class S>
Matrix<S> Matrix<S>::asDiagonal() const {
  Matrix result(size(), size());
  for (Index i = 0; i < size(); ++i) result(i, i) = data()[i];
  return result;
}

template <class S>
Matrix<S> Matrix<S>::operator()(const std::vector<Index>& rows,
                                const std::vector<Index>& columns) const {
  Matrix result(static_cast<Index>(rows.size()), static_cast<Index>(columns.size()));
  for (Index j = 0; j < result.cols(); ++j)
    for (Index i = 0; i < result.rows(); ++i)
      result(i, j) = (*this)(rows[static_cast<size_t>(i)], columns[static_cast<size_t>(j)]);
  return result;
}

template <class S>
Matrix<S> Matrix<S>::transpose() const {
  Matrix result(columns_, rows_);
  for (Index j = 0; j < columns_; ++j)
    for (Index i = 0; i < rows_; ++i) result(j, i) = (*this)(i, j);
  return result;
}

template <class S>
S Matrix<S>::trace() const {
  matrix_code::require(rows_ == columns_, "a trace needs a square matrix");
  S result(0);
  for (Index i = 0; i < rows_; ++i) result += (*this)(i, i);
  return result;
}

template <class S>
S Matrix<S>::sum() const {
  S result(0);
  for (const S& x : entries_) result += x;
  return result;
}

template <class S>
S Matrix<S>::dot(const Matrix& other) const {
  matrix_code::require(size() == other.size(), "sizes that differ");
  S result(0);
  matrix_code::Products<S> products;
  for (Index k = 0; k < size(); ++k) products.add(result, data()[k], other.data()[k]);
  return result;
}

template <class S>
bool Matrix<S>::isZero() const {
  for (const S& x : entries_)
    if (x != S(0)) return false;
  return true;
}

template <class S>
Filler<S> Matrix<S>::operator<<(const S& entry) & {
  return {*this, Constant(1, 1, entry)};
}

template <class S>
void Matrix<S>::setConstant(const S& value) & {
  const S copy = value;
  for (S& x : entries_) x = copy;
}

template <class S>
Matrix<S>& Matrix<S>::operator+=(const Matrix& b) & {
  matrix_code::require(rows_ == b.rows_ && columns_ == b.columns_, "sizes that differ");
  for (Index k = 0; k < size(); ++k) data()[k] += b.data()[k];
  return *this;
}

template <class S>
Matrix<S>& Matrix<S>::operator-=(const Matrix& b) & {
  matrix_code::require(rows_ == b.rows_ && columns_ == b.columns_, "sizes that differ");
  for (Index k = 0; k < size(); ++k) data()[k] -= b.data()[k];
  return *this;
}

template <class S>
Matrix<S>& Matrix<S>::operator*=(const S& factor) & {
  const S copy = factor;
  for (S& x : entries_) x *= copy;
  return *this;
}

template <class S>
Matrix<S>& Matrix<S>::operator/=(const S& divisor) & {
  const S copy = divisor;
  for (S& x : entries_) x /= copy;
  return *this;
}

template <class S>
Matrix<S> Matrix<S>::operator-() const {
  Matrix result(*this);
  for (S& x : result.entries_) x = -x;
  return result;
}

template <class S>
Matrix<S> Matrix<S>::times(const Matrix& b) const {
  matrix_code::require(columns_ == b.rows_, "sizes that do not fit");
  Matrix result(rows_, b.columns_);
  matrix_code::Products<S> products;
  const S zero(0);
  for (Index j = 0; j < b.columns_; ++j) {
    for (Index k = 0; k < columns_; ++k) {
      const S& right = b(k, j);
      if (right == zero) continue;
      for (Index i = 0; i < rows_; ++i) {
        const S& left = (*this)(i, k);
        if (left != zero) products.add(result(i, j), left, right);
      }
    }
  }
  return result;
}

template <class S>
Vector<S>::Vector(Matrix<S> column) : Matrix<S>(std::move(column)) {
  if (this->size() == 0) this->Matrix<S>::resize(0, 1);
  matrix_code::require(this->cols() == 1, "a matrix in the place of a vector");
}

}  // namespace istcheck
