#include "model/problem.hpp"

#include <stdexcept>

#include "exact/linalg.hpp"

namespace istcheck {

using Eigen::Index;

namespace {

std::string worker_name(size_t i) { return "worker " + std::to_string(i + 1); }

std::string shape(const RationalMatrix& m) {
  return std::to_string(m.rows()) + " x " + std::to_string(m.cols());
}

void require_symmetric(const RationalMatrix& m, Index d, const std::string& what) {
  if (m.rows() != d || m.cols() != d)
    throw std::invalid_argument(what + " is " + shape(m) + ", expected " + std::to_string(d) +
                                " x " + std::to_string(d));
  for (Index i = 0; i < d; ++i)
    for (Index j = 0; j < i; ++j)
      if (m(i, j) != m(j, i))
        throw std::invalid_argument(what + " is not symmetric: entry (" + std::to_string(i + 1) +
                                    ", " + std::to_string(j + 1) + ") is " + to_string(m(i, j)) +
                                    ", entry (" + std::to_string(j + 1) + ", " +
                                    std::to_string(i + 1) + ") is " + to_string(m(j, i)));
}

}  // namespace

Problem::Problem(std::vector<Worker> workers) : workers_(std::move(workers)) {
  if (workers_.empty()) throw std::invalid_argument("a problem needs at least one worker");
  const Index dimension = workers_.front().b.size();
  if (dimension == 0) throw std::invalid_argument("worker 1: b is empty");
  mean_L_ = RationalMatrix::Zero(dimension, dimension);
  mean_b_ = RationalVector::Zero(dimension);
  for (size_t i = 0; i < workers_.size(); ++i) {
    Worker& w = workers_[i];
    if (w.b.size() != dimension)
      throw std::invalid_argument(worker_name(i) + ": b has " + std::to_string(w.b.size()) +
                                  " entries, worker 1 has " + std::to_string(dimension));
    require_symmetric(w.L, dimension, worker_name(i) + ": L");
    if (w.noise.size() == 0) w.noise = RationalMatrix::Zero(dimension, dimension);
    require_symmetric(w.noise, dimension, worker_name(i) + ": noise");
    if (!is_psd(w.noise))
      throw std::invalid_argument(worker_name(i) +
                                  ": noise is a covariance and must be positive semidefinite");
    mean_L_ += w.L;
    mean_b_ += w.b;
  }
  const Rational share(Integer(1), Integer(workers_.size()));
  mean_L_ *= share;
  mean_b_ *= share;
}

}  // namespace istcheck
