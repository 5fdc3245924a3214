#include "claim/method_analysis.hpp"

#include "claim/method_run.hpp"
#include "dynamics/operators.hpp"

namespace istcheck::claim {
namespace {

/// A number as `analyze` reports it; nothing where it is held as an expression.
std::optional<Algebraic> algebraic(const Scalar& x) {
  if (x.algebraic() != nullptr) return *x.algebraic();
  if (x.surd() != nullptr && x.surd()->is_rational()) return Algebraic(x.rational());
  if (x.surd() != nullptr) return Algebraic(*x.surd());
  return std::nullopt;
}

class TextAnalyser {
 public:
  TextAnalyser(const Case& c, const AnalysisOptions& options)
      : options_(options), world_(c, evaluation(options)) {}

  Analysis<Surd> run() {
    if (options_.wants("minimizer") || options_.wants("bias")) minimizer();
    blocks();
    try {
      if (const auto step = world_.last_step()) {
        of_last_step(*step);
      } else {
        undecided("factor", "the steps tend to zero");
      }
    } catch (const Unsupported& u) {
      undecided("factor", u.what());
    }
    for (const char* field :
         {"mean_operator", "mean_offset", "W", "Q", "W_psd", "theta_min", "variance"})
      if (options_.fields.empty() || options_.fields.count(field) > 0) {
        result_.notes.push_back(
            "mean operator, W, Q, theta and variance speak of the case's sketch, which a method as "
            "text draws for itself, if at all");
        break;
      }
    return std::move(result_);
  }

 private:
  const AnalysisOptions& options_;
  World world_;
  Analysis<Surd> result_;
  std::optional<SurdVector> star_;

  static EvaluationOptions evaluation(const AnalysisOptions& options) {
    EvaluationOptions result;
    result.max_outcomes = options.moments.max_outcomes;
    return result;
  }

  void undecided(const std::string& field, const std::string& why) {
    result_.undecided.push_back(field);
    result_.notes.push_back(field + ": " + why);
  }

  void minimizer() {
    const auto x = solve_exactly(world_.mean_L(), world_.mean_b());
    if (x)
      star_ = SurdVector(x->col(0));
    else
      result_.notes.push_back("Lbar is singular, so there is no unique minimizer");
    if (options_.wants("minimizer")) result_.minimizer = star_;
  }

  void blocks() {
    for (const Block& b : world_.text()->states) {
      const auto& place = world_.layout()->of(b);
      Analysis<Surd>::Block block;
      block.name = b.name;
      if (b.index) block.indices = {place.low, place.high};
      block.size = place.size;
      result_.state.push_back(std::move(block));
    }
  }

  void of_last_step(const Surd& step) {
    const SurdMatrix map = world_.mean_map(step);
    result_.outcomes = world_.outcomes_of_round(step);
    const Index N = world_.state_size();
    if (options_.wants("limits")) limits(map);
    const auto fixed =
        solve_exactly(SurdMatrix(SurdMatrix::Identity(N, N) - map.topLeftCorner(N, N)),
                      SurdMatrix(map.topRightCorner(N, 1)));
    const Block* x = world_.text()->plain_x();
    const bool plain = x != nullptr;
    if (!plain) result_.notes.push_back("the method has no block x of length d: see limits");
    if (!fixed) result_.notes.push_back("the mean map has no unique fixed point");
    const Index first = plain ? world_.layout()->of(*x).offset : 0, d = world_.d();
    if (plain && fixed) {
      const SurdVector at = SurdVector(SurdMatrix(fixed->block(first, 0, d, 1)).col(0));
      if (options_.wants("fixed_point")) result_.fixed_point = at;
      if (star_) {
        const SurdMatrix bias = SurdMatrix(at) - SurdMatrix(*star_);
        if (options_.wants("bias")) result_.bias = SurdVector(bias.col(0));
        if (options_.wants("bias_sq")) {
          result_.bias_euclid = (bias.transpose() * bias).value();
          result_.bias_lbar = (bias.transpose() * world_.mean_L() * bias).value();
        }
      }
    }
    const Scalar mean = spectral_radius_of(linear_part(map));
    if (options_.wants("stable_mean")) result_.stable_mean = compare(mean, Scalar(1)) < 0;
    if (options_.wants("factor")) result_.factor_mean = algebraic(mean);
    const Index size = N * (N + 1) / 2;
    const bool error = options_.wants("stationary_error"), square = options_.wants("factor"),
               stable = options_.wants("stable_mean_square");
    if (!error && !square && !stable) return;
    const auto push = [&](const SurdMatrix& m) -> SurdMatrix {
      return linear_part(world_.push(step, bordered(m)));
    };
    const auto decision = decide_stability<Surd>(N, push, {SurdMatrix::Identity(N, N)});
    if (!decision.stable) undecided("stable_mean_square", decision.reason);
    if (stable) result_.stable_mean_square = decision.stable;
    if (square && size > options_.max_operator) {
      undecided("factor.mean_square", "its characteristic polynomial has degree " +
                                          std::to_string(size) + ", more than the limit of " +
                                          std::to_string(options_.max_operator) +
                                          " (--max-operator)");
    } else if (square) {
      const SurdMatrix& op = world_.second_moment_operator(step, false);
      result_.factor_mean_square =
          is_rational(op) ? cone_spectral_radius(to_rational(op)) : cone_spectral_radius(op);
    }
    if (error && plain && fixed && decision.stable.value_or(false)) stationary(step, first, d);
  }

  void stationary(const Surd& step, Index first, Index d) {
    try {
      const auto m = world_.stationary_moment(step);
      if (!m) return;
      const Index N = world_.state_size();
      const SurdMatrix mean = m->block(first, N, d, 1);
      const SurdMatrix covariance = m->block(first, first, d, d) - mean * mean.transpose();
      result_.stationary_fixed_point = covariance.trace();
      if (!star_) return;
      const SurdMatrix bias = mean - SurdMatrix(*star_);
      result_.stationary_minimizer =
          Surd(*result_.stationary_fixed_point + (bias.transpose() * bias).value());
    } catch (const Unsupported& u) {
      undecided("stationary_error", u.what());
    }
  }

  void limits(const SurdMatrix& map) {
    const SurdMatrix start =
        world_.mean_after_lists(std::nullopt, world_.state_start(std::nullopt, std::nullopt));
    for (size_t k = 0; k < result_.state.size(); ++k) {
      const Block& b = world_.text()->states[k];
      const auto& place = world_.layout()->of(b);
      for (long i = place.low; i <= place.high; ++i) {
        const auto limit = limit_of_rows(map, start, *world_.layout()->offset(b, i), place.size);
        result_.state[k].limits.emplace_back(
            limit.value ? std::optional(SurdVector(limit.value->col(0))) : std::nullopt);
        if (!limit.value)
          result_.notes.push_back("the mean of " + b.name +
                                  (b.index ? "[" + std::to_string(i) + "]" : "") +
                                  " has no limit: " + limit.why);
      }
    }
  }
};

}  // namespace

Analysis<Surd> analyse_text(const Case& c, const AnalysisOptions& options) {
  return TextAnalyser(c, options).run();
}

}  // namespace istcheck::claim
