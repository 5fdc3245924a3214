// Follows a certificate: rebuilds from the claim and the case what its verdict says, choice by
// choice of the claim's variables, and takes from the certificate only the steps that the rules ask
// for.
#pragma once

#include "check/evaluator.hpp"

namespace istcheck::check {

struct Replay {
  /// holds, violated or vacuous, as found; "unreached" where merely no choice looked at fulfils the
  /// hypotheses, which is no verdict.
  std::string verdict;
  bool all = false;                  ///< holds or vacuous for all values of the variables
  size_t points = 0;                 ///< choices of the variables that were looked at
  std::vector<std::string> trusted;  ///< statements whose truth a "trust" step supplied
};

/// Whether the claim speaks about the case stayed open.
class OpenSetting : public Undecided {
 public:
  using Undecided::Undecided;
};

/// `stop_at_violation`: choices before the violating one may be skipped, and none follows it (the
/// verdict to show is "violated"). `c` is null exactly for a claim that uses no case or brings its
/// own family. Throws Rejected, Undecided, NoValue, and std::invalid_argument for a case or claim
/// that does not fit.
Replay replay(const claim::Claim& claim, const Case* c, Steps& steps, const cert::Limits& limits,
              bool stop_at_violation);

}  // namespace istcheck::check
