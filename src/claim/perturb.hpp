// Which constants of a claim matter: change one, and see whether a case notices.
#pragma once

#include <string>
#include <vector>

#include "claim/judge.hpp"

namespace istcheck::claim {

/// What happened to one constant of a conclusion or of a definition that a conclusion uses.
struct Perturbation {
  std::string constant;  ///< as written
  Place place;
  std::string changed;  ///< the change that was noticed, or all that were not
  bool caught = false;
  bool red = false;  ///< the claim is then not as expected; otherwise only the baseline shows it
  std::string caught_by;  ///< the case, or the error
  std::string reason;     ///< why it survived
};

/// Multiplies every constant of the conclusions (and of the definitions) by 8/7 and by 6/7 in turn
/// (and, where that means nothing or goes unnoticed, adds and subtracts 1), and judges the changed
/// claim on the cases that fit. Caught when a change makes the outcome differ from the expectation,
/// or at least changes a verdict, a margin or a ratio of some case, which the baseline shows.
std::vector<Perturbation> perturb(const Claim& claim, const std::vector<const Case*>& cases,
                                  const EvaluationOptions& options);

}  // namespace istcheck::claim
