#include "check/evaluator.hpp"

#include "check/determinant.hpp"
#include "claim/builtins.hpp"

namespace istcheck::check {

using claim::Expr;
using claim::Meaning;
using claim::Op;
using claim::Shape;

namespace {

Mat diagonal_part(const Mat& m) {
  Mat result(m.rows(), m.columns());
  for (size_t i = 0; i < m.rows(); ++i) result.at(i, i) = m.at(i, i);
  return result;
}

Integer floor_of(const Rational& q) {
  const Integer quotient = numerator(q) / denominator(q);
  return q < 0 && Rational(quotient) != q ? Integer(quotient - 1) : quotient;
}

}  // namespace

void Evaluator::set_variable(const std::string& name, Mat value) {
  variables_.insert_or_assign(name, std::move(value));
  point_cache_.clear();
}

void Evaluator::unset_variable(const std::string& name) {
  variables_.erase(name);
  point_cache_.clear();
}

World& Evaluator::world() const {
  if (world_ == nullptr) throw Undecided("the claim needs a case, and there is none");
  return *world_;
}

const Expr& Evaluator::definition(const std::string& name) const {
  for (const auto& d : claim_.definitions) {
    if (d.name == name) return *d.value;
  }
  throw Undecided("no definition of " + name);
}

/// What depends on nothing that changes below a choice of the variables is kept.
Mat Evaluator::value(const Expr& e) {
  const bool cheap = e.op == Op::number || e.op == Op::name || e.op == Op::index;
  if (cheap || e.type.random || e.type.uses_bound || e.type.degree > 0) return compute(e);
  auto& cache = e.type.uses_variable ? point_cache_ : case_cache_;
  if (const auto known = cache.find(&e); known != cache.end()) return known->second;
  Mat result = compute(e);
  return (e.type.uses_variable ? point_cache_ : case_cache_)
      .insert_or_assign(&e, std::move(result))
      .first->second;
}

Number Evaluator::scalar(const Expr& e) {
  const Mat m = value(e);
  if (m.rows() != 1 || m.columns() != 1) throw Undecided("a matrix where a number is needed");
  return m.at(0, 0);
}

long Evaluator::integer(const Expr& e) {
  const Number x = scalar(e);
  const bool good =
      x.is_rational() && denominator(x.rational()) == 1 && abs(x.rational()) <= 1'000'000;
  if (!good) throw Undecided("a whole number of at most a million is needed");
  return static_cast<long>(numerator(x.rational()));
}

size_t Evaluator::index(const Expr& e, size_t size) {
  const long k = integer(e);
  if (k < 1 || size_t(k) > size) throw Undecided("an index is out of range");
  return size_t(k) - 1;
}

Number Evaluator::reciprocal(const Number& x) {
  if (facts_.zero(x)) throw NoValue("division by zero");
  if (x.is_rational()) return Rational(1 / x.rational());
  return facts_.inverse(x)->at(0, 0);
}

Mat Evaluator::compute(const Expr& e) {
  const auto arg = [&](size_t k) -> const Expr& { return *e.args[k]; };
  Mat result;
  switch (e.op) {
    case Op::number:
      return Number(e.value);
    case Op::name:
      return named(e);
    case Op::index:
      return indexed(e);
    case Op::entry: {
      const Mat m = value(arg(0));
      return m.at(index(arg(1), m.rows()), e.args.size() > 2 ? index(arg(2), m.columns()) : 0);
    }
    case Op::call:
    case Op::call_at:
      result = call(e);
      break;
    case Op::neg:
      result = Number(-1) * value(arg(0));
      break;
    case Op::add:
    case Op::sub: {
      const Mat a = value(arg(0)), b = value(arg(1));
      if (a.rows() != b.rows() || a.columns() != b.columns())
        throw Undecided("the sizes of a sum differ");
      result = e.op == Op::add ? a + b : a - b;
      break;
    }
    case Op::mul:
      result = product(e);
      break;
    case Op::div: {
      const Mat a = value(arg(0));
      result = reciprocal(scalar(arg(1))) * a;
      break;
    }
    case Op::pow:
      result = power(e);
      break;
    case Op::transpose:
      return value(arg(0)).transposed();
    case Op::vector:
    case Op::matrix:
      return literal(e);
    case Op::norm:
    case Op::normsq:
      result = norm(e);
      break;
    case Op::expect:
      result = over_rounds(arg(0));
      break;
    case Op::fold:
      result = fold(e);
      break;
    case Op::at_member:
      return member(e).value(arg(1));
    case Op::choose:
      return value(truth(arg(0)) ? arg(1) : arg(2));
    default:
      throw Undecided("a statement has no value");
  }
  facts_.require_within(result);
  return result;
}

Mat Evaluator::named(const Expr& e) {
  if (e.meaning == Meaning::definition) return value(definition(e.name));
  if (e.meaning == Meaning::bound) {
    for (size_t k = bound_.size(); k-- > 0;)
      if (bound_[k].first == e.name) return Number(Rational(bound_[k].second));
  }
  if (e.meaning == Meaning::variable) {
    if (const auto v = variables_.find(e.name); v != variables_.end()) return v->second;
  }
  if (e.meaning != Meaning::builtin) throw Undecided("'" + e.name + "' has no value here");
  return builtin(e.name);
}

std::optional<Number> Evaluator::step_override() const {
  const auto v = variables_.find("gamma");
  return v == variables_.end() ? std::nullopt : std::optional(v->second.at(0, 0));
}

Number Evaluator::step_size() const {
  const Number step = step_override().value_or(world().step);
  if (!facts_.positive(step)) throw NoValue("the step size is not positive");
  return step;
}

Mat Evaluator::builtin(const std::string& name) {
  World& w = world();
  const size_t d = w.d();
  const auto mean = [&](const Number& step) { return w.round(step).mean(); };
  const Number& step = w.step;
  if (name == "n") return Number(Rational(w.n()));
  if (name == "d") return Number(Rational(d));
  if (name == "q") {
    if (const auto* s = std::get_if<PermSketch>(&w.data().sketch)) return Number(s->q);
    if (const auto* s = std::get_if<RandSketch>(&w.data().sketch)) return Number(s->q);
    if (const auto* s = std::get_if<BlockSketch>(&w.data().sketch)) return Number(s->q);
    throw NoValue("the sketch has no q");
  }
  if (name == "p") {
    if (const auto* s = std::get_if<BernoulliSketch>(&w.data().sketch)) return Number(s->p);
    throw NoValue("the sketch has no p");
  }
  if (name == "local_steps") return Number(w.data().method.local_steps);
  if (name == "gamma") return step;
  if (name == "Lbar") return w.Lbar;
  if (name == "bbar") return w.bbar;
  if (name == "Dbar") return diagonal_part(w.Lbar);
  if (name == "I") return Mat::identity(d);
  if (name == "x0") return w.start;
  if (name == "ones") {
    Mat ones(d, 1);
    for (size_t i = 0; i < d; ++i) ones.at(i, 0) = 1;
    return ones;
  }
  if (name == "xstar") {
    const auto inverse = facts_.inverse(w.Lbar);
    if (!inverse) throw NoValue("there is no unique minimizer");
    return *inverse * w.bbar;
  }
  if (name == "xinf") {
    const Mat map = mean(step_size());
    const auto inverse = facts_.inverse(Mat::identity(d) - map.block(0, 0, d, d));
    if (!inverse) throw NoValue("the mean map has no unique fixed point");
    return *inverse * map.block(0, d, d, 1);
  }
  if (name == "Bbar" && outcome_ != nullptr) return outcome_->B;
  if (name == "Cb" && outcome_ != nullptr) return outcome_->Cb;
  if (name == "theta_min") {  // the least θ with E[B̄L̄B̄] ⪯ θ W, W = (L̄ E B̄ + E B̄ L̄)/2 ⪰ 0
    Mat EB(d, d), Q(d, d);
    for (const auto& o : w.outcomes) {
      EB = EB + Number(o.weight) * o.B;
      Q = Q + Number(o.weight) * (o.B * w.Lbar * o.B);
    }
    const Mat W = Number(Rational(1, 2)) * (w.Lbar * EB + EB * w.Lbar);
    // With W = 0 every θ satisfies (14), or none: there is no least one.
    if (W.vanishes() || !facts_.semidefinite(W))
      throw NoValue("no theta satisfies (14), or there is no least one");
    const auto theta = facts_.least(Q, W);
    if (!theta) throw NoValue("no theta satisfies (14)");
    return *theta;
  }
  if (name == "rho_mean") {
    return facts_.radius({{{Rational(1), mean(step).block(0, 0, d, d)}}}, true);
  }
  if (name != "rho_square" && name != "lyapunov")
    throw Undecided("'" + name + "' cannot be evaluated here");
  CongruenceSum linear;
  for (const auto& [weight, a] : w.round(step).map.terms)
    linear.terms.emplace_back(weight, a.block(0, 0, d, d));
  if (name == "rho_square") return facts_.radius(linear, false);
  // P − T*(P) = I as a system in the entries (i, j), i <= j, of P.
  std::vector<std::pair<size_t, size_t>> places;
  for (size_t i = 0; i < d; ++i)
    for (size_t j = i; j < d; ++j) places.emplace_back(i, j);
  Mat system(places.size(), places.size()), right(places.size(), 1), p(d, d);
  for (size_t column = 0; column < places.size(); ++column) {
    const auto [i, j] = places[column];
    Mat unit(d, d);
    unit.at(i, j) = unit.at(j, i) = 1;
    const Mat image = unit - linear.adjoint(unit);
    for (size_t row = 0; row < places.size(); ++row)
      system.at(row, column) = image.at(places[row].first, places[row].second);
    right.at(column, 0) = i == j ? 1 : 0;
  }
  const auto inverse = facts_.inverse(system);
  if (!inverse) throw NoValue("P - E[A' P A] = I has no unique solution");
  const Mat solution = *inverse * right;
  for (size_t k = 0; k < places.size(); ++k) {
    const auto [i, j] = places[k];
    p.at(i, j) = p.at(j, i) = solution.at(k, 0);
  }
  return p;
}

Mat Evaluator::indexed(const Expr& e) {
  const std::string& name = e.name;
  if (name == "x" && e.meaning == Meaning::builtin) return iterate(e);
  if (e.meaning != Meaning::builtin || claim::find_builtin(name, claim::Use::indexed) == nullptr) {
    const Mat m = named(e);
    return m.at(index(*e.args[0], m.rows()),
                e.args.size() > 1 ? index(*e.args[1], m.columns()) : 0);
  }
  World& w = world();
  if (name == "gamma") {
    const long k = integer(*e.args[0]);
    if (k < 0) throw Undecided("rounds count from 0");
    const auto own = step_override();
    return own ? *own : w.step_of(size_t(k));
  }
  const size_t i = index(*e.args[0], w.n());
  if (name == "L") return w.L[i];
  if (name == "b") return w.b[i];
  if (name == "D") return diagonal_part(w.L[i]);
  if (name == "noise") return w.noise[i];
  if (name == "C" && outcome_ != nullptr) return outcome_->C[i];
  throw Undecided("'" + name + "[...]' cannot be evaluated here");
}

Mat Evaluator::product(const Expr& e) {
  const Mat a = value(*e.args[0]), b = value(*e.args[1]);
  if (e.args[0]->type.shape == Shape::scalar) return a.at(0, 0) * b;
  if (e.args[1]->type.shape == Shape::scalar) return b.at(0, 0) * a;
  if (a.columns() != b.rows()) throw Undecided("the sizes of a product do not fit");
  return a * b;
}

Mat Evaluator::power(const Expr& e) {
  const Number exponent = scalar(*e.args[1]);
  const Rational twice =
      exponent.is_rational() ? Rational(2 * exponent.rational()) : Rational(1, 3);
  if (denominator(twice) != 1 || abs(twice) > 20'000)
    throw Undecided("an exponent must be a multiple of 1/2");
  long k = static_cast<long>(numerator(twice));
  Mat base = value(*e.args[0]);
  if (k % 2 == 0) {
    k /= 2;
  } else {  // of a diagonal matrix, or of a number
    if (!(base == diagonal_part(base)))
      throw Undecided("the square root of a matrix that is not diagonal");
    for (size_t i = 0; i < base.rows(); ++i) {
      if (facts_.negative(base.at(i, i))) throw NoValue("the square root of a negative number");
      base.at(i, i) = facts_.square_root(base.at(i, i));
    }
  }
  if (k < 0 && e.args[0]->type.shape == Shape::scalar) {
    base = reciprocal(base.at(0, 0));
  } else if (k < 0) {
    const auto inverse = facts_.inverse(base);
    if (!inverse) throw NoValue("the inverse of a singular matrix");
    base = *inverse;
  }
  Mat result = Mat::identity(base.rows());
  for (k = std::abs(k); k > 0; --k) {
    result = result * base;
    facts_.require_within(result);
  }
  return result;
}

Mat Evaluator::norm(const Expr& e) {
  const Mat v = value(*e.args[0]);
  const Mat weight = e.args.size() == 2 ? value(*e.args[1]) : Mat::identity(v.rows());
  if (!weight.symmetric()) throw Undecided("the weight of a norm is not symmetric");
  facts_.met(v);
  if (e.args.size() == 2) facts_.met(weight * v);
  const Number square = (v.transposed() * weight * v).at(0, 0);
  if (e.op == Op::normsq) return square;
  if (facts_.negative(square)) throw NoValue("the norm with a weight that is not semidefinite");
  return facts_.square_root(square);
}

Mat Evaluator::literal(const Expr& e) {
  const bool rows = e.op == Op::matrix;
  Mat m(e.args.size(), rows ? e.args[0]->args.size() : 1);
  for (size_t i = 0; i < m.rows(); ++i)
    for (size_t j = 0; j < m.columns(); ++j)
      m.at(i, j) = scalar(rows ? *e.args[i]->args[j] : *e.args[i]);
  return m;
}

/// Calls body for every choice of the indices, the first one slowest; body returns false to stop.
void Evaluator::run_binders(const Expr& e, const std::function<bool()>& body) {
  const size_t outer = bound_.size();
  bool more = true;
  const std::function<void(size_t)> run = [&](size_t k) {
    if (k == e.binders.size()) {
      more = body();
      return;
    }
    const claim::Binder& b = e.binders[k];
    const long low = b.domain.empty() ? integer(*b.low) : 1;
    const long high = b.domain.empty() ? integer(*b.high)
                                       : long(b.domain == "workers" ? world().n() : world().d());
    bound_.emplace_back(b.name, low);
    for (long v = low; v <= high && more; ++v) {
      bound_.back().second = v;
      run(k + 1);
    }
    bound_.pop_back();
  };
  try {
    run(0);
  } catch (...) {
    bound_.resize(outer);
    throw;
  }
}

Mat Evaluator::fold(const Expr& e) {
  std::vector<Mat> values;
  run_binders(e, [&] {
    values.push_back(value(*e.args[0]));
    return true;
  });
  if (values.empty() && e.name == "sum" && e.type.shape == Shape::scalar) return Number(0);
  if (values.empty()) throw NoValue("'" + e.name + "' over an empty range");
  if (e.name == "vec" || e.name == "mat") {
    size_t columns = 1;
    if (e.name == "mat") {
      const claim::Binder& b = e.binders[1];
      columns = b.domain.empty()        ? size_t(integer(*b.high) - integer(*b.low) + 1)
                : b.domain == "workers" ? world().n()
                                        : world().d();
    }
    Mat m(values.size() / columns, columns);
    for (size_t k = 0; k < values.size(); ++k) m.at(k / columns, k % columns) = values[k].at(0, 0);
    return m;
  }
  Mat total = values[0];
  for (size_t k = 1; k < values.size(); ++k) {
    if (e.name == "sum" || e.name == "mean") {
      total = total + values[k];
    } else if (at_most(values[k].at(0, 0), total.at(0, 0)) == (e.name == "min")) {
      total = values[k];
    }
  }
  return e.name == "mean" ? Number(Rational(1) / Rational(values.size())) * total : total;
}

Evaluator& Evaluator::member(const Expr& e) {
  const long which = integer(*e.args[0]);
  auto& [world, evaluator] = members_[which];
  if (!evaluator) {
    world = std::make_unique<World>(family_member(claim_, which, facts_, limits_), facts_,
                                    limits_.outcomes);
    evaluator = std::make_unique<Evaluator>(claim_, world.get(), facts_, limits_);
  }
  evaluator->variables_ = variables_;
  evaluator->point_cache_.clear();
  evaluator->bound_ = bound_;
  return *evaluator;
}

Mat Evaluator::call(const Expr& e) {
  const std::string& name = e.name;
  const auto arg = [&](size_t k) { return value(*e.args[k]); };
  const auto number = [&](size_t k) { return scalar(*e.args[k]); };
  if (name == "f" || name == "grad f") {  // f_i(x) = ½ xᵀL_i x − b_iᵀx
    const size_t i = e.op == Op::call_at ? index(*e.args[0], world().n()) : 0;
    const Mat& L = e.op == Op::call_at ? world().L[i] : world().Lbar;
    const Mat& b = e.op == Op::call_at ? world().b[i] : world().bbar;
    const Mat x = arg(e.args.size() - 1);
    if (name == "grad f") return L * x - b;
    return Number(Rational(1, 2)) * (x.transposed() * L * x) - b.transposed() * x;
  }
  if ((name == "g" || name == "step") && outcome_ == nullptr)
    throw Undecided(name + " outside a round");
  if (name == "g") return outcome_->B * arg(0) - outcome_->Cb;
  if (name == "step") {
    if (step_override()) throw Undecided("step(x) uses the case's step, but gamma is a variable");
    const size_t d = world().d();
    const Mat map = world().map_of(*outcome_, world().step).first;
    return map.block(0, 0, d, d) * arg(0) + map.block(0, d, d, 1);
  }
  if (name == "e") {
    Mat unit(world().d(), 1);
    unit.at(index(*e.args[0], world().d()), 0) = 1;
    return unit;
  }
  if (name == "min" || name == "max") {
    Number best = number(0);
    for (size_t k = 1; k < e.args.size(); ++k) {
      const Number next = number(k);
      if (at_most(next, best) == (name == "min")) best = next;
    }
    return best;
  }
  if (name == "sqrt") {
    const Number x = number(0);
    if (facts_.negative(x)) throw NoValue("the square root of a negative number");
    return facts_.square_root(x);
  }
  if (name == "abs") {
    const Number x = number(0);
    return facts_.negative(x) ? -x : x;
  }
  if (name == "ceil") {  // the least multiple of s that is at least t, by bisection
    const Number t = number(0), s = number(1);
    if (!s.is_rational() || s.rational() <= 0) throw Undecided("ceil(t, s) needs a rational s > 0");
    const auto [low, high] = t.enclose();
    Integer below = floor_of(low / s.rational()) - 1, above = floor_of(high / s.rational()) + 1;
    while (above - below > 1) {
      const Integer middle = floor_of(Rational(below + above) / 2);
      (at_most(t, Rational(middle) * s.rational()) ? above : below) = middle;
    }
    return Number(Rational(Rational(above) * s.rational()));
  }
  if (name == "surd") {  // sums of products of square roots, as far as their polynomials show it
    const Number t = number(0);
    for (const auto& [m, q] : t.rest())
      for (const auto& power : m)
        if (power.first->relation.size() != 2)
          throw Undecided("whether a number is a sum of square roots");
    return t;
  }
  if (name == "trace" || name == "diag") {
    const Mat m = arg(0);
    Mat diagonal(m.rows(), 1);
    Number trace;
    for (size_t i = 0; i < m.rows(); ++i) trace = trace + (diagonal.at(i, 0) = m.at(i, i));
    return name == "diag" ? diagonal : Mat(trace);
  }
  if (name == "det") return determinant_and_adjugate(arg(0)).first;
  if (name == "inner") return arg(0).transposed() * arg(1);
  if (name == "sym") {
    const Mat m = arg(0);
    return Number(Rational(1, 2)) * (m + m.transposed());
  }
  if (name == "Diag") {
    const Mat m = arg(0);
    if (!e.args[0]->type.is_vector()) return diagonal_part(m);
    Mat result(m.rows(), m.rows());
    for (size_t i = 0; i < m.rows(); ++i) result.at(i, i) = m.at(i, 0);
    return result;
  }
  if (name == "inverse") {
    const auto inverse = facts_.inverse(arg(0));
    if (!inverse) throw NoValue("the inverse of a singular matrix");
    return *inverse;
  }
  return spectral(e);
}

/// λ_max(A, B) is the least t with A ⪯ tB; λ_min(A, B) = −λ_max(−A, B).
Mat Evaluator::spectral(const Expr& e) {
  const Mat a = value(*e.args[0]);
  if (e.name == "spectral_radius") return facts_.radius({{{Rational(1), a}}}, true);
  const Mat b = e.args.size() == 2 ? value(*e.args[1]) : Mat::identity(a.rows());
  if (!a.symmetric() || !b.symmetric())
    throw Undecided("'" + e.name + "' needs symmetric matrices");
  if (facts_.definiteness(b) != Definiteness::positive)
    throw NoValue("the second matrix is not positive definite");
  if (e.name != "lambda_max" && e.name != "lambda_min")
    throw Undecided("'" + e.name + "' cannot be evaluated");
  const bool largest = e.name == "lambda_max";
  const auto t = facts_.least(largest ? a : Number(-1) * a, b);
  if (!t) throw Undecided("no eigenvalue");
  return largest ? *t : -*t;
}

}  // namespace istcheck::check
