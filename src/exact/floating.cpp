#include "exact/floating.hpp"

#include <Eigen/Eigenvalues>

namespace istcheck {
namespace {

using Solver = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>;

Solver solved(const RationalMatrix& m) {
  const Matrix<double> values = floating(m);
  return Solver(Eigen::Map<const Eigen::MatrixXd>(values.data(), values.rows(), values.cols()));
}

/// V diag(λ) Vᵀ for the eigenvectors that were found.
Matrix<double> rebuilt(const Solver& solver, const Eigen::VectorXd& values) {
  const Eigen::MatrixXd m =
      solver.eigenvectors() * values.asDiagonal() * solver.eigenvectors().transpose();
  Matrix<double> result(m.rows(), m.cols());
  std::copy(m.data(), m.data() + m.size(), result.data());
  return result;
}

}  // namespace

Matrix<double> floating(const RationalMatrix& m) {
  return m.unaryExpr([](const Rational& x) { return approximate(x); });
}

Matrix<double> floating_root(const RationalMatrix& m) {
  const Solver solver = solved(m);
  return rebuilt(solver, solver.eigenvalues().cwiseMax(0.0).cwiseSqrt());
}

Matrix<double> floating_inverse_root(const RationalMatrix& m) {
  const Solver solver = solved(m);
  return rebuilt(solver, solver.eigenvalues().cwiseInverse().cwiseSqrt());
}

}  // namespace istcheck
