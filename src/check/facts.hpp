// What a certificate can prove about numbers and matrices: the rules.
//
// The evaluator asks for a fact (is this matrix positive semidefinite, what is its inverse); the
// next step of the certificate must answer, and a rule re-checks the answer by multiplying out. A
// fact once shown is remembered by the content of the matrices, so it is asked for once. Every rule
// is sound for all real matrices of the stated shape, whoever wrote the step.
#pragma once

#include <optional>

#include "check/words.hpp"
#include "model/case.hpp"

namespace istcheck::check {

struct Impossible;
class Facts;

/// What the evaluator needs to know next. `about` lists the matrices it is asked of; a refutation
/// is of assumptions.
struct Question {
  enum class Kind {
    definiteness,
    inverse,
    root,
    least,
    radius,
    stationary,
    inverse_root,
    choice,  ///< the value of the next variable at a choice that the certificate gives
    refutation
  } kind;
  std::vector<Mat> about;
  const std::deque<Root>& roots;
  const Impossible* impossible = nullptr;
};

/// Where steps come from: a certificate that is checked, or the search that is writing one.
class Steps {
 public:
  virtual ~Steps() = default;
  /// The next step; it should answer the question or declare a root.
  virtual cert::Step answer(const Question& question) = 0;
  /// The next step must be this line.
  virtual void state(const std::string& line) = 0;
  /// Whether the next step is "skip": this choice of the variables is left out.
  virtual bool skip() = 0;
  /// "yes" or "no" when the next step is "trust <what> yes" or "trust <what> no".
  virtual std::optional<bool> trusted(const std::string& what) = 0;
  /// Whether the next step is this line, which narrows or widens what the certificate speaks of.
  virtual bool narrowed(const std::string&) { return false; }
  /// Called now and then during long evaluations; may throw to end them.
  virtual void tick() {}
};

enum class Definiteness { positive, semidefinite, neither };

/// T(S) = Σ w A S Aᵀ on symmetric matrices, and its adjoint T*(P) = Σ w Aᵀ P A.
struct CongruenceSum {
  std::vector<std::pair<Number, Mat>> terms;  ///< weight, A
  Mat apply(const Mat& s) const;
  Mat adjoint(const Mat& p) const;
  Mat on_entries() const;                 ///< T as a matrix on packed entries
  CongruenceSum transposed() const;       ///< T*
  Mat mean() const;                       ///< Σ w A
  CongruenceSum leading(size_t d) const;  ///< with the first d rows and columns of each A
  std::vector<Mat> parts() const;         ///< w_1, A_1, w_2, …
};

/// Whether ρ(T) < r (`strict`), or ρ(T) <= r, T given on packed entries. Asks for signs.
bool radius_below(Facts& facts, const Mat& map, const Number& r, bool strict);

/// What was found under this name before, or else what `find` finds.
template <class Value, class Find>
Value remembered(std::map<std::string, Value>& known, const std::string& name, const Find& find) {
  if (const auto old = known.find(name); old != known.end()) return old->second;
  Value value = find();
  known[name] = value;
  return value;
}

/// What the evaluator turns to for all that plain evaluation cannot find. ShownFacts speaks of
/// numbers, and a certificate shows what it says; AssumedFacts (assumed.hpp) speaks of unknowns,
/// one way of how their signs may be after the other.
class Facts {
 public:
  explicit Facts(const cert::Limits& limits) : limits_(limits) {}
  virtual ~Facts() = default;

  // ---- Numbers. All throw Undecided when the answer stays open.
  virtual bool zero(const Number& x) = 0;
  virtual bool positive(const Number& x) = 0;
  bool negative(const Number& x) { return positive(-x); }
  /// Evaluation met this vector in a norm: a hint for whoever looks for a refutation, and nothing
  /// more.
  virtual void met(const Mat&) {}
  virtual bool takes_hints() const { return false; }
  /// Whether what is said of extreme eigenvalues of unknowns is to be asked of their matrices.
  virtual bool compares_extremes() const { return false; }
  /// Throws Undecided for entries beyond the limits.
  virtual void require_within(const Mat& m) const;

  // ---- Facts. ShownFacts throws Rejected when the step does not show one.
  virtual Definiteness definiteness(const Mat& symmetric) = 0;
  virtual bool semidefinite(const Mat& symmetric) {
    return definiteness(symmetric) != Definiteness::neither;
  }
  virtual std::optional<Mat> inverse(const Mat& square) = 0;  ///< nothing: singular
  Number reciprocal(const Number& x);                         ///< of x ≠ 0
  virtual Number square_root(const Number& x) = 0;            ///< of x >= 0
  virtual Number root_of_case(const Alpha&) {                 ///< what its [alpha] declares
    throw Undecided("powers of alpha among unknowns");
  }
  /// The least t with A ⪯ tB, for symmetric A and B; nothing: there is none.
  virtual std::optional<Number> least(const Mat& a, const Mat& b) = 0;
  // The next three are open for unknowns, but for a limit beside given data.
  /// The spectral radius of T. `single` (the second argument): of A, when T has the one term A.
  virtual Number radius(const CongruenceSum&, bool) {
    throw Undecided("a spectral radius of unknowns");
  }
  /// The limit of M ↦ T(M) + N from every M with the same last entry 1, where T's matrices have the
  /// last row (0 … 0 1); nothing when T is not mean-square stable.
  virtual std::optional<Mat> stationary(const CongruenceSum&, const Mat&) {
    throw Undecided("a stationary limit of unknowns");
  }
  /// L^(−1/2) of a symmetric positive definite L.
  virtual Mat inverse_root(const Mat&) {
    throw Undecided("the square root of a matrix of unknowns");
  }

 protected:
  const cert::Limits& limits_;
};

class ShownFacts final : public Facts {
 public:
  ShownFacts(Steps& steps, const cert::Limits& limits) : Facts(limits), steps_(steps) {}

  bool zero(const Number& x) override;
  bool positive(const Number& x) override;
  Definiteness definiteness(const Mat& symmetric) override;
  std::optional<Mat> inverse(const Mat& square) override;
  Number square_root(const Number& x) override;
  Number root_of_case(const Alpha& alpha) override;
  std::optional<Number> least(const Mat& a, const Mat& b) override;
  Number radius(const CongruenceSum& t, bool single) override;
  std::optional<Mat> stationary(const CongruenceSum& t, const Mat& noise) override;
  Mat inverse_root(const Mat& l) override;

  /// A value that the certificate gives.
  Mat value_of_choice(size_t rows, size_t columns);

  const std::deque<Root>& roots() const { return roots_; }
  Steps& steps() { return steps_; }
  void declare_root(Words step);  ///< by the rule `root`

 private:
  Steps& steps_;
  std::deque<Root> roots_;
  std::optional<Number> alpha_;
  std::map<std::string, Definiteness> definite_;
  std::map<std::string, std::optional<Mat>> inverses_;
  std::map<std::string, std::optional<Number>> values_;

  Number next_root(Root root);
  Words ask(Question::Kind kind, const std::vector<Mat>& about);
  std::string declare(std::vector<Rational> relation, const Rational& low, const Rational& high);
  Signs signs(const Number& x) const { return x.signs(static_cast<unsigned>(limits_.halvings)); }
  bool nonzero(const Mat& m) { return positive(sum_of_squares(m)); }
  Definiteness ldl(Words step, const Mat& m);
  Number radius_of(const Mat& a);
  Number radius_between(Words& step, const CongruenceSum& t, bool single);
  void require_radius_above(const Words& step, const CongruenceSum& t, const Rational& low,
                            const Mat& r);
};

}  // namespace istcheck::check
