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

template class Matrix<Rational>;
template class Vector<Rational>;
template class Part<Rational>;
template class DiagonalPart<Rational>;
template class Filler<Rational>;
template class Matrix<Integer>;
template class Vector<Integer>;
template class Part<Integer>;
template class DiagonalPart<Integer>;
template class Filler<Integer>;
template class Matrix<int>;
template class Vector<int>;
template class Part<int>;
template class DiagonalPart<int>;
template class Filler<int>;
template class Matrix<long>;
template class Vector<long>;
template class Part<long>;
template class DiagonalPart<long>;
template class Filler<long>;
template class Matrix<double>;
template class Vector<double>;
template class Part<double>;
template class DiagonalPart<double>;
template class Filler<double>;

}  // namespace istcheck
