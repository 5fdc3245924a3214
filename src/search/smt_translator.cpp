#include "search/smt_translator.hpp"

#include "claim/builtins.hpp"
#include "claim/printer.hpp"

namespace istcheck::search {

using claim::Constant;
using claim::Expr;
using claim::Fold;
using claim::Function;
using claim::Indexed;
using claim::Meaning;
using claim::Op;

Translator::Translator(const Space& space, const Encoding& encoding, const Integers& integers)
    : ClaimWalker(space, integers), encoding_(encoding) {
  for (const auto& s : space.slots()) slots_.push_back(algebra.bank.variable(s.name));
  const Layout& layout = space.layout();
  const Term share = algebra.bank.number(Rational(1, n_));
  mean_L_ = algebra.constant(d_, d_, 0);
  mean_b_ = algebra.constant(d_, 1, 0);
  for (size_t i = 0; i < layout.L.size(); ++i) {
    L_.push_back(from(layout.L[i]));
    b_.push_back(from(layout.b[i]));
    mean_L_ = algebra.add(mean_L_, algebra.scale(L_[i], share));
    mean_b_ = algebra.add(mean_b_, algebra.scale(b_[i], share));
  }
  step_ = from(layout.step);
  start_ = layout.start ? from(*layout.start) : algebra.constant(d_, 1, 0);
  for (const auto& v : claim_.variables) {
    if (const auto k = integers.find(v.name); k != integers.end()) {
      variables_[v.name] = algebra.bank.number(Rational(k->second));
    } else if (const auto s = layout.values.find(v.name); s != layout.values.end()) {
      const TermMatrix m = from(s->second);
      const bool number = claim::is_number(v.kind);
      variables_[v.name] = number ? SymbolicValue(m(0, 0)) : SymbolicValue(m);
    } else if (claim::replaced_by(v.name) == Constant::gamma) {
      variables_[v.name] = step_;
    } else if (claim::replaced_by(v.name) == Constant::x0) {
      variables_[v.name] = start_;
    } else {
      throw Unencodable("the variable " + v.name + " is only at its trials in this space");
    }
  }
  build_outcomes();
}

Term Translator::from(int source) {
  if (source >= 0) return slots_[static_cast<size_t>(source)];
  return algebra.bank.number(source == kOne ? 1 : 0);
}

TermMatrix Translator::from(const Sources& s) {
  return s.unaryExpr([this](int source) { return from(source); });
}

Term Translator::surd(const Surd& x) {
  Term total = algebra.bank.number(0);
  for (const auto& [b, q] : x.terms()) {
    if (b.power > 0) throw Unencodable("numbers in a case's alpha");
    const Term root = algebra.root(algebra.bank.number(Rational(b.radicand)));
    total = algebra.bank.add(total, algebra.bank.mul(algebra.bank.number(q), root));
  }
  return total;
}

SymbolicValue Translator::added(const SymbolicValue& a, const SymbolicValue& b) {
  if (const auto* s = std::get_if<Term>(&a)) return algebra.bank.add(*s, std::get<Term>(b));
  return algebra.add(std::get<TermMatrix>(a), std::get<TermMatrix>(b));
}

SymbolicValue Translator::scaled(const SymbolicValue& a, Term t) {
  if (const auto* s = std::get_if<Term>(&a)) return algebra.bank.mul(*s, t);
  return algebra.scale(std::get<TermMatrix>(a), t);
}

TermMatrix Translator::diagonal(const TermMatrix& m) {
  TermMatrix result = algebra.constant(m.rows(), m.cols(), 0);
  result.diagonal() = m.diagonal();
  return result;
}

SymbolicValue Translator::value(const Expr& e) {
  switch (e.op) {
    case Op::number:
      return algebra.bank.number(e.value);
    case Op::name:
      return name(e);
    case Op::index:
      return index(e);
    case Op::entry:
      return entry(matrix(*e.args[0]), e, 1);
    case Op::call:
    case Op::call_at:
      return call(e);
    case Op::neg:
      return scaled(value(*e.args[0]), algebra.bank.number(-1));
    case Op::add:
      return added(value(*e.args[0]), value(*e.args[1]));
    case Op::sub: {
      const SymbolicValue a = value(*e.args[0]), b = value(*e.args[1]);
      if (const auto* s = std::get_if<Term>(&a)) return algebra.bank.sub(*s, std::get<Term>(b));
      return algebra.sub(std::get<TermMatrix>(a), std::get<TermMatrix>(b));
    }
    case Op::mul:
      return product(e);
    case Op::div:
      return quotient(e);
    case Op::pow:
      return power(e);
    case Op::transpose: {
      const SymbolicValue v = value(*e.args[0]);
      if (std::holds_alternative<Term>(v)) return v;
      return TermMatrix(std::get<TermMatrix>(v).transpose());
    }
    case Op::vector:
    case Op::matrix:
      return literal(e);
    case Op::norm:
      return algebra.root(norm(e));
    case Op::normsq:
      return norm(e);
    case Op::expect:
      return expectation(e);
    case Op::fold:
      return fold(e);
    default:
      throw Unencodable("not written for solvers: " + claim::to_text(e));
  }
}

SymbolicValue Translator::name(const Expr& e) {
  if (e.meaning == Meaning::variable) return variables_.at(e.name);
  if (e.meaning == Meaning::definition) {
    if (const Expr* of = definition(e.name)) return value(*of);
  }
  if (const auto number = named_number(e)) return *number;
  switch (e.constant) {
    case Constant::gamma:
      return step_;
    case Constant::Lbar:
      return mean_L_;
    case Constant::bbar:
      return mean_b_;
    case Constant::Dbar:
      return diagonal(mean_L_);
    case Constant::identity:
      return algebra.identity(d_);
    case Constant::ones:
      return algebra.constant(d_, 1, 1);
    case Constant::x0:
      return start_;
    case Constant::xstar:
      return algebra.mul(algebra.inverse(mean_L_), mean_b_);
    case Constant::Bbar:
      if (outcome_ == nullptr) break;
      return estimator();
    case Constant::Cb:
      if (outcome_ == nullptr) break;
      return estimator_constant();
    case Constant::xinf:
      return fixed_point();
    case Constant::n:
    case Constant::d:
    case Constant::q:
    case Constant::p:
    case Constant::local_steps:
    case Constant::theta_min:
    case Constant::rho_mean:
    case Constant::rho_square:
    case Constant::lyapunov:
    case Constant::none:
      break;
  }
  throw Unencodable("not written for solvers: " + e.name);
}

TermMatrix Translator::estimator() {
  TermMatrix total = algebra.constant(d_, d_, 0);
  for (size_t i = 0; i < L_.size(); ++i)
    total = algebra.add(total, algebra.mul(outcome_->C[i], algebra.mul(L_[i], outcome_->C[i])));
  return algebra.scale(total, algebra.bank.number(Rational(1, n_)));
}

TermMatrix Translator::estimator_constant() {
  TermMatrix total = algebra.constant(d_, 1, 0);
  for (size_t i = 0; i < L_.size(); ++i)
    total = algebra.add(total, algebra.mul(outcome_->C[i], b_[i]));
  return algebra.scale(total, algebra.bank.number(Rational(1, n_)));
}

SymbolicValue Translator::index(const Expr& e) {
  switch (e.indexed) {
    case Indexed::x:
      return iterate(e);
    case Indexed::L:
      return L_[worker(*e.args[0])];
    case Indexed::b:
      return b_[worker(*e.args[0])];
    case Indexed::D:
      return diagonal(L_[worker(*e.args[0])]);
    case Indexed::C:
      if (outcome_ == nullptr) break;
      return outcome_->C[worker(*e.args[0])];
    case Indexed::noise:
      if (space_.restriction().noise) break;
      return algebra.constant(d_, d_, 0);
    case Indexed::gamma:
      return chosen_step();
    case Indexed::none:
      break;
  }
  return entry(std::get<TermMatrix>(name(e)), e, 0);
}

Term Translator::chosen_step() {
  const auto own = variables_.find(to_text(Constant::gamma));
  return own != variables_.end() ? std::get<Term>(own->second) : step_;
}

Term Translator::entry(const TermMatrix& m, const Expr& e, size_t first) {
  const Index i = position(*e.args[first], m.rows());
  return m(i, e.args.size() > first + 1 ? position(*e.args[first + 1], m.cols()) : 0);
}

SymbolicValue Translator::call(const Expr& e) {
  const auto arg = [&](size_t k) -> const Expr& { return *e.args[k]; };
  Algebra& a = algebra;
  switch (e.function) {
    case Function::f:
    case Function::grad_f: {
      const bool own = e.op == Op::call_at;
      const TermMatrix &L = own ? L_[worker(arg(0))] : mean_L_,
                       &b = own ? b_[worker(arg(0))] : mean_b_;
      const TermMatrix x = matrix(arg(e.args.size() - 1)), Lx = a.mul(L, x);
      if (e.function == Function::grad_f) return a.sub(Lx, b);
      return a.bank.sub(a.bank.mul(a.bank.number(Rational(1, 2)), a.dot(x, Lx)), a.dot(b, x));
    }
    case Function::g:
      if (outcome_ == nullptr) break;
      return a.sub(a.mul(estimator(), matrix(arg(0))), estimator_constant());
    case Function::step:
      if (outcome_ == nullptr) break;
      if (arg(0).type.random) throw Unencodable("a step from a random point");
      return round(matrix(arg(0)), chosen_step());
    case Function::e: {
      TermMatrix unit = a.constant(d_, 1, 0);
      unit(position(arg(0), d_), 0) = a.bank.number(1);
      return unit;
    }
    case Function::sqrt:
      return a.root(scalar(arg(0)));
    case Function::abs:
      return a.root(a.power(scalar(arg(0)), 2));
    case Function::trace: {
      const TermMatrix m = matrix(arg(0));
      const auto diagonal = m.diagonal();
      return a.sum({diagonal.begin(), diagonal.end()});
    }
    case Function::det:
      return a.det(matrix(arg(0)));
    case Function::inner:
      return a.dot(matrix(arg(0)), matrix(arg(1)));
    case Function::diag:
      return TermMatrix(matrix(arg(0)).diagonal());
    case Function::sym: {
      const TermMatrix m = matrix(arg(0));
      return a.scale(a.add(m, m.transpose()), a.bank.number(Rational(1, 2)));
    }
    case Function::Diag: {
      const TermMatrix m = matrix(arg(0));
      if (!arg(0).type.is_vector()) return diagonal(m);
      TermMatrix result = a.constant(m.rows(), m.rows(), 0);
      result.diagonal() = m.col(0);
      return result;
    }
    case Function::inverse:
      return a.inverse(matrix(arg(0)));
    case Function::lambda_max:
    case Function::lambda_min: {
      const TermMatrix m = matrix(arg(0));
      const TermMatrix b = e.args.size() == 2 ? matrix(arg(1)) : a.identity(m.rows());
      if (e.args.size() == 2) a.constraints.push_back(a.psd(b, true, true, {}));
      return a.extreme(m, b, e.function == Function::lambda_max);
    }
    case Function::min:
    case Function::max:
    case Function::ceil:
    case Function::surd:
    case Function::spectral_radius:
    case Function::defined:
    case Function::rational:
    case Function::row:
    case Function::column:
    case Function::pinv:
    case Function::kron:
    case Function::lambda_min_plus:
    case Function::next:
    case Function::fixed:
    case Function::limit:
    case Function::covariance:
    case Function::keep:
    case Function::none:
      break;
  }
  throw Unencodable("not written for solvers: " + e.name);
}

SymbolicValue Translator::product(const Expr& e) {
  const SymbolicValue a = value(*e.args[0]), b = value(*e.args[1]);
  if (const auto* s = std::get_if<Term>(&a)) return scaled(b, *s);
  if (const auto* s = std::get_if<Term>(&b)) return scaled(a, *s);
  const TermMatrix m = algebra.mul(std::get<TermMatrix>(a), std::get<TermMatrix>(b));
  if (e.type.shape == claim::Shape::scalar) return m(0, 0);
  return m;
}

SymbolicValue Translator::quotient(const Expr& e) {
  const SymbolicValue a = value(*e.args[0]);
  const Term b = scalar(*e.args[1]);
  if (const auto* s = std::get_if<Term>(&a)) return algebra.quotient(*s, b);
  return scaled(a, algebra.quotient(algebra.bank.number(1), b));
}

SymbolicValue Translator::power(const Expr& e) {
  const Rational* exponent = algebra.bank.constant(scalar(*e.args[1]));
  if (exponent == nullptr || denominator(Rational(*exponent * 2)) != 1 || abs(*exponent) > 20)
    throw Unencodable("an exponent that is no multiple of 1/2: " + claim::to_text(e));
  const long halves = static_cast<long>(numerator(Rational(*exponent * 2)));
  const long k = halves % 2 == 0 ? std::abs(halves) / 2 : std::abs(halves);
  const SymbolicValue base = value(*e.args[0]);
  if (const auto* s = std::get_if<Term>(&base)) {
    const Term p = algebra.power(halves % 2 == 0 ? *s : algebra.root(*s), k);
    return halves < 0 ? algebra.quotient(algebra.bank.number(1), p) : p;
  }
  TermMatrix m = std::get<TermMatrix>(base);
  if (halves % 2 != 0) {
    for (Index i = 0; i < m.rows(); ++i) {
      for (Index j = 0; j < m.cols(); ++j) {
        if (i == j) {
          m(i, i) = algebra.root(m(i, i));
        } else if (m(i, j) != algebra.bank.number(0)) {
          throw Unencodable("the square root of a matrix that is not diagonal: " +
                            claim::to_text(e));
        }
      }
    }
  }
  if (halves < 0) m = algebra.inverse(m);
  return algebra.power(m, k);
}

SymbolicValue Translator::literal(const Expr& e) {
  if (claim::is_block_matrix(e)) throw Unencodable("not written for solvers: a block matrix");
  const bool rows = e.op == Op::matrix;
  TermMatrix m(static_cast<Index>(e.args.size()),
               rows ? static_cast<Index>(e.args[0]->args.size()) : 1);
  for (Index i = 0; i < m.rows(); ++i) {
    const Expr& row = *e.args[static_cast<size_t>(i)];
    for (Index j = 0; j < m.cols(); ++j)
      m(i, j) = scalar(rows ? *row.args[static_cast<size_t>(j)] : row);
  }
  return m;
}

Term Translator::norm(const Expr& e) {
  const TermMatrix v = matrix(*e.args[0]);
  return e.args.size() == 2 ? algebra.dot(v, algebra.mul(matrix(*e.args[1]), v))
                            : algebra.dot(v, v);
}

SymbolicValue Translator::fold(const Expr& e) {
  std::vector<SymbolicValue> values;
  run_binders(e, [&] {
    values.push_back(value(*e.args[0]));
    return true;
  });
  if (values.empty()) throw Unencodable("an empty range: " + claim::to_text(e));
  switch (e.fold) {
    case Fold::sum:
    case Fold::mean: {
      SymbolicValue total = values[0];
      for (size_t k = 1; k < values.size(); ++k) total = added(total, values[k]);
      if (e.fold == Fold::sum) return total;
      const Rational share(1, static_cast<int>(values.size()));
      return scaled(total, algebra.bank.number(share));
    }
    case Fold::vec: {
      TermMatrix v(static_cast<Index>(values.size()), 1);
      for (size_t k = 0; k < values.size(); ++k)
        v(static_cast<Index>(k), 0) = std::get<Term>(values[k]);
      return v;
    }
    case Fold::min:
    case Fold::max: {
      // A new variable that is one of the values and a bound of all.
      const Term best = algebra.bank.fresh(e.name);
      std::vector<Term> equal;
      for (const auto& v : values) {
        const Term t = std::get<Term>(v);
        equal.push_back(algebra.bank.relation("=", best, t));
        algebra.constraints.push_back(e.fold == Fold::max ? algebra.bank.relation("<=", t, best)
                                                          : algebra.bank.relation("<=", best, t));
      }
      algebra.constraints.push_back(algebra.bank.disjunction(equal));
      return best;
    }
    case Fold::mat:
    case Fold::none:
      break;
  }
  throw Unencodable("not written for solvers: " + claim::to_text(e));
}

}  // namespace istcheck::search
