// Evaluates checked expressions exactly on one instance, at one choice of the claim's variables.
//
// E[…] over the sketches of a round goes through closed forms where the expression has the shape
// (expectation.cpp) and through all outcomes otherwise. E[…] of the iterates x[k] writes its
// argument as a quadratic form in (x^k; 1) and contracts that with the exact second moment
// (iterates.cpp).
#pragma once

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "claim/ast.hpp"
#include "claim/builtins.hpp"
#include "claim/method.hpp"
#include "claim/truth.hpp"
#include "claim/value.hpp"
#include "claim/world.hpp"
#include "exact/budgets.hpp"
#include "exact/unknowns.hpp"

namespace istcheck::claim {

/// A scalar or matrix of polynomials of degree up to two in the iterates: a constant plus, for
/// every round k, a form of z_k = (x^k; 1). Of a scalar: D × D symmetric Q for zᵀQz. Of a vector of
/// degree one: r × D for Az. Of another matrix: its entries.
struct Form {
  Value constant = Scalar(0);
  std::map<long, SurdMatrix> rounds = {};
  std::map<std::pair<long, long>, SurdMatrix> pairs = {};  ///< of a scalar, k < l: Q for z_kᵀQz_l
  bool row = false;                                        ///< the constant and Az are transposed
  std::vector<Form> entries = {};                          ///< scalars, row by row
  Index columns = 0;                                       ///< where the entries count, else 0
};

/// A vector P (Â u) + c with a random Â, the estimator (26) or the method's map.
struct Affine {
  enum class Map { none, estimator, method } map = Map::none;
  std::optional<SurdMatrix> P;  ///< the identity when empty
  SurdMatrix u;                 ///< D × 1
  SurdMatrix c;
};

/// What a name of a method stands for while one of its rounds is run: for each choice of its
/// indices, the first one slowest.
struct Named {
  std::vector<std::pair<long, long>> ranges = {};  ///< of the indices
  std::vector<Form> values = {};
};
/// Which block of a block matrix each of its rows and columns runs through, and where in it. `size`
/// is asked of the blocks that are no 0, row by row. Throws Undefined where they do not fit.
struct BlockPlaces {
  std::vector<std::pair<size_t, Index>> rows, columns;
};
BlockPlaces block_places(const Expr& e,
                         const std::function<std::pair<Index, Index>(const Expr&)>& size);
/// A vector as one with rows of coefficients, also where it was put together of scalars.
Form as_column(const Form& f);
using MethodScope = std::map<std::string, Named>;

class Ways;
struct UnknownValue;

class Evaluator {
 public:
  /// `world` is null for claims that use no case. The claim must have been checked.
  Evaluator(const Claim& claim, World* world, const EvaluationOptions& options = {});

  /// Sets a variable of the claim; forgets what depended on the variables.
  void set_variable(const std::string& name, Value value);
  void unset_variable(const std::string& name);
  const EvaluationOptions& options() const { return options_; }
  /// The value of a variable that has been set.
  const std::map<std::string, Value>& variables() const { return variables_; }

  // All throw Undefined, Unsupported, or ClaimError (with the name of the case) for misuse.
  Value value(const Expr& e);
  Scalar scalar(const Expr& e);
  SurdMatrix matrix(const Expr& e);
  long integer(const Expr& e);
  /// low, low + by, … up to high: those that a trial lists, whole numbers for a variable with a
  /// range (docs/semantics.md 10.4, 10.7). Beyond the budget of choices throws with the first ones.
  void append_range(const Variable& v, const Trial& t, std::vector<Value>& values);
  /// Undecided instead of throwing Unsupported.
  Truth truth(const Expr& e);
  /// Whether truths have margins and ratios, which take eigenvalues.
  void want_margins(bool wanted) { margins_ = wanted; }
  /// Elements that settled quantifiers over kinds, by `around`, since a variable was set.
  const std::map<std::string, Value>& elements() const { return elements_; }

  // For running the text of a method (method_run.cpp):
  /// The names of the method; round 0 stands for the state before the round.
  void set_scope(const MethodScope* scope) { scope_ = scope; }
  Form form(const Expr& e);
  std::vector<long> elements_of(const Expr& set);
  void bind(const std::string& name, long value) {
    bound_.emplace_back(name, Scalar(Rational(value)));
  }
  void unbind() { bound_.pop_back(); }
  long last_bound() const;
  [[noreturn]] void misuse(Place place, const std::string& message) const;

 private:
  const Claim& claim_;
  World* world_;
  EvaluationOptions options_;
  bool margins_;
  std::map<std::string, Value> variables_;
  std::vector<std::pair<std::string, Value>> bound_;  ///< of quantifiers and folds around
  const Outcome* outcome_ = nullptr;                  ///< of level 1 (docs/semantics.md 7.2)
  std::vector<const Outcome*> later_;                 ///< of the levels from 2 on
  std::map<std::string, Value> elements_;
  long passes_ = 0;  ///< of loops, since a variable was set
  const MethodScope* scope_ = nullptr;
  std::optional<long> round_;  ///< of the state inside next(…) and round(k : …)
  int kinds_around_ = 0;       ///< quantifiers over kinds that are being decided
  /// Values that follow no variable; those at this choice; and, where variables are unknowns, those
  /// among them that nothing had to be assumed for, so that every way has them.
  std::map<const Expr*, Value> case_cache_, point_cache_, unknown_cache_;
  long values_of_way_ = 0;  ///< read from point_cache_ under assumptions
  std::map<long, std::unique_ptr<World>> members_;
  std::map<long, std::unique_ptr<Evaluator>> member_evaluators_;

  /// What f returns for the expression at this place. Sizes that only a case decides and that do
  /// not fit leave an expression without a value (docs/semantics.md 2.2): matrices refuse them
  /// (exact/matrix.hpp), and the innermost expression says where.
  template <class F>
  auto sized(Place place, const F& f) {
    try {
      return f();
    } catch (const std::invalid_argument& mismatch) {
      throw Undefined(place, mismatch.what());
    }
  }

  // evaluator.cpp
  Value kept_under_assumptions(const Expr& e, Assumptions& assumptions);
  Value compute(const Expr& e);
  Value lookup(const Expr& e);
  Value product(const Expr& e);
  Value quotient(const Expr& e);
  Value power(const Expr& e);
  Value norm(const Expr& e);
  Value literal(const Expr& e);
  SurdMatrix block_matrix(const Expr& e);
  Form form_of_blocks(const Expr& e);
  Value entry(const SurdMatrix& m, const Expr& e, size_t first);
  Value fold(const Expr& e);
  SurdMatrix assembled(const Expr& e, const std::vector<Value>& values);
  static Scalar extreme(bool largest, const std::vector<Value>& numbers);
  void run_binders(const Expr& e, size_t which, const std::function<bool()>& body);
  Index length(const Binder& b);
  Evaluator& member(const Expr& e);
  const Expr& definition(const std::string& name) const;
  Rational whole_number(const Expr& e);
  SurdMatrix square_matrix(const Expr& e);
  SurdMatrix symmetric_matrix(const Expr& e, const char* use);
  Index checked_index(const Expr& e, Index size, const char* what);
  World& world(const Expr& e) const;

  // method_values.cpp
  Value method_value(const Expr& e);
  Form method_form(const Expr& e);
  Form scope_form(const Expr& e);
  Value method_call(const Expr& e);
  Value of_name(const Value& v, const Expr& e);
  Index block_offset(const Block& block, const Expr* index);
  Form form_in_round(const Expr& e);
  std::optional<SurdMatrix> free_state();
  const World::Reachable& reachable_on(World& w);
  Scalar reachable_radius(const Expr& e);
  SurdMatrix limit_of_mean(const SurdMatrix& map, Index first, Index size, const Expr& e);
  Value contract_next(const Form& f, const Expr& at);

  // builtin_values.cpp
  Value builtin_name(const Expr& e);
  Value builtin_index(const Expr& e);
  Value builtin_call(const Expr& e);
  std::pair<SurdMatrix, SurdMatrix> pencil(const Expr& e);
  SurdMatrix pseudoinverse(const SurdMatrix& a, const Expr& e);
  Value extreme_eigenvalue(const Expr& e);
  Scalar step_of_round(const Expr& e);
  Value gradient(const SurdMatrix& x, long worker, const Expr& e);
  Value function_value(const SurdMatrix& x, long worker, const Expr& e);
  long worker_index(const Expr& e);
  Surd own_step(const Expr& e);
  Surd last_step(const Expr& e, const std::string& what);
  std::optional<Surd> step_override();
  SurdMatrix starting_point(const Expr& e);

  // expectation.cpp
  Value expectation(const Expr& e);
  Value by_outcomes(const Expr& body);
  size_t step_level(const Expr& e) const;
  void each_outcome(const Expr& e, const std::function<bool(const Rational& weight)>& visit);
  SurdMatrix map_of_step(const Expr& e);
  std::optional<Value> closed(const Expr& e);
  std::optional<Value> closed_product(const Expr& e);
  std::optional<Value> closed_norm(const Expr& e);
  std::optional<Value> closed_sandwich(const Expr& left, const Expr& right,
                                       const SurdMatrix& middle);
  SurdMatrix closed_sketch(Index worker, const SurdMatrix* middle);
  std::optional<Value> closed_linear_call(const Expr& e);
  std::optional<Value> closed_fold(const Expr& e);
  std::optional<Affine> affine(const Expr& e);
  std::optional<Affine> affine_product(const Expr& e);
  Surd expected_square(const Affine& v, const SurdMatrix& weight);
  SurdMatrix expected_vector(const Affine& v);

  // truth_evaluation.cpp
  Truth decide(const Expr& e);
  Truth relation(const Expr& e);
  Truth pair(const Expr& e, size_t k);
  Truth scalar_pair(const Expr& e, size_t k, const Scalar& a, const Scalar& b);
  Truth unknown_pair(const Expr& e, size_t k, const Scalar& a, const Scalar& b);
  Truth matrix_equality(const Expr& e, size_t k, const SurdMatrix& a, const SurdMatrix& b);
  Truth loewner(const Expr& e, size_t k);
  Truth loewner_with_factor(const Expr& e, const SurdMatrix& a, const Scalar& t,
                            const SurdMatrix& b, bool strict);
  Truth quantifier(const Expr& e);

  // extreme_pair.cpp
  struct Extreme {
    bool least;  ///< it is the negative of a greatest one, of which `below` speaks
    std::function<bool(const Surd& r, bool strict)> below;
  };
  std::optional<Extreme> extreme_of_unknowns(const Expr& e);
  std::optional<Truth> extreme_pair(const Expr& e, size_t k);

  // over_kind.cpp
  std::string around(const Expr& e) const;
  Truth over_kind(const Expr& e);
  Truth over_unknown(const Expr& e, Ways& ways);
  std::optional<bool> form_is_semidefinite(const Expr& e, const UnknownValue& t, Ways& ways);
  Truth at(const Expr& e, const Value& value);
  template <class F>
  auto with_bound(const Expr& e, const Value& value, const F& f) {
    bound_.emplace_back(e.binders[0].name, value);
    struct Pop {
      Evaluator& self;
      ~Pop() { self.bound_.pop_back(); }
    } pop{*this};
    return f();
  }

  // truth_evaluation.cpp
  bool always_defined(const Expr& e) const;
  Truth surely(const Expr& e);
  SurdMatrix side(const Expr& e, const Expr& other);

  // iterates.cpp
  Value expectation_over_rounds(const Expr& body);
  Value contract(const Form& f, const Expr& at);
  Value contract_from_start(const Form& f, const SurdMatrix& x0);
  Surd step_of_round(long round);
  const SurdMatrix moment(long round, const Expr& at);
  SurdMatrix cross_moment(long k, long l, const Expr& at);
  Form form_entry(const Form& m, const Expr& e, size_t first);
  Form form_power(const Expr& e);
  Value identity_like(const Expr& e);
  Form form_product(const Expr& e);
  Form form_call(const Expr& e);
  Form form_of_square(const Expr& e, const Form& x);
  Form form_fold(const Expr& e);
  Form averaged_form(const Expr& e);
};

}  // namespace istcheck::claim
