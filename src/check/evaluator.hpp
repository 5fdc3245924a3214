// Evaluates checked expressions of a claim on a case, as docs/claim-language.md defines them, by
// plain enumeration: E over the sketches of a round is the weighted sum over all outcomes; E over
// the iterates uses their exact mean and covariance; nothing has a closed form here.
#pragma once

#include <functional>
#include <memory>

#include "check/world.hpp"
#include "claim/ast.hpp"

namespace istcheck::check {

/// The expression has no value on this case (shown by a fact, never a guess).
class NoValue : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Evaluator {
 public:
  /// `world` is null for a claim that uses no case. The claim must have been type-checked.
  Evaluator(const claim::Claim& claim, World* world, Facts& facts, const cert::Limits& limits)
      : claim_(claim), world_(world), facts_(facts), limits_(limits) {}

  void set_variable(const std::string& name, Mat value);
  void unset_variable(const std::string& name);
  const std::map<std::string, Mat>& variables() const { return variables_; }

  // All throw NoValue, or Undecided for what the checker does not evaluate.
  Mat value(const claim::Expr& e);
  Number scalar(const claim::Expr& e);
  bool truth(const claim::Expr& e);

 private:
  const claim::Claim& claim_;
  World* world_;
  Facts& facts_;
  const cert::Limits& limits_;
  std::map<std::string, Mat> variables_;
  std::vector<std::pair<std::string, long>> bound_;
  const Outcome* outcome_ = nullptr;
  /// While E over the iterates looks at its argument at chosen points.
  struct Iterate {
    std::optional<long> round;  ///< the one that the argument mentions; -1 for infinity
    Mat moment;                 ///< E[(x; 1)(x; 1)ᵀ]
    Mat shift;                  ///< x is the mean plus this
  };
  Iterate* iterate_ = nullptr;
  std::map<const claim::Expr*, Mat> case_cache_, point_cache_;
  std::map<long, std::pair<std::unique_ptr<World>, std::unique_ptr<Evaluator>>> members_;

  World& world() const;
  const claim::Expr& definition(const std::string& name) const;
  long integer(const claim::Expr& e);
  size_t index(const claim::Expr& e, size_t size);
  Number reciprocal(const Number& x);
  bool at_most(const Number& a, const Number& b) const { return !facts_.negative(b - a); }
  void run_binders(const claim::Expr& e, const std::function<bool()>& body);
  Evaluator& member(const claim::Expr& e);

  Mat compute(const claim::Expr& e);
  Mat named(const claim::Expr& e);
  Mat builtin(const std::string& name);
  Mat indexed(const claim::Expr& e);
  Mat call(const claim::Expr& e);
  Mat spectral(const claim::Expr& e);
  Mat product(const claim::Expr& e);
  Mat power(const claim::Expr& e);
  Mat norm(const claim::Expr& e);
  Mat literal(const claim::Expr& e);
  Mat fold(const claim::Expr& e);
  Mat iterate(const claim::Expr& e);
  Number step_size() const;
  std::optional<Number> step_override() const;

  Mat over_outcomes(const claim::Expr& e);
  Mat over_rounds(const claim::Expr& e);
  Mat quadratic_mean(const claim::Expr& e);

  bool statement_call(const claim::Expr& e);
  bool relation(const claim::Expr& e, size_t k);
  bool quantifier(const claim::Expr& e);
  bool surely(const claim::Expr& e);
};

/// Member `index` of the claim's family, as data. Throws Undecided, NoValue, std::invalid_argument.
Case family_member(const claim::Claim& claim, long index, Facts& facts, const cert::Limits& limits);

}  // namespace istcheck::check
