// The least θ of hypothesis (14).
#pragma once

#include <optional>

#include "exact/linalg.hpp"

namespace istcheck {

/// The least θ with Q ⪯ θ W, for symmetric Q and W (for example Q = E[B̄L̄B̄], W = W̄ of (14)). The θ
/// that satisfy it are a closed interval.
struct LeastTheta {
  std::optional<Algebraic> least;
  /// One of them, where there are some and no least one: all below satisfy it as well.
  std::optional<Rational> without_end;
};
/// Throws std::domain_error where only one θ can satisfy it, and whether it does stays open: its
/// degree is large.
template <class S>
LeastTheta least_theta(const Matrix<S>& Q, const Matrix<S>& W);

}  // namespace istcheck
