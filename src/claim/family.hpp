// Members of the family that a claim declares.
#pragma once

#include "claim/ast.hpp"
#include "claim/world.hpp"

namespace istcheck::claim {

/// The instance with the given index. Throws ClaimError when a part is irrational, not a whole
/// number where one is needed, of the wrong size, or when the parts do not make an instance.
Case family_member(const Claim& claim, long index, const EvaluationOptions& options);

}  // namespace istcheck::claim
