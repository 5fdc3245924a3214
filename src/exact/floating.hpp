// Floating-point linear algebra, by Eigen. It proposes; it decides nothing.
#pragma once

#include "exact/rational.hpp"

namespace istcheck {

/// The nearest doubles.
Matrix<double> floating(const RationalMatrix& m);
/// About √m for a symmetric positive semidefinite m; what rounding makes negative counts as zero.
Matrix<double> floating_root(const RationalMatrix& m);
/// About m^{−1/2} for a symmetric positive definite m.
Matrix<double> floating_inverse_root(const RationalMatrix& m);

}  // namespace istcheck
