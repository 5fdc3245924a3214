// A claim for all values of its variables: they are unknowns, every way of how signs may be is
// gone, and what must not happen on a way is refuted.
#pragma once

#include "check/evaluator.hpp"
#include "check/refutation.hpp"

namespace istcheck::check {

inline constexpr size_t kMostWays = 100'000;

/// What became of the ways.
struct Ends {
  size_t open = 0;     ///< on which all hypotheses are true as far as signs tell
  size_t refuted = 0;  ///< that were shown impossible
  size_t good = 0;     ///< on which all hypotheses and conclusions are true
};

/// What is shown of every choice of the variables (docs/semantics.md 15.1).
enum class Aim {
  holds,   ///< each part has a value, and some hypothesis is false or all conclusions are true
  vacuous  ///< each part has a value, up to a hypothesis that is false
};

/// Takes the steps that show that nothing goes this way; `part` says to a reader where it ends.
/// Throws Rejected.
void refute_way(const std::string& part, AssumedFacts& facts, Steps& steps);

/// Goes one way of `facts` with an evaluator that has no variable set yet. Variables are unknowns
/// of their kind; an integer with a range takes all of it, [values] play no part. `d` is the
/// dimension, 0 where there is no case. Throws Rejected, Undecided.
void go(const claim::Claim& claim, Evaluator& evaluator, AssumedFacts& facts, size_t d,
        Steps& steps, Aim aim, Ends& ends);

using GoOne = std::function<void(Evaluator&, AssumedFacts&, size_t d)>;
/// Goes all ways on the case of `world` (null for a claim that uses none), of whose numbers `given`
/// answers: calls `go_one` for each, with an evaluator that has nothing set. Throws as it does.
void go_every_way(const claim::Claim& claim, const World* world, ShownFacts& given, Steps& steps,
                  const cert::Limits& limits, const GoOne& go_one);

/// Goes all ways on the case of `world` (null for a claim that uses none), of whose numbers `given`
/// answers. Throws Rejected, Undecided.
Ends for_every_value(const claim::Claim& claim, const World* world, ShownFacts& given, Steps& steps,
                     const cert::Limits& limits, Aim aim);

}  // namespace istcheck::check
