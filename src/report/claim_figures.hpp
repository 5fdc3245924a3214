// Both sides of a claim against the number of rounds.
#pragma once

#include "report/document.hpp"

namespace istcheck {

/// For a claim about all rounds (a variable k or K) whose last conclusion compares two numbers:
/// both sides for the rounds up to `rounds` on the case that is shown first, and on the least
/// special case with the same verdict (the one whose witness is the longest), and beside them the
/// right sides of the claims that repair it where their hypotheses hold. Nothing for other claims.
std::vector<Figure> claim_figures(const ClaimEntry& entry, const std::vector<ClaimEntry>& all,
                                  const std::vector<Case>& cases, int rounds,
                                  const claim::EvaluationOptions& options);

/// The bounds that claims give on a case as it is run, at its own step size and start: one figure
/// for each left side that a claim "left ≤ right" about all rounds bounds, with the right sides of
/// all claims whose hypotheses hold there, each at the choice of its other variables that makes it
/// least in the last round. Only claims that are expected to hold and do so on the case are drawn.
std::vector<Figure> bound_figures(const Case& one, const std::vector<ClaimEntry>& all, int rounds,
                                  const claim::EvaluationOptions& options);

}  // namespace istcheck
