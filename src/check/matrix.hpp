// Matrices of the checker's numbers; a vector has one column, a scalar is 1 × 1. Sizes are the
// callers' business: at() and the operators throw std::logic_error when they do not fit.
#pragma once

#include "check/number.hpp"

namespace istcheck::check {

class Mat {
 public:
  Mat() : Mat(1, 1) {}
  Mat(size_t rows, size_t columns) : rows_(rows), columns_(columns), a_(rows * columns) {}
  Mat(Number x) : Mat(1, 1) { a_[0] = std::move(x); }  // NOLINT
  static Mat identity(size_t d);

  size_t rows() const { return rows_; }
  size_t columns() const { return columns_; }
  Number& at(size_t i, size_t j);
  const Number& at(size_t i, size_t j) const;
  const std::vector<Number>& entries() const { return a_; }

  bool vanishes() const;  ///< every entry has no term
  bool symmetric() const;
  Mat transposed() const;
  /// Rows and columns first … first + size − 1.
  Mat block(size_t row, size_t column, size_t rows, size_t columns) const;
  friend Mat operator+(const Mat& a, const Mat& b);
  friend Mat operator-(const Mat& a, const Mat& b);
  friend Mat operator*(const Mat& a, const Mat& b);
  friend Mat operator*(const Number& t, const Mat& a);
  friend bool operator==(const Mat& a, const Mat& b) {
    return a.rows_ == b.rows_ && a.columns_ == b.columns_ && a.a_ == b.a_;
  }

 private:
  size_t rows_, columns_;
  std::vector<Number> a_;
};

/// Entries row by row, between commas and in brackets: "[1,2;3,4]"; a scalar without brackets.
std::string text(const Mat& a);

}  // namespace istcheck::check
