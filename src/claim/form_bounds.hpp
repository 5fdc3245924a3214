// Margin and tightness over all values of vectors, where both sides are quadratic in them
// (docs/semantics.md 14.4).
#pragma once

#include "claim/evaluator.hpp"

namespace istcheck::claim {

/// Left and right, of which left is to be at most right; nothing where the statement is no single
/// comparison of numbers with values that can be computed with.
std::optional<std::pair<Surd, Surd>> compared_sides(const Expr& statement, Evaluator& evaluator);

struct FormBounds {
  Scalar margin;                ///< the infimum of the slack
  std::optional<Scalar> ratio;  ///< the supremum of left/right, where one is known
};

/// For a conclusion that holds for all values of the claim's variables, which are vectors that no
/// hypothesis restricts. Nothing where it is no single comparison of numbers, one side is not of
/// degree two at most in the vectors, or a form is homogeneous in one of several. Leaves the
/// variables of the evaluator unset.
///
/// With left = zᵀAz and right = zᵀBz, z = (v; 1), and H = B − A ⪰ 0: where both are homogeneous in
/// the one vector v, the infimum over ‖v‖ = 1 is the least eigenvalue of the part of H without its
/// last row. Else it is what is left of H when the entries of v are eliminated one by one: a zero
/// on the diagonal of H ⪰ 0 has a zero row, and else zᵀHz is least in that entry where its square
/// is completed. The ratio exceeds no t with A ⪯ tB, where zᵀBz > 0; and a t that it never exceeds
/// there has A ⪯ sB for some s <= t, by the S-lemma (19.3 e), so its supremum is the least such s,
/// if zᵀBz > 0 somewhere.
std::optional<FormBounds> bounds_of_form(const Claim& claim, const Expr& conclusion, World* world,
                                         Evaluator& evaluator);

}  // namespace istcheck::claim
