// Moments by running through all outcomes, one after the other. Private to dynamics/ and the tests.
#pragma once

#include "dynamics/closed_form.hpp"
#include "model/affine_map.hpp"

namespace istcheck {

/// E[X M Xᵀ] for a rational map that has terms, by enumeration in machine words where a bound
/// allows it and in FLINT integers otherwise; M symmetric, D × D. Time: outcomes × (non-zeros of X)
/// × D. Throws std::invalid_argument when the map has no terms or is irrational.
RationalMatrix push_by_enumeration(const RandomAffineMap& map, const RationalMatrix& m);

/// E Â, E N and E[Â_ak Â_bl] of any map, in one pass.
template <class S>
struct EnumeratedMoments {
  Matrix<S> mean, noise;
  /// Row (a, b), a <= b, of length D²: E[Â_ak Â_bl] at k D + l.
  std::vector<std::vector<S>> products;
  Matrix<S> push(const Matrix<S>& m) const;
  Matrix<S> pull(const Matrix<S>& m) const;
};
template <class S>
EnumeratedMoments<S> enumerate_moments(const RandomAffineMap& map);

}  // namespace istcheck
