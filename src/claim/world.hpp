// One instance as claims see it: its data over the surds, moments of its estimator and of its
// method, and second moments of the iterates.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "claim/method.hpp"
#include "claim/value.hpp"
#include "dynamics/moments.hpp"
#include "exact/budgets.hpp"
#include "model/case.hpp"

namespace istcheck::claim {

struct EvaluationOptions {
  Route route = Route::automatic;  ///< enumeration: never use a closed form
  Integer max_outcomes = 20'000;   ///< of a sketch that has to be enumerated
  Index max_stationary = 120;      ///< unknowns in the solve for the stationary second moment
  bool every_value = true;  ///< decide for all values of the variables, beyond those looked at
  long products = budget::kProducts.most;  ///< of terms, on a case, in such a decision
  bool margins = true;   ///< of conclusions; without them nothing but the verdict is found
  bool keep = true;      ///< false: values, outcomes and moments are computed anew each time
  bool rational = true;  ///< false: moments of rational cases are computed over the surds, too
};

/// One outcome of a round of a method as text, N the length of the state: the map [A a; 0 1], and
/// the covariance N × N of what noise adds.
struct DrawnOutcome {
  Surd weight;
  SurdMatrix map, noise;
};

/// Moments of a random affine map, over the surds whatever the sketch. D = d + 1.
class SurdMoments {
 public:
  /// Throws Unsupported when there are too many outcomes.
  SurdMoments(const RandomAffineMap& map, bool rational, const EvaluationOptions& options);
  /// Of a list of all outcomes.
  explicit SurdMoments(std::vector<DrawnOutcome> outcomes);
  SurdMatrix mean() const;
  SurdMatrix noise() const;
  /// Of a list: how many.
  size_t outcomes() const { return drawn_ ? drawn_->size() : 0; }
  SurdMatrix push(const SurdMatrix& m) const;  ///< E[Â M Âᵀ], M symmetric
  SurdMatrix pull(const SurdMatrix& m) const;  ///< E[Âᵀ M Â]

 private:
  std::shared_ptr<const Moments<Rational>> rational_;
  std::shared_ptr<const Moments<Surd>> surd_;
  std::shared_ptr<const std::vector<DrawnOutcome>> drawn_;
};

/// One outcome of the sketches of a round.
struct Outcome {
  std::vector<SurdMatrix> C;
  SurdMatrix B;   ///< (1/n) Σ C_i L_i C_i
  SurdMatrix Cb;  ///< (1/n) Σ C_i b_i
  SurdMatrix A;   ///< the method's map Â at the case's step, D × D
};

/// Key of x[infinity] among the rounds.
inline constexpr long kInfinity = -1;
/// That of the state a round after the free one: next(V).
inline constexpr long kNext = -2;

/// A step size, and the round that it is of where a method as text asks for that: for its number k,
/// or for parameters that are lists over rounds. Without a round it is any of the last ones, when
/// lists have come to their ends.
struct StepAt {
  static constexpr long kLast = -1;
  StepAt(Surd size, long k = kLast) : gamma(std::move(size)), round(k) {}  // NOLINT
  Surd gamma;
  long round;
};

class StateLayout;

class World {
 public:
  /// Throws std::invalid_argument as instantiate does.
  World(Case c, EvaluationOptions options);
  ~World();

  const Case& data() const { return case_; }
  const Instance& instance() const { return *instance_; }
  const EvaluationOptions& options() const { return options_; }
  Index n() const { return case_.n(); }
  Index d() const { return case_.d(); }
  const SurdMatrix& L(Index i) const { return L_[static_cast<size_t>(i)]; }  ///< from 0
  const SurdMatrix& b(Index i) const { return b_[static_cast<size_t>(i)]; }
  const SurdMatrix& mean_L() const { return mean_L_; }
  const SurdMatrix& mean_b() const { return mean_b_; }
  const SurdMatrix& gradient_noise(Index i) const { return noise_[static_cast<size_t>(i)]; }
  const Surd& step() const { return step_; }  ///< γ
  Surd step_in_round(size_t k) const;         ///< γ_k
  std::optional<Surd> last_step() const;      ///< γ_last; none when they tend to zero
  /// x⁰: where a block x starts (docs/semantics.md 17.2), else what the case says, zero if nothing.
  const SurdMatrix& start();
  SurdMatrix start_of_x(const std::optional<Surd>& step);  ///< the same with this step

  // Of a method as text, `text()`, which is null for the methods of the table:
  const Method* text() const { return text_; }
  /// How many outcomes a round has.
  Integer outcomes_of_round(const Surd& step);
  /// Where its blocks stand; of a method of the table nothing.
  const StateLayout* layout();
  /// Coordinates of the whole state; d for a method of the table.
  Index state_size();
  /// From what the case says; throws ClaimError, at the method's text, where it does not fit.
  /// In a round: a number may be a list over rounds, whose last one stays. Throws Unsupported for
  /// such a list in no round.
  Value parameter(const Parameter& p, std::optional<long> round) const;
  Value datum(const Datum& d) const;
  /// A row for each index.
  std::optional<SurdMatrix> start_of_block(const std::string& name) const;
  /// z⁰ + span of the columns: the smallest affine space that contains z⁰ and that every outcome
  /// maps into itself, at the case's step. The columns are in reduced echelon form, and `pivots`
  /// are their rows. Throws Unsupported where the method changes from round to round.
  struct Reachable {
    SurdMatrix start, directions;
    std::vector<Index> pivots;
  };
  const Reachable& reachable();
  /// The method on it, in the coordinates of the directions.
  const SurdMoments& reachable_moments();
  /// z⁰; `x0` replaces the start of a block x, or x⁰ of a method of the table; `step` replaces γ_0
  /// in the starts of other blocks.
  SurdMatrix state_start(const std::optional<SurdMatrix>& x0, const std::optional<Surd>& step);
  /// E z of the first round from which on every round has the step `step` (the last one without)
  /// and the last parameters: lists over rounds have then come to their ends.
  SurdMatrix mean_after_lists(const std::optional<Surd>& step, const SurdMatrix& start);

  /// What the case gives under [values] for a claim's variable; nothing when it gives none.
  std::optional<Value> own_value(const std::string& variable) const;

  const SurdMoments& estimator();
  /// Whether the mean map has the same fixed point at every step (docs/semantics.md 8.4a).
  bool fixed_point_of_any_step();
  /// The method with step γ; an irrational γ on a rational case by interpolation, as Â is a
  /// polynomial in γ.
  SurdMatrix mean_map(const StepAt& step);
  SurdMatrix push(const StepAt& step, const SurdMatrix& m);
  SurdMatrix noise(const StepAt& step);
  SurdMatrix pull(const StepAt& step, const SurdMatrix& m);
  /// The map Â of this outcome, D × D.
  SurdMatrix drawn(const Outcome& o, const Surd& step);

  /// E[(z^k; 1)(z^k; 1)ᵀ] of the whole state from z⁰, by M_{k+1} = E[Â M_k Âᵀ] + N. `step`
  /// overrides the case's steps.
  const SurdMatrix& second_moment(long round, const std::optional<Surd>& step,
                                  const SurdMatrix& start);
  /// The same in the limit; nothing when the method is not mean-square stable. Throws Unsupported
  /// beyond the limit of unknowns. A step with unknowns asks the assumptions of this thread.
  std::optional<SurdMatrix> stationary_moment(const Surd& step);
  /// S ↦ E[A S Aᵀ] (or its adjoint S ↦ E[Aᵀ S A]) on symmetric d × d matrices, as a matrix.
  const SurdMatrix& second_moment_operator(const Surd& step, bool adjoint);
  /// det(I − 𝒯) and adj(I − 𝒯) for that operator 𝒯, of a step with unknowns.
  const std::pair<Surd, SurdMatrix>& resolvent(const Surd& step, bool adjoint);
  /// The coefficients that radius_below asks the signs of, for that operator.
  const std::vector<Surd>& radius_coefficients(const Surd& step, const Surd& r);

  /// Calls visit for every outcome. Throws Unsupported beyond the limit of outcomes.
  void outcomes(const std::function<bool(const Rational& weight, const Outcome&)>& visit) const;

 private:
  Case case_;
  EvaluationOptions options_;
  std::unique_ptr<Instance> instance_;
  std::vector<SurdMatrix> L_, b_, noise_;
  SurdMatrix mean_L_, mean_b_, start_;
  std::shared_ptr<const Method> method_;
  const Method* text_ = nullptr;
  std::unique_ptr<StateLayout> layout_;
  std::optional<SurdMatrix> start_of_x_;
  std::optional<Reachable> reachable_;
  std::unique_ptr<SurdMoments> reachable_moments_;
  Surd step_;
  bool rational_ = true;  ///< the sketch and the numbers of the case
  std::unique_ptr<SurdMoments> estimator_;
  struct OfStep {
    StepAt step;
    SurdMoments moments;
  };
  std::vector<OfStep> methods_;                                            ///< by the step
  std::optional<std::pair<Surd, RandomAffineMap>> other_step_;             ///< last one drawn from
  mutable std::optional<std::vector<std::pair<Rational, Outcome>>> kept_;  ///< all outcomes
  struct Path {
    std::optional<Surd> step;
    SurdMatrix start;
    std::vector<SurdMatrix> moments;
  };
  std::vector<Path> paths_;
  std::vector<std::pair<Surd, std::optional<SurdMatrix>>> limits_;  ///< by the step size
  /// Of one step: every way of an evaluation with unknowns asks for the same.
  struct Operators {
    Surd step;
    std::optional<SurdMatrix> own[2];
    std::optional<std::pair<Surd, SurdMatrix>> resolvent[2];
    std::vector<std::pair<Surd, std::vector<Surd>>> coefficients;  ///< by r
  };
  std::optional<Operators> operators_;

  std::optional<SurdMatrix> solve_stationary(const Surd& step);
  std::optional<SurdMatrix> stationary_of_unknown(const Surd& step);
  Operators& operators(const Surd& step);
  const SurdMoments& method(StepAt step);
  Index longest_list() const;
  long round_that_matters(long round) const;
  void require_case_of_text() const;
  SurdMatrix interpolate(const StepAt& step, const std::function<SurdMatrix(const StepAt&)>& at);
};

}  // namespace istcheck::claim
