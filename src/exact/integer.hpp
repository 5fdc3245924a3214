// Integers of any length: GMP's mpz behind a value type whose operations are compiled once, in
// integer.cpp. Nothing here rounds or overflows; a conversion to a machine word that does not fit
// throws.
#pragma once

#include <gmp.h>

#include <compare>
#include <concepts>
#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

namespace istcheck {

/// Entries, sizes and places in matrices.
using Index = std::ptrdiff_t;

class Integer {
 public:
  Integer() noexcept { mpz_init(x_); }
  template <std::integral T>
  Integer(T value) {  // NOLINT: numbers are written as numbers
    if constexpr (std::signed_integral<T>)
      mpz_init_set_si(x_, value);
    else
      mpz_init_set_ui(x_, value);
  }
  /// Decimal digits with an optional minus sign. Throws std::invalid_argument for other text.
  explicit Integer(std::string_view digits);
  Integer(const Integer& other) { mpz_init_set(x_, other.x_); }
  Integer(Integer&& other) noexcept {
    mpz_init(x_);  // takes no memory
    mpz_swap(x_, other.x_);
  }
  Integer& operator=(const Integer& other) {
    mpz_set(x_, other.x_);
    return *this;
  }
  Integer& operator=(Integer&& other) noexcept {
    mpz_swap(x_, other.x_);
    return *this;
  }
  ~Integer() { mpz_clear(x_); }

  /// GMP's number, for code that calls GMP or FLINT.
  mpz_ptr raw() { return x_; }
  mpz_srcptr raw() const { return x_; }

  int sign() const { return mpz_sgn(x_); }
  bool is_zero() const { return sign() == 0; }
  std::string str() const;  ///< decimal digits
  void swap(Integer& other) noexcept { mpz_swap(x_, other.x_); }

  /// The same value as a machine word. Throws std::overflow_error when it does not fit.
  long to_long() const;
  unsigned long to_unsigned_long() const;
  template <std::integral T>
  explicit operator T() const;

  Integer& operator+=(const Integer& b) {
    mpz_add(x_, x_, b.x_);
    return *this;
  }
  Integer& operator-=(const Integer& b) {
    mpz_sub(x_, x_, b.x_);
    return *this;
  }
  Integer& operator*=(const Integer& b) {
    mpz_mul(x_, x_, b.x_);
    return *this;
  }
  /// Towards zero; % has the sign of the dividend. Both throw std::overflow_error for b = 0.
  Integer& operator/=(const Integer& b);
  Integer& operator%=(const Integer& b);
  Integer& operator<<=(unsigned long bits);
  /// Towards minus infinity.
  Integer& operator>>=(unsigned long bits);
  Integer& operator++() {
    mpz_add_ui(x_, x_, 1);
    return *this;
  }
  Integer& operator--() {
    mpz_sub_ui(x_, x_, 1);
    return *this;
  }
  Integer operator-() const {
    Integer r(*this);
    mpz_neg(r.x_, r.x_);
    return r;
  }

  friend Integer operator+(Integer a, const Integer& b) { return a += b; }
  friend Integer operator-(Integer a, const Integer& b) { return a -= b; }
  friend Integer operator*(Integer a, const Integer& b) { return a *= b; }
  friend Integer operator/(Integer a, const Integer& b) { return a /= b; }
  friend Integer operator%(Integer a, const Integer& b) { return a %= b; }
  friend Integer operator<<(Integer a, unsigned long bits) { return a <<= bits; }
  friend Integer operator>>(Integer a, unsigned long bits) { return a >>= bits; }
  friend bool operator==(const Integer& a, const Integer& b) { return mpz_cmp(a.x_, b.x_) == 0; }
  friend std::strong_ordering operator<=>(const Integer& a, const Integer& b) {
    return mpz_cmp(a.x_, b.x_) <=> 0;
  }
  template <std::integral T>
  friend bool operator==(const Integer& a, T b) {
    return a.compare(b) == 0;
  }
  template <std::integral T>
  friend std::strong_ordering operator<=>(const Integer& a, T b) {
    return a.compare(b) <=> 0;
  }

 private:
  template <std::integral T>
  int compare(T b) const {
    if constexpr (std::signed_integral<T>)
      return mpz_cmp_si(x_, b);
    else
      return mpz_cmp_ui(x_, b);
  }
  mpz_t x_;
};

Integer abs(Integer x);
/// Non-negative.
Integer gcd(const Integer& a, const Integer& b);
Integer lcm(const Integer& a, const Integer& b);
Integer pow(const Integer& x, unsigned long exponent);
/// x^exponent modulo a positive modulus, in [0, modulus).
Integer powm(const Integer& x, const Integer& exponent, const Integer& modulus);
/// ⌊√x⌋ for x >= 0. Throws std::domain_error otherwise.
Integer sqrt(const Integer& x);
/// The place of the highest bit of |x|, x ≠ 0. Throws std::domain_error for 0.
std::size_t msb(const Integer& x);
/// Binary digits of |x|; none for 0.
long bit_length(const Integer& x);
/// a = quotient · b + remainder, quotient towards zero.
void divide_qr(const Integer& a, const Integer& b, Integer& quotient, Integer& remainder);
std::ostream& operator<<(std::ostream& out, const Integer& x);

/// Throws std::overflow_error: a number that does not fit.
[[noreturn]] void refuse_narrowing();

template <std::integral T>
Integer::operator T() const {
  if constexpr (std::signed_integral<T>) {
    const long value = to_long();
    if (static_cast<long>(static_cast<T>(value)) != value) refuse_narrowing();
    return static_cast<T>(value);
  } else {
    const unsigned long value = to_unsigned_long();
    if (static_cast<unsigned long>(static_cast<T>(value)) != value) refuse_narrowing();
    return static_cast<T>(value);
  }
}

}  // namespace istcheck
