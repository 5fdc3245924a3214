// Expressions and statements of a claim as Gallina over the definitions of a case.
//
// Names of the claim get a trailing underscore (theta_, W_), so they never meet those of the case
// and of the prelude. A definition of the claim stays one; it is written where it is first needed.
// Values that Coq's rationals cannot compute by definition (an extreme eigenvalue, the least θ) are
// written as data together with the statement that says what they are. Where an expression needs
// something to have a value (a divisor that is not zero, an inverse), that becomes an obligation:
// one more statement that the certificate proves.
//
// Throws Unwritable, with the reason, for everything that is not rational or not supported.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cert/rocq_case.hpp"
#include "cert/rocq_text.hpp"
#include "claim/evaluator.hpp"

namespace istcheck::rocq {

/// Definitions in the order in which they are needed, and what has to be shown about them.
struct Scope {
  std::string text;
  std::vector<std::string> obligations;
  std::map<std::string, std::string>
      names;  ///< of values that are written already, by what they are
};

class Terms {
 public:
  /// `scope` outlives this; `data` is null for claims that use no case.
  Terms(const claim::Claim& claim, const Case* data, const CaseText* written, Limits limits,
        Scope& of_claim);

  /// From here on values are taken at the evaluator's choice of the variables.
  void at_choice(claim::Evaluator& evaluator, Scope& of_choice);

  Term value(const claim::Expr& e);
  Term statement(const claim::Expr& e);
  /// The statement, with its obligations added to those of the claim or of the choice.
  std::string closed_statement(const claim::Expr& e);

 private:
  using Expr = claim::Expr;
  /// What stands around the term at hand: obligations are closed by it. `index` is the binder when
  /// it is one.
  struct Frame {
    std::string open, close, bound;
    const claim::Binder* index = nullptr;
  };
  struct Written {
    bool of_choice = false;
    std::vector<std::string> obligations;
  };

  const claim::Claim& claim_;
  const Case* case_;
  const CaseText* written_;
  Limits limits_;
  Scope& of_claim_;
  Scope* of_choice_ = nullptr;
  claim::Evaluator* evaluator_ = nullptr;
  std::vector<Frame> frames_;
  std::vector<std::string>* obligations_ = nullptr;
  std::map<std::string, Written> definitions_;
  std::vector<claim::ExprPtr> copies_;  ///< evaluated ones; the evaluator remembers their addresses

  // rocq_terms.cpp: arithmetic
  Term product(const Expr& e);
  Term power(const Expr& e);
  Term norm(const Expr& e);
  Term literal(const Expr& e);
  Term nested_fold(const claim::Expr& e, const std::string& function);
  Term fold(const Expr& e);
  Term choice(const Expr& e);
  Term range_of(const claim::Binder& b);
  std::string test(const Expr& e);

  // rocq_names.cpp: names, functions, values that are data
  Term name(const Expr& e);
  Term index(const Expr& e);
  Term call(const Expr& e);
  Term builtin(const Expr& e);
  Term definition(const Expr& e);
  bool own_step() const;   ///< the claim has a variable gamma
  bool own_start() const;  ///< the claim has a variable x0
  Term last_step() const;
  Scope& stability_scope();
  Term fixed_point();
  Term inverse_of(const Term& matrix);
  Term root_of(const Expr& e, const Term& t);
  Term extreme(const Expr& e);
  Term least_theta(const Expr& e);
  Term no_theta();
  Term stated(const Expr& e, const std::string& kind, const Term& data, const std::string& type,
              const std::vector<std::string>& what_it_is);

  // rocq_expectation.cpp
  Term expectation(const Expr& e);
  Term over_outcomes(const Expr& body);
  Term over_rounds(const Expr& body);
  void need_outcomes() const;

  // rocq_statements.cpp
  Term relation(const Expr& e);
  Term pair(const Expr& e, std::size_t k);
  Term quantifier(const Expr& e);
  Term defined(const Expr& e);

  // rocq_shown.cpp: lemmas with data of their own
  void show(Scope& scope, const std::string& statement, bool holds, const std::string& reason);
  void show_order(const Expr& small, const Expr& large, const Term& statement, bool strict);
  RationalMatrix lyapunov_matrix();
  std::string linear_map();
  Term lyapunov(const Expr& e);
  Term stability();

  // rocq_scope.cpp: obligations, values, where definitions go
  void oblige(const std::string& statement);
  template <class Body>
  auto within(Frame frame, const Body& body) {
    frames_.push_back(std::move(frame));
    struct Pop {
      std::vector<Frame>& frames;
      ~Pop() { frames.pop_back(); }
    } pop{frames_};
    return body();
  }
  Frame index_frame(const claim::Binder& b);
  bool of_choice(const Expr& e) const;
  Scope& scope_of(const Expr& e);
  bool varies(const std::string& text) const;
  Term named(const std::string& kind, const std::string& type, const Term& t);
  std::string add(Scope& scope, const std::string& kind, const std::string& type, const Term& body);
  void for_all_values(const Expr& e, const std::function<void(const Expr&)>& visit);
  void need_rational(const Expr& e);
  Rational rational_value(const Expr& e);
  RationalMatrix rational_matrix(const Expr& e);
  claim::Value value_of(const Expr& e);
};

/// Whether the expression or a definition it uses speaks of the method's step or its start, which
/// variables named gamma and x0 replace.
bool mentions_method(const claim::Expr& e, const claim::Claim& claim);

}  // namespace istcheck::rocq
