// E over the sketches of one round: closed forms by linearity and second moments, else all
// outcomes.
#include "claim/evaluator.hpp"

namespace istcheck::claim {

namespace {

Value scaled(const Value& v, const Scalar& factor) {
  if (const auto* s = std::get_if<Scalar>(&v)) return *s * factor;
  return SurdMatrix(std::get<SurdMatrix>(v) * factor.need_surd("multiplying a matrix"));
}

Value added(const Value& a, const Value& b) {
  if (const auto* s = std::get_if<Scalar>(&a)) return *s + std::get<Scalar>(b);
  return SurdMatrix(std::get<SurdMatrix>(a) + std::get<SurdMatrix>(b));
}

Value multiplied(const Value& a, const Value& b) {
  if (const auto* s = std::get_if<Scalar>(&a)) return scaled(b, *s);
  if (const auto* s = std::get_if<Scalar>(&b)) return scaled(a, *s);
  return SurdMatrix(std::get<SurdMatrix>(a) * std::get<SurdMatrix>(b));
}

/// The factors of a product from left to right. A factor that is itself a scalar product stays
/// whole.
void factors_of(const Expr& e, std::vector<const Expr*>& factors) {
  if (e.op == Op::mul && (factors.empty() || e.type.shape == Shape::matrix)) {
    for (const auto& arg : e.args) {
      if (arg->op == Op::mul && arg->type.shape == Shape::matrix) {
        factors_of(*arg, factors);
      } else {
        factors.push_back(arg.get());
      }
    }
  } else {
    factors.push_back(&e);
  }
}

/// Whether E of it is it of E, for matrices.
bool is_linear(Function f) {
  switch (f) {
    case Function::trace:
    case Function::diag:
    case Function::Diag:
    case Function::sym:
      return true;
    case Function::f:
    case Function::grad_f:
    case Function::g:
    case Function::step:
    case Function::e:
    case Function::sqrt:
    case Function::abs:
    case Function::ceil:
    case Function::surd:
    case Function::det:
    case Function::lambda_max:
    case Function::lambda_min:
    case Function::spectral_radius:
    case Function::row:
    case Function::column:
    case Function::pinv:
    case Function::kron:
    case Function::lambda_min_plus:
    case Function::inverse:
    case Function::inner:
    case Function::defined:
    case Function::rational:
    case Function::min:
    case Function::max:
    case Function::next:
    case Function::fixed:
    case Function::limit:
    case Function::covariance:
    case Function::keep:
    case Function::none:
      break;
  }
  return false;
}

bool same_random_matrix(const Expr& a, const Expr& b) {
  return (a.op == Op::name || a.op == Op::index) && a.op == b.op && a.name == b.name &&
         a.meaning == b.meaning && (a.op == Op::name || same(*a.args[0], *b.args[0]));
}

}  // namespace

Value Evaluator::expectation(const Expr& e) {
  const Expr& body = *e.args[0];
  if (body.type.iterates) return expectation_over_rounds(body);
  if (!body.type.random) return value(body);
  world(e);
  if (options_.route != Route::enumeration) {
    if (auto v = closed(body)) return *v;
  }
  return by_outcomes(body);
}

Value Evaluator::by_outcomes(const Expr& body) {
  std::optional<Value> total;
  each_outcome(body, [&](const Rational& weight) {
    const Value term = scaled(value(body), Scalar(weight));
    total = total ? added(*total, term) : term;
    return true;
  });
  return *total;
}

/// The level of docs/semantics.md 7.3: how many rounds a `step` in it is deep. 0: there is none.
size_t Evaluator::step_level(const Expr& e) const {
  if (!e.type.random) return 0;
  size_t level = 0;
  if (e.meaning == Meaning::definition) level = step_level(definition(e.name));
  for (const auto& arg : e.args) level = std::max(level, step_level(*arg));
  return level + (e.function == Function::step ? 1 : 0);
}

/// Visits the choices of outcomes of the levels in e, as outcome_ and later_, until visit says no.
void Evaluator::each_outcome(const Expr& e, const std::function<bool(const Rational&)>& visit) {
  const size_t levels = std::max<size_t>(1, step_level(e));
  const Integer support = world(e).instance().sketch.support();
  Integer choices = support;
  for (size_t k = 1; k < levels && choices <= world_->options().max_outcomes; ++k)
    choices *= support;
  if (levels > 1 && choices > world_->options().max_outcomes) {
    throw Unsupported(std::to_string(levels) + " draws of a sketch with " + support.str() +
                      " outcomes have more outcomes than the limit of " +
                      world_->options().max_outcomes.str());
  }
  const Outcome* outside = outcome_;
  const std::vector<const Outcome*> outside_later = later_;
  later_.assign(levels - 1, nullptr);
  const std::function<bool(size_t, const Rational&)> draw = [&](size_t level,
                                                                const Rational& weight) {
    if (level > levels) return visit(weight);
    bool more = true;
    world_->outcomes([&](const Rational& w, const Outcome& o) {
      (level == 1 ? outcome_ : later_[level - 2]) = &o;
      return more = draw(level + 1, Rational(weight * w));
    });
    return more;
  };
  try {
    draw(1, 1);
  } catch (...) {
    outcome_ = outside;
    later_ = outside_later;
    throw;
  }
  outcome_ = outside;
  later_ = outside_later;
}

/// The map of step(…), at the outcome of its level and at the step `gamma`.
SurdMatrix Evaluator::map_of_step(const Expr& e) {
  const size_t level = step_level(e);
  const Outcome& o = level == 1 ? *outcome_ : *later_.at(level - 2);
  return world(e).drawn(o, own_step(e));
}

/// E of a random expression, when it follows from first and second moments.
std::optional<Value> Evaluator::closed(const Expr& e) {
  if (!e.type.random) return value(e);
  const Index d = world_->d();
  switch (e.op) {
    case Op::name:
      if (e.meaning == Meaning::definition) return closed(definition(e.name));
      if (e.constant == Constant::Bbar) return linear_part(world_->estimator().mean());
      if (e.constant == Constant::Cb)
        return SurdMatrix(-world_->estimator().mean().topRightCorner(d, 1));
      return std::nullopt;
    case Op::index:
      if (e.indexed != Indexed::C || world_->instance().sketch.law() == nullptr)
        return std::nullopt;
      return closed_sketch(worker_index(*e.args[0]), nullptr);
    case Op::neg:
      if (const auto v = closed(*e.args[0])) return scaled(*v, -1);
      return std::nullopt;
    case Op::add:
    case Op::sub: {
      const auto a = closed(*e.args[0]), b = a ? closed(*e.args[1]) : std::nullopt;
      if (!b) return std::nullopt;
      return added(*a, e.op == Op::add ? *b : scaled(*b, -1));
    }
    case Op::div: {
      const auto a = e.args[1]->type.random ? std::nullopt : closed(*e.args[0]);
      const Scalar b = a ? scalar(*e.args[1]) : Scalar(1);
      if (is_zero(b)) throw Undefined(e.place, "division by zero");
      return a ? std::optional(scaled(*a, Scalar(1) / b)) : std::nullopt;
    }
    case Op::transpose: {
      const auto v = closed(*e.args[0]);
      if (!v || std::holds_alternative<Scalar>(*v)) return v;
      return SurdMatrix(std::get<SurdMatrix>(*v).transpose());
    }
    case Op::entry: {
      const auto v = closed(*e.args[0]);
      return v ? std::optional(entry(std::get<SurdMatrix>(*v), e, 1)) : std::nullopt;
    }
    case Op::mul:
      return closed_product(e);
    case Op::pow: {
      const bool square = e.args[1]->op == Op::number && e.args[1]->value == 2;
      if (!square || e.args[0]->type.shape != Shape::matrix) return std::nullopt;
      return closed_sandwich(*e.args[0], *e.args[0], SurdMatrix::Identity(d, d));
    }
    case Op::normsq:
      return closed_norm(e);
    case Op::call:
    case Op::call_at:
      return closed_linear_call(e);
    case Op::fold:
      return closed_fold(e);
    default:
      return std::nullopt;
  }
}

std::optional<Value> Evaluator::closed_fold(const Expr& e) {
  if (e.fold != Fold::sum && e.fold != Fold::mean) return std::nullopt;
  std::optional<Value> total;
  long count = 0;
  bool all = true;
  run_binders(e, 0, [&] {
    const auto v = closed(*e.args[0]);
    all = v.has_value();
    if (all) total = total ? added(*total, *v) : *v;
    ++count;
    return all;
  });
  if (!all || !total) return std::nullopt;
  return e.fold == Fold::sum ? total : scaled(*total, Scalar(Rational(Integer(1), Integer(count))));
}

/// Functions that are linear, and the vector-valued ones that are affine in B̄ and C̄b.
std::optional<Value> Evaluator::closed_linear_call(const Expr& e) {
  if (e.op == Op::call && e.function == Function::f) {
    const auto v = affine(*e.args[0]);
    if (!v) return std::nullopt;
    const Surd linear = (world_->mean_b().transpose() * expected_vector(*v)).value();
    return Scalar(Surd(expected_square(*v, world_->mean_L()) * Surd(Rational(1, 2)) - linear));
  }
  if (const auto v = affine(e)) return expected_vector(*v);
  if (!is_linear(e.function)) return std::nullopt;
  const auto inner = closed(*e.args[0]);
  if (!inner) return std::nullopt;
  const SurdMatrix& m = std::get<SurdMatrix>(*inner);
  if (!e.args[0]->type.is_vector() && m.rows() != m.cols())
    throw Undefined(e.args[0]->place, "this must be a square matrix");
  if (e.function == Function::trace) return Scalar(Surd(m.trace()));
  if (e.function == Function::diag) return SurdMatrix(m.diagonal());
  if (e.function == Function::sym) return SurdMatrix((m + m.transpose()) * Surd(Rational(1, 2)));
  if (e.args[0]->type.is_vector()) return SurdMatrix(SurdVector(m.col(0)).asDiagonal());
  return SurdMatrix(SurdVector(m.diagonal()).asDiagonal());
}

/// One random factor: linearity. Two equal ones with a symmetric matrix between them: second
/// moments.
std::optional<Value> Evaluator::closed_product(const Expr& e) {
  std::vector<const Expr*> factors;
  factors_of(e, factors);
  std::vector<size_t> random;
  for (size_t k = 0; k < factors.size(); ++k) {
    if (factors[k]->type.random) random.push_back(k);
  }
  if (random.size() > 2) return std::nullopt;
  const auto product_of = [&](size_t first, size_t last, std::optional<Value> start) {
    for (size_t k = first; k < last; ++k) {
      const Value v = value(*factors[k]);
      start = start ? multiplied(*start, v) : v;
    }
    return start;
  };
  std::optional<Value> core;
  if (random.size() == 1) {
    core = closed(*factors[random[0]]);
  } else {
    const auto between = product_of(random[0] + 1, random[1], std::nullopt);
    SurdMatrix middle = SurdMatrix::Identity(world_->d(), world_->d());
    if (between) {
      if (const auto* s = std::get_if<Scalar>(&*between)) {
        middle = middle * s->need_surd("multiplying a matrix");
      } else {
        middle = std::get<SurdMatrix>(*between);
      }
    }
    core = closed_sandwich(*factors[random[0]], *factors[random[1]], middle);
  }
  if (!core) return std::nullopt;
  const auto left = product_of(0, random[0], std::nullopt);
  const auto right = product_of(random.back() + 1, factors.size(), std::nullopt);
  Value result = *core;
  if (left) result = multiplied(*left, result);
  if (right) result = multiplied(result, *right);
  // The type says whether this is a number: where d = 1, a d × d matrix has one entry too.
  if (e.type.shape == Shape::scalar && std::holds_alternative<SurdMatrix>(result))
    result = Scalar(std::get<SurdMatrix>(result).value());
  return result;
}

/// E[R M R] for R = B̄ or R = C_i and symmetric M.
std::optional<Value> Evaluator::closed_sandwich(const Expr& left, const Expr& right,
                                                const SurdMatrix& middle) {
  const auto unfold = [&](const Expr& e) -> const Expr& {
    const Expr* at = &e;
    while (at->op == Op::name && at->meaning == Meaning::definition) at = &definition(at->name);
    return *at;
  };
  const Expr &a = unfold(left), &b = unfold(right);
  if (!same_random_matrix(a, b) || middle != SurdMatrix(middle.transpose()) ||
      middle.rows() != world_->d())
    return std::nullopt;
  if (a.op == Op::name && a.constant == Constant::Bbar)
    return linear_part(world_->estimator().push(bordered(middle)));
  if (a.indexed != Indexed::C || world_->instance().sketch.law() == nullptr) return std::nullopt;
  return closed_sketch(worker_index(*a.args[0]), &middle);
}

/// E C_i, or E[C_i M C_i]: with C_i = Diag(s_i) P_i, entry (a, b) is s_a s_b M_ab P(a, b both
/// kept).
SurdMatrix Evaluator::closed_sketch(Index worker, const SurdMatrix* middle) {
  const Sketch& sketch = world_->instance().sketch;
  const SelectionLaw& law = *sketch.law();
  const auto counted = [&](Index a) { return law.always()[static_cast<size_t>(a)] ? 0 : 1; };
  const Index d = world_->d();
  SurdMatrix result = SurdMatrix::Constant(d, d, Surd(0));
  for (Index a = 0; a < d; ++a) {
    if (middle == nullptr) {
      result(a, a) = sketch.scales()(worker, a) * Surd(law.same(counted(a)));
      continue;
    }
    for (Index b = 0; b < d; ++b) {
      const int kept = counted(a) + (a == b ? 0 : counted(b));
      result(a, b) = sketch.scales()(worker, a) * sketch.scales()(worker, b) * (*middle)(a, b) *
                     Surd(law.same(kept));
    }
  }
  return result;
}

std::optional<Value> Evaluator::closed_norm(const Expr& e) {
  const auto v = affine(*e.args[0]);
  if (!v || (e.args.size() == 2 && e.args[1]->type.random)) return std::nullopt;
  SurdMatrix weight = SurdMatrix::Identity(v->c.rows(), v->c.rows());
  if (e.args.size() == 2) weight = symmetric_matrix(*e.args[1], "the weight of a norm");
  return Scalar(expected_square(*v, weight));
}

std::optional<Affine> Evaluator::affine(const Expr& e) {
  const Index d = world_->d();
  const SurdMatrix nothing = SurdMatrix::Constant(d + 1, 1, Surd(0));
  const auto homogeneous = [&](const SurdMatrix& x, int last) {
    if (x.rows() != d) throw std::invalid_argument("sizes that differ");
    SurdMatrix u(d + 1, 1);
    u << x, Surd(last);
    return u;
  };
  const SurdMatrix zero = SurdMatrix::Constant(d, 1, Surd(0));
  if (!e.type.is_vector()) return std::nullopt;
  if (!e.type.random) return Affine{Affine::Map::none, {}, nothing, matrix(e)};
  switch (e.op) {
    case Op::name:
      if (e.meaning == Meaning::definition) return affine(definition(e.name));
      if (e.constant == Constant::Cb)
        return Affine{Affine::Map::estimator, {}, homogeneous(zero, -1), zero};
      return std::nullopt;
    case Op::call: {
      const bool estimate = e.function == Function::g;
      if ((!estimate && e.function != Function::step) || e.args[0]->type.random)
        return std::nullopt;
      const auto map = estimate ? Affine::Map::estimator : Affine::Map::method;
      return Affine{map, {}, homogeneous(matrix(*e.args[0]), 1), zero};
    }
    case Op::neg: {
      auto v = affine(*e.args[0]);
      if (v) {
        v->u = -v->u;
        v->c = -v->c;
      }
      return v;
    }
    case Op::add:
    case Op::sub: {
      auto a = affine(*e.args[0]), b = a ? affine(*e.args[1]) : std::nullopt;
      if (!b) return std::nullopt;
      const Surd sign = e.op == Op::add ? 1 : -1;
      if (a->map == Affine::Map::none) {
        a->map = b->map;
        a->P = b->P;
      } else if (b->map != Affine::Map::none && (b->map != a->map || b->P != a->P)) {
        return std::nullopt;
      }
      a->u += b->u * sign;
      a->c += b->c * sign;
      return a;
    }
    case Op::mul:
      return affine_product(e);
    default:
      return std::nullopt;
  }
}

std::optional<Affine> Evaluator::affine_product(const Expr& e) {
  const Expr &a = *e.args[0], &b = *e.args[1];
  const Index d = world_->d();
  if (a.type.random && b.type.random) return std::nullopt;
  if (a.type.random && a.type.shape == Shape::matrix) {  // B̄ x
    const bool plain = a.op == Op::name && a.constant == Constant::Bbar;
    if (!plain || !b.type.is_vector()) return std::nullopt;
    const SurdMatrix x = matrix(b);
    if (x.rows() != d) throw Undefined(e.place, "the sizes of a product do not fit");
    SurdMatrix u(d + 1, 1);
    u << x, Surd(0);
    return Affine{Affine::Map::estimator, {}, u, SurdMatrix::Constant(d, 1, Surd(0))};
  }
  if (a.type.random) return std::nullopt;
  auto v = affine(b);
  if (!v) return std::nullopt;
  const Value factor = value(a);
  if (const auto* s = std::get_if<Scalar>(&factor)) {
    const Surd& t = s->need_surd("multiplying a vector");
    v->u = v->u * t;
    v->c = v->c * t;
  } else {
    const auto& M = std::get<SurdMatrix>(factor);
    v->P = v->P ? SurdMatrix(M * *v->P) : M;
    v->c = M * v->c;
  }
  return v;
}

SurdMatrix Evaluator::expected_vector(const Affine& v) {
  if (v.map == Affine::Map::none) return v.c;
  const Index d = world_->d();
  const SurdMatrix mean = v.map == Affine::Map::estimator
                              ? world_->estimator().mean()
                              : world_->mean_map(step_override().value_or(world_->step()));
  const SurdMatrix top = (mean * v.u).topRows(d);
  return v.P ? SurdMatrix(*v.P * top + v.c) : SurdMatrix(top + v.c);
}

/// E‖PÂu + c‖²_M = uᵀE[Âᵀ(PᵀMP)Â]u + 2cᵀMP(EÂ)u + cᵀMc.
Surd Evaluator::expected_square(const Affine& v, const SurdMatrix& weight) {
  const Surd constant = (v.c.transpose() * weight * v.c).value();
  if (v.map == Affine::Map::none) return constant;
  const SurdMatrix inner = v.P ? SurdMatrix(v.P->transpose() * weight * *v.P) : weight;
  const SurdMatrix pulled =
      v.map == Affine::Map::estimator
          ? world_->estimator().pull(bordered(inner))
          : world_->pull(step_override().value_or(world_->step()), bordered(inner));
  const SurdMatrix moved = expected_vector(v) - v.c;
  return (v.u.transpose() * pulled * v.u).value() +
         Surd(2) * (v.c.transpose() * weight * moved).value() + constant;
}

}  // namespace istcheck::claim
