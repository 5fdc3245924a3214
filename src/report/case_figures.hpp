// Exact curves of a case, as figures.
#pragma once

#include <vector>

#include "report/document.hpp"

namespace istcheck {

/// E f(x^k) − f*, E‖x^k − x*‖² and E‖x^k − x^∞‖² for k = 0..rounds: the case, gradient descent and
/// compressed gradient descent with the same step sizes, the case with decreasing (or constant)
/// steps, the limit, and for interpolation the bound of Theorem 1, where its hypotheses hold, and
/// the sharp one of its form. Curves that the case does not have are left out. Nothing for cases
/// with more than `max_outcomes` outcomes to run through.
std::vector<Figure> case_figures(const Case& c, size_t rounds);

/// Several runs in one figure for each of E f(x^k) − f* and E‖x^k − x^∞‖², with their limits: a
/// family of cases that differ in one parameter.
std::vector<Figure> family_curves(const std::string& id, const std::string& title,
                                  const std::vector<std::pair<std::string, Case>>& members,
                                  size_t rounds);

/// A logarithmic axis when the positive values span more than a factor of 30.
bool spans_decades(const Figure& f);

/// Lower case letters, digits and hyphens of a name.
std::string figure_id(const std::string& name);

}  // namespace istcheck
