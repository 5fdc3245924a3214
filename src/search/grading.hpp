// Degrees that given polynomials have: all ways to weigh the unknowns so that each polynomial is
// homogeneous. A sum of products vanishes exactly when its parts of each weight do, so a search for
// one may stay within one weight.
#pragma once

#include <optional>
#include <vector>

#include "check/number.hpp"

namespace istcheck::search {

using Weight = std::vector<Rational>;

class Grading {
 public:
  /// O(monomials · unknowns²).
  Grading(const std::vector<check::Number>& polynomials, size_t unknowns);
  /// The common weight of all monomials, one number for each independent grading; nothing when they
  /// differ. That of 0 counts as none, (0, 0, …).
  std::optional<Weight> weight(const check::Number& x) const;

 private:
  std::vector<Weight> of_unknown_;  ///< by index − 1
  Weight weight_of(const check::Monomial& m) const;
  size_t count_ = 0;
};

Weight operator+(const Weight& a, const Weight& b);
Weight operator-(const Weight& a, const Weight& b);

}  // namespace istcheck::search
