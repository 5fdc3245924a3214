#include "dynamics/monte_carlo.hpp"

#include <cmath>
#include <random>
#include <stdexcept>

#include "dynamics/analysis.hpp"
#include "exact/floating.hpp"

namespace istcheck {

using MatrixXd = Matrix<double>;
using VectorXd = Vector<double>;

namespace {

struct FloatingWorker {
  MatrixXd L, noise_root;
  VectorXd b;
};

/// Draws C_1..C_n in floating point.
class Drawer {
 public:
  explicit Drawer(const Sketch& sketch) : sketch_(sketch) {
    if (sketch.law()) {
      scales_ = sketch.scales().unaryExpr([](const Surd& x) { return approximate(x); });
      return;
    }
    std::vector<double> weights;
    for (const auto& outcome : std::get<TableSketch>(sketch.spec()).outcomes) {
      weights.push_back(approximate(outcome.weight));
      table_.emplace_back();
      for (const RationalMatrix& c : outcome.C) table_.back().push_back(floating(c));
    }
    choice_ = std::discrete_distribution<size_t>(weights.begin(), weights.end());
  }

  std::vector<MatrixXd> draw(std::mt19937_64& random) {
    if (!sketch_.law()) return table_[choice_(random)];
    const Selection selection = sketch_.law()->sample(random);
    std::vector<MatrixXd> C;
    for (size_t i = 0; i < selection.size(); ++i) {
      C.emplace_back(scales_.cols(), scales_.cols());
      for (const int a : selection[i]) C.back()(a, a) = scales_(static_cast<Index>(i), a);
    }
    return C;
  }

 private:
  const Sketch& sketch_;
  MatrixXd scales_;
  std::vector<std::vector<MatrixXd>> table_;
  std::discrete_distribution<size_t> choice_;
};

}  // namespace

std::vector<MonteCarloPoint> monte_carlo(const Case& c, std::size_t rounds, std::size_t runs,
                                         std::uint64_t seed, const VectorXd& reference) {
  if (runs < 2) throw std::invalid_argument("a standard error needs at least two runs");
  const Instance instance = at_step(c, Surd(c.step));
  const Index n = instance.problem.n(), d = instance.problem.d();
  const SketchPlaces places = places_of(c.method.kind);
  std::vector<FloatingWorker> workers;
  for (Index i = 0; i < n; ++i) {
    const Worker& w = instance.problem.worker(i);
    workers.push_back({floating(w.L), floating_root(w.noise), floating(w.b)});
  }
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal;
  Drawer drawer(instance.sketch);
  std::vector<double> sum(rounds + 1, 0), sum_of_squares(rounds + 1, 0);
  std::vector<double> steps;
  for (size_t k = 0; k < rounds; ++k) steps.push_back(approximate(step_in_round_of(c, k)));
  for (size_t run = 0; run < runs; ++run) {
    VectorXd x = VectorXd(d);
    if (c.start) x = floating(*c.start);
    for (size_t k = 0;; ++k) {
      const double distance = (x - reference).squaredNorm();
      sum[k] += distance;
      sum_of_squares[k] += distance * distance;
      if (k == rounds) break;
      const double step = steps[k];
      const std::vector<MatrixXd> C = drawer.draw(random);
      VectorXd next = VectorXd(d);
      for (size_t i = 0; i < workers.size(); ++i) {
        const FloatingWorker& w = workers[i];
        VectorXd local = places.carry ? VectorXd(C[i] * x) : x;
        VectorXd at = places.right ? VectorXd(C[i] * x) : x;
        for (int t = 0; t < c.method.local_steps; ++t) {
          VectorXd gaussian(d);
          for (Index j = 0; j < d; ++j) gaussian(j) = normal(random);
          const VectorXd gradient = w.L * at - w.b + w.noise_root * gaussian;
          local -= step * (places.left ? VectorXd(C[i] * gradient) : gradient);
          at = local;
        }
        next += local;
      }
      x = next / static_cast<double>(n);
    }
  }
  std::vector<MonteCarloPoint> points;
  const auto count = static_cast<double>(runs);
  for (size_t k = 0; k <= rounds; ++k) {
    const double mean = sum[k] / count;
    const double variance =
        std::max(0.0, (sum_of_squares[k] / count - mean * mean)) * count / (count - 1);
    points.push_back({mean, std::sqrt(variance / count)});
  }
  return points;
}

}  // namespace istcheck
