// Short fractions near others.
#pragma once

#include "exact/rational.hpp"

namespace istcheck {

/// The fraction with the least denominator (then least numerator) in [low, high], low <= high.
Rational simplest_between(const Rational& low, const Rational& high);
/// A short fraction in the open interval (low, high), low < high.
Rational simplest_strictly_between(const Rational& low, const Rational& high);

}  // namespace istcheck
