// What a decision says is checked by multiplying out: independent of how it was found.
#pragma once

#include "dynamics/conjunction.hpp"

namespace istcheck {

/// Whether the steps show that nothing fulfils the conjunction.
bool follows(const Conjunction& c, const std::vector<ProofStep>& proof);

/// Whether the point gives every scalar and entry a value, and fulfils the conjunction.
bool fulfils(const Conjunction& c, const Point& point);

namespace decision {

/// √x for a number x >= 0 where it can be written.
std::optional<Surd> root_of(const Surd& x);

/// What a term is worth: c Πf p², or c Πf p with an equation among the factors.
bool has_equation(const std::vector<Fact>& facts, const ProofStep::Term& t);
/// The facts that `zeros` adds for a term.
std::vector<Fact> facts_of_zero(const std::vector<Fact>& facts, const ProofStep::Term& t);

}  // namespace decision
}  // namespace istcheck
