// Dense matrices of exact numbers, stored column after column.
//
// Operations are plain functions that return matrices; nothing is evaluated lazily, so `auto` is
// safe. They are compiled once for each kind of number, in the .cpp file of that number, from
// exact/matrix_code.hpp. Eigen, which is made for floating-point numbers and compiles its kernels
// anew in every source, serves only where something floating is proposed (exact/floating.hpp).
// Sizes that do not fit, and places outside, throw std::invalid_argument.
#pragma once

#include <utility>
#include <vector>

#include "exact/integer.hpp"

namespace istcheck {

class Rational;
template <class S>
class Matrix;
template <class S>
class Vector;

/// A rectangle of a matrix that can be read and written. It refers to the matrix and must not
/// outlive it.
template <class S>
class Part {
 public:
  Part(Matrix<S>& of, Index row, Index column, Index rows, Index columns);
  Part(const Part&) = default;

  Index rows() const { return rows_; }
  Index cols() const { return columns_; }
  Index size() const { return rows_ * columns_; }
  S& operator()(Index i, Index j) const;
  /// Entry k of a row or a column.
  S& operator()(Index k) const { return columns_ == 1 ? (*this)(k, 0) : (*this)(0, k); }
  Part head(Index size) const;  ///< of a row or a column
  Part tail(Index size) const;
  Matrix<S> eval() const;
  Matrix<S> transpose() const { return eval().transpose(); }
  bool isZero() const { return eval().isZero(); }

  const Part& operator=(const Matrix<S>& m) const;
  const Part& operator=(const Part& m) const { return *this = m.eval(); }
  const Part& operator+=(const Matrix<S>& m) const;
  const Part& operator-=(const Matrix<S>& m) const;
  const Part& operator*=(const S& factor) const;
  void swap(const Part& other) const;
  void setConstant(const S& value) const;
  void setZero() const { setConstant(S(0)); }
  Matrix<S> operator-() const { return -eval(); }
  friend Matrix<S> operator+(const Part& a, const Matrix<S>& b) { return a.eval() + b; }
  friend Matrix<S> operator-(const Part& a, const Matrix<S>& b) { return a.eval() - b; }
  friend Matrix<S> operator*(const Part& a, const Matrix<S>& b) { return a.eval() * b; }
  friend Matrix<S> operator*(const Part& a, const S& factor) { return a.eval() * factor; }
  friend Matrix<S> operator*(const S& factor, const Part& a) { return a.eval() * factor; }
  friend bool operator==(const Part& a, const Matrix<S>& b) { return a.eval() == b; }

 private:
  Matrix<S>* of_;
  Index row_, column_, rows_, columns_;
};

/// The diagonal of a matrix, as Part.
template <class S>
class DiagonalPart {
 public:
  explicit DiagonalPart(Matrix<S>& of) : of_(&of) {}
  Vector<S> eval() const;
  const DiagonalPart& operator=(const Matrix<S>& column) const;
  const DiagonalPart& operator+=(const S& x) const;  ///< to every entry
  const DiagonalPart& operator-=(const S& x) const;
  void setConstant(const S& value) const;
  void setZero() const { setConstant(S(0)); }

 private:
  Index size() const;
  Matrix<S>* of_;
};

/// m << a, b, c: entries and blocks from left to right, row of blocks by row of blocks. They must
/// fill m.
template <class S>
class Filler {
 public:
  Filler(Matrix<S>& m, const Matrix<S>& first) : m_(&m) { put(first); }
  Filler(const Filler&) = delete;
  Filler& operator=(const Filler&) = delete;
  /// Throws std::invalid_argument at the end of the expression when places are left.
  ~Filler() noexcept(false);
  Filler& operator,(const Matrix<S>& block) {
    put(block);
    return *this;
  }
  Filler& operator,(const S& entry) { return *this, Matrix<S>::Constant(1, 1, entry); }

 private:
  void put(const Matrix<S>& block);
  Matrix<S>* m_;
  Index row_ = 0, column_ = 0, height_ = 0;
};

template <class S>
class Matrix {
 public:
  Matrix() = default;
  /// Zeros.
  Matrix(Index rows, Index columns);
  Matrix(const Part<S>& part) : Matrix(part.eval()) {}          // NOLINT: a part is a matrix
  Matrix(const DiagonalPart<S>& part) : Matrix(part.eval()) {}  // NOLINT
  Matrix(const Matrix&) = default;
  Matrix(Matrix&&) noexcept = default;
  ~Matrix() = default;
  // What changes a matrix is refused of a temporary one: m.leftCols(2) = … would change nothing.
  Matrix& operator=(const Matrix&) & = default;
  Matrix& operator=(Matrix&&) & noexcept = default;
  static Matrix Constant(Index rows, Index columns, const S& value);
  static Matrix Zero(Index rows, Index columns) { return Matrix(rows, columns); }
  static Matrix Identity(Index rows, Index columns);

  Index rows() const { return rows_; }
  Index cols() const { return columns_; }
  Index size() const { return rows_ * columns_; }
  // What belongs to a matrix without a name is copied, or not handed out: it ends with the
  // expression.
  S* data() & { return entries_.data(); }
  const S* data() const& { return entries_.data(); }
  const S* data() const&& = delete;
  S& operator()(Index i, Index j) & { return entries_[place(i, j)]; }
  const S& operator()(Index i, Index j) const& { return entries_[place(i, j)]; }
  S operator()(Index i, Index j) && { return std::move(entries_[place(i, j)]); }
  /// Entry k of a row or a column.
  S& operator()(Index k) & { return entries_[place(k)]; }
  const S& operator()(Index k) const& { return entries_[place(k)]; }
  S operator()(Index k) && { return std::move(entries_[place(k)]); }
  S& operator[](Index k) & { return (*this)(k); }
  const S& operator[](Index k) const& { return (*this)(k); }
  S operator[](Index k) && { return std::move(entries_[place(k)]); }
  auto begin() const& { return entries_.begin(); }
  auto end() const& { return entries_.end(); }
  auto begin() & { return entries_.begin(); }
  auto end() & { return entries_.end(); }
  void begin() const&& = delete;
  void end() const&& = delete;

  /// The only entry of a 1 × 1 matrix.
  S value() const;
  Part<S> row(Index i) { return {*this, i, 0, 1, columns_}; }
  Part<S> col(Index j) { return {*this, 0, j, rows_, 1}; }
  Part<S> block(Index row, Index column, Index rows, Index columns) {
    return {*this, row, column, rows, columns};
  }
  Part<S> leftCols(Index count) { return block(0, 0, rows_, count); }
  Part<S> topLeftCorner(Index rows, Index columns) { return block(0, 0, rows, columns); }
  Part<S> head(Index size);
  Part<S> tail(Index size);
  DiagonalPart<S> diagonal() { return DiagonalPart<S>(*this); }
  Matrix row(Index i) const { return block(i, 0, 1, columns_); }
  Vector<S> col(Index j) const;
  Matrix block(Index row, Index column, Index rows, Index columns) const;
  Vector<S> head(Index size) const;  ///< of a column
  Vector<S> tail(Index size) const;
  Vector<S> diagonal() const;
  Matrix topLeftCorner(Index rows, Index columns) const { return block(0, 0, rows, columns); }
  Matrix topRightCorner(Index rows, Index columns) const {
    return block(0, columns_ - columns, rows, columns);
  }
  Matrix bottomRightCorner(Index rows, Index columns) const {
    return block(rows_ - rows, columns_ - columns, rows, columns);
  }
  Matrix topRows(Index count) const { return block(0, 0, count, columns_); }
  Matrix bottomRows(Index count) const { return block(rows_ - count, 0, count, columns_); }
  Matrix leftCols(Index count) const { return block(0, 0, rows_, count); }
  /// The square matrix with this column as its diagonal.
  Matrix asDiagonal() const;
  /// Rows and columns with these indices.
  Matrix operator()(const std::vector<Index>& rows, const std::vector<Index>& columns) const;

  Matrix transpose() const;
  S trace() const;  ///< of a square matrix
  S sum() const;
  S dot(const Matrix& other) const;  ///< the sum of products of entries
  S squaredNorm() const { return dot(*this); }
  bool isZero() const;
  Matrix eval() const { return *this; }
  /// f(entry) for every entry.
  template <class F>
  auto unaryExpr(const F& f) const {
    Matrix<std::decay_t<decltype(f(std::declval<const S&>()))>> result(rows_, columns_);
    for (Index k = 0; k < size(); ++k) result.data()[k] = f(data()[k]);
    return result;
  }

  Filler<S> operator<<(const Matrix& block) & { return {*this, block}; }
  Filler<S> operator<<(const S& entry) &;
  void setConstant(const S& value) &;
  void setZero() & { setConstant(S(0)); }
  void setIdentity() & { *this = Identity(rows_, columns_); }
  /// Zeros of another size.
  void resize(Index rows, Index columns) & { *this = Matrix(rows, columns); }

  Matrix& operator+=(const Matrix& b) &;
  Matrix& operator-=(const Matrix& b) &;
  Matrix& operator*=(const S& factor) &;
  Matrix& operator/=(const S& divisor) &;
  Matrix operator-() const;
  friend Matrix operator+(Matrix a, const Matrix& b) { return std::move(a += b); }
  friend Matrix operator-(Matrix a, const Matrix& b) { return std::move(a -= b); }
  /// O(rows · inner · columns) products of entries; none for a zero.
  friend Matrix operator*(const Matrix& a, const Matrix& b) { return a.times(b); }
  friend Matrix operator*(Matrix a, const S& factor) { return std::move(a *= factor); }
  friend Matrix operator*(const S& factor, Matrix a) { return std::move(a *= factor); }
  friend Matrix operator/(Matrix a, const S& divisor) { return std::move(a /= divisor); }
  friend bool operator==(const Matrix& a, const Matrix& b) {
    return a.rows_ == b.rows_ && a.columns_ == b.columns_ && a.entries_ == b.entries_;
  }

 private:
  Matrix times(const Matrix& b) const;
  size_t place(Index i, Index j) const { return static_cast<size_t>(j * rows_ + i); }
  size_t place(Index k) const { return static_cast<size_t>(k); }
  Index rows_ = 0, columns_ = 0;
  std::vector<S> entries_;
};

/// A matrix of one column.
template <class S>
class Vector : public Matrix<S> {
 public:
  Vector() = default;
  explicit Vector(Index size) : Matrix<S>(size, 1) {}
  Vector(Matrix<S> column);                                     // NOLINT: converts where it fits
  Vector(const Part<S>& part) : Vector(part.eval()) {}          // NOLINT
  Vector(const DiagonalPart<S>& part) : Vector(part.eval()) {}  // NOLINT
  Vector(const Vector&) = default;
  Vector(Vector&&) noexcept = default;
  ~Vector() = default;
  Vector& operator=(const Vector&) & = default;
  Vector& operator=(Vector&&) & noexcept = default;
  static Vector Constant(Index size, const S& value) { return Matrix<S>::Constant(size, 1, value); }
  static Vector Zero(Index size) { return Vector(size); }
  void resize(Index size) & { *this = Vector(size); }
};

template <class S>
S& Part<S>::operator()(Index i, Index j) const {
  return (*of_)(row_ + i, column_ + j);
}

using RationalMatrix = Matrix<Rational>;
using RationalVector = Vector<Rational>;

/// Matrices of S and what belongs to them: `WORD template class …`, the word being nothing where
/// they are compiled.
#define ISTCHECK_MATRICES(WORD, S)     \
  WORD template class Matrix<S>;       \
  WORD template class Vector<S>;       \
  WORD template class Part<S>;         \
  WORD template class DiagonalPart<S>; \
  WORD template class Filler<S>

// src/exact/matrix.cpp has the code for these.
ISTCHECK_MATRICES(extern, Rational);
ISTCHECK_MATRICES(extern, Integer);
ISTCHECK_MATRICES(extern, int);
ISTCHECK_MATRICES(extern, long);
ISTCHECK_MATRICES(extern, double);

}  // namespace istcheck
