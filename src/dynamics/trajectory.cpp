#include "dynamics/trajectory.hpp"

#include <map>

#include "dynamics/operators.hpp"
#include "exact/flint_bridge.hpp"
#include "exact/linalg.hpp"

namespace istcheck {

using Eigen::Index;

namespace {

template <class S>
Matrix<S> cast(const RationalMatrix& m) {
  return m.unaryExpr([](const Rational& x) { return S(x); });
}

/// The map M ↦ E[Â M Âᵀ] + M_DD N: linear, because the corner of a second moment stays 1.
template <class S>
Matrix<S> next_moment(const Moments<S>& moments, const Matrix<S>& m) {
  Matrix<S> result = moments.push(m);
  const Index d = moments.d();
  result.topLeftCorner(d, d) += moments.noise() * m(d, d);
  return result;
}

/// Second moments M_0, M_1, …, one after the other.
template <class S>
class Recursion {
 public:
  Recursion(const Case& c, const MomentOptions& options, Matrix<S> start)
      : case_(c), options_(options), current_(std::move(start)) {}
  virtual ~Recursion() = default;
  virtual void advance(std::size_t round) {
    const Rational step = case_.step_in_round(round);
    auto it = moments_.find(step);
    if (it == moments_.end()) {
      Case with_step = case_;
      with_step.step = step;
      moments_.clear();  // a schedule rarely comes back to an earlier step
      it = moments_.try_emplace(step, instantiate(with_step).map, options_).first;
    }
    current_ = next_moment(it->second, current_);
  }
  virtual Matrix<S> current() { return current_; }

 protected:
  const Case& case_;
  MomentOptions options_;
  Matrix<S> current_;
  std::map<Rational, Moments<S>> moments_;
};

/// Constant step over the rationals: v_{k+1} = (O / c) v_k with an integer matrix O, kept as an
/// integer vector over c^k · c_0.
class IntegerRecursion final : public Recursion<Rational> {
 public:
  IntegerRecursion(const Case& c, const MomentOptions& options, const RationalMatrix& start)
      : Recursion(c, options, start), size_(start.rows()), operator_(0, 0), state_(0, 0) {
    const Moments<Rational> moments(instantiate(c).map, options);
    const RationalMatrix matrix = matrix_of<Rational>(
        size_, [&](const RationalMatrix& m) { return next_moment(moments, m); });
    factor_ = flint::common_denominator(matrix);
    operator_ = flint::cleared(matrix, factor_);
    const RationalMatrix packed = pack(start);
    denominator_ = flint::common_denominator(packed);
    state_ = flint::cleared(packed, denominator_);
  }
  void advance(std::size_t) override {
    fmpz_mat_mul(state_.v, operator_.v, state_.v);
    denominator_ *= factor_;
  }
  RationalMatrix current() override {
    return unpack<Rational>(flint::over(state_, denominator_).col(0), size_);
  }

 private:
  Index size_;
  flint::FmpzMat operator_, state_;
  Integer factor_, denominator_;
};

template <class S>
std::unique_ptr<Recursion<S>> make_recursion(const Case& c, const MomentOptions& options,
                                             const Matrix<S>& start) {
  if constexpr (std::is_same_v<S, Rational>) {
    const Index D = start.rows();
    if (!c.schedule && D * (D + 1) / 2 <= 105)
      return std::make_unique<IntegerRecursion>(c, options, start);
  }
  return std::make_unique<Recursion<S>>(c, options, start);
}

/// E (x − p)ᵀ G (x − p) from the second moment M of (x; 1): tr(G M_xx) − 2 pᵀ G m + pᵀ G p.
template <class S>
S expected_form(const Matrix<S>& M, const Matrix<S>& G, const Vector<S>& p) {
  const Index d = p.size();
  S sum(0);
  const Vector<S> Gp = G * p;
  for (Index i = 0; i < d; ++i) {
    for (Index j = 0; j < d; ++j)
      if (G(i, j) != S(0)) sum += G(i, j) * M(j, i);
    sum += Gp(i) * (p(i) - M(i, d) - M(i, d));
  }
  return sum;
}

}  // namespace

template <class S>
std::vector<TrajectoryPoint<S>> trajectory(const Case& c, std::size_t rounds,
                                           const MomentOptions& options) {
  const Instance instance = instantiate(c);
  const Index d = instance.problem.d();
  const Matrix<S> Lbar = cast<S>(instance.problem.mean_L()), I = Matrix<S>::Identity(d, d);
  std::optional<Vector<S>> minimizer, fixed;
  if (is_positive_definite(instance.problem.mean_L()))
    minimizer = cast<S>(
        solve(instance.problem.mean_L(), RationalMatrix(instance.problem.mean_b()))->col(0));
  {
    const Matrix<S> mean = Moments<S>(instance.map, options).mean();
    if (const auto x = solve(Matrix<S>(I - linear_part(mean)), Matrix<S>(mean.col(d).head(d))))
      fixed = x->col(0);
  }
  Vector<S> start = Vector<S>::Constant(d + 1, S(0));
  if (c.start) start.head(d) = cast<S>(*c.start);
  start(d) = S(1);

  std::vector<TrajectoryPoint<S>> points;
  const auto recursion = make_recursion<S>(c, options, Matrix<S>(start * start.transpose()));
  for (std::size_t k = 0; k <= rounds; ++k) {
    const Matrix<S> M = recursion->current();
    TrajectoryPoint<S> point{c.step_in_round(k), M.col(d).head(d), {}, {}, {}};
    if (fixed) point.distance_to_fixed = expected_form<S>(M, I, *fixed);
    if (minimizer) {
      point.distance_to_minimizer = expected_form<S>(M, I, *minimizer);
      point.gap = expected_form<S>(M, Lbar, *minimizer) * S(Rational(1, 2));
    }
    points.push_back(std::move(point));
    if (k < rounds) recursion->advance(k);
  }
  return points;
}

template std::vector<TrajectoryPoint<Rational>> trajectory(const Case&, std::size_t,
                                                           const MomentOptions&);
template std::vector<TrajectoryPoint<Surd>> trajectory(const Case&, std::size_t,
                                                       const MomentOptions&);

}  // namespace istcheck
