// Surds: finite sums Σ q √r α^k with rational q, squarefree positive integers r, and powers of one
// real algebraic number α. Most have no α; numbers with different ones do
// not meet.
//
// The square roots of distinct squarefree positive integers are linearly independent over the
// rationals (Besicovitch 1940), so without α the list of non-zero (r, q_r) sorted by r is
// canonical: two surds are equal exactly when their lists are, and a surd is zero exactly when its
// list is empty. A sign is therefore found by refining an enclosure of a number that is known not
// to be zero, which ends.
//
// With α: over K = Q(α), the square roots of rational numbers that differ by no square of K are
// linearly independent (Kummer theory). So the products √r α^k, k below the degree of α, are
// independent over the rationals for numbers r that differ so. The h with √h in K form a group H
// modulo squares (NumberField::squares); where it is not trivial, √r is written by the least r' in
// its class r H, √r = √h √r' / gcd(h, r'), and √h in powers of α. The list stays canonical.
//
// A surd may also hold *unknowns*, real numbers that are not chosen: then it is a polynomial in
// them, with such sums as coefficients, and its list is canonical as one. What its sign is, whether
// it is positive, and what its reciprocal is, answers the Assumptions of the thread (unknowns.hpp).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "exact/rational.hpp"

namespace istcheck {

class NumberField;

/// Numbers of unknowns, ascending, with their exponents >= 1; empty for 1.
using UnknownPowers = std::vector<std::pair<unsigned, unsigned>>;

/// √radicand α^power times powers of unknowns, for a squarefree radicand >= 1.
struct Irrational {
  Integer radicand = 1;
  unsigned power = 0;
  UnknownPowers unknowns = {};

  bool is_one() const { return power == 0 && unknowns.empty() && radicand == 1; }
  friend bool operator==(const Irrational& a, const Irrational& b) {
    return a.power == b.power && a.radicand == b.radicand && a.unknowns == b.unknowns;
  }
  friend bool operator<(const Irrational& a, const Irrational& b) {
    return std::tie(a.unknowns, a.radicand, a.power) < std::tie(b.unknowns, b.radicand, b.power);
  }
};
/// "alpha^2*sqrt(3)", "u1^2*sqrt(3)"; "1" for 1.
std::string to_string(const Irrational& x);

class Surd {
 public:
  using Field = std::shared_ptr<const NumberField>;

  Surd() = default;
  Surd(int value) : Surd(Rational(value)) {}  // NOLINT: numbers are written as numbers
  Surd(Rational value);                       // NOLINT

  /// √x for x >= 0. Throws std::domain_error for x < 0. Factors numerator times denominator.
  static Surd sqrt_of(const Rational& x);

  /// The unknown of that number.
  static Surd unknown(unsigned number);

  /// q √r α^k, times unknowns, for the α of a field; null when k = 0.
  static Surd basis_number(const Irrational& b, const Field& field, const Rational& q = 1);

  /// √r α^k -> its non-zero coefficient, ascending; the rational part comes first.
  const std::map<Irrational, Rational>& terms() const { return terms_; }
  /// Whose generator α is; null when there is no power of α.
  const Field& field() const { return field_; }
  bool is_rational() const;
  bool has_unknowns() const { return !terms_.empty() && !terms_.rbegin()->first.unknowns.empty(); }
  /// The same list: what == says, also of numbers of two fields.
  bool identical(const Surd& other) const {
    return terms_ == other.terms_ && field_ == other.field_;
  }
  /// The value when it is rational. Throws std::domain_error otherwise.
  Rational rational() const;
  /// -1, 0 or 1; always ends. With unknowns: as the Assumptions answer.
  int sign() const;
  /// 1 / *this, by multiplying with conjugates, or with α by a linear system; with unknowns what
  /// the Assumptions give. Throws std::domain_error for zero.
  Surd inverse() const;
  /// The surd with √p replaced by −√p, for a prime p: a field automorphism where there is no α.
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
  /// With unknowns: the same polynomial. (Whether two numbers are the same, say Assumptions.)
  friend bool operator==(const Surd& a, const Surd& b) {
    return a.field_ == b.field_ ? a.terms_ == b.terms_ : (a - b).terms_.empty();
  }
  friend bool operator!=(const Surd& a, const Surd& b) { return !(a == b); }
  friend bool operator<(const Surd& a, const Surd& b) { return (a - b).sign() < 0; }
  friend bool operator>(const Surd& a, const Surd& b) { return b < a; }
  friend bool operator<=(const Surd& a, const Surd& b) { return !(b < a); }
  friend bool operator>=(const Surd& a, const Surd& b) { return !(a < b); }

 private:
  void enter(const Field& field);
  void add_term(const Irrational& b, const Rational& coefficient);
  void add_product(const Irrational& a, const Irrational& b, const Rational& coefficient);
  void settle();
  std::map<Irrational, Rational> terms_;
  Field field_;
};

int sign(const Surd& x);
double approximate(const Surd& x);
/// An interval [low, high] of width at most 2^-bits that contains x; low == high for a rational x.
std::pair<Rational, Rational> enclose(const Surd& x, long bits);
/// Rounded to nearest, as for rationals.
std::string decimal(const Surd& x, int digits = kDecimalDigits);
/// "1/2*sqrt(3) - 1", "alpha^2 - 1".
std::string to_string(const Surd& x);
/// The primes that divide a radicand, ascending.
std::vector<Integer> primes_of(const Surd& x);
/// For numbers with the same α: the least list of independent products √r α^k, 1 the first, whose
/// rational combinations hold them and are closed under multiplication.
std::vector<Irrational> closed_basis(const std::vector<Surd>& numbers);
/// The matrix of M ↦ x M on such a basis: column j has the coordinates of x b_j.
Matrix<Rational> multiplication(const Surd& x, const std::vector<Irrational>& basis,
                                const Surd::Field& field);

using SurdMatrix = Matrix<Surd>;
using SurdVector = Vector<Surd>;

ISTCHECK_MATRICES(extern, Surd);

bool is_rational(const SurdMatrix& m);
bool has_unknowns(const SurdMatrix& m);
/// Throws std::domain_error when an entry is irrational.
RationalMatrix to_rational(const SurdMatrix& m);
SurdMatrix to_surd(const RationalMatrix& m);

/// The same matrix with entries of S, Rational or Surd.
template <class S>
Matrix<S> cast(const RationalMatrix& m) {
  return m.unaryExpr([](const Rational& x) { return S(x); });
}

/// The rational matrices M_b with M = Σ b M_b over the products b = √r α^k that occur.
std::map<Irrational, RationalMatrix> parts_of(const SurdMatrix& m);
/// The α of the entries; null when there is none.
Surd::Field field_of(const SurdMatrix& m);
/// A linear map of rational matrices to matrices with r rows and c columns, applied to every part.
SurdMatrix by_parts(const SurdMatrix& m, Index r, Index c,
                    const std::function<SurdMatrix(const RationalMatrix&)>& map);

}  // namespace istcheck
