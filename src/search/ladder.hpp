// Every claim over a ladder of sizes.
#pragma once

#include "search/portfolio.hpp"

namespace istcheck::search {

struct Rung {
  const claim::Claim* claim = nullptr;
  int n = 0, d = 0;
  Result result;
  std::string method;  ///< what found the counterexample, or the solvers that said unsat
};

/// Every claim at every size (n, d) up to sizes.largest that its sketches allow, without results; a
/// claim that is about no case has one rung, (0, 0).
std::vector<Rung> ladder(const std::vector<claim::Claim>& claims, const Sizes& sizes);

/// Searches on every rung, for settings.seconds at most on each. `begins` is called before each.
/// Returns the rungs that were searched, fewer than all after an interrupt.
std::vector<Rung> climb(std::vector<Rung> rungs, const Settings& settings,
                        const std::function<void(const Rung&)>& begins);

}  // namespace istcheck::search
