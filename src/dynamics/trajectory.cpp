#include "dynamics/trajectory.hpp"

#include <map>

#include "dynamics/analysis.hpp"
#include "dynamics/operators.hpp"
#include "exact/flint_bridge.hpp"
#include "exact/linalg.hpp"

namespace istcheck {

namespace {

/// The map M ↦ E[Â M Âᵀ] + M_DD N: linear, because the corner of a second moment stays 1.
template <class S>
Matrix<S> next_moment(const Moments<S>& moments, const Matrix<S>& m) {
  Matrix<S> result = moments.push(m);
  const Index d = moments.d();
  if (m(d, d) != S(0)) result.topLeftCorner(d, d) += moments.noise() * m(d, d);
  return result;
}

/// Second moments M_0, M_1, …, one after the other, seen through linear functions of them: row r of
/// `readings` in the coordinates of pack.
template <class S>
class Recursion {
 public:
  Recursion(const Case& c, const MomentOptions& options, Matrix<S> start, Matrix<S> readings)
      : case_(c), options_(options), current_(std::move(start)), readings_(std::move(readings)) {}
  virtual ~Recursion() = default;
  virtual void advance(std::size_t round) {
    const Surd step = step_in_round_of(case_, round);
    auto it = moments_.find(step);
    if (it == moments_.end()) {
      moments_.clear();  // a schedule rarely comes back to an earlier step
      it = moments_.try_emplace(step, at_step(case_, step).map, options_).first;
    }
    current_ = next_moment(it->second, current_);
  }
  virtual Vector<S> read() {
    const Vector<S> packed = pack(current_);
    Vector<S> values = Vector<S>::Constant(readings_.rows(), S(0));
    for (Index r = 0; r < readings_.rows(); ++r)
      for (Index k = 0; k < packed.size(); ++k)
        if (readings_(r, k) != S(0)) values(r) += readings_(r, k) * packed(k);
    return values;
  }

 protected:
  const Case& case_;
  MomentOptions options_;
  Matrix<S> current_, readings_;
  std::map<Surd, Moments<S>> moments_;
};

/// Constant step over the rationals: v_{k+1} = (O / c) v_k with an integer matrix O, kept as an
/// integer vector over c^k · c_0. Only what is read is ever brought to lowest terms.
class IntegerRecursion final : public Recursion<Rational> {
 public:
  IntegerRecursion(const Case& c, const MomentOptions& options, const Moments<Rational>& moments,
                   const RationalMatrix& start, const RationalMatrix& readings)
      : Recursion(c, options, start, readings),
        operator_(0, 0),
        state_(0, 0),
        integer_readings_(readings.rows(), readings.cols()),
        values_(readings.rows(), 1) {
    const RationalMatrix matrix = matrix_of<Rational>(
        start.rows(), [&](const RationalMatrix& m) { return next_moment(moments, m); });
    factor_ = flint::common_denominator(matrix);
    operator_ = flint::cleared(matrix, factor_);
    const RationalMatrix packed = pack(start);
    denominator_ = flint::common_denominator(packed);
    state_ = flint::cleared(packed, denominator_);
    for (Index r = 0; r < readings.rows(); ++r) {
      Integer& denominator = reading_denominators_.emplace_back(1);
      for (Index k = 0; k < readings.cols(); ++k)
        flint::join_denominator(denominator, readings(r, k));
      for (Index k = 0; k < readings.cols(); ++k)
        flint::set_cleared(integer_readings_.at(r, k), readings(r, k), denominator);
    }
  }
  void advance(std::size_t) override {
    fmpz_mat_mul(state_.v, operator_.v, state_.v);
    denominator_ *= factor_;
  }
  RationalVector read() override {
    fmpz_mat_mul(values_.v, integer_readings_.v, state_.v);
    RationalVector values(readings_.rows());
    for (Index r = 0; r < values.size(); ++r) {
      mpq_ptr q = values(r).raw();
      fmpz_get_mpz(mpq_numref(q), values_.at(r, 0));
      mpz_mul(mpq_denref(q), denominator_.raw(),
              reading_denominators_[static_cast<size_t>(r)].raw());
      mpq_canonicalize(q);
    }
    return values;
  }

 private:
  flint::FmpzMat operator_, state_, integer_readings_, values_;
  Integer factor_, denominator_;
  std::vector<Integer> reading_denominators_;
};

template <class S>
std::unique_ptr<Recursion<S>> make_recursion(const Case& c, const MomentOptions& options,
                                             const Moments<S>& moments, const Matrix<S>& start,
                                             const Matrix<S>& readings) {
  if constexpr (std::is_same_v<S, Rational>) {
    const Index D = start.rows();
    if (!c.schedule && D * (D + 1) / 2 <= 105)
      return std::make_unique<IntegerRecursion>(c, options, moments, start, readings);
  }
  return std::make_unique<Recursion<S>>(c, options, start, readings);
}

/// E (x − p)ᵀ G (x − p) for symmetric G as a linear function of the second moment M of (x; 1):
/// tr(G M_xx) − 2 (G p)ᵀ M_x1 + pᵀ G p M_11.
template <class S>
Vector<S> form_about(const Matrix<S>& G, const Vector<S>& p) {
  const Index d = p.size();
  const Vector<S> Gp = G * p;
  Matrix<S> doubled(d + 1, d + 1);  // the coefficient of M_ij + M_ji
  doubled.topLeftCorner(d, d) = G * S(2);
  doubled.col(d).head(d) = Gp * S(-2);
  doubled(d, d) = p.dot(Gp);
  for (Index i = 0; i < d; ++i) doubled(i, i) = G(i, i);
  return pack(doubled);
}

/// What is read off a second moment: E x, and the forms that the case has.
template <class S>
struct Readings {
  Index d;
  std::vector<Vector<S>> rows;
  explicit Readings(Index dimension) : d(dimension) {
    for (Index a = 0; a < d; ++a) {
      Vector<S> row = Vector<S>::Constant((d + 1) * (d + 2) / 2, S(0));
      row(place(d + 1, a, d)) = S(1);
      rows.push_back(std::move(row));
    }
  }
  /// The place of the new reading.
  Index add(Vector<S> row) {
    rows.push_back(std::move(row));
    return static_cast<Index>(rows.size()) - 1;
  }
  Matrix<S> matrix() const {
    Matrix<S> m(static_cast<Index>(rows.size()), rows.front().size());
    for (Index r = 0; r < m.rows(); ++r) m.row(r) = rows[static_cast<size_t>(r)].transpose();
    return m;
  }
};

}  // namespace

template <class S>
std::vector<TrajectoryPoint<S>> trajectory(const Case& c, std::size_t rounds,
                                           const MomentOptions& options) {
  const Index d = c.d();
  const Matrix<S> Lbar = mean_L_of<S>(c), I = Matrix<S>::Identity(d, d);
  const std::optional<Surd> last = last_step_of(c);
  const Instance instance = at_step(c, last.value_or(step_of(c)));
  const Moments<S> moments(instance.map, options);
  Readings<S> readings(d);
  std::optional<Index> to_minimizer, to_fixed, gap;
  if (is_positive_definite(Lbar)) {
    const Vector<S> minimizer = solve(Lbar, Matrix<S>(mean_b_of<S>(c)))->col(0);
    to_minimizer = readings.add(form_about<S>(I, minimizer));
    gap = readings.add(form_about<S>(Lbar, minimizer) * S(Rational(1, 2)));
  }
  const Matrix<S>& mean = moments.mean();
  if (last || fixed_point_of_any_step<S>(instance, options))
    if (const auto x = solve(Matrix<S>(I - linear_part(mean)), Matrix<S>(mean.col(d).head(d))))
      to_fixed = readings.add(form_about<S>(I, x->col(0)));
  Vector<S> start = Vector<S>::Constant(d + 1, S(0));
  if constexpr (std::is_same_v<S, Rational>) {
    if (c.start) start.head(d) = *c.start;
  } else {
    start.head(d) = start_of(c);
  }
  start(d) = S(1);

  std::vector<TrajectoryPoint<S>> points;
  const auto recursion = make_recursion<S>(c, options, moments,
                                           Matrix<S>(start * start.transpose()), readings.matrix());
  points.reserve(rounds + 1);
  for (std::size_t k = 0; k <= rounds; ++k) {
    Vector<S> values = recursion->read();
    const auto take = [&](Index r) { return std::move(values(r)); };
    TrajectoryPoint<S> point{step_in_round_of(c, k), Vector<S>(d), {}, {}, {}};
    for (Index a = 0; a < d; ++a) point.mean(a) = take(a);
    if (to_fixed) point.distance_to_fixed = take(*to_fixed);
    if (to_minimizer) point.distance_to_minimizer = take(*to_minimizer);
    if (gap) point.gap = take(*gap);
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
