#include "model/problem.hpp"

#include <stdexcept>

#include "exact/linalg.hpp"

namespace istcheck {

namespace {

std::string worker_name(size_t i) { return "worker " + std::to_string(i + 1); }

template <class S>
void require_symmetric(const Matrix<S>& m, Index d, const std::string& what) {
  if (m.rows() != d || m.cols() != d)
    throw std::invalid_argument(what + " is " + std::to_string(m.rows()) + " x " +
                                std::to_string(m.cols()) + ", expected " + std::to_string(d) +
                                " x " + std::to_string(d));
  for (Index i = 0; i < d; ++i)
    for (Index j = 0; j < i; ++j)
      if (m(i, j) != m(j, i))
        throw std::invalid_argument(what + " is not symmetric: entry (" + std::to_string(i + 1) +
                                    ", " + std::to_string(j + 1) + ") is " + to_string(m(i, j)) +
                                    ", entry (" + std::to_string(j + 1) + ", " +
                                    std::to_string(i + 1) + ") is " + to_string(m(j, i)));
}

/// Also makes an absent covariance zero.
template <class S>
void validate(std::vector<WorkerOf<S>>& workers) {
  if (workers.empty()) throw std::invalid_argument("a problem needs at least one worker");
  const Index dimension = workers.front().b.size();
  if (dimension == 0) throw std::invalid_argument("worker 1: b is empty");
  for (size_t i = 0; i < workers.size(); ++i) {
    WorkerOf<S>& w = workers[i];
    if (w.b.size() != dimension)
      throw std::invalid_argument(worker_name(i) + ": b has " + std::to_string(w.b.size()) +
                                  " entries, worker 1 has " + std::to_string(dimension));
    require_symmetric(w.L, dimension, worker_name(i) + ": L");
    if (w.noise.size() == 0) w.noise = Matrix<S>::Constant(dimension, dimension, S(0));
    require_symmetric(w.noise, dimension, worker_name(i) + ": noise");
    if (!is_psd(w.noise))
      throw std::invalid_argument(worker_name(i) +
                                  ": noise is a covariance and must be positive semidefinite");
  }
}

}  // namespace

Problem::Problem(std::vector<Worker> workers) : workers_(std::move(workers)) {
  validate(workers_);
  n_ = static_cast<Index>(workers_.size());
  d_ = workers_.front().b.size();
  mean_L_ = RationalMatrix::Zero(d_, d_);
  mean_b_ = RationalVector::Zero(d_);
  for (const Worker& w : workers_) {
    mean_L_ += w.L;
    mean_b_ += w.b;
  }
  const Rational share(Integer(1), Integer(n_));
  mean_L_ *= share;
  mean_b_ *= share;
}

Problem::Problem(std::vector<SurdWorker> workers) : surd_workers_(std::move(workers)) {
  validate(surd_workers_);
  n_ = static_cast<Index>(surd_workers_.size());
  d_ = surd_workers_.front().b.size();
}

SurdWorker Problem::surd_worker(Index i) const {
  if (!rational()) return surd_workers_[static_cast<size_t>(i)];
  const Worker& w = worker(i);
  return {to_surd(w.L), to_surd(RationalMatrix(w.b)).col(0), to_surd(w.noise)};
}

}  // namespace istcheck
