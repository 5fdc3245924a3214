// Statements about every configuration of a size: the claim is evaluated on unknown data, every way
// of how signs may be, and each way that ends in a false conclusion must be refuted.
#pragma once

#include "check/evaluator.hpp"
#include "check/refutation.hpp"

namespace istcheck::check {

struct General {
  size_t ways = 0;     ///< on which all hypotheses hold as far as signs tell
  size_t refuted = 0;  ///< of these, on which a conclusion would be false
};

/// Checks that the claim holds for all positive semidefinite L_i, all b_i, starts, positive
/// semidefinite covariances, steps > 0 and values of the claim's variables for which its
/// expressions have a value. Sketch, method and sizes are those of `shape`, whose numbers do not
/// matter. An integer variable takes the values that the claim lists, or only the one of them that
/// `shape` gives it. `shape` is null for a claim that uses no case. Throws Rejected, Undecided, and
/// std::invalid_argument for a shape that the claim's settings exclude.
General check_generally(const claim::Claim& claim, const Case* shape, Steps& steps,
                        const cert::Limits& limits);

}  // namespace istcheck::check
