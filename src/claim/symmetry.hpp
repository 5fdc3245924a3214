// Whether a matrix expression is symmetric by its form, whatever the numbers.
#pragma once

#include <map>
#include <string>

#include "claim/ast.hpp"

namespace istcheck::claim {

/// Forms of expressions. Two expressions with the same form have the same value; the form of the
/// transposed expression is written without knowing any number. Binders are numbered, sums and
/// scalar factors sorted, (AB)ᵀ = BᵀAᵀ, and what is symmetric by nature (the L_i, the sketches, B̄,
/// Diag, sym, variables declared symmetric) is its own transpose.
class SymmetryOfForm {
 public:
  explicit SymmetryOfForm(const Claim& claim) : claim_(claim) {}

  /// True only if e = eᵀ follows from the form. A false answer says nothing about the numbers; it
  /// is also given for expressions of more than some ten thousand parts. e must have been typed.
  bool symmetric(const Expr& e);

 private:
  const Claim& claim_;
  std::map<std::string, bool> definitions_;   // let → symmetric by form
  std::map<std::string, std::string> bound_;  // index of an enclosing sum, mean, … → its number
  long parts_ = 0;

  std::string form(const Expr& e, bool transposed);
  std::string name(const Expr& e, bool transposed);
  std::string index(const Expr& e, bool transposed);
  std::string call(const Expr& e, bool transposed);
  std::string sum(const Expr& e, bool transposed);
  std::string product(const Expr& e, bool transposed);
  std::string literal(const Expr& e, bool transposed);
  std::string fold(const Expr& e, bool transposed);
  std::string other(const Expr& e, bool transposed);
  bool symmetric_name(const Expr& e);
};

}  // namespace istcheck::claim
