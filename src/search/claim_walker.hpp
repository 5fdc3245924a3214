// What every translation of a claim into formulas shares: negation normal form, the ranges of
// quantifiers and sums, the numbers with a name.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "search/smt_values.hpp"

namespace istcheck::search {

class ClaimWalker {
 public:
  ClaimWalker(const Space& space, const Integers& integers);
  virtual ~ClaimWalker() = default;
  ClaimWalker(const ClaimWalker&) = delete;
  ClaimWalker& operator=(const ClaimWalker&) = delete;

  Algebra algebra;

  /// The statement, or its negation, as a formula.
  Term formula(const claim::Expr& e, bool positive);
  /// The number that an expression is; throws Unencodable when it is no constant whole number.
  long integer(const claim::Expr& e);

 protected:
  const Space& space_;
  const claim::Claim& claim_;
  const Integers& integers_;
  int n_, d_;

  virtual Term scalar(const claim::Expr& e) = 0;
  /// Of e.args[k] to e.args[k + 1].
  virtual Term relation(const claim::Expr& e, size_t k, bool positive) = 0;
  /// The body of "for every outcome".
  virtual Term surely(const claim::Expr& body, bool positive) = 0;
  /// A statement of no known form; throws Unencodable.
  virtual Term unwritten(const claim::Expr& e);

  /// Calls the body for every value of the binders; it may return false to stop.
  std::pair<long, long> ends(const claim::Binder& b);
  void run_binders(const claim::Expr& e, const std::function<bool()>& body);
  /// e as an index from 1 to size, less 1.
  Index position(const claim::Expr& e, Index size);
  size_t worker(const claim::Expr& e);
  /// A bound index, a size, or a parameter of the sketch or method.
  std::optional<Term> named_number(const claim::Expr& e);
  const claim::Expr* definition(const std::string& name) const;

 private:
  std::vector<std::pair<std::string, long>> bound_;
};

}  // namespace istcheck::search
