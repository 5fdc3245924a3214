// How a conjunction is read: the facts about its entries, with numbers or polynomials on a line as
// coefficients, and what follows of them.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "dynamics/way.hpp"

namespace istcheck::decision {

/// One unknown runs over a line, others are entries, or none does.
struct Reading {
  std::optional<unsigned> line;
  std::set<unsigned> entries;
  std::vector<DefinedUnknown> on_line;  ///< holding nothing but the line's and earlier ones
  std::vector<DefinedUnknown> others;   ///< entries themselves
};
Reading reading_of(const Conjunction& c, std::optional<unsigned> line);

bool holds_any(const Surd& p, const std::set<unsigned>& unknowns);
bool holds_any(const SurdMatrix& m, const std::set<unsigned>& unknowns);

/// The facts of the conjunction at a place. `all`: also those without entries.
Way way_of(const Conjunction& c, const Reading& r, Writer& writer, bool all);

}  // namespace istcheck::decision
