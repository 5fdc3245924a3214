// Numbers, matrices and terms as Gallina, the language of Rocq/Coq, in the notation of
// proofs/rocq-cert/istcheck_prelude.v.
#pragma once

#include <stdexcept>
#include <string>

#include "exact/rational.hpp"

namespace istcheck::rocq {

/// A claim on a case that has no certificate, and why: an irrational number, too many outcomes …
class Unwritable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A term and how tightly it binds: the level of its outermost notation, 0 for an atom.
struct Term {
  std::string text;
  int level = 0;

  static constexpr int kAtom = 0, kApply = 10, kNegate = 35, kTimes = 40, kPlus = 50,
                       kRelation = 70, kNot = 75, kAnd = 80, kOr = 85, kArrow = 99, kLoose = 200;
};

/// The text, in parentheses when the term binds looser than `level`.
std::string at_level(const Term& t, int level);
/// function a b …, every argument as an atom.
template <class... Terms>
Term applied(const std::string& function, const Terms&... arguments) {
  std::string text = function;
  ((text += " " + at_level(arguments, Term::kAtom)), ...);
  return {text, Term::kApply};
}
/// a op b, associating to the left.
Term infix(const Term& a, const std::string& op, const Term& b, int level);
inline Term atom(const std::string& text) { return {text, Term::kAtom}; }

/// 3, (-3), (1 # 2).
Term number(const Rational& x);
/// [[1; 2]; [3; 4]], and Diag_of [1; 2] for a diagonal matrix with two rows or more.
Term matrix(const RationalMatrix& m);
/// column [1; 2].
Term column(const RationalMatrix& m);

/// A name that Coq takes, made of letters, digits and underscores.
std::string identifier(const std::string& name);
/// The text as a Coq comment: what would end it or open a string is taken out.
std::string comment(const std::string& text);

}  // namespace istcheck::rocq
