// Facts of degree at most two in some unknowns, with numbers or polynomials on a line as
// coefficients: refuted by sums of squares, multipliers, and what lies in the kernel of a sum that
// is zero.
#pragma once

#include <set>
#include <vector>

#include "dynamics/proof_writer.hpp"

namespace istcheck::decision {

/// c · entry + r = 0, by which the entry was eliminated.
struct Elimination {
  unsigned entry;
  Surd c, r;
  Known equation;
};

struct Way {
  std::vector<Known> facts;
  std::set<unsigned> entries;
  std::vector<Elimination> solved;
};

/// Whether nothing fulfils the facts, by steps that are written then. Otherwise the facts are
/// simpler: equations that are linear are solved, also those that follow. `tight` as for
/// multipliers.
bool refute(Way& way, Signs& signs, Writer& writer, bool tight = false);

/// The facts of a product with unknowns replaced by what they are equal to.
Known eliminated(const Known& k, const Elimination& e);

}  // namespace istcheck::decision
