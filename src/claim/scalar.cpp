#include "claim/scalar.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "exact/budgets.hpp"
#include "exact/number_field.hpp"

namespace istcheck::claim {
namespace {

constexpr long kMostBits = 4096;

/// The roots of a x² + b x + c as surds, when `x` has that minimal polynomial, and a discriminant
/// that can be factored.
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

Algebraic to_algebraic(const Scalar& a) {
  return a.surd() != nullptr ? Algebraic(*a.surd()) : *a.algebraic();
}

/// 1/x for an irrational x: the root of the reversed polynomial.
Algebraic inverse(const Algebraic& x) {
  Polynomial p = x.minimal_polynomial();
  std::reverse(p.begin(), p.end());
  for (long bits = 16;; bits *= 2) {
    const auto [low, high] = x.enclose(bits);
    if (low.sign() * high.sign() > 0) return Algebraic(p, 1 / high, 1 / low);
  }
}

Interval multiply(const Interval& a, const Interval& b) {
  const Rational products[] = {a.first * b.first, a.first * b.second, a.second * b.first,
                               a.second * b.second};
  return {*std::min_element(products, products + 4), *std::max_element(products, products + 4)};
}

template <class F>
Scalar enclosed(F f) {
  return Scalar(std::make_shared<const std::function<Interval(long)>>(std::move(f)));
}

/// The sign when it shows at some precision up to kMostBits.
int separate(const Scalar& a) {
  for (long bits = 64; bits <= kMostBits; bits *= 2) {
    const auto [low, high] = a.enclose(bits);
    if (low.sign() > 0) return 1;
    if (high.sign() < 0) return -1;
    if (low.sign() == 0 && high.sign() == 0) return 0;
  }
  throw Unsupported(
      "two numbers agree to 4096 bits and at least one is an expression in algebraic "
      "numbers of degree 3 or more, for which equality is not decided");
}

/// An interval for √x, of width about 2^-bits.
Interval root_of(const Interval& x, long bits) {
  const Integer scale = Integer(1) << static_cast<unsigned>(bits);
  const auto floor_root = [&](const Rational& v) {
    const Rational scaled = v * Rational(scale) * Rational(scale);
    const Integer whole = numerator(scaled) / denominator(scaled);
    return Integer(sqrt(whole));
  };
  const Rational low =
      x.first.sign() <= 0 ? Rational(0) : Rational(floor_root(x.first)) / Rational(scale);
  return {low, Rational(floor_root(x.second) + 1) / Rational(scale)};
}

/// b as a polynomial in the α of a, where it is one.
std::optional<Surd> in_field_of(const Scalar& a, const Scalar& b) {
  if (a.surd() == nullptr || a.surd()->field() == nullptr || b.algebraic() == nullptr)
    return std::nullopt;
  const Surd::Field field = a.surd()->field();
  try {
    const auto powers = in_powers_of(field->generator(), *b.algebraic());
    return powers ? std::optional(element_of(field, *powers)) : std::nullopt;
  } catch (const std::domain_error&) {
    return std::nullopt;
  }
}

bool decided(const Scalar& a) { return a.surd() != nullptr || a.algebraic() != nullptr; }

}  // namespace

Scalar::Scalar(const Algebraic& value) {
  if (auto surd = as_surd(value)) {
    value_ = std::move(*surd);
  } else {
    value_ = value;
  }
}

Rational Scalar::rational() const {
  if (surd() == nullptr) throw std::domain_error("not a rational number");
  return surd()->rational();
}

const Surd& Scalar::need_surd(const char* use) const {
  if (surd() != nullptr) return *surd();
  throw Unsupported(std::string(use) + " needs a sum of square roots, but " + decimal(*this, 12) +
                    " is an algebraic number of higher degree");
}

int Scalar::sign() const {
  if (surd() != nullptr) return surd()->sign();
  if (algebraic() != nullptr) return algebraic()->sign();
  return separate(*this);
}

Interval Scalar::enclose(long bits) const {
  if (surd() != nullptr) return istcheck::enclose(*surd(), bits);
  if (algebraic() != nullptr) return algebraic()->enclose(bits);
  return (*std::get<Enclosure>(value_))(bits);
}

Scalar operator+(const Scalar& a, const Scalar& b) {
  if (a.surd() && b.surd()) return *a.surd() + *b.surd();
  if (a.algebraic() && b.is_rational()) return Scalar(a.algebraic()->affine(1, b.rational()));
  if (b.algebraic() && a.is_rational()) return b + a;
  if (const auto y = in_field_of(a, b)) return *a.surd() + *y;
  if (const auto x = in_field_of(b, a)) return *x + *b.surd();
  return enclosed([a, b](long bits) {
    const Interval x = a.enclose(bits), y = b.enclose(bits);
    return Interval(x.first + y.first, x.second + y.second);
  });
}

Scalar operator-(const Scalar& a) {
  if (a.surd()) return -*a.surd();
  if (a.algebraic()) return Scalar(a.algebraic()->affine(-1, 0));
  return enclosed([a](long bits) {
    const Interval x = a.enclose(bits);
    return Interval(-x.second, -x.first);
  });
}

Scalar operator-(const Scalar& a, const Scalar& b) { return a + (-b); }

Scalar operator*(const Scalar& a, const Scalar& b) {
  if (a.surd() && b.surd()) return *a.surd() * *b.surd();
  if (a.is_rational()) return b * a;
  if (b.is_rational() && b.rational() == 0) return 0;
  if (b.is_rational() && a.algebraic()) return Scalar(a.algebraic()->affine(b.rational(), 0));
  if (const auto y = in_field_of(a, b)) return *a.surd() * *y;
  if (const auto x = in_field_of(b, a)) return *x * *b.surd();
  return enclosed([a, b](long bits) { return multiply(a.enclose(bits), b.enclose(bits)); });
}

Scalar operator/(const Scalar& a, const Scalar& b) {
  if (b.sign() == 0) throw std::domain_error("division by zero");
  if (b.surd()) return a * Scalar(b.surd()->inverse());
  if (b.algebraic()) return a * Scalar(inverse(*b.algebraic()));
  return a * enclosed([b](long bits) {
           for (long more = bits;; more *= 2) {
             const Interval y = b.enclose(more);
             if (y.first.sign() * y.second.sign() > 0) return Interval(1 / y.second, 1 / y.first);
           }
         });
}

Scalar square_root(const Scalar& a) {
  if (a.sign() < 0) throw std::domain_error("the square root of a negative number");
  if (a.is_rational()) return Surd::sqrt_of(a.rational());
  if (decided(a)) {
    const Algebraic x = to_algebraic(a);
    if (static_cast<long>(x.minimal_polynomial().size()) - 1 > budget::kDegree.most)
      throw Unsupported(budget::spent(budget::kDegree));
    return Scalar(x.square_root());
  }
  return enclosed([a](long bits) { return root_of(a.enclose(2 * bits), bits); });
}

void require_bits(const Surd& x) {
  const auto beyond = [](const Integer& i) { return bit_length(i) > budget::kBits.most; };
  for (const auto& [root, q] : x.terms())
    if (beyond(numerator(q)) || beyond(denominator(q)))
      throw Unsupported(budget::spent(budget::kBits));
}

Scalar power(const Scalar& a, long k) {
  if (k < 0) return Scalar(1) / power(a, -k);
  Scalar result = 1, square = a;
  for (; k > 0; k /= 2) {
    if (k % 2 == 1) result = result * square;
    if (k > 1) square = square * square;
    for (const Scalar* s : {&result, &square})
      if (s->surd() != nullptr) require_bits(*s->surd());
  }
  return result;
}

int compare(const Scalar& a, const Scalar& b) {
  if (a.surd() && b.surd()) return (*a.surd() - *b.surd()).sign();
  if (decided(a) && decided(b)) return istcheck::compare(to_algebraic(a), to_algebraic(b));
  return separate(a - b);
}

Rational round_up(const Scalar& a, const Rational& step) {
  // So fine that at most two multiples of the step lie below the enclosure's end.
  const auto [low, high] = a.enclose(64 + bit_length(denominator(step)));
  const Rational units = low / step;
  Integer k = numerator(units) / denominator(units) - 1;
  while (compare(Scalar(Rational(k) * step), a) < 0) ++k;
  return Rational(k) * step;
}

std::string decimal(const Scalar& a, int digits) {
  if (a.surd()) return istcheck::decimal(*a.surd(), digits);
  if (a.algebraic()) return istcheck::decimal(*a.algebraic(), digits);
  const Interval x = a.enclose(8L * digits);
  return istcheck::decimal((x.first + x.second) / 2, digits);
}

std::string to_string(const Scalar& a) {
  if (a.surd()) return istcheck::to_string(*a.surd());
  return decimal(a, 20) + "…";
}

}  // namespace istcheck::claim
