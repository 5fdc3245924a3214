// A floating-point simulation of a case, to be shown beside the exact curve. It decides nothing.
#pragma once

#include <cstdint>
#include <vector>

#include "model/case.hpp"

namespace istcheck {

struct MonteCarloPoint {
  double mean = 0;            ///< sample mean of ‖x^k − reference‖²
  double standard_error = 0;  ///< of that mean
};

/// `runs` independent trajectories of `rounds` rounds with sketches drawn from the case's
/// distribution and Gaussian gradient noise; the squared Euclidean distance to `reference` for k =
/// 0..rounds. Deterministic for a seed. Throws std::invalid_argument for fewer than two runs.
std::vector<MonteCarloPoint> monte_carlo(const Case& c, std::size_t rounds, std::size_t runs,
                                         std::uint64_t seed, const Vector<double>& reference);

}  // namespace istcheck
