// Square integer matrices for hot loops: of machine words where a bound shows that nothing
// overflows, and of FLINT integers otherwise. Private to exact/ and dynamics/.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "exact/flint_bridge.hpp"

namespace istcheck {

/// A FLINT integer with value semantics and operators; one word while it is small.
class Z {
 public:
  Z() : v_(0) {}
  Z(std::int64_t x) : v_(0) { fmpz_set_si(&v_, x); }  // NOLINT: mixes with words in templates
  explicit Z(const Integer& x) : v_(0) { fmpz_set_mpz(&v_, x.raw()); }
  Z(const Z& other) : v_(0) { fmpz_set(&v_, &other.v_); }
  Z(Z&& other) noexcept : v_(std::exchange(other.v_, 0)) {}
  Z& operator=(const Z& other) {
    fmpz_set(&v_, &other.v_);
    return *this;
  }
  Z& operator=(Z&& other) noexcept {
    std::swap(v_, other.v_);
    return *this;
  }
  ~Z() { fmpz_clear(&v_); }
  void set(mpz_srcptr x) { fmpz_set_mpz(&v_, x); }
  Z& operator+=(const Z& other) {
    fmpz_add(&v_, &v_, &other.v_);
    return *this;
  }
  friend Z operator*(const Z& a, const Z& b) {
    Z r;
    fmpz_mul(&r.v_, &a.v_, &b.v_);
    return r;
  }
  friend Z operator+(const Z& a, const Z& b) {
    Z r;
    fmpz_add(&r.v_, &a.v_, &b.v_);
    return r;
  }
  bool is_zero() const { return fmpz_is_zero(&v_); }
  Integer integer() const { return flint::to_integer(&v_); }

 private:
  fmpz v_;
};
static_assert(sizeof(Z) == sizeof(fmpz));

/// Two words, for sums of products of words.
__extension__ using Wide = __int128;

inline bool is_zero(Wide x) { return x == 0; }
inline bool is_zero(const Z& x) { return x.is_zero(); }
/// a += b c.
inline void add_product(std::int64_t& a, std::int64_t b, std::int64_t c) { a += b * c; }
inline void add_product(Wide& a, Wide b, Wide c) { a += b * c; }
inline void add_product(Z& a, const Z& b, const Z& c) {
  fmpz_addmul(reinterpret_cast<fmpz*>(&a), reinterpret_cast<const fmpz*>(&b),
              reinterpret_cast<const fmpz*>(&c));
}
inline Integer to_integer(std::int64_t x) { return Integer(x); }
inline Integer to_integer(Wide x) {
  const auto low = static_cast<std::int64_t>(x & ((Wide(1) << 62) - 1));
  const auto high = static_cast<std::int64_t>(x >> 62);
  return high == 0 ? Integer(low) : (Integer(high) << 62) + low;
}
inline Integer to_integer(const Z& x) { return x.integer(); }

/// A square matrix, row after row. T is std::int64_t or Z.
template <class T>
struct SquareMatrix {
  explicit SquareMatrix(int size_) : size(size_), entries(static_cast<size_t>(size_ * size_)) {}
  T& operator()(int i, int j) { return entries[static_cast<size_t>(i * size + j)]; }
  const T& operator()(int i, int j) const { return entries[static_cast<size_t>(i * size + j)]; }
  int size;
  std::vector<T> entries;
};

template <class T>
void transpose(SquareMatrix<T>& m) {
  for (int i = 0; i < m.size; ++i)
    for (int j = 0; j < i; ++j) std::swap(m(i, j), m(j, i));
}

/// The columns first, …, last − 1.
struct Columns {
  int first = 0, last = 0;
  bool empty() const { return first >= last; }
};
inline Columns common(Columns a, Columns b) {
  return {std::max(a.first, b.first), std::min(a.last, b.last)};
}
/// The least range outside of which m is zero.
template <class T>
Columns nonzero_columns(const SquareMatrix<T>& m);

/// c = a bᵀ, where a or b is zero outside of the given columns; c is symmetric when so declared.
/// Words: dot products; FLINT integers: fmpz_mat_mul.
void multiply_transposed(const SquareMatrix<std::int64_t>& a, const SquareMatrix<std::int64_t>& b,
                         Columns columns, bool symmetric, SquareMatrix<std::int64_t>& c);
void multiply_transposed(const SquareMatrix<Z>& a, const SquareMatrix<Z>& b, Columns columns,
                         bool symmetric, SquareMatrix<Z>& c);

/// scale · m, where scale clears every denominator. T = std::int64_t needs entries that fit.
template <class T>
SquareMatrix<T> cleared(const RationalMatrix& m, const Integer& scale);
/// Bits of the largest |entry| of scale · m.
long cleared_bits(const RationalMatrix& m, const Integer& scale);

}  // namespace istcheck
