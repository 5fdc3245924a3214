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

/// What the evaluator needs to know next. `about` lists the matrices it is asked of.
struct Question {
  enum class Kind { definiteness, inverse, root, least, radius, stationary, inverse_root } kind;
  std::vector<Mat> about;
  const std::deque<Root>& roots;
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
};

enum class Definiteness { positive, semidefinite, neither };

/// T(S) = Σ w A S Aᵀ on symmetric matrices, and its adjoint T*(P) = Σ w Aᵀ P A.
struct CongruenceSum {
  std::vector<std::pair<Rational, Mat>> terms;  ///< weight, A
  Mat apply(const Mat& s) const;
  Mat adjoint(const Mat& p) const;
};

class Facts {
 public:
  Facts(Steps& steps, const cert::Limits& limits) : steps_(steps), limits_(limits) {}

  // ---- Numbers. All throw Undecided when enclosures leave the answer open.
  Signs signs(const Number& x) const { return x.signs(static_cast<unsigned>(limits_.halvings)); }
  bool zero(const Number& x) const;
  bool positive(const Number& x) const;
  bool negative(const Number& x) const { return positive(-x); }
  bool nonzero(const Mat& m) const;
  void require_within(const Mat& m) const;

  // ---- Facts. All throw Rejected when the step does not show one.
  Definiteness definiteness(const Mat& symmetric);
  std::optional<Mat> inverse(const Mat& square);  ///< nothing: singular
  Number square_root(const Number& x);            ///< of x >= 0
  /// The least t with A ⪯ tB, for symmetric A and B ⪰ 0; nothing: there is none.
  std::optional<Number> least(const Mat& a, const Mat& b);
  /// The spectral radius of T. `single`: of A, when T has the one term A.
  Number radius(const CongruenceSum& t, bool single);
  /// The limit of M ↦ T(M) + N from every M with the same last entry 1, where T's matrices have the
  /// last row (0 … 0 1); nothing when T is not mean-square stable.
  std::optional<Mat> stationary(const CongruenceSum& t, const Mat& noise);
  /// L^(−1/2) of a symmetric positive definite L.
  Mat inverse_root(const Mat& l);

 private:
  Steps& steps_;
  const cert::Limits& limits_;
  std::deque<Root> roots_;
  std::map<std::string, Definiteness> definite_;
  std::map<std::string, std::optional<Mat>> inverses_;
  std::map<std::string, std::optional<Number>> values_;

  cert::Step ask(Question::Kind kind, const std::vector<Mat>& about);
  void declare_root(const cert::Step& step);
  void ldl(const cert::Step& step, const Mat& m, Definiteness& result) const;
  std::optional<Number> least_step(const cert::Step& step, const Mat& a, const Mat& b);
  Number radius_step(const cert::Step& step, const CongruenceSum& t, bool single);
  void require(const cert::Step& step, bool fact, const std::string& message) const;
};

}  // namespace istcheck::check
