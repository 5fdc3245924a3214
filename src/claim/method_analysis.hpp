// What `istcheck analyze` reports of a case whose method stands as text.
#pragma once

#include "claim/world.hpp"
#include "dynamics/analysis.hpp"

namespace istcheck::claim {

/// Blocks and their limits, fixed point and bias of a block x of length d, stability and factors of
/// the whole state, stationary error of x (docs/semantics.md 17.6); what belongs to sketches of the
/// case is empty, with a note. Throws ClaimError for a fault of the text, std::invalid_argument for
/// one of the case, TooManyOutcomes.
Analysis<Surd> analyse_text(const Case& c, const AnalysisOptions& options);

}  // namespace istcheck::claim
