#include "search/refutation_premises.hpp"

#include <algorithm>

namespace istcheck::search {

using check::Fact;
using check::Impossible;
using check::Mat;
using check::Number;

namespace {

/// The indices of the unknowns of numbers.
std::set<size_t> unknowns_of(const std::vector<Number>& numbers) {
  std::set<size_t> result;
  for (const Number& x : numbers)
    for (const auto& [m, q] : x.rest())
      for (const auto& power : m) result.insert(power.first->index);
  return result;
}

bool meet(const std::set<size_t>& a, const std::set<size_t>& b) {
  return std::any_of(a.begin(), a.end(), [&](size_t k) { return b.count(k) > 0; });
}

/// The unknowns that assumptions connect with those that are reached.
std::set<size_t> connected(const Impossible& known, const std::vector<Number>& definitions,
                           std::set<size_t> reached) {
  std::vector<std::set<size_t>> groups;
  for (const Fact& f : known.facts) groups.push_back(unknowns_of({f.p}));
  for (const auto& f : known.forms) groups.push_back(unknowns_of(f.m.entries()));
  for (const Number& d : definitions) groups.push_back(unknowns_of({d}));
  for (bool grows = true; grows;) {
    const size_t before = reached.size();
    for (const auto& g : groups)
      if (meet(g, reached)) reached.insert(g.begin(), g.end());
    grows = reached.size() > before;
  }
  return reached;
}

bool stands_for_another(const std::string& name) { return name == "reciprocal" || name == "root"; }

}  // namespace

Premises::Premises(const Impossible& known, bool pairs)
    : known_(known), original_(known), elimination_(known) {
  for (Fact& f : known_.facts) f.p = elimination_.reduced(f.p);
  for (auto& f : known_.forms) f.m = elimination_.reduced(f.m);
  for (const auto& [u, reciprocal, of] : known.definitions()) {
    const Number x(*u);
    definitions_.push_back(elimination_.reduced(reciprocal ? x * of - Number(1) : x * x - of));
  }
  // The last assumption may be an equation, of which nothing is left once it is put in.
  std::vector<Number> last;
  if (!original_.facts.empty())
    for (const size_t k : unknowns_of({original_.facts.back().p}))
      last.push_back(elimination_.reduced(Number(known.source.unknowns()[k - 1])));
  relevant_ = connected(known_, definitions_, unknowns_of(last));
  derive(pairs);
  for (const Fact& f : known_.facts) {
    const auto own = unknowns_of({f.p});
    const bool idle = f.p.vanishes() && f.is != Fact::Is::positive;  // 0 > 0 ends the search
    used_.push_back(!idle && (own.empty() || meet(own, relevant_)) ? 1 : 0);
  }
}

/// Groups of unknowns that are vectors, by their names: x0[1], x0[2], ….
std::vector<Mat> Premises::vectors(bool pairs) const {
  const auto& names = known_.source.names();
  std::vector<Mat> result;
  for (size_t k = 0; k < names.size();) {
    const auto bracket = names[k].rfind('[');
    const std::string prefix = names[k].substr(0, bracket);
    if (bracket == std::string::npos || names[k].substr(bracket) != "[1]") {
      ++k;
      continue;
    }
    std::vector<Number> entries;
    for (; k < names.size() && names[k] == prefix + "[" + std::to_string(entries.size() + 1) + "]";
         ++k)
      entries.emplace_back(known_.source.unknowns()[k]);
    Mat v(entries.size(), 1);
    for (size_t i = 0; i < entries.size(); ++i) v.at(i, 0) = entries[i];
    result.push_back(v);
  }
  if (!pairs) return result;
  for (const Mat& v : known_.source.vectors())
    if (std::find(result.begin(), result.end(), v) == result.end()) result.push_back(v);
  const size_t single = std::min<size_t>(result.size(), 10);
  for (size_t i = 0; i < single; ++i)
    for (size_t j = i + 1; j < single; ++j) {
      if (result[i].rows() != result[j].rows()) continue;
      result.push_back(result[i] + result[j]);
      result.push_back(result[i] - result[j]);
    }
  return result;
}

void Premises::keep(std::vector<std::string> words, Fact::Is is, const Number& original) {
  const Number p = elimination_.reduced(original);
  if (p.vanishes() || p.rest().size() > kLargestProduct) return;
  derivations_.push_back({0, std::move(words)});
  known_.facts.push_back({is, p});
  original_.facts.push_back({is, original});
}

void Premises::derive(bool pairs) {
  const auto all = vectors(pairs);
  for (size_t k = 0; k < known_.forms.size(); ++k) {
    const auto& [m, definite] = original_.forms[k];
    if (!meet(unknowns_of(known_.forms[k].m.entries()), relevant_)) continue;
    const auto strict = definite ? Fact::Is::positive : Fact::Is::nonnegative;
    const size_t d = m.rows();
    for (size_t bits = 1; d <= 4 && bits < (size_t(1) << d); ++bits) {
      std::vector<std::string> words{"minor", std::to_string(k + 1)};
      std::vector<size_t> rows;
      for (size_t i = 0; i < d; ++i) {
        if (((bits >> i) & 1U) == 0) continue;
        rows.push_back(i);
        words.push_back(std::to_string(i + 1));
      }
      keep(words, strict, check::principal_minor(m, rows));
    }
    for (const Mat& v : all) {
      if (v.rows() != d) continue;
      std::vector<std::string> words{"form", std::to_string(k + 1)};
      for (size_t i = 0; i < d; ++i) words.push_back(text(v.at(i, 0)));
      keep(words, Fact::Is::nonnegative, (v.transposed() * m * v).at(0, 0));
    }
  }
}

std::vector<Number> Premises::free_unknowns() const {
  constexpr size_t kMost = 12;
  std::vector<Number> result;
  std::set<size_t> seen;
  const auto add_all = [&](const std::set<size_t>& unknowns) {
    for (const size_t k : unknowns) {
      if (stands_for_another(known_.source.names()[k - 1]) || result.size() == kMost) continue;
      if (seen.insert(k).second) result.emplace_back(known_.source.unknowns()[k - 1]);
    }
  };
  for (size_t f = given(); f-- > 0;)
    if (used(f)) add_all(unknowns_of({facts()[f].p}));
  add_all(relevant_);
  return result;
}

/// Unknowns that stand for a reciprocal or root, in the order of their definitions.
std::vector<const check::Root*> Premises::defined() const {
  const auto& names = known_.source.names();
  std::vector<const check::Root*> result;
  for (size_t k = 0; k < names.size(); ++k)
    if (stands_for_another(names[k])) result.push_back(&known_.source.unknowns()[k]);
  return result;
}

Number Premises::cleared(Number x, std::vector<unsigned>& powers) const {
  if (!elimination_.any()) return known_.cleared(x, &powers);
  const auto unknowns = defined();
  powers.resize(unknowns.size());
  for (size_t k = unknowns.size(); k-- > 0;) {
    const auto definition = definitions_[k].powers_of(*unknowns[k]);
    const bool reciprocal = definition.count(1) > 0;
    const Number of = reciprocal ? definition.at(1) : -definition.at(0);
    x = check::without(x, *unknowns[k], reciprocal, of, &powers[k]);
  }
  return x;
}

std::map<size_t, Number> Premises::multiples(const Number& sum) const {
  std::vector<unsigned> powers;
  const Number rest = known_.cleared(sum, &powers);
  const auto unknowns = defined();
  Number back = 1;
  for (size_t k = 0; k < powers.size(); ++k)
    for (unsigned e = 0; e < powers[k]; ++e) back = back * Number(*unknowns[k]);
  std::map<size_t, Number> result;
  for (const auto& [f, multiple] : elimination_.multiples(rest))
    if (!multiple.vanishes()) result.emplace(f, back * multiple);
  return result;
}

}  // namespace istcheck::search
