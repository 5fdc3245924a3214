#include "claim/scalar.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "exact/budgets.hpp"
#include "exact/fractions.hpp"
#include "exact/integer_factors.hpp"
#include "exact/linalg.hpp"
#include "exact/number_field.hpp"
#include "exact/unknowns.hpp"

namespace istcheck::claim {

struct Scalar::Node {
  enum class Op { sum, negation, product, reciprocal, root } op;
  Scalar a, b;
  /// Logarithms to base 2 of bounds for the conjugates of U and L, rounded up.
  struct Bound {
    long u = 0, l = 0;
    bool whole = true;  ///< L is a whole number
  } bound;
};

namespace {

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

/// With ends that are multiples of 2^-bits, so that long expressions keep short ends.
Interval outward(const Interval& x, long bits) {
  const Rational scale(Integer(1) << static_cast<unsigned>(bits));
  return {Rational(floor_of(x.first * scale)) / scale,
          -Rational(floor_of(-x.second * scale)) / scale};
}

constexpr long kVeryMany = 1L << 40;
/// Sums and products of counts that stop growing at kVeryMany.
long many(long x) { return std::min(x, kVeryMany); }
long times_many(long x, long y) { return y != 0 && x > kVeryMany / y ? kVeryMany : many(x * y); }

/// √x for a rational x > 0 that is no square of one, as the root of q y² − p.
Algebraic root_of_rational(const Rational& x) {
  const Integer p = numerator(x), q = denominator(x), whole = sqrt(Integer(p / q));
  return {Polynomial{-p, 0, q}, Rational(whole), Rational(Integer(whole + 1))};
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

/// The number in its own field, beside a number with unknowns that has none. One field for each
/// number and thread, as numbers of different fields do not meet.
std::optional<Surd> beside_unknowns(const Scalar& a, const Scalar& b) {
  if (!a.has_unknowns() || a.surd()->field() != nullptr || b.algebraic() == nullptr)
    return std::nullopt;
  if (b.algebraic()->minimal_polynomial().size() > NumberField::kMostDegree + 1)
    return std::nullopt;
  thread_local std::vector<std::pair<Algebraic, Surd::Field>> fields;
  for (const auto& [x, field] : fields)
    if (x.minimal_polynomial() == b.algebraic()->minimal_polynomial() &&
        istcheck::compare(x, *b.algebraic()) == 0)
      return Surd::basis_number({1, 1}, field);
  if (fields.size() >= 16) fields.clear();
  fields.emplace_back(*b.algebraic(), NumberField::of(*b.algebraic()));
  return Surd::basis_number({1, 1}, fields.back().second);
}

bool decided(const Scalar& a) { return a.expression() == nullptr; }

using Node = Scalar::Node;
using Bound = Node::Bound;

/// That to base 2, rounded up, of x; 0 for x <= 1.
long logarithm(const Rational& x) {
  const Integer most = -floor_of(-x);
  return most <= 1 ? 0 : bit_length(Integer(most - 1));
}

/// Every conjugate of the roots of p is at most this.
Rational cauchy_bound(const Polynomial& p) {
  Rational most = 0;
  for (size_t k = 0; k + 1 < p.size(); ++k) most = std::max(most, Rational(abs(p[k])));
  return 1 + most / Rational(abs(p.back()));
}

/// Of Σ q √r α^k: with N clearing the q and c the leading coefficient of α's polynomial, L = N c^K.
Bound bound_of(const Surd& x) {
  Integer clear = 1;
  Rational size = 0, alpha = 1, lead = 1;
  unsigned most = 0;
  if (x.field() != nullptr) {
    alpha = cauchy_bound(x.field()->minimal_polynomial());
    lead = Rational(abs(x.field()->minimal_polynomial().back()));
  }
  for (const auto& [b, q] : x.terms()) {
    clear = lcm(clear, denominator(q));
    most = std::max(most, b.power);
    Rational term = abs(q) * Rational(Integer(sqrt(b.radicand)) + 1);
    for (unsigned k = 0; k < b.power; ++k) term *= alpha;
    size += term;
  }
  Rational divisor(clear);
  for (unsigned k = 0; k < most; ++k) divisor *= lead;
  return {logarithm(size * divisor), logarithm(divisor), true};
}

/// Of a root of p: L is the leading coefficient.
Bound bound_of(const Algebraic& x) {
  const Polynomial p = x.minimal_polynomial();
  const Rational lead(abs(p.back()));
  return {logarithm(cauchy_bound(p) * lead), logarithm(lead), true};
}

}  // namespace

const Scalar::Node* Scalar::expression() const {
  const auto* e = std::get_if<Expression>(&value_);
  return e == nullptr ? nullptr : e->get();
}

namespace {

Bound bound_of(const Scalar& x) {
  if (x.surd() != nullptr) return bound_of(*x.surd());
  if (x.algebraic() != nullptr) return bound_of(*x.algebraic());
  return x.expression()->bound;
}

Scalar applied(Node::Op op, const Scalar& a, const Scalar& b = {}) {
  const Bound x = bound_of(a), y = bound_of(b);
  Bound result;
  switch (op) {
    case Node::Op::sum:
      result = {std::max(x.u + y.l, x.l + y.u) + 1, x.l + y.l, x.whole && y.whole};
      break;
    case Node::Op::negation:
      result = x;
      break;
    case Node::Op::product:
      result = {x.u + y.u, x.l + y.l, x.whole && y.whole};
      break;
    case Node::Op::reciprocal:
      result = {x.l, x.u, false};
      break;
    case Node::Op::root:  // √(U/L) is √(UL)/L and U/√(UL)
      result = x.u >= x.l ? Bound{(x.u + x.l + 1) / 2, x.l, x.whole}
                          : Bound{x.u, (x.u + x.l + 1) / 2, false};
      break;
  }
  return Scalar(
      std::make_shared<const Node>(Node{op, a, b, {many(result.u), many(result.l), result.whole}}));
}

/// The numbers that generate a field with the value of an expression in it, each once.
class Generators {
 public:
  explicit Generators(const Scalar& x) { visit(x); }

  /// An upper bound for the degree of the field.
  long degree() const {
    long product = 1;
    const auto multiply = [&](long by) { product = times_many(product, by); };
    for (const auto* field : fields_) multiply(static_cast<long>(field->degree()));
    for (const Algebraic& x : numbers_)
      multiply(static_cast<long>(x.minimal_polynomial().size()) - 1);
    // √r for all the r has at most the degree of √p for all the primes p in them.
    std::set<Integer> primes;
    bool short_ones = true;
    for (const Integer& r : radicands_) short_ones = short_ones && bit_length(r) <= 64;
    if (short_ones)
      for (const Integer& r : radicands_)
        for (const auto& factor : prime_factors(r)) primes.insert(factor.first);
    const size_t roots =
        short_ones ? std::min(primes.size(), radicands_.size()) : radicands_.size();
    for (size_t k = 0; k < roots + root_nodes_; ++k) multiply(2);
    return product;
  }

 private:
  std::set<const Node*> seen_;
  std::set<const NumberField*> fields_;
  std::set<Integer> radicands_;
  std::vector<Algebraic> numbers_;
  size_t root_nodes_ = 0;

  void visit(const Scalar& x) {
    if (const Surd* s = x.surd()) {
      if (s->field() != nullptr) fields_.insert(s->field().get());
      for (const auto& term : s->terms())
        if (term.first.radicand != 1) radicands_.insert(term.first.radicand);
    } else if (const Algebraic* y = x.algebraic()) {
      const bool known = std::any_of(numbers_.begin(), numbers_.end(), [&](const Algebraic& z) {
        return z.minimal_polynomial() == y->minimal_polynomial() && istcheck::compare(z, *y) == 0;
      });
      if (!known) numbers_.push_back(*y);
    } else if (const Node* e = x.expression(); seen_.insert(e).second) {
      if (e->op == Node::Op::root) ++root_nodes_;
      visit(e->a);
      visit(e->b);
    }
  }
};

/// What is not zero is at least 2^-bits in absolute value.
long least_size(const Scalar& x, long degree) {
  const Bound bound = bound_of(x);
  return many(times_many(degree - 1, bound.u) + bound.l);
}

/// The sign. Enclosures are refined until it shows, or the number is known to be zero.
int sign_of_expression(const Scalar& a) {
  std::optional<Rational> least;
  for (long bits = 64;; bits *= 2) {
    const auto [low, high] = a.enclose(bits);
    if (low.sign() > 0) return 1;
    if (high.sign() < 0) return -1;
    if (low.sign() == 0 && high.sign() == 0) return 0;
    if (!least) {
      const long size = least_size(a, Generators(a).degree());
      if (size > budget::kCompared.most) {
        if (bits < budget::kCompared.most / 16) continue;
        throw Unsupported("whether two numbers are equal: " + budget::spent(budget::kCompared));
      }
      least = Rational(1) / Rational(Integer(1) << static_cast<unsigned>(size));
    }
    if (-low < *least && high < *least) return 0;
  }
}

/// x² as a rational number, for a number that is known as a root of one.
std::optional<Rational> square_of(const Scalar& x) {
  if (x.algebraic() == nullptr) return std::nullopt;
  const Polynomial p = x.algebraic()->minimal_polynomial();
  if (p.size() != 3 || p[1] != 0) return std::nullopt;
  return -Rational(p[0]) / Rational(p[2]);
}

/// The product where it is a number of a lower kind: of two roots of rational numbers, of two equal
/// numbers of degree two, of an expression √x with itself.
std::optional<Scalar> short_product(const Scalar& a, const Scalar& b) {
  if (const Node* e = a.expression();
      e != nullptr && e == b.expression() && e->op == Node::Op::root)
    return e->a;
  if (a.algebraic() == nullptr || b.algebraic() == nullptr) return std::nullopt;
  const auto x = square_of(a), y = square_of(b);
  if (x && y) {
    const Scalar root = square_root(Scalar(Rational(*x * *y)));
    return a.sign() == b.sign() ? root : -root;
  }
  const Polynomial p = a.algebraic()->minimal_polynomial();
  if (p.size() != 3 || istcheck::compare(*a.algebraic(), *b.algebraic()) != 0) return std::nullopt;
  const Rational lead(p[2]);  // a² = −(p_1 a + p_0)/p_2
  return Scalar(a.algebraic()->affine(-Rational(p[1]) / lead, -Rational(p[0]) / lead));
}

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
  if (algebraic() != nullptr && algebraic()->minimal_polynomial().size() == 3)
    throw Unsupported(std::string(use) +
                      " needs the square root of a number that can be factored: " +
                      budget::spent(budget::kPrime));
  throw Unsupported(std::string(use) + " needs a sum of square roots, but " + decimal(*this, 12) +
                    " is not written as one");
}

int Scalar::sign() const {
  if (surd() != nullptr) return surd()->sign();
  if (algebraic() != nullptr) return algebraic()->sign();
  return sign_of_expression(*this);
}

Interval Scalar::enclose(long bits) const {
  if (surd() != nullptr) return istcheck::enclose(*surd(), bits);
  if (algebraic() != nullptr) return algebraic()->enclose(bits);
  const Node& e = *expression();
  const long guard = bits + 8;
  const Interval x = e.a.enclose(e.op == Node::Op::root ? 2 * guard : guard);
  switch (e.op) {
    case Node::Op::sum: {
      const Interval y = e.b.enclose(guard);
      return outward({x.first + y.first, x.second + y.second}, guard);
    }
    case Node::Op::negation:
      return {-x.second, -x.first};
    case Node::Op::product:
      return outward(multiply(x, e.b.enclose(guard)), guard);
    case Node::Op::reciprocal:
      for (long more = guard;; more *= 2) {
        const Interval y = e.a.enclose(more);
        if (y.first.sign() * y.second.sign() > 0)
          return outward({1 / y.second, 1 / y.first}, guard);
      }
    case Node::Op::root:
      return root_of(x, guard);
  }
  throw std::logic_error("an operation that is none");
}

Scalar operator+(const Scalar& a, const Scalar& b) {
  if (a.surd() && b.surd()) return *a.surd() + *b.surd();
  if (a.algebraic() && b.is_rational()) return Scalar(a.algebraic()->affine(1, b.rational()));
  if (b.algebraic() && a.is_rational()) return b + a;
  if (const auto y = in_field_of(a, b)) return *a.surd() + *y;
  if (const auto x = in_field_of(b, a)) return *x + *b.surd();
  if (const auto y = beside_unknowns(a, b)) return *a.surd() + *y;
  if (const auto x = beside_unknowns(b, a)) return *x + *b.surd();
  return applied(Node::Op::sum, a, b);
}

Scalar operator-(const Scalar& a) {
  if (a.surd()) return -*a.surd();
  if (a.algebraic()) return Scalar(a.algebraic()->affine(-1, 0));
  return applied(Node::Op::negation, a);
}

Scalar operator-(const Scalar& a, const Scalar& b) { return a + (-b); }

Scalar operator*(const Scalar& a, const Scalar& b) {
  if (a.surd() && b.surd()) return *a.surd() * *b.surd();
  if (a.is_rational()) return b * a;
  if (b.is_rational() && b.rational() == 0) return 0;
  if (b.is_rational() && a.algebraic()) return Scalar(a.algebraic()->affine(b.rational(), 0));
  if (const auto y = in_field_of(a, b)) return *a.surd() * *y;
  if (const auto x = in_field_of(b, a)) return *x * *b.surd();
  if (const auto y = beside_unknowns(a, b)) return *a.surd() * *y;
  if (const auto x = beside_unknowns(b, a)) return *x * *b.surd();
  if (auto product = short_product(a, b)) return *product;
  return applied(Node::Op::product, a, b);
}

Scalar operator/(const Scalar& a, const Scalar& b) {
  if (is_zero(b)) throw std::domain_error("division by zero");
  if (b.surd()) return a * Scalar(b.surd()->inverse());
  if (b.algebraic()) return a * Scalar(inverse(*b.algebraic()));
  return a * applied(Node::Op::reciprocal, b);
}

Scalar square_root(const Scalar& a) {
  if (a.has_unknowns()) return Assumptions::of_thread().root(*a.surd());
  const int sign = a.sign();
  if (sign < 0) throw std::domain_error("the square root of a negative number");
  if (sign == 0) return 0;
  if (a.is_rational()) {  // a surd where the radicand can be factored, else the root of x² − a
    try {
      return Surd::sqrt_of(a.rational());
    } catch (const std::domain_error&) {
      return Scalar(root_of_rational(a.rational()));
    }
  }
  if (decided(a)) {
    const Algebraic x = to_algebraic(a);
    if (static_cast<long>(x.minimal_polynomial().size()) - 1 > budget::kDegree.most)
      throw Unsupported(budget::spent(budget::kDegree));
    return Scalar(x.square_root());
  }
  return applied(Node::Op::root, a);
}

bool is_zero(const Scalar& a) {
  return a.has_unknowns() ? Assumptions::of_thread().zero(*a.surd()) : a.sign() == 0;
}

bool is_negative(const Scalar& a) {
  return a.has_unknowns() ? Assumptions::of_thread().positive(-*a.surd()) : a.sign() < 0;
}

void require_bits(const Surd& x) {
  if (x.has_unknowns() && long(x.terms().size()) > budget::kTerms.most)
    throw Unsupported(budget::spent(budget::kTerms));
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
  if (a.has_unknowns() || b.has_unknowns()) return (a - b).sign();
  if (decided(a) && decided(b)) return istcheck::compare(to_algebraic(a), to_algebraic(b));
  return (a - b).sign();
}

Scalar round_up(const Scalar& a, const Scalar& step) {
  if (a.has_unknowns() || step.has_unknowns())
    throw Unsupported("a number that follows a variable, rounded up");
  const Scalar units = a / step;
  for (long bits = 64;; bits *= 2) {
    const auto [low, high] = units.enclose(bits);
    if (high - low > 1) continue;
    Integer k = floor_of(low);
    while (compare(Scalar(Rational(k)) * step, a) < 0) ++k;
    return Scalar(Rational(k)) * step;
  }
}

/// The denominator of a rational U/L divides L where that is whole, and else the norm of L, so it
/// is at most 2^l or 2^(Dl). Two numbers with denominators up to 2^s are 2^(−2s) apart.
std::optional<Rational> rational_value(const Scalar& a) {
  if (a.has_unknowns()) throw Unsupported("whether a number that follows a variable is rational");
  if (a.is_rational()) return a.rational();
  if (decided(a)) return std::nullopt;
  const Bound bound = bound_of(a);
  const long size = bound.whole ? bound.l : times_many(Generators(a).degree(), bound.l);
  if (2 * size + 2 > budget::kCompared.most)
    throw Unsupported("whether a number is rational: " + budget::spent(budget::kCompared));
  const Rational apart = Rational(1) / Rational(Integer(1) << static_cast<unsigned>(2 * size + 1));
  for (long bits = 64;; bits *= 2) {
    const auto [low, high] = a.enclose(bits);
    if (high - low >= apart) continue;
    const Rational only = simplest_between(low, high);
    if (bit_length(denominator(only)) > size + 1) return std::nullopt;
    return compare(a, Scalar(only)) == 0 ? std::optional(only) : std::nullopt;
  }
}

namespace {

/// Of a number of Q(α, √r, …): with c_r in Q(α) and numbers r that differ by no square of the
/// field, Σ c_r √r is such a sum exactly when every c_r is a rational combination of the square
/// roots √h in Q(α) (see Surd, on independence).
std::optional<Surd> sum_of_roots_in(const Surd& x) {
  if (x.has_unknowns())
    throw Unsupported("whether a number that follows a variable is a sum of square roots");
  if (x.field() == nullptr) return x;
  const NumberField& field = *x.field();
  if (field.unfactored() != 1)
    throw Unsupported(
        "whether a number is a sum of square roots: a discriminant that takes long "
        "to factor");
  const auto degree = static_cast<Index>(field.degree());
  std::map<Integer, RationalMatrix> coefficients;
  for (const auto& [b, q] : x.terms()) {
    auto [c, added] = coefficients.try_emplace(b.radicand);
    if (added) c->second = RationalMatrix::Zero(degree, 1);
    c->second(static_cast<Index>(b.power), 0) = q;
  }
  const auto& squares = field.squares();
  const auto count = static_cast<Index>(squares.size()) + 1;
  RationalMatrix basis = RationalMatrix::Zero(degree, count);
  basis(0, 0) = 1;
  for (Index k = 1; k < count; ++k) {
    const Powers& root = squares[static_cast<size_t>(k) - 1].root;
    for (size_t i = 0; i < root.size(); ++i) basis(static_cast<Index>(i), k) = root[i];
  }
  // The basis is independent; a combination that gives c is a kernel vector of [basis c].
  Surd sum;
  for (const auto& [r, c] : coefficients) {
    RationalMatrix all = RationalMatrix::Zero(degree, count + 1);
    for (Index i = 0; i < degree; ++i) {
      for (Index k = 0; k < count; ++k) all(i, k) = basis(i, k);
      all(i, count) = c(i, 0);
    }
    const RationalMatrix k = kernel(all);
    if (k.cols() == 0) return std::nullopt;
    const Surd root = Surd::sqrt_of(Rational(r));
    for (Index j = 0; j < count; ++j) {
      const Rational q = -k(j, 0) / k(count, 0);
      const Integer h = j == 0 ? Integer(1) : squares[static_cast<size_t>(j) - 1].radicand;
      sum += Surd(q) * Surd::sqrt_of(Rational(h)) * root;
    }
  }
  return sum;
}

}  // namespace

std::optional<Scalar> sum_of_roots(const Scalar& a) {
  const auto open = [](const std::string& why) {
    return Unsupported("whether a number is a sum of square roots: " + why);
  };
  const auto in_field = [](const Surd& x) -> std::optional<Scalar> {
    const auto sum = sum_of_roots_in(x);
    return sum ? std::optional(Scalar(*sum)) : std::nullopt;
  };
  if (a.surd() != nullptr) return in_field(*a.surd());
  if (a.algebraic() == nullptr) {
    if (const auto q = rational_value(a)) return Scalar(*q);
    throw open("its polynomial is not known");
  }
  // Such a sum generates a field whose degree is a power of two.
  const size_t degree = a.algebraic()->minimal_polynomial().size() - 1;
  if ((degree & (degree - 1)) != 0) return std::nullopt;
  if (degree == 2) return a;
  if (degree > NumberField::kMostDegree) throw open("its degree is " + std::to_string(degree));
  return in_field(Surd::basis_number({1, 1}, NumberField::of(*a.algebraic())));
}

std::string decimal(const Scalar& a, int digits) {
  if (a.surd()) return istcheck::decimal(*a.surd(), digits);
  if (a.algebraic()) return istcheck::decimal(*a.algebraic(), digits);
  bool irrational = false;
  for (long bits = 64;; bits *= 2) {
    const auto [low, high] = a.enclose(bits);
    std::string text = istcheck::decimal(low, digits);
    if (text == istcheck::decimal(high, digits)) return text;
    if (irrational || bits < 16L * digits + 1024) continue;
    // A number that is halfway between two decimals, or zero, is rational.
    try {
      if (const auto q = rational_value(a)) return istcheck::decimal(*q, digits);
      irrational = true;
    } catch (const Unsupported&) {
      for (int fewer = digits - 1; fewer > 0; --fewer)
        if (text = istcheck::decimal(low, fewer); text == istcheck::decimal(high, fewer))
          return text;
      return "0";  // rounded: nearer to it than an exponent can say
    }
  }
}

bool decimal_is_exact(const Scalar& a, int digits) {
  if (decided(a) && !a.is_rational()) return false;
  const auto shown = parse_rational(decimal(a, digits));
  try {
    return shown && compare(a, Scalar(*shown)) == 0;
  } catch (const Unsupported&) {
    return false;
  }
}

std::string marked_decimal(const Scalar& a, int digits, const std::string& mark) {
  return (decimal_is_exact(a, digits) ? "" : mark) + decimal(a, digits);
}

/// Between ends 2^-bits apart lies a rational number with a denominator of about bits/2 bits
/// anyway; a much shorter one is likely to be the number.
Scalar simplified(const Scalar& a) {
  if (decided(a)) return a;
  try {
    for (const long bits : {256L, 1024L}) {
      const auto [low, high] = a.enclose(bits);
      const Rational q = simplest_between(low, high);
      if (5 * bit_length(denominator(q)) < 2 * bits && compare(a, Scalar(q)) == 0) return q;
    }
  } catch (const Unsupported&) {
  }
  return a;
}

std::string to_string(const Scalar& a) {
  const Scalar known = simplified(a);
  return known.surd() ? istcheck::to_string(*known.surd()) : decimal(a, 20) + "…";
}

}  // namespace istcheck::claim
