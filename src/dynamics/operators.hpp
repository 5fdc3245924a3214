// Linear operators on symmetric matrices, written as matrices, and what stability asks of them.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "exact/linalg.hpp"

namespace istcheck {

/// Place of entry (i, j), i <= j, of a symmetric d × d matrix in its list of d(d+1)/2 entries.
Index place(Index d, Index i, Index j);

/// Entries (i, j), i <= j, of a symmetric matrix as a vector, and back.
template <class S>
Vector<S> pack(const Matrix<S>& m);
template <class S>
Matrix<S> unpack(const Vector<S>& v, Index d);

/// The matrix of a linear map on symmetric d × d matrices in the coordinates of pack.
template <class S>
Matrix<S> matrix_of(Index d, const std::function<Matrix<S>(const Matrix<S>&)>& map);

/// How it was decided whether the spectral radius of a map T with T(cone) ⊆ cone is below 1, on
/// symmetric matrices. Stable: a P ≻ 0 with P − T(P) ≻ 0.
template <class S>
struct StabilityDecision {
  std::optional<bool> stable;  ///< nothing when undecided
  std::optional<Matrix<S>> P;  ///< Lyapunov matrix when stable
  std::string reason;          ///< why undecided
};

/// Decides ρ(T) < 1 for a linear T that maps positive semidefinite matrices to such. First the
/// proposals are tried as P; then P − T(P) = I is solved exactly: its solution exists and is
/// positive definite exactly when ρ(T) < 1. Undecided when no proposal works and d(d+1)/2 exceeds
/// the limit.
///
/// Why: if ρ(T) < 1 then P = Σ_k T^k(I) ⪰ I. Conversely, with P ≻ 0 and P − T(P) ≻ 0 some c < 1 has
/// T(P) ⪯ cP, so T^k(P) ⪯ c^k P → 0, and every matrix lies between two multiples of P.
template <class S>
StabilityDecision<S> decide_stability(Index d,
                                      const std::function<Matrix<S>(const Matrix<S>&)>& map,
                                      const std::vector<Matrix<S>>& proposals, Index limit = 465);

}  // namespace istcheck
