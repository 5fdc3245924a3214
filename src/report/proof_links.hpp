// What the theorems of proofs/rocq do for a claim, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "claim/ast.hpp"
#include "report/json.hpp"
#include "report/readings.hpp"

namespace istcheck {

/// "proof": the theorem that states the whole claim or its negation, "" without one; and "proofs":
/// all that the claim names, each with what it does ("word"), "theorem" and "note".
void write_proofs(JsonWriter& json, const claim::Claim& c);
/// The same, and for each how it was read: "reading" with each clause of the "claim" and what says
/// it in the "proof", "beside", "differs" and the "statement"; empty where nobody read it.
void write_proofs(JsonWriter& json, const claim::Claim& c, const std::vector<Reading>& readings);
/// The reading of one of them; none without one.
const Reading* reading_of(const claim::ProofLink& link, const std::vector<Reading>& readings);

/// For a cell of a table: that theorem, or the first other one with its word; "" without any.
std::string proof_text(const claim::Claim& c);

}  // namespace istcheck
