// Integer polynomials in FLINT: exact signs, substitution and Descartes' rule. Private to exact/.
#pragma once

#include <flint/fmpz_poly.h>

#include "exact/algebraic.hpp"
#include "exact/flint_bridge.hpp"

namespace istcheck::flint {

FmpzPoly to_flint(const Polynomial& p);
Polynomial from_flint(const FmpzPoly& p);

/// Primitive, with a positive leading coefficient; p ≠ 0.
void make_primitive(FmpzPoly& p);

/// Primitive, positive leading coefficient, the same roots each once. Throws std::domain_error for
/// the zero polynomial, of which every number is a root.
FmpzPoly squarefree_part(const FmpzPoly& p);

/// The sign of p(x).
int sign_at(const FmpzPoly& p, const Rational& x);

/// p(scale · x + shift) times a positive rational number.
FmpzPoly substitute(const FmpzPoly& p, const Rational& scale, const Rational& shift);

/// Descartes: at least the number of roots of p in (c, ∞) with multiplicity, and of the same
/// parity.
int variations_beyond(const FmpzPoly& p, const Rational& c);

/// Descartes for an interval: at least the number of roots in (low, high), and of the same parity.
int variations_between(const FmpzPoly& p, const Rational& low, const Rational& high);

/// Adds the roots of a squarefree p in (low, high), sorted, p(low) p(high) ≠ 0: bisection until
/// Descartes' rule leaves one or none.
void add_roots(const FmpzPoly& p, const Rational& low, const Rational& high,
               std::vector<Algebraic>& roots);

/// The number of sign changes in a sequence, zeros left out.
template <class Signs>
int sign_changes(size_t count, const Signs& sign_of) {
  int changes = 0, last = 0;
  for (size_t k = 0; k < count; ++k) {
    const int s = sign_of(k);
    if (s == 0) continue;
    if (last != 0 && s != last) ++changes;
    last = s;
  }
  return changes;
}

/// Σ p[k] x^k with surd coefficients times all its conjugates (every choice of signs of the square
/// roots, and of roots in the place of α), made squarefree: a rational polynomial that has all
/// roots of p.
FmpzPoly norm(std::vector<Surd> p);

Rational power_of_two(long exponent);
/// e with 2^(e-1) < |x| < 2^(e+1), for x ≠ 0.
long binary_exponent(const Rational& x);
/// x rounded down to a multiple of 2^-bits.
Rational floor_to(const Rational& x, long bits);

}  // namespace istcheck::flint
