#include "exact/surd.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "exact/integer_factors.hpp"
#include "exact/linalg.hpp"
#include "exact/matrix_code.hpp"
#include "exact/budgets.hpp"
#include "exact/number_field.hpp"
#include "exact/unknowns.hpp"

namespace istcheck {
namespace {

/// x = square² · squarefree, for x >= 1.
void split_square(const Integer& x, Integer& square, Integer& squarefree) {
  squarefree = 1;
  if (square = sqrt(x); square * square == x) return;
  square = 1;
  for (const auto& [p, times] : prime_factors(x)) {
    for (unsigned e = 0; e + 1 < times; e += 2) square *= p;
    if (times % 2 == 1) squarefree *= p;
  }
}

/// ⌊2^bits √r⌋.
Integer scaled_root(const Integer& r, unsigned bits) { return sqrt(Integer(r << (2 * bits))); }

}  // namespace

Surd::Surd(Rational value) {
  if (value != 0) terms_.emplace(Irrational{}, std::move(value));
}

Surd Surd::sqrt_of(const Rational& x) {
  if (x < 0) throw std::domain_error("square root of the negative number " + x.str());
  Surd result;
  if (x == 0) return result;
  // √(p/q) = √(pq) / q.
  Integer square, squarefree;
  split_square(numerator(x) * denominator(x), square, squarefree);
  result.terms_.emplace(Irrational{squarefree, 0}, Rational(square, denominator(x)));
  return result;
}

bool Surd::is_rational() const {
  return terms_.empty() || (terms_.size() == 1 && terms_.begin()->first.is_one());
}

Rational Surd::rational() const {
  if (!is_rational()) throw std::domain_error(to_string(*this) + " is irrational");
  return terms_.empty() ? Rational(0) : terms_.begin()->second;
}

Surd Surd::unknown(unsigned number) {
  Surd result;
  result.terms_.emplace(Irrational{1, 0, {{number, 1U}}}, 1);
  return result;
}

Surd Surd::basis_number(const Irrational& b, const Field& field, const Rational& q) {
  Surd result;
  if (b.power > 0) result.field_ = field;
  result.add_term(b, q);
  result.settle();
  return result;
}

namespace {

/// √a √b = gcd(a, b) √(a b / gcd²) for squarefree a and b.
Integer product_radicand(const Integer& a, const Integer& b, const Integer& common) {
  return (a / common) * (b / common);
}

/// The product of powers of unknowns.
UnknownPowers product_of(const UnknownPowers& a, const UnknownPowers& b) {
  if (a.empty() || b.empty()) return a.empty() ? b : a;
  UnknownPowers product;
  auto i = a.begin(), j = b.begin();
  while (i != a.end() || j != b.end()) {
    if (j == b.end() || (i != a.end() && i->first < j->first)) {
      product.push_back(*i++);
    } else if (i == a.end() || j->first < i->first) {
      product.push_back(*j++);
    } else {
      product.emplace_back(i->first, i->second + j->second);
      ++i, ++j;
    }
  }
  return product;
}

/// The square root in the field that makes the radicand least; null for none.
const NumberField::Square* reducing_square(const NumberField& field, const Integer& radicand) {
  const NumberField::Square* best = nullptr;
  Integer least = radicand;
  for (const auto& s : field.squares()) {
    const Integer r = product_radicand(radicand, s.radicand, gcd(radicand, s.radicand));
    if (r >= least) continue;
    least = r;
    best = &s;
  }
  return best;
}

}  // namespace

/// From here on the number is one of the field with square roots.
void Surd::enter(const Field& field) {
  if (field == nullptr || field == field_) return;
  if (field_ != nullptr) throw std::domain_error("numbers of two different number fields");
  field_ = field;
  if (field->squares().empty() && field->unfactored() == 1) return;
  const auto old = std::move(terms_);
  terms_.clear();
  for (const auto& [b, q] : old) add_term(b, q);
}

void Surd::add_term(const Irrational& b, const Rational& coefficient) {
  if (field_ != nullptr && b.radicand != 1) {
    if (gcd(b.radicand, field_->unfactored()) != 1)
      throw std::domain_error("a square root of which it is open whether it lies in Q(alpha)");
    if (const auto* s = reducing_square(*field_, b.radicand)) {
      const Integer r = product_radicand(b.radicand, s->radicand, gcd(b.radicand, s->radicand));
      const Rational scale = coefficient / Rational(gcd(r, s->radicand));
      for (size_t i = 0; i < s->root.size(); ++i)
        if (s->root[i] != 0)
          add_product({r, b.power, b.unknowns}, {1, static_cast<unsigned>(i)}, scale * s->root[i]);
      return;
    }
  }
  auto [it, inserted] = terms_.try_emplace(b, coefficient);
  if (!inserted) it->second += coefficient;
  if (it->second == 0) terms_.erase(it);
}

void Surd::add_product(const Irrational& a, const Irrational& b, const Rational& coefficient) {
  // Polynomials with rational coefficients need none of what follows.
  if (a.power == 0 && b.power == 0 && a.radicand == 1 && b.radicand == 1) {
    const auto [it, inserted] =
        terms_.try_emplace({1, 0, product_of(a.unknowns, b.unknowns)}, coefficient);
    if (!inserted && (it->second += coefficient).is_zero()) terms_.erase(it);
    return;
  }
  const Integer g = gcd(a.radicand, b.radicand);
  const Integer r = product_radicand(a.radicand, b.radicand, g);
  const Rational q = coefficient * Rational(g);
  const unsigned power = a.power + b.power;
  const UnknownPowers unknowns = product_of(a.unknowns, b.unknowns);
  if (power == 0) return add_term({r, 0, unknowns}, q);
  const Powers& reduced = field_->power(power);
  for (size_t k = 0; k < reduced.size(); ++k)
    if (reduced[k] != 0) add_term({r, static_cast<unsigned>(k), unknowns}, q * reduced[k]);
}

/// Leaves the field when no power of α is left.
void Surd::settle() {
  if (field_ == nullptr) return;
  for (const auto& term : terms_)
    if (term.first.power > 0) return;
  field_.reset();
}

Surd& Surd::operator+=(const Surd& other) {
  if (this == &other) return *this *= Surd(2);
  enter(other.field_);
  for (const auto& [b, q] : other.terms_) add_term(b, q);
  settle();
  return *this;
}

Surd& Surd::operator-=(const Surd& other) {
  if (this == &other) return *this = Surd();
  enter(other.field_);
  for (const auto& [b, q] : other.terms_) add_term(b, -q);
  settle();
  return *this;
}

namespace {
/// About the length of its coefficients.
long bits_of(const Surd& x) {
  if (x.terms().empty()) return 0;
  const Rational& q = x.terms().begin()->second;
  return bit_length(numerator(q)) + bit_length(denominator(q));
}
}  // namespace

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
  if (auto* assumptions = Assumptions::of_thread_or_null())
    assumptions->multiply(terms_.size() * other.terms_.size() *
                          static_cast<size_t>(1 + (bits_of(*this) + bits_of(other)) / 256));
  Surd product;
  product.enter(field_);
  product.enter(other.field_);
  for (const auto& [a, q] : terms_)
    for (const auto& [b, p] : other.terms_) product.add_product(a, b, q * p);
  product.settle();
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
  for (auto& [b, q] : result.terms_)
    if (b.radicand % prime == 0) q = -q;
  return result;
}

Surd Surd::inverse() const {
  if (terms_.empty()) throw std::domain_error("division by zero");
  if (is_rational()) return Rational(1) / rational();
  if (has_unknowns()) return Assumptions::of_thread().reciprocal(*this);
  if (field_ != nullptr) {  // x y = 1 for the coordinates of y
    const auto basis = closed_basis({*this});
    RationalMatrix one = RationalMatrix::Zero(static_cast<Index>(basis.size()), 1);
    one(0, 0) = 1;
    const auto y = solve(multiplication(*this, basis, field_), one).value();
    Surd result;
    result.enter(field_);
    for (size_t k = 0; k < basis.size(); ++k)
      if (const Rational& q = y(static_cast<Index>(k), 0); q != 0) result.add_term(basis[k], q);
    result.settle();
    return result;
  }
  // With c the conjugate for a prime p of the last radicand, x c = a² − p b² has no √p any more,
  // and is not zero because conjugation is a field automorphism.
  const std::vector<Integer> primes = primes_of(*this);
  if (primes.size() > size_t(budget::kRoots.most))
    throw std::domain_error(budget::spent(budget::kRoots));
  const Surd c = conjugate(primes.back());
  return c * (*this * c).inverse();
}

std::vector<Integer> primes_of(const Surd& x) {
  std::vector<Integer> primes;
  for (const auto& term : x.terms())
    for (const auto& [p, times] : prime_factors(term.first.radicand)) primes.push_back(p);
  std::sort(primes.begin(), primes.end());
  primes.erase(std::unique(primes.begin(), primes.end()), primes.end());
  return primes;
}

std::vector<Irrational> closed_basis(const std::vector<Surd>& numbers) {
  Surd alpha(1);
  std::set<Integer> found, closed{1};
  for (const Surd& x : numbers) {
    if (x.field() != nullptr) alpha = Surd::basis_number({1, 1}, x.field());
    for (const auto& term : x.terms()) found.insert(term.first.radicand);
  }
  for (const Integer& r : found) {
    const std::set<Integer> before = closed;
    for (const Integer& s : before) {
      // Beside α, so that the radicand is the least of its class.
      const Surd product =
          Surd::basis_number({r, 0}, nullptr) * Surd::basis_number({s, 0}, nullptr) * alpha;
      closed.insert(product.terms().begin()->first.radicand);
    }
  }
  const size_t degree = alpha.field() == nullptr ? 1 : alpha.field()->degree();
  std::vector<Irrational> basis;
  for (const Integer& r : closed)
    for (unsigned k = 0; k < degree; ++k) basis.push_back({r, k});
  return basis;
}

RationalMatrix multiplication(const Surd& x, const std::vector<Irrational>& basis,
                              const Surd::Field& field) {
  const auto size = static_cast<Index>(basis.size());
  std::map<Irrational, Index> place;
  for (Index k = 0; k < size; ++k) place[basis[static_cast<size_t>(k)]] = k;
  RationalMatrix m = RationalMatrix::Zero(size, size);
  for (Index k = 0; k < size; ++k) {
    const Surd image = x * Surd::basis_number(basis[static_cast<size_t>(k)], field);
    for (const auto& [b, q] : image.terms()) m(place.at(b), k) = q;
  }
  return m;
}

namespace {

/// An interval of width about 2^-bits for √r α^k.
std::pair<Rational, Rational> enclose(const Irrational& x, const Surd::Field& field,
                                      unsigned bits) {
  std::pair<Rational, Rational> result{1, 1};
  if (x.radicand != 1) {
    const Integer unit = Integer(1) << bits, s = scaled_root(x.radicand, bits);
    result = {Rational(s, unit), Rational(Integer(s + 1), unit)};
  }
  if (x.power == 0) return result;
  const auto [low, high] = field->enclose(static_cast<long>(bits));
  for (unsigned k = 0; k < x.power; ++k) {
    const Rational p[] = {result.first * low, result.first * high, result.second * low,
                          result.second * high};
    result = {*std::min_element(p, p + 4), *std::max_element(p, p + 4)};
  }
  return result;
}

}  // namespace

std::pair<Rational, Rational> enclose(const Surd& x, long bits) {
  if (x.is_rational()) return {x.rational(), x.rational()};
  if (x.has_unknowns()) throw std::domain_error("a number with unknowns has no enclosure");
  // Each √r lies in [s, s + 1]/2^b with s = ⌊2^b √r⌋; |q| 2^-b summed must stay below 2^-bits. With
  // powers of α the widths are more than that, and more bits are taken until they suffice.
  Rational total = 1;
  for (const auto& term : x.terms()) total += abs(term.second);
  const auto extra = static_cast<long>(msb(Integer(numerator(total) / denominator(total)))) + 1;
  const Rational width(Integer(1),
                       Integer(Integer(1) << static_cast<unsigned>(std::max(0L, bits))));
  for (auto b = static_cast<unsigned>(std::max(0L, bits + extra));; b += 16 + b / 2) {
    Rational low = 0, high = 0;
    for (const auto& [factor, q] : x.terms()) {
      const auto [below, above] = enclose(factor, x.field(), b);
      low += q * (q < 0 ? above : below);
      high += q * (q < 0 ? below : above);
    }
    if (x.field() == nullptr || high - low <= width) return {low, high};
  }
}

int Surd::sign() const {
  if (is_rational()) return terms_.empty() ? 0 : terms_.begin()->second.sign();
  if (has_unknowns()) return Assumptions::of_thread().sign(*this);
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

std::string to_string(const Irrational& x) {
  std::string text;
  const auto factor = [&](const std::string& name, unsigned power) {
    text += (text.empty() ? "" : "*") + name + (power > 1 ? "^" + std::to_string(power) : "");
  };
  for (const auto& [number, power] : x.unknowns) factor("u" + std::to_string(number), power);
  if (x.power > 0) factor("alpha", x.power);
  if (x.radicand != 1) factor("sqrt(" + x.radicand.str() + ")", 1);
  return text.empty() ? "1" : text;
}

std::string to_string(const Surd& x) {
  if (x.is_rational()) return to_string(x.rational());
  std::string text;
  // Irrational parts first, the rational part last, as one writes them.
  const auto append = [&](const Irrational& b, const Rational& q) {
    const Rational magnitude = abs(q);
    if (text.empty())
      text += q < 0 ? "-" : "";
    else
      text += q < 0 ? " - " : " + ";
    if (b.is_one())
      text += to_string(magnitude);
    else
      text += (magnitude == 1 ? "" : to_string(magnitude) + "*") + to_string(b);
  };
  for (const auto& [b, q] : x.terms())
    if (!b.is_one()) append(b, q);
  if (const auto it = x.terms().find(Irrational{}); it != x.terms().end())
    append(it->first, it->second);
  return text;
}

bool is_rational(const SurdMatrix& m) {
  for (Index i = 0; i < m.size(); ++i)
    if (!m.data()[i].is_rational()) return false;
  return true;
}

bool has_unknowns(const SurdMatrix& m) {
  for (Index i = 0; i < m.size(); ++i)
    if (m.data()[i].has_unknowns()) return true;
  return false;
}

RationalMatrix to_rational(const SurdMatrix& m) {
  return m.unaryExpr([](const Surd& x) { return x.rational(); });
}

SurdMatrix to_surd(const RationalMatrix& m) {
  return m.unaryExpr([](const Rational& x) { return Surd(x); });
}

std::map<Irrational, RationalMatrix> parts_of(const SurdMatrix& m) {
  std::map<Irrational, RationalMatrix> parts;
  for (Index i = 0; i < m.rows(); ++i)
    for (Index j = 0; j < m.cols(); ++j)
      for (const auto& [b, q] : m(i, j).terms()) {
        auto [part, added] = parts.try_emplace(b);
        if (added) part->second = RationalMatrix::Zero(m.rows(), m.cols());
        part->second(i, j) = q;
      }
  return parts;
}

Surd::Field field_of(const SurdMatrix& m) {
  for (Index k = 0; k < m.size(); ++k)
    if (m.data()[k].field() != nullptr) return m.data()[k].field();
  return nullptr;
}

SurdMatrix by_parts(const SurdMatrix& m, Index r, Index c,
                    const std::function<SurdMatrix(const RationalMatrix&)>& map) {
  SurdMatrix result = SurdMatrix::Constant(r, c, Surd(0));
  for (const auto& [b, part] : parts_of(m))
    result += map(part) * Surd::basis_number(b, field_of(m));
  return result;
}

ISTCHECK_MATRICES(, Surd);

}  // namespace istcheck
