#include "exact/integer.hpp"

#include <ostream>
#include <stdexcept>

namespace istcheck {
namespace {

void require_divisor(const Integer& b) {
  if (b.is_zero()) throw std::overflow_error("division by zero");
}

}  // namespace

Integer::Integer(std::string_view digits) {
  if (mpz_init_set_str(x_, std::string(digits).c_str(), 10) != 0) {
    mpz_clear(x_);
    throw std::invalid_argument("no integer: " + std::string(digits));
  }
}

std::string Integer::str() const {
  std::string text(mpz_sizeinbase(x_, 10) + 2, '\0');
  mpz_get_str(text.data(), 10, x_);
  text.resize(text.find('\0'));
  return text;
}

void refuse_narrowing() { throw std::overflow_error("an integer does not fit into a word"); }

long Integer::to_long() const {
  if (!mpz_fits_slong_p(x_)) refuse_narrowing();
  return mpz_get_si(x_);
}

unsigned long Integer::to_unsigned_long() const {
  if (!mpz_fits_ulong_p(x_)) refuse_narrowing();
  return mpz_get_ui(x_);
}

Integer& Integer::operator/=(const Integer& b) {
  require_divisor(b);
  mpz_tdiv_q(x_, x_, b.x_);
  return *this;
}

Integer& Integer::operator%=(const Integer& b) {
  require_divisor(b);
  mpz_tdiv_r(x_, x_, b.x_);
  return *this;
}

Integer& Integer::operator<<=(unsigned long bits) {
  mpz_mul_2exp(x_, x_, bits);
  return *this;
}

Integer& Integer::operator>>=(unsigned long bits) {
  mpz_fdiv_q_2exp(x_, x_, bits);
  return *this;
}

Integer abs(Integer x) {
  mpz_abs(x.raw(), x.raw());
  return x;
}

Integer gcd(const Integer& a, const Integer& b) {
  Integer r;
  mpz_gcd(r.raw(), a.raw(), b.raw());
  return r;
}

Integer lcm(const Integer& a, const Integer& b) {
  Integer r;
  mpz_lcm(r.raw(), a.raw(), b.raw());
  return r;
}

Integer pow(const Integer& x, unsigned long exponent) {
  Integer r;
  mpz_pow_ui(r.raw(), x.raw(), exponent);
  return r;
}

Integer powm(const Integer& x, const Integer& exponent, const Integer& modulus) {
  Integer r;
  mpz_powm(r.raw(), x.raw(), exponent.raw(), modulus.raw());
  return r;
}

Integer sqrt(const Integer& x) {
  if (x.sign() < 0) throw std::domain_error("square root of a negative integer");
  Integer r;
  mpz_sqrt(r.raw(), x.raw());
  return r;
}

std::size_t msb(const Integer& x) {
  if (x.is_zero()) throw std::domain_error("0 has no highest bit");
  return mpz_sizeinbase(x.raw(), 2) - 1;
}

long bit_length(const Integer& x) {
  return x.is_zero() ? 0 : static_cast<long>(mpz_sizeinbase(x.raw(), 2));
}

void divide_qr(const Integer& a, const Integer& b, Integer& quotient, Integer& remainder) {
  require_divisor(b);
  mpz_tdiv_qr(quotient.raw(), remainder.raw(), a.raw(), b.raw());
}

std::ostream& operator<<(std::ostream& out, const Integer& x) { return out << x.str(); }

}  // namespace istcheck
