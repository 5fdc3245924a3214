// Exact real numbers as claims use them.
//
// A scalar is a surd (rationals and numbers in a case's α included), another real algebraic number,
// or an expression: what arithmetic on such numbers gives where it is neither. Surds and algebraic
// numbers are compared exactly. Expressions are compared by enclosures, down to a width at which a
// number that is not zero would show (below): so equality is decided as well, and nothing is
// factored. Unsupported is thrown where that takes more bits than the budget, never a guess made.
//
// How small an expression can be: E = U/L for algebraic integers U and L ≠ 0 of one field of degree
// at most D, all conjugates of U at most 2^u in absolute value, and of L at most 2^l. Where E ≠ 0
// the norm of U is a whole number other than 0, so |U| >= 2^(−(D−1)u), and |E| >= 2^(−(D−1)u − l).
// (Burnikel, Fleischer, Mehlhorn and Schirra, A strong and easily computable separation bound for
// arithmetic expressions involving radicals, 2000.)
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "claim/source.hpp"
#include "exact/algebraic.hpp"
#include "exact/surd.hpp"

namespace istcheck::claim {

using Interval = std::pair<Rational, Rational>;

class Scalar {
 public:
  struct Node;  ///< an operation and what it is applied to
  using Expression = std::shared_ptr<const Node>;

  Scalar() = default;
  Scalar(int value) : value_(Surd(value)) {}              // NOLINT
  Scalar(const Rational& value) : value_(Surd(value)) {}  // NOLINT
  Scalar(Surd value) : value_(std::move(value)) {}        // NOLINT
  /// Becomes a surd when the degree is one or two (and the discriminant not too long to factor).
  explicit Scalar(const Algebraic& value);
  explicit Scalar(Expression value) : value_(std::move(value)) {}

  /// Null unless the number is held as a surd, or as an algebraic number of higher degree.
  const Surd* surd() const { return std::get_if<Surd>(&value_); }
  const Algebraic* algebraic() const { return std::get_if<Algebraic>(&value_); }
  const Node* expression() const;
  /// Held as a rational number. An expression may be rational and not look so: see rational_value.
  bool is_rational() const { return surd() != nullptr && surd()->is_rational(); }
  /// The value when it is rational. Throws std::domain_error otherwise.
  Rational rational() const;
  /// The surd. Throws Unsupported when it is none; `use` says what it was needed for.
  const Surd& need_surd(const char* use) const;

  /// A surd with unknowns (exact/surd.hpp).
  bool has_unknowns() const { return surd() != nullptr && surd()->has_unknowns(); }
  /// -1, 0 or 1. Throws Unsupported when that takes too many bits.
  int sign() const;
  /// An interval that contains the number, of a width that goes to 0 as bits grow.
  Interval enclose(long bits) const;

 private:
  std::variant<Surd, Algebraic, Expression> value_ = Surd();
};

Scalar operator+(const Scalar& a, const Scalar& b);
Scalar operator-(const Scalar& a, const Scalar& b);
Scalar operator*(const Scalar& a, const Scalar& b);
Scalar operator-(const Scalar& a);
/// Throws std::domain_error for b = 0.
Scalar operator/(const Scalar& a, const Scalar& b);
/// √a. Throws std::domain_error for a < 0.
Scalar square_root(const Scalar& a);
/// a^k. Throws std::domain_error for 0 to a negative power.
Scalar power(const Scalar& a, long k);

/// The sign of a − b. Throws Unsupported as sign() does.
int compare(const Scalar& a, const Scalar& b);
// As sign() says. With unknowns no more is assumed than is asked.
bool is_zero(const Scalar& a);
bool is_negative(const Scalar& a);

/// Throws Unsupported when a coefficient has more bits than the budget.
void require_bits(const Surd& x);
/// The least multiple of `step` (> 0) that is at least a. Throws Unsupported as compare does.
Scalar round_up(const Scalar& a, const Scalar& step);

/// The value when it is a rational number, however it is written; nothing when it is irrational.
/// Throws Unsupported when that takes too many bits.
std::optional<Rational> rational_value(const Scalar& a);
/// The same number, held as a rational one where it is one that is not long.
Scalar simplified(const Scalar& a);
/// The value when it is a sum of rational multiples of square roots, written without α; nothing
/// when it is none. Throws Unsupported when that stays open.
std::optional<Scalar> sum_of_roots(const Scalar& a);

/// "3/7", "1/2*sqrt(3) - 1", or a decimal with a trailing "…" for the other kinds.
std::string to_string(const Scalar& a);
/// The exact value rounded to nearest; fewer digits where it stays open how to round (to_string
/// says which decimals are exact).
std::string decimal(const Scalar& a, int digits = kDecimalDigits);
/// Whether decimal(a, digits) is the number itself. False where that stays open.
bool decimal_is_exact(const Scalar& a, int digits = kDecimalDigits);
/// The decimal, behind the mark ("≈ ") where it is not the number itself.
std::string marked_decimal(const Scalar& a, int digits, const std::string& mark);

}  // namespace istcheck::claim
