// The extreme real roots of integer polynomials and of polynomials over the surds.
#include <algorithm>
#include <stdexcept>

#include "exact/arb.hpp"
#include "exact/polynomial.hpp"

namespace istcheck {

using namespace flint;

void flint::add_roots(const FmpzPoly& p, const Rational& low, const Rational& high,
                      std::vector<Algebraic>& roots) {
  const int most = variations_between(p, low, high);
  if (most == 0) return;
  if (most == 1) {
    roots.emplace_back(from_flint(p), low, high);
    return;
  }
  // Not the middle where that is a root itself.
  Rational middle = (low + high) / 2;
  while (sign_at(p, middle) == 0) middle = (low + middle) / 2;
  add_roots(p, low, middle, roots);
  add_roots(p, middle, high, roots);
}

namespace {

Rational arf_to_rational(const arf_t x) {
  Fmpq q;
  arf_get_fmpq(q.v, x);
  return flint::to_rational(q.v);
}

struct Ball {
  arb_t v;
  Ball() { arb_init(v); }
  Ball(const Ball&) = delete;
  Ball& operator=(const Ball&) = delete;
  ~Ball() { arb_clear(v); }
};

struct BallPolynomial {
  arb_poly_t v;
  BallPolynomial(const FmpzPoly& p, slong precision) {
    arb_poly_init(v);
    arb_poly_set_fmpz_poly(v, p.v, precision);
  }
  BallPolynomial(const BallPolynomial&) = delete;
  BallPolynomial& operator=(const BallPolynomial&) = delete;
  ~BallPolynomial() { arb_poly_clear(v); }
};

/// Where Laguerre's iteration from the right of all real roots ends, or Newton's: computed in balls
/// and not certified, a proposal. Laguerre's descends to the largest root when all roots are real,
/// in a few steps. Newton's does when all roots have real part at most the largest real root ρ:
/// then p, p' and p'' are positive beyond ρ (Gauss and Lucas). The precision doubles until the
/// balls show a correction far below the last bit that matters.
Rational propose_largest_root(const FmpzPoly& p, bool laguerre) {
  constexpr slong kBits = 90;  // relative
  const slong degree = fmpz_poly_degree(p.v);
  FmpzPoly first, second;
  fmpz_poly_derivative(first.v, p.v);
  fmpz_poly_derivative(second.v, first.v);
  Fmpz bound;
  fmpz_poly_bound_roots(bound.v, p.v);
  Ball x, value, slope, curvature, root;
  arb_set_fmpz(x.v, bound.v);
  for (slong precision = 128, step = 0; precision <= 1 << 14; precision *= 2) {
    const BallPolynomial f(p, precision), f1(first, precision), f2(second, precision);
    for (; step < 60 * degree + 100; ++step) {
      arb_poly_evaluate(value.v, f.v, x.v, precision);
      arb_poly_evaluate(slope.v, f1.v, x.v, precision);
      if (arb_contains_zero(slope.v)) break;
      const bool exhausted = arb_contains_zero(value.v) != 0;
      if (laguerre && !exhausted) {
        // n p / (p' + √((n−1)² p'² − n (n−1) p p'')), for p' > 0; Newton's step for other roots.
        arb_poly_evaluate(curvature.v, f2.v, x.v, precision);
        arb_mul(root.v, value.v, curvature.v, precision);
        arb_mul_si(root.v, root.v, -degree * (degree - 1), precision);
        arb_mul_si(curvature.v, slope.v, degree - 1, precision);
        arb_addmul(root.v, curvature.v, curvature.v, precision);
        if (arb_is_nonnegative(root.v) && arb_is_positive(slope.v)) {
          arb_sqrt(root.v, root.v, precision);
          arb_add(slope.v, slope.v, root.v, precision);
          arb_div_si(slope.v, slope.v, degree, precision);
        }
      }
      arb_div(value.v, value.v, slope.v, precision);
      // A bound on the correction, its uncertainty included, against |x|.
      arb_get_abs_ubound_arf(arb_midref(root.v), value.v, 32);
      mag_zero(arb_radref(root.v));
      const bool small = arf_cmpabs_2exp_si(arb_midref(x.v), -200) < 0;
      arb_mul_2exp_si(root.v, root.v, kBits);
      if (small || arf_cmpabs(arb_midref(root.v), arb_midref(x.v)) < 0)
        return small ? Rational(0) : arf_to_rational(arb_midref(x.v));
      if (exhausted) break;
      arb_get_mid_arb(value.v, value.v);
      arb_sub(x.v, x.v, value.v, precision);
      arb_get_mid_arb(x.v, x.v);
    }
  }
  return arf_to_rational(arb_midref(x.v));
}

struct Isolated {
  Rational low, high;
};

/// Certified complex isolation of all roots of a squarefree p; the largest of the real ones.
Isolated isolate_by_all_roots(const FmpzPoly& p) {
  const slong degree = fmpz_poly_degree(p.v);
  for (slong precision = 64;; precision *= 2) {
    acb_ptr roots = _acb_vec_init(degree);
    arb_fmpz_poly_complex_roots(roots, p.v, 0, precision);
    std::vector<Isolated> real;
    for (slong k = 0; k < degree; ++k) {
      if (!arb_is_zero(acb_imagref(roots + k))) continue;
      arf_t low, high;
      arf_init(low);
      arf_init(high);
      arb_get_interval_arf(low, high, acb_realref(roots + k), precision + 64);
      const Rational slack = power_of_two(-precision - 8);
      real.push_back({arf_to_rational(low) - slack, arf_to_rational(high) + slack});
      arf_clear(low);
      arf_clear(high);
    }
    _acb_vec_clear(roots, degree);
    if (real.empty()) throw std::domain_error("a polynomial without real roots");
    std::sort(real.begin(), real.end(),
              [](const Isolated& a, const Isolated& b) { return a.low < b.low; });
    const Isolated last = real.back();
    const bool alone = real.size() == 1 || real[real.size() - 2].high < last.low;
    if (alone && sign_at(p, last.low) * sign_at(p, last.high) < 0) return last;
  }
}

}  // namespace

Algebraic largest_real_root(const Polynomial& polynomial) {
  if (polynomial.size() < 2) throw std::domain_error("a constant polynomial has no roots");
  const FmpzPoly p = squarefree_part(to_flint(polynomial));
  for (const bool laguerre : {true, false}) {
    const Rational near = propose_largest_root(p, laguerre);
    const long magnitude = near == 0 ? 0 : binary_exponent(near);
    for (const long bits : {70L, 40L, 16L}) {
      const Rational centre = floor_to(near, bits + 4 - magnitude);
      const Rational radius = power_of_two(magnitude - bits);
      const Rational low = centre - radius, high = centre + radius;
      // One root beyond low and none beyond high, by Descartes; then p changes sign in between
      // unless an end is a root, which the larger radius cures.
      if (variations_beyond(p, low) == 1 && variations_beyond(p, high) == 0 &&
          sign_at(p, low) * sign_at(p, high) < 0)
        return Algebraic(from_flint(p), low, high);
    }
  }
  const Isolated isolated = isolate_by_all_roots(p);
  return Algebraic(from_flint(p), isolated.low, isolated.high);
}

Algebraic smallest_real_root(const Polynomial& p) {
  Polynomial mirrored = p;
  for (size_t k = 1; k < mirrored.size(); k += 2) mirrored[k] = -mirrored[k];
  return largest_real_root(mirrored).affine(-1, 0);
}

std::vector<Algebraic> real_roots(const Polynomial& polynomial) {
  std::vector<Algebraic> roots;
  if (polynomial.empty()) throw std::domain_error("every number is a root of zero");
  if (polynomial.size() < 2) return roots;
  const FmpzPoly p = squarefree_part(to_flint(polynomial));
  Fmpz bound;
  fmpz_poly_bound_roots(bound.v, p.v);
  const Rational beyond(Integer(flint::to_integer(bound.v) + 1));
  add_roots(p, -beyond, beyond, roots);
  return roots;
}

Algebraic largest_root_modulus(const Polynomial& polynomial) {
  if (polynomial.size() < 2) throw std::domain_error("a constant polynomial has no roots");
  const FmpzPoly p = squarefree_part(to_flint(polynomial));
  const slong degree = fmpz_poly_degree(p.v);
  if (fmpz_poly_num_real_roots(p.v) == degree) {
    const Polynomial q = from_flint(p);
    return std::max(largest_real_root(q), smallest_real_root(q).affine(-1, 0));
  }
  // The k-th power sum of all products λ_i λ_j is the square of that of the roots. Among the
  // products is λ λ̄ = max |λ|², real and at least as large as every |λ_i λ_j|.
  fmpq_poly_t sums;
  fmpq_poly_init(sums);
  fmpq_poly_set_fmpz_poly(sums, p.v);
  fmpq_poly_power_sums(sums, sums, degree * degree + 1);
  Fmpq sum;
  for (slong k = 0; k <= degree * degree; ++k) {
    fmpq_poly_get_coeff_fmpq(sum.v, sums, k);
    fmpq_mul(sum.v, sum.v, sum.v);
    fmpq_poly_set_coeff_fmpq(sums, k, sum.v);
  }
  FmpzPoly products;
  fmpq_poly_power_sums_to_fmpz_poly(products.v, sums);
  fmpq_poly_clear(sums);
  return largest_real_root(from_flint(products)).square_root();
}

namespace {

using SurdPolynomial = std::vector<Surd>;  // lowest degree first

void drop_leading_zeros(SurdPolynomial& p) {
  while (!p.empty() && p.back() == Surd(0)) p.pop_back();
}

/// a = quotient · b + remainder, over the field of surds.
std::pair<SurdPolynomial, SurdPolynomial> divide(SurdPolynomial a, const SurdPolynomial& b) {
  SurdPolynomial quotient(a.size() < b.size() ? 0 : a.size() - b.size() + 1);
  const Surd lead = b.back().inverse();
  for (size_t k = quotient.size(); k-- > 0;) {
    quotient[k] = a[k + b.size() - 1] * lead;
    for (size_t j = 0; j < b.size(); ++j) a[k + j] -= quotient[k] * b[j];
  }
  drop_leading_zeros(a);
  return {quotient, a};
}

SurdPolynomial squarefree_part(const SurdPolynomial& p) {
  SurdPolynomial a = p, b;
  for (size_t k = 1; k < p.size(); ++k) b.push_back(Surd(static_cast<int>(k)) * p[k]);
  while (!b.empty()) {
    SurdPolynomial remainder = divide(a, b).second;
    a = std::exchange(b, std::move(remainder));
  }
  return divide(p, a).first;
}

Surd evaluate(const SurdPolynomial& p, const Rational& x) {
  Surd value;
  for (size_t k = p.size(); k-- > 0;) value = value * Surd(x) + p[k];
  return value;
}

int variations_beyond(SurdPolynomial p, const Rational& c) {
  for (size_t i = 0; i + 1 < p.size(); ++i)  // Horner's scheme for p(x + c)
    for (size_t k = p.size() - 1; k-- > i;) p[k] += Surd(c) * p[k + 1];
  return sign_changes(p.size(), [&](size_t k) { return p[k].sign(); });
}

}  // namespace

std::vector<Algebraic> real_roots(const std::vector<Surd>& polynomial) {
  SurdPolynomial p = polynomial;
  drop_leading_zeros(p);
  if (p.empty()) throw std::domain_error("every number is a root of zero");
  if (p.size() < 2) return {};
  return real_roots(from_flint(norm(p)));
}

Algebraic largest_real_root(const std::vector<Surd>& polynomial) {
  SurdPolynomial p = polynomial;
  drop_leading_zeros(p);
  if (p.size() < 2) throw std::domain_error("a constant polynomial has no roots");
  p = squarefree_part(p);
  const Surd lead = p.back().inverse();
  Rational high = 1;  // Cauchy's bound, 1 + max |p_k / p_d|
  for (const Surd& c : p) {
    const auto [a, b] = enclose(c * lead, 8);
    high = std::max({high, Rational(1 + abs(a)), Rational(1 + abs(b))});
  }
  Rational low = -high;
  int beyond_low = variations_beyond(p, low);
  for (int step = 0; beyond_low != 1; ++step) {
    if (beyond_low == 0 || step > 400)
      throw std::domain_error("no largest real root could be isolated");
    const Rational middle = (low + high) / 2;
    const int beyond = variations_beyond(p, middle);
    if (beyond == 0) {
      high = middle;
    } else {
      low = middle;
      beyond_low = beyond;
    }
  }
  // Exactly one root of p lies beyond low, and none beyond high. Shrink until that root is also the
  // only one of the norm, a rational polynomial that has all roots of p.
  const FmpzPoly rational = norm(p);
  const int sign_high = evaluate(p, high).sign();
  if (sign_high == 0) return Algebraic(high);
  for (;;) {
    if (sign_at(rational, low) != 0 && sign_at(rational, high) != 0 &&
        variations_between(rational, low, high) == 1)
      return Algebraic(from_flint(rational), low, high);
    const Rational middle = (low + high) / 2;
    const int s = evaluate(p, middle).sign();
    if (s == 0) return Algebraic(middle);
    (s == sign_high ? high : low) = middle;
  }
}

}  // namespace istcheck
