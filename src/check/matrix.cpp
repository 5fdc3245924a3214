#include "check/matrix.hpp"

#include <algorithm>

namespace istcheck::check {
namespace {

void require(bool fits) {
  if (!fits) throw std::logic_error("sizes of matrices do not fit");
}

}  // namespace

Mat Mat::identity(size_t d) {
  Mat m(d, d);
  for (size_t i = 0; i < d; ++i) m.at(i, i) = 1;
  return m;
}

Number& Mat::at(size_t i, size_t j) {
  require(i < rows_ && j < columns_);
  return a_[i * columns_ + j];
}

const Number& Mat::at(size_t i, size_t j) const {
  require(i < rows_ && j < columns_);
  return a_[i * columns_ + j];
}

bool Mat::vanishes() const {
  return std::all_of(a_.begin(), a_.end(), [](const Number& x) { return x.vanishes(); });
}

bool Mat::symmetric() const { return rows_ == columns_ && *this == transposed(); }

Mat Mat::transposed() const {
  Mat m(columns_, rows_);
  for (size_t i = 0; i < rows_; ++i)
    for (size_t j = 0; j < columns_; ++j) m.at(j, i) = at(i, j);
  return m;
}

Mat Mat::block(size_t row, size_t column, size_t rows, size_t columns) const {
  Mat m(rows, columns);
  for (size_t i = 0; i < rows; ++i)
    for (size_t j = 0; j < columns; ++j) m.at(i, j) = at(row + i, column + j);
  return m;
}

Mat operator+(const Mat& a, const Mat& b) {
  require(a.rows_ == b.rows_ && a.columns_ == b.columns_);
  Mat m = a;
  for (size_t k = 0; k < m.a_.size(); ++k) m.a_[k] = m.a_[k] + b.a_[k];
  return m;
}

Mat operator-(const Mat& a, const Mat& b) { return a + Number(-1) * b; }

Mat operator*(const Mat& a, const Mat& b) {
  require(a.columns_ == b.rows_);
  Mat m(a.rows_, b.columns_);
  for (size_t i = 0; i < a.rows_; ++i)
    for (size_t k = 0; k < a.columns_; ++k) {
      if (a.at(i, k).vanishes()) continue;
      for (size_t j = 0; j < b.columns_; ++j) {
        if (!b.at(k, j).vanishes()) m.at(i, j) = m.at(i, j) + a.at(i, k) * b.at(k, j);
      }
    }
  return m;
}

Mat operator*(const Number& t, const Mat& a) {
  Mat m = a;
  for (Number& x : m.a_) x = t * x;
  return m;
}

std::string text(const Mat& a) {
  if (a.rows() == 1 && a.columns() == 1) return text(a.at(0, 0));
  std::string out = "[";
  for (size_t i = 0; i < a.rows(); ++i)
    for (size_t j = 0; j < a.columns(); ++j) {
      out += (j > 0 ? "," : i > 0 ? ";" : "") + text(a.at(i, j));
    }
  return out + "]";
}

}  // namespace istcheck::check
