#include "search/field.hpp"

#include <algorithm>
#include <set>

#include "exact/linalg.hpp"

namespace istcheck::search {
namespace {

constexpr unsigned kHalvings = 400;
constexpr size_t kMostDegree = 128;

/// All products of powers of the roots in x, below their degrees.
std::vector<Number> basis_of(const Number& x) {
  std::set<const check::Root*> roots;
  for (const auto& [m, q] : x.rest())
    for (const auto& power : m) roots.insert(power.first);
  std::vector<Number> basis{Number(1)};
  for (const check::Root* root : roots) {
    const size_t degree = root->relation.size(), before = basis.size();
    if (degree == 0 || before * degree > kMostDegree)
      throw Unprovable("the inverse of a number with too many roots");
    Number power = 1;
    for (size_t k = 1; k < degree; ++k) {
      power = power * Number(*root);
      for (size_t j = 0; j < before; ++j) basis.push_back(basis[j] * power);
    }
  }
  return basis;
}

Rational coordinate(const Number& x, const Number& monomial) {
  if (monomial.is_rational()) return x.rational();
  const auto found = x.rest().find(monomial.rest().begin()->first);
  return found == x.rest().end() ? Rational(0) : found->second;
}

}  // namespace

int sign_of(const Number& x) {
  if (x.vanishes()) return 0;
  const auto s = x.signs(kHalvings);
  if (!s.known()) throw Unprovable("a sign stays open");
  return s.positive ? 1 : s.negative ? -1 : 0;
}

Number reciprocal_of(const Number& x) {
  if (x.is_rational()) return Rational(1 / x.rational());
  const auto basis = basis_of(x);
  const auto size = static_cast<Index>(basis.size());
  RationalMatrix system(size, size), one = RationalMatrix::Constant(size, 1, Rational(0));
  one(0, 0) = 1;
  for (Index j = 0; j < size; ++j) {
    const Number image = x * basis[size_t(j)];
    for (Index i = 0; i < size; ++i) system(i, j) = coordinate(image, basis[size_t(i)]);
  }
  const auto y = solve(system, one);
  if (!y) throw Unprovable("the inverse of a number that divides zero");
  Number result;
  for (Index i = 0; i < size; ++i) result = result + Number((*y)(i, 0)) * basis[size_t(i)];
  return result;
}

namespace {

/// Gauss and Jordan on [a | b]: the pivot column of each row; rows beyond them are zero in a.
std::vector<size_t> reduce(Mat& a, Mat& b) {
  std::vector<size_t> pivots;
  for (size_t column = 0; column < a.columns() && pivots.size() < a.rows(); ++column) {
    const size_t row = pivots.size();
    size_t from = row;
    while (from < a.rows() && a.at(from, column).vanishes()) ++from;
    if (from == a.rows()) continue;
    const Number scale = reciprocal_of(a.at(from, column));
    const auto sweep = [&](Mat& m) {
      for (size_t j = 0; j < m.columns(); ++j) {
        std::swap(m.at(row, j), m.at(from, j));
        m.at(row, j) = scale * m.at(row, j);
      }
    };
    sweep(a);
    sweep(b);
    for (size_t i = 0; i < a.rows(); ++i) {
      const Number factor = a.at(i, column);
      if (i == row || factor.vanishes()) continue;
      for (size_t j = 0; j < a.columns(); ++j) a.at(i, j) = a.at(i, j) - factor * a.at(row, j);
      for (size_t j = 0; j < b.columns(); ++j) b.at(i, j) = b.at(i, j) - factor * b.at(row, j);
    }
    pivots.push_back(column);
  }
  return pivots;
}

}  // namespace

std::vector<Mat> kernel_of(const Mat& a) {
  Mat reduced = a, nothing(a.rows(), 0);
  const auto pivots = reduce(reduced, nothing);
  std::vector<Mat> basis;
  for (size_t free = 0; free < a.columns(); ++free) {
    if (std::find(pivots.begin(), pivots.end(), free) != pivots.end()) continue;
    Mat v(a.columns(), 1);
    v.at(free, 0) = 1;
    for (size_t row = 0; row < pivots.size(); ++row) v.at(pivots[row], 0) = -reduced.at(row, free);
    basis.push_back(std::move(v));
  }
  return basis;
}

std::optional<Mat> solution_of(const Mat& a, const Mat& b) {
  Mat left = a, right = b;
  if (reduce(left, right).size() < a.rows()) return std::nullopt;
  return right;
}

namespace {

/// v with L^T v = w, where w vanishes on the first `done` entries, back in the original order.
Mat pulled_back(const Ldl& f, size_t done, Mat w) {
  for (size_t j = done; j-- > 0;)
    for (size_t i = j + 1; i < w.rows(); ++i)
      w.at(j, 0) = w.at(j, 0) - f.lower.at(i, j) * w.at(i, 0);
  Mat v(w.rows(), 1);
  for (size_t i = 0; i < w.rows(); ++i) v.at(f.order[i], 0) = w.at(i, 0);
  return v;
}

/// A vector of negative value of the Schur complement s (from row `done`), when its diagonal has a
/// negative entry, or a zero beside entries that are not.
std::optional<Mat> negative_direction(const Mat& s, size_t done) {
  const size_t d = s.rows();
  Mat w(d, 1);
  for (size_t i = done; i < d; ++i) {
    if (sign_of(s.at(i, i)) >= 0) continue;
    w.at(i, 0) = 1;
    return w;
  }
  for (size_t i = done; i < d; ++i) {
    if (!s.at(i, i).vanishes()) continue;
    for (size_t j = done; j < d; ++j) {
      if (s.at(i, j).vanishes()) continue;
      // (t e_i + e_j) has the value 2 t s_ij + s_jj = −1 − … for t = −(s_jj + 1)/(2 s_ij).
      w.at(j, 0) = 1;
      w.at(i, 0) = Number(Rational(-1, 2)) * (s.at(j, j) + Number(1)) * reciprocal_of(s.at(i, j));
      return w;
    }
  }
  return std::nullopt;
}

}  // namespace

Ldl ldl_of(const Mat& m) {
  const size_t d = m.rows();
  Ldl f{{}, Mat::identity(d), std::vector<Number>(d), std::nullopt};
  for (size_t k = 0; k < d; ++k) f.order.push_back(k);
  Mat s = m;  // in the order so far; rows and columns from k on are the Schur complement
  for (size_t k = 0; k < d; ++k) {
    if (const auto w = negative_direction(s, k)) {
      f.negative = pulled_back(f, k, *w);
      return f;
    }
    size_t pivot = k;
    while (pivot < d && s.at(pivot, pivot).vanishes()) ++pivot;
    if (pivot == d) return f;  // the rest is zero
    for (size_t j = 0; j < d; ++j) std::swap(s.at(k, j), s.at(pivot, j));
    for (size_t j = 0; j < d; ++j) std::swap(s.at(j, k), s.at(j, pivot));
    for (size_t j = 0; j < k; ++j) std::swap(f.lower.at(k, j), f.lower.at(pivot, j));
    std::swap(f.order[k], f.order[pivot]);
    f.pivots[k] = s.at(k, k);
    const Number inverse = reciprocal_of(s.at(k, k));
    for (size_t i = k + 1; i < d; ++i) f.lower.at(i, k) = s.at(i, k) * inverse;
    for (size_t i = k + 1; i < d; ++i)
      for (size_t j = k + 1; j < d; ++j) s.at(i, j) = s.at(i, j) - f.lower.at(i, k) * s.at(k, j);
  }
  return f;
}

Mat packed(const Mat& m) {
  Mat list(m.rows() * (m.rows() + 1) / 2, 1);
  size_t k = 0;
  for (size_t i = 0; i < m.rows(); ++i)
    for (size_t j = i; j < m.rows(); ++j) list.at(k++, 0) = m.at(i, j);
  return list;
}

Mat unpacked(const Mat& list, size_t d) {
  Mat m(d, d);
  size_t k = 0;
  for (size_t i = 0; i < d; ++i)
    for (size_t j = i; j < d; ++j) m.at(i, j) = m.at(j, i) = list.at(k++, 0);
  return m;
}

}  // namespace istcheck::search
