#include "exact/algebraic.hpp"

#include <algorithm>
#include <stdexcept>

#include "exact/polynomial.hpp"
// FLINT's later headers need the types of its earlier ones.
#include <flint/fmpz_poly_factor.h>

namespace istcheck {

using namespace flint;

struct Algebraic::Root {
  FmpzPoly p;  // squarefree
  Rational low, high;
  bool minimal = false;

  bool exact() const { return low == high; }

  void set_rational(const Rational& value) {
    low = high = value;
    fmpz_poly_zero(p.v);
    fmpz_poly_set_coeff_fmpz(p.v, 0, Fmpz(Integer(-numerator(value))).v);
    fmpz_poly_set_coeff_fmpz(p.v, 1, Fmpz(denominator(value)).v);
    minimal = true;
  }

  /// Shrinks the interval to the half that holds the root.
  void bisect() {
    const Rational middle = (low + high) / 2;
    const int s = sign_at(p, middle);
    if (s == 0)
      set_rational(middle);
    else if (s == sign_at(p, low))
      low = middle;
    else
      high = middle;
  }

  /// Until the width is at most 2^-bits. Newton proposes, exact signs confirm, bisection otherwise.
  void refine(long bits) {
    const Rational target = power_of_two(-bits);
    while (!exact() && high - low > target) {
      const long have = -binary_exponent(high - low);
      const long want = std::min(bits + 3, std::max(have, 1L) * 2 + 4);
      const Rational middle = floor_to((low + high) / 2, have + 2);
      Fmpq value, slope;
      FmpzPoly derivative;
      fmpz_poly_derivative(derivative.v, p.v);
      fmpz_poly_evaluate_fmpq(value.v, p.v, Fmpq(middle).v);
      fmpz_poly_evaluate_fmpq(slope.v, derivative.v, Fmpq(middle).v);
      if (want > have && !fmpq_is_zero(slope.v) && !fmpq_is_zero(value.v)) {
        const Rational newton = middle - flint::to_rational(value.v) / flint::to_rational(slope.v);
        const Rational below = floor_to(newton, want) - power_of_two(-want);
        const Rational above = below + 3 * power_of_two(-want);
        if (below > low && above < high && sign_at(p, below) * sign_at(p, above) < 0) {
          low = below;
          high = above;
          continue;
        }
      }
      bisect();
    }
  }

  /// Replaces p by its irreducible factor that has the root.
  void make_minimal() {
    if (minimal) return;
    fmpz_poly_factor_t factors;
    fmpz_poly_factor_init(factors);
    fmpz_poly_factor(factors, p.v);
    for (slong k = 0; k < factors->num; ++k) {
      FmpzPoly factor;
      fmpz_poly_set(factor.v, factors->p + k);
      if (sign_at(factor, low) * sign_at(factor, high) >= 0) continue;
      if (fmpz_sgn(fmpz_poly_lead(factor.v)) < 0) fmpz_poly_neg(factor.v, factor.v);
      p = factor;
      break;
    }
    fmpz_poly_factor_clear(factors);
    minimal = true;
    if (fmpz_poly_degree(p.v) == 1)
      set_rational(Rational(Integer(-flint::to_integer(fmpz_poly_get_coeff_ptr(p.v, 0))),
                            flint::to_integer(fmpz_poly_get_coeff_ptr(p.v, 1))));
  }
};

Algebraic::Algebraic(const Rational& value) : root_(std::make_shared<Root>()) {
  root_->set_rational(value);
}

Algebraic::Algebraic(const Polynomial& p, const Rational& low, const Rational& high)
    : root_(std::make_shared<Root>()) {
  root_->p = squarefree_part(to_flint(p));
  root_->low = low;
  root_->high = high;
  if (!(low < high) || sign_at(root_->p, low) * sign_at(root_->p, high) >= 0)
    throw std::domain_error("the polynomial does not change sign over the isolating interval");
}

Algebraic::Algebraic(const Surd& value) : root_(std::make_shared<Root>()) {
  if (value.is_rational()) {
    root_->set_rational(value.rational());
    return;
  }
  const FmpzPoly p = norm({-value, Surd(1)});
  for (long bits = 16;; bits *= 2) {
    const auto [low, high] = istcheck::enclose(value, bits);
    if (sign_at(p, low) == 0 || sign_at(p, high) == 0 || variations_between(p, low, high) != 1)
      continue;
    root_->p = p;
    root_->low = low;
    root_->high = high;
    return;
  }
}

bool Algebraic::is_rational() const {
  root_->make_minimal();
  return root_->exact();
}

Rational Algebraic::rational() const {
  if (!is_rational()) throw std::domain_error("an irrational algebraic number is not rational");
  return root_->low;
}

Polynomial Algebraic::minimal_polynomial() const {
  root_->make_minimal();
  return from_flint(root_->p);
}

std::pair<Rational, Rational> Algebraic::enclose(long bits) const {
  root_->refine(bits);
  return {root_->low, root_->high};
}

int Algebraic::sign() const { return compare(*this, Algebraic(Rational(0))); }

Algebraic Algebraic::affine(const Rational& scale, const Rational& shift) const {
  if (scale == 0) return Algebraic(shift);
  if (root_->exact()) return Algebraic(Rational(scale * root_->low + shift));
  auto result = std::make_shared<Root>();
  // x ↦ 2x makes 4x² − 2 of x² − 2, and x ↦ −x makes −x³ − 2 of x³ − 2.
  result->p = substitute(root_->p, 1 / scale, -shift / scale);
  make_primitive(result->p);
  result->minimal = root_->minimal;
  const Rational a = scale * root_->low + shift, b = scale * root_->high + shift;
  result->low = std::min(a, b);
  result->high = std::max(a, b);
  return Algebraic(std::move(result));
}

Algebraic Algebraic::square_root() const {
  const int s = sign();
  if (s < 0) throw std::domain_error("square root of a negative algebraic number");
  if (s == 0) return Algebraic(Rational(0));
  if (is_rational()) return Algebraic(Surd::sqrt_of(rational()));
  auto result = std::make_shared<Root>();
  for (slong k = 0; k < fmpz_poly_length(root_->p.v); ++k)
    fmpz_poly_set_coeff_fmpz(result->p.v, 2 * k, fmpz_poly_get_coeff_ptr(root_->p.v, k));
  // x ↦ x² is increasing on (0, ∞), so an interval whose squares lie in the isolating interval of
  // the radicand isolates the root. Inner approximations of √low and √high are in it for long
  // enough.
  for (long bits = 32;; bits *= 2) {
    root_->refine(bits);
    if (root_->low <= 0) continue;
    const Rational unit = power_of_two(-2 * bits);
    const auto root_below = [&](const Rational& x) {
      const Integer scaled = numerator(floor_to(x, 4 * bits) * power_of_two(4 * bits));
      return Rational(Integer(sqrt(scaled))) * unit;
    };
    result->low = root_below(root_->low) + unit;
    result->high = root_below(root_->high);
    if (result->low < result->high &&
        sign_at(result->p, result->low) * sign_at(result->p, result->high) < 0)
      return Algebraic(std::move(result));
  }
}

int compare(const Algebraic& a, const Algebraic& b) {
  auto &x = *a.root_, &y = *b.root_;
  if (a.root_ == b.root_) return 0;
  const auto rational_against = [](const Rational& q, Algebraic::Root& root) {
    // The sign of q − root, for a root known only by its interval.
    if (q <= root.low) return root.exact() && q == root.low ? 0 : -1;
    if (q >= root.high) return 1;
    const int s = sign_at(root.p, q);
    return s == 0 ? 0 : (s == sign_at(root.p, root.low) ? -1 : 1);
  };
  if (x.exact()) return rational_against(x.low, y);
  if (y.exact()) return -rational_against(y.low, x);
  FmpzPoly common;
  bool have_common = false;
  for (long bits = 8;; bits *= 2) {
    if (x.high <= y.low) return -1;
    if (y.high <= x.low) return 1;
    // Both intervals isolate, so a common root in their intersection is the root of both; the
    // intersection's ends are ends of one of them and no root of it, hence not of the common
    // divisor.
    if (!have_common) {
      fmpz_poly_gcd(common.v, x.p.v, y.p.v);
      have_common = true;
    }
    const Rational low = std::max(x.low, y.low), high = std::min(x.high, y.high);
    if (fmpz_poly_degree(common.v) > 0 && sign_at(common, low) * sign_at(common, high) < 0)
      return 0;
    x.refine(bits);
    y.refine(bits);
    if (x.exact() || y.exact()) return compare(a, b);
  }
}

bool monotone_between(const Polynomial& p, const Rational& low, const Rational& high) {
  Rational least = 0, most = 0;
  for (size_t k = p.size(); k-- > 1;) {
    const Rational ends[] = {least * low, least * high, most * low, most * high};
    const Rational c = Rational(p[k]) * Rational(k);
    least = *std::min_element(ends, ends + 4) + c;
    most = *std::max_element(ends, ends + 4) + c;
  }
  return least > 0 || most < 0;
}

std::pair<Rational, Rational> monotone_interval(const Algebraic& x) {
  const Polynomial p = x.minimal_polynomial();
  const FmpzPoly flint = to_flint(p);
  for (long bits = 0;; ++bits) {  // the nearest multiples of 2^-bits around x
    const auto [least, most] = x.enclose(bits + 8);
    const Rational low = floor_to(least, bits), high = -floor_to(-most, bits);
    if (sign_at(flint, low) * sign_at(flint, high) < 0 && monotone_between(p, low, high))
      return {low, high};
  }
}

std::string decimal(const Algebraic& x, int digits) {
  if (x.is_rational()) return decimal(x.rational(), digits);
  for (long bits = 4L * digits;; bits *= 2) {  // an irrational number is never a rounding tie
    const auto [low, high] = x.enclose(bits);
    if (std::string text = decimal(low, digits); text == decimal(high, digits)) return text;
  }
}

std::optional<Surd> as_surd(const Algebraic& x) {
  if (x.is_rational()) return Surd(x.rational());
  const Polynomial p = x.minimal_polynomial();
  if (p.size() != 3) return std::nullopt;
  const Rational a(p[2]), b(p[1]), c(p[0]);
  const Rational middle = -b / (2 * a);
  try {
    const Surd root = Surd::sqrt_of(b * b - 4 * a * c) / Surd(Rational(2 * abs(a)));
    return compare(x, Algebraic(middle)) > 0 ? Surd(middle) + root : Surd(middle) - root;
  } catch (const std::domain_error&) {
    return std::nullopt;
  }
}

double approximate(const Algebraic& x) {
  for (long bits = 64;; bits *= 2) {  // relative to the size of x
    const auto [low, high] = x.enclose(bits);
    if (low == high || (low > 0) == (high > 0))
      if (abs(low) >= (high - low) * power_of_two(60)) return approximate(low);
    if (x.is_rational()) return approximate(x.rational());
  }
}

}  // namespace istcheck
