#include "search/closing.hpp"

#include <algorithm>
#include <set>

#include "search/field.hpp"
#include "search/refuter.hpp"

namespace istcheck::search {
namespace {

using check::Fact;
using check::Impossible;
using check::Root;

/// The symmetric H with p = zᵀHz for z = (the unknowns of p; 1); nothing when p is not of that
/// form.
struct Quadratic {
  std::vector<Number> z;
  Mat H;
};
std::optional<Quadratic> quadratic(const Number& p) {
  std::map<const Root*, size_t> place;
  std::vector<const Root*> unknowns;
  for (const auto& [m, q] : p.rest())
    for (const auto& power : m)
      if (power.first->free && place.try_emplace(power.first, unknowns.size()).second)
        unknowns.push_back(power.first);
  const size_t d = unknowns.size();
  Quadratic result{{}, Mat(d + 1, d + 1)};
  for (const Root* u : unknowns) result.z.emplace_back(*u);
  result.z.emplace_back(1);
  result.H.at(d, d) = p.rational();
  for (const auto& [m, q] : p.rest()) {
    std::vector<size_t> of;
    Number c = q;
    for (const auto& [root, power] : m) {
      if (root->free) of.insert(of.end(), power, place.at(root));
      for (unsigned k = 0; !root->free && k < power; ++k) c = c * Number(*root);
    }
    if (of.size() > 2) return std::nullopt;
    of.resize(2, d);
    const Number share = of[0] == of[1] ? c : Number(Rational(1, 2)) * c;
    result.H.at(of[0], of[1]) = result.H.at(of[0], of[1]) + share;
    if (of[0] != of[1]) result.H.at(of[1], of[0]) = result.H.at(of[0], of[1]);
  }
  return result;
}

/// One fact p > 0 or p >= 0 with −p = Σ c_k (l_kᵀz)² by completing squares.
std::vector<cert::Step> squares(const Impossible& known) {
  for (size_t f = known.facts.size(); f-- > 0;) {
    const auto form =
        known.facts[f].is == Fact::Is::zero ? std::nullopt : quadratic(-known.facts[f].p);
    if (!form) continue;
    const Ldl ldl = ldl_of(form->H);
    if (ldl.negative) continue;
    bool strict = known.facts[f].is == Fact::Is::positive;
    std::vector<std::string> words{"sum", "1", "f" + std::to_string(f + 1), "1"};
    for (size_t k = 0; k < ldl.pivots.size(); ++k) {
      if (ldl.pivots[k].vanishes()) continue;
      Number p;
      for (size_t i = 0; i < form->z.size(); ++i)
        p = p + ldl.lower.at(i, k) * form->z[ldl.order[i]];
      strict = strict || (p.is_rational() && !p.vanishes());
      words.insert(words.end(), {text(ldl.pivots[k]), "1", text(p)});
    }
    if (strict) return {{0, std::move(words)}};
  }
  return {};
}

/// Whether declared roots occur.
bool irrational(const Impossible& known) {
  const auto in = [](const Number& x) {
    return std::any_of(x.rest().begin(), x.rest().end(), [](const auto& term) {
      return std::any_of(term.first.begin(), term.first.end(),
                         [](const auto& power) { return !power.first->free; });
    });
  };
  const auto any = [&](const auto& list, const auto& part) {
    return std::any_of(list.begin(), list.end(), [&](const auto& x) { return in(part(x)); });
  };
  return any(known.facts, [](const Fact& f) { return f.p; }) ||
         any(known.definitions(), [](const auto& d) { return d.of; }) ||
         std::any_of(known.forms.begin(), known.forms.end(), [&](const auto& f) {
           return any(f.m.entries(), [](const Number& x) { return x; });
         });
}

}  // namespace

std::vector<cert::Step> closing_steps(const Impossible& known) {
  if (auto steps = squares(known); !steps.empty()) return steps;
  if (irrational(known)) throw NotRefuted("declared roots among assumptions");
  Patience patience;
  patience.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  auto steps = refutation(known, patience);
  if (steps.empty()) throw NotRefuted("no refutation was found");
  return steps;
}

}  // namespace istcheck::search
