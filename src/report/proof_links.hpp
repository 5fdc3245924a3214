// What the theorems of proofs/rocq do for a claim, for people and for programs.
#pragma once

#include <string>

#include "claim/ast.hpp"
#include "report/json.hpp"

namespace istcheck {

/// "proof": the theorem that states the whole claim or its negation, "" without one; and "proofs":
/// all that the claim names, each with what it does ("word"), "theorem" and "note".
void write_proofs(JsonWriter& json, const claim::Claim& c);

/// For a cell of a table: that theorem, or the first other one with its word; "" without any.
std::string proof_text(const claim::Claim& c);

}  // namespace istcheck
