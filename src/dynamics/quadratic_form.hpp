// Polynomials of degree at most two in some unknowns, over numbers or polynomials in one more:
// their sums of squares, and multipliers of two of them.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "dynamics/proof_writer.hpp"
#include "exact/linalg.hpp"

namespace istcheck::decision {

/// N(x) = (x, 1)ᵀ A (x, 1).
struct QuadraticForm {
  std::vector<unsigned> entries;
  std::vector<std::vector<Surd>> a;  ///< symmetric, one row more than entries
  size_t size() const { return entries.size(); }
};
/// p must have degree at most two in the entries.
QuadraticForm form_of(const Surd& p, const std::set<unsigned>& entries);
/// A.
SurdMatrix matrix_of(const QuadraticForm& f);
/// The same form in a list of entries that holds its own, ascending.
QuadraticForm widened(const QuadraticForm& f, const std::vector<unsigned>& list);

/// scale · N = Σ weight · factors · l² + rest, where scale, the weights (numbers) and all factors
/// are > 0 and products stand as lists.
struct SumOfSquares {
  struct Square {
    Surd weight;
    std::vector<Surd> factors;
    Surd l;
  };
  std::vector<Surd> scale;
  std::vector<Square> squares;
  Surd rest;  ///< times rest_factors
  std::vector<Surd> rest_factors;
  int sign = 0;  ///< of the rest; N >= 0 exactly when it is not negative
};
/// Nothing when N is negative somewhere, for another reason than a rest below zero.
std::optional<SumOfSquares> sum_of_squares(const Surd& n, const std::set<unsigned>& entries,
                                           Signs& signs);

/// The matrix of the form at the sample, its last row and column those of 1.
std::optional<SurdMatrix> matrix_at_sample(const QuadraticForm& f, const Signs& signs);

/// Perhaps good multipliers (a, b): a > 0; b >= 0 unless `any_sign`; −(a p + b q) >= 0 everywhere
/// is likely. `tight`: first those under which something is cancelled, which often stay good on a
/// long cell; otherwise those that leave most room.
std::vector<std::pair<Surd, Surd>> multipliers(const Surd& p, const Surd& q, bool any_sign,
                                               bool tight, const std::set<unsigned>& entries,
                                               Signs& signs);

}  // namespace istcheck::decision
