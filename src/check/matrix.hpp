// Matrices of the checker's numbers; a vector has one column, a scalar is 1 × 1. What does not fit,
// a place or the sizes of two matrices, throws Undecided.
#pragma once

#include "check/number.hpp"

namespace istcheck::check {

class Mat {
 public:
  Mat() : Mat(1, 1) {}
  Mat(size_t rows, size_t columns) : rows_(rows), columns_(columns), a_(rows * columns) {}
  Mat(Number x) : Mat(1, 1) { a_[0] = std::move(x); }  // NOLINT
  /// The entries entry(i, j), asked for row by row.
  template <class Entry>
  Mat(size_t rows, size_t columns, const Entry& entry) : Mat(rows, columns) {
    for (size_t k = 0; k < a_.size(); ++k) a_[k] = entry(k / columns, k % columns);
  }
  explicit Mat(const RationalMatrix& m);
  static Mat identity(size_t d);
  /// The symmetric d × d matrix whose packed() is the list.
  static Mat unpacked(const Mat& list, size_t d);

  size_t rows() const { return rows_; }
  size_t columns() const { return columns_; }
  Number& at(size_t i, size_t j) { return a_[place(i, j)]; }
  const Number& at(size_t i, size_t j) const { return a_[place(i, j)]; }
  const std::vector<Number>& entries() const { return a_; }

  bool vanishes() const;  ///< every entry has no term
  /// Throws Undecided where an entry of an iterate occurs: of what is random nothing is assumed.
  void require_no_state() const;
  bool symmetric() const { return *this == transposed(); }
  bool same_size(const Mat& b) const { return rows_ == b.rows_ && columns_ == b.columns_; }
  Mat transposed() const;
  Mat diagonal_part() const;
  Mat diagonal() const;  ///< as a column
  /// Entries (i, j) with i <= j as a column.
  Mat packed() const;
  /// The part whose first entry stands at (row, column).
  Mat block(size_t row, size_t column, size_t rows, size_t columns) const;
  void put(const Mat& part, size_t row, size_t column);
  friend Mat operator+(const Mat& a, const Mat& b);
  friend Mat operator-(const Mat& a, const Mat& b) { return a + Number(-1) * b; }
  friend Mat operator*(const Mat& a, const Mat& b);
  friend Mat operator*(const Number& t, const Mat& a);
  friend bool operator==(const Mat& a, const Mat& b) { return a.same_size(b) && a.a_ == b.a_; }

 private:
  size_t place(size_t i, size_t j) const;
  size_t rows_, columns_;
  std::vector<Number> a_;
};

/// vᵀMv.
Number form(const Mat& v, const Mat& m);
Number sum_of_squares(const Mat& m);  ///< of its entries
/// c_1, …, c_d of det(λI − A) = λ^d + c_1 λ^(d−1) + … + c_d, and adj(A). O(d) products of matrices.
std::pair<std::vector<Number>, Mat> coefficients_and_adjugate(const Mat& a);
/// det(A) and adj(A) of a square A, with A adj(A) = det(A) I. O(d) products of matrices.
std::pair<Number, Mat> determinant_and_adjugate(const Mat& a);

/// Entries row by row, between commas and in brackets: "[1,2;3,4]"; a scalar without brackets.
std::string text(const Mat& a);

}  // namespace istcheck::check
