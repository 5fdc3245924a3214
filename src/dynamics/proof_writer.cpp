#include "dynamics/proof_writer.hpp"

#include <algorithm>

#include "dynamics/follows.hpp"

namespace istcheck::decision {
namespace {

constexpr size_t kLater = 1U << 24;
constexpr size_t kMostFactors = 12;  ///< of a term

}  // namespace

Signs::Signs(std::vector<DefinedUnknown> roots, std::optional<std::pair<unsigned, Rational>> sample)
    : roots_(std::move(roots)), sample_(std::move(sample)) {
  if (sample_) values_[sample_->first] = Surd(sample_->second);
  for (const DefinedUnknown& d : roots_) {
    if (d.reciprocal) continue;
    const auto of = at_sample(d.of);
    const auto root = of && of->sign() >= 0 ? root_of(*of) : std::nullopt;
    if (!root) {
      written_ = false;
      break;
    }
    values_[d.unknown] = *root;
  }
}

std::optional<Surd> Signs::at_sample(const Surd& g) const {
  Surd x = g;
  try {
    for (const unsigned u : unknowns_of(g)) {
      const auto it = values_.find(u);
      if (it == values_.end()) return std::nullopt;
      x = replaced(x, u, it->second);
    }
  } catch (const std::domain_error&) {
    return std::nullopt;
  }
  return x;
}

void Signs::note(const Surd& g) {
  std::vector<Surd> bases;
  if (sample_) add_bases(g, roots_, bases);
  for (const Surd& b : bases)
    if (std::none_of(noted.begin(), noted.end(), [&](const Surd& a) { return a.identical(b); }))
      noted.push_back(b);
}

int Signs::of(const Surd& g) const {
  const int s = or_zero(g);
  if (s == 0 && !is_zero(reduced(g, roots_)))
    throw Unsure("a number with square roots is zero everywhere");
  return s;
}

int Signs::or_zero(const Surd& g) const {
  Surd x = reduced(g, roots_);
  if (is_number(x)) return x.sign();
  std::vector<DefinedUnknown> at = roots_;
  if (sample_) {
    bool zero = false;
    const Surd value(sample_->second);
    std::vector<Surd> bases;
    add_bases(x, roots_, bases);
    for (const Surd& b : bases) zero = zero || is_zero(replaced(b, sample_->first, value));
    if (zero) throw Split{bases};
    for (DefinedUnknown& d : at) d.of = replaced(d.of, sample_->first, value);
    x = replaced(x, sample_->first, value);
  }
  return sign_of_number(x, at);
}

Known scaled(Known k, const Surd& g) {
  k.p *= g;
  for (Part& part : k.parts) (part.equation ? part.p : part.g) *= g;
  return k;
}

Surd product_of(const std::vector<Surd>& factors) {
  Surd product(1);
  for (const Surd& f : factors) product *= f;
  return product;
}

Known scaled(Known k, const std::vector<Surd>& factors) {
  const Surd product = product_of(factors);
  k.p *= product;
  for (Part& part : k.parts) {
    if (part.equation)
      part.p *= product;
    else
      part.more.insert(part.more.end(), factors.begin(), factors.end());
  }
  return k;
}

Known multiplied(Known k, const Surd& a) {
  k.p *= a;
  for (Part& part : k.parts) part.p *= a;
  return k;
}

Known added(Known a, const Known& b) {
  a.p += b.p;
  a.parts.insert(a.parts.end(), b.parts.begin(), b.parts.end());
  if (b.is == Fact::Is::positive || a.is == Fact::Is::zero) a.is = b.is;
  return a;
}

Writer::Writer(std::vector<Fact> facts, std::vector<DefinedUnknown> line)
    : facts_(std::move(facts)), line_(std::move(line)) {}

size_t Writer::later(ProofStep step, Fact fact) {
  later_.push_back({std::move(step), std::move(fact), {}});
  return kLater + later_.size() - 1;
}

const Fact& Writer::fact(size_t id) const {
  return id >= kLater ? later_.at(id - kLater).fact : facts_.at(id);
}

Known Writer::known(size_t id) const { return known(fact(id), {id}); }

/// Reciprocals on the line go by even powers of what they are reciprocals of.
Known Writer::known(const Fact& fact, std::vector<size_t> factors) const {
  Surd p = fact.p, g(1);
  for (size_t i = line_.size(); i-- > 0;) {
    const DefinedUnknown& d = line_[i];
    if (!d.reciprocal) {
      p = reduced(p, {d});
      g = reduced(g, {d});
      continue;
    }
    const Coefficients a = coefficients_in(p, d.unknown), b = coefficients_in(g, d.unknown);
    size_t n = std::max(a.size(), b.size());
    if (n <= 1) continue;
    n -= 1;
    n += n % 2;
    const auto clear = [&](const Coefficients& c) {
      Surd sum;
      for (size_t k = 0; k < c.size(); ++k)
        sum += c[k] * power_of(d.of, static_cast<unsigned>(n - k));
      return sum;
    };
    p = clear(a);
    g = clear(b);
  }
  Part part{g, std::move(factors), 1, fact.is == Fact::Is::zero};
  if (part.equation) std::swap(part.g, part.p);
  return {fact.is, p, {part}};
}

size_t Writer::place_of(size_t id) {
  if (id < kLater) return id;
  Later& l = later_.at(id - kLater);
  if (!l.place) {
    l.place = facts_.size();
    facts_.push_back(l.fact);
    steps.push_back(l.step);
  }
  return *l.place;
}

size_t Writer::positive(const Surd& g, Signs& signs) {
  for (const auto& [p, id] : positives_)
    if (p.identical(g)) return id;
  for (size_t id = 0; id < facts_.size(); ++id)
    if (facts_[id].is == Fact::Is::positive && facts_[id].p.identical(g)) return id;
  if (signs.of(g) <= 0) throw Unsure("a factor that is not positive");
  signs.note(g);
  ProofStep step{ProofStep::Rule::sign, {}, 0, {}, {g}, 0, {}};
  const size_t id = place_of(later(std::move(step), {Fact::Is::positive, g}));
  positives_.emplace_back(g, id);
  return id;
}

size_t Writer::vanishing(const Surd& g, Signs& signs) {
  signs.note(g);
  return later({ProofStep::Rule::sign, {}, 0, {}, {g}, 0, {}}, {Fact::Is::zero, g});
}

std::vector<ProofStep::Term> Writer::terms_of(const std::vector<Part>& parts, Signs& signs) {
  std::vector<ProofStep::Term> terms;
  std::vector<bool> equations;
  for (Part part : parts) {
    part.g = reduced(part.g, line_);
    part.p = reduced(part.p, line_);
    if (is_zero(part.g) || is_zero(part.p)) continue;
    for (size_t& f : part.factors) f = place_of(f);
    ProofStep::Term t{1, part.factors, part.p};
    if (is_number(part.g))
      t.c = part.g;
    else if (part.equation)
      t.p *= part.g;
    else
      t.factors.push_back(positive(part.g, signs));
    if (part.equation)
      t.p = reduced(t.p * product_of(part.more), line_);
    else if (t.factors.size() + part.more.size() <= kMostFactors)
      for (const Surd& f : part.more) t.factors.push_back(positive(f, signs));
    else
      t.factors.push_back(positive(reduced(product_of(part.more), line_), signs));
    if (is_number(t.p)) {
      t.c *= part.equation ? t.p : t.p * t.p;
      t.p = 1;
    }
    std::sort(t.factors.begin(), t.factors.end());
    bool merged = false;
    for (size_t k = 0; k < terms.size() && !merged; ++k) {
      if (terms[k].factors != t.factors || equations[k] != part.equation) continue;
      if (part.equation) {
        terms[k].p = terms[k].c * terms[k].p + t.c * t.p;
        terms[k].c = 1;
        merged = true;
      } else if (terms[k].p.identical(t.p)) {
        terms[k].c += t.c;
        merged = true;
      }
    }
    if (merged) continue;
    terms.push_back(std::move(t));
    equations.push_back(part.equation);
  }
  for (ProofStep::Term& t : terms)
    if (is_number(t.p) && !is_zero(t.p)) {
      t.c *= t.p;  // of an equation; else it is 1
      t.p = 1;
    }
  terms.erase(std::remove_if(terms.begin(), terms.end(),
                             [](const ProofStep::Term& t) { return is_zero(t.p); }),
              terms.end());
  return terms;
}

void Writer::close(const std::vector<Part>& parts, Signs& signs) {
  auto terms = terms_of(parts, signs);
  steps.push_back({ProofStep::Rule::sum, std::move(terms), 0, {}, {}, 0, {}});
}

std::vector<Known> Writer::zeros(const std::vector<Part>& parts, Signs& signs) {
  auto terms = terms_of(parts, signs);
  std::vector<Known> result;
  std::vector<Fact> next;
  for (const auto& t : terms)
    for (Fact& f : facts_of_zero(facts_, t)) next.push_back(std::move(f));
  for (Fact& f : next) {
    facts_.push_back(std::move(f));
    result.push_back(known(facts_.size() - 1));
  }
  steps.push_back({ProofStep::Rule::zeros, std::move(terms), 0, {}, {}, 0, {}});
  return result;
}

}  // namespace istcheck::decision
