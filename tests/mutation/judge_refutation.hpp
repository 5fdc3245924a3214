// Whether steps of refutations are true, by values of the unknowns in a prime field: none of the
// checker's polynomial arithmetic.
#pragma once

#include <string>

#include "check/refutation.hpp"

namespace istcheck::mutation {

/// Follows the steps of one certificate's refutations.
class RefutationJudge {
 public:
  /// `step` answers while `known` is assumed. Returns what is untrue, or "".
  std::string untrue(const check::Impossible& known, const cert::Step& step);

 private:
  cert::Step before_;  ///< the step before, when it added a fact
  size_t facts_before_ = 0;
};

}  // namespace istcheck::mutation
