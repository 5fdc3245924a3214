// Small exact formulas for families of cases: numbers, named integers, + − * / ^, ==, parentheses.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "exact/rational.hpp"

namespace istcheck {

/// Values of the names that a formula may use.
using FormulaNames = std::map<std::string, Rational>;

/// Evaluates a formula such as "2*(r == c) + 1/(n + i)". r == c is 1 or 0; ^ takes whole exponents
/// up to 1000. Throws std::invalid_argument saying what is wrong and at which character.
Rational evaluate_formula(const std::string& text, const FormulaNames& names);

}  // namespace istcheck
