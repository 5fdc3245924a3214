#include "exact/surd.hpp"

#include <algorithm>
#include <stdexcept>

#include "exact/flint_bridge.hpp"
// FLINT's later headers need the types of its earlier ones.
#include <flint/fmpz_factor.h>

namespace istcheck {
namespace {

struct Factorisation {
  fmpz_factor_t v;
  explicit Factorisation(const Integer& x) {
    fmpz_factor_init(v);
    fmpz_factor(v, flint::Fmpz(x).v);
  }
  Factorisation(const Factorisation&) = delete;
  Factorisation& operator=(const Factorisation&) = delete;
  ~Factorisation() { fmpz_factor_clear(v); }
};

/// x = square² · squarefree, for x >= 1.
void split_square(const Integer& x, Integer& square, Integer& squarefree) {
  square = 1;
  squarefree = 1;
  Factorisation f(x);
  for (slong k = 0; k < f.v->num; ++k) {
    const Integer p = flint::to_integer(f.v->p + k);
    for (ulong e = 0; e + 1 < f.v->exp[k]; e += 2) square *= p;
    if (f.v->exp[k] % 2 == 1) squarefree *= p;
  }
}

/// ⌊2^bits √r⌋.
Integer scaled_root(const Integer& r, unsigned bits) { return sqrt(Integer(r << (2 * bits))); }

}  // namespace

Surd::Surd(Rational value) {
  if (value != 0) terms_.emplace(Integer(1), std::move(value));
}

Surd Surd::sqrt_of(const Rational& x) {
  if (x < 0) throw std::domain_error("square root of the negative number " + x.str());
  Surd result;
  if (x == 0) return result;
  // √(p/q) = √(pq) / q.
  Integer square, squarefree;
  split_square(numerator(x) * denominator(x), square, squarefree);
  result.terms_.emplace(squarefree, Rational(square, denominator(x)));
  return result;
}

bool Surd::is_rational() const {
  return terms_.empty() || (terms_.size() == 1 && terms_.begin()->first == 1);
}

Rational Surd::rational() const {
  if (!is_rational()) throw std::domain_error(to_string(*this) + " is irrational");
  return terms_.empty() ? Rational(0) : terms_.begin()->second;
}

void Surd::add_term(const Integer& radicand, const Rational& coefficient) {
  auto [it, inserted] = terms_.try_emplace(radicand, coefficient);
  if (!inserted) it->second += coefficient;
  if (it->second == 0) terms_.erase(it);
}

Surd& Surd::operator+=(const Surd& other) {
  if (this == &other) return *this *= Surd(2);
  for (const auto& [r, q] : other.terms_) add_term(r, q);
  return *this;
}

Surd& Surd::operator-=(const Surd& other) {
  if (this == &other) {
    terms_.clear();
    return *this;
  }
  for (const auto& [r, q] : other.terms_) {
    const auto it = terms_.find(r);
    if (it == terms_.end()) {
      terms_.emplace(r, -q);
    } else if ((it->second -= q) == 0) {
      terms_.erase(it);
    }
  }
  return *this;
}

Surd& Surd::operator*=(const Surd& other) {
  // Most numbers are rational, and need no new memory here.
  if (is_rational() && other.is_rational()) {
    if (other.terms_.empty()) {
      terms_.clear();
    } else if (!terms_.empty()) {
      terms_.begin()->second *= other.terms_.begin()->second;
    }
    return *this;
  }
  Surd product;
  for (const auto& [r, q] : terms_)
    for (const auto& [s, p] : other.terms_) {
      // √r √s = g √((r/g)(s/g)) with g = gcd(r, s); the radicand stays squarefree.
      const Integer g = gcd(r, s);
      product.add_term((r / g) * (s / g), q * p * Rational(g));
    }
  return *this = std::move(product);
}

Surd& Surd::operator/=(const Surd& other) { return *this *= other.inverse(); }

Surd Surd::operator-() const {
  Surd result = *this;
  for (auto& term : result.terms_) term.second = -term.second;
  return result;
}

Surd Surd::conjugate(const Integer& prime) const {
  Surd result = *this;
  for (auto& [r, q] : result.terms_)
    if (r % prime == 0) q = -q;
  return result;
}

Surd Surd::inverse() const {
  if (terms_.empty()) throw std::domain_error("division by zero");
  if (is_rational()) return Rational(1) / rational();
  // With c the conjugate for a prime p of the last radicand, x c = a² − p b² has no √p any more,
  // and is not zero because conjugation is a field automorphism.
  const Surd c = conjugate(primes_of(*this).back());
  return c * (*this * c).inverse();
}

std::vector<Integer> primes_of(const Surd& x) {
  std::vector<Integer> primes;
  for (const auto& term : x.terms()) {
    Factorisation f(term.first);
    for (slong k = 0; k < f.v->num; ++k) primes.push_back(flint::to_integer(f.v->p + k));
  }
  std::sort(primes.begin(), primes.end());
  primes.erase(std::unique(primes.begin(), primes.end()), primes.end());
  return primes;
}

std::pair<Rational, Rational> enclose(const Surd& x, long bits) {
  if (x.is_rational()) return {x.rational(), x.rational()};
  // Each √r lies in [s, s + 1]/2^b with s = ⌊2^b √r⌋; |q| 2^-b summed must stay below 2^-bits.
  Rational total = 1;
  for (const auto& term : x.terms()) total += abs(term.second);
  const auto extra = static_cast<long>(msb(Integer(numerator(total) / denominator(total)))) + 1;
  const auto b = static_cast<unsigned>(std::max(0L, bits + extra));
  Rational low = 0, high = 0;
  const Integer unit = Integer(1) << b;
  for (const auto& [r, q] : x.terms()) {
    if (r == 1) {
      low += q;
      high += q;
      continue;
    }
    const Integer s = scaled_root(r, b);
    const Rational below = q * Rational(s, unit), above = q * Rational(Integer(s + 1), unit);
    low += std::min(below, above);
    high += std::max(below, above);
  }
  return {low, high};
}

int Surd::sign() const {
  if (is_rational()) return terms_.empty() ? 0 : terms_.begin()->second.sign();
  for (long bits = 32;; bits *= 2) {
    const auto [low, high] = enclose(*this, bits);
    if (low > 0) return 1;
    if (high < 0) return -1;
  }
}

int sign(const Surd& x) { return x.sign(); }

double approximate(const Surd& x) {
  if (x.is_rational()) return approximate(x.rational());
  for (long bits = 80;; bits *= 2) {  // relative to the size of x, which is not zero
    const auto [low, high] = enclose(x, bits);
    if (abs(low) >= (high - low) * Rational(Integer(1) << 60)) return approximate(low);
  }
}

std::string decimal(const Surd& x, int digits) {
  if (x.is_rational()) return decimal(x.rational(), digits);
  // An irrational number is never a rounding tie, so both ends agree in the end.
  for (long bits = 4L * digits;; bits *= 2) {
    const auto [low, high] = enclose(x, bits);
    if (std::string text = decimal(low, digits); text == decimal(high, digits)) return text;
  }
}

std::string to_string(const Surd& x) {
  if (x.is_rational()) return to_string(x.rational());
  std::string text;
  // Irrational parts first, the rational part last, as one writes them.
  const auto append = [&](const Integer& r, const Rational& q) {
    const Rational magnitude = abs(q);
    if (text.empty())
      text += q < 0 ? "-" : "";
    else
      text += q < 0 ? " - " : " + ";
    if (r == 1)
      text += to_string(magnitude);
    else
      text += (magnitude == 1 ? "" : to_string(magnitude) + "*") + "sqrt(" + r.str() + ")";
  };
  for (const auto& [r, q] : x.terms())
    if (r != 1) append(r, q);
  if (const auto it = x.terms().find(Integer(1)); it != x.terms().end())
    append(it->first, it->second);
  return text;
}

bool is_rational(const SurdMatrix& m) {
  for (Eigen::Index i = 0; i < m.size(); ++i)
    if (!m.data()[i].is_rational()) return false;
  return true;
}

RationalMatrix to_rational(const SurdMatrix& m) {
  return m.unaryExpr([](const Surd& x) { return x.rational(); });
}

SurdMatrix to_surd(const RationalMatrix& m) {
  return m.unaryExpr([](const Rational& x) { return Surd(x); });
}

}  // namespace istcheck
