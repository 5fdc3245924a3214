// Problems to measure on, made from a seed: the same on every machine.
#pragma once

#include <cstdint>

#include "model/case.hpp"

namespace bench {

/// splitmix64.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  /// Close to uniform in low..high.
  long between(long low, long high) {
    return low + static_cast<long>(next() % static_cast<std::uint64_t>(high - low + 1));
  }

 private:
  std::uint64_t state_;
};

/// AᵀA for an integer `rows` × d matrix A with entries in −bound..bound.
inline istcheck::RationalMatrix gram(Random& random, long rows, long d, long bound) {
  istcheck::RationalMatrix a(rows, d);
  for (long i = 0; i < rows; ++i)
    for (long j = 0; j < d; ++j) a(i, j) = random.between(-bound, bound);
  return a.transpose() * a;
}

/// Rationals of 20 bits over 20 bits close to the entries of gram / 2^scale: positive definite.
inline istcheck::RationalMatrix short_fractions(Random& random,
                                                const istcheck::RationalMatrix& gram, long scale) {
  istcheck::RationalMatrix m(gram.rows(), gram.cols());
  for (long i = 0; i < m.rows(); ++i)
    for (long j = i; j < m.cols(); ++j) {
      const long q = random.between((1L << 19) + 1, (1L << 20) - 1);
      const long p = istcheck::Integer(gram(i, j)).to_long() * q >> scale;
      m(i, j) = m(j, i) = istcheck::Rational(p, q);
    }
  return m;
}

/// n workers in dimension d = n q, L_i = A_iᵀA_i with `rows` rows of integers in −3..3, Perm-q and
/// the sketched gradient with γ = 1 / (64 d).
inline istcheck::Case perm_case(std::uint64_t seed, int n, int q, long rows) {
  Random random(seed);
  const long d = static_cast<long>(n) * q;
  istcheck::Case c;
  c.step = istcheck::Rational(1, 64 * d);
  c.sketch = istcheck::PermSketch{q, false};
  for (int i = 0; i < n; ++i) {
    istcheck::Worker w{gram(random, rows, d, 3), istcheck::RationalVector(d),
                       istcheck::RationalMatrix::Zero(d, d)};
    for (long a = 0; a < d; ++a) w.b(a) = random.between(-9, 9);
    c.workers.push_back(std::move(w));
  }
  return c;
}

}  // namespace bench
