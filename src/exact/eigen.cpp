// Characteristic polynomials, extreme eigenvalues and spectral radii.
#include <stdexcept>

#include "exact/linalg.hpp"
#include "exact/polynomial.hpp"
#include <flint/fmpz_vec.h>

namespace istcheck {

using namespace flint;

namespace {

void require_square(Index rows, Index cols) {
  if (rows != cols) throw std::invalid_argument("eigenvalues need a square matrix");
}

void require_definite(bool definite) {
  if (!definite)
    throw std::domain_error("a generalised eigenvalue needs a positive definite matrix");
}

/// S ↦ M S Mᵀ on symmetric matrices in the basis of pairs i <= j; it leaves the PSD cone invariant
/// and its spectral radius is that of M squared.
SurdMatrix symmetric_square(const SurdMatrix& m) {
  const Index d = m.rows();
  const auto place = [d](Index i, Index j) { return i * d - i * (i - 1) / 2 + (j - i); };
  SurdMatrix result(d * (d + 1) / 2, d * (d + 1) / 2);
  for (Index k = 0; k < d; ++k)
    for (Index l = k; l < d; ++l)
      for (Index i = 0; i < d; ++i)
        for (Index j = i; j < d; ++j)
          result(place(i, j), place(k, l)) =
              k == l ? m(i, k) * m(j, k) : m(i, k) * m(j, l) + m(i, l) * m(j, k);
  return result;
}

std::vector<Surd> pencil_polynomial(const SurdMatrix& a, const SurdMatrix& b) {
  return characteristic_polynomial(*solve(b, a));
}

}  // namespace

Polynomial characteristic_polynomial(const RationalMatrix& a) {
  require_square(a.rows(), a.cols());
  // With c clearing denominators, det(y I − c A) at y = c x is c^d det(x I − A).
  const Integer c = common_denominator(a);
  const FmpzMat integral = cleared(a, c);
  FmpzPoly p;
  fmpz_mat_charpoly(p.v, integral.v);
  const Fmpz factor(c);
  Fmpz power(Integer(1));
  for (slong k = 0; k < fmpz_poly_length(p.v); ++k) {
    fmpz* coefficient = fmpz_poly_get_coeff_ptr(p.v, k);
    fmpz_mul(coefficient, coefficient, power.v);
    fmpz_mul(power.v, power.v, factor.v);
  }
  fmpz_poly_primitive_part(p.v, p.v);
  return from_flint(p);
}

std::vector<Surd> characteristic_polynomial(const SurdMatrix& a) {
  require_square(a.rows(), a.cols());
  // Faddeev and LeVerrier: M_1 = I, c_{d-k} = −tr(A M_k)/k, M_{k+1} = A M_k + c_{d-k} I.
  const Index d = a.rows();
  std::vector<Surd> c(static_cast<size_t>(d) + 1);
  c.back() = Surd(1);
  SurdMatrix m = SurdMatrix::Identity(d, d);
  for (Index k = 1; k <= d; ++k) {
    m = (a * m).eval();
    const Surd coefficient = -m.trace() * Surd(Rational(Integer(1), Integer(k)));
    c[static_cast<size_t>(d - k)] = coefficient;
    m.diagonal() += coefficient;
  }
  return c;
}

Polynomial pencil_polynomial(const RationalMatrix& a, const RationalMatrix& b) {
  require_square(a.rows(), a.cols());
  if (b.rows() != a.rows() || b.cols() != a.cols())
    throw std::invalid_argument("a pencil needs matrices of one size");
  const Index d = a.rows();
  if (b == RationalMatrix::Identity(d, d)) return characteristic_polynomial(a);
  const Integer c = lcm(common_denominator(a), common_denominator(b));
  const FmpzMat left = cleared(a, c), right = cleared(b, c);
  // det(x B − A) has integer coefficients and degree at most d, so d + 1 values determine it.
  fmpz* points = _fmpz_vec_init(d + 1);
  fmpz* values = _fmpz_vec_init(d + 1);
  FmpzMat m(d, d);
  for (Index k = 0; k <= d; ++k) {
    fmpz_set_si(points + k, k - d / 2);
    fmpz_mat_scalar_mul_fmpz(m.v, right.v, points + k);
    fmpz_mat_sub(m.v, m.v, left.v);
    fmpz_mat_det(values + k, m.v);
  }
  FmpzPoly p;
  fmpz_poly_interpolate_fmpz_vec(p.v, points, values, d + 1);
  _fmpz_vec_clear(points, d + 1);
  _fmpz_vec_clear(values, d + 1);
  fmpz_poly_primitive_part(p.v, p.v);
  return from_flint(p);
}

std::optional<std::vector<Algebraic>> pencil_roots(const RationalMatrix& a,
                                                   const RationalMatrix& b) {
  const Polynomial p = pencil_polynomial(a, b);
  return p.empty() ? std::nullopt : std::optional(real_roots(p));
}

/// The polynomial by Newton's divided differences at 0, 1, …, d.
std::optional<std::vector<Algebraic>> pencil_roots(const SurdMatrix& a, const SurdMatrix& b) {
  if (is_rational(a) && is_rational(b)) return pencil_roots(to_rational(a), to_rational(b));
  require_square(a.rows(), a.cols());
  std::vector<Surd> c;
  for (int k = 0; k <= static_cast<int>(a.rows()); ++k) {
    const SurdMatrix m = b * Surd(k) - a;
    const Surd det = characteristic_polynomial(m).front();
    c.push_back(a.rows() % 2 == 0 ? det : -det);
  }
  for (size_t order = 1; order < c.size(); ++order)
    for (size_t k = c.size(); k-- > order;)
      c[k] = (c[k] - c[k - 1]) * Surd(Rational(Integer(1), Integer(order)));
  std::vector<Surd> p;
  for (size_t k = c.size(); k-- > 0;) {  // p (x − k) + c_k
    p.insert(p.begin(), Surd(0));
    for (size_t j = 0; j + 1 < p.size(); ++j) p[j] -= Surd(static_cast<int>(k)) * p[j + 1];
    p.front() += c[k];
  }
  while (!p.empty() && p.back() == Surd(0)) p.pop_back();
  return p.empty() ? std::nullopt : std::optional(real_roots(from_flint(norm(p))));
}

Algebraic largest_eigenvalue(const RationalMatrix& a, const RationalMatrix& b) {
  require_definite(is_positive_definite(b));
  return largest_real_root(pencil_polynomial(a, b));
}

Algebraic largest_eigenvalue(const RationalMatrix& a) {
  return largest_real_root(characteristic_polynomial(a));
}

Algebraic largest_eigenvalue(const SurdMatrix& a, const SurdMatrix& b) {
  if (is_rational(a) && is_rational(b)) return largest_eigenvalue(to_rational(a), to_rational(b));
  require_definite(is_positive_definite(b));
  return largest_real_root(pencil_polynomial(a, b));
}

Algebraic smallest_eigenvalue(const RationalMatrix& a, const RationalMatrix& b) {
  return largest_eigenvalue(RationalMatrix(-a), b).affine(-1, 0);
}

Algebraic smallest_eigenvalue(const SurdMatrix& a, const SurdMatrix& b) {
  return largest_eigenvalue(SurdMatrix(-a), b).affine(-1, 0);
}

Algebraic spectral_radius(const RationalMatrix& a) {
  return largest_root_modulus(characteristic_polynomial(a));
}

Algebraic spectral_radius(const SurdMatrix& a) {
  if (is_rational(a)) return spectral_radius(to_rational(a));
  return cone_spectral_radius(symmetric_square(a)).square_root();
}

Algebraic cone_spectral_radius(const RationalMatrix& a) {
  return largest_real_root(characteristic_polynomial(a));
}

Algebraic cone_spectral_radius(const SurdMatrix& a) {
  if (is_rational(a)) return cone_spectral_radius(to_rational(a));
  return largest_real_root(characteristic_polynomial(a));
}

}  // namespace istcheck
