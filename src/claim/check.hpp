// Types and meanings of names in a claim, before anything is computed.
#pragma once

#include "claim/ast.hpp"
#include "claim/method.hpp"

namespace istcheck::claim {

/// Annotates every expression of the claim with its type and its names with their meaning. Throws
/// ClaimError at the place of the first fault: an unknown name (with the nearest known one), sizes
/// or kinds that do not fit, a let that needs itself, a random quantity outside E[…], a degree
/// above two in the iterates, the Loewner order on matrices that are not square.
void check_types(Claim& c);

/// The same for a method: what it names, that updates are affine in the state, and that nothing
/// that is drawn depends on it. Throws ClaimError.
void check_method(Method& m);

/// Whether the claim says something about a case; otherwise it is evaluated once, without any.
bool uses_case(const Claim& c);

}  // namespace istcheck::claim
