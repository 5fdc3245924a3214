// Signs of polynomials in one variable on a point or on an open interval, and of what has square
// roots of such polynomials.
#pragma once

#include "check/assumed.hpp"

namespace istcheck::check {

/// Where a variable is: the numbers between low and high, to infinity where an end is missing; or
/// the point low.
struct Cell {
  std::optional<Number> low, high;
  bool point = false;
};
using Cells = std::map<const Root*, Cell>;

/// The definitions, with the variables that are points put in.
std::vector<Definition> definitions_on(const Cells& cells, const std::vector<Definition>& all);

/// The sign (−1, 0 or 1) that p = Σ c_k x^k has at every x of the open cell. Nothing when that is
/// not shown, whether because the sign changes, because p touches zero, or because halving the cell
/// 256 times did not tell. Throws Undecided where the sign of a number stays open.
std::optional<int> sign_on(const std::vector<Number>& c, const Cell& cell,
                           const AssumedFacts& numbers);

/// The same for a p in at most one variable that is no point, in reciprocals and in square roots
/// (as they are defined on the cells). A variable without a cell is any number.
std::optional<int> sign_on(Number p, const Cells& cells, const std::vector<Definition>& definitions,
                           const AssumedFacts& numbers);

}  // namespace istcheck::check
