// Surds: finite sums Σ q_r √r with rational q_r and squarefree positive integers r.
//
// The square roots of distinct squarefree positive integers are linearly independent over the
// rationals (Besicovitch 1940), so the list of non-zero (r, q_r) sorted by r is canonical: two
// surds are equal exactly when their lists are, and a surd is zero exactly when its list is empty.
// A sign is therefore found by refining an enclosure of a number that is known not to be zero,
// which ends.
#pragma once

#include <map>
#include <string>

#include "exact/rational.hpp"

namespace istcheck {

class Surd {
 public:
  Surd() = default;
  Surd(int value) : Surd(Rational(value)) {}  // NOLINT: Eigen needs the implicit conversions
  Surd(Rational value);                       // NOLINT

  /// √x for x >= 0. Throws std::domain_error for x < 0. Factors numerator times denominator.
  static Surd sqrt_of(const Rational& x);

  /// squarefree r -> non-zero coefficient of √r, ascending in r; r = 1 is the rational part.
  const std::map<Integer, Rational>& terms() const { return terms_; }
  bool is_rational() const;
  /// The value when it is rational. Throws std::domain_error otherwise.
  Rational rational() const;
  /// -1, 0 or 1; always ends.
  int sign() const;
  /// 1 / *this, by multiplying with conjugates. Throws std::domain_error for zero.
  Surd inverse() const;
  /// The surd with √p replaced by −√p, for a prime p: a field automorphism.
  Surd conjugate(const Integer& prime) const;

  Surd& operator+=(const Surd& other);
  Surd& operator-=(const Surd& other);
  Surd& operator*=(const Surd& other);
  Surd& operator/=(const Surd& other);
  Surd operator-() const;
  friend Surd operator+(Surd a, const Surd& b) { return a += b; }
  friend Surd operator-(Surd a, const Surd& b) { return a -= b; }
  friend Surd operator*(Surd a, const Surd& b) { return a *= b; }
  friend Surd operator/(Surd a, const Surd& b) { return a /= b; }
  friend bool operator==(const Surd& a, const Surd& b) { return a.terms_ == b.terms_; }
  friend bool operator!=(const Surd& a, const Surd& b) { return !(a == b); }
  friend bool operator<(const Surd& a, const Surd& b) { return (a - b).sign() < 0; }
  friend bool operator>(const Surd& a, const Surd& b) { return b < a; }
  friend bool operator<=(const Surd& a, const Surd& b) { return !(b < a); }
  friend bool operator>=(const Surd& a, const Surd& b) { return !(a < b); }

 private:
  void add_term(const Integer& radicand, const Rational& coefficient);
  std::map<Integer, Rational> terms_;
};

int sign(const Surd& x);
double approximate(const Surd& x);
/// An interval [low, high] of width at most 2^-bits that contains x; low == high for a rational x.
std::pair<Rational, Rational> enclose(const Surd& x, long bits);
/// Rounded to nearest, as for rationals.
std::string decimal(const Surd& x, int digits = kDecimalDigits);
/// "1/2*sqrt(3) - 1".
std::string to_string(const Surd& x);
/// The primes that divide a radicand of one of the surds, ascending.
std::vector<Integer> primes_of(const Surd& x);

using SurdMatrix = Matrix<Surd>;
using SurdVector = Vector<Surd>;

template <>
inline constexpr bool kHasProduct<Surd> = true;
template <>
SurdMatrix product<Surd>(const ProductFactor<Surd>& a, const ProductFactor<Surd>& b);

bool is_rational(const SurdMatrix& m);
/// Throws std::domain_error when an entry is irrational.
RationalMatrix to_rational(const SurdMatrix& m);
SurdMatrix to_surd(const RationalMatrix& m);

}  // namespace istcheck

namespace Eigen {
template <>
struct NumTraits<istcheck::Surd> : GenericNumTraits<istcheck::Surd> {
  using Real = istcheck::Surd;
  using NonInteger = istcheck::Surd;
  using Nested = istcheck::Surd;
  using Literal = istcheck::Surd;
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 10,
    AddCost = 100,
    MulCost = 1000
  };
  static Real epsilon() { return 0; }
  static Real dummy_precision() { return 0; }
  static int digits10() { return 0; }
};
}  // namespace Eigen
