// The verdict of a claim on a case, and of a claim over many cases.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "claim/ast.hpp"
#include "claim/every_value.hpp"
#include "claim/fit.hpp"

namespace istcheck::claim {

/// For which values of the variables a verdict is shown (docs/semantics.md 11.2): `all` goes with
/// holds and vacuous, `tried` with holds only.
enum class Scope { none, tried, all };
/// "", "tried", "all".
std::string to_string(Scope s);

/// The least slack and the tightest ratio of one conclusion, each over all good choices, or over
/// those looked at (docs/semantics.md 14.4).
struct ConclusionMargin {
  std::string statement;
  std::optional<Scalar> margin = {}, ratio = {};
  Scope margin_scope = Scope::none, ratio_scope = Scope::none;
};

struct CaseVerdict {
  std::string case_name;
  Verdict verdict = Verdict::undecided;
  Scope scope = Scope::none;
  /// Undecided for no other reason than that no choice looked at fulfils the hypotheses: it neither
  /// supports a claim nor blocks it.
  bool unreached = false;
  std::optional<Scalar> margin, ratio;  ///< the least and the tightest of the conclusions
  Scope margin_scope = Scope::none, ratio_scope = Scope::none;
  std::vector<ConclusionMargin> conclusions;  ///< of a claim that holds, in the order written
  /// Which hypothesis fails, why it is undecided, ill-defined, or not decided for all values.
  std::string reason;
  std::string statement;           ///< the conclusion that is violated
  std::string values;              ///< the variables at the witness, "theta = 5, gamma = 1/5"
  std::string sides;               ///< both sides there
  std::vector<std::string> tried;  ///< all choices of the variables looked at
  size_t vacuous_choices = 0;      ///< those of them at which a hypothesis is false
  /// The choice, not among the values to look at, that violates the claim, that is good or ill
  /// where none of those is; found by deciding for all values.
  std::optional<Choice> found;
  std::vector<std::string>
      skipped;                ///< values to try that do not exist on this case, with the reason
  std::string contradiction;  ///< what the checker finds instead; "" where nothing contradicts
  double seconds = 0;

  bool is(Verdict v, Scope s) const { return verdict == v && scope == s; }
};

/// The verdict of the claim on the case (null for a claim that uses none, or that brings its own
/// family), by docs/semantics.md 11.2. The choices looked at are those of 10.7. Throws ClaimError
/// for what is misused, and what an evaluation throws beyond Undefined and Unsupported.
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
  /// violated > ill-defined > undecided > holds (docs/semantics.md 13.1), where cases that are
  /// unreached or vacuous count for nothing; nothing when there are only such, or none: the claim
  /// is unsupported.
  std::optional<Verdict> overall() const;
  /// Of a claim that holds: `all` when it does so on each of its cases.
  Scope scope() const;
  enum class Outcome { expected, unexpected, undecided, unsupported, error };
  /// docs/semantics.md 13.2. A contradicted claim is never as expected, an ill-defined one is an
  /// error whatever is expected.
  Outcome outcome() const;
  bool strict = false;  ///< holding with scope `tried` is not as expected
  std::optional<Scalar> least_margin() const;
  std::optional<Scalar> best_ratio() const;  ///< the largest, so 1 where the claim is tight
  /// The same of each conclusion, over the cases on which the claim holds; nothing unless it does.
  std::vector<ConclusionMargin> bounds() const;
};

}  // namespace istcheck::claim
