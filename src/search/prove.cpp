#include "search/prove.hpp"

#include <algorithm>
#include <set>

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

using Clock = std::chrono::steady_clock;

const std::string kGiven = "only given parameters", kConvex = "only L_i >>= 0";

/// `narrowed`: the lines that may narrow the statement.
Proof attempt(const claim::Claim& claim, const Case* shape, const Patience& patience,
              const std::set<std::string>& narrowed) {
  Refuter refuter(patience, narrowed);
  check::General found;
  try {
    found = check::check_generally(claim, shape, refuter, kProofLimits);
  } catch (const check::SaysNothing& nothing) {
    return {refuter.steps(), nothing.what(), true, nothing.found};
  } catch (const std::exception& error) {  // what the checker does not evaluate, or NotRefuted
    return {refuter.steps(), error.what(), false, {}};
  }
  Proof proof{refuter.steps(), "", false, found};
  const auto answer = check::check_steps(claim, shape, certificate_of(claim, "-", "-", proof));
  if (answer.is != check::Answer::Is::accepted) proof.reason = answer.message;
  return proof;
}

std::set<std::string> narrowing_of(const Proof& proof) {
  std::set<std::string> lines;
  if (proof.found.given) lines.insert(kGiven);
  if (proof.found.convex) lines.insert(kConvex);
  return lines;
}

/// Whether settings and hypotheses can be refuted by themselves, where the proof speaks: whether
/// they prove 1 = 2.
bool contradictory(const claim::Claim& claim, const Case* shape, const Proof& proof,
                   const Patience& patience) {
  if (!proof.proved()) return proof.excluded;
  const auto alone = hypotheses_alone(claim);
  if (!alone) return false;
  Patience brief = patience;
  brief.deadline = std::min(brief.deadline, Clock::now() + std::chrono::seconds(1));
  const Proof none =
      attempt(*alone, claim::uses_case(*alone) ? shape : nullptr, brief, narrowing_of(proof));
  return none.proved() || none.excluded;
}

/// The narrowest statement first: what fails there fails everywhere. Where nothing is said there,
/// something may be said of all.
Proof prove_narrowed(const claim::Claim& claim, const Case* shape, const Patience& patience) {
  Proof proof = attempt(claim, shape, patience, {kGiven, kConvex});
  return proof.excluded ? attempt(claim, shape, patience, {}) : proof;
}

/// A proof of the same with fewer lines that narrow it, if one is found in about as much time.
void widen(const claim::Claim& claim, const Case* shape, const Patience& patience,
           Clock::duration spent, Proof& proof) {
  if (!proof.proved()) return;
  for (const std::set<std::string>& lines :
       {std::set<std::string>{}, {kGiven}, std::set<std::string>{kConvex}}) {
    const auto now = narrowing_of(proof);
    const bool wider = lines.size() < now.size() &&
                       std::includes(now.begin(), now.end(), lines.begin(), lines.end());
    if (!wider) continue;
    Patience brief = patience;
    brief.deadline =
        std::min(brief.deadline, Clock::now() + spent + std::chrono::milliseconds(200));
    Proof other = attempt(claim, shape, brief, lines);
    if (other.proved()) proof = std::move(other);
  }
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

std::optional<claim::Claim> hypotheses_alone(const claim::Claim& claim) {
  if (claim.hypotheses.empty() && claim.settings.empty()) return std::nullopt;
  try {
    claim::Claim alone = reparsed(claim);
    alone.conclusions =
        std::move(claim::parse_claims("claim c { conclude 1 = 2 }", "false")[0].conclusions);
    check_types(alone);
    return alone;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

Proof prove(const claim::Claim& claim, const Case* shape, const Patience& patience) {
  const auto begin = Clock::now();
  Proof proof = prove_narrowed(claim, shape, patience);
  widen(claim, shape, patience, Clock::now() - begin, proof);
  proof.excluded = contradictory(claim, shape, proof, patience);
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
  const auto span = [](double s) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(s));
  };
  const auto deadline = Clock::now() + span(seconds);
  const double share = seconds / double(std::clamp<size_t>(shapes.size(), 1, 5));  // for each shape
  Patience patience;
  patience.stop = stop;
  std::vector<ShapeProof> result;
  std::vector<Clock::duration> spent;
  const auto add = [&](const std::string& name, std::optional<Case> shape) {
    const auto begin = Clock::now();
    patience.deadline = std::min(deadline, begin + span(share));
    ShapeProof p{name, std::move(shape), {}};
    p.proof = prove_narrowed(claim, p.shape ? &*p.shape : nullptr, patience);
    if (p.shape) {
      p.shape->name = shape_file_name(name);
    }
    result.push_back(std::move(p));
    spent.push_back(Clock::now() - begin);
  };
  if (!claim::uses_case(claim)) {
    add("all values", std::nullopt);
  } else {
    for (const Shape& s : shapes) add(to_string(s), plain_case(s));
  }
  // Wider statements come after all shapes have had their turn.
  for (size_t k = 0; k < result.size(); ++k) {
    const Case* shape = result[k].shape ? &*result[k].shape : nullptr;
    Proof& proof = result[k].proof;
    patience.deadline = std::min(deadline, Clock::now() + span(share));
    widen(claim, shape, patience, spent[k], proof);
    proof.excluded = contradictory(claim, shape, proof, patience);
  }
  return result;
}

}  // namespace istcheck::search
