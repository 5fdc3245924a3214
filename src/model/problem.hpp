// The distributed quadratic problem: f_i(x) = ½ xᵀL_i x − b_iᵀx, f = (1/n) Σ f_i.
#pragma once

#include <vector>

#include "exact/rational.hpp"
#include "exact/surd.hpp"

namespace istcheck {

/// One worker's data. L is d × d symmetric, b has d entries, noise is the d × d covariance of this
/// worker's gradient noise (zero when there is none).
template <class S>
struct WorkerOf {
  Matrix<S> L;
  Vector<S> b;
  Matrix<S> noise;
};
using Worker = WorkerOf<Rational>;
using SurdWorker = WorkerOf<Surd>;

/// Validated when built: at least one worker, one dimension, equal sizes, symmetric L_i, symmetric
/// positive semidefinite noise.
class Problem {
 public:
  /// Throws std::invalid_argument naming the worker and the entries that are wrong.
  explicit Problem(std::vector<Worker> workers);
  /// With square roots among the numbers: only surd_worker() is there then.
  explicit Problem(std::vector<SurdWorker> workers);

  Index n() const { return n_; }
  Index d() const { return d_; }
  bool rational() const { return surd_workers_.empty(); }
  /// Throws std::out_of_range when the problem is not rational.
  const Worker& worker(Index i) const { return workers_.at(static_cast<size_t>(i)); }
  const RationalMatrix& mean_L() const { return mean_L_; }  ///< L̄; empty when not rational
  const RationalVector& mean_b() const { return mean_b_; }  ///< b̄; empty when not rational
  /// Worker i of any problem.
  SurdWorker surd_worker(Index i) const;

 private:
  Index n_ = 0, d_ = 0;
  std::vector<Worker> workers_;
  std::vector<SurdWorker> surd_workers_;
  RationalMatrix mean_L_;
  RationalVector mean_b_;
};

}  // namespace istcheck
