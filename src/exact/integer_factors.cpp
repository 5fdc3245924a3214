#include "exact/integer_factors.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <stdexcept>

#include "exact/flint_bridge.hpp"
// FLINT's later headers need the types of its earlier ones.
#include <flint/fmpz_factor.h>
#include <flint/ulong_extras.h>

namespace istcheck {
namespace {

constexpr ulong kSmall = 1U << 15U;       // primes below are tried one by one
constexpr flint_bitcnt_t kWordBits = 64;  // FLINT factors these without its quadratic sieve
constexpr flint_bitcnt_t kMostBits = 200;

using Factors = std::map<Integer, unsigned>;

struct Factorisation {
  fmpz_factor_t v;
  Factorisation() { fmpz_factor_init(v); }
  Factorisation(const Factorisation&) = delete;
  Factorisation& operator=(const Factorisation&) = delete;
  ~Factorisation() { fmpz_factor_clear(v); }

  void add_to(Factors& factors, unsigned times) const {
    for (slong k = 0; k < v->num; ++k)
      factors[flint::to_integer(v->p + k)] += times * static_cast<unsigned>(v->exp[k]);
  }
};

/// FLINT's quadratic sieve keeps its relations in a file and in memory of its own; one at a time.
std::mutex sieving;

/// Divides x by its prime factors below kSmall.
void strip_small(flint::Fmpz& x, Factors& factors) {
  if (fmpz_bits(x.v) <= kWordBits) return;
  for (ulong p = 2; p < kSmall; p = n_nextprime(p, 1)) {
    if (fmpz_fdiv_ui(x.v, p) != 0) continue;
    const flint::Fmpz prime{Integer(p)};
    factors[Integer(p)] = static_cast<unsigned>(fmpz_remove(x.v, x.v, prime.v));
  }
}

/// Adds the factors of x, `times` times each; false, with some of them missing, when that would
/// take the quadratic sieve and `sieve` does not allow it.
bool add_factors(const flint::Fmpz& x, unsigned times, bool sieve, Factors& factors) {
  if (fmpz_is_one(x.v)) return true;
  Factorisation found;
  if (fmpz_bits(x.v) <= kWordBits) {
    fmpz_factor(found.v, x.v);
    found.add_to(factors, times);
    return true;
  }
  flint::Fmpz base;
  if (const int power = fmpz_is_perfect_power(base.v, x.v); power > 1)
    return add_factors(base, times * static_cast<unsigned>(power), sieve, factors);
  if (fmpz_is_prime(x.v) == 1) {
    factors[flint::to_integer(x.v)] += times;
    return true;
  }
  if (!sieve) return false;
  if (fmpz_bits(x.v) > kMostBits)
    throw std::domain_error("a number of " + std::to_string(fmpz_bits(x.v)) +
                            " bits is too long to factor");
  const std::lock_guard lock(sieving);
  fmpz_factor(found.v, x.v);
  found.add_to(factors, times);
  return true;
}

flint::Fmpz magnitude(const Integer& x) {
  if (x == 0) throw std::domain_error("zero has no prime factors");
  return flint::Fmpz(Integer(abs(x)));
}

}  // namespace

std::vector<std::pair<Integer, unsigned>> prime_factors(const Integer& x) {
  Factors factors;
  flint::Fmpz rest = magnitude(x);
  strip_small(rest, factors);
  add_factors(rest, 1, true, factors);
  return {factors.begin(), factors.end()};
}

EasyPrimes easy_primes(const Integer& x) {
  Factors factors;
  flint::Fmpz rest = magnitude(x);
  strip_small(rest, factors);
  EasyPrimes result;
  if (!add_factors(rest, 1, false, factors)) result.rest = flint::to_integer(rest.v);
  for (const auto& factor : factors) result.primes.push_back(factor.first);
  return result;
}

}  // namespace istcheck
