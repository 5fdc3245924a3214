// A certificate file: one case, and for every claim on it a module with its theorem.
#pragma once

#include <string>
#include <vector>

#include "cert/rocq_case.hpp"
#include "claim/judge.hpp"

namespace istcheck::rocq {

/// What became of one claim on one case.
struct Piece {
  std::string claim, verdict;  ///< verdict: holds, violated, vacuous, or what went wrong
  std::size_t choices = 0;     ///< of the claim's variables, written
  /// What is not written, "theta = … : reason"; the whole claim when `choices` is 0.
  std::vector<std::string> left_out;
};

struct File {
  std::string text;
  std::vector<Piece> pieces;
  /// Whether there is a theorem in it.
  bool any() const;
};

/// The claims that speak about the case (null: claims that need none).
///   holds:    at every choice written, the hypotheses and the conclusions, or that a hypothesis is
///             false; at least one of the former;
///   violated: at one choice, the hypotheses and that a conclusion is false;
///   vacuous:  at every choice written, that a hypothesis is false.
/// Throws claim::ClaimError as judge does, and as case_text.
File certificate(const std::vector<const claim::Claim*>& claims, const Case* c,
                 const Limits& limits, const claim::EvaluationOptions& options);

}  // namespace istcheck::rocq
