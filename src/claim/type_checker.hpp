// The walk over expressions that check_types makes. Private to check*.cpp.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "claim/ast.hpp"
#include "claim/builtins.hpp"
#include "claim/symmetry.hpp"

namespace istcheck::claim {

/// Takes over kind and size, leaving the dependencies that inherit() collected.
inline void set_shape(Expr& e, const Type& t) {
  e.type.shape = t.shape;
  e.type.rows = t.rows;
  e.type.columns = t.columns;
}

class TypeChecker {
 public:
  explicit TypeChecker(Claim& claim) : claim_(claim), symmetry_(claim) {}
  void run();

 private:
  enum class State { untouched, open, done };
  struct Let {
    Definition* definition;
    State state = State::untouched;
    std::set<std::string> variables;  // forall-variables it needs
  };

  Claim& claim_;
  SymmetryOfForm symmetry_;
  std::map<std::string, Let> lets_;
  std::map<std::string, Type> variables_;  // those declared so far
  std::vector<std::string> bound_;         // indices of the enclosing sums, means, …
  std::set<std::string> used_;             // forall-variables the current expression needs
  std::vector<std::pair<Size, Size>> same_sizes_;
  bool in_member_ = false;  // inside at(…) or inside the family itself

  // check.cpp: declarations
  void settings();
  void setting(Setting& s);
  void family(Family& f);
  void variable(Variable& v);
  void define(Let& let);
  void statement(Statement& s, const char* what);
  Size canonical(Size s) const;
  bool conflict(const Size& a, const Size& b) const;
  [[noreturn]] void fail(Place place, const std::string& message) const;

  // check_expression.cpp: the walk, binders, random quantities, relations
  void check(Expr& e);
  void need_scalar(Expr& e, const char* where);
  void need_truth(Expr& e, const char* where);
  void need_plain(Expr& e, const char* where);
  void need_square(Expr& e, const char* where);
  void need_symmetric(Expr& e, const std::string& where);
  void inherit(Expr& e);

  // check_names.cpp: names, indices, calls
  void name(Expr& e);
  void index(Expr& e);
  void call(Expr& e);
  void call_at(Expr& e);
  void follow_step(Expr& e, const Builtin& b) const;
  void apply(Expr& e, const Builtin& b);
  const Builtin* overload(const Expr& e, Use use) const;
  [[noreturn]] void unknown(const Expr& e, const std::string& what) const;
  void use_case(Expr& e, const std::string& name);

  // check_operators.cpp: arithmetic, entries, literals, norms
  void sum(Expr& e);
  void product(Expr& e);
  void quotient(Expr& e);
  void power(Expr& e);
  void entry(Expr& e);
  void vector(Expr& e);
  void matrix(Expr& e);
  void norm(Expr& e);

  void expectation(Expr& e);
  void surely(Expr& e);
  void binder(Expr& e);
  Size length_of(const Binder& b) const;
  void member(Expr& e);
  void choose(Expr& e);
  void relation(Expr& e);
  void compare_sides(Expr& e, size_t k);
  void logic(Expr& e);
};

}  // namespace istcheck::claim
