// Figures about families of problems.
#pragma once

#include "input/family.hpp"
#include "report/document.hpp"

namespace istcheck {

/// What a family is worth drawing, by its parameter. n: the squared bias, absolute and relative to
/// ‖x*‖². Any other with at most eight members: their error curves. Any other: contraction factors
/// against the parameter, with the bound of Theorem 1, and the best step size when the parameter is
/// the step.
std::vector<Figure> family_figures(const Family& family, const std::string& id, size_t rounds);

/// Remark 1: for L = [[a, c], [c, 1]] on two workers with Perm-1, where W̄ ⪰ 0 fails although L ≻ 0,
/// decided at every point of a grid, with the printed border c = 2a/(a + 1) and the border √a of
/// L ≻ 0.
Figure remark1_region();

}  // namespace istcheck
