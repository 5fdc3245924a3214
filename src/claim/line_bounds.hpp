// The margin over all values of one real variable (docs/semantics.md 14.4).
#pragma once

#include "claim/evaluator.hpp"

namespace istcheck::claim {

/// The infimum of the slack of a conclusion that holds for all values of the claim's one variable,
/// a real number, over those that fulfil the hypotheses. Nothing where it is no single comparison
/// of numbers, where a side is no quotient of polynomials or the hypotheses are no signs of such,
/// or where a number that is needed cannot be written. Leaves the variable of the evaluator unset.
///
/// On a way (19.1) the hypotheses are signs of polynomials, and the slack is N/D. The zeros of
/// these polynomials, of D, and of N'D − ND' cut the line. On an open piece nothing changes its
/// sign, the slack is monotone, and its infimum there is the limit at an end: its value there where
/// D ≠ 0; where D = 0 ≠ N it grows beyond all bounds, since it is not negative. At both ends of the
/// line it is constant or grows, or has the quotient of the leading coefficients as its limit, or
/// 0.
std::optional<Scalar> margin_on_line(const Claim& claim, const Expr& conclusion, World* world,
                                     Evaluator& evaluator);

}  // namespace istcheck::claim
