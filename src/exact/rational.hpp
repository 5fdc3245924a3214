// Rational numbers: GMP's mpq behind a value type whose operations are compiled once, in
// rational.cpp. Always in lowest terms with a positive denominator, so equality is equality of
// values.
#pragma once

#include <optional>

#include "exact/matrix.hpp"

namespace istcheck {

class Rational {
 public:
  Rational() { mpq_init(x_); }
  template <std::integral T>
  Rational(T value) : Rational() {  // NOLINT: numbers are written as numbers
    if constexpr (std::signed_integral<T>)
      mpq_set_si(x_, value, 1);
    else
      mpq_set_ui(x_, value, 1);
  }
  Rational(const Integer& value);  // NOLINT
  /// Throws std::overflow_error for a zero denominator.
  Rational(const Integer& numerator, const Integer& denominator);
  Rational(const Rational& other);
  Rational(Rational&& other) noexcept : Rational() { mpq_swap(x_, other.x_); }
  Rational& operator=(const Rational& other);
  Rational& operator=(Rational&& other) noexcept {
    mpq_swap(x_, other.x_);
    return *this;
  }
  ~Rational() { mpq_clear(x_); }

  /// GMP's number, for code that calls GMP or FLINT.
  mpq_ptr raw() { return x_; }
  mpq_srcptr raw() const { return x_; }

  int sign() const { return mpq_sgn(x_); }
  bool is_zero() const { return sign() == 0; }
  std::string str() const;  ///< "p/q", or "p" when the denominator is 1
  void swap(Rational& other) noexcept { mpq_swap(x_, other.x_); }
  /// Towards zero.
  explicit operator Integer() const;

  Rational& operator+=(const Rational& b);
  Rational& operator-=(const Rational& b);
  Rational& operator*=(const Rational& b);
  /// Throws std::overflow_error for b = 0.
  Rational& operator/=(const Rational& b);
  Rational operator-() const;

  friend Rational operator+(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a, const Rational& b);
  friend Rational operator*(const Rational& a, const Rational& b);
  friend Rational operator/(const Rational& a, const Rational& b);
  friend bool operator==(const Rational& a, const Rational& b) {
    return mpq_equal(a.x_, b.x_) != 0;
  }
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
    return mpq_cmp(a.x_, b.x_) <=> 0;
  }
  template <std::integral T>
  friend bool operator==(const Rational& a, T b) {
    return a.compare(b) == 0;
  }
  template <std::integral T>
  friend std::strong_ordering operator<=>(const Rational& a, T b) {
    return a.compare(b) <=> 0;
  }

 private:
  template <std::integral T>
  int compare(T b) const {
    if constexpr (std::signed_integral<T>)
      return b == 0 ? sign() : mpq_cmp_si(x_, b, 1);
    else
      return b == 0 ? sign() : mpq_cmp_ui(x_, b, 1);
  }
  mpq_t x_;
};

Integer numerator(const Rational& x);
Integer denominator(const Rational& x);
Rational abs(const Rational& x);
/// The greatest integer that is at most x.
Integer floor_of(const Rational& x);
std::ostream& operator<<(std::ostream& out, const Rational& x);

/// Number of significant digits of every decimal that istcheck prints.
inline constexpr int kDecimalDigits = 30;

/// Reads "3", "-7/4", "0.25", "-1.5e-3" exactly. Returns nothing when the text is none of these,
/// when a denominator is zero, or when the exponent exceeds 10000 in absolute value.
std::optional<Rational> parse_rational(std::string_view text);

/// "p/q" in lowest terms, or "p" when the denominator is 1.
std::string to_string(const Rational& x);

/// x to `digits` significant digits, rounded to nearest, ties to even; exact when x has no more
/// digits than that. Scientific notation only below 1e-6 and from 1e21 in absolute value.
std::string decimal(const Rational& x, int digits = kDecimalDigits);

/// -1, 0 or 1.
int sign(const Rational& x);

/// The nearest double, for guiding a search or for printing; never for a decision.
double approximate(const Rational& x);

/// The rational that equals the double x exactly. Throws std::domain_error for infinities and NaN.
Rational exactly(double x);

}  // namespace istcheck
