// The distributed quadratic problem: f_i(x) = ½ xᵀL_i x − b_iᵀx, f = (1/n) Σ f_i.
#pragma once

#include <vector>

#include "exact/rational.hpp"

namespace istcheck {

/// One worker's data. L is d × d symmetric, b has d entries, noise is the d × d covariance of this
/// worker's gradient noise (zero when there is none).
struct Worker {
  RationalMatrix L;
  RationalVector b;
  RationalMatrix noise;
};

/// Validated when built: at least one worker, one dimension, equal sizes, symmetric L_i, symmetric
/// positive semidefinite noise.
class Problem {
 public:
  /// Throws std::invalid_argument naming the worker and the entries that are wrong.
  explicit Problem(std::vector<Worker> workers);

  Eigen::Index n() const { return static_cast<Eigen::Index>(workers_.size()); }
  Eigen::Index d() const { return workers_.front().b.size(); }
  const Worker& worker(Eigen::Index i) const { return workers_[static_cast<size_t>(i)]; }
  const RationalMatrix& mean_L() const { return mean_L_; }  ///< L̄
  const RationalVector& mean_b() const { return mean_b_; }  ///< b̄

 private:
  std::vector<Worker> workers_;
  RationalMatrix mean_L_;
  RationalVector mean_b_;
};

}  // namespace istcheck
