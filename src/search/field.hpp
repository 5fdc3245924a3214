// Elimination over the checker's numbers, to find what a certificate states. Untrusted: the checker
// multiplies everything out again.
#pragma once

#include <optional>

#include "check/matrix.hpp"

namespace istcheck::search {

using check::Mat;
using check::Number;

/// No step can be found: what() says for what.
class Unprovable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The sign of x; a number without terms is zero, any other is refined until it separates. Throws
/// Unprovable when it does not.
int sign_of(const Number& x);
/// 1/x, from the linear system x · y = 1 over the products of the roots that occur in x.
Number reciprocal_of(const Number& x);

/// A basis of {v : a v = 0}.
std::vector<Mat> kernel_of(const Mat& a);
/// The x with a x = b; nothing when a (square) is singular.
std::optional<Mat> solution_of(const Mat& a, const Mat& b);

/// M[o_i, o_j] = Σ_k L_ik p_k L_jk with p >= 0, or a vector v with vᵀMv < 0.
struct Ldl {
  std::vector<size_t> order;
  Mat lower;
  std::vector<Number> pivots;
  std::optional<Mat> negative;
};
Ldl ldl_of(const Mat& m);

/// Symmetric matrices as lists of their entries (i, j), i <= j, and linear maps between them.
Mat packed(const Mat& symmetric);
Mat unpacked(const Mat& list, size_t d);

}  // namespace istcheck::search
