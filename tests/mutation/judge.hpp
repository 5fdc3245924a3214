// Whether the steps of an accepted certificate state facts that are true, by the engine's exact
// arithmetic: elimination, FLINT's polynomials and roots, none of which the checker contains.
#pragma once

#include <string>

#include "check/check.hpp"

namespace istcheck::mutation {

/// Empty when every step that answers a question states a true fact, and the verdict is the one of
/// the original; else the first step that does not, or that could not be judged.
std::string untrue_step(const std::string& accepted, const std::string& original,
                        const check::ClaimFile& claims, const check::CaseFile* c);

}  // namespace istcheck::mutation
