#include "report/proof_links.hpp"

#include <algorithm>

#include "claim/printer.hpp"

namespace istcheck {

namespace {

void write_link(JsonWriter& json, const claim::ProofLink& link) {
  json.key("word").text(claim::to_text(link.word));
  json.key("theorem").text(link.theorem).key("note").text(link.note);
}

void write_reading(JsonWriter& json, const Reading& r) {
  json.key("reading").begin_array();
  for (const auto& one : r.clauses)
    json.begin_object().key("claim").text(one.claim).key("proof").text(one.proof).end_object();
  json.end_array().key("beside");
  json.texts(r.beside);
  json.key("differs");
  json.texts(r.differs);
  json.key("statement").text(r.statement);
}

}  // namespace

void write_proofs(JsonWriter& json, const claim::Claim& c) {
  json.key("proof").text(claim::general_proof(c)).key("proofs").begin_array();
  for (const claim::ProofLink& link : c.proofs) {
    json.begin_object();
    write_link(json, link);
    json.end_object();
  }
  json.end_array();
}

void write_proofs(JsonWriter& json, const claim::Claim& c, const std::vector<Reading>& readings) {
  json.key("proof").text(claim::general_proof(c)).key("proofs").begin_array();
  for (const claim::ProofLink& link : c.proofs) {
    json.begin_object();
    write_link(json, link);
    const Reading* reading = reading_of(link, readings);
    write_reading(json, reading == nullptr ? Reading{} : *reading);
    json.end_object();
  }
  json.end_array();
}

const Reading* reading_of(const claim::ProofLink& link, const std::vector<Reading>& readings) {
  const auto found = std::find_if(readings.begin(), readings.end(),
                                  [&](const Reading& r) { return r.theorem == link.theorem; });
  return found == readings.end() ? nullptr : &*found;
}

std::string proof_text(const claim::Claim& c) {
  const std::string general = claim::general_proof(c);
  if (!general.empty() || c.proofs.empty()) return general;
  const claim::ProofLink& link = c.proofs.front();
  return claim::to_text(link.word) + ": " + link.theorem;
}

}  // namespace istcheck
