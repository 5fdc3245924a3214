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
/// The fact that `minor` adds: det M[I, I] for the rows I, not one of them left out.
Fact fact_of_minor(const MatrixFact& m, const std::vector<Index>& rows);
/// The fact that `form` adds: vᵀ M v.
Fact fact_of_form(const MatrixFact& m, const std::vector<Surd>& v);

}  // namespace decision
}  // namespace istcheck
