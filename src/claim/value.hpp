// Values of expressions: scalars, and matrices over the surds (a vector is a matrix with one
// column).
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "claim/scalar.hpp"
#include "exact/linalg.hpp"

namespace istcheck::claim {

using Value = std::variant<Scalar, SurdMatrix>;

/// "3/7", "[1, 2]" for vectors, "[[1, 2], [3, 4]]" for matrices.
std::string to_string(const Value& v);
std::string to_string(const SurdMatrix& m);

/// The value; throws Unsupported when a number in it has more bits than the budget.
Value within_bits(Value v);

bool is_symmetric(const SurdMatrix& m);
bool is_diagonal(const SurdMatrix& m);
bool is_zero(const SurdMatrix& m);

// The same as in exact/linalg.hpp, over the rationals whenever every entry is rational.
std::optional<SurdMatrix> solve_exactly(const SurdMatrix& a, const SurdMatrix& b);
Surd determinant(const SurdMatrix& a);
/// det(A) and adj(A), with A adj(A) = det(A) I, by products alone. O(d) matrix products.
std::pair<Surd, SurdMatrix> determinant_and_adjugate(const SurdMatrix& a);
/// a/det; nothing where det = 0, which is asked.
std::optional<SurdMatrix> divided(const SurdMatrix& a, const Surd& det);
/// c_1, …, c_d of det(λI − A) = λ^d + c_1 λ^(d−1) + … + c_d, for d >= 1. O(d) matrix products.
std::vector<Surd> characteristic_coefficients(const SurdMatrix& a);
struct Definiteness {
  bool psd = false, definite = false;
  std::optional<SurdMatrix> negative;  ///< v with vᵀ A v < 0 when not psd
};
Definiteness definiteness(const SurdMatrix& symmetric);
// The same, also of matrices with unknowns: as assumed.
bool is_semidefinite(const SurdMatrix& symmetric);
bool is_definite(const SurdMatrix& symmetric);
/// Extreme eigenvalues of the pencil (a, b), b ≻ 0. Throws Unsupported when the entries contain so
/// many different square roots that the defining polynomial would have a degree above 64.
Scalar largest_of_pencil(const SurdMatrix& a, const SurdMatrix& b);
Scalar smallest_of_pencil(const SurdMatrix& a, const SurdMatrix& b);
Scalar spectral_radius_of(const SurdMatrix& a);

}  // namespace istcheck::claim
