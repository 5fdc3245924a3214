// Decides a claim on a case for all values of its variables (docs/semantics.md 19).
#pragma once

#include <functional>

#include "claim/evaluator.hpp"
#include "claim/verdict.hpp"

namespace istcheck::claim {

/// A choice of the variables, by name.
using Choice = std::vector<std::pair<std::string, Value>>;

struct EveryValue {
  bool no_fault = true;       ///< no choice is bad or ill
  bool no_good = true;        ///< at no choice all hypotheses are true and everything has a value
  std::string open;           ///< why one of them is not known, where it is not
  std::string contradiction;  ///< evaluation at a choice that was found gives something else
};

/// Goes every way that evaluation can go with the variables as unknowns. `look` evaluates the claim
/// at a choice and says what it comes to. It is called at a choice on each way that ends badly,
/// without a value, or, where `want_good`, well, as far as one is found; after a bad one no more
/// ways are gone. Leaves the variables of the evaluator unset.
EveryValue every_value(const Claim& claim, World* world, Evaluator& evaluator, bool want_good,
                       const std::function<Verdict(const Choice&)>& look);

}  // namespace istcheck::claim
