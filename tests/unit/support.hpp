// Random exact data for the unit tests. Every test starts from the seed that Catch prints (and that
// INFO repeats on failure): test_LAYER --rng-seed SEED repeats a failing run exactly.
#pragma once

#include <catch2/catch.hpp>

#include <cstdint>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "exact/algebraic.hpp"
#include "exact/linalg.hpp"
#include "exact/rational.hpp"
#include "exact/surd.hpp"

namespace istcheck {

// How Catch prints values of failing comparisons.
inline std::ostream& operator<<(std::ostream& out, const Surd& x) { return out << to_string(x); }
inline std::ostream& operator<<(std::ostream& out, const Algebraic& x) {
  return out << decimal(x, 40);
}

namespace test {

inline Rational q(const std::string& text) {
  const auto value = parse_rational(text);
  if (!value) throw std::logic_error("the test itself writes a number wrongly: " + text);
  return *value;
}

/// A matrix from its entries, row after row.
inline RationalMatrix matrix(Index rows, const std::vector<std::string>& entries) {
  RationalMatrix result(rows, static_cast<Index>(entries.size()) / rows);
  for (Index i = 0; i < result.rows(); ++i)
    for (Index j = 0; j < result.cols(); ++j)
      result(i, j) = q(entries[static_cast<std::size_t>(i * result.cols() + j)]);
  return result;
}

inline RationalMatrix identity(Index d) { return RationalMatrix::Identity(d, d); }

inline Rational power(const Rational& base, int exponent) {
  Rational result = 1;
  for (int k = 0; k < std::abs(exponent); ++k) result *= base;
  return exponent < 0 ? Rational(1 / result) : result;
}

class Random {
 public:
  Random() : Random(Catch::rngSeed()) {}
  /// For statements that are only probably true.
  explicit Random(std::uint64_t seed) : seed_(seed), engine_(seed) {}
  std::string seed() const { return "repeat with --rng-seed " + std::to_string(seed_); }
  std::mt19937_64& engine() { return engine_; }

  long integer(long low, long high) {
    return std::uniform_int_distribution<long>(low, high)(engine_);
  }
  int small(int low, int high) { return static_cast<int>(integer(low, high)); }
  bool coin() { return integer(0, 1) == 1; }
  Rational rational(long size = 9) {
    return Rational(Integer(integer(-size, size)), Integer(integer(1, size)));
  }
  Rational positive(long size = 9) {
    return Rational(Integer(integer(1, size)), Integer(integer(1, size)));
  }
  /// Numerator and denominator of about `bits` bits.
  Rational long_rational(int bits) {
    Integer numerator = 1, denominator = 1;
    for (int k = 0; k < bits; ++k) {
      numerator = numerator * 2 + integer(0, 1);
      denominator = denominator * 2 + integer(0, 1);
    }
    return Rational(coin() ? numerator : Integer(-numerator), denominator);
  }
  RationalVector vector(Index d, long size = 6) {
    RationalVector v(d);
    for (Index i = 0; i < d; ++i) v(i) = rational(size);
    return v;
  }
  RationalMatrix matrix(Index rows, Index cols, long size = 6) {
    RationalMatrix m(rows, cols);
    for (Index k = 0; k < m.size(); ++k) m.data()[k] = rational(size);
    return m;
  }
  RationalMatrix symmetric(Index d, long size = 6) {
    const RationalMatrix m = matrix(d, d, size);
    return m + m.transpose();
  }
  /// With whole entries from -most to most.
  RationalMatrix small_symmetric(Index d, long most) {
    RationalMatrix m(d, d);
    for (Index i = 0; i < d; ++i)
      for (Index j = 0; j <= i; ++j) m(i, j) = m(j, i) = integer(-most, most);
    return m;
  }
  /// Positive semidefinite of rank at most `rank`.
  RationalMatrix semidefinite(Index d, Index rank, long size = 4) {
    const RationalMatrix m = matrix(d, rank, size);
    return m * m.transpose();
  }
  RationalMatrix definite(Index d, long size = 4) {
    RationalMatrix m = semidefinite(d, d, size);
    for (Index i = 0; i < d; ++i) m(i, i) += positive(size);
    return m;
  }
  /// Σ q √r over a few small radicands; often with one or no term.
  Surd surd(long size = 6) {
    Surd x = coin() ? Surd(rational(size)) : Surd(0);
    for (const int r : {2, 3, 5, 6, 7})
      if (integer(0, 3) == 0) x += Surd(rational(size)) * Surd::sqrt_of(r);
    return x;
  }
  SurdMatrix surd_matrix(Index rows, Index cols, long size = 3) {
    SurdMatrix m(rows, cols);
    for (Index k = 0; k < m.size(); ++k) m.data()[k] = surd(size);
    return m;
  }

 private:
  std::uint64_t seed_;
  std::mt19937_64 engine_;
};

}  // namespace test
}  // namespace istcheck
