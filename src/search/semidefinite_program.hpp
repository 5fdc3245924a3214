// Semidefinite programs: csdp proposes in floating point, rounding and a projection make it exact.
#pragma once

#include "search/linear_program.hpp"

namespace istcheck::search {

/// A symmetric unknown matrix G ⪰ 0 of this size; entries[k] belongs to G_ab, a <= b, row by row,
/// and counts once (for G_ab and G_ba together).
struct Block {
  Index size = 0;
  std::vector<Column> entries;
};

struct Balance {
  std::vector<Rational> x;        ///< of the columns
  std::vector<RationalMatrix> G;  ///< of the blocks
};

/// As balance() of linear_program.hpp, with the blocks' entries in the sums: exact values, x_k >= 0
/// and G ⪰ 0 decided exactly. Nothing when csdp is not installed, finds nothing within the time, or
/// rounding fails, as it does where no solution is in the interior; at most 300 rows and 800
/// entries.
std::optional<Balance> balance_semidefinite(const std::vector<Column>& columns,
                                            const std::vector<Block>& blocks, unsigned seconds);

}  // namespace istcheck::search
