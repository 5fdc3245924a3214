// Statements about every configuration of a size: the claim is evaluated on unknown data, every way
// of how signs may be, and each way that ends in a false conclusion must be refuted.
#pragma once

#include "check/variables.hpp"

namespace istcheck::check {

struct General {
  Ends ends;
  bool given = false;   ///< for the shape's own p, or weights of a table, only
  bool convex = false;  ///< for L_i ⪰ 0 only
  World::Used used;     ///< what the claim asked about
};

/// On every way a setting, a range or a hypothesis excludes it.
class SaysNothing : public std::invalid_argument {
 public:
  explicit SaysNothing(General everywhere)
      : std::invalid_argument("the claim says nothing about this shape"), found(everywhere) {}
  General found;
};

/// Of what the claim was shown (docs/semantics.md 15.3): "n = 2, d = 2, bernoulli, ist, every p,
/// local_steps = 2". Parameters, local steps and schedules that the claim does not depend on are
/// left out.
std::string domain_of(const General& found, const Case& shape);

/// Checks that the claim holds for all symmetric L_i, all b_i, starts, positive semidefinite
/// covariances, one step > 0 in all rounds, all parameters of the sketch that are real numbers and
/// values of the claim's variables, and that everything that is evaluated there has a value
/// (docs/semantics.md 15.1). Sketch, method, local steps and sizes are those of `shape`, whose
/// other numbers do not matter, and [values] neither: an integer with a range takes all of it.
/// `shape` is null for a claim that uses no case. The first steps may narrow this, to the shape's
/// own parameters and to L_i ⪰ 0. Throws Rejected, Undecided, and SaysNothing.
General check_generally(const claim::Claim& claim, const Case* shape, Steps& steps,
                        const cert::Limits& limits);

}  // namespace istcheck::check
