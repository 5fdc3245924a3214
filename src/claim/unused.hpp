// What a claim declares and its statements never mention.
#pragma once

#include <string>
#include <vector>

#include "claim/ast.hpp"
#include "claim/method.hpp"

namespace istcheck::claim {

/// A line for each variable and definition that no hypothesis, conclusion, setting or family needs,
/// in the order of the file: "file:3:7: note: the variable 't' is not used". A variable `gamma`
/// (`x0`) is used where something depends on the steps (the start) of the run. The claim has been
/// checked.
std::vector<std::string> unused_notes(const Claim& claim);
/// A line for each block of a method that nothing updates: it keeps its start.
std::vector<std::string> kept_blocks(const Method& method);

}  // namespace istcheck::claim
