// Sizes at which a claim is searched: numbers of workers and coordinates, a sketch, a method.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "claim/ast.hpp"
#include "model/case.hpp"

namespace istcheck::search {

struct Shape {
  int n = 1, d = 1;
  SketchSpec sketch;
  Method method;
  /// n + d; tables come after what has a name.
  int size() const { return n + d + (std::holds_alternative<TableSketch>(sketch) ? 2 : 0); }
};

/// "n = 2, d = 2, perm (q = 1), sketched-gradient".
std::string to_string(const Shape& s);

/// What the user fixed; what is empty is tried in turn, n and d up to `largest`.
struct Sizes {
  std::optional<int> n, d, q;
  int largest = 3;
};

/// A case of the shape with L_i = I, b_i = 0 and step 1, or nothing where the sketch does not fit
/// the sizes.
std::optional<Case> plain_case(const Shape& s);

/// The shapes that the claim's settings allow, smallest n + d first. Sketches that a claim does not
/// name but allows are identity, perm, rand, bernoulli, scaled-perm, unit-perm, block and a few
/// small tables (table_sketches). O(largest²) shapes for each sketch and method.
std::vector<Shape> shapes_for(const claim::Claim& c, const Sizes& sizes);

}  // namespace istcheck::search
