#include "search/prove.hpp"

#include <algorithm>

#include "check/check.hpp"
#include "check/general.hpp"
#include "claim/check.hpp"
#include "claim/parser.hpp"
#include "claim/printer.hpp"
#include "search/refuter.hpp"

namespace istcheck::search {
namespace {

/// Numbers with more terms than this take longer than a search for a proof has.
constexpr size_t kTerms = 20'000;
constexpr cert::Limits kProofLimits{cert::kCaps.steps, 20'000, kTerms, 1, 20'000};

Proof attempt(const claim::Claim& claim, const Case* shape, const Patience& patience) {
  Refuter refuter(patience);
  try {
    check::check_generally(claim, shape, refuter, kProofLimits);
  } catch (const std::exception& error) {  // what the checker does not evaluate, or NotRefuted
    return {refuter.steps(), error.what(), false};
  }
  Proof proof{refuter.steps(), "", false};
  const auto answer = check::check_steps(claim, shape, certificate_of(claim, "-", "-", proof));
  if (answer.is != check::Answer::Is::accepted) proof.reason = answer.message;
  return proof;
}

/// Whether the hypotheses can be refuted by themselves: whether they prove 1 = 2.
bool contradictory(const claim::Claim& claim, const Case* shape, const Patience& patience) {
  if (claim.hypotheses.empty()) return false;
  std::vector<claim::Claim> copies;
  try {
    copies = claim::parse_claims(to_text(claim), "hypotheses");
    copies[0].conclusions =
        std::move(claim::parse_claims("claim c { conclude 1 = 2 }", "false")[0].conclusions);
    check_types(copies[0]);
  } catch (const std::exception&) {
    return false;
  }
  Patience brief = patience;
  brief.deadline =
      std::min(brief.deadline, std::chrono::steady_clock::now() + std::chrono::seconds(1));
  return attempt(copies[0], claim::uses_case(copies[0]) ? shape : nullptr, brief).proved();
}

/// "n = 2, d = 2, perm (q = 1), ist" as the name of a file: n2-d2-perm-q1-ist.
std::string shape_file_name(const std::string& shape) {
  std::string name;
  for (const char c : shape) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) {
      name += c;
    } else if (c == ',' || c == '(' || c == '/' || c == '-') {
      name += '-';
    }
  }
  return name;
}

}  // namespace

Proof prove(const claim::Claim& claim, const Case* shape, const Patience& patience) {
  Proof proof = attempt(claim, shape, patience);
  proof.excluded = proof.proved() && contradictory(claim, shape, patience);
  return proof;
}

cert::Certificate certificate_of(const claim::Claim& claim, const std::string& claim_hash,
                                 const std::string& case_hash, const Proof& proof) {
  cert::Certificate certificate{claim.id, claim_hash,   case_hash,
                                "proved", kProofLimits, proof.steps};
  certificate.limits.steps = std::max<size_t>(1, proof.steps.size());
  return certificate;
}

std::vector<ShapeProof> prove_shapes(const claim::Claim& claim, const std::vector<Shape>& shapes,
                                     double seconds, const std::function<bool()>& stop) {
  using Clock = std::chrono::steady_clock;
  const auto span = [](double s) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(s));
  };
  const auto deadline = Clock::now() + span(seconds);
  const double share = seconds / double(std::clamp<size_t>(shapes.size(), 1, 5));  // for each shape
  Patience patience;
  patience.stop = stop;
  std::vector<ShapeProof> result;
  const auto add = [&](const std::string& name, std::optional<Case> shape) {
    patience.deadline = std::min(deadline, Clock::now() + span(share));
    ShapeProof p{name, std::move(shape), {}};
    p.proof = prove(claim, p.shape ? &*p.shape : nullptr, patience);
    if (p.shape) {
      p.shape->name = shape_file_name(name);
    }
    result.push_back(std::move(p));
  };
  if (!claim::uses_case(claim)) {
    add("all values", std::nullopt);
    return result;
  }
  for (const Shape& s : shapes) add(to_string(s), plain_case(s));
  return result;
}

}  // namespace istcheck::search
