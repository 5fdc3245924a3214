// A claim without the entries of its matrices: every quadratic or bilinear form becomes a free real
// number, and what is known of matrices is used by instances. "M ⪰ 0" becomes v'Mv ≥ 0 at the
// vectors v that occur: iterates, steps, arguments of norms and gradients, and the witnesses of a
// denied Loewner relation; a product of two such M that commute is one as well. Everything else
// that has no form here (determinants, entries, equality of matrices) is left out where it is a
// hypothesis. So what is asked is weaker than the claim's hypotheses: unsat covers the claim, in
// every dimension and mostly for every sketch, while a model may be spurious.
//
// Means over sketches are symbols (E[B L B]), but for the closed moments: C_i of mean c I has
// E[Cb] = c b̄; the scaled sketches of Theorem 2 make B̄ = I with E[C_i] = n^(-1/2) D_i^(-1/2).
// Forms of x[k+1] = x[k] − γ(B̄ x[k] − C̄b) are linked to those of x[k] by equations, where they have
// no mean in them.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "search/claim_walker.hpp"
#include "search/words.hpp"

namespace istcheck::search {

class Abstraction : public ClaimWalker {
 public:
  Abstraction(const Space& space, const Integers& integers);

  /// Throws Unencodable when nothing of the denied conclusion can be said.
  std::vector<Term> assertions();

 private:
  Words words_;
  std::map<std::string, WordSum> variables_;
  std::vector<WordSum> L_, D_, b_, C_;
  WordSum mean_L_, mean_D_, mean_b_, estimator_, estimator_constant_, start_;
  Term step_ = 0;
  struct Fact {
    WordSum matrix;
    bool strict;
    bool multiplies = true;  ///< also used in products with others
  };
  std::vector<Fact> facts_;
  std::vector<WordSum> vectors_;    ///< where facts are used
  std::vector<WordSum> witnesses_;  ///< the same, not zero
  std::map<std::tuple<WordSum, WordSum, bool>, Term> extremes_;
  int witness_ = 0;
  std::string left_out_;  ///< why something could not be said

  // abstraction.cpp
  void name_data();
  void name_sketch();
  void name_variables();
  static bool known(const claim::Expr& e);
  WordSum value(const claim::Expr& e);
  Term scalar(const claim::Expr& e) override { return number_of(value(e), e); }
  WordSum name(const claim::Expr& e);
  WordSum index(const claim::Expr& e);
  WordSum call(const claim::Expr& e);
  WordSum power(const claim::Expr& e);
  WordSum fold(const claim::Expr& e);
  Term extreme(const claim::Expr& e);

  // abstraction_rounds.cpp
  Term number_of(const WordSum& s, const claim::Expr& e);
  /// Forms without iterates and sketches as numbers.
  WordSum settled(const WordSum& s);
  WordSum expectation(const claim::Expr& e);
  WordSum over_rounds(const WordSum& s);
  WordSum unfolded(const Word& w, long k);
  void link_rounds();
  WordSum iterate(long k);
  WordSum estimate(const WordSum& x);
  WordSum fixed_point();
  WordSum occurs(const WordSum& v);
  std::vector<Term> instances();
  void use_products();

  // abstraction_statements.cpp
  Term relation(const claim::Expr& e, size_t k, bool positive) override;
  Term surely(const claim::Expr& body, bool positive) override { return formula(body, positive); }
  Term unwritten(const claim::Expr& e) override;
  Term comparison(const claim::Expr& e, size_t k, bool positive);
  Term loewner(const claim::Expr& e, size_t k, bool positive, bool assumed);
  WordSum side(const claim::Expr& e);
  Term assumption(const claim::Expr& e);
};

}  // namespace istcheck::search
