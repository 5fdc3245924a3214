// Evaluates expressions of a claim on a case, as docs/semantics.md defines them, by plain
// enumeration: E over the sketches of a round is the weighted sum over all outcomes; iterates under
// E are unknowns, and products of them are replaced by their exact moments; nothing has a closed
// form here. What a name means, what is random and what a degree is comes from the text and from
// the values, not from what the type checker notes. A name is first looked up by its spelling among
// what the claim binds (place_of, definition, own). Where it is none of those, the table of names
// says which one it is: claim::constant_named and its like turn a spelling into an enumerator, one
// for one, and know nothing of the claim. What the parser and the type checker noted in an
// expression is read nowhere in src/check (tests/structure/core_names_test.sh).
#pragma once

#include <functional>
#include <memory>

#include "check/world.hpp"
#include "claim/ast.hpp"

namespace istcheck::check {

class AssumedFacts;

using claim::Constant;
using claim::Fold;
using claim::Function;
using claim::Indexed;

/// The expression has no value on this case (shown by a fact, never a guess).
class NoValue : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Nothing goes this way (docs/semantics.md 19.7).
struct Nowhere {};

/// Sizes that only a case decides (docs/semantics.md 2.2). Matrices of a certificate never come
/// here: what does not fit there is no fact about the claim.
inline void need(bool fits) {
  if (!fits) throw NoValue("the sizes do not fit");
}

/// Gives a variable its value back at the end of a scope, however that ends.
template <class T>
class Restored {
 public:
  explicit Restored(T& variable) : variable_(variable), value_(variable) {}
  ~Restored() { variable_ = std::move(value_); }
  Restored(const Restored&) = delete;
  Restored& operator=(const Restored&) = delete;

 private:
  T& variable_;
  T value_;
};

/// What a name of a method as text stands for while a round of it is run, for each choice of its
/// indices.
struct NamedInMethod;
using MethodScope = std::map<std::string, NamedInMethod>;
class TextMethod;
/// z⁰ + span of the columns, which are in reduced echelon form with these rows as pivots: the
/// smallest affine space that holds z⁰ and that the method never leaves.
struct ReachableStates {
  Mat start, directions;
  std::vector<size_t> pivots;
};

class Evaluator {
 public:
  /// `world` is null for a claim that uses no case. The claim must have passed the type checker.
  Evaluator(const claim::Claim& claim, World* world, Facts& facts, const cert::Limits& limits);
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  void set_variable(const std::string& name, Mat value);
  void unset_variable(const std::string& name);
  const std::map<std::string, Mat>& variables() const { return variables_; }
  Mat start_of_case();  ///< x⁰ where no variable has its name

  /// What is known of an expression by its form (docs/semantics.md 2.5).
  struct Form {
    bool scalar = false, row = false, column = false;  ///< a matrix with one row, with one column
  };
  static constexpr Form kNumber{true, false, false}, kVector{false, false, true},
      kMatrix{false, false, false};
  static Form form_of_kind(claim::Kind kind) {
    const bool vector = kind == claim::Kind::vector || is_state(kind);
    return is_number(kind) ? kNumber : vector ? kVector : kMatrix;
  }
  /// An index, or an element of a kind, with its value.
  struct Bound {
    std::string name;
    Mat value;
    Form form = kNumber;
  };
  using Indices = std::vector<Bound>;

  // All throw NoValue, or Undecided for what the checker does not evaluate.
  Mat value(const claim::Expr& e);
  Mat value(const claim::Expr& e, const Indices& bound);
  Number scalar(const claim::Expr& e);
  bool truth(const claim::Expr& e);
  bool whole(const Number& x) const;
  /// Whether the value is one of the kind, of this case.
  bool suits(claim::Kind kind, const Mat& value);

  // The same in the text of a method, where its names and the indices of loops are seen.
  Mat value_in(const claim::Expr& e, const MethodScope& names, const Indices& loops);
  Number scalar_in(const claim::Expr& e, const MethodScope& names, const Indices& loops);
  Form form_in(const claim::Expr& e, const MethodScope& names, const Indices& loops);

  /// Whether the settings of the claim allow the case.
  bool in_setting();
  /// The values that the claim lists for a variable, as far as they exist.
  std::vector<Mat> listed_values(const claim::Variable& v);

 private:
  const claim::Claim& claim_;
  World* world_;
  Facts& facts_;
  const cert::Limits& limits_;
  std::map<std::string, Mat> variables_;
  Indices bound_;
  std::string trying_;  ///< the variable whose values to try are found
  size_t scope_ = 0;    ///< the first of them that is seen: a definition sees none from outside
  long passes_ = 0;     ///< of loops, since a variable was set
  /// What one E or `for every outcome` binds (docs/semantics.md 7.1), and what was read of it.
  struct Draws {
    bool mean = false;                   ///< E, which binds iterates too
    std::vector<const Outcome*> levels;  ///< the outcome of each level (7.2)
    bool draw = false, state = false;
    bool bare = false;                           ///< a draw that is not of a step
    std::map<std::pair<long, long>, Mat> joint;  ///< second moments of two rounds
  };
  Draws outside_;
  Draws* draws_ = &outside_;
  static constexpr size_t kNone = size_t(-1);
  size_t index_read_ = kNone;  ///< the outermost place in bound_ that was read
  class Watch;
  std::deque<Root> states_;  ///< the entries of iterates, as unknowns
  std::map<long, Mat> iterates_;
  std::vector<std::pair<long, size_t>> place_of_state_;  ///< round and coordinate
  std::map<const claim::Expr*, Form> forms_;
  std::map<const claim::Expr*, size_t> levels_;  ///< of the definitions, see step_level
  std::map<const claim::Expr*, Mat> known_;      ///< at this choice of the variables
  std::map<long, std::pair<std::unique_ptr<World>, std::unique_ptr<Evaluator>>> members_;

  World& world() const;
  /// The place in bound_ of an index that is seen here; kNone when the name is none.
  size_t place_of(const std::string& name) const;
  /// The claim's own definition; null when the name means something else here.
  const claim::Expr* definition(const std::string& name) const;
  /// use(its expression), where no index of the place of use is seen.
  template <class Use>
  auto inside(const claim::Expr& definition, const Use& use) {
    const Restored scope(scope_);
    scope_ = bound_.size();
    return use(definition);
  }
  const Outcome& outcome();  ///< of level 1
  Form form_of(const claim::Expr& e);
  Form find_form(const claim::Expr& e);
  Form form_of_call(const claim::Expr& e);
  std::optional<Rational> rational(const Number& x) const;
  static Form form_of_name(Constant name);
  static Form form_of_index(Indexed name);
  Rational whole_number(const claim::Expr& e);
  long integer(const claim::Expr& e);
  Mat square(const claim::Expr& e);
  /// The matrix; NoValue when it is certainly not symmetric.
  Mat symmetric(const claim::Expr& e);
  void require_symmetric(const Mat& m) const;
  size_t index(const claim::Expr& e, size_t size);
  Number entry(const Mat& m, const claim::Expr& e, size_t first);
  Number reciprocal(const Number& x);
  Mat inverse(const Mat& m, const char* otherwise);
  Mat pseudoinverse(const Mat& a);
  Mat literal(const claim::Expr& e);
  Mat within(Mat m) const;
  void require_within(const Mat& m) const;
  Number extreme(bool largest, const std::vector<Mat>& numbers);
  bool at_most(const Number& a, const Number& b) const { return !facts_.negative(b - a); }
  std::pair<long, long> range(const claim::Binder& b);
  bool each(const claim::Expr& e, const std::function<bool()>& body, size_t binder = 0);
  Evaluator& member(const claim::Expr& e);

  Mat compute(const claim::Expr& e);
  Mat named(const claim::Expr& e);
  Mat builtin(const std::string& name);
  Number theta_min();
  Mat lyapunov(const CongruenceSum& t);
  Mat indexed(const claim::Expr& e);
  Mat call(const claim::Expr& e);
  std::pair<Mat, Mat> pencil(const claim::Expr& e);
  Mat eigenvalue(const claim::Expr& e, bool largest);
  Number ceiling(const Number& t, const Number& s);
  Mat product(const claim::Expr& e);
  Mat power(const claim::Expr& e);
  Mat norm(const claim::Expr& e);
  Mat fold(const claim::Expr& e);
  Mat iterate(const claim::Expr& round);
  Mat state_of_round(long round);
  Number last_step() const;
  const Mat* own(const std::string& name) const;
  std::optional<Number> step_override() const;

  // method_names.cpp
  static constexpr long kNextRound = -2;
  std::unique_ptr<TextMethod> text_;
  const MethodScope* scope_names_ = nullptr;  ///< in the text of a method
  std::optional<long> in_round_;              ///< inside of next(…) and round(k : …)
  TextMethod& text_method();
  bool has_text() const;
  size_t state_size();
  const Round& round(const Number& step, long k);
  std::optional<Mat> name_in_method(const claim::Expr& e);
  std::optional<Mat> name_of_method(const claim::Expr& e);
  Mat free_state();
  const ReachableStates& reachable_states();
  Mat start_of_run();
  Mat in_round(const claim::Expr& e);
  Mat moment_of_next();
  Mat of_limit(const claim::Expr& e);
  std::vector<long> elements_of(const claim::Expr& set);
  size_t size_of_kind(claim::Kind kind);
  bool same_method() const;

  size_t step_level(const claim::Expr& e);
  bool each_outcome(const claim::Expr& e, const std::function<bool(const Number&)>& visit);
  Mat expectation(const claim::Expr& e);
  Number with_moments(const Number& x);
  void hint(const Mat& v);
  Number moment(const Monomial& product);
  const Mat& joint(long later, long earlier);

  bool statement_call(const claim::Expr& e);
  struct Extreme {
    bool least;  ///< it is the negative of a greatest one, of which `below` speaks
    std::function<bool(const Number& r, bool strict)> below;
  };
  std::optional<Extreme> extreme_of(const claim::Expr& e, bool known);
  std::optional<Extreme> radius_of(const CongruenceSum& t, Constant name, bool known);
  std::optional<bool> compared_extremes(const claim::Expr& left, claim::Relation is,
                                        const claim::Expr& right, bool known);
  bool compare(const claim::Expr& left, claim::Relation order, const claim::Expr& right);
  bool relation(const claim::Expr& e, size_t k);
  bool quantifier(const claim::Expr& e);
  bool over_kind(const claim::Expr& e);
  bool over_numbers(const claim::Expr& e, ShownFacts& shown);
  bool over_unknowns(const claim::Expr& e, AssumedFacts& facts);
  bool at_element(const claim::Expr& e, const Mat& element);
  std::optional<bool> form_is_semidefinite(const claim::Expr& e, const Mat& element,
                                           AssumedFacts& facts);
  bool always_defined(const claim::Expr& e) const;
  bool surely(const claim::Expr& e);
  bool flag(const std::string& name);
};

struct NamedInMethod {
  std::vector<std::pair<long, long>> ranges = {};  ///< of the indices
  std::vector<Mat> values = {};                    ///< the first index slowest
  Evaluator::Form form = {};
};

/// Member `index` of the claim's family, as data. Throws Undecided, NoValue, std::invalid_argument.
Case family_member(const claim::Claim& claim, long index, Facts& facts, const cert::Limits& limits);

}  // namespace istcheck::check
