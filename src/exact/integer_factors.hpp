// Prime factors of integers. FLINT does the work, without its quadratic sieve: that of version 2.9
// crashed in a search with several threads.
#pragma once

#include <utility>
#include <vector>

#include "exact/rational.hpp"

namespace istcheck {

/// The prime factors of |x| with their multiplicities, ascending; none for x = 1. Throws
/// std::domain_error for x = 0, and where small primes and elliptic curves leave a composite: it
/// has more than 200 bits, or two long factors.
std::vector<std::pair<Integer, unsigned>> prime_factors(const Integer& x);

/// The primes that divide x ≠ 0, as far as they are found without the quadratic sieve, and a
/// product of others: |x| = Π primes^… · rest, with primes and rest coprime.
struct EasyPrimes {
  std::vector<Integer> primes;  ///< ascending
  Integer rest = 1;
};
EasyPrimes easy_primes(const Integer& x);

}  // namespace istcheck
