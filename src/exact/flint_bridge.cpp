#include "exact/flint_bridge.hpp"

namespace istcheck::flint {

Integer to_integer(const fmpz_t x) {
  Integer result;
  fmpz_get_mpz(result.backend().data(), x);
  return result;
}

Rational to_rational(const fmpq_t x) {
  Rational result;
  fmpq_get_mpq(result.backend().data(), x);
  return result;
}

Integer common_denominator(const RationalMatrix& m) {
  Integer result = 1;
  for (Eigen::Index k = 0; k < m.size(); ++k) {
    mpz_srcptr den = mpq_denref(m.data()[k].backend().data());
    if (mpz_cmp_ui(den, 1) != 0) mpz_lcm(result.backend().data(), result.backend().data(), den);
  }
  return result;
}

FmpzMat cleared(const RationalMatrix& m, const Integer& scale) {
  FmpzMat result(m.rows(), m.cols());
  Integer factor;
  for (Eigen::Index i = 0; i < m.rows(); ++i)
    for (Eigen::Index j = 0; j < m.cols(); ++j) {
      mpq_srcptr q = m(i, j).backend().data();
      mpz_divexact(factor.backend().data(), scale.backend().data(), mpq_denref(q));
      mpz_mul(factor.backend().data(), factor.backend().data(), mpq_numref(q));
      fmpz_set_mpz(result.at(i, j), factor.backend().data());
    }
  return result;
}

RationalMatrix over(const FmpzMat& m, const Integer& scale) {
  RationalMatrix result(fmpz_mat_nrows(m.v), fmpz_mat_ncols(m.v));
  for (Eigen::Index i = 0; i < result.rows(); ++i)
    for (Eigen::Index j = 0; j < result.cols(); ++j) {
      mpq_ptr q = result(i, j).backend().data();
      fmpz_get_mpz(mpq_numref(q), m.at(i, j));
      mpz_set(mpq_denref(q), scale.backend().data());
      mpq_canonicalize(q);
    }
  return result;
}

}  // namespace istcheck::flint
