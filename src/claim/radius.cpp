#include "claim/radius.hpp"

#include <algorithm>

namespace istcheck::claim {

bool radius_below(const SurdMatrix& map, const Surd& r, bool strict) {
  const auto c = characteristic_coefficients(
      SurdMatrix(map - SurdMatrix::Identity(map.rows(), map.cols()) * r));
  return std::all_of(c.begin(), c.end(), [&](const Surd& x) {
    return strict ? is_negative(Scalar(Surd(-x))) : !is_negative(Scalar(x));
  });
}

}  // namespace istcheck::claim
