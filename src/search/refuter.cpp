#include "search/refuter.hpp"

#include <algorithm>
#include <sstream>

#include "exact/factor.hpp"

namespace istcheck::search {

using check::Fact;
using check::Impossible;
using check::Number;

namespace {

constexpr Effort kEfforts[] = {
    {1, false, false, false}, {2, false, false, false},       {3, false, false, false},
    {4, false, false, false}, {2, false, true, false},        {2, true, false, true},
    {3, true, true, false},   {1, false, false, false, 1},    {2, false, false, false, 2},
    {3, true, true, true},    {3, true, false, true, 0, true}};
constexpr size_t kEffortBeforeCases = 3;

/// x = c · y for a number c ≠ 0.
bool proportional(const Number& x, const Number& y) {
  const auto lead = [](const Number& z) {
    return z.rest().empty() ? z.rational() : z.rest().rbegin()->second;
  };
  return Number(lead(y)) * x == Number(lead(x)) * y;
}

std::vector<Number> factors_of(const Number& x, const std::deque<check::Root>& unknowns) {
  Multivariate p;
  const auto add = [&](const check::Monomial& m, const Rational& q) {
    std::vector<unsigned> exponents(unknowns.size());
    for (const auto& [root, power] : m) exponents[root->index - 1] = power;
    p.push_back({q, std::move(exponents)});
  };
  if (!x.rational().is_zero()) add({}, x.rational());
  for (const auto& [m, q] : x.rest()) add(m, q);
  std::vector<Number> result;
  for (const Multivariate& factor : irreducible_factors(p)) {
    Number sum;
    for (const auto& [q, exponents] : factor) {
      Number term = q;
      for (size_t k = 0; k < exponents.size(); ++k)
        for (unsigned e = 0; e < exponents[k]; ++e) term = term * Number(unknowns[k]);
      sum = sum + term;
    }
    result.push_back(std::move(sum));
  }
  return result;
}

/// A factor of the last assumptions whose sign is not assumed: to tell cases apart by it leaves
/// simpler ones.
std::optional<Number> factor_to_split(const Impossible& known) {
  constexpr size_t kMostSplits = 4, kLargest = 400;
  if (known.splits >= kMostSplits) return std::nullopt;
  for (size_t k = known.facts.size(); k-- > 0;) {
    const Number& p = known.facts[k].p;
    if (p.rest().size() > kLargest) continue;
    const auto factors = factors_of(p, known.source.unknowns());
    if (factors.size() < 2) continue;
    for (const Number& f : factors) {
      const bool assumed = std::any_of(known.facts.begin(), known.facts.end(),
                                       [&](const Fact& g) { return proportional(f, g.p); });
      if (!assumed) return f;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<cert::Step> refutation(const Impossible& known, const Patience& patience) {
  std::optional<Number> factor;
  for (size_t k = 0; k < std::size(kEfforts); ++k) {
    auto steps = try_to_refute(known, kEfforts[k], patience);
    if (!steps.empty()) return steps;
    if (k == kEffortBeforeCases && (factor = factor_to_split(known)))
      return {{0, {"cases", text(*factor)}}};
  }
  return {};
}

cert::Step Refuter::answer(const check::Question& q) {
  if (waiting_.empty()) {
    if (q.impossible == nullptr) throw NotRefuted("a question about numbers");
    waiting_ = refutation(*q.impossible, patience_);
    if (waiting_.empty()) throw NotRefuted("no refutation was found");
  }
  steps_.push_back(waiting_.front());
  waiting_.erase(waiting_.begin());
  return steps_.back();
}

void Refuter::state(const std::string& line) {
  std::istringstream in(line);
  steps_.emplace_back();
  for (std::string word; in >> word;) steps_.back().words.push_back(word);
}

bool Refuter::narrowed(const std::string& line) {
  const bool here = narrowed_.count(line) > 0;
  if (here) state(line);
  return here;
}

void Refuter::tick() {
  if (patience_.over()) throw NotRefuted("the time is over");
}

}  // namespace istcheck::search
