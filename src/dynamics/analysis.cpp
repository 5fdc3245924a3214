#include "dynamics/analysis.hpp"

#include <algorithm>
#include <type_traits>

#include "dynamics/operators.hpp"
#include "dynamics/theta.hpp"

namespace istcheck {

const std::vector<std::string>& analysis_fields() {
  static const std::vector<std::string> names = {"minimizer",
                                                 "fixed_point",
                                                 "bias",
                                                 "bias_sq",
                                                 "mean_operator",
                                                 "mean_offset",
                                                 "W",
                                                 "Q",
                                                 "W_psd",
                                                 "theta_min",
                                                 "stable_mean",
                                                 "stable_mean_square",
                                                 "factor",
                                                 "variance",
                                                 "stationary_error",
                                                 "outcomes",
                                                 "state",
                                                 "limits"};
  return names;
}

namespace {

template <class S>
S quadratic_form(const Matrix<S>& m, const Vector<S>& v) {
  return (v.transpose() * m * v).value();
}

template <class S>
S trace_of_product(const Matrix<S>& a, const Matrix<S>& b) {
  S sum(0);
  for (Index i = 0; i < a.rows(); ++i)
    for (Index j = 0; j < a.cols(); ++j) sum += a(i, j) * b(j, i);
  return sum;
}

template <class S>
bool symmetric(const Matrix<S>& m) {
  return m == m.transpose();
}

template <class S>
class Analyser {
 public:
  Analyser(const Case& c, const AnalysisOptions& options)
      : options_(options),
        last_step_(last_step_of(c)),
        step_(last_step_.value_or(step_of(c))),
        instance_(at_step(c, step_)),
        d_(instance_.problem.d()) {
    Lbar_ = mean_L_of<S>(c);
    bbar_ = mean_b_of<S>(c);
    Lbar_definite_ = is_positive_definite(Lbar_);
    result_.outcomes = instance_.sketch.support();
    if (!Lbar_definite_)
      note(
          "the mean matrix L̄ is not positive definite, so there is no unique minimizer x* and no "
          "L̄-norm: "
          "minimizer, bias, and the factors one_step_lbar and theorem1 are left out");
    if (c.schedule && last_step_)
      note(
          "the fixed point, stability, factors, variance and error limits are those of the last "
          "step of the schedule, γ = " +
          to_string(step_));
  }

  Analysis<S> run() {
    minimizer();
    if (wants_any({"fixed_point", "bias", "bias_sq", "variance", "stationary_error", "stable_mean",
                   "stable_mean_square", "factor"}))
      method();
    if (wants_any({"mean_operator", "mean_offset", "W", "Q", "W_psd", "theta_min", "factor"}))
      estimator();
    return std::move(result_);
  }

 private:
  bool wants_any(const std::vector<std::string>& names) const {
    for (const std::string& name : names)
      if (options_.wants(name)) return true;
    return false;
  }
  void note(std::string text) { result_.notes.push_back(std::move(text)); }
  void undecided(const std::string& field, const std::string& reason) {
    result_.undecided.push_back(field);
    note(field + " is undecided: " + reason);
  }

  void minimizer() {
    if (!Lbar_definite_) return;
    result_.minimizer = solve(Lbar_, Matrix<S>(bbar_))->col(0);
  }

  void method() {
    const Moments<S> moments(instance_.map, options_.moments);
    result_.closed_form = moments.closed_form();
    if (!last_step_) return without_last_step(moments);
    const Matrix<S> A = linear_part(moments.mean());
    const Vector<S> a = moments.mean().col(d_).head(d_);
    fixed_point(A, a);
    if (options_.wants("stable_mean")) stability_of_mean(A);
    const auto push = [&](const Matrix<S>& m) { return linear_part(moments.push(bordered(m))); };
    if (options_.wants("stable_mean_square") || options_.wants("stationary_error"))
      stability_in_mean_square(moments);
    if (options_.wants("factor")) factors(A, push, moments);
    if (result_.fixed_point) errors(push, moments);
  }

  /// Nothing but a fixed point that all steps share belongs to steps that tend to zero.
  void without_last_step(const Moments<S>& moments) {
    std::vector<std::string> open = {"stable_mean", "stable_mean_square", "factor", "variance",
                                     "stationary_error"};
    if (fixed_point_of_any_step<S>(instance_, options_.moments))
      fixed_point(linear_part(moments.mean()), moments.mean().col(d_).head(d_));
    else
      open.insert(open.begin(), {"fixed_point", "bias", "bias_sq"});
    std::string list;
    for (const std::string& field : open) {
      if (!options_.wants(field)) continue;
      result_.undecided.push_back(field);
      list += (list.empty() ? "" : ", ") + field;
    }
    if (!list.empty())
      note("undecided because the steps tend to zero, so that there is no last one: " + list);
  }

  void fixed_point(const Matrix<S>& A, const Vector<S>& a) {
    const Matrix<S> I = Matrix<S>::Identity(d_, d_);
    const auto x = solve(Matrix<S>(I - A), Matrix<S>(a));
    if (!x) {
      note("I − E A is singular: the mean iteration has no unique fixed point");
      return;
    }
    result_.fixed_point = x->col(0);
    if (!result_.minimizer) return;
    result_.bias = *result_.fixed_point - *result_.minimizer;
    result_.bias_euclid = result_.bias->squaredNorm();
    result_.bias_lbar = quadratic_form<S>(Lbar_, *result_.bias);
  }

  void stability_of_mean(const Matrix<S>& A) {
    const Matrix<S> I = Matrix<S>::Identity(d_, d_);
    if (symmetric(A)) {
      result_.stable_mean =
          is_positive_definite(Matrix<S>(I - A)) && is_positive_definite(Matrix<S>(I + A));
      return;
    }
    // ρ(A) < 1 exactly when ρ(P ↦ AᵀPA) = ρ(A)² < 1.
    const auto decision = decide_stability<S>(
        d_, [&](const Matrix<S>& P) { return Matrix<S>(A.transpose() * P * A); }, {I});
    result_.stable_mean = decision.stable;
    if (!decision.stable) undecided("stable_mean", decision.reason);
  }

  void stability_in_mean_square(const Moments<S>& moments) {
    std::vector<Matrix<S>> proposals = {Matrix<S>::Identity(d_, d_)};
    if (Lbar_definite_) proposals.push_back(Lbar_);
    const auto decision = decide_stability<S>(
        d_, [&](const Matrix<S>& P) { return linear_part(moments.pull(bordered(P))); }, proposals);
    result_.stable_mean_square = decision.stable;
    result_.lyapunov = decision.P;
    if (!decision.stable) undecided("stable_mean_square", decision.reason);
  }

  template <class Push>
  void factors(const Matrix<S>& A, const Push& push, const Moments<S>& moments) {
    result_.factor_mean = spectral_radius(A);
    const Index size = d_ * (d_ + 1) / 2;
    if (size <= options_.max_operator)
      result_.factor_mean_square = cone_spectral_radius(matrix_of<S>(d_, push));
    else
      undecided("factor.mean_square", "its characteristic polynomial has degree " +
                                          std::to_string(size) + ", more than the limit of " +
                                          std::to_string(options_.max_operator) +
                                          " (--max-operator)");
    if (Lbar_definite_)
      result_.factor_one_step_lbar =
          largest_eigenvalue(linear_part(moments.pull(bordered(Lbar_))), Lbar_);
  }

  /// Variance and stationary error. With y = x − x^∞ the map is y⁺ = A y + c, c = A x^∞ + a − x^∞,
  /// and E c = 0. In the stationary law E y = 0 and y is independent of (A, c), so the mixed terms
  /// vanish: Σ = E[A Σ Aᵀ] + E[c cᵀ] + N.
  template <class Push>
  void errors(const Push& push, const Moments<S>& moments) {
    Vector<S> point(d_ + 1);
    point << *result_.fixed_point, S(1);
    const Matrix<S> spread = linear_part(moments.push(Matrix<S>(point * point.transpose()))) -
                             *result_.fixed_point * result_.fixed_point->transpose() +
                             moments.noise();
    if (options_.wants("variance"))
      result_.variance = trace_of_product(Lbar_, spread) / (step() * step());
    if (!options_.wants("stationary_error") || !result_.stable_mean_square.value_or(false)) return;
    const Index size = d_ * (d_ + 1) / 2;
    if (size > 465) {
      undecided("stationary_error", "the exact solve has " + std::to_string(size) +
                                        " unknowns, more than the limit of 465");
      return;
    }
    const Matrix<S> system = Matrix<S>::Identity(size, size) - matrix_of<S>(d_, push);
    const auto packed = solve(system, Matrix<S>(pack(spread)));
    const S error = unpack<S>(packed->col(0), d_).trace();
    result_.stationary_fixed_point = error;
    if (result_.bias_euclid) result_.stationary_minimizer = error + *result_.bias_euclid;
  }

  void estimator() {
    const Moments<S> moments(instance_.estimator, options_.moments);
    const Matrix<S> B = linear_part(moments.mean());
    const Matrix<S> W = (Lbar_ * B + B.transpose() * Lbar_) * S(Rational(1, 2));
    result_.mean_operator = B;
    result_.mean_offset = -moments.mean().col(d_).head(d_);
    result_.W = W;
    if (options_.wants("Q") || options_.wants("theta_min"))
      result_.Q = linear_part(moments.pull(bordered(Lbar_)));
    if (options_.wants("W_psd")) result_.W_decision = decide_psd(W);
    if (options_.wants("theta_min")) {
      const LeastTheta theta = least_theta(*result_.Q, W);
      result_.theta_min = theta.least;
      if (theta.without_end)
        note("no θ is the least of those that satisfy (14), E[B̄L̄B̄] ⪯ θW̄: every θ <= " +
             to_string(*theta.without_end) + " does");
      else if (!theta.least)
        note("no θ satisfies (14), E[B̄L̄B̄] ⪯ θW̄");
    }
    if (options_.wants("factor") && Lbar_definite_ && last_step_)
      result_.factor_theorem1 = smallest_eigenvalue(Matrix<S>(W * step()), Lbar_).affine(-1, 1);
  }

  S step() const {
    if constexpr (std::is_same_v<S, Rational>)
      return step_.rational();
    else
      return step_;
  }

  const AnalysisOptions& options_;
  std::optional<Surd> last_step_;
  Surd step_;
  Instance instance_;
  Index d_;
  Matrix<S> Lbar_;
  Vector<S> bbar_;
  bool Lbar_definite_ = false;
  Analysis<S> result_;
};

}  // namespace

bool rational_workers(const Case& c) {
  return std::all_of(c.roots.begin(), c.roots.end(), [](const auto& part) {
    const auto& workers = part.second.workers;
    return std::all_of(workers.begin(), workers.end(), [](const Worker& w) {
      return w.L.isZero() && w.b.isZero() && w.noise.isZero();
    });
  });
}

Instance at_step(const Case& c, const Surd& step) {
  Case plain = c;
  plain.schedule.reset();
  if (rational_workers(c)) {
    plain.roots.clear();
    if (step.is_rational()) plain.step = step.rational();
  }
  Instance one = instantiate(plain);
  if (step != step_of(plain)) one.map = method_map(one.problem, one.sketch, one.method, step);
  return one;
}

template <class S>
Matrix<S> mean_L_of(const Case& c) {
  if constexpr (std::is_same_v<S, Rational>) {
    return Problem(c.workers).mean_L();
  } else {
    Matrix<S> sum = Matrix<S>::Constant(c.d(), c.d(), S(0));
    const S share(Rational(Integer(1), Integer(c.n())));
    for (const auto& w : workers_of(c)) sum += w.L * share;
    return sum;
  }
}

template <class S>
Vector<S> mean_b_of(const Case& c) {
  if constexpr (std::is_same_v<S, Rational>) {
    return Problem(c.workers).mean_b();
  } else {
    Vector<S> sum = Vector<S>::Constant(c.d(), S(0));
    const S share(Rational(Integer(1), Integer(c.n())));
    for (const auto& w : workers_of(c)) sum += w.b * share;
    return sum;
  }
}

template RationalMatrix mean_L_of<Rational>(const Case&);
template SurdMatrix mean_L_of<Surd>(const Case&);
template RationalVector mean_b_of<Rational>(const Case&);
template SurdVector mean_b_of<Surd>(const Case&);

template <class S>
bool fixed_point_of_any_step(const Instance& instance, const MomentOptions& options) {
  if (instance.method.local_steps != 1) return false;
  const Moments<S> at_zero(method_map(instance.problem, instance.sketch, instance.method, Surd(0)),
                           options);
  const Index d = instance.problem.d();
  return linear_part(at_zero.mean()) == Matrix<S>::Identity(d, d);
}

template bool fixed_point_of_any_step<Rational>(const Instance&, const MomentOptions&);
template bool fixed_point_of_any_step<Surd>(const Instance&, const MomentOptions&);

template <class S>
Analysis<S> analyse(const Case& c, const AnalysisOptions& options) {
  return Analyser<S>(c, options).run();
}

template Analysis<Rational> analyse(const Case&, const AnalysisOptions&);
template Analysis<Surd> analyse(const Case&, const AnalysisOptions&);

}  // namespace istcheck
