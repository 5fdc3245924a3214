#include "dynamics/line.hpp"

#include <algorithm>
#include <stdexcept>

#include "exact/fractions.hpp"
#include "exact/number_field.hpp"
#include "exact/unknowns.hpp"

namespace istcheck::decision {
namespace {

/// Of the coefficients of a minimal polynomial together: its field must be found, and radicands
/// factored.
constexpr size_t kProductsOfAField = 1'000;
constexpr long kMostBits = 150, kMostBitsOfQuadratic = 1000, kMostBitsOfRadicand = 100;

long bits_of(const Polynomial& p) {
  long bits = 0;
  for (const Integer& c : p) bits += bit_length(c);
  return bits;
}

}  // namespace

std::optional<Surd> surd_of(const Algebraic& x, const Surd::Field& beside) {
  try {
    if (x.is_rational()) return Surd(x.rational());
    const Polynomial p = x.minimal_polynomial();
    if (bits_of(p) > (p.size() == 3 ? kMostBitsOfQuadratic : kMostBits)) return std::nullopt;
    if (auto* work = Assumptions::of_thread_or_null()) work->multiply(kProductsOfAField);
    if (beside != nullptr) {
      if (const auto powers = in_powers_of(beside->generator(), x))
        return element_of(beside, *powers);
    }
    // A long radicand is not factored: the root is then the generator of a field of its own.
    if (p.size() == 3 && bit_length(p[1] * p[1] - 4 * p[0] * p[2]) <= kMostBitsOfRadicand)
      return as_surd(x);
    if (beside != nullptr || p.size() > NumberField::kMostDegree + 1) return std::nullopt;
    return Surd::basis_number({1, 1}, NumberField::of(x));
  } catch (const std::domain_error&) {
    return std::nullopt;
  }
}

namespace {

bool all_rational(const Coefficients& p) {
  return std::all_of(p.begin(), p.end(), [](const Surd& c) { return c.is_rational(); });
}

Surd::Field field_of(const Coefficients& p) {
  for (const Surd& c : p)
    if (c.field() != nullptr) return c.field();
  return nullptr;
}

/// Whether p(x) = 0; true where that stays open.
bool may_vanish(const Coefficients& p, const Algebraic& x) {
  if (const auto s = surd_of(x, field_of(p))) {
    try {
      return is_zero(value_of(p, *s));
    } catch (const std::domain_error&) {
    }
  }
  return true;
}

}  // namespace

std::vector<Algebraic> zeros_of(const Coefficients& p) {
  std::vector<Algebraic> zeros = real_roots(p);
  if (all_rational(p)) return zeros;
  zeros.erase(std::remove_if(zeros.begin(), zeros.end(),
                             [&](const Algebraic& x) { return !may_vanish(p, x); }),
              zeros.end());
  return zeros;
}

int compare_numbers(const Surd& a, const Surd& b) {
  if (a.field() == nullptr || b.field() == nullptr || a.field() == b.field()) return (a - b).sign();
  return compare(Algebraic(a), Algebraic(b));
}

Rational between(const std::optional<Algebraic>& low, const std::optional<Algebraic>& high) {
  if (!low && !high) return 0;
  for (long bits = 8;; bits *= 2) {
    const auto below = low ? std::optional(low->enclose(bits)) : std::nullopt;
    const auto above = high ? std::optional(high->enclose(bits)) : std::nullopt;
    if (!above) {
      const Rational next(Integer(floor_of(below->second) + 1));
      return next <= 0 || below->second >= 0 ? next : Rational(0);
    }
    if (!below) {
      const Rational next = -Rational(Integer(floor_of(-above->first) + 1));
      return next >= 0 || above->first <= 0 ? next : Rational(0);
    }
    if (below->second < above->first) return simplest_strictly_between(below->second, above->first);
  }
}

namespace {

/// The last root that p holds; null for none.
const DefinedUnknown* last_root(const Surd& p, const std::vector<DefinedUnknown>& roots) {
  for (size_t i = roots.size(); i-- > 0;)
    if (!roots[i].reciprocal && holds(p, roots[i].unknown)) return &roots[i];
  return nullptr;
}

/// A and B of A + B u.
std::pair<Surd, Surd> halves(const Surd& p, unsigned root) {
  Coefficients c = coefficients_in(p, root);
  c.resize(2);
  return {c[0], c[1]};
}

}  // namespace

int sign_of_number(const Surd& p, const std::vector<DefinedUnknown>& roots) {
  const Surd x = reduced(p, roots);
  const DefinedUnknown* u = last_root(x, roots);
  if (u == nullptr) return x.sign();
  const auto [a, b] = halves(x, u->unknown);
  const int of = sign_of_number(u->of, roots);
  if (of < 0) return 0;
  const int sa = sign_of_number(a, roots), sb = of == 0 ? 0 : sign_of_number(b, roots);
  if (sb == 0) return sa;
  if (sa == 0 || sa == sb) return sb;
  return sa * sign_of_number(a * a - b * b * u->of, roots);
}

void add_bases(const Surd& p, const std::vector<DefinedUnknown>& roots, std::vector<Surd>& bases) {
  const Surd x = reduced(p, roots);
  if (is_number(x)) return;
  const DefinedUnknown* u = last_root(x, roots);
  if (u == nullptr) {
    bases.push_back(x);
    return;
  }
  const auto [a, b] = halves(x, u->unknown);
  add_bases(a, roots, bases);
  add_bases(b, roots, bases);
  add_bases(u->of, roots, bases);
  add_bases(a * a - b * b * u->of, roots, bases);
}

}  // namespace istcheck::decision
