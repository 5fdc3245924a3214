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

/// Searches every claim at every size (n, d) up to settings.sizes.largest that its sketches allow,
/// each for settings.seconds at most; a claim that is about no case has one rung, (0, 0). `done` is
/// called after each.
std::vector<Rung> climb(const std::vector<claim::Claim>& claims, const Settings& settings,
                        const std::function<void(const Rung&)>& done);

}  // namespace istcheck::search
