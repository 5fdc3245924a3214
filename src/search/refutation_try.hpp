// One try to refute assumptions about unknowns: products of them and squares, as one linear or
// semidefinite program for each weight.
#pragma once

#include "check/refutation.hpp"
#include "search/searchers.hpp"

namespace istcheck::search {

/// A refutation was not found, or the time was over.
class NotRefuted : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// How wide a try looks.
struct Effort {
  size_t factors;  ///< of a product of assumptions
  bool squares;    ///< also squares of unknowns and of sums and differences of two, times an
                   ///< assumption
  bool pairs;      ///< also forms at sums and differences of two vectors
  bool multiples;  ///< also the weights of an assumption times another
  unsigned gram =
      0;  ///< also sums of squares of monomials up to this degree, as semidefinite programs
  bool binomials = false;  ///< also squares of sums and differences of two products of unknowns
};

/// Steps that derive facts from forms, and the `sum` that ends the case; none when this effort
/// finds nothing. Throws NotRefuted when the time is over.
std::vector<cert::Step> try_to_refute(const check::Impossible& known, const Effort& effort,
                                      const Patience& patience);

}  // namespace istcheck::search
