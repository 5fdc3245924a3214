// Certificates that a claim holds for every configuration of a shape.
#pragma once

#include "cert/format.hpp"
#include "check/general.hpp"
#include "search/searchers.hpp"
#include "search/shape.hpp"

namespace istcheck::search {

struct Proof {
  std::vector<cert::Step> steps;  ///< of the certificate, or as far as it got
  std::string reason;             ///< why there is none; empty when there is
  bool excluded = false;          ///< no configuration fulfils settings and hypotheses
  check::General found;           ///< of what it was proved, or nothing is said
  bool proved() const { return reason.empty(); }
};

/// Tries to prove the claim for all configurations of the shape (null for a claim that uses no
/// case); where that fails, for L_i ⪰ 0 and the shape's own parameters. What is returned as proved,
/// check::check_steps has accepted.
Proof prove(const claim::Claim& claim, const Case* shape, const Patience& patience);

/// A claim with the same settings and hypotheses that concludes 1 = 2; nothing where there are
/// none.
std::optional<claim::Claim> hypotheses_alone(const claim::Claim& claim);

/// The certificate. The hashes are the SHA-256 of the files, "-" without a case.
cert::Certificate certificate_of(const claim::Claim& claim, const std::string& claim_hash,
                                 const std::string& case_hash, const Proof& proof);

/// A shape, or no shape for a claim that uses no case, and what became of it.
struct ShapeProof {
  std::string name;           ///< "n = 2, d = 2, …"
  std::optional<Case> shape;  ///< to be written beside the certificate, named n2-d2-…
  Proof proof;
};
/// Tries all shapes, smallest first, for `seconds` in all. Deterministic as long as the time
/// suffices.
std::vector<ShapeProof> prove_shapes(const claim::Claim& claim, const std::vector<Shape>& shapes,
                                     double seconds, const std::function<bool()>& stop);

}  // namespace istcheck::search
