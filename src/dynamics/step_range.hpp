// For which step sizes a method is mean-square stable, and which of them is fastest.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "dynamics/moments.hpp"
#include "exact/algebraic.hpp"
#include "model/case.hpp"

namespace istcheck {

struct StepRange {
  enum class Kind { interval, all, none, unknown } kind = Kind::unknown;
  std::optional<Algebraic> end;  ///< of an interval: stable exactly for 0 < γ < end
  std::string reason;            ///< why it is unknown
};

/// The range for a method whose rounds are x⁺ = x − γ (B x − c) with (B, c) independent of γ: all
/// methods of one local step that carry x on, and those that carry C_i x on when (1/n) Σ C_i = I.
/// Unknown for the others, and when d(d+1)/2 exceeds the limit. Throws TooManyOutcomes.
///
/// Write T = I − γ L1 + γ² L2 for S ↦ E[A S Aᵀ] on the symmetric matrices, so that
/// L1(S) = E B S + S E Bᵀ and L2(S) = E[B S Bᵀ]. Some P ≻ 0 has P − T*(P) = γ (L1*(P) − γ L2*(P)) ≻
/// 0 exactly when γ is stable. Since L2*(P) ⪰ 0, this P serves every smaller γ as well: the range
/// is an interval from 0. It needs L1*(P) ≻ 0 for some P ≻ 0, which is Lyapunov's criterion for E
/// B; then L1⁻¹ exists and maps positive semidefinite matrices to such, as L2 does, and P exists
/// exactly when the spectral radius of γ L1⁻¹ L2 is below 1. So the end is the reciprocal of ρ(L1⁻¹
/// L2).
template <class S>
StepRange step_range(const Case& c, const MomentOptions& options = {}, Index limit = 28);

/// A step size and its mean-square factor ρ(T).
struct BestStep {
  Rational step;
  Algebraic factor;
  int compared = 0;  ///< how many step sizes were compared, exactly
};

/// The stable step size with the least mean-square factor on a grid of 32 to 64 step sizes, refined
/// once by a factor of 16 around the best; nothing when the range is not an interval.
template <class S>
std::optional<BestStep> best_step(const Case& c, const StepRange& range,
                                  const MomentOptions& options = {});

struct ExactBestStep {
  Algebraic step;
  Algebraic factor;  ///< at the step when that is rational, else within 2^-64 of it
};

/// The stable step size with the least mean-square factor ρ(T), exactly; nothing when the range is
/// not an interval, when T is irrational or d(d+1)/2 above the limit, or when the factor has
/// several local minima.
///
/// ρ(T) is an eigenvalue of T, which leaves the cone of semidefinite matrices invariant, and
/// continuous in γ. So it turns at critical parameters only (exact/critical.hpp) and is monotone
/// between them: two values of it between neighbours say in which direction it goes.
std::optional<ExactBestStep> exact_best_step(const Case& c, const StepRange& range,
                                             const MomentOptions& options = {}, Index limit = 10);

}  // namespace istcheck
