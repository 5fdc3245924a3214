// Decides whether a proposed configuration violates a claim. Searchers propose; only this counts.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "claim/judge.hpp"

namespace istcheck::search {

/// A configuration that violates the claim, with the claim's variables at the violated choice.
struct Finding {
  Case c;
  claim::CaseVerdict verdict;
  std::map<std::string, claim::Value> variables;
  bool convex = true;  ///< every L_i ⪰ 0
};

class Referee {
 public:
  explicit Referee(const claim::Claim& c, claim::EvaluationOptions options = {});

  const claim::Claim& claim() const { return claim_; }
  const claim::EvaluationOptions& options() const { return options_; }

  /// Whether the configuration is a case: γ > 0, noise ⪰ 0, a sketch that fits; and, unless
  /// `any_signs`, every L_i ⪰ 0 (each f_i is convex), where searches look first.
  static bool admissible(const Case& c, bool any_signs = false);
  /// The L_i part of that, for one matrix.
  static bool convex(const RationalMatrix& L);
  static bool convex(const Case& c);

  /// Whether the claim is asked about the configuration: an admissible one, or, for a claim that
  /// names its cases, one of these, whatever it is like.
  bool asks(const Case& c, bool any_signs = false) const;

  /// Judges one configuration that the claim is asked about; nothing unless it violates the claim.
  /// A configuration on which the claim has no value (a division by zero) or stays undecided is no
  /// violation. Thread-safe.
  std::optional<Finding> violation(const Case& c, bool any_signs = false) const;
  /// How far the configuration is from violating: the least margin, larger is further; nothing when
  /// the claim says nothing about it. For guiding a search.
  std::optional<double> distance(const Case& c) const;

  /// Why a finding is not believed, or nothing when it stands: the claim must be violated by closed
  /// forms, by enumeration of all outcomes, and after writing the case as a file and reading it.
  std::optional<std::string> objection(const Finding& f) const;

  /// A place where the claim has no value on an admissible configuration, and which; "" when none
  /// was met.
  std::string ill_defined() const;
  /// Remembers one that was met outside of the configurations.
  void note(const std::string& without_value) const;

  /// How many configurations were judged.
  size_t judged() const { return judged_; }
  /// Whether hypotheses and conclusions were true on one of them.
  bool supported() const { return supported_; }

 private:
  const claim::Claim& claim_;
  claim::EvaluationOptions options_;
  bool named_;    ///< the claim names its cases
  bool decides_;  ///< for all values of the variables: one real one at most beside vectors
  mutable std::atomic<size_t> judged_ = 0;
  mutable std::atomic<bool> supported_ = false;
  mutable std::mutex mutex_;
  mutable std::string ill_defined_;

  /// For a violation over all values and without margins, or for a distance at the values listed.
  std::optional<claim::CaseVerdict> judge(const Case& c, const claim::PointObserver& o,
                                          bool distance = false) const;
};

/// The finding's case with the claim's variables written into it, where they are rational, so that
/// `istcheck verify` checks exactly the violated choice first.
Case with_values(const Finding& f);

}  // namespace istcheck::search
