#include "dynamics/unknown_polynomials.hpp"

#include <algorithm>

namespace istcheck::decision {
namespace {

/// A product with the power of one unknown lowered.
UnknownPowers lowered(UnknownPowers powers, unsigned unknown, unsigned by) {
  for (size_t k = 0; k < powers.size(); ++k)
    if (powers[k].first == unknown) {
      powers[k].second -= by;
      if (powers[k].second == 0) powers.erase(powers.begin() + static_cast<long>(k));
      break;
    }
  return powers;
}

unsigned exponent_of(const UnknownPowers& powers, unsigned unknown) {
  for (const auto& [number, exponent] : powers)
    if (number == unknown) return exponent;
  return 0;
}

}  // namespace

Coefficients coefficients_in(const Surd& p, unsigned unknown) {
  Coefficients result;
  for (const auto& [b, q] : p.terms()) {
    const unsigned e = exponent_of(b.unknowns, unknown);
    if (result.size() <= e) result.resize(e + 1);
    Irrational rest = b;
    rest.unknowns = lowered(rest.unknowns, unknown, e);
    result[e] += Surd::basis_number(rest, p.field(), q);
  }
  return result;
}

Surd value_of(const Coefficients& p, const Surd& x) {
  Surd value;
  for (size_t k = p.size(); k-- > 0;) value = value * x + p[k];
  return value;
}

std::set<unsigned> unknowns_of(const Surd& p) {
  std::set<unsigned> result;
  for (const auto& term : p.terms())
    for (const auto& power : term.first.unknowns) result.insert(power.first);
  return result;
}

bool holds(const Surd& p, unsigned unknown) {
  return std::any_of(p.terms().begin(), p.terms().end(), [&](const auto& term) {
    return exponent_of(term.first.unknowns, unknown) > 0;
  });
}

Surd monomial(const UnknownPowers& powers) { return Surd::basis_number({1, 0, powers}, nullptr); }

Surd replaced(const Surd& p, unsigned unknown, const Surd& by) {
  return holds(p, unknown) ? value_of(coefficients_in(p, unknown), by) : p;
}

Surd power_of(const Surd& p, unsigned exponent) {
  Surd result(1);
  for (unsigned k = 0; k < exponent; ++k) result *= p;
  return result;
}

std::map<UnknownPowers, Surd> parts_in(const Surd& p, const std::set<unsigned>& unknowns) {
  std::map<UnknownPowers, Surd> result;
  for (const auto& [b, q] : p.terms()) {
    UnknownPowers inside, outside;
    for (const auto& power : b.unknowns)
      (unknowns.count(power.first) > 0 ? inside : outside).push_back(power);
    Irrational rest = b;
    rest.unknowns = outside;
    result[inside] += Surd::basis_number(rest, p.field(), q);
  }
  for (auto it = result.begin(); it != result.end();)
    it = is_zero(it->second) ? result.erase(it) : std::next(it);
  return result;
}

std::pair<UnknownPowers, Surd> first_part_in(const Surd& p, const std::set<unsigned>& unknowns) {
  std::pair<UnknownPowers, Surd> first;
  for (const auto& [b, q] : p.terms()) {
    UnknownPowers inside, outside;
    for (const auto& power : b.unknowns)
      (unknowns.count(power.first) > 0 ? inside : outside).push_back(power);
    if (inside.empty() || (!first.first.empty() && first.first < inside)) continue;
    if (first.first != inside) first = {std::move(inside), Surd()};
    first.second += Surd::basis_number({b.radicand, b.power, std::move(outside)}, p.field(), q);
  }
  return first;
}

unsigned degree_in(const Surd& p, const std::set<unsigned>& unknowns) {
  unsigned degree = 0;
  for (const auto& term : p.terms()) {
    unsigned sum = 0;
    for (const auto& [number, exponent] : term.first.unknowns)
      if (unknowns.count(number) > 0) sum += exponent;
    degree = std::max(degree, sum);
  }
  return degree;
}

namespace {

Surd without_squares(const Surd& p, const DefinedUnknown& root) {
  const Coefficients c = coefficients_in(p, root.unknown);
  if (c.size() <= 2) return p;
  Surd even, odd;
  for (size_t k = c.size(); k-- > 0;) {
    Surd& half = k % 2 == 0 ? even : odd;
    half = half * root.of + c[k];
  }
  return even + odd * Surd::unknown(root.unknown);
}

}  // namespace

Surd cleared(Surd p, const std::vector<DefinedUnknown>& defined) {
  for (size_t i = defined.size(); i-- > 0;) {
    const DefinedUnknown& d = defined[i];
    if (!holds(p, d.unknown)) continue;
    if (!d.reciprocal) {
      p = without_squares(p, d);
      continue;
    }
    const Coefficients c = coefficients_in(p, d.unknown);
    Surd sum, power(1);
    for (size_t k = c.size(); k-- > 0;) {
      sum += c[k] * power;
      power *= d.of;
    }
    p = sum;
  }
  return p;
}

Surd reduced(Surd p, const std::vector<DefinedUnknown>& defined) {
  for (size_t i = defined.size(); i-- > 0;)
    if (!defined[i].reciprocal) p = without_squares(p, defined[i]);
  return p;
}

Conjunction with(Conjunction c, unsigned unknown, const Surd& value) {
  for (Fact& f : c.facts) f.p = replaced(f.p, unknown, value);
  for (MatrixFact& m : c.matrices)
    m.m = m.m.unaryExpr([&](const Surd& x) { return replaced(x, unknown, value); });
  for (DefinedUnknown& d : c.defined) d.of = replaced(d.of, unknown, value);
  return c;
}

std::optional<Surd> quotient(const Surd& p, const Surd& d) {
  if (is_number(d)) return p * d.inverse();
  const std::set<unsigned> in = unknowns_of(d);
  if (in.size() != 1) return std::nullopt;
  const unsigned unknown = *in.begin();
  const Coefficients divisor = coefficients_in(d, unknown);
  Coefficients rest = coefficients_in(p, unknown);
  const Surd lead = divisor.back().inverse();
  Surd result;
  while (rest.size() >= divisor.size()) {
    const Surd c = rest.back() * lead;
    const size_t shift = rest.size() - divisor.size();
    for (size_t j = 0; j < divisor.size(); ++j) rest[shift + j] -= c * divisor[j];
    result += c * power_of(Surd::unknown(unknown), static_cast<unsigned>(shift));
    while (!rest.empty() && is_zero(rest.back())) rest.pop_back();
  }
  if (!rest.empty()) return std::nullopt;
  return result;
}

}  // namespace istcheck::decision
