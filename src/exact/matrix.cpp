#include "exact/matrix.hpp"

#include "exact/matrix_code.hpp"
#include "exact/rational.hpp"

namespace istcheck {

template <>
struct matrix_code::Products<Rational> {
  Rational term;  // its memory serves all terms
  void add(Rational& sum, const Rational& a, const Rational& b) {
    mpq_mul(term.raw(), a.raw(), b.raw());
    mpq_add(sum.raw(), sum.raw(), term.raw());
  }
};

ISTCHECK_MATRICES(, Rational);
ISTCHECK_MATRICES(, Integer);
ISTCHECK_MATRICES(, int);
ISTCHECK_MATRICES(, long);
ISTCHECK_MATRICES(, double);

}  // namespace istcheck
