// Determinants without division by entries.
#pragma once

#include <utility>

#include "check/matrix.hpp"

namespace istcheck::check {

/// det(A) and adj(A) of a square A, with A adj(A) = det(A) I. O(d) products of matrices.
std::pair<Number, Mat> determinant_and_adjugate(const Mat& a);

}  // namespace istcheck::check
