// The factorisation or the vector that decides a Loewner inequality, and the Lyapunov matrix that
// decides stability, as data of a certificate.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cert/rocq_text.hpp"
#include "exact/rational.hpp"

namespace istcheck::rocq {

/// M = L D Lᵀ with L unit lower triangular: the pivots, each with what follows the 1 in its column
/// of L. A zero pivot has a zero column.
using Factorisation = std::vector<std::pair<Rational, RationalVector>>;

/// Without exchanging rows; nothing unless the symmetric matrix is positive semidefinite, or
/// definite when `strict`.
std::optional<Factorisation> factorise(const RationalMatrix& symmetric, bool strict);
/// [(4, [(1 # 4)]); (3, [])].
Term factorisation(const Factorisation& f);

/// v ≠ 0 with vᵀMv < 0, or ≤ 0 when `strict`, of a matrix that factorise refuses.
RationalVector against(const RationalMatrix& symmetric, bool strict);
/// [1; 2].
Term list(const RationalVector& v);

/// The largest sum of absolute values in a row: at least every |eigenvalue|.
Rational row_bound(const RationalMatrix& symmetric);

}  // namespace istcheck::rocq
