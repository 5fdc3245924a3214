#include "exact/rational.hpp"

#include <ostream>
#include <stdexcept>

namespace istcheck {
namespace {

void require_divisor(int sign) {
  if (sign == 0) throw std::overflow_error("division by zero");
}

}  // namespace

Rational::Rational(const Integer& value) : Rational() { mpq_set_z(x_, value.raw()); }

Rational::Rational(const Integer& numerator, const Integer& denominator) : Rational() {
  require_divisor(denominator.sign());  // the constructor above has ended: x_ is cleared
  mpz_set(mpq_numref(x_), numerator.raw());
  mpz_set(mpq_denref(x_), denominator.raw());
  mpq_canonicalize(x_);
}

Rational::Rational(const Rational& other) {
  mpz_init_set(mpq_numref(x_), mpq_numref(other.x_));
  mpz_init_set(mpq_denref(x_), mpq_denref(other.x_));
}

Rational& Rational::operator=(const Rational& other) {
  mpq_set(x_, other.x_);
  return *this;
}

std::string Rational::str() const {
  const std::string top = numerator(*this).str();
  return mpz_cmp_ui(mpq_denref(x_), 1) == 0 ? top : top + "/" + denominator(*this).str();
}

Rational::operator Integer() const {
  Integer r;
  mpz_tdiv_q(r.raw(), mpq_numref(x_), mpq_denref(x_));
  return r;
}

Rational& Rational::operator+=(const Rational& b) {
  mpq_add(x_, x_, b.x_);
  return *this;
}
Rational& Rational::operator-=(const Rational& b) {
  mpq_sub(x_, x_, b.x_);
  return *this;
}
Rational& Rational::operator*=(const Rational& b) {
  mpq_mul(x_, x_, b.x_);
  return *this;
}
Rational& Rational::operator/=(const Rational& b) {
  require_divisor(b.sign());
  mpq_div(x_, x_, b.x_);
  return *this;
}

Rational Rational::operator-() const {
  Rational r(*this);
  mpq_neg(r.x_, r.x_);
  return r;
}

Rational operator+(const Rational& a, const Rational& b) {
  Rational r;
  mpq_add(r.x_, a.x_, b.x_);
  return r;
}
Rational operator-(const Rational& a, const Rational& b) {
  Rational r;
  mpq_sub(r.x_, a.x_, b.x_);
  return r;
}
Rational operator*(const Rational& a, const Rational& b) {
  Rational r;
  mpq_mul(r.x_, a.x_, b.x_);
  return r;
}
Rational operator/(const Rational& a, const Rational& b) {
  require_divisor(b.sign());
  Rational r;
  mpq_div(r.x_, a.x_, b.x_);
  return r;
}

Integer numerator(const Rational& x) {
  Integer r;
  mpz_set(r.raw(), mpq_numref(x.raw()));
  return r;
}

Integer denominator(const Rational& x) {
  Integer r;
  mpz_set(r.raw(), mpq_denref(x.raw()));
  return r;
}

Integer floor_of(const Rational& x) {
  Integer result;
  mpz_fdiv_q(result.raw(), mpq_numref(x.raw()), mpq_denref(x.raw()));
  return result;
}

Rational abs(const Rational& x) { return x.sign() < 0 ? -x : x; }

std::ostream& operator<<(std::ostream& out, const Rational& x) { return out << x.str(); }

}  // namespace istcheck
