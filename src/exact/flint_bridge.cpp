#include "exact/flint_bridge.hpp"

namespace istcheck::flint {

Integer to_integer(const fmpz_t x) {
  Integer result;
  fmpz_get_mpz(result.raw(), x);
  return result;
}

Rational to_rational(const fmpq_t x) {
  Rational result;
  fmpq_get_mpq(result.raw(), x);
  return result;
}

void join_denominator(Integer& common, const Rational& q) {
  mpz_ptr c = common.raw();
  mpz_srcptr den = mpq_denref(q.raw());
  const bool words = mpz_size(c) == 1 && mpz_size(den) == 1;
  if (words && mpz_getlimbn(den, 0) == 1) return;
  if (words ? mpz_getlimbn(c, 0) % mpz_getlimbn(den, 0) != 0 : !mpz_divisible_p(c, den))
    mpz_lcm(c, c, den);
}

void set_cleared(fmpz* entry, const Rational& q, const Integer& scale) {
  mpq_srcptr x = q.raw();
  mpz_srcptr c = scale.raw();
  if (mpq_sgn(x) == 0) {
    fmpz_zero(entry);
    return;
  }
  if (mpz_size(c) == 1) {  // one word, and so is every denominator that divides it
    const mp_limb_t factor = mpz_getlimbn(c, 0) / mpz_getlimbn(mpq_denref(x), 0);
    mp_limb_t product;
    if (mpz_size(mpq_numref(x)) == 1 &&
        !__builtin_mul_overflow(mpz_getlimbn(mpq_numref(x), 0), factor, &product) &&
        product <= COEFF_MAX) {
      fmpz_set_si(entry, mpq_sgn(x) * static_cast<slong>(product));
      return;
    }
    fmpz_set_mpz(entry, mpq_numref(x));
    fmpz_mul_ui(entry, entry, factor);
    return;
  }
  fmpz_set_mpz(entry, mpq_numref(x));
  Integer factor;
  mpz_divexact(factor.raw(), c, mpq_denref(x));
  fmpz_mul(entry, entry, Fmpz(factor).v);
}

Integer common_denominator(const RationalMatrix& m) {
  Integer result = 1;
  for (Index k = 0; k < m.size(); ++k) join_denominator(result, m.data()[k]);
  return result;
}

FmpzMat cleared(const RationalMatrix& m, const Integer& scale) {
  FmpzMat result(m.rows(), m.cols());
  for (Index j = 0; j < m.cols(); ++j)
    for (Index i = 0; i < m.rows(); ++i) set_cleared(result.at(i, j), m(i, j), scale);
  return result;
}

RationalMatrix over(const FmpzMat& m, const Integer& scale) {
  RationalMatrix result(fmpz_mat_nrows(m.v), fmpz_mat_ncols(m.v));
  for (Index i = 0; i < result.rows(); ++i)
    for (Index j = 0; j < result.cols(); ++j) {
      mpq_ptr q = result(i, j).raw();
      fmpz_get_mpz(mpq_numref(q), m.at(i, j));
      mpz_set(mpq_denref(q), scale.raw());
      mpq_canonicalize(q);
    }
  return result;
}

}  // namespace istcheck::flint
