#include "exact/factor.hpp"

#include <flint/fmpz_mpoly_factor.h>

#include <stdexcept>

#include "exact/flint_bridge.hpp"

namespace istcheck {
namespace {

/// The ring of polynomials in so many unknowns, and objects of it, with C++ lifetimes.
struct Ring {
  fmpz_mpoly_ctx_t v;
  explicit Ring(size_t unknowns) { fmpz_mpoly_ctx_init(v, static_cast<slong>(unknowns), ORD_LEX); }
  ~Ring() { fmpz_mpoly_ctx_clear(v); }
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;
};
struct Poly {
  const Ring& ring;
  fmpz_mpoly_t v;
  explicit Poly(const Ring& r) : ring(r) { fmpz_mpoly_init(v, ring.v); }
  ~Poly() { fmpz_mpoly_clear(v, ring.v); }
  Poly(const Poly&) = delete;
  Poly& operator=(const Poly&) = delete;
};
struct Factors {
  const Ring& ring;
  fmpz_mpoly_factor_t v;
  explicit Factors(const Ring& r) : ring(r) { fmpz_mpoly_factor_init(v, ring.v); }
  ~Factors() { fmpz_mpoly_factor_clear(v, ring.v); }
  Factors(const Factors&) = delete;
  Factors& operator=(const Factors&) = delete;
};

Multivariate terms_of(const Poly& p, size_t unknowns) {
  Multivariate result;
  for (slong k = 0; k < fmpz_mpoly_length(p.v, p.ring.v); ++k) {
    flint::Fmpz c;
    fmpz_mpoly_get_term_coeff_fmpz(c.v, p.v, k, p.ring.v);
    std::vector<ulong> exponents(unknowns);
    fmpz_mpoly_get_term_exp_ui(exponents.data(), p.v, k, p.ring.v);
    result.push_back({Rational(flint::to_integer(c.v)), {exponents.begin(), exponents.end()}});
  }
  return result;
}

}  // namespace

std::vector<Multivariate> irreducible_factors(const Multivariate& p) {
  if (p.empty()) return {};
  const size_t unknowns = p.front().exponents.size();
  Integer common = 1;
  for (const auto& term : p) {
    if (term.exponents.size() != unknowns)
      throw std::invalid_argument("terms of a polynomial in different numbers of unknowns");
    flint::join_denominator(common, term.coefficient);
  }
  const Ring ring(unknowns);
  Poly whole(ring);
  for (const auto& term : p) {
    const std::vector<ulong> exponents(term.exponents.begin(), term.exponents.end());
    const flint::Fmpz c(numerator(Rational(term.coefficient * Rational(common))));
    fmpz_mpoly_push_term_fmpz_ui(whole.v, c.v, exponents.data(), ring.v);
  }
  fmpz_mpoly_sort_terms(whole.v, ring.v);
  fmpz_mpoly_combine_like_terms(whole.v, ring.v);
  Factors factors(ring);
  std::vector<Multivariate> result;
  if (fmpz_mpoly_factor(factors.v, whole.v, ring.v) == 0) return result;
  for (slong k = 0; k < fmpz_mpoly_factor_length(factors.v, ring.v); ++k) {
    Poly one(ring);
    fmpz_mpoly_factor_get_base(one.v, factors.v, k, ring.v);
    result.push_back(terms_of(one, unknowns));
  }
  return result;
}

}  // namespace istcheck
