#include "dynamics/reading.hpp"

#include <algorithm>

#include "dynamics/matrix_facts.hpp"
#include "dynamics/unknown_polynomials.hpp"

namespace istcheck::decision {

Reading reading_of(const Conjunction& c, std::optional<unsigned> line) {
  Reading r{line, {}, {}, {}};
  for (const auto* list : {&c.scalars, &c.entries})
    for (const unsigned u : *list)
      if (u != line) r.entries.insert(u);
  for (const DefinedUnknown& d : c.defined) {
    const auto in = unknowns_of(d.of);
    const bool on_line =
        std::none_of(in.begin(), in.end(), [&](unsigned u) { return r.entries.count(u) > 0; });
    (on_line ? r.on_line : r.others).push_back(d);
    if (!on_line) r.entries.insert(d.unknown);
  }
  return r;
}
bool holds_any(const Surd& p, const std::set<unsigned>& unknowns) {
  for (const unsigned u : unknowns_of(p))
    if (unknowns.count(u) > 0) return true;
  return false;
}

bool holds_any(const SurdMatrix& m, const std::set<unsigned>& unknowns) {
  return std::any_of(m.begin(), m.end(), [&](const Surd& x) { return holds_any(x, unknowns); });
}
namespace {

/// a b of two inequalities.
Known product_of(const Known& a, const Known& b) {
  const bool strict = a.is == Fact::Is::positive && b.is == Fact::Is::positive;
  Known result{strict ? Fact::Is::positive : Fact::Is::nonnegative, a.p * b.p, {}};
  for (const Part& x : a.parts)
    for (const Part& y : b.parts) {
      Part part{x.g * y.g, x.factors, x.p * y.p, false, x.more};
      part.factors.insert(part.factors.end(), y.factors.begin(), y.factors.end());
      part.more.insert(part.more.end(), y.more.begin(), y.more.end());
      result.parts.push_back(std::move(part));
    }
  return result;
}

/// Inequalities that are linear in the entries.
std::vector<Known> linear_ones(const Way& way) {
  std::vector<Known> result;
  for (const Known& k : way.facts)
    if (k.is != Fact::Is::zero && degree_in(k.p, way.entries) == 1) result.push_back(k);
  return result;
}

/// u D = 1: an entry b of D with a number as its coefficient, by which u b is replaced.
struct Replacement {
  DefinedUnknown d;
  unsigned b;
  Surd inverse;  ///< of the coefficient

  Surd operator()(Surd p) const {
    const Surd equation = (Surd::unknown(d.unknown) * d.of - 1) * inverse;
    for (bool again = true; again;) {
      again = false;
      for (const auto& [m, c] : parts_in(p, {d.unknown, b})) {
        if (m.size() != 2) continue;
        UnknownPowers rest;
        for (auto power : m)
          if (--power.second > 0) rest.push_back(power);
        p -= c * monomial(rest) * equation;
        again = true;
        break;
      }
    }
    return p;
  }
};

/// What follows of reciprocals and roots of entries, and takes a product to see.
void add_consequences(const Reading& r, Way& way) {
  constexpr size_t kMostLinear = 6, kMostRooted = 4;
  for (const DefinedUnknown& d : r.others) {
    const Surd u = Surd::unknown(d.unknown);
    std::vector<Known> linear = linear_ones(way);
    if (!d.reciprocal) {
      if (linear.size() > kMostRooted) continue;
      for (size_t i = 0; i < linear.size(); ++i)
        for (size_t j = 0; j <= i; ++j) way.facts.push_back(product_of(linear[i], linear[j]));
      continue;
    }
    if (degree_in(d.of, way.entries) != 1) continue;
    std::optional<Replacement> replacement;
    for (const auto& [m, c] : parts_in(d.of, way.entries))
      if (!m.empty() && is_number(c)) replacement = Replacement{d, m[0].first, c.inverse()};
    if (!replacement) continue;
    for (Known& k : way.facts) {
      const Surd p = (*replacement)(k.p);
      if (!is_zero(p)) k.p = p;  // not the equation itself
    }
    // D > 0 or −D > 0, as a fact says, up to a number.
    std::optional<Known> sign;
    for (const int s : {1, -1})
      for (const Known& f : linear) {
        const auto in_f = parts_in(f.p, way.entries), in_d = parts_in(Surd(s) * d.of, way.entries);
        const auto first =
            std::find_if(in_f.begin(), in_f.end(), [](const auto& m) { return !m.first.empty(); });
        const auto other = in_d.find(first->first);
        if (other == in_d.end() || !is_number(first->second) || !is_number(other->second)) continue;
        const Surd ratio = other->second * first->second.inverse();
        const Surd rest = Surd(s) * d.of - ratio * f.p;
        if (sign || ratio.sign() < 0 || !is_number(rest) || rest.sign() < 0) continue;
        sign = scaled(f, ratio);
        if (!is_zero(rest)) sign->parts.push_back({rest, {}, 1, false, {}});
        sign->p = Surd(s) * d.of;
      }
    if (!sign) continue;
    // |D| u² = |u|.
    Known reciprocal{Fact::Is::nonnegative, {}, sign->parts};
    for (Part& part : reciprocal.parts) part.p *= u;
    const bool negative = sign->p.identical(-d.of);
    reciprocal.p = negative ? -u : u;
    way.facts.push_back(reciprocal);
    if (linear.size() > kMostLinear) continue;
    for (const Known& f : linear) {
      Known product = product_of(f, reciprocal);
      product.p = (*replacement)(product.p);
      if (degree_in(product.p, way.entries) == 1) way.facts.push_back(std::move(product));
    }
  }
}
}  // namespace

Way way_of(const Conjunction& c, const Reading& r, Writer& writer, bool all) {
  Way way{{}, r.entries, {}};
  for (size_t k = 0; k < c.facts.size(); ++k)
    if (all || holds_any(c.facts[k].p, r.entries)) way.facts.push_back(writer.known(k));
  for (const DefinedUnknown& d : r.others) {
    const Surd u = Surd::unknown(d.unknown);
    way.facts.push_back({Fact::Is::zero, d.reciprocal ? u * d.of - 1 : u * u - d.of, {}});
  }
  for (size_t k = 0; k < c.matrices.size(); ++k) {
    if (!all && !holds_any(c.matrices[k].m, r.entries)) continue;
    std::vector<Made> made = forms_of(c.matrices, k);
    if (has_unknowns(c.matrices[k].m) && !holds_any(c.matrices[k].m, r.entries))
      made = minors_of(c.matrices, k);
    for (Made& m : made)
      way.facts.push_back(writer.known(writer.later(std::move(m.step), std::move(m.fact))));
    add_sums_of_facts(c, k, writer, way);
  }
  add_consequences(r, way);
  return way;
}

}  // namespace istcheck::decision
