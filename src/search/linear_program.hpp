// Linear programs over the rationals, solved by Z3's exact simplex.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "exact/rational.hpp"

namespace istcheck::search {

/// One unknown of the program: its coefficient in each row, by the row's number.
struct Column {
  std::map<size_t, Rational> entries;
  bool free = false;    ///< of either sign; else it must be >= 0
  bool strict = false;  ///< counted in the sum that must be positive
};

/// Values x with Σ_k x_k column_k = 0, x_k >= 0 where not free, and Σ x_k = 1 over the strict ones;
/// nothing when there are none or the time is over. Deterministic as long as the time does not run
/// out.
std::optional<std::vector<Rational>> balance(const std::vector<Column>& columns,
                                             unsigned milliseconds);

/// Drops columns that no solution can use, by rows in which all coefficients have one sign: returns
/// which are left. O(entries) for each pass.
std::vector<char> useful(const std::vector<Column>& columns);

}  // namespace istcheck::search
