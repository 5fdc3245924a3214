// What a try to refute assumptions works with: the assumptions and facts derived from forms, with
// linear equations put in, and without reciprocals and roots where a sum is to vanish.
#pragma once

#include <set>

#include "check/refutation.hpp"
#include "search/elimination.hpp"

namespace istcheck::search {

class Premises {
 public:
  /// Derives facts from the forms; with `pairs` also at sums and differences of two vectors.
  Premises(const check::Impossible& known, bool pairs);

  /// The assumptions and then what is derived, with linear equations put in.
  const check::Impossible& known() const { return known_; }
  const std::vector<check::Fact>& facts() const { return known_.facts; }
  size_t given() const { return known_.facts.size() - derivations_.size(); }
  /// The step of the certificate that derives a fact which is not given.
  const cert::Step& derivation(size_t fact) const { return derivations_.at(fact - given()); }
  bool equation(size_t fact) const { return facts()[fact].is == check::Fact::Is::zero; }
  /// Whether a fact is not idle and speaks of unknowns that assumptions connect with those of the
  /// last one.
  bool used(size_t fact) const { return used_[fact] != 0; }
  /// u·D − 1 for reciprocals, u² − D for roots: what vanishes by definition.
  const std::vector<check::Number>& definitions() const { return definitions_; }
  /// Unknowns that stand for no reciprocal or root, those of the last assumption first.
  std::vector<check::Number> free_unknowns() const;

  /// What AssumedFacts::cleared gives, with linear equations put in: so they are put into the small
  /// definitions u·D − 1 and u² − D, and not into the large results.
  check::Number cleared(check::Number x, std::vector<unsigned>& powers) const;
  bool any_put_in() const { return elimination_.any(); }
  /// The value of a term as it stands, without equations put in.
  check::Number value_as_given(const Rational& c, const std::vector<size_t>& factors,
                               const check::Number& p) const {
    return check::term_value(original_, c, factors, p);
  }
  /// For a sum as it stands that vanishes with the equations put in: the q_f of equations f with
  /// sum = Σ_f f · q_f. Clearing multiplies by powers of D = 1/u, so what is found then gets those
  /// of u.
  std::map<size_t, check::Number> multiples(const check::Number& sum) const;

 private:
  check::Impossible known_;
  check::Impossible original_;  ///< with what is derived, as it stands
  const Elimination elimination_;
  std::vector<check::Number> definitions_;
  std::vector<cert::Step> derivations_;
  std::set<size_t> relevant_;  ///< unknowns
  std::vector<char> used_;

  std::vector<check::Mat> vectors(bool pairs) const;
  void derive(bool pairs);
  void keep(std::vector<std::string> words, check::Fact::Is is, const check::Number& original);
  std::vector<const check::Root*> defined() const;
};

/// More terms than this make a product useless.
constexpr size_t kLargestProduct = 4000;

}  // namespace istcheck::search
