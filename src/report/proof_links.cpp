#include "report/proof_links.hpp"

#include "claim/printer.hpp"

namespace istcheck {

void write_proofs(JsonWriter& json, const claim::Claim& c) {
  json.key("proof").text(claim::general_proof(c)).key("proofs").begin_array();
  for (const claim::ProofLink& link : c.proofs) {
    json.begin_object().key("word").text(claim::to_text(link.word));
    json.key("theorem").text(link.theorem).key("note").text(link.note).end_object();
  }
  json.end_array();
}

std::string proof_text(const claim::Claim& c) {
  const std::string general = claim::general_proof(c);
  if (!general.empty() || c.proofs.empty()) return general;
  const claim::ProofLink& link = c.proofs.front();
  return claim::to_text(link.word) + ": " + link.theorem;
}

}  // namespace istcheck
