#include "dynamics/follows.hpp"

#include <algorithm>
#include <stdexcept>

#include "dynamics/line.hpp"
#include "exact/linalg.hpp"

namespace istcheck {
namespace decision {

bool has_equation(const std::vector<Fact>& facts, const ProofStep::Term& t) {
  return std::any_of(t.factors.begin(), t.factors.end(),
                     [&](size_t f) { return facts.at(f).is == Fact::Is::zero; });
}

std::vector<Fact> facts_of_zero(const std::vector<Fact>& facts, const ProofStep::Term& t) {
  if (has_equation(facts, t)) return {};
  const bool strict = std::all_of(t.factors.begin(), t.factors.end(),
                                  [&](size_t f) { return facts.at(f).is == Fact::Is::positive; });
  if (strict && !is_number(t.p)) return {{Fact::Is::zero, t.p}};
  if (t.factors.size() == 1 && is_number(t.p) && !is_zero(t.p))
    return {{Fact::Is::zero, facts.at(t.factors[0]).p}};
  return {};
}

namespace {

Surd determinant(const SurdMatrix& m, const std::vector<Index>& rows,
                 const std::vector<Index>& columns) {
  if (rows.empty()) return 1;
  Surd sum;
  const std::vector<Index> below(rows.begin() + 1, rows.end());
  for (size_t k = 0; k < columns.size(); ++k) {
    std::vector<Index> others = columns;
    others.erase(others.begin() + static_cast<long>(k));
    const Surd part = m(rows[0], columns[k]) * determinant(m, below, others);
    sum = k % 2 == 0 ? sum + part : sum - part;
  }
  return sum;
}

}  // namespace

Fact fact_of_minor(const MatrixFact& m, const std::vector<Index>& rows) {
  return {m.definite ? Fact::Is::positive : Fact::Is::nonnegative, determinant(m.m, rows, rows)};
}

Fact fact_of_form(const MatrixFact& m, const std::vector<Surd>& v) {
  Surd sum;
  for (Index i = 0; i < m.m.rows(); ++i)
    for (Index j = 0; j < m.m.rows(); ++j)
      sum += v[static_cast<size_t>(i)] * m.m(i, j) * v[static_cast<size_t>(j)];
  const bool nonzero =
      std::any_of(v.begin(), v.end(), [](const Surd& x) { return x.is_rational() && !is_zero(x); });
  return {m.definite && nonzero ? Fact::Is::positive : Fact::Is::nonnegative, sum};
}

namespace {

struct OpenCell {
  unsigned unknown;
  std::optional<Algebraic> low, high;
};

struct State {
  Conjunction known;
  std::vector<OpenCell> cells;
};

/// The sign of p wherever the state speaks of; nothing when it is not constant.
std::optional<int> constant_sign(const Surd& p, const State& s) {
  const Surd x = reduced(p, s.known.defined);
  const DefinedUnknown* u = nullptr;
  for (const DefinedUnknown& d : s.known.defined)
    if (!d.reciprocal && holds(x, d.unknown)) u = &d;
  if (u != nullptr) {
    decision::Coefficients c = coefficients_in(x, u->unknown);
    c.resize(2);
    const auto sa = constant_sign(c[0], s), sb = constant_sign(c[1], s);
    if (!sa || !sb) return std::nullopt;
    if (*sb == 0) return sa;
    const auto of = constant_sign(u->of, s);
    if (!of || *of < 0) return std::nullopt;
    if (*of == 0) return sa;
    if (*sa == 0 || *sa == *sb) return sb;
    const auto norm = constant_sign(c[0] * c[0] - c[1] * c[1] * u->of, s);
    if (!norm) return std::nullopt;
    return *sa * *norm;
  }
  if (is_number(x)) return x.sign();
  const auto in = unknowns_of(x);
  if (in.size() != 1) return std::nullopt;
  for (size_t k = s.cells.size(); k-- > 0;) {
    const OpenCell& cell = s.cells[k];
    if (cell.unknown != *in.begin()) continue;
    const decision::Coefficients c = coefficients_in(x, cell.unknown);
    for (const Algebraic& zero : zeros_of(c))
      if ((!cell.low || compare(*cell.low, zero) < 0) &&
          (!cell.high || compare(zero, *cell.high) < 0))
        return std::nullopt;
    return value_of(c, Surd(between(cell.low, cell.high))).sign();
  }
  return std::nullopt;
}

/// The value of the terms added up, cleared; nothing when one is not allowed.
bool add_up_to_zero(const State& s, const ProofStep& step, bool& strict) {
  Surd sum;
  strict = false;
  for (const ProofStep::Term& t : step.terms) {
    if (!is_number(t.c) || is_zero(t.c) || t.factors.size() > 12) return false;
    const bool equation = has_equation(s.known.facts, t);
    if (!equation && t.c.sign() < 0) return false;
    Surd value = t.c * t.p;
    bool positive = t.p.is_rational() && !is_zero(t.p);
    for (const size_t f : t.factors) {
      value *= s.known.facts.at(f).p;
      positive = positive && s.known.facts.at(f).is == Fact::Is::positive;
    }
    if (!equation) value *= t.p;
    strict = strict || positive;
    sum += value;
  }
  return is_zero(cleared(sum, s.known.defined));
}

bool closed(State s, const std::vector<ProofStep>& proof, size_t& at);

bool closed_cells(const State& s, const std::vector<ProofStep>& proof, size_t& at,
                  const ProofStep& step) {
  const auto& a = step.points;
  for (size_t k = 0; k < a.size(); ++k) {
    if (!is_number(a[k])) return false;
    if (k > 0 && compare_numbers(a[k - 1], a[k]) >= 0) return false;
  }
  for (size_t k = 0; k < 2 * a.size() + 1; ++k) {
    State inside = s;
    if (k % 2 == 1) {
      inside.known = with(inside.known, step.unknown, a[k / 2]);
    } else {
      OpenCell cell{step.unknown, {}, {}};
      const Surd r = Surd::unknown(step.unknown);
      if (k > 0) {
        cell.low = Algebraic(a[k / 2 - 1]);
        inside.known.facts.push_back({Fact::Is::positive, r - a[k / 2 - 1]});
      }
      if (k / 2 < a.size()) {
        cell.high = Algebraic(a[k / 2]);
        inside.known.facts.push_back({Fact::Is::positive, a[k / 2] - r});
      }
      inside.cells.push_back(cell);
    }
    if (!closed(std::move(inside), proof, at)) return false;
  }
  return true;
}

bool closed(State s, const std::vector<ProofStep>& proof, size_t& at) {
  while (at < proof.size()) {
    const ProofStep& step = proof[at++];
    using Rule = ProofStep::Rule;
    if (step.rule == Rule::sum) {
      bool strict = false;
      return add_up_to_zero(s, step, strict) && strict;
    }
    if (step.rule == Rule::cells) return closed_cells(s, proof, at, step);
    if (step.rule == Rule::zeros) {
      bool strict = false;
      if (!add_up_to_zero(s, step, strict)) return false;
      std::vector<Fact> next;
      for (const auto& t : step.terms)
        for (Fact& f : facts_of_zero(s.known.facts, t)) next.push_back(std::move(f));
      s.known.facts.insert(s.known.facts.end(), next.begin(), next.end());
    } else if (step.rule == Rule::sign) {
      const Surd& p = step.vector.at(0);
      const auto sign = constant_sign(p, s);
      if (!sign) return false;
      s.known.facts.push_back(
          {*sign == 0 ? Fact::Is::zero : Fact::Is::positive, *sign < 0 ? -p : p});
    } else if (step.rule == Rule::minor) {
      const MatrixFact& m = s.known.matrices.at(step.matrix);
      if (step.rows.empty() || step.rows.size() > 6) return false;
      for (size_t k = 1; k < step.rows.size(); ++k)
        if (step.rows[k - 1] >= step.rows[k]) return false;
      s.known.facts.push_back(fact_of_minor(m, step.rows));
    } else {
      const MatrixFact& m = s.known.matrices.at(step.matrix);
      if (static_cast<Index>(step.vector.size()) != m.m.rows()) return false;
      s.known.facts.push_back(fact_of_form(m, step.vector));
    }
  }
  return false;
}

bool proof_follows(const Conjunction& c, const std::vector<ProofStep>& proof) {
  size_t at = 0;
  try {
    return closed({c, {}}, proof, at) && at == proof.size();
  } catch (const std::logic_error&) {  // numbers of different fields; places that are not there
    return false;
  }
}

}  // namespace

std::optional<Surd> root_of(const Surd& x) {
  try {
    if (x.is_rational()) return Surd::sqrt_of(x.rational());
    return surd_of(Algebraic(x).square_root(), x.field());
  } catch (const std::domain_error&) {
    return std::nullopt;
  }
}

namespace {

bool point_fulfils(const Conjunction& c, const Point& point) {
  try {
    std::map<unsigned, Surd> values;
    for (const auto* list : {&c.scalars, &c.entries})
      for (const unsigned u : *list) {
        const auto it = point.find(u);
        if (it == point.end() || !is_number(it->second)) return false;
        values[u] = it->second;
      }
    const auto at = [&](Surd p) {
      for (const unsigned u : unknowns_of(p)) p = replaced(p, u, values.at(u));
      return p;
    };
    for (const DefinedUnknown& d : c.defined) {
      const Surd of = at(d.of);
      if (d.reciprocal) {
        if (is_zero(of)) return false;
        values[d.unknown] = of.inverse();
      } else {
        if (of.sign() < 0) return false;
        const auto root = root_of(of);
        if (!root) return false;
        values[d.unknown] = *root;
      }
    }
    for (const Fact& f : c.facts)
      if (!is_fulfilled(f.is, at(f.p).sign())) return false;
    for (const MatrixFact& m : c.matrices) {
      const auto decision = decide_psd(SurdMatrix(m.m.unaryExpr(at)));
      if (!decision.psd() || (m.definite && !decision.definite)) return false;
    }
    return true;
  } catch (const std::logic_error&) {
    return false;
  }
}

}  // namespace
}  // namespace decision

bool follows(const Conjunction& c, const std::vector<ProofStep>& proof) {
  return decision::proof_follows(c, proof);
}

bool fulfils(const Conjunction& c, const Point& point) { return decision::point_fulfils(c, point); }

}  // namespace istcheck
