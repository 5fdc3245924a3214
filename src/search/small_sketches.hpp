// Sketches outside the named families, for claims that allow any sketch.
#pragma once

#include <string>
#include <vector>

#include "model/sketch.hpp"

namespace istcheck::search {

/// Every block sketch of n ≥ 2 workers up to the order of the coordinates: the first ones go to all
/// workers, and q to each of the rest. With none shared it is Perm-q and left out.
std::vector<SketchSpec> block_sketches(int n, int d);

/// Two tables of two outcomes with short weights and small integers, drawn by a generator with a
/// fixed seed, one of them diagonal; only for n, d ≤ 2.
std::vector<SketchSpec> table_sketches(int n, int d);

/// "1/3: [[0, 1], [1, 2]] [[1, 0], [0, 1]]; 2/3: …": weights and C_i.
std::string to_string(const TableSketch& s);

}  // namespace istcheck::search
