#include "claim/radius.hpp"

#include <algorithm>

namespace istcheck::claim {

std::vector<Surd> shifted_coefficients(const SurdMatrix& map, const Surd& r) {
  return characteristic_coefficients(
      SurdMatrix(map - SurdMatrix::Identity(map.rows(), map.cols()) * r));
}

bool radius_below(const std::vector<Surd>& coefficients, bool strict) {
  return std::all_of(coefficients.begin(), coefficients.end(), [&](const Surd& x) {
    return strict ? is_negative(Scalar(Surd(-x))) : !is_negative(Scalar(x));
  });
}

}  // namespace istcheck::claim
