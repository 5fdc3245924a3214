#include "search/elimination.hpp"

#include <optional>

namespace istcheck::search {

using check::Impossible;
using check::Mat;
using check::Number;
using check::Root;

namespace {

/// The last unknown whose only term is a rational multiple of it, and that multiple.
std::optional<std::pair<const Root*, Rational>> linear_unknown(const Number& p,
                                                               const Impossible& known) {
  std::optional<std::pair<const Root*, Rational>> found;
  for (const auto& [monomial, q] : p.rest()) {
    if (monomial.size() != 1 || monomial[0].second != 1) continue;
    const Root* unknown = monomial[0].first;
    const std::string& name = known.source.names()[unknown->index - 1];
    const auto powers = p.powers_of(*unknown);
    const bool alone = powers.rbegin()->first == 1 && powers.rbegin()->second.is_rational();
    if (name != "reciprocal" && name != "root" && alone) found = {unknown, q};
  }
  return found;
}

/// x with the unknown u replaced by the value v, and the s with x = (u − v) s + that: with
/// x = Σ c_j u^j these are Σ c_j v^j and Σ c_j (u^(j−1) + u^(j−2) v + … + v^(j−1)).
std::pair<Number, Number> replaced(const Number& x, const Root& unknown, const Number& v) {
  const Number u(unknown);
  Number value, multiple;
  for (const auto& [j, c] : x.powers_of(unknown)) {
    Number power = 1, sum;
    for (unsigned k = 0; k < j; ++k) {
      sum = sum * u + power;
      power = power * v;
    }
    value = value + c * power;
    multiple = multiple + c * sum;
  }
  return {value, multiple};
}

}  // namespace

Elimination::Elimination(const Impossible& known) {
  for (size_t f = 0; f < known.facts.size(); ++f) {
    if (known.facts[f].is != check::Fact::Is::zero) continue;
    // p = Σ f · multiples + reduced(p), so reduced(p) is a combination of equations too.
    const Number p = reduced(known.facts[f].p);
    const auto found = linear_unknown(p, known);
    if (!found) continue;
    const auto& [unknown, q] = *found;
    const Number scale = Rational(1 / q);
    std::map<size_t, Number> of_facts;
    for (const auto& [g, multiple] : multiples(known.facts[f].p))
      of_facts[g] = Number(-1) * scale * multiple;
    of_facts[f] = of_facts[f] + scale;
    solved_.push_back({unknown, Number(*unknown) - scale * p, std::move(of_facts)});
  }
}

Number Elimination::reduced(const Number& x) const {
  Number result = x;
  for (const Solved& s : solved_) result = replaced(result, *s.unknown, s.value).first;
  return result;
}

Mat Elimination::reduced(const Mat& m) const {
  Mat result = m;
  for (size_t i = 0; i < m.rows(); ++i)
    for (size_t j = 0; j < m.columns(); ++j) result.at(i, j) = reduced(m.at(i, j));
  return result;
}

std::map<size_t, Number> Elimination::multiples(Number x) const {
  std::map<size_t, Number> result;
  for (const Solved& s : solved_) {
    auto [value, multiple] = replaced(x, *s.unknown, s.value);
    for (const auto& [f, part] : s.of_facts) result[f] = result[f] + part * multiple;
    x = std::move(value);
  }
  return result;
}

}  // namespace istcheck::search
