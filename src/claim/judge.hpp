// The verdict of a claim on a case, and of a claim over many cases.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "claim/ast.hpp"
#include "claim/evaluator.hpp"

namespace istcheck::claim {

enum class Verdict { holds, violated, vacuous, undecided };
std::string to_string(Verdict v);

struct CaseVerdict {
  std::string case_name;
  Verdict verdict = Verdict::vacuous;
  std::optional<Scalar> margin,
      ratio;                       ///< the least slack and the tightest ratio over all values tried
  std::string reason;              ///< which hypothesis fails, or why it is undecided
  std::string statement;           ///< the conclusion that is violated
  std::string values;              ///< the variables at the witness, "theta = 5, gamma = 1/5"
  std::string sides;               ///< both sides there
  std::vector<std::string> tried;  ///< all choices of the variables
  size_t vacuous_choices = 0;      ///< those of them at which a hypothesis is false
  std::vector<std::string>
      skipped;                ///< values to try that do not exist on this case, with the reason
  std::string contradiction;  ///< what the checker finds instead; "" where nothing contradicts
  double seconds = 0;
};

/// A hypothesis or conclusion has no value at a choice: the claim is ill-defined on the case.
class IllDefined : public ClaimError {
 public:
  using ClaimError::ClaimError;
};

/// Why the claim does not speak about the case, or nothing when it does. Throws ClaimError.
std::optional<std::string> unfit(const Claim& claim, const Case& c,
                                 const EvaluationOptions& options = {});

/// Checks the claim on the case (null for a claim that uses none, or that brings its own family) at
/// every value of its variables: the case's own, the critical ones and the grids that the claim
/// names. Violated as soon as one choice violates it; else undecided when one is; else holds when
/// one fulfils the hypotheses; else vacuous. Throws ClaimError; IllDefined for an expression
/// without a value.
/// `at_point`, when given, is called at every choice of the variables that was tried, with the
/// evaluator set to it and the verdict there.
using PointObserver = std::function<void(Evaluator&, Verdict)>;
CaseVerdict judge(const Claim& claim, const Case* c, const EvaluationOptions& options = {},
                  const PointObserver& at_point = {});

struct ClaimVerdict {
  const Claim* claim = nullptr;
  std::vector<CaseVerdict> cases;
  std::vector<std::string> unfit;  ///< cases that the claim does not speak about, "name: reason"
  std::string error;               ///< the message, when the claim could not be evaluated
  double seconds = 0;

  bool has(Verdict v) const;
  /// The checker's evaluation contradicts a verdict: neither is believed (docs/semantics.md 15.5).
  bool contradicted() const;
  /// violated > undecided > holds > vacuous.
  Verdict overall() const;
  enum class Outcome { expected, unexpected, undecided, no_case, error };
  /// A claim that is expected to hold needs a case that is not vacuous and none that violates it;
  /// one that is expected to be refuted needs a case that violates it. A contradicted one is never
  /// as expected.
  Outcome outcome() const;
  std::optional<Scalar> least_margin() const;
  std::optional<Scalar> best_ratio() const;  ///< the largest, so 1 where the claim is tight
};

}  // namespace istcheck::claim
