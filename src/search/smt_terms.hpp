// Polynomial terms and formulas over the reals, shared, and their SMT-LIB text.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exact/rational.hpp"

namespace istcheck::search {

/// A term or formula: an index into its bank. Equal ones have equal indices.
using Term = int;
using TermMatrix = Matrix<Term>;

class TermBank {
 public:
  TermBank();

  // Terms. Constants are folded, and 0 and 1 disappear.
  Term number(const Rational& x);
  Term variable(const std::string& name);  ///< the same name is the same variable
  Term fresh(const std::string& hint);     ///< a new variable
  Term add(Term a, Term b);
  Term sub(Term a, Term b);
  Term mul(Term a, Term b);
  /// The constant, when it is one.
  const Rational* constant(Term t) const;

  // Formulas.
  Term yes() const { return yes_; }
  Term no() const { return no_; }
  Term relation(const std::string& op, Term a, Term b);  ///< op: = < <=
  Term conjunction(const std::vector<Term>& all);
  Term disjunction(const std::vector<Term>& any);
  Term negation(Term f);

  /// A whole query: the assertions, with definitions for terms that occur more than once.
  std::string smtlib(const std::vector<Term>& assertions, const std::string& comment) const;

 private:
  struct Node {
    std::string op;  ///< "number", "variable", or the SMT-LIB operator
    std::vector<Term> args;
    Rational value;
    std::string name;
    bool formula = false;
  };
  std::vector<Node> nodes_;
  std::map<std::string, Term> known_;
  Term yes_ = 0, no_ = 0;
  int fresh_ = 0;

  Term intern(Node node);
  std::pair<Rational, Term> split(Term t);
};

}  // namespace istcheck::search
