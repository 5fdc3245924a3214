// Exact real numbers as claims use them.
//
// A scalar is a surd (rationals and numbers in a case's α included), another real algebraic number,
// or a number known only through enclosures that shrink at will: what arithmetic on such algebraic
// numbers gives. Surds and algebraic numbers are compared exactly. A comparison that involves the
// third kind ends when the enclosures separate; when they do not, Unsupported is thrown, never a
// guess made.
#pragma once

#include <functional>
#include <memory>
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
  /// bits -> an interval that contains the number, of a width that goes to 0 as bits grow.
  using Enclosure = std::shared_ptr<const std::function<Interval(long bits)>>;

  Scalar() = default;
  Scalar(int value) : value_(Surd(value)) {}              // NOLINT
  Scalar(const Rational& value) : value_(Surd(value)) {}  // NOLINT
  Scalar(Surd value) : value_(std::move(value)) {}        // NOLINT
  /// Becomes a surd when the degree is one or two (and the discriminant not too long to factor).
  explicit Scalar(const Algebraic& value);
  explicit Scalar(Enclosure value) : value_(std::move(value)) {}

  /// Null unless the number is held as a surd, or as an algebraic number of higher degree.
  const Surd* surd() const { return std::get_if<Surd>(&value_); }
  const Algebraic* algebraic() const { return std::get_if<Algebraic>(&value_); }
  bool is_rational() const { return surd() != nullptr && surd()->is_rational(); }
  /// The value when it is rational. Throws std::domain_error otherwise.
  Rational rational() const;
  /// The surd. Throws Unsupported when it is none; `use` says what it was needed for.
  const Surd& need_surd(const char* use) const;

  /// -1, 0 or 1. Throws Unsupported when an enclosure does not separate from 0.
  int sign() const;
  Interval enclose(long bits) const;

 private:
  std::variant<Surd, Algebraic, Enclosure> value_ = Surd();
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

/// The least multiple of `step` (> 0) that is at least a.
/// Throws Unsupported when a coefficient has more bits than the budget.
void require_bits(const Surd& x);
Rational round_up(const Scalar& a, const Rational& step);

/// "3/7", "1/2*sqrt(3) - 1", or the decimal with a trailing "…" for the other kinds.
std::string to_string(const Scalar& a);
std::string decimal(const Scalar& a, int digits = kDecimalDigits);

}  // namespace istcheck::claim
