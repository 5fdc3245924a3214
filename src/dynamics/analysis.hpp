// Everything that `istcheck analyze` reports about a case.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "dynamics/moments.hpp"
#include "exact/linalg.hpp"
#include "model/case.hpp"

namespace istcheck {

/// The names of the fields, as in the JSON output, in the order of output.
const std::vector<std::string>& analysis_fields();

struct AnalysisOptions {
  MomentOptions moments;
  /// Which fields to compute; empty means all.
  std::set<std::string> fields;
  /// factor.mean_square is the largest root of a characteristic polynomial of degree d(d+1)/2;
  /// beyond this degree it stays undecided.
  Index max_operator = 120;
  bool wants(const std::string& field) const { return fields.empty() || fields.count(field) > 0; }
};

/// Whether all L_i, b_i and covariances are rational.
bool rational_workers(const Case& c);
/// The parts of a case with one step for all rounds; the map has its closed form where the step and
/// the workers are rational.
Instance at_step(const Case& c, const Surd& step);
/// L̄ and b̄, for S as with_scalars says.
template <class S>
Matrix<S> mean_L_of(const Case& c);
template <class S>
Vector<S> mean_b_of(const Case& c);

/// Fields that a case does not have (no unique fixed point, L̄ not positive definite, …) are empty,
/// and `notes` says why in a sentence each. `undecided` lists fields that a limit kept from being
/// decided.
template <class S>
struct Analysis {
  std::optional<Vector<S>> minimizer;       ///< x* = L̄⁻¹ b̄
  std::optional<Vector<S>> fixed_point;     ///< x^∞ = E A x^∞ + E a
  std::optional<Vector<S>> bias;            ///< x^∞ − x*
  std::optional<S> bias_euclid, bias_lbar;  ///< ‖bias‖² and ‖bias‖²_L̄
  std::optional<Matrix<S>> mean_operator;   ///< E B̄
  std::optional<Vector<S>> mean_offset;     ///< E C̄b
  std::optional<Matrix<S>> W, Q;            ///< ½E[L̄B̄ + B̄L̄], E[B̄L̄B̄]
  std::optional<PsdDecision<S>> W_decision;
  std::optional<Algebraic> theta_min;  ///< least θ with Q ⪯ θW
  std::optional<bool> stable_mean, stable_mean_square;
  std::optional<Matrix<S>> lyapunov;  ///< P ≻ 0 with P − E[AᵀPA] ≻ 0 when mean-square stable
  std::optional<Algebraic> factor_mean, factor_mean_square, factor_one_step_lbar, factor_theorem1;
  std::optional<S> variance;  ///< E‖g − E g‖²_L̄ at x^∞ with g = (x − x⁺)/γ
  std::optional<S> stationary_minimizer, stationary_fixed_point;
  /// The blocks of a method as text; empty for a method of the table.
  struct Block {
    std::string name;
    std::optional<std::pair<long, long>> indices;
    Index size = 0;
    std::vector<std::optional<Vector<S>>> limits;  ///< of E, for each index
  };
  std::vector<Block> state;
  Integer outcomes;
  bool closed_form = false;
  std::vector<std::string> notes;
  std::vector<std::string> undecided;
};

/// Whether the mean map has the same fixed point at every step (docs/semantics.md 8.4a): one local
/// step, and (1/n) Σ E K_i = I.
template <class S>
bool fixed_point_of_any_step(const Instance& instance, const MomentOptions& options);

/// Fixed point, bias, stability, factors, variance and stationary error are those of the schedule's
/// last step; when the steps tend to zero they are undecided (docs/semantics.md 8.3, 8.4). S = Surd
/// when the sketch has square roots, Rational otherwise. Throws TooManyOutcomes.
template <class S>
Analysis<S> analyse(const Case& c, const AnalysisOptions& options = {});

/// Runs f with the scalars that the case needs: rationals, or surds when its sketch has square
/// roots.
template <class F>
auto with_scalars(const Case& c, const F& f) {
  if (c.rational() && Sketch(c.sketch, Problem(c.workers)).rational()) return f(Rational());
  return f(Surd());
}

}  // namespace istcheck
