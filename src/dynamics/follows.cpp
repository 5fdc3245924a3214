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

struct OpenCell {
  unsigned unknown;
  std::optional<Algebraic> low, high;
};

struct State {
  std::vector<Fact> facts;
  std::vector<MatrixFact> matrices;
  std::vector<DefinedUnknown> defined;
  std::vector<OpenCell> cells;
};

/// The sign of p wherever the state speaks of; nothing when it is not constant.
std::optional<int> constant_sign(const Surd& p, const State& s) {
  const Surd x = reduced(p, s.defined);
  const DefinedUnknown* u = nullptr;
  for (const DefinedUnknown& d : s.defined)
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
    const bool equation = has_equation(s.facts, t);
    if (!equation && t.c.sign() < 0) return false;
    Surd value = t.c * t.p;
    bool positive = t.p.is_rational() && !is_zero(t.p);
    for (const size_t f : t.factors) {
      value *= s.facts.at(f).p;
      positive = positive && s.facts.at(f).is == Fact::Is::positive;
    }
    if (!equation) value *= t.p;
    strict = strict || positive;
    sum += value;
  }
  return is_zero(cleared(sum, s.defined));
}

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

void replace_everywhere(State& s, unsigned unknown, const Surd& by) {
  for (Fact& f : s.facts) f.p = replaced(f.p, unknown, by);
  for (MatrixFact& m : s.matrices)
    m.m = m.m.unaryExpr([&](const Surd& x) { return replaced(x, unknown, by); });
  for (DefinedUnknown& d : s.defined) d.of = replaced(d.of, unknown, by);
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
      replace_everywhere(inside, step.unknown, a[k / 2]);
    } else {
      OpenCell cell{step.unknown, {}, {}};
      const Surd r = Surd::unknown(step.unknown);
      if (k > 0) {
        cell.low = Algebraic(a[k / 2 - 1]);
        inside.facts.push_back({Fact::Is::positive, r - a[k / 2 - 1]});
      }
      if (k / 2 < a.size()) {
        cell.high = Algebraic(a[k / 2]);
        inside.facts.push_back({Fact::Is::positive, a[k / 2] - r});
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
        for (Fact& f : facts_of_zero(s.facts, t)) next.push_back(std::move(f));
      s.facts.insert(s.facts.end(), next.begin(), next.end());
    } else if (step.rule == Rule::sign) {
      const Surd& p = step.vector.at(0);
      const auto sign = constant_sign(p, s);
      if (!sign) return false;
      s.facts.push_back({*sign == 0 ? Fact::Is::zero : Fact::Is::positive, *sign < 0 ? -p : p});
    } else if (step.rule == Rule::minor) {
      const MatrixFact& m = s.matrices.at(step.matrix);
      if (step.rows.empty() || step.rows.size() > 6) return false;
      for (size_t k = 1; k < step.rows.size(); ++k)
        if (step.rows[k - 1] >= step.rows[k]) return false;
      s.facts.push_back({m.definite ? Fact::Is::positive : Fact::Is::nonnegative,
                         determinant(m.m, step.rows, step.rows)});
    } else {
      const MatrixFact& m = s.matrices.at(step.matrix);
      if (static_cast<Index>(step.vector.size()) != m.m.rows()) return false;
      Surd sum;
      bool nonzero = false;
      for (Index i = 0; i < m.m.rows(); ++i) {
        const Surd& v = step.vector[static_cast<size_t>(i)];
        nonzero = nonzero || (v.is_rational() && !is_zero(v));
        for (Index j = 0; j < m.m.rows(); ++j)
          sum += v * m.m(i, j) * step.vector[static_cast<size_t>(j)];
      }
      s.facts.push_back({m.definite && nonzero ? Fact::Is::positive : Fact::Is::nonnegative, sum});
    }
  }
  return false;
}

bool proof_follows(const Conjunction& c, const std::vector<ProofStep>& proof) {
  size_t at = 0;
  try {
    return closed({c.facts, c.matrices, c.defined, {}}, proof, at) && at == proof.size();
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
    for (const Fact& f : c.facts) {
      const int s = at(f.p).sign();
      if (f.is == Fact::Is::zero ? s != 0 : f.is == Fact::Is::positive ? s <= 0 : s < 0)
        return false;
    }
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
