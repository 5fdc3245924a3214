// Every way that an evaluation with unknowns can go.
//
// The variables of a claim stand for all their values: they are unknowns (exact/unknowns.hpp).
// Where evaluation asks whether a number with unknowns is zero or positive, or a matrix
// semidefinite, one answer is taken and noted, and when that way has ended the next is gone, depth
// first. What was noted on a way is a conjunction of conditions, and evaluation is right about all
// values of the variables that fulfil it. Every value fulfils that of some way.
#pragma once

#include "dynamics/conjunction.hpp"
#include "exact/unknowns.hpp"

namespace istcheck::claim {

class Ways final : public Assumptions {
 public:
  /// `products`: the budget of multiply().
  explicit Ways(long products) : most_products_(products), budget_(products) {}

  /// Begins a way, on which no answer is taken yet.
  void begin();
  /// Turns the last answer that has another; false when all ways were gone. Throws Unsupported
  /// beyond the budget of ways.
  bool next();

  enum class Unknown { scalar, entry };
  Surd unknown(Unknown kind);
  /// Speaks of M ≻ 0 only, from here on.
  void require_definite(const SurdMatrix& m);
  /// One of several values, each on a way of its own: 0 … options − 1.
  size_t choose(size_t options);

  // docs/semantics.md 19: what is asked twice is answered alike.
  bool zero(const Surd& x) override;
  bool positive(const Surd& x) override;
  bool semidefinite(const SurdMatrix& m) override;
  bool definite(const SurdMatrix& m) override;
  Surd reciprocal(const Surd& x) override;
  Surd root(const Surd& x) override;
  void multiply(size_t products) override;
  /// Not everything can be shown any more: what is left of the budget is cut to a tenth of it, in
  /// which a choice that violates the claim may still be found.
  void hurry();
  long answers() const override { return answers_; }

  /// What goes this way is not all that is assumed (docs/semantics.md 19.1): its conjunction says
  /// less, so that what is impossible stays so, and a choice that fulfils it is to be looked at.
  void weaken() { weakened_ = true; }
  bool weakened() const { return weakened_; }
  /// Nothing goes this way.
  void leave() { impossible_ = true; }

  /// What is assumed on this way.
  Conjunction conjunction() const;
  /// The answers contradict each other by themselves.
  bool impossible() const { return impossible_; }

 private:
  struct Choice {
    size_t chosen, options;
  };
  std::vector<Choice> choices_;
  size_t at_ = 0;
  long ways_ = 0, answers_ = 0, products_ = 0, most_products_;
  const long budget_;

  struct Signs {
    bool negative = true, zero = true, positive = true;
  };
  struct Known {
    Surd p;  ///< with the leading coefficient ±1 where that is rational
    Signs signs;
  };
  struct KnownMatrix {
    SurdMatrix m;
    Signs least;  ///< of the least eigenvalue
  };
  unsigned unknowns_ = 0;
  Conjunction about_;  ///< unknowns and what they stand for
  std::vector<Known> known_;
  std::vector<KnownMatrix> matrices_;
  bool impossible_ = false, weakened_ = false;

  Signs take(Signs& known, const Signs& one, const Signs& other);
  Signs narrow(const Surd& x, const Signs& one, const Signs& other);
  Signs narrow_matrix(const SurdMatrix& m, const Signs& one, const Signs& other);
  void assume(const Surd& x, const Signs& signs);
  Signs& signs_of(const Surd& x, bool& flipped);
  std::optional<Surd> defined(bool reciprocal, const Surd& of) const;
  Surd define(bool reciprocal, const Surd& of);
  Signs answered(const Surd& x) const;
  int known_sign(const Surd& d) const;
  Surd cleared(Surd x) const;
};

}  // namespace istcheck::claim
