#include "dynamics/theta.hpp"

namespace istcheck {

namespace {

template <class S>
bool vanishes(const Matrix<S>& m) {
  for (Index k = 0; k < m.size(); ++k)
    if (m.data()[k] != S(0)) return false;
  return true;
}

}  // namespace

template <class S>
std::optional<Algebraic> least_theta(const Matrix<S>& Q, const Matrix<S>& W) {
  const auto decision = decide_psd(W);
  if (!decision.psd()) return std::nullopt;
  if (decision.definite) return largest_eigenvalue(Q, W);
  const Matrix<S> K = kernel(W);
  if (K.cols() == W.cols() || !vanishes(Matrix<S>(Q * K))) return std::nullopt;
  // Both forms vanish on the kernel, so they live on a complement of it. kernel() gives every basis
  // vector its own free coordinate (a 1 where the other vectors have 0); the remaining coordinates
  // span a complement, and W is positive definite there.
  std::vector<Index> rest;
  for (Index i = 0, next = 0; i < W.rows(); ++i) {
    // The free coordinate of column `next` is the last non-zero entry of that column.
    if (next < K.cols() && K(i, next) == S(1) &&
        vanishes(Matrix<S>(K.col(next).tail(K.rows() - i - 1)))) {
      ++next;
      continue;
    }
    rest.push_back(i);
  }
  return largest_eigenvalue(Matrix<S>(Q(rest, rest)), Matrix<S>(W(rest, rest)));
}

template std::optional<Algebraic> least_theta(const RationalMatrix&, const RationalMatrix&);
template std::optional<Algebraic> least_theta(const SurdMatrix&, const SurdMatrix&);

}  // namespace istcheck
