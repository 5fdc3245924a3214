#include "dynamics/conjunction.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "dynamics/find_point.hpp"
#include "dynamics/follows.hpp"
#include "dynamics/matrix_facts.hpp"
#include "dynamics/reading.hpp"

namespace istcheck {
namespace decision {
namespace {

constexpr size_t kMostCells = 60;    ///< cut for the sake of entries
constexpr size_t kMostPlaces = 400;  ///< of facts about the line

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
      // As far as one fact goes, but not to an end that cannot be written.
      const auto written = [&](size_t to) { return to + 1 >= count || places[to / 2].value; };
      for (size_t f = 0; f < facts.size(); ++f) {
        if (!fails[f][i]) continue;
        size_t to = i;
        while (to + 2 < count && !facts[f].breaks[to / 2]) to += 2;
        while (to > i && !written(to)) to -= 2;
        if (!by || (written(to) && (to > j || !written(j)))) {
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
