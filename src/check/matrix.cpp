#include "check/matrix.hpp"

#include <algorithm>

namespace istcheck::check {
namespace {

void require(bool fits) {
  if (!fits) throw Undecided("sizes of matrices do not fit");
}

}  // namespace

Mat::Mat(const RationalMatrix& m)
    : Mat(size_t(m.rows()), size_t(m.cols()),
          [&](size_t i, size_t j) { return m(Index(i), Index(j)); }) {}

Mat Mat::identity(size_t d) {
  return {d, d, [](size_t i, size_t j) { return i == j ? 1 : 0; }};
}

Mat Mat::unpacked(const Mat& list, size_t d) {
  Mat m(d, d);
  for (size_t i = 0, k = 0; i < d; ++i)
    for (size_t j = i; j < d; ++j) m.at(i, j) = m.at(j, i) = list.at(k++, 0);
  return m;
}

size_t Mat::place(size_t i, size_t j) const {
  require(i < rows_ && j < columns_);
  return i * columns_ + j;
}

void Mat::require_no_state() const {
  if (std::any_of(a_.begin(), a_.end(), [](const Number& x) { return x.has_state(); }))
    throw Undecided("a condition on iterates, which are random");
}

bool Mat::vanishes() const {
  return std::all_of(a_.begin(), a_.end(), [](const Number& x) { return x.vanishes(); });
}

Mat Mat::transposed() const {
  return {columns_, rows_, [&](size_t i, size_t j) { return at(j, i); }};
}

Mat Mat::diagonal_part() const {
  return {rows_, columns_, [&](size_t i, size_t j) { return i == j ? at(i, i) : Number(); }};
}

Mat Mat::diagonal() const {
  return {rows_, 1, [&](size_t i, size_t) { return at(i, i); }};
}

Mat Mat::packed() const {
  Mat list(rows_ * (rows_ + 1) / 2, 1);
  for (size_t i = 0, k = 0; i < rows_; ++i)
    for (size_t j = i; j < rows_; ++j) list.at(k++, 0) = at(i, j);
  return list;
}

Mat Mat::block(size_t row, size_t column, size_t rows, size_t columns) const {
  return {rows, columns, [&](size_t i, size_t j) { return at(row + i, column + j); }};
}

void Mat::put(const Mat& part, size_t row, size_t column) {
  for (size_t i = 0; i < part.rows_; ++i)
    for (size_t j = 0; j < part.columns_; ++j) at(row + i, column + j) = part.at(i, j);
}

Mat operator+(const Mat& a, const Mat& b) {
  require(a.same_size(b));
  Mat m = a;
  for (size_t k = 0; k < m.a_.size(); ++k) m.a_[k] = m.a_[k] + b.a_[k];
  return m;
}

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

Number form(const Mat& v, const Mat& m) { return (v.transposed() * m * v).at(0, 0); }

Number sum_of_squares(const Mat& m) {
  Number sum;
  for (const Number& x : m.entries()) sum = sum + x * x;
  return sum;
}

/// By Faddeev and LeVerrier: M_1 = I, c_k = −tr(A M_k)/k, M_{k+1} = A M_k + c_k I;
/// adj(A) = (−1)^{d−1} M_d and det(A) = (−1)^d c_d.
std::pair<std::vector<Number>, Mat> coefficients_and_adjugate(const Mat& a) {
  const size_t d = a.rows();
  Mat m = Mat::identity(d);
  std::vector<Number> coefficients;
  for (size_t k = 1;; ++k) {
    const Mat next = a * m;
    Number trace;
    for (size_t i = 0; i < d; ++i) trace = trace + next.at(i, i);
    const Number c = Number(Rational(-1) / Rational(k)) * trace;
    coefficients.push_back(c);
    if (k == d) return {coefficients, d % 2 == 0 ? Number(-1) * m : m};
    m = next + c * Mat::identity(d);
  }
}

std::pair<Number, Mat> determinant_and_adjugate(const Mat& a) {
  const auto [c, adjugate] = coefficients_and_adjugate(a);
  return {a.rows() % 2 == 0 ? c.back() : -c.back(), adjugate};
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
