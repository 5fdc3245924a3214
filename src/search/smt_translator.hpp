// Walks the expressions of one claim at one shape; see smt_encoder.hpp.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "search/claim_walker.hpp"

namespace istcheck::search {

class Translator : public ClaimWalker {
 public:
  Translator(const Space& space, const Encoding& encoding, const Integers& integers);

  /// The hypotheses, settings and admissibility, and the conclusion denied.
  std::vector<Term> assertions();
  /// The value of a slot.
  Term slot(size_t k) const { return slots_[k]; }

  SymbolicValue value(const claim::Expr& e);
  Term scalar(const claim::Expr& e) override { return std::get<Term>(value(e)); }
  TermMatrix matrix(const claim::Expr& e) { return std::get<TermMatrix>(value(e)); }

 private:
  const Encoding& encoding_;
  std::vector<Term> slots_;
  std::vector<TermMatrix> L_, b_;
  TermMatrix mean_L_, mean_b_, start_;
  Term step_;
  std::map<std::string, SymbolicValue> variables_;
  std::vector<SymbolicOutcome> outcomes_;
  const SymbolicOutcome* outcome_ = nullptr;
  std::vector<TermMatrix> path_;  ///< x⁰, x¹, … of the history at hand

  Term from(int source);
  TermMatrix from(const Sources& s);
  void build_outcomes();
  Term surd(const Surd& x);

  // smt_translator.cpp
  SymbolicValue name(const claim::Expr& e);
  SymbolicValue index(const claim::Expr& e);
  SymbolicValue call(const claim::Expr& e);
  SymbolicValue product(const claim::Expr& e);
  SymbolicValue quotient(const claim::Expr& e);
  SymbolicValue power(const claim::Expr& e);
  SymbolicValue literal(const claim::Expr& e);
  SymbolicValue fold(const claim::Expr& e);
  Term norm(const claim::Expr& e);
  Term entry(const TermMatrix& m, const claim::Expr& e, size_t first);
  SymbolicValue added(const SymbolicValue& a, const SymbolicValue& b);
  SymbolicValue scaled(const SymbolicValue& a, Term t);
  TermMatrix diagonal(const TermMatrix& m);
  TermMatrix estimator();           ///< B̄ of the outcome
  TermMatrix estimator_constant();  ///< C̄b
  Term chosen_step();

  // smt_rounds.cpp
  SymbolicValue expectation(const claim::Expr& e);
  SymbolicValue over_histories(const claim::Expr& body, long rounds);
  TermMatrix round(const TermMatrix& x, Term gamma);
  SymbolicValue iterate(const claim::Expr& e);
  TermMatrix fixed_point();

  // smt_statements.cpp
  Term relation(const claim::Expr& e, size_t k, bool positive) override;
  Term surely(const claim::Expr& body, bool positive) override;
  Term loewner(const claim::Expr& e, size_t k, bool positive);
  Term equality(const SymbolicValue& a, const SymbolicValue& b);
  TermMatrix side(const claim::Expr& e, Index d);
  Term hypothesis(const claim::Expr& e);
  std::vector<Term> restrictions();
  bool weaken_ = false;  ///< Loewner relations become instances
};

}  // namespace istcheck::search
