// Which cases a claim speaks about.
#pragma once

#include <optional>
#include <string>

#include "claim/ast.hpp"
#include "claim/evaluator.hpp"

namespace istcheck::claim {

/// Whether the claim speaks about a case (docs/semantics.md 10.2). Of a setting that cannot be
/// decided it is unknown, unless another one is false.
struct Fit {
  enum class Is { yes, no, unknown } is = Is::yes;
  std::string reason;  ///< unless yes
};
/// Throws ClaimError.
Fit fit(const Claim& claim, const Case& c, const EvaluationOptions& options = {});

/// Why the claim is not known to speak about the case, or nothing when it does. Throws ClaimError.
std::optional<std::string> unfit(const Claim& claim, const Case& c,
                                 const EvaluationOptions& options = {});

}  // namespace istcheck::claim
