#include "search/grading.hpp"

#include <algorithm>

#include "exact/linalg.hpp"

namespace istcheck::search {

using check::Monomial;
using check::Number;

namespace {

/// Rows in echelon form; a row that depends on them is not kept.
class Echelon {
 public:
  void add(std::vector<Rational> row) {
    for (const auto& [pivot, kept] : rows_) {
      if (row[pivot].is_zero()) continue;
      const Rational factor = row[pivot];
      for (size_t k = 0; k < row.size(); ++k) row[k] -= factor * kept[k];
    }
    const auto first =
        std::find_if(row.begin(), row.end(), [](const Rational& q) { return !q.is_zero(); });
    if (first == row.end()) return;
    const Rational scale = *first;
    const auto pivot = static_cast<size_t>(first - row.begin());
    for (Rational& q : row) q /= scale;
    rows_.emplace_back(pivot, std::move(row));
  }
  const std::vector<std::pair<size_t, std::vector<Rational>>>& rows() const { return rows_; }

 private:
  std::vector<std::pair<size_t, std::vector<Rational>>> rows_;
};

std::vector<Rational> exponents(const Monomial& m, size_t unknowns) {
  std::vector<Rational> row(unknowns);
  for (const auto& [root, power] : m) row[root->index - 1] = static_cast<int>(power);
  return row;
}

/// The monomials of x, with the empty one for a rational part.
std::vector<Monomial> monomials(const Number& x) {
  std::vector<Monomial> result;
  if (!x.rational().is_zero()) result.emplace_back();
  for (const auto& [m, q] : x.rest()) result.push_back(m);
  return result;
}

}  // namespace

Weight operator+(const Weight& a, const Weight& b) {
  Weight sum = a;
  for (size_t k = 0; k < sum.size(); ++k) sum[k] += b[k];
  return sum;
}

Weight operator-(const Weight& a, const Weight& b) {
  Weight difference = a;
  for (size_t k = 0; k < difference.size(); ++k) difference[k] -= b[k];
  return difference;
}

/// Weights w with (m − m_1)·w = 0 for all monomials m of each polynomial, m_1 its first.
Grading::Grading(const std::vector<Number>& polynomials, size_t unknowns) {
  Echelon rows;
  for (const Number& p : polynomials) {
    const auto all = monomials(p);
    for (size_t k = 1; k < all.size(); ++k) {
      auto row = exponents(all[k], unknowns);
      const auto first = exponents(all[0], unknowns);
      for (size_t j = 0; j < unknowns; ++j) row[j] -= first[j];
      rows.add(std::move(row));
    }
  }
  RationalMatrix system(static_cast<Index>(rows.rows().size()), static_cast<Index>(unknowns));
  for (Index i = 0; i < system.rows(); ++i)
    for (Index j = 0; j < system.cols(); ++j)
      system(i, j) = rows.rows()[static_cast<size_t>(i)].second[static_cast<size_t>(j)];
  RationalMatrix basis = RationalMatrix::Identity(system.cols(), system.cols());
  if (system.rows() > 0) basis = kernel(system);
  count_ = static_cast<size_t>(basis.cols());
  of_unknown_.assign(unknowns, Weight(count_));
  for (size_t k = 0; k < unknowns; ++k)
    for (size_t g = 0; g < count_; ++g)
      of_unknown_[k][g] = basis(static_cast<Index>(k), static_cast<Index>(g));
}

Weight Grading::weight_of(const Monomial& m) const {
  Weight sum(count_);
  for (const auto& [root, power] : m)
    for (size_t g = 0; g < count_; ++g)
      sum[g] += Rational(static_cast<int>(power)) * of_unknown_[root->index - 1][g];
  return sum;
}

std::optional<Weight> Grading::weight(const Number& x) const {
  std::optional<Weight> common;
  for (const Monomial& m : monomials(x)) {
    Weight here = weight_of(m);
    if (common && here != *common) return std::nullopt;
    common = std::move(here);
  }
  return common.value_or(Weight(count_));
}

}  // namespace istcheck::search
