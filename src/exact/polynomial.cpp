#include "exact/polynomial.hpp"

#include <algorithm>
#include <stdexcept>

#include "exact/linalg.hpp"
#include <flint/fmpq_poly.h>

namespace istcheck::flint {

FmpzPoly to_flint(const Polynomial& p) {
  FmpzPoly result;
  for (size_t k = 0; k < p.size(); ++k)
    fmpz_poly_set_coeff_fmpz(result.v, static_cast<slong>(k), Fmpz(p[k]).v);
  return result;
}

Polynomial from_flint(const FmpzPoly& p) {
  Polynomial result(static_cast<size_t>(fmpz_poly_length(p.v)));
  for (size_t k = 0; k < result.size(); ++k)
    fmpz_get_mpz(result[k].raw(), fmpz_poly_get_coeff_ptr(p.v, static_cast<slong>(k)));
  return result;
}

void make_primitive(FmpzPoly& p) {
  fmpz_poly_primitive_part(p.v, p.v);
  if (fmpz_sgn(fmpz_poly_lead(p.v)) < 0) fmpz_poly_neg(p.v, p.v);
}

FmpzPoly squarefree_part(const FmpzPoly& p) {
  if (fmpz_poly_is_zero(p.v)) throw std::domain_error("the zero polynomial isolates no root");
  FmpzPoly derivative, common, result;
  fmpz_poly_derivative(derivative.v, p.v);
  fmpz_poly_gcd(common.v, p.v, derivative.v);
  fmpz_poly_div(result.v, p.v, common.v);
  make_primitive(result);
  return result;
}

int sign_at(const FmpzPoly& p, const Rational& x) {
  Fmpq value;
  fmpz_poly_evaluate_fmpq(value.v, p.v, Fmpq(x).v);
  return fmpq_sgn(value.v);
}

FmpzPoly substitute(const FmpzPoly& p, const Rational& scale, const Rational& shift) {
  fmpq_poly_t f, line;
  fmpq_poly_init(f);
  fmpq_poly_init(line);
  fmpq_poly_set_fmpz_poly(f, p.v);
  fmpq_poly_set_coeff_fmpq(line, 0, Fmpq(shift).v);
  fmpq_poly_set_coeff_fmpq(line, 1, Fmpq(scale).v);
  fmpq_poly_compose(f, f, line);
  FmpzPoly result;
  fmpq_poly_get_numerator(result.v, f);
  fmpq_poly_clear(f);
  fmpq_poly_clear(line);
  return result;
}

int variations_beyond(const FmpzPoly& p, const Rational& c) {
  const FmpzPoly shifted = substitute(p, 1, c);
  return sign_changes(static_cast<size_t>(fmpz_poly_length(shifted.v)), [&](size_t k) {
    return fmpz_sgn(fmpz_poly_get_coeff_ptr(shifted.v, static_cast<slong>(k)));
  });
}

int variations_between(const FmpzPoly& p, const Rational& low, const Rational& high) {
  // y ↦ low + (high − low) / (1 + y) maps (0, ∞) onto (low, high).
  FmpzPoly q = substitute(p, high - low, low);
  const slong length = fmpz_poly_length(p.v);
  fmpz_poly_reverse(q.v, q.v, length);
  const Fmpz one(Integer(1));
  fmpz_poly_taylor_shift(q.v, q.v, one.v);
  return sign_changes(static_cast<size_t>(fmpz_poly_length(q.v)), [&](size_t k) {
    return fmpz_sgn(fmpz_poly_get_coeff_ptr(q.v, static_cast<slong>(k)));
  });
}

Rational power_of_two(long exponent) {
  const Integer power = Integer(1) << static_cast<unsigned>(std::abs(exponent));
  return exponent < 0 ? Rational(Integer(1), power) : Rational(power);
}

long binary_exponent(const Rational& x) {
  return static_cast<long>(msb(Integer(abs(numerator(x))))) -
         static_cast<long>(msb(denominator(x)));
}

Rational floor_to(const Rational& x, long bits) {
  const Rational scaled = x * power_of_two(bits);
  Integer quotient;
  mpz_fdiv_q(quotient.raw(), mpq_numref(scaled.raw()), mpq_denref(scaled.raw()));
  return Rational(quotient) * power_of_two(-bits);
}

namespace {

std::vector<Surd> multiply(const std::vector<Surd>& a, const std::vector<Surd>& b) {
  std::vector<Surd> product(a.size() + b.size() - 1);
  for (size_t i = 0; i < a.size(); ++i)
    for (size_t j = 0; j < b.size(); ++j) product[i + j] += a[i] * b[j];
  return product;
}

/// Integer coefficients with the same roots.
FmpzPoly cleared(const RationalMatrix& row) {
  const Integer scale = common_denominator(row);
  Polynomial integral;
  for (Index k = 0; k < row.cols(); ++k)
    integral.push_back(numerator(Rational(row(0, k) * Rational(scale))));
  return squarefree_part(to_flint(integral));
}

/// The norm where powers of α occur: at each t the determinant of multiplication with p(t), a
/// polynomial in t of degree D (length of p − 1) for a basis of D products. Interpolated from its
/// values at 0, 1, ….
FmpzPoly norm_over_field(const std::vector<Surd>& p, const Surd::Field& field) {
  const auto basis = closed_basis(p);
  const auto size = static_cast<Index>(basis.size());
  std::vector<RationalMatrix> images;
  for (const Surd& c : p) images.push_back(multiplication(c, basis, field));
  const Index count = size * (static_cast<Index>(p.size()) - 1) + 1;
  RationalMatrix powers(count, count), values(count, 1);
  for (Index t = 0; t < count; ++t) {
    RationalMatrix m = RationalMatrix::Zero(size, size);
    for (size_t k = images.size(); k-- > 0;) m = RationalMatrix(m * Rational(t) + images[k]);
    FmpqMat flint(size, size);
    for (Index i = 0; i < size; ++i)
      for (Index j = 0; j < size; ++j) fmpq_set(fmpq_mat_entry(flint.v, i, j), Fmpq(m(i, j)).v);
    Fmpq det;
    fmpq_mat_det(det.v, flint.v);
    values(t, 0) = to_rational(det.v);
    powers(t, 0) = 1;
    for (Index k = 1; k < count; ++k) powers(t, k) = powers(t, k - 1) * Rational(t);
  }
  return cleared(solve(powers, values).value().transpose());
}

}  // namespace

FmpzPoly norm(std::vector<Surd> p) {
  std::vector<Integer> primes;
  for (const Surd& c : p) {
    if (c.field() != nullptr) return norm_over_field(p, c.field());
    for (const Integer& prime : primes_of(c)) primes.push_back(prime);
  }
  std::sort(primes.begin(), primes.end());
  primes.erase(std::unique(primes.begin(), primes.end()), primes.end());
  for (const Integer& prime : primes) {
    std::vector<Surd> conjugated;
    for (const Surd& c : p) conjugated.push_back(c.conjugate(prime));
    p = multiply(p, conjugated);
  }
  RationalMatrix row(1, static_cast<Index>(p.size()));
  for (size_t k = 0; k < p.size(); ++k) row(0, static_cast<Index>(k)) = p[k].rational();
  return cleared(row);
}

}  // namespace istcheck::flint
