// Searchers that propose points of a space. Each runs until it has a finding, its budget is
// spent, or it is told to stop; each is deterministic for a seed.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>

#include "search/referee.hpp"
#include "search/space.hpp"

namespace istcheck::search {

/// When to give up. Budgets count points, not seconds, so that a search gives the same result on a
/// slow machine; the deadline is only for the user.
struct Patience {
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  size_t points = std::numeric_limits<size_t>::max();
  std::function<bool()> stop;
  mutable size_t used = 0;
  /// To be asked once for each point.
  bool over() const {
    return ++used > points || (stop && stop()) || std::chrono::steady_clock::now() >= deadline;
  }
};

/// Whether points of the space ever fit the claim's settings and hypotheses: nothing is searched
/// where none of a few hundred small and random points does.
bool worth_searching(const Referee& referee, const Space& space, const Patience& patience);

/// All integer points (step sizes: small fractions too) in the order of the sum of sizes of their
/// coordinates, so what is found first is smallest. Matrices that are not positive semidefinite are
/// left out as soon as they are complete.
std::optional<Finding> enumerate_small(const Referee& referee, const Space& space,
                                       const Patience& patience);

/// Points with short fractions; each L_i a random Gram matrix, or one on the border of the cone, or
/// near a multiple of the identity.
std::optional<Finding> random_fractions(const Referee& referee, const Space& space,
                                        std::uint64_t seed, const Patience& patience);

/// Random points with what the shape fixes changed: other p, tables, numbers of local steps,
/// schedules of steps, and L_i that are not positive semidefinite.
std::optional<Finding> vary(const Referee& referee, const Space& space, std::uint64_t seed,
                            const Patience& patience);

/// Ascent on the violation from many starts: coordinates move by steps that grow and shrink, in
/// floating point; each trial point is rounded to a multiple of 2^-8 and its margin computed
/// exactly. The end point is rounded to shorter and shorter fractions.
std::optional<Finding> ascend(const Referee& referee, const Space& space, std::uint64_t seed,
                              const Patience& patience);

}  // namespace istcheck::search
