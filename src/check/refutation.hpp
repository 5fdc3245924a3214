// That assumptions about unknowns contradict each other: identities of polynomials.
#pragma once

#include "check/cells.hpp"

namespace istcheck::check {

/// Assumptions that no real numbers are to fulfil. `source` clears reciprocals and squares of
/// roots.
struct Impossible {
  std::vector<Fact> facts;  ///< f1, f2, …
  std::vector<Form> forms;
  const AssumedFacts& source;
  size_t splits = 0;  ///< how many case distinctions lead here
  Cells cells = {};   ///< of variables that `cells` has placed
  /// What reciprocals and roots are here.
  std::vector<Definition> definitions() const;
  /// As AssumedFacts::cleared.
  Number cleared(Number x, std::vector<unsigned>* powers = nullptr) const;
};

/// Takes steps until the assumptions are refuted: `form`, `minor`, `zeros` and `sign` add facts,
/// `cases` and `cells` tell cases apart, `sum` closes one. Throws Rejected.
void refute(Impossible assumptions, Steps& steps);

/// det M[I, I] for the rows I, which increase.
Number principal_minor(const Mat& m, const std::vector<size_t>& rows);
/// The value of a term of `sum`: c · f_i f_j … · p², or c · f_i f_j … · p when an equation is among
/// the factors. Throws std::out_of_range for a fact that is not there.
Number term_value(const Impossible& known, const Number& c, const std::vector<size_t>& factors,
                  const Number& p);
/// Whether all factors are > 0 and p is a rational other than 0, so that the value for c > 0 is >
/// 0.
bool term_is_strict(const Impossible& known, const std::vector<size_t>& factors, const Number& p);

}  // namespace istcheck::check
