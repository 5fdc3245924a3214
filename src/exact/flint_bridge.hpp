// FLINT objects with C++ lifetimes, and conversions from and to Rational. Private to exact/.
#pragma once

#include <flint/fmpq.h>
#include <flint/fmpq_mat.h>
#include <flint/fmpz.h>
#include <flint/fmpz_mat.h>
#include <flint/fmpz_poly.h>

#include "exact/rational.hpp"

namespace istcheck::flint {

struct Fmpz {
  fmpz_t v;
  Fmpz() { fmpz_init(v); }
  explicit Fmpz(const Integer& x) : Fmpz() { fmpz_set_mpz(v, x.raw()); }
  Fmpz(const Fmpz& other) { fmpz_init_set(v, other.v); }
  Fmpz& operator=(const Fmpz& other) {
    fmpz_set(v, other.v);
    return *this;
  }
  ~Fmpz() { fmpz_clear(v); }
};

struct Fmpq {
  fmpq_t v;
  Fmpq() { fmpq_init(v); }
  explicit Fmpq(const Rational& x) : Fmpq() { fmpq_set_mpq(v, x.raw()); }
  Fmpq(const Fmpq&) = delete;
  Fmpq& operator=(const Fmpq&) = delete;
  ~Fmpq() { fmpq_clear(v); }
};

struct FmpzMat {
  fmpz_mat_t v;
  FmpzMat(Index rows, Index cols) { fmpz_mat_init(v, rows, cols); }
  FmpzMat(const FmpzMat& other) { fmpz_mat_init_set(v, other.v); }
  FmpzMat& operator=(const FmpzMat& other) {
    if (this != &other) {
      FmpzMat copy(other);
      fmpz_mat_swap(v, copy.v);
    }
    return *this;
  }
  ~FmpzMat() { fmpz_mat_clear(v); }
  fmpz* at(Index i, Index j) { return fmpz_mat_entry(v, i, j); }
  const fmpz* at(Index i, Index j) const { return fmpz_mat_entry(v, i, j); }
};

struct FmpqMat {
  fmpq_mat_t v;
  FmpqMat(Index rows, Index cols) { fmpq_mat_init(v, rows, cols); }
  FmpqMat(const FmpqMat&) = delete;
  FmpqMat& operator=(const FmpqMat&) = delete;
  ~FmpqMat() { fmpq_mat_clear(v); }
};

struct FmpzPoly {
  fmpz_poly_t v;
  FmpzPoly() { fmpz_poly_init(v); }
  FmpzPoly(const FmpzPoly& other) {
    fmpz_poly_init(v);
    fmpz_poly_set(v, other.v);
  }
  FmpzPoly& operator=(const FmpzPoly& other) {
    fmpz_poly_set(v, other.v);
    return *this;
  }
  ~FmpzPoly() { fmpz_poly_clear(v); }
};

Integer to_integer(const fmpz_t x);
Rational to_rational(const fmpq_t x);

/// common becomes the least common multiple of itself and the denominator of q.
void join_denominator(Integer& common, const Rational& q);
/// The integer scale · q.
void set_cleared(fmpz* entry, const Rational& q, const Integer& scale);

/// The least common denominator of all entries.
Integer common_denominator(const RationalMatrix& m);
/// entries of m times scale, which must clear every denominator.
FmpzMat cleared(const RationalMatrix& m, const Integer& scale);
/// m / scale.
RationalMatrix over(const FmpzMat& m, const Integer& scale);

}  // namespace istcheck::flint
