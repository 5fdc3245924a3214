// Symbolic values: what expressions of claims become on the way to a query.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "search/smt_encoder.hpp"

namespace istcheck::search {

using SymbolicValue = std::variant<Term, TermMatrix>;

/// One outcome of the sketches of a round.
struct SymbolicOutcome {
  Rational weight;
  std::vector<TermMatrix> C;
};

/// Arithmetic on matrices of terms, and the constraints of variables that stand for something.
class Algebra {
 public:
  TermBank bank;
  std::vector<Term> constraints;

  TermMatrix constant(Index rows, Index columns, const Rational& x);
  TermMatrix identity(Index d);
  TermMatrix add(const TermMatrix& a, const TermMatrix& b);
  TermMatrix sub(const TermMatrix& a, const TermMatrix& b);
  TermMatrix mul(const TermMatrix& a, const TermMatrix& b);
  TermMatrix scale(const TermMatrix& a, Term t);
  Term dot(const TermMatrix& a, const TermMatrix& b);
  Term det(const TermMatrix& a);
  Term sum(const std::vector<Term>& all);
  Term power(Term t, long k);
  TermMatrix power(const TermMatrix& m, long k);

  Term quotient(Term a, Term b);
  Term root(Term a);
  TermMatrix inverse(const TermMatrix& m);
  Term extreme(const TermMatrix& a, const TermMatrix& b, bool largest);

  /// M ⪰ 0 (≻ 0 when strict) as a formula, or its negation. M must be symmetric.
  Term psd(const TermMatrix& m, bool strict, bool positive, const Encoding& encoding);
  /// vᵀMv ≥ 0 (> 0) for every M that was only assumed at instances and every witness v.
  void assume_at_instances(const TermMatrix& m, bool strict);
  std::vector<Term> instances();

 private:
  std::map<std::pair<Term, Term>, Term> quotients_;
  std::map<Term, Term> roots_;

  std::vector<TermMatrix> witnesses_;
  std::vector<std::pair<TermMatrix, bool>> assumed_;  ///< M, strict

  std::vector<Term> minors(const TermMatrix& m, bool leading);
  Term form(const TermMatrix& m, const TermMatrix& v);
  Term witness_against(const TermMatrix& m, bool strict);
  Term fixed_witness_against(const TermMatrix& m, bool strict);
  Term by_cholesky(const TermMatrix& m, bool strict);
  Term by_ldlt(const TermMatrix& m, bool strict);
  Term equal(const TermMatrix& a, const TermMatrix& b);
};

}  // namespace istcheck::search
