#include "exact/integer_factors.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "exact/budgets.hpp"
#include "exact/flint_bridge.hpp"
// FLINT's later headers need the types of its earlier ones.
#include <flint/fmpz_factor.h>
#include <flint/ulong_extras.h>

namespace istcheck {
namespace {

constexpr ulong kSmall = 1U << 15U;       // primes below are tried one by one
constexpr flint_bitcnt_t kWordBits = 64;  // FLINT factors these without its quadratic sieve
constexpr flint_bitcnt_t kMostBits = 200;
// What finds a factor of 20 decimal digits with little doubt.
constexpr mp_limb_t kCurves = 100, kFirstBound = 11'000, kSecondBound = 1'100'000;

using PrimePowers = std::map<Integer, unsigned>;

struct Factorisation {
  fmpz_factor_t v;
  Factorisation() { fmpz_factor_init(v); }
  Factorisation(const Factorisation&) = delete;
  Factorisation& operator=(const Factorisation&) = delete;
  ~Factorisation() { fmpz_factor_clear(v); }

  void add_to(PrimePowers& factors, unsigned times) const {
    for (slong k = 0; k < v->num; ++k)
      factors[flint::to_integer(v->p + k)] += times * static_cast<unsigned>(v->exp[k]);
  }
};

/// Divides x by its prime factors below kSmall.
void strip_small(flint::Fmpz& x, PrimePowers& factors) {
  if (fmpz_bits(x.v) <= kWordBits) return;
  for (ulong p = 2; p < kSmall; p = n_nextprime(p, 1)) {
    if (fmpz_fdiv_ui(x.v, p) != 0) continue;
    const flint::Fmpz prime{Integer(p)};
    factors[Integer(p)] = static_cast<unsigned>(fmpz_remove(x.v, x.v, prime.v));
  }
}

/// A factor of a composite by elliptic curves, the same in every run; 0 when they find none.
flint::Fmpz factor_by_curves(const flint::Fmpz& x) {
  flint::Fmpz factor;
  flint_rand_t random;
  flint_randinit(random);
  if (fmpz_factor_ecm(factor.v, kCurves, kFirstBound, kSecondBound, random, x.v) == 0)
    fmpz_zero(factor.v);
  flint_randclear(random);
  return factor;
}

/// Adds the factors of x, `times` times each; false, with some of them missing, where that takes
/// long.
bool add_factors(const flint::Fmpz& x, unsigned times, bool curves, PrimePowers& factors) {
  if (fmpz_is_one(x.v)) return true;
  if (fmpz_bits(x.v) <= kWordBits) {
    Factorisation found;
    fmpz_factor(found.v, x.v);
    found.add_to(factors, times);
    return true;
  }
  flint::Fmpz base;
  if (const int power = fmpz_is_perfect_power(base.v, x.v); power > 1)
    return add_factors(base, times * static_cast<unsigned>(power), curves, factors);
  if (fmpz_bits(x.v) > flint_bitcnt_t(budget::kPrime.most)) return false;  // a proof takes long
  if (fmpz_is_prime(x.v) == 1) {
    factors[flint::to_integer(x.v)] += times;
    return true;
  }
  if (!curves || fmpz_bits(x.v) > kMostBits) return false;
  const flint::Fmpz factor = factor_by_curves(x);
  if (fmpz_is_zero(factor.v)) return false;
  flint::Fmpz other;
  fmpz_divexact(other.v, x.v, factor.v);
  return add_factors(factor, times, curves, factors) && add_factors(other, times, curves, factors);
}

flint::Fmpz magnitude(const Integer& x) {
  if (x == 0) throw std::domain_error("zero has no prime factors");
  return flint::Fmpz(Integer(abs(x)));
}

}  // namespace

std::vector<std::pair<Integer, unsigned>> prime_factors(const Integer& x) {
  PrimePowers factors;
  flint::Fmpz rest = magnitude(x);
  strip_small(rest, factors);
  if (!add_factors(rest, 1, true, factors))
    throw std::domain_error("a number of " + std::to_string(fmpz_bits(rest.v)) +
                            " bits is too long to factor" +
                            (fmpz_bits(rest.v) > flint_bitcnt_t(budget::kPrime.most)
                                 ? ": " + budget::spent(budget::kPrime)
                                 : std::string()));
  return {factors.begin(), factors.end()};
}

EasyPrimes easy_primes(const Integer& x) {
  PrimePowers factors;
  flint::Fmpz rest = magnitude(x);
  strip_small(rest, factors);
  EasyPrimes result;
  if (!add_factors(rest, 1, false, factors)) result.rest = flint::to_integer(rest.v);
  for (const auto& factor : factors) result.primes.push_back(factor.first);
  return result;
}

}  // namespace istcheck
