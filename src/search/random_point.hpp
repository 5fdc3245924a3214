// Random points of a space.
#pragma once

#include <vector>

#include "search/numbers.hpp"
#include "search/space.hpp"

namespace istcheck::search {

/// A point with short fractions: each L_i a random Gram matrix, one on the border of the cone, or
/// near a multiple of the identity; with unit diagonal, small entries beside it.
std::vector<Rational> random_point(Dice& dice, const Space& space);

}  // namespace istcheck::search
