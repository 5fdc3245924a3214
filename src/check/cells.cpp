#include "check/cells.hpp"

#include <algorithm>
#include <set>

namespace istcheck::check {
namespace {

constexpr unsigned kMostHalvings = 256;

using Coefficients = std::vector<Number>;  // Σ c_k x^k

/// Those of p(x + a).
Coefficients shifted(Coefficients c, const Number& a) {
  for (size_t done = 0; done + 1 < c.size(); ++done)
    for (size_t k = c.size() - 1; k-- > done;) c[k] = c[k] + a * c[k + 1];
  return c;
}

/// Those of p(s x).
Coefficients scaled(Coefficients c, const Number& s) {
  Number power = 1;
  for (Number& coefficient : c) {
    coefficient = power * coefficient;
    power = power * s;
  }
  return c;
}

/// Those of x^n p(1/x).
Coefficients reversed(Coefficients c) {
  std::reverse(c.begin(), c.end());
  return c;
}

/// The sign of p on (0, 1). (1 + y)^n p(1/(1 + y)) is a polynomial in y > 0. When its coefficients
/// have no change of sign, it has that sign for all y > 0; when they have one, it has one simple
/// zero (Descartes). Else (0, 1) is halved.
std::optional<int> sign_on_unit(const Coefficients& c, const AssumedFacts& numbers,
                                unsigned halvings) {
  int sign = 0, changes = 0;
  for (const Number& coefficient : shifted(reversed(c), 1)) {
    const int next = numbers.sign_of_number(coefficient);
    changes += sign * next < 0 ? 1 : 0;
    sign = next != 0 ? next : sign;
  }
  if (changes == 0) return sign;
  if (changes == 1 || halvings == 0) return std::nullopt;
  const Coefficients left = scaled(c, Rational(1, 2)), right = shifted(left, 1);
  const int middle = numbers.sign_of_number(right.front());
  for (const Coefficients* half : {&left, &right})
    if (middle == 0 || sign_on_unit(*half, numbers, halvings - 1) != middle) return std::nullopt;
  return middle;
}

/// The sign of p on x > 0: that of t^n p(1/t − 1) on 0 < t < 1.
std::optional<int> sign_beyond_zero(const Coefficients& c, const AssumedFacts& numbers) {
  return sign_on_unit(reversed(shifted(c, -1)), numbers, kMostHalvings);
}

/// Unknowns that occur in p.
std::set<const Root*> unknowns_of(const Number& p) {
  std::set<const Root*> result;
  for (const auto& [m, q] : p.rest())
    for (const auto& power : m)
      if (power.first->free) result.insert(power.first);
  return result;
}

Coefficients coefficients_of(const Number& p, const Root& x) {
  const auto parts = p.powers_of(x);
  Coefficients c(parts.empty() ? 0 : parts.rbegin()->first + 1);
  for (const auto& [k, part] : parts) c[k] = part;
  return c;
}

}  // namespace

std::vector<Definition> definitions_on(const Cells& cells, const std::vector<Definition>& all) {
  std::vector<Definition> result = all;
  for (Definition& d : result)
    for (const auto& [x, cell] : cells)
      if (cell.point) d.of = d.of.with(*x, *cell.low);
  return result;
}

/// Low and high become 0 and 1; an end at infinity is turned to the right.
std::optional<int> sign_on(const Coefficients& c, const Cell& cell, const AssumedFacts& numbers) {
  if (c.empty()) return 0;
  if (cell.low && cell.high)
    return sign_on_unit(scaled(shifted(c, *cell.low), *cell.high - *cell.low), numbers,
                        kMostHalvings);
  if (cell.low) return sign_beyond_zero(shifted(c, *cell.low), numbers);
  if (cell.high) return sign_beyond_zero(scaled(shifted(c, *cell.high), -1), numbers);
  const auto below = sign_on(c, {{}, Number(), false}, numbers);
  const bool same =
      below == numbers.sign_of_number(c[0]) && below == sign_on(c, {Number(), {}, false}, numbers);
  return same ? below : std::nullopt;
}

/// From the last definition to the first. A reciprocal u of D, of which u·D = 1 is assumed: p times
/// an even power of D has the sign of p. A root u² = e, u >= 0: with u² replaced, p = A + B u.
/// Where e < 0 nothing is; where e = 0, p = A; where e > 0, u > 0, and when A and B have opposite
/// signs, |A| and |B u| compare as A² and B² e.
std::optional<int> sign_on(Number p, const Cells& cells, const std::vector<Definition>& definitions,
                           const AssumedFacts& numbers) {
  const auto sign_of = [&](const Number& x) {
    numbers.require_within(x);
    return sign_on(x, cells, definitions, numbers);
  };
  for (const auto& [x, cell] : cells)
    if (cell.point) p = p.with(*x, *cell.low);
  for (size_t k = definitions.size(); k-- > 0;) {
    const auto& [u, reciprocal, of] = definitions[k];
    if (coefficients_of(p, *u).size() < 2) continue;
    if (reciprocal) {
      p = without_reciprocal(p, *u, of);
      continue;
    }
    Coefficients parts = coefficients_of(without(p, *u, false, of, nullptr), *u);
    parts.resize(2);
    const Number &A = parts[0], &B = parts[1];
    const auto a = sign_of(A), b = sign_of(B), e = sign_of(of);
    if (!a || !b || !e || *e < 0) return std::nullopt;
    if (*a * *b * *e >= 0) return *a != 0 ? *a : *b * *e;
    const auto gap = sign_of(A * A - B * B * of);
    return gap ? std::optional(*a * *gap) : std::nullopt;
  }
  const auto unknowns = unknowns_of(p);
  if (unknowns.empty()) return numbers.sign_of_number(p);
  if (unknowns.size() > 1) return std::nullopt;
  const auto place = cells.find(*unknowns.begin());
  return sign_on(coefficients_of(p, **unknowns.begin()),
                 place == cells.end() ? Cell() : place->second, numbers);
}

}  // namespace istcheck::check
