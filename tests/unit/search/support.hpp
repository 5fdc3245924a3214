// Claims and configurations for the tests of src/search.
#pragma once

#include "../claim/support.hpp"
#include "../support.hpp"
#include "search/portfolio.hpp"

namespace istcheck::search {

using claim::checked;
using test::Random;

/// False whenever a sketched L̄ differs from L̄: for most configurations with n = d = 2.
inline claim::Claim false_claim() {
  return checked(
      "claim false-claim { setting sketch = perm, n = d, q = 1 assume Lbar >> 0 "
      "conclude E[Bbar] <<= Lbar expect refuted because \"the diagonal is inflated\" }");
}

inline claim::Claim true_claim() {
  return checked(
      "claim true-claim { setting sketch = perm, n = d, q = 1 conclude E[Bbar] = n*Dbar }");
}

inline Settings quick(int rounds = 2) {
  Settings s;
  s.threads = 1;
  s.rounds = rounds;
  s.solvers.use = false;
  s.proof_seconds = 0;
  return s;
}

/// Three different workers in three dimensions with long numbers, x⁰ and noise.
inline Case three_workers() {
  Case c;
  c.name = "three workers";
  c.step = Rational(7, 100);
  c.start = RationalVector(3);
  *c.start << Rational(13, 7), Rational(-5, 3), Rational(2, 9);
  c.sketch = PermSketch{1, false};
  for (int i = 0; i < 3; ++i) {
    RationalMatrix L(3, 3);
    L << 40 + i, Rational(17, 3), -2, Rational(17, 3), 31, Rational(7, 4), -2, Rational(7, 4), 53;
    RationalVector b(3);
    b << Rational(5 + i, 3), -7, Rational(1, 8);
    c.workers.push_back({L, b, RationalMatrix::Zero(3, 3)});
  }
  return c;
}

}  // namespace istcheck::search
