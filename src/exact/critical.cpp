#include "exact/critical.hpp"

#include "exact/polynomial.hpp"
#include <flint/fmpz_mpoly.h>
#include <flint/fmpz_mpoly_factor.h>

namespace istcheck {

using namespace flint;

namespace {

/// Z[λ, γ].
struct TwoUnknowns {
  enum Variable : slong { lambda, gamma };
  fmpz_mpoly_ctx_t v;
  TwoUnknowns() { fmpz_mpoly_ctx_init(v, 2, ORD_LEX); }
  TwoUnknowns(const TwoUnknowns&) = delete;
  TwoUnknowns& operator=(const TwoUnknowns&) = delete;
  ~TwoUnknowns() { fmpz_mpoly_ctx_clear(v); }
};

class Bivariate {
 public:
  explicit Bivariate(const TwoUnknowns& ring) : ring_(&ring) { fmpz_mpoly_init(v, ring.v); }
  Bivariate(const Bivariate& other) : Bivariate(*other.ring_) {
    fmpz_mpoly_set(v, other.v, ring_->v);
  }
  Bivariate& operator=(const Bivariate& other) {
    fmpz_mpoly_set(v, other.v, ring_->v);
    return *this;
  }
  ~Bivariate() { fmpz_mpoly_clear(v, ring_->v); }

  /// Adds coefficient · λ^i γ^j.
  void add(const Integer& coefficient, ulong i, ulong j) {
    Bivariate term(*ring_);
    const ulong exponents[] = {i, j};
    fmpz_mpoly_set_coeff_fmpz_ui(term.v, Fmpz(coefficient).v, exponents, ring_->v);
    fmpz_mpoly_add(v, v, term.v, ring_->v);
  }

  fmpz_mpoly_t v;

 private:
  const TwoUnknowns* ring_;
};

/// The determinant by Bareiss's elimination; every leading minor of λI − T is monic in λ, so that
/// no pivot is zero.
Bivariate determinant(std::vector<std::vector<Bivariate>> m, const TwoUnknowns& ring) {
  Bivariate previous(ring), product(ring);
  fmpz_mpoly_one(previous.v, ring.v);
  const size_t n = m.size();
  for (size_t k = 0; k + 1 < n; ++k) {
    for (size_t i = k + 1; i < n; ++i) {
      for (size_t j = k + 1; j < n; ++j) {
        fmpz_mpoly_mul(product.v, m[i][k].v, m[k][j].v, ring.v);
        fmpz_mpoly_mul(m[i][j].v, m[i][j].v, m[k][k].v, ring.v);
        fmpz_mpoly_sub(m[i][j].v, m[i][j].v, product.v, ring.v);
        if (fmpz_mpoly_divides(m[i][j].v, m[i][j].v, previous.v, ring.v) == 0)
          throw std::logic_error("Bareiss's division leaves a remainder");
      }
    }
    previous = m[k][k];
  }
  return m[n - 1][n - 1];
}

/// det(λ s − s T(γ)) for the least s > 0 that clears all denominators.
Bivariate characteristic(const RationalMatrix& A, const RationalMatrix& B, const RationalMatrix& C,
                         const TwoUnknowns& ring) {
  Integer s = common_denominator(A);
  for (const auto* other : {&B, &C}) s = lcm(s, common_denominator(*other));
  const RationalMatrix* powers[] = {&A, &B, &C};
  const auto size = static_cast<size_t>(A.rows());
  std::vector<std::vector<Bivariate>> m(size, std::vector<Bivariate>(size, Bivariate(ring)));
  for (size_t i = 0; i < size; ++i) {
    for (size_t j = 0; j < size; ++j) {
      if (i == j) m[i][j].add(s, 1, 0);
      for (ulong k = 0; k < 3; ++k) {
        const Rational& x = (*powers[k])(static_cast<Index>(i), static_cast<Index>(j));
        if (x != 0) m[i][j].add(numerator(Rational(-x * s)), 0, k);
      }
    }
  }
  return determinant(std::move(m), ring);
}

Bivariate squarefree(const Bivariate& p, const TwoUnknowns& ring) {
  fmpz_mpoly_factor_t factors;
  fmpz_mpoly_factor_init(factors, ring.v);
  const int done = fmpz_mpoly_factor_squarefree(factors, p.v, ring.v);
  Bivariate product(ring);
  fmpz_mpoly_one(product.v, ring.v);
  for (slong k = 0; k < factors->num; ++k)
    fmpz_mpoly_mul(product.v, product.v, factors->poly + k, ring.v);
  fmpz_mpoly_factor_clear(factors, ring.v);
  if (done == 0) throw std::runtime_error("FLINT gave up on a factorisation");
  return product;
}

/// A polynomial in γ alone.
FmpzPoly in_gamma(const Bivariate& p, const TwoUnknowns& ring) {
  FmpzPoly out;
  Fmpz coefficient;
  for (slong k = 0; k < fmpz_mpoly_length(p.v, ring.v); ++k) {
    fmpz_mpoly_get_term_coeff_fmpz(coefficient.v, p.v, k, ring.v);
    fmpz_poly_set_coeff_fmpz(
        out.v,
        static_cast<slong>(fmpz_mpoly_get_term_var_exp_ui(p.v, k, TwoUnknowns::gamma, ring.v)),
        coefficient.v);
  }
  return out;
}

}  // namespace

std::optional<std::vector<Algebraic>> critical_parameters(const RationalMatrix& A,
                                                          const RationalMatrix& B,
                                                          const RationalMatrix& C,
                                                          const Rational& low,
                                                          const Rational& high) {
  const TwoUnknowns ring;
  const Bivariate p = squarefree(characteristic(A, B, C, ring), ring);
  Bivariate slope(ring), resultant(ring);
  fmpz_mpoly_derivative(slope.v, p.v, TwoUnknowns::gamma, ring.v);
  if (fmpz_mpoly_resultant(resultant.v, p.v, slope.v, TwoUnknowns::lambda, ring.v) == 0)
    throw std::runtime_error("FLINT gave up on a resultant");
  const FmpzPoly all = in_gamma(resultant, ring);
  if (fmpz_poly_is_zero(all.v) != 0) return std::nullopt;
  std::vector<Algebraic> roots;
  if (fmpz_poly_degree(all.v) == 0) return roots;
  const FmpzPoly simple = squarefree_part(all);
  // An end that is a root is moved inwards, past no other root: it is none of the open interval.
  const auto inwards = [&](Rational end, const Rational& other) {
    Rational step = (other - end) / 2;
    if (sign_at(simple, end) != 0) return end;
    while (variations_between(simple, std::min(end, Rational(end + step)),
                              std::max(end, Rational(end + step))) != 0 ||
           sign_at(simple, Rational(end + step)) == 0)
      step /= 2;
    return Rational(end + step);
  };
  const Rational from = inwards(low, high), to = inwards(high, from);
  add_roots(simple, from, to, roots);
  return roots;
}

}  // namespace istcheck
