// Linear equations among assumptions, solved for unknowns and put into everything else.
//
// A setting such as L_i = L_1 gives equations x − y = 0. A search among products of assumptions
// would have to find each of their multiples; it is simpler to search with x replaced by y, and to
// add the multiples afterwards: what vanishes after the replacement is a combination of the
// equations.
#pragma once

#include <map>

#include "check/refutation.hpp"

namespace istcheck::search {

class Elimination {
 public:
  /// Solves each equation for its last unknown that it has with a rational coefficient and that
  /// stands for no reciprocal or root.
  explicit Elimination(const check::Impossible& known);

  bool any() const { return !solved_.empty(); }
  /// With the solved unknowns replaced.
  check::Number reduced(const check::Number& x) const;
  check::Mat reduced(const check::Mat& m) const;
  /// The q_f with x = Σ_f f · q_f + reduced(x), f by its number among the assumptions, from 0.
  std::map<size_t, check::Number> multiples(check::Number x) const;

 private:
  struct Solved {
    const check::Root* unknown;
    check::Number value;  ///< free of all solved unknowns up to this one
    /// unknown − value as Σ_f f · of_facts_f.
    std::map<size_t, check::Number> of_facts;
  };
  std::vector<Solved> solved_;
};

}  // namespace istcheck::search
