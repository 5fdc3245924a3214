// Sketches, expectations and iterates in queries: by outcomes, and by histories of outcomes.
#include "claim/printer.hpp"
#include "search/smt_translator.hpp"

namespace istcheck::search {

using claim::Expr;
using claim::Op;

namespace {

constexpr size_t kMostHistories = 40;

/// The largest round of an iterate in the expression.
void largest_round(const Expr& e, const std::function<long(const Expr&)>& integer, long& round) {
  if (e.indexed == claim::Indexed::x) round = std::max(round, integer(*e.args[0]));
  if (e.op == Op::fold && e.type.iterates)
    throw Unencodable("a sum over rounds inside an expectation");
  for (const auto& arg : e.args) largest_round(*arg, integer, round);
}

}  // namespace

/// Outcomes of positive weight, with C_i = Diag(s_i) P_i. The scale of the scaled sketch, read as
/// in Theorem 2, is the positive s with s² [L_i]_aa = n.
void Translator::build_outcomes() {
  const auto plain = plain_case(space_.shape());
  const Sketch sketch(space_.shape().sketch, Problem(plain->workers));
  if (sketch.support() > static_cast<int>(kMostHistories))
    throw Unencodable("too many outcomes of the sketch");
  const auto* scaled = std::get_if<ScaledPermSketch>(&space_.shape().sketch);
  if (scaled != nullptr && scaled->reading == ScaledPermSketch::Reading::printed)
    throw Unencodable("square roots of matrices that are not diagonal");
  if (sketch.law() == nullptr) {  // a table
    for (const auto& outcome : std::get<TableSketch>(space_.shape().sketch).outcomes) {
      SymbolicOutcome o{outcome.weight, {}};
      for (const auto& C : outcome.C)
        o.C.push_back(C.unaryExpr([this](const Rational& x) { return algebra.bank.number(x); }));
      outcomes_.push_back(std::move(o));
    }
    return;
  }
  const Rational whole(sketch.law()->weight_denominator());
  sketch.law()->enumerate([&](const Integer& weight, const Selection& kept) {
    SymbolicOutcome o{Rational(weight) / whole, {}};
    for (size_t i = 0; i < kept.size(); ++i) {
      TermMatrix C = algebra.constant(d_, d_, 0);
      for (const int a : kept[i]) {
        const Term n = algebra.bank.number(n_);
        C(a, a) = scaled != nullptr ? algebra.root(algebra.quotient(n, L_[i](a, a)))
                                    : surd(sketch.scales()(static_cast<Index>(i), a));
      }
      o.C.push_back(std::move(C));
    }
    outcomes_.push_back(std::move(o));
    return true;
  });
}

SymbolicValue Translator::expectation(const Expr& e) {
  const Expr& body = *e.args[0];
  if (body.type.iterates) {
    long last = 0;
    largest_round(
        body, [this](const Expr& k) { return integer(k); }, last);
    return over_histories(body, last);
  }
  if (!body.type.random) return value(body);
  std::optional<SymbolicValue> total;
  const SymbolicOutcome* outside = outcome_;
  for (const auto& o : outcomes_) {
    outcome_ = &o;
    const SymbolicValue term = scaled(value(body), algebra.bank.number(o.weight));
    total = total ? added(*total, term) : term;
  }
  outcome_ = outside;
  return *total;
}

SymbolicValue Translator::over_histories(const Expr& body, long rounds) {
  size_t histories = 1;
  for (long k = 0; k < rounds + (body.type.random ? 1 : 0); ++k) {
    histories *= outcomes_.size();
    if (histories > kMostHistories) throw Unencodable("too many histories of the iterates");
  }
  if (space_.uses().noise && !has_flag(claim_, "noiseless") && space_.restriction().noise)
    throw Unencodable("gradient noise");
  std::optional<SymbolicValue> total;
  const SymbolicOutcome* outside = outcome_;
  const auto x0 = variables_.find(to_text(claim::Constant::x0));
  path_ = {x0 != variables_.end() ? std::get<TermMatrix>(x0->second) : start_};
  const std::function<void(Rational)> run = [&](const Rational& weight) {
    if (static_cast<long>(path_.size()) > rounds) {
      const auto add = [&](const Rational& w) {
        const SymbolicValue term = scaled(value(body), algebra.bank.number(w));
        total = total ? added(*total, term) : term;
      };
      if (!body.type.random) return add(weight);
      for (const auto& o : outcomes_) {  // a draw of its own, after all rounds
        outcome_ = &o;
        add(weight * o.weight);
      }
      return;
    }
    for (const auto& o : outcomes_) {
      outcome_ = &o;
      path_.push_back(round(path_.back(), chosen_step()));
      run(weight * o.weight);
      path_.pop_back();
    }
  };
  run(1);
  outcome_ = outside;
  path_.clear();
  return *total;
}

SymbolicValue Translator::iterate(const Expr& e) {
  if (is_limit(*e.args[0])) throw Unencodable("the limit of the iterates");
  const long k = integer(*e.args[0]);
  if (k < 0 || k >= static_cast<long>(path_.size()))
    throw Unencodable("an iterate outside an expectation: " + claim::to_text(e));
  return path_[static_cast<size_t>(k)];
}

/// One round of the method from x, at the outcome at hand.
TermMatrix Translator::round(const TermMatrix& x, Term gamma) {
  const SketchPlaces places = places_of(space_.shape().method.kind);
  TermMatrix total = algebra.constant(d_, 1, 0);
  for (size_t i = 0; i < L_.size(); ++i) {
    const TermMatrix& C = outcome_->C[i];
    const TermMatrix Cx = algebra.mul(C, x);
    TermMatrix w = places.carry ? Cx : x;
    for (int t = 0; t < space_.shape().method.local_steps; ++t) {
      const TermMatrix& at = t > 0 ? w : places.right ? Cx : x;
      TermMatrix step = algebra.sub(algebra.mul(L_[i], at), b_[i]);
      if (places.left) step = algebra.mul(C, step);
      w = algebra.sub(w, algebra.scale(step, gamma));
    }
    total = algebra.add(total, w);
  }
  return algebra.scale(total, algebra.bank.number(Rational(1, n_)));
}

/// The x with E[one round from x] = x, as new variables; it is affine in x, so the equations are
/// linear, and that it is the only one is asserted by the determinant of E A − I.
TermMatrix Translator::fixed_point() {
  TermMatrix mean = algebra.constant(d_, d_ + 1, 0);
  const SymbolicOutcome* outside = outcome_;
  for (const auto& o : outcomes_) {
    outcome_ = &o;
    const TermMatrix origin = round(algebra.constant(d_, 1, 0), chosen_step());
    TermMatrix map(d_, d_ + 1);
    map.col(d_) = origin;
    for (Index j = 0; j < d_; ++j) {
      TermMatrix unit = algebra.constant(d_, 1, 0);
      unit(j, 0) = algebra.bank.number(1);
      map.col(j) = algebra.sub(round(unit, chosen_step()), origin);
    }
    mean = algebra.add(mean, algebra.scale(map, algebra.bank.number(o.weight)));
  }
  outcome_ = outside;
  const TermMatrix system = algebra.sub(algebra.identity(d_), mean.leftCols(d_));
  return algebra.mul(algebra.inverse(system), mean.col(d_));
}

}  // namespace istcheck::search
