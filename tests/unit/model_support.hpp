// Random problems and every kind of sketch that fits them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/affine_map.hpp"
#include "model/case.hpp"
#include "support.hpp"

namespace istcheck::test {

struct WorkerOptions {
  bool definite = false;  ///< L_i ≻ 0, not just symmetric
  bool noise = false;
  long size = 4;
};

inline std::vector<Worker> random_workers(Random& random, Index n, Index d,
                                          const WorkerOptions& options = {}) {
  std::vector<Worker> workers;
  for (Index i = 0; i < n; ++i) {
    Worker w;
    w.L = options.definite ? random.definite(d, options.size) : random.symmetric(d, options.size);
    w.b = random.vector(d, options.size);
    if (options.noise) w.noise = random.semidefinite(d, random.integer(1, d), 3);
    workers.push_back(w);
  }
  return workers;
}

/// Symmetric matrices with random weights that sum to 1.
inline TableSketch random_table(Random& random, Index n, Index d, int outcomes) {
  TableSketch table;
  Rational total = 0;
  for (int k = 0; k < outcomes; ++k) {
    TableSketch::Outcome outcome{random.positive(), {}};
    for (Index i = 0; i < n; ++i) outcome.C.push_back(random.symmetric(d, 3));
    total += outcome.weight;
    table.outcomes.push_back(outcome);
  }
  for (auto& outcome : table.outcomes) outcome.weight /= total;
  return table;
}

/// Diagonal L_i, and L_i that are squares of rational matrices: what the printed reading takes.
inline std::vector<Worker> squares(Random& random, Index n, Index d) {
  std::vector<Worker> workers = random_workers(random, n, d);
  for (Worker& w : workers) {
    const RationalMatrix root = random.definite(d, 3);
    w.L = root * root;
  }
  return workers;
}

struct NamedSketch {
  std::string name;
  SketchSpec spec;
};

/// Every selection sketch of the table that fits n workers and d coordinates and whose scales need
/// nothing of the problem.
inline std::vector<NamedSketch> selection_sketches(Random& random, int n, int d) {
  std::vector<NamedSketch> result = {{"identity", IdentitySketch{}}};
  if (d >= n && d % n == 0) result.push_back({"perm", PermSketch{d / n, false}});
  if (d < n && n % d == 0) result.push_back({"perm, d < n", PermSketch{1, false}});
  result.push_back({"perm with remainder", PermSketch{0, true}});
  for (const bool shared : {false, true}) {
    const std::string how = shared ? ", shared" : ", independent";
    const int q = random.small(1, d);
    result.push_back({"rand " + std::to_string(q) + how, RandSketch{q, shared}});
    const Rational p(Integer(random.integer(1, 4)), Integer(4 + random.integer(0, 3)));
    result.push_back({"bernoulli " + to_string(p) + how, BernoulliSketch{p, shared}});
  }
  result.push_back({"bernoulli 1", BernoulliSketch{1, false}});
  for (int q = 1; q * n < d; ++q) {
    BlockSketch block{{}, q};
    std::vector<int> coordinates;
    for (int a = 0; a < d; ++a) coordinates.push_back(a);
    std::shuffle(coordinates.begin(), coordinates.end(), random.engine());
    block.shared.assign(coordinates.begin(), coordinates.begin() + (d - q * n));
    result.push_back({"block " + std::to_string(q), block});
  }
  if (n == d) result.push_back({"unit-perm", UnitPermSketch{}});
  return result;
}

/// x⁺ of the table of methods in docs/manual.md, formula by formula; xi[i][t] is what gradient
/// noise adds to worker i's gradient in local step t.
template <class S>
Vector<S> next_point(const std::vector<Worker>& workers, const Method& method, const Rational& step,
                     const std::vector<Matrix<S>>& C, const Vector<S>& x,
                     const std::vector<std::vector<Vector<S>>>& xi) {
  const auto n = static_cast<Index>(workers.size());
  const Index d = x.size();
  const S gamma(step), share(Rational(Integer(1), Integer(n)));
  Vector<S> next = Vector<S>::Constant(d, S(0));
  for (size_t i = 0; i < workers.size(); ++i) {
    const Matrix<S> L = workers[i].L.unaryExpr([](const Rational& v) { return S(v); });
    const Vector<S> b = workers[i].b.unaryExpr([](const Rational& v) { return S(v); });
    const Matrix<S>& c = C[i];
    const auto gradient = [&](const Vector<S>& at, size_t t) {
      return Vector<S>(L * at - b + xi[i][t]);
    };
    switch (method.kind) {
      case MethodKind::gradient:
        next += x * share - gamma * share * gradient(x, 0);
        break;
      case MethodKind::sketched_gradient:
        next += x * share - gamma * share * (c * gradient(c * x, 0));
        break;
      case MethodKind::ist: {
        Vector<S> w = c * x;
        for (int t = 0; t < method.local_steps; ++t)
          w = (w - gamma * (c * gradient(w, static_cast<size_t>(t)))).eval();
        next += share * w;
        break;
      }
      case MethodKind::one_sided:
        next += share * (c * x - gamma * gradient(c * x, 0));
        break;
      case MethodKind::compressed_gradient:
        next += x * share - gamma * share * (c * gradient(x, 0));
        break;
      case MethodKind::compressed_iterate:
        next += x * share - gamma * share * gradient(c * x, 0);
        break;
      case MethodKind::compressed_update:
        next += share * (c * (x - gamma * gradient(x, 0)));
        break;
      case MethodKind::text:
        break;
    }
  }
  return next;
}

/// [A a; 0 1] and the noise covariance of next_point, by differences.
template <class S>
DrawnMap<S> naive_map(const std::vector<Worker>& workers, const Method& method,
                      const Rational& step, const std::vector<Matrix<S>>& C) {
  const Index d = workers.front().b.size();
  const auto steps = static_cast<size_t>(method.local_steps);
  std::vector<std::vector<Vector<S>>> silent(
      workers.size(), std::vector<Vector<S>>(steps, Vector<S>::Constant(d, S(0))));
  const Vector<S> zero = Vector<S>::Constant(d, S(0));
  DrawnMap<S> map{Matrix<S>::Constant(d + 1, d + 1, S(0)), Matrix<S>::Constant(d, d, S(0))};
  const Vector<S> a = next_point<S>(workers, method, step, C, zero, silent);
  map.A.col(d).head(d) = a;
  map.A(d, d) = S(1);
  for (Index k = 0; k < d; ++k) {
    Vector<S> unit = zero;
    unit(k) = S(1);
    map.A.col(k).head(d) = next_point<S>(workers, method, step, C, unit, silent) - a;
  }
  for (size_t i = 0; i < workers.size(); ++i) {
    if (workers[i].noise.size() == 0) continue;
    const Matrix<S> covariance = workers[i].noise.unaryExpr([](const Rational& v) { return S(v); });
    for (size_t t = 0; t < steps; ++t) {
      Matrix<S> J(d, d);
      for (Index k = 0; k < d; ++k) {
        auto loud = silent;
        loud[i][t](k) = S(1);
        J.col(k) = next_point<S>(workers, method, step, C, zero, loud) - a;
      }
      map.noise += J * covariance * J.transpose();
    }
  }
  return map;
}

}  // namespace istcheck::test
