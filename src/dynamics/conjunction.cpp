#include "dynamics/conjunction.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "dynamics/find_point.hpp"
#include "dynamics/follows.hpp"
#include "dynamics/theta.hpp"
#include "exact/linalg.hpp"

namespace istcheck {
namespace decision {
namespace {

constexpr size_t kMostCells = 60;    ///< cut for the sake of entries
constexpr size_t kMostPlaces = 400;  ///< of facts about the line
constexpr Index kMostMinors = 5;     ///< of the size of a matrix all of whose minors are looked at

/// How a conjunction is read: one unknown runs over a line, others are entries, or none does.
struct Reading {
  std::optional<unsigned> line;
  std::set<unsigned> entries;
  std::vector<DefinedUnknown> on_line;  ///< holding nothing but the line's and earlier ones
  std::vector<DefinedUnknown> others;   ///< entries themselves
};

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

/// A fact that a step makes.
struct Made {
  ProofStep step;
  Fact fact;
};

/// Those minors of a matrix that tell whether it is as the fact says; none where they are many.
std::vector<Made> minors_of(const std::vector<MatrixFact>& matrices, size_t k) {
  const MatrixFact& m = matrices[k];
  const Index d = m.m.rows();
  std::vector<Made> result;
  if (d > kMostMinors) return result;
  for (unsigned long set = 1; set < (1UL << d); ++set) {
    std::vector<Index> rows;
    for (Index i = 0; i < d; ++i)
      if ((set >> i) % 2 == 1) rows.push_back(i);
    if (m.definite && rows.back() + 1 != static_cast<Index>(rows.size())) continue;
    Fact fact = fact_of_minor(m, rows);  // by itself: it may throw
    result.push_back({{ProofStep::Rule::minor, {}, k, rows, {}, 0, {}}, std::move(fact)});
  }
  return result;
}

Made form_fact(const std::vector<MatrixFact>& matrices, size_t k, const std::vector<Surd>& v) {
  Fact fact = fact_of_form(matrices[k], v);  // by itself: it may throw
  return {{ProofStep::Rule::form, {}, k, {}, v, 0, {}}, std::move(fact)};
}

/// A vector in the kernel of m, one of whose entries is 1; nothing when there is none.
std::optional<std::vector<Surd>> kernel_vector(const SurdMatrix& m) {
  const SurdMatrix all = kernel(m);
  if (all.cols() == 0) return std::nullopt;
  const SurdVector first = all.col(0);
  std::vector<Surd> v(first.begin(), first.end());
  const auto nonzero = std::find_if(v.begin(), v.end(), [](const Surd& x) { return !is_zero(x); });
  const Surd scale = nonzero->inverse();
  for (Surd& x : v) x *= scale;
  return v;
}

/// A + t B ⪰ 0 for one unknown t: where the t that fulfil it end, a form that says so.
void add_ends(const std::vector<MatrixFact>& matrices, size_t k, std::vector<Made>& result) {
  const SurdMatrix& m = matrices[k].m;
  std::set<unsigned> in;
  for (const Surd& x : m) in.merge(unknowns_of(x));
  if (in.size() != 1) return;
  const unsigned t = *in.begin();
  SurdMatrix a(m.rows(), m.cols()), b(m.rows(), m.cols());
  for (Index i = 0; i < m.rows(); ++i)
    for (Index j = 0; j < m.cols(); ++j) {
      Coefficients c = coefficients_in(m(i, j), t);
      if (c.size() > 2) return;
      c.resize(2);
      a(i, j) = c[0];
      b(i, j) = c[1];
    }
  try {
    for (const int side : {1, -1}) {
      // −A ⪯ t B; then −A ⪯ s (−B) for s = −t.
      const SurdMatrix q = -a, w = b * Surd(side);
      const LeastTheta end = is_rational(q) && is_rational(w)
                                 ? least_theta(to_rational(q), to_rational(w))
                                 : least_theta(q, w);
      if (!end.least) continue;
      const auto x = surd_of(*end.least, field_of(m));
      if (!x) continue;
      if (const auto v = kernel_vector(SurdMatrix(a + w * *x)))
        result.push_back(form_fact(matrices, k, *v));
    }
  } catch (const std::domain_error&) {
  }
}

/// Facts about a matrix whose entries are unknowns or numbers.
std::vector<Made> forms_of(const std::vector<MatrixFact>& matrices, size_t k) {
  const MatrixFact& m = matrices[k];
  const Index d = m.m.rows();
  std::vector<Made> result;
  if (!has_unknowns(m.m)) {
    const auto decision = decide_psd(m.m);
    if (const auto* v = std::get_if<NegativeDirection<Surd>>(&decision.witness)) {
      result.push_back(form_fact(matrices, k, {v->v.begin(), v->v.end()}));
    } else if (m.definite && !decision.definite) {
      result.push_back(form_fact(matrices, k, *kernel_vector(m.m)));
    }
    return result;
  }
  add_ends(matrices, k, result);
  for (Index i = 0; i < d; ++i) {
    std::vector<Surd> v(static_cast<size_t>(d));
    v[static_cast<size_t>(i)] = 1;
    result.push_back(form_fact(matrices, k, v));
  }
  if (d > 3) return result;
  for (Index i = 0; i < d; ++i)
    for (Index j = 0; j < i; ++j)
      for (const int s : {1, -1}) {
        std::vector<Surd> v(static_cast<size_t>(d));
        v[static_cast<size_t>(i)] = 1;
        v[static_cast<size_t>(j)] = s;
        result.push_back(form_fact(matrices, k, v));
      }
  if (d == 2)
    for (Made& m2 : minors_of(matrices, k))
      if (m2.step.rows.size() == 2) result.push_back(std::move(m2));
  return result;
}

/// The places of the unknowns that are the entries of a symmetric matrix; nothing when an entry is
/// something else.
std::optional<std::map<unsigned, std::pair<Index, Index>>> free_entries(const SurdMatrix& m) {
  std::map<unsigned, std::pair<Index, Index>> place;
  for (Index i = 0; i < m.rows(); ++i)
    for (Index j = 0; j <= i; ++j) {
      const auto in = unknowns_of(m(i, j));
      if (in.size() != 1 || !m(i, j).identical(Surd::unknown(*in.begin()))) return std::nullopt;
      place[*in.begin()] = {i, j};
    }
  return place;
}

/// c + tr(C M) of a fact about M, in numbers.
struct LinearFact {
  size_t fact;
  Surd constant;
  SurdMatrix matrix;
};
std::vector<LinearFact> linear_facts(const Conjunction& c, const SurdMatrix& m,
                                     const std::map<unsigned, std::pair<Index, Index>>& place) {
  std::vector<LinearFact> result;
  std::set<unsigned> entries;
  for (const auto& [u, at] : place) entries.insert(u);
  for (size_t k = 0; k < c.facts.size(); ++k) {
    const Fact& f = c.facts[k];
    if (f.is == Fact::Is::zero || degree_in(f.p, entries) != 1) continue;
    LinearFact l{k, 0, SurdMatrix::Constant(m.rows(), m.cols(), Surd(0))};
    bool numbers = true;
    for (const auto& [monomial, coefficient] : parts_in(f.p, entries)) {
      numbers = numbers && is_number(coefficient);
      if (monomial.empty()) {
        l.constant = coefficient;
        continue;
      }
      const auto [i, j] = place.at(monomial[0].first);
      l.matrix(i, j) = l.matrix(j, i) = coefficient * Surd(i == j ? Rational(1) : Rational(1, 2));
    }
    if (numbers) result.push_back(std::move(l));
  }
  return result;
}

/// λ >= 0 among which, where there are any, is one with C + λE ⪯ 0: those that remove the constant,
/// the ends of where it is so, and numbers between them.
std::vector<Surd> factors_of(const LinearFact& c, const LinearFact& e) {
  std::vector<Surd> factors;
  if (!is_zero(e.constant)) factors.push_back(-c.constant * e.constant.inverse());
  const auto ends = is_rational(c.matrix) && is_rational(e.matrix)
                        ? pencil_roots(to_rational(-c.matrix), to_rational(e.matrix))
                        : pencil_roots(SurdMatrix(-c.matrix), e.matrix);
  for (size_t k = 0; ends && k < ends->size(); ++k) {
    if ((*ends)[k].is_rational()) factors.emplace_back((*ends)[k].rational());
    if (k > 0) factors.emplace_back(between((*ends)[k - 1], (*ends)[k]));
  }
  if (ends && !ends->empty()) factors.emplace_back(between(ends->back(), std::nullopt));
  std::erase_if(factors, [](const Surd& x) { return x.sign() < 0; });
  return factors;
}

/// Facts c + tr(CM) >= 0 about a matrix M ⪰ 0 whose entries are unknowns: where −C ⪰ 0 for one of
/// them, or for one and a multiple of another, −C = Σ d_k l_k l_kᵀ with d_k > 0, and what is left
/// of their sum and the forms d_k l_kᵀMl_k is a number.
void add_sums_of_facts(const Conjunction& c, size_t k, Writer& writer, Way& way) {
  const auto place = free_entries(c.matrices[k].m);
  if (!place) return;
  const auto add = [&](const Known& fact, const SurdMatrix& matrix) {
    const auto decision = decide_psd_by_ldlt(SurdMatrix(-matrix));
    const auto* factor = std::get_if<LdltFactor<Surd>>(&decision.witness);
    if (factor == nullptr) return false;
    Known sum = fact;
    for (Index column = 0; column < matrix.cols(); ++column) {
      if (is_zero(factor->pivots(column))) continue;
      std::vector<Surd> v(static_cast<size_t>(matrix.rows()));
      for (Index row = 0; row < matrix.rows(); ++row)
        v[static_cast<size_t>(factor->order[static_cast<size_t>(row)])] =
            factor->lower(row, column);
      Made form = form_fact(c.matrices, k, v);
      const Known known = writer.known(writer.later(std::move(form.step), std::move(form.fact)));
      sum = added(sum, scaled(known, factor->pivots(column)));
    }
    way.facts.push_back(std::move(sum));
    return true;
  };
  const auto facts = linear_facts(c, c.matrices[k].m, *place);
  for (const LinearFact& f : facts) add(writer.known(f.fact), f.matrix);
  constexpr size_t kMostFacts = 4;
  if (facts.size() > kMostFacts) return;
  for (const LinearFact& f : facts)
    for (const LinearFact& g : facts)
      if (&f != &g)
        for (const Surd& factor : factors_of(f, g)) {
          const Known& first = writer.known(f.fact);
          const Known sum =
              is_zero(factor) ? first : added(first, scaled(writer.known(g.fact), factor));
          if (add(sum, f.matrix + g.matrix * factor)) break;
        }
}

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

/// The facts of the conjunction at a place. `all`: also those without entries.
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

/// Short positive definite matrices s vvᵀ + ε I for one whose entries are all that is unknown:
/// where tr(CM) > 0 for some of them, it is for one with vᵀCv > 0, s large and ε small.
std::optional<Point> positive_point(const Conjunction& c) {
  constexpr long kLargest = 2;
  if (c.matrices.size() != 1 || !c.matrices[0].definite || !c.scalars.empty()) return std::nullopt;
  const SurdMatrix& m = c.matrices[0].m;
  const auto place = free_entries(m);
  if (!place || place->size() != c.entries.size() || !c.defined.empty()) return std::nullopt;
  std::vector<SurdVector> directions;
  for (const LinearFact& f : linear_facts(c, m, *place)) {
    const auto decision = decide_psd_by_ldlt(SurdMatrix(-f.matrix));
    if (const auto* n = std::get_if<NegativeDirection<Surd>>(&decision.witness))
      directions.push_back(n->v);
  }
  std::vector<long> count(static_cast<size_t>(m.rows()), -kLargest);
  while (m.rows() <= 3 && count.back() <= kLargest) {
    SurdVector v(m.rows());
    for (Index i = 0; i < m.rows(); ++i) v(i) = Surd(Rational(count[static_cast<size_t>(i)]));
    directions.push_back(v);
    for (size_t i = 0; i < count.size() && ++count[i] > kLargest && i + 1 < count.size(); ++i)
      count[i] = -kLargest;
  }
  const auto size = [](const SurdVector& v) {
    Surd sum = 0;
    for (const Surd& x : v) sum += x * x;
    return sum;
  };
  std::stable_sort(directions.begin(), directions.end(),
                   [&](const auto& a, const auto& b) { return size(a) < size(b); });
  for (const long s : {1L, 10L, 1000L, 1000000L})
    for (const long share : {1L, 10L, 1000L, 1000000L})
      for (const SurdVector& v : directions) {
        Point point;
        for (const auto& [u, at] : *place)
          point[u] = v(at.first) * v(at.second) * Surd(Rational(s)) +
                     (at.first == at.second ? Surd(Rational(1, share)) : Surd(0));
        if (fulfils(c, point)) return point;
      }
  return std::nullopt;
}

struct Outcome {
  std::optional<Point> witness;
  bool closed = false;
  std::vector<ProofStep> steps;
  std::string open;
};

/// Everything on the line replaced by numbers, where they can be written.
std::optional<Conjunction> in_numbers(const Conjunction& c, const Reading& r) {
  Conjunction n = c;
  for (const DefinedUnknown& d : r.on_line) {
    const auto it = std::find_if(n.defined.begin(), n.defined.end(),
                                 [&](const auto& x) { return x.unknown == d.unknown; });
    const Surd of = it->of;
    n.defined.erase(it);
    if (!is_number(of)) return std::nullopt;
    if (d.reciprocal) {
      if (is_zero(of)) return std::nullopt;
      n = with(n, d.unknown, of.inverse());
    } else {
      const auto root = of.sign() < 0 ? std::nullopt : root_of(of);
      if (!root) return std::nullopt;
      n = with(n, d.unknown, *root);
    }
  }
  return n;
}

class Decider {
 public:
  Decider(const Conjunction& c, Reading r) : c_(c), r_(std::move(r)) {}

  Decision run() {
    Decision d;
    try {
      if (r_.line)
        on_line(d);
      else
        accept(d, at_place(c_, {}));
    } catch (const Unsure& e) {
      d.open = e.what();
    } catch (const Split&) {
      d.open = "a sign that changes";
    } catch (const std::domain_error& e) {
      d.open = e.what();
    }
    return d;
  }

 private:
  /// A witness on numbers alone; `known` are the values found before.
  Outcome numbers(const Conjunction& at, const Point& known) {
    Outcome result;
    const auto n = in_numbers(at, r_);
    if (!n) {
      result.open = "a root that cannot be written";
      return result;
    }
    Reading reading = r_;
    reading.on_line.clear();
    reading.others = n->defined;
    Writer writer(n->facts, {});
    Way way = way_of(*n, reading, writer, true);
    Signs signs({}, std::nullopt);
    if (refute(way, signs, writer)) {
      result.closed = true;
      return result;
    }
    auto point = find_point(way);
    if (!point) point = positive_point(*n);
    if (point) {
      point->insert(known.begin(), known.end());
      for (const DefinedUnknown& d : r_.others) point->erase(d.unknown);
      if (fulfils(c_, *point)) {
        result.witness = std::move(point);
        return result;
      }
    }
    result.open = "neither a point nor a proof was found";
    return result;
  }

  /// Nothing runs over a line (any more).
  Outcome at_place(const Conjunction& at, const Point& known) {
    Outcome result;
    try {
      std::vector<DefinedUnknown> line;
      for (const DefinedUnknown& d : at.defined)
        if (std::any_of(r_.on_line.begin(), r_.on_line.end(),
                        [&](const auto& x) { return x.unknown == d.unknown; }))
          line.push_back(d);
      Reading reading = r_;
      for (DefinedUnknown& d : reading.others)
        for (const DefinedUnknown& e : at.defined)
          if (d.unknown == e.unknown) d = e;
      Writer writer(at.facts, line);
      Signs signs(line, std::nullopt);
      Way way = way_of(at, reading, writer, true);
      if (refute(way, signs, writer)) {
        result.closed = true;
        result.steps = std::move(writer.steps);
        return result;
      }
    } catch (const Unsure& e) {
      result.open = e.what();
    }
    Outcome found = numbers(at, known);
    if (found.closed) {
      found.closed = false;
      found.open = "roots of numbers";
    }
    return found;
  }

  struct Place {
    Algebraic place;
    std::optional<Surd> value;
  };

  Place place_of(const Algebraic& a) const { return {a, surd_of(a, field_)}; }

  void on_line(Decision& d);
  Outcome open_cell(const std::optional<Place>& low, const std::optional<Place>& high);
  Outcome on_open_cell(const std::optional<Place>& low, const std::optional<Place>& high,
                       const Rational& sample, std::vector<Surd>& noted);
  Outcome at_point(const Place& p);
  void accept(Decision& d, Outcome o) {
    if (o.witness)
      d.witness = std::move(o.witness);
    else if (o.closed) {
      d.impossible = true;
      d.proof = std::move(o.steps);
    } else {
      d.open = o.open;
    }
  }

  /// Places and proofs of the cells, from left to right.
  struct Cells {
    std::vector<Place> places;
    std::vector<std::vector<ProofStep>> proofs;
    std::string open;
    std::optional<Point> witness;

    void add(Outcome o) {
      if (o.witness && !witness) witness = std::move(o.witness);
      if (!o.closed && open.empty()) open = o.open;
      proofs.push_back(std::move(o.steps));
    }
  };
  void cut(Cells& cells, const std::optional<Place>& low, const std::optional<Place>& high,
           int depth);

  std::vector<Fact> facts_of_cell(const std::optional<Place>& low,
                                  const std::optional<Place>& high) const {
    std::vector<Fact> facts = c_.facts;
    const Surd r = Surd::unknown(*r_.line);
    if ((low && !low->value) || (high && !high->value))
      throw Unsure("an end of a cell that cannot be written beside others");
    if (low) facts.push_back({Fact::Is::positive, r - *low->value});
    if (high) facts.push_back({Fact::Is::positive, *high->value - r});
    return facts;
  }

  std::vector<Place> zeros_between(const std::vector<Surd>& bases, const std::optional<Place>& low,
                                   const std::optional<Place>& high) const {
    std::vector<Algebraic> zeros;
    for (const Surd& b : bases)
      for (Algebraic& z : zeros_of(coefficients_in(b, *r_.line)))
        if ((!low || compare(low->place, z) < 0) && (!high || compare(z, high->place) < 0))
          zeros.push_back(std::move(z));
    std::sort(zeros.begin(), zeros.end());
    zeros.erase(std::unique(zeros.begin(), zeros.end()), zeros.end());
    std::vector<Place> result;
    for (const Algebraic& z : zeros) result.push_back(place_of(z));
    return result;
  }

  const Conjunction& c_;
  Reading r_;
  Surd::Field field_;
  size_t cells_ = 0;
};

Outcome Decider::at_point(const Place& p) {
  if (!p.value) {
    Outcome open;
    open.open = "a number that cannot be written beside others";
    return open;
  }
  return at_place(with(c_, *r_.line, *p.value), {{*r_.line, *p.value}});
}

Outcome Decider::on_open_cell(const std::optional<Place>& low, const std::optional<Place>& high,
                              const Rational& sample, std::vector<Surd>& noted) {
  Outcome result = numbers(with(c_, *r_.line, Surd(sample)), {{*r_.line, Surd(sample)}});
  if (result.witness) return result;
  const bool impossible = std::exchange(result.closed, false);
  if (impossible)
    result.open = "impossible at " + to_string(sample) + ", by nothing that holds beside it";
  // The way whose signs change least often on the cell.
  std::optional<size_t> least;
  std::optional<Split> split;
  for (const bool tight : {true, false}) {
    try {
      Writer writer(facts_of_cell(low, high), r_.on_line);
      Signs signs(r_.on_line, std::make_pair(*r_.line, sample));
      Way way = way_of(c_, r_, writer, false);
      if (!refute(way, signs, writer, tight)) continue;
      const size_t cuts = zeros_between(signs.noted, low, high).size();
      if (least && *least <= cuts) continue;
      least = cuts;
      result.closed = true;
      result.steps = std::move(writer.steps);
      noted = signs.noted;
      if (cuts == 0) break;
    } catch (const Split& s) {
      split = s;
    } catch (const Unsure& e) {
      result.open = e.what();
    }
  }
  if (!result.closed && split) throw Split(*split);
  return result;
}

/// The cell and what it is cut into.
void Decider::cut(Cells& cells, const std::optional<Place>& low, const std::optional<Place>& high,
                  int depth) {
  const auto algebraic = [](const std::optional<Place>& p) {
    return p ? std::optional(p->place) : std::nullopt;
  };
  std::vector<Surd> bases;
  Outcome result;
  if (++cells_ > kMostCells || depth > 6) {
    result.open = "many cells";
    return cells.add(std::move(result));
  }
  try {
    result = on_open_cell(low, high, between(algebraic(low), algebraic(high)), bases);
    if (result.witness || !result.closed) return cells.add(std::move(result));
  } catch (const Split& s) {
    bases = s.bases;
    result.open = "a sign that changes";
  } catch (const Unsure& e) {
    result.open = e.what();
    return cells.add(std::move(result));
  }
  const auto places = zeros_between(bases, low, high);
  if (places.empty()) return cells.add(std::move(result));
  for (size_t k = 0; k <= places.size(); ++k) {
    cut(cells, k > 0 ? std::optional(places[k - 1]) : low,
        k < places.size() ? std::optional(places[k]) : high, depth + 1);
    if (cells.witness) return;
    if (k == places.size()) break;
    cells.places.push_back(places[k]);
    cells.add(at_point(places[k]));
    if (cells.witness) return;
  }
}

void Decider::on_line(Decision& d) {
  const unsigned line = *r_.line;
  // Facts about the line alone.
  struct LineFact {
    std::optional<size_t> fact;
    std::optional<Made> made;
    Known known;
    std::vector<bool> breaks;
  };
  std::vector<LineFact> facts;
  Writer plain(c_.facts, r_.on_line);
  for (size_t k = 0; k < c_.facts.size(); ++k) {
    if (c_.facts[k].p.field() != nullptr) field_ = c_.facts[k].p.field();
    if (!holds_any(c_.facts[k].p, r_.entries)) facts.push_back({k, {}, plain.known(k), {}});
  }
  for (size_t k = 0; k < c_.matrices.size(); ++k) {
    if (field_ == nullptr) field_ = field_of(c_.matrices[k].m);
    if (holds_any(c_.matrices[k].m, r_.entries)) continue;
    const bool numbers = !has_unknowns(c_.matrices[k].m);
    for (Made& m : numbers ? forms_of(c_.matrices, k) : minors_of(c_.matrices, k)) {
      Known known = plain.known(m.fact, {});
      facts.push_back({{}, std::move(m), std::move(known), {}});
    }
  }
  std::vector<std::vector<Surd>> bases;
  std::vector<Surd> all;
  for (const LineFact& f : facts) {
    bases.emplace_back();
    add_bases(f.known.p, r_.on_line, bases.back());
    for (const Part& part : f.known.parts) {
      add_bases(part.g, r_.on_line, bases.back());
      add_bases(part.p, r_.on_line, bases.back());
    }
    all.insert(all.end(), bases.back().begin(), bases.back().end());
  }
  const std::vector<Place> places = zeros_between(all, {}, {});
  if (places.size() > kMostPlaces) {
    d.open = "many cells";
    return;
  }
  const auto algebraic = [&](size_t k) { return std::optional(places[k].place); };
  const size_t count = 2 * places.size() + 1;
  for (size_t f = 0; f < facts.size(); ++f) {
    facts[f].breaks.assign(places.size(), false);
    const auto mine = zeros_between(bases[f], {}, {});
    size_t k = 0;
    for (const Place& p : mine) {
      while (compare(places[k].place, p.place) < 0) ++k;
      facts[f].breaks[k] = true;
    }
  }
  enum class Life { dead, alive, unknown };
  std::vector<Life> life(count, Life::alive);
  std::vector<std::vector<bool>> fails(facts.size(), std::vector<bool>(count, false));
  std::vector<Rational> samples(count);
  for (size_t k = 0; k < count; ++k) {
    std::optional<Signs> signs;
    if (k % 2 == 0) {
      samples[k] = between(k > 0 ? algebraic(k / 2 - 1) : std::nullopt,
                           k / 2 < places.size() ? algebraic(k / 2) : std::nullopt);
      signs.emplace(r_.on_line, std::make_pair(line, samples[k]));
    } else if (const auto& value = places[k / 2].value) {
      std::vector<DefinedUnknown> roots = r_.on_line;
      for (DefinedUnknown& x : roots) x.of = replaced(x.of, line, *value);
      signs.emplace(roots, std::nullopt);
    } else {
      life[k] = Life::unknown;
      continue;
    }
    for (size_t f = 0; f < facts.size(); ++f) {
      Surd p = facts[f].known.p;
      // At a zero of a reciprocal's D another fact fails.
      bool lost = false;
      if (k % 2 == 1) {
        p = replaced(p, line, *places[k / 2].value);
        for (const Part& part : facts[f].known.parts)
          lost = lost || signs->or_zero(replaced(part.equation ? part.p : part.g, line,
                                                 *places[k / 2].value)) == 0;
      }
      if (lost) continue;
      if (is_fulfilled(facts[f].known.is, signs->or_zero(p))) continue;
      fails[f][k] = true;
      life[k] = Life::dead;
    }
  }
  // A witness with a short number.
  if (r_.entries.empty()) {
    std::optional<Rational> best;
    for (size_t k = 0; k < count; ++k) {
      if (life[k] != Life::alive) continue;
      std::optional<Rational> x;
      if (k % 2 == 0)
        x = samples[k];
      else if (places[k / 2].value->is_rational())
        x = places[k / 2].value->rational();
      if (x &&
          (!best || denominator(*x) < denominator(*best) ||
           (denominator(*x) == denominator(*best) && abs(*x) < abs(*best))) &&
          fulfils(c_, {{line, Surd(*x)}}))
        best = x;
    }
    if (best) d.witness = Point{{line, Surd(*best)}};
    for (size_t k = 1; k < count && !d.witness; k += 2)
      if (life[k] == Life::alive && fulfils(c_, {{line, *places[k / 2].value}}))
        d.witness = Point{{line, *places[k / 2].value}};
    if (d.witness) return;
  }
  // Blocks from left to right.
  Cells cells;
  const auto place = [&](size_t k) { return std::optional(places[k]); };
  const auto close = [&](Writer& writer, Signs& signs, const Conjunction& at, size_t f) {
    Outcome o;
    const LineFact& fact = facts[f];
    size_t id = 0;
    if (fact.fact) {
      id = *fact.fact;
    } else {
      Made made = *fact.made;
      if (&at != &c_ && made.step.rule == ProofStep::Rule::minor)
        made.fact = fact_of_minor(at.matrices[made.step.matrix], made.step.rows);
      id = writer.later(made.step, made.fact);
    }
    Way way{{writer.known(id)}, {}, {}};
    o.closed = refute(way, signs, writer);
    o.steps = std::move(writer.steps);
    if (!o.closed) o.open = "a sign";
    return o;
  };
  for (size_t i = 0; i < count;) {
    // From open cell i to open cell j.
    size_t j = i;
    std::optional<size_t> by;
    if (life[i] == Life::dead) {
      for (size_t f = 0; f < facts.size(); ++f) {
        if (!fails[f][i]) continue;
        size_t to = i;
        while (to + 2 < count && !facts[f].breaks[to / 2]) to += 2;
        if (!by || to > j) {
          by = f;
          j = to;
        }
      }
    } else {
      while (j + 2 < count && life[j + 1] == Life::alive && life[j + 2] == Life::alive) j += 2;
    }
    const auto low = i > 0 ? place(i / 2 - 1) : std::nullopt;
    const auto high = j + 1 < count ? place(j / 2) : std::nullopt;
    if ((low && !low->value) || (high && !high->value)) {
      cells.open = "a number that cannot be written beside others";
      cells.proofs.emplace_back();
    } else if (by) {
      Writer writer(facts_of_cell(low, high), r_.on_line);
      Signs signs(r_.on_line, std::make_pair(line, samples[i]));
      cells.add(close(writer, signs, c_, *by));
    } else if (r_.entries.empty()) {
      Outcome o;
      o.open = "a value whose roots cannot be written";
      cells.add(o);
    } else {
      cut(cells, low, high, 0);
    }
    if (cells.witness) break;
    if (j + 1 >= count) break;
    const size_t k = j + 1;
    cells.places.push_back(places[k / 2]);
    if (life[k] == Life::dead) {
      const Conjunction at = with(c_, line, *places[k / 2].value);
      size_t f = 0;
      while (!fails[f][k]) ++f;
      std::vector<DefinedUnknown> roots;
      for (const DefinedUnknown& x : at.defined)
        if (std::any_of(r_.on_line.begin(), r_.on_line.end(),
                        [&](const auto& y) { return x.unknown == y.unknown; }))
          roots.push_back(x);
      Writer writer(at.facts, roots);
      Signs signs(roots, std::nullopt);
      cells.add(close(writer, signs, at, f));
    } else {
      cells.add(at_point(places[k / 2]));
    }
    if (cells.witness) break;
    i = j + 2;
  }
  if (cells.witness) {
    d.witness = std::move(cells.witness);
    return;
  }
  if (!cells.open.empty()) {
    d.open = cells.open;
    return;
  }
  const bool signs = std::any_of(cells.proofs.begin(), cells.proofs.end(), [](const auto& list) {
    return std::any_of(list.begin(), list.end(),
                       [](const ProofStep& s) { return s.rule == ProofStep::Rule::sign; });
  });
  if (!cells.places.empty() || signs) {
    ProofStep step{ProofStep::Rule::cells, {}, 0, {}, {}, line, {}};
    for (const Place& p : cells.places) step.points.push_back(*p.value);
    d.proof.push_back(std::move(step));
  }
  for (auto& list : cells.proofs)
    for (ProofStep& s : list) d.proof.push_back(std::move(s));
  d.impossible = true;
}

/// Whether everything is of degree at most two in all unknowns together.
bool jointly_quadratic(const Conjunction& c) {
  std::set<unsigned> all;
  for (const auto* list : {&c.scalars, &c.entries}) all.insert(list->begin(), list->end());
  for (const DefinedUnknown& d : c.defined) all.insert(d.unknown);
  for (const DefinedUnknown& d : c.defined)
    if (degree_in(d.of, all) > (d.reciprocal ? 1U : 2U)) return false;
  return std::all_of(c.facts.begin(), c.facts.end(),
                     [&](const Fact& f) { return degree_in(f.p, all) <= 2; });
}

/// Short fractions in the cells that the facts about one unknown alone leave, and a few others.
std::vector<Rational> short_values(const Conjunction& c, unsigned unknown) {
  constexpr size_t kMostValues = 24;
  std::vector<Algebraic> places;
  std::vector<Fact> alone;
  for (const Fact& f : c.facts) {
    const auto in = unknowns_of(f.p);
    if (in.size() != 1 || *in.begin() != unknown) continue;
    alone.push_back(f);
    for (Algebraic& z : zeros_of(coefficients_in(f.p, unknown))) places.push_back(std::move(z));
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  std::vector<Rational> values;
  const auto add = [&](const Rational& x) {
    for (const Fact& f : alone)
      if (!is_fulfilled(f.is, replaced(f.p, unknown, Surd(x)).sign())) return;
    if (values.size() < kMostValues && std::find(values.begin(), values.end(), x) == values.end())
      values.push_back(x);
  };
  for (size_t k = 0; k <= places.size(); ++k) {
    const auto low = k > 0 ? std::optional(places[k - 1]) : std::nullopt;
    const auto high = k < places.size() ? std::optional(places[k]) : std::nullopt;
    const Rational middle = between(low, high);
    add(middle);
    Rational below = middle, above = middle;  // and on to both ends
    for (int step = 0; step < 4; ++step) {
      add(below = between(low, Algebraic(below)));
      add(above = between(Algebraic(above), high));
    }
    if (high && high->is_rational()) add(high->rational());
  }
  for (const int denominator : {1, 2, 4, 10})
    for (const int numerator : {0, 1, -1, 2, -2, 3, -3})
      add(Rational(Integer(numerator), Integer(denominator)));
  return values;
}

/// A witness with a short fraction for one of several scalars.
std::optional<Point> try_values(const Conjunction& c) {
  for (const unsigned u : c.scalars)
    for (const Rational& x : short_values(c, u)) {
      Conjunction at = with(c, u, Surd(x));
      at.scalars.erase(std::find(at.scalars.begin(), at.scalars.end(), u));
      // What is left is on a line or less.
      if (at.scalars.size() > 1) return std::nullopt;
      std::optional<unsigned> line;
      if (!at.scalars.empty()) line = at.scalars[0];
      Decision d = Decider(at, reading_of(at, line)).run();
      if (!d.witness) continue;
      (*d.witness)[u] = Surd(x);
      if (fulfils(c, *d.witness)) return d.witness;
    }
  return std::nullopt;
}

}  // namespace
}  // namespace decision

Decision decide(const Conjunction& c) {
  std::vector<std::optional<unsigned>> lines;
  const bool several = c.scalars.size() + c.entries.size() > 1;
  if (c.scalars.empty() || (several && decision::jointly_quadratic(c))) lines.emplace_back();
  for (const unsigned u : c.scalars) lines.emplace_back(u);
  if (c.scalars.empty() && c.entries.size() == 1) lines.emplace_back(c.entries[0]);
  // Readings that are quadratic in the entries, then those of least degree; after the first of
  // these values of one of several scalars.
  const auto degree = [&](const auto& line) {
    const auto entries = decision::reading_of(c, line).entries;
    unsigned most = 2;
    for (const Fact& f : c.facts) most = std::max(most, decision::degree_in(f.p, entries));
    return most;
  };
  std::stable_sort(lines.begin(), lines.end(),
                   [&](const auto& a, const auto& b) { return degree(a) < degree(b); });
  const auto hard =
      std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return degree(line) > 2; });
  const bool tries = c.scalars.size() > 1;
  Decision first;
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    if (tries && hard != lines.end() && line == hard + 1)
      if (auto witness = decision::try_values(c)) return {std::move(witness), {}, false, {}};
    Decision d = decision::Decider(c, decision::reading_of(c, *line)).run();
    if (d.impossible && !follows(c, d.proof)) {
      d = {};
      d.open = "a proof that does not follow";
    }
    if (d.witness || d.impossible) return d;
    if (first.open.empty()) first = std::move(d);
  }
  if (tries && (hard == lines.end() || hard + 1 == lines.end()))
    if (auto witness = decision::try_values(c)) return {std::move(witness), {}, false, {}};
  return first;
}

}  // namespace istcheck
