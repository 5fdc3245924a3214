// Real algebraic numbers in the form that cases take.
#pragma once

#include <optional>
#include <vector>

#include "exact/algebraic.hpp"

namespace istcheck::search {

/// The numbers as sums of short square roots where that goes, otherwise as polynomials in one of
/// them, or in a sum of them. Nothing where their common field is too large (NumberField).
std::optional<std::vector<Surd>> as_case_numbers(const std::vector<Algebraic>& numbers);

}  // namespace istcheck::search
