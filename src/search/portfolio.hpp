// All that is tried on a claim: searchers in a race, solvers, and proofs of whole shapes.
#pragma once

#include "search/race.hpp"

namespace istcheck::search {

/// Searches for a configuration that violates the claim. Works in rounds with growing budgets; in a
/// round the finding of the first task in order counts, whatever thread was first, so the result is
/// the same for the same seed as long as the time does not run out. Every finding is confirmed by
/// the exact engine in three ways, then shrunk, then explained.
Result search(const claim::Claim& c, const Settings& settings);

std::vector<NamedSearcher> all_searchers();

}  // namespace istcheck::search
