#include "exact/products.hpp"

#include "exact/surd.hpp"

namespace istcheck {

template <>
RationalMatrix product<Rational>(const ProductFactor<Rational>& a,
                                 const ProductFactor<Rational>& b) {
  Rational term;  // its memory serves all terms
  return product_of<Rational>(a, b, [&](Rational& sum, const Rational& x, const Rational& y) {
    mpq_mul(term.backend().data(), x.backend().data(), y.backend().data());
    mpq_add(sum.backend().data(), sum.backend().data(), term.backend().data());
  });
}

template <>
SurdMatrix product<Surd>(const ProductFactor<Surd>& a, const ProductFactor<Surd>& b) {
  return product_of<Surd>(a, b, [](Surd& sum, const Surd& x, const Surd& y) { sum += x * y; });
}

}  // namespace istcheck
