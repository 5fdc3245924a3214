// The least θ of hypothesis (14).
#pragma once

#include <optional>

#include "exact/linalg.hpp"

namespace istcheck {

/// The least θ with Q ⪯ θ W, for Q ⪰ 0 (for example Q = E[B̄L̄B̄], W = W̄ of (14)).
/// Nothing when there is none: W ⋡ 0 (then no θ > 0 exists, as 0 ⪯ Q ⪯ θW would force W ⪰ 0), some
/// v has Wv = 0 ≠ Qv, or W = 0. On W ≻ 0 it is the largest eigenvalue of the pencil (Q, W).
template <class S>
std::optional<Algebraic> least_theta(const Matrix<S>& Q, const Matrix<S>& W);

}  // namespace istcheck
