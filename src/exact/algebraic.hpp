// Real algebraic numbers, and the extreme real roots of polynomials.
//
// An algebraic number is an integer polynomial without repeated factors together with an interval
// with rational ends that contains exactly one of its real roots. Everything that decides is exact:
// signs of integer polynomials at rational points, greatest common divisors and Descartes' rule.
// Floating enclosures only propose where to look.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "exact/rational.hpp"
#include "exact/surd.hpp"

namespace istcheck {

/// Integer coefficients, lowest degree first, no trailing zero; the zero polynomial is empty.
using Polynomial = std::vector<Integer>;

class Algebraic {
 public:
  Algebraic(const Rational& value);  // NOLINT: a rational number is an algebraic number
  /// The only real root of `p` in the open interval (low, high). `p` need not be irreducible.
  /// Throws std::domain_error unless p changes sign over the interval and p(low) p(high) ≠ 0.
  Algebraic(const Polynomial& p, const Rational& low, const Rational& high);
  explicit Algebraic(const Surd& value);

  bool is_rational() const;
  /// The value when it is rational. Throws std::domain_error otherwise.
  Rational rational() const;
  /// The minimal polynomial: irreducible, primitive, positive leading coefficient.
  Polynomial minimal_polynomial() const;
  /// An isolating interval for the minimal polynomial, of width at most 2^-bits. low == high
  /// exactly when the number is rational.
  std::pair<Rational, Rational> enclose(long bits) const;
  int sign() const;
  /// scale · x + shift.
  Algebraic affine(const Rational& scale, const Rational& shift) const;
  /// √x for x >= 0. Throws std::domain_error for x < 0.
  Algebraic square_root() const;

  friend int compare(const Algebraic& a, const Algebraic& b);

 private:
  struct Root;
  explicit Algebraic(std::shared_ptr<Root> root) : root_(std::move(root)) {}
  std::shared_ptr<Root> root_;  // immutable in value; its interval shrinks as it is asked for
};

/// -1, 0 or 1: the sign of a − b. Exact, equality included.
int compare(const Algebraic& a, const Algebraic& b);
/// The number as a surd, when its degree is one or two and the discriminant not too long to factor.
std::optional<Surd> as_surd(const Algebraic& x);
inline bool operator==(const Algebraic& a, const Algebraic& b) { return compare(a, b) == 0; }
inline bool operator<(const Algebraic& a, const Algebraic& b) { return compare(a, b) < 0; }
inline bool operator<=(const Algebraic& a, const Algebraic& b) { return compare(a, b) <= 0; }
inline bool operator>(const Algebraic& a, const Algebraic& b) { return compare(a, b) > 0; }
inline bool operator>=(const Algebraic& a, const Algebraic& b) { return compare(a, b) >= 0; }

/// Whether Horner's rule on [low, high] shows that p' has no zero there, so that p has at most one.
bool monotone_between(const Polynomial& p, const Rational& low, const Rational& high);
/// An isolating interval of an irrational x on which its minimal polynomial is monotone in this
/// sense, with ends that are short in binary.
std::pair<Rational, Rational> monotone_interval(const Algebraic& x);

std::string decimal(const Algebraic& x, int digits = kDecimalDigits);
double approximate(const Algebraic& x);

/// The largest real root of p. Throws std::domain_error when p has no real root or is constant.
/// Fast when no other root has a larger real part (real-rooted polynomials; characteristic
/// polynomials of maps that leave a cone invariant); right in every case.
Algebraic largest_real_root(const Polynomial& p);
/// The smallest real root of p, by the largest of p(−x).
Algebraic smallest_real_root(const Polynomial& p);
/// All real roots of p ≠ 0, ascending.
std::vector<Algebraic> real_roots(const Polynomial& p);
/// The same for Σ p[k] x^k ≠ 0 with surd coefficients; with irrational ones perhaps others among
/// them.
std::vector<Algebraic> real_roots(const std::vector<Surd>& p);
/// The largest real root of Σ p[k] x^k with surd coefficients, when all real parts of its other
/// roots are smaller (as above). Throws std::domain_error when it cannot isolate one.
Algebraic largest_real_root(const std::vector<Surd>& p);
/// The largest absolute value among the complex roots of p (degree at least 1).
Algebraic largest_root_modulus(const Polynomial& p);

}  // namespace istcheck
