// Values of the kinds of variables whose own entries are unknowns (docs/semantics.md 19.1).
#pragma once

#include <optional>

#include "claim/ast.hpp"
#include "claim/value.hpp"
#include "claim/ways.hpp"
#include "claim/world.hpp"

namespace istcheck::claim {

struct UnknownValue {
  Kind kind = Kind::scalar;
  Value value = Scalar(0);
  unsigned first = 0;  ///< of its unknowns, which are numbered in the order of rows
};

/// Throws Unsupported where the kind's size is that of a case and there is none.
UnknownValue unknown_value(Kind kind, World* world, Ways& ways);
/// What it is at a point, 0 for unknowns that the point leaves out; nothing where that is not of
/// the kind.
std::optional<Value> value_at(const Point& point, const UnknownValue& unknown);

/// The first few elements of a kind that a reader would think of.
std::vector<Value> short_values(Kind kind, Index d);

/// Decides what is assumed on the way that was gone. Counts with the products of the ways.
Decision decided(Ways& ways);

}  // namespace istcheck::claim
