// Exact linear algebra over the rationals and over the surds.
//
// Every decision comes with a witness that anybody can re-check by multiplying out.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "exact/algebraic.hpp"
#include "exact/rational.hpp"
#include "exact/surd.hpp"

namespace istcheck {

/// The X with A X = B, or nothing when A (square) is singular. O(d³) operations modulo word-size
/// primes plus Dixon's p-adic lifting in FLINT for rationals; Gaussian elimination for surds.
std::optional<RationalMatrix> solve(const RationalMatrix& a, const RationalMatrix& b);
std::optional<SurdMatrix> solve(const SurdMatrix& a, const SurdMatrix& b);

/// A basis of {x : A x = 0}, one column each; no columns when A is injective.
template <class S>
Matrix<S> kernel(const Matrix<S>& a);

/// Pᵀ A P = L D Lᵀ with L unit lower triangular and D >= 0: row k of `lower` belongs to index
/// order[k].
template <class S>
struct LdltFactor {
  std::vector<Index> order;
  Matrix<S> lower;  // d × d
  Vector<S> pivots;
};

/// A = T⁻¹ (RᵀR + E) T⁻¹ / 4^bits with T = diag(2^scale_i), an integer upper triangular R, and E
/// symmetric and diagonally dominant with a non-negative diagonal, so A is positive semidefinite.
/// E is what the equation makes it; strict dominance in every row shows positive definiteness.
struct RoundedCholesky {
  std::vector<long> scale;
  int bits;
  Matrix<long> upper;
};

/// vᵀ A v < 0.
template <class S>
struct NegativeDirection {
  Vector<S> v;
};

/// How it was decided whether A ⪰ 0.
template <class S>
struct PsdDecision {
  std::variant<RoundedCholesky, LdltFactor<S>, NegativeDirection<S>> witness;
  bool definite = false;  ///< A ≻ 0 (only meaningful when psd())
  bool psd() const { return !std::holds_alternative<NegativeDirection<S>>(witness); }
};

/// Decides A ⪰ 0 and A ≻ 0 for symmetric A (d × d). Rationals: a rounded floating Cholesky factor
/// whose exact integer residual is diagonally dominant, or a rounded floating direction of negative
/// curvature, each O(d³) machine operations and O(d²) long ones; exact fraction-free LDLᵀ when
/// neither decides (A singular or nearly so). Surds: exact LDLᵀ.
/// Throws std::invalid_argument when A is not square and symmetric.
PsdDecision<Rational> decide_psd(const RationalMatrix& a);
PsdDecision<Surd> decide_psd(const SurdMatrix& a);
template <class S>
bool is_psd(const Matrix<S>& a) {
  return decide_psd(a).psd();
}
template <class S>
bool is_positive_definite(const Matrix<S>& a) {
  const auto decision = decide_psd(a);
  return decision.psd() && decision.definite;
}

/// Exact LDLᵀ with diagonal pivoting; the decision of last resort, O(d³) exact operations.
PsdDecision<Rational> decide_psd_by_ldlt(const RationalMatrix& a);
PsdDecision<Surd> decide_psd_by_ldlt(const SurdMatrix& a);

/// A positive integer multiple of det(x I − A), over the integers. FLINT after clearing
/// denominators.
Polynomial characteristic_polynomial(const RationalMatrix& a);
/// det(x I − A) by Faddeev and LeVerrier, lowest degree first.
std::vector<Surd> characteristic_polynomial(const SurdMatrix& a);
/// A positive integer multiple of ±det(x B − A) by evaluation at integers and interpolation.
Polynomial pencil_polynomial(const RationalMatrix& a, const RationalMatrix& b);

/// The largest and the least x with A v = x B v for some v ≠ 0, A symmetric and B positive
/// definite: the largest is the least x with A ⪯ x B. Throws std::domain_error when B is not ≻ 0.
Algebraic largest_eigenvalue(const RationalMatrix& a, const RationalMatrix& b);
Algebraic largest_eigenvalue(const SurdMatrix& a, const SurdMatrix& b);
Algebraic smallest_eigenvalue(const RationalMatrix& a, const RationalMatrix& b);
Algebraic smallest_eigenvalue(const SurdMatrix& a, const SurdMatrix& b);
Algebraic largest_eigenvalue(const RationalMatrix& a);

/// The real t with det(t B − A) = 0, ascending; over the surds perhaps others among them. Nothing
/// when every t is one.
std::optional<std::vector<Algebraic>> pencil_roots(const RationalMatrix& a,
                                                   const RationalMatrix& b);
std::optional<std::vector<Algebraic>> pencil_roots(const SurdMatrix& a, const SurdMatrix& b);

/// max |λ| over the complex eigenvalues of a square matrix.
Algebraic spectral_radius(const RationalMatrix& a);
Algebraic spectral_radius(const SurdMatrix& a);
/// The spectral radius of a map that leaves a proper cone invariant (for example S ↦ E[A S Aᵀ] on
/// the symmetric matrices): it is then an eigenvalue (Krein and Rutman), so the largest real root.
Algebraic cone_spectral_radius(const RationalMatrix& a);
Algebraic cone_spectral_radius(const SurdMatrix& a);

}  // namespace istcheck
