// Facts about unknowns: what is true of all real numbers is found by going every way.
//
// Data and variables of a claim are unknowns, and evaluation makes polynomials of them. Where it
// asks for a sign or for definiteness, the answer is chosen and assumed, and later every other
// answer is chosen in turn. Of the ways that end in a false conclusion each must be refuted
// (refutation.hpp). Where what evaluation divides by is zero the expression has no value, and that
// way must be refuted too; where it is not, a new unknown stands for the reciprocal; likewise for
// square roots.
//
// The data of a case may be given, with the claim's variables alone unknown. What is asked of
// numbers without unknowns is then answered as on a case.
#pragma once

#include "check/facts.hpp"
#include "claim/ast.hpp"

namespace istcheck::check {

/// The choices that one way through an evaluation makes, and after it the next way, depth first.
class Ways {
 public:
  /// The choice at this point of the way: 0 … options − 1.
  size_t choose(size_t options);
  /// To the next way; false when all have been gone.
  bool next();

 private:
  struct Choice {
    size_t chosen, options;
  };
  std::vector<Choice> choices_;
  size_t at_ = 0;
};

/// What is assumed about one polynomial: p = 0, p >= 0 or p > 0.
struct Fact {
  enum class Is { zero, nonnegative, positive } is;
  Number p;
};
/// M ⪰ 0, or M ≻ 0.
struct Form {
  Mat m;
  bool definite;
};
/// "> 0" and so on, then the polynomial.
std::string text(const Fact& f);

/// x without u, up to a factor that is not zero: a polynomial in u is multiplied by D^most where
/// u·D = 1 (reciprocal), most its degree in u or *power if that is more, which gets it; where
/// u² = D, only squares of u go.
Number without(const Number& x, const Root& u, bool reciprocal, const Number& D, unsigned* power);
/// The same with the least even power of D, so that the sign stays.
Number without_reciprocal(const Number& x, const Root& u, const Number& D, int sign = 0);

/// unknown · of = 1, or unknown² = of with unknown >= 0.
struct Definition {
  const Root* unknown;
  bool reciprocal;
  Number of;  ///< it speaks only of unknowns before
};

class AssumedFacts final : public Facts {
 public:
  /// `given` answers what is asked of numbers without unknowns; null where all data are unknown.
  AssumedFacts(Ways& ways, Steps& steps, const cert::Limits& limits, ShownFacts* given = nullptr)
      : Facts(limits), ways_(ways), steps_(steps), given_(given) {}

  /// New unknowns, named r1, r2, …, or u1, u2, … beside the roots of what is given; `name` says to
  /// a reader what it is.
  Number unknown(const std::string& name);
  Mat unknown_matrix(const std::string& name, size_t rows, size_t columns);
  Mat unknown_symmetric(const std::string& name, size_t d);
  /// From here on this way speaks of M ≻ 0 only, or of M ⪰ 0.
  void assume_form(const Mat& m, bool definite);
  /// Unknowns of a kind, of dimension d.
  Mat unknown_of_kind(const std::string& name, claim::Kind kind, size_t d);
  /// How much was asked on this way, or is known.
  size_t asked_so_far() const { return assumptions_.size() + kinds_.size() + definitions_.size(); }
  /// A choice that has nothing to do with signs.
  size_t choose(size_t options) { return ways_.choose(options); }

  void met(const Mat& v) override;
  bool takes_hints() const override { return true; }
  bool compares_extremes() const override { return given_ != nullptr; }
  bool zero(const Number& x) override;
  bool positive(const Number& x) override;
  void require_within(const Mat& m) const override;
  Definiteness definiteness(const Mat& symmetric) override;
  bool semidefinite(const Mat& symmetric) override;
  std::optional<Mat> inverse(const Mat& square) override;
  Number square_root(const Number& x) override;
  std::optional<Number> least(const Mat& a, const Mat& b) override;
  Number root_of_case(const Alpha& alpha) override;
  Number radius(const CongruenceSum& t, bool single) override;
  std::optional<Mat> stationary(const CongruenceSum& t, const Mat& noise) override;
  Mat inverse_root(const Mat& l) override;

  /// All that is assumed on this way, in the order in which evaluation asked.
  std::vector<Fact> facts() const;
  std::vector<Form> forms() const;
  const std::deque<Root>& unknowns() const { return unknowns_; }
  const std::vector<std::string>& names() const { return names_; }
  const std::vector<Mat>& vectors() const { return vectors_; }  ///< that norms were taken of
  const std::vector<Definition>& definitions() const { return definitions_; }
  /// A number that is x times something positive or negative, never zero, without reciprocals and
  /// without squares of roots: if it has no term, x is zero wherever the assumptions hold. `powers`
  /// gives for each reciprocal (by its definition's number) the power of it to clear at least, and
  /// gets the one cleared.
  Number cleared(Number x, std::vector<unsigned>* powers = nullptr) const {
    return cleared(std::move(x), definitions_, powers);
  }
  Number cleared(Number x, const std::vector<Definition>& definitions,
                 std::vector<unsigned>* powers) const;

  /// For steps that speak of unknowns and of declared roots.
  Words words(cert::Step step) const;
  const std::deque<Root>& roots() const { return given_ != nullptr ? given_->roots() : unknowns_; }
  /// By the rule `root`; only beside given data.
  void declare_root(const Words& step) const;
  /// The sign of a number without unknowns. Throws Undecided when it stays open.
  int sign_of_number(const Number& x) const;

 private:
  Ways& ways_;
  Steps& steps_;
  ShownFacts* given_;
  std::deque<Root> unknowns_;
  std::vector<std::string> names_;
  std::vector<Mat> vectors_;
  std::vector<Definition> definitions_;
  struct Assumption {
    Number p;
    Signs signs;  ///< that it may have
  };
  std::vector<Assumption> assumptions_;
  std::map<std::string, size_t> place_;  ///< of a polynomial with leading coefficient 1
  struct Kind {
    Mat m;
    Signs least;  ///< that its least eigenvalue may have: ≻ 0, or ⪰ 0 and singular, or not ⪰ 0
  };
  std::vector<Kind> kinds_;
  std::map<std::string, size_t> place_of_kind_;
  std::map<std::string, Number> values_;
  std::map<std::string, std::optional<Mat>> inverses_;

  /// Beside given data: x times even powers of the D of reciprocals and without squares of roots,
  /// which has the sign of x; so what is assumed there has no reciprocals. Else x.
  Number asked(Number x) const;
  Signs assumed(const Number& x) const;
  int known_sign(const Number& d) const;
  /// Whether this is a question about numbers that are given.
  bool given(const std::vector<Mat>& about) const;
  Signs take(Signs& known, const std::vector<Signs>& groups);
  Signs narrow(const Number& x, const Signs& one, const Signs& other);
  Signs& signs_of(const Number& x, bool& flipped);
  Kind& kind_of(const Mat& m);
  Number defined(const std::string& name, bool reciprocal, const Number& of);
  void assume(const Number& x, Signs signs);
  Signs narrow_kind(const Mat& m, const std::vector<Signs>& groups);
};

}  // namespace istcheck::check
