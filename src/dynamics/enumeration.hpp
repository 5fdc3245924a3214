// Moments by running through all outcomes, one after the other. Private to dynamics/.
#pragma once

#include "model/affine_map.hpp"

namespace istcheck {

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
