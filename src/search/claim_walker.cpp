#include "search/claim_walker.hpp"

#include "claim/printer.hpp"

namespace istcheck::search {

using claim::Expr;
using claim::Op;

ClaimWalker::ClaimWalker(const Space& space, const Integers& integers)
    : space_(space),
      claim_(space.claim()),
      integers_(integers),
      n_(space.shape().n),
      d_(space.shape().d) {}

Term ClaimWalker::unwritten(const Expr& e) {
  throw Unencodable("not written for solvers: " + claim::to_text(e));
}

Term ClaimWalker::formula(const Expr& e, bool positive) {
  TermBank& bank = algebra.bank;
  const auto parts = [&](bool sign) {
    std::vector<Term> all;
    for (const auto& arg : e.args) all.push_back(formula(*arg, sign));
    return all;
  };
  switch (e.op) {
    case Op::relation: {
      std::vector<Term> all;
      for (size_t k = 0; k < e.relations.size(); ++k) all.push_back(relation(e, k, positive));
      return positive ? bank.conjunction(all) : bank.disjunction(all);
    }
    case Op::lnot:
      return formula(*e.args[0], !positive);
    case Op::land:
      return positive ? bank.conjunction(parts(true)) : bank.disjunction(parts(false));
    case Op::lor:
      return positive ? bank.disjunction(parts(true)) : bank.conjunction(parts(false));
    case Op::implies: {
      const Term a = formula(*e.args[0], !positive), b = formula(*e.args[1], positive);
      return positive ? bank.disjunction({a, b}) : bank.conjunction({a, b});
    }
    case Op::iff: {
      const Expr &a = *e.args[0], &b = *e.args[1];
      return bank.disjunction({bank.conjunction({formula(a, true), formula(b, positive)}),
                               bank.conjunction({formula(a, false), formula(b, !positive)})});
    }
    case Op::quantifier: {
      std::vector<Term> all;
      run_binders(e, [&] {
        all.push_back(formula(*e.args[0], positive));
        return true;
      });
      return (e.name == "forall") == positive ? bank.conjunction(all) : bank.disjunction(all);
    }
    case Op::surely:
      return surely(*e.args[0], positive);
    case Op::name:
      if (const Expr* value = definition(e.name)) return formula(*value, positive);
      break;
    default:
      break;
  }
  return unwritten(e);
}

const Expr* ClaimWalker::definition(const std::string& name) const {
  for (const auto& d : claim_.definitions) {
    if (d.name == name) return d.value.get();
  }
  return nullptr;
}

long ClaimWalker::integer(const Expr& e) {
  const Rational* x = algebra.bank.constant(scalar(e));
  if (x == nullptr || denominator(*x) != 1 || abs(*x) > 1000)
    throw Unencodable("no constant whole number: " + claim::to_text(e));
  return static_cast<long>(numerator(*x));
}

Index ClaimWalker::position(const Expr& e, Index size) {
  const long k = integer(e);
  if (k < 1 || k > size) throw Unencodable("an index out of range: " + claim::to_text(e));
  return k - 1;
}

size_t ClaimWalker::worker(const Expr& e) { return static_cast<size_t>(position(e, n_)); }

std::pair<long, long> ClaimWalker::ends(const claim::Binder& b) {
  switch (b.domain) {
    case claim::Domain::workers:
      return {1, n_};
    case claim::Domain::coordinates:
      return {1, d_};
    case claim::Domain::range:
      break;
  }
  const long low = integer(*b.low);
  return {low, integer(*b.high)};
}

void ClaimWalker::run_binders(const Expr& e, const std::function<bool()>& body) {
  bool more = true;
  const std::function<void(size_t)> run = [&](size_t k) {
    if (k == e.binders.size()) {
      more = body();
      return;
    }
    const claim::Binder& b = e.binders[k];
    const auto [low, high] = ends(b);
    for (long v = low; v <= high && more; ++v) {
      bound_.emplace_back(b.name, v);
      run(k + 1);
      bound_.pop_back();
    }
  };
  run(0);
}

std::optional<Term> ClaimWalker::named_number(const Expr& e) {
  TermBank& bank = algebra.bank;
  if (e.meaning == claim::Meaning::bound) {
    for (size_t k = bound_.size(); k-- > 0;) {
      if (bound_[k].first == e.name) return bank.number(Rational(bound_[k].second));
    }
  }
  switch (e.constant) {
    case claim::Constant::n:
      return bank.number(n_);
    case claim::Constant::d:
      return bank.number(d_);
    case claim::Constant::q:
      if (const auto* s = std::get_if<PermSketch>(&space_.shape().sketch)) return bank.number(s->q);
      if (const auto* s = std::get_if<RandSketch>(&space_.shape().sketch)) return bank.number(s->q);
      if (const auto* s = std::get_if<BlockSketch>(&space_.shape().sketch))
        return bank.number(s->q);
      break;
    case claim::Constant::p:
      if (const auto* s = std::get_if<BernoulliSketch>(&space_.shape().sketch))
        return bank.number(s->p);
      break;
    case claim::Constant::local_steps:
      return bank.number(space_.shape().method.local_steps);
    case claim::Constant::gamma:
    case claim::Constant::Lbar:
    case claim::Constant::bbar:
    case claim::Constant::Dbar:
    case claim::Constant::xstar:
    case claim::Constant::x0:
    case claim::Constant::identity:
    case claim::Constant::ones:
    case claim::Constant::Bbar:
    case claim::Constant::Cb:
    case claim::Constant::xinf:
    case claim::Constant::theta_min:
    case claim::Constant::rho_mean:
    case claim::Constant::rho_square:
    case claim::Constant::lyapunov:
    case claim::Constant::none:
      break;
  }
  return std::nullopt;
}

}  // namespace istcheck::search
