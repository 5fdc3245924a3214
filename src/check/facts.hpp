// What a certificate can prove about numbers and matrices: the rules.
//
// The evaluator asks for a fact (is this matrix positive semidefinite, what is its inverse); the
// next step of the certificate must answer, and a rule re-checks the answer by multiplying out. A
// fact once shown is remembered by the content of the matrices, so it is asked for once. Every rule
// is sound for all real matrices of the stated shape, whoever wrote the step.
#pragma once

#include <deque>
#include <map>
#include <optional>

#include "cert/format.hpp"
#include "check/matrix.hpp"

namespace istcheck::check {

/// A step does not show what it must.
class Rejected : public std::runtime_error {
 public:
  Rejected(const cert::Step& step, const std::string& message)
      : std::runtime_error(message), step(step) {}
  cert::Step step;
};

struct Impossible;

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
  /// Called now and then during long evaluations; may throw to end them.
  virtual void tick() {}
};

enum class Definiteness { positive, semidefinite, neither };

/// T(S) = Σ w A S Aᵀ on symmetric matrices, and its adjoint T*(P) = Σ w Aᵀ P A.
struct CongruenceSum {
  std::vector<std::pair<Rational, Mat>> terms;  ///< weight, A
  Mat apply(const Mat& s) const;
  Mat adjoint(const Mat& p) const;
};

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
  /// Throws Undecided for entries beyond the limits.
  virtual void require_within(const Mat& m) const;

  // ---- Facts. ShownFacts throws Rejected when the step does not show one.
  virtual Definiteness definiteness(const Mat& symmetric) = 0;
  virtual bool semidefinite(const Mat& symmetric) {
    return definiteness(symmetric) != Definiteness::neither;
  }
  virtual std::optional<Mat> inverse(const Mat& square) = 0;  ///< nothing: singular
  virtual Number square_root(const Number& x) = 0;            ///< of x >= 0
  /// The least t with A ⪯ tB, for symmetric A and B ⪰ 0; nothing: there is none.
  virtual std::optional<Number> least(const Mat& a, const Mat& b) = 0;
  /// The spectral radius of T. `single`: of A, when T has the one term A.
  virtual Number radius(const CongruenceSum& t, bool single) = 0;
  /// The limit of M ↦ T(M) + N from every M with the same last entry 1, where T's matrices have the
  /// last row (0 … 0 1); nothing when T is not mean-square stable.
  virtual std::optional<Mat> stationary(const CongruenceSum& t, const Mat& noise) = 0;
  /// L^(−1/2) of a symmetric positive definite L.
  virtual Mat inverse_root(const Mat& l) = 0;

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
  std::optional<Number> least(const Mat& a, const Mat& b) override;
  Number radius(const CongruenceSum& t, bool single) override;
  std::optional<Mat> stationary(const CongruenceSum& t, const Mat& noise) override;
  Mat inverse_root(const Mat& l) override;

 private:
  Steps& steps_;
  std::deque<Root> roots_;
  std::map<std::string, Definiteness> definite_;
  std::map<std::string, std::optional<Mat>> inverses_;
  std::map<std::string, std::optional<Number>> values_;

  cert::Step ask(Question::Kind kind, const std::vector<Mat>& about);
  void declare_root(const cert::Step& step);
  Signs signs(const Number& x) const { return x.signs(static_cast<unsigned>(limits_.halvings)); }
  bool nonzero(const Mat& m);
  void ldl(const cert::Step& step, const Mat& m, Definiteness& result);
  std::optional<Number> least_step(const cert::Step& step, const Mat& a, const Mat& b);
  Number radius_step(const cert::Step& step, const CongruenceSum& t, bool single);
  void require(const cert::Step& step, bool fact, const std::string& message) const;
};

}  // namespace istcheck::check
