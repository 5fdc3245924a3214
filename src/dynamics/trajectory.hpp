// Exact error curves: moments of x^k for k = 0..K.
#pragma once

#include <optional>
#include <vector>

#include "dynamics/moments.hpp"
#include "model/case.hpp"

namespace istcheck {

/// Round k, before the step. Entries that need x* are empty when L̄ is not positive definite, the
/// one that needs x^∞ when the mean iteration at the schedule's last step has no unique fixed
/// point, or when there is no last step (docs/semantics.md 8.4).
template <class S>
struct TrajectoryPoint {
  Surd step;                               ///< γ_k, the step about to be taken
  Vector<S> mean;                          ///< E x^k
  std::optional<S> distance_to_minimizer;  ///< E‖x^k − x*‖²
  std::optional<S> distance_to_fixed;      ///< E‖x^k − x^∞‖²
  std::optional<S> gap;                    ///< E f(x^k) − f*
};

/// K + 1 points from x⁰ = the case's start (zero when it has none), by the exact recursion
/// M_{k+1} = E[Â M_k Âᵀ] + N of the second moment M_k = E[(x^k; 1)(x^k; 1)ᵀ]; never by enumerating
/// histories. With a constant step and D(D+1)/2 <= 105, D = d + 1, the recursion is one integer
/// matrix-vector product a round over a common denominator that is not reduced on the way.
template <class S>
std::vector<TrajectoryPoint<S>> trajectory(const Case& c, std::size_t rounds,
                                           const MomentOptions& options = {});

}  // namespace istcheck
