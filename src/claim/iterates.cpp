// E over all rounds: the argument as a quadratic form in (x^k; 1), contracted with the exact
// moments.
#include "claim/evaluator.hpp"

namespace istcheck::claim {

namespace {

SurdMatrix symmetric_part(const SurdMatrix& m) {
  return (m + m.transpose()) * Surd(Rational(1, 2));
}

/// t · v added to `to`.
void add_scaled(Form& to, const Form& v, const Surd& t) {
  if (auto* s = std::get_if<Scalar>(&to.constant)) {
    *s = *s + std::get<Scalar>(v.constant) * Scalar(t);
  } else {
    std::get<SurdMatrix>(to.constant) += std::get<SurdMatrix>(v.constant) * t;
  }
  for (const auto& [round, m] : v.rounds) {
    const auto [entry, added] = to.rounds.try_emplace(round, SurdMatrix(m * t));
    if (!added) entry->second += m * t;
  }
}

Form scaled(Form v, const Surd& t) {
  if (auto* s = std::get_if<Scalar>(&v.constant)) {
    *s = *s * Scalar(t);
  } else {
    std::get<SurdMatrix>(v.constant) *= t;
  }
  for (auto& [round, m] : v.rounds) m *= t;
  return v;
}

/// The row a with aᵀz equal to the form zᵀQz, which must be of degree one.
SurdMatrix linear_row(const SurdMatrix& Q) {
  const Index D = Q.rows();
  SurdMatrix a = Q.row(D - 1) * Surd(2);
  a(0, D - 1) = Q(D - 1, D - 1);
  return a;
}

/// aᵀz as zᵀQz.
SurdMatrix as_quadratic(const SurdMatrix& row) {
  SurdMatrix Q = SurdMatrix::Constant(row.cols(), row.cols(), Surd(0));
  Q.row(row.cols() - 1) = row;
  return symmetric_part(Q);
}

/// uᵀ M v for two vectors of degree at most one.
Form bilinear(const Form& u, const SurdMatrix& M, const Form& v) {
  const auto &cu = std::get<SurdMatrix>(u.constant), &cv = std::get<SurdMatrix>(v.constant);
  Form result{Scalar(Surd((cu.transpose() * M * cv).value())), {}, false};
  for (const auto& [k, A] : u.rounds) {
    add_scaled(result, {Scalar(0), {{k, as_quadratic((M * cv).transpose() * A)}}, false}, 1);
    for (const auto& [l, B] : v.rounds) {
      if (k != l) throw Unsupported("a product of iterates of different rounds under E");
      add_scaled(result, {Scalar(0), {{k, symmetric_part(A.transpose() * M * B)}}, false}, 1);
    }
  }
  for (const auto& [l, B] : v.rounds) {
    add_scaled(result,
               {Scalar(0), {{l, as_quadratic((M.transpose() * cu).transpose() * B)}}, false}, 1);
  }
  return result;
}

/// The product of two scalars whose degrees sum to at most two.
Form scalar_product(const Form& a, const Form& b) {
  const Scalar &ca = std::get<Scalar>(a.constant), &cb = std::get<Scalar>(b.constant);
  Form result = scaled(b, ca.need_surd("multiplying a form"));
  add_scaled(result, {Scalar(0), a.rounds, false}, cb.need_surd("multiplying a form"));
  for (const auto& [k, P] : a.rounds) {
    for (const auto& [l, Q] : b.rounds) {
      if (k != l) throw Unsupported("a product of iterates of different rounds under E");
      const SurdMatrix product = symmetric_part(linear_row(P).transpose() * linear_row(Q));
      add_scaled(result, {Scalar(0), {{k, product}}, false}, 1);
    }
  }
  return result;
}

/// M v.
Form transformed(const SurdMatrix& M, const Form& v) {
  Form result{SurdMatrix(M * std::get<SurdMatrix>(v.constant)), {}, false};
  for (const auto& [k, A] : v.rounds) result.rounds[k] = M * A;
  return result;
}

}  // namespace

Value Evaluator::expectation_over_rounds(const Expr& body) {
  return contract(body.type.random ? averaged_form(body) : form(body), body);
}

const SurdMatrix Evaluator::moment(long round, const Expr& at) {
  if (round == kInfinity) {
    const auto m = world_->stationary_moment(last_step(at, "x[infinity]"));
    if (!m)
      throw Undefined(at.place,
                      "the method is not mean-square stable, so x[infinity] does not exist");
    return *m;
  }
  return world_->second_moment(round, step_override(), starting_point(at));
}

Value Evaluator::contract(const Form& f, const Expr& at) {
  Value total = f.constant;
  for (const auto& [round, A] : f.rounds) {
    const SurdMatrix M = moment(round, at);
    if (auto* s = std::get_if<Scalar>(&total)) {
      *s = *s + Scalar(Surd((A * M).trace()));
    } else {
      std::get<SurdMatrix>(total) += A * M.col(M.cols() - 1);
    }
  }
  if (f.row) return SurdMatrix(std::get<SurdMatrix>(total).transpose());
  return total;
}

/// The sketch is the one of the round after x^k, so it is independent of x^k and can be averaged
/// first.
Form Evaluator::averaged_form(const Expr& e) {
  std::optional<Form> total;
  each_outcome(e, [&](const Rational& weight) {
    const Form f = scaled(form(e), Surd(weight));
    if (total) {
      add_scaled(*total, f, 1);
    } else {
      total = f;
    }
    return true;
  });
  return *total;
}

Form Evaluator::form(const Expr& e) {
  if (e.type.degree == 0) {
    Value v = value(e);
    const bool row = e.type.shape == Shape::matrix && e.type.rows == Size::of(1) &&
                     !(e.type.columns == Size::of(1));
    if (row) v = SurdMatrix(std::get<SurdMatrix>(v).transpose());
    return {std::move(v), {}, row};
  }
  const Index d = world_->d();
  switch (e.op) {
    case Op::index: {
      if (e.meaning == Meaning::definition) {
        const Index i = checked_index(*e.args[0], d, "this index");
        return bilinear({SurdMatrix(SurdMatrix::Identity(d, d).col(i)), {}, false},
                        SurdMatrix::Identity(d, d), form(definition(e.name)));
      }
      const Expr& k = *e.args[0];
      const bool limit = k.op == Op::name && k.name == "infinity";
      const long round = limit ? kInfinity : integer(k);
      if (!limit && round < 0) throw Undefined(k.place, "rounds count from 0");
      if (!limit && round > budget::kRounds.most) throw Unsupported(budget::spent(budget::kRounds));
      SurdMatrix A = SurdMatrix::Constant(d, d + 1, Surd(0));
      A.topLeftCorner(d, d) = SurdMatrix::Identity(d, d);
      return {SurdMatrix(SurdMatrix::Constant(d, 1, Surd(0))), {{round, A}}, false};
    }
    case Op::name:
      return form(definition(e.name));
    case Op::neg:
      return scaled(form(*e.args[0]), -1);
    case Op::add:
    case Op::sub: {
      Form a = form(*e.args[0]);
      add_scaled(a, form(*e.args[1]), e.op == Op::add ? 1 : -1);
      return a;
    }
    case Op::transpose: {
      Form v = form(*e.args[0]);
      if (e.type.shape == Shape::matrix) v.row = !v.row;
      return v;
    }
    case Op::mul:
      return form_product(e);
    case Op::div: {
      const Scalar b = scalar(*e.args[1]);
      if (b.sign() == 0) throw Undefined(e.place, "division by zero");
      return scaled(form(*e.args[0]), (Scalar(1) / b).need_surd("dividing a form"));
    }
    case Op::pow: {
      const Form a = form(*e.args[0]);
      return scalar_product(a, a);
    }
    case Op::normsq: {
      const Form v = form(*e.args[0]);
      const SurdMatrix M = e.args.size() == 2 ? symmetric_matrix(*e.args[1], "the weight of a norm")
                                              : SurdMatrix::Identity(d, d);
      return bilinear(v, M, v);
    }
    case Op::entry: {
      const Form v = form(*e.args[0]);
      const Index i = checked_index(*e.args[1], d, "this index");
      return bilinear({SurdMatrix(SurdMatrix::Identity(d, d).col(i)), {}, false},
                      SurdMatrix::Identity(d, d), v);
    }
    case Op::choose: {
      const Truth t = truth(*e.args[0]);
      if (t.undecided()) throw Unsupported(t.reason);
      return form(*e.args[t.yes() ? 1 : 2]);
    }
    case Op::fold:
      return form_fold(e);
    case Op::call:
    case Op::call_at:
      return form_call(e);
    default:
      break;
  }
  misuse(e.place, "this expression of iterates is not supported inside E[…]");
}

Form Evaluator::form_product(const Expr& e) {
  const Expr &a = *e.args[0], &b = *e.args[1];
  const bool scalar_a = a.type.shape == Shape::scalar, scalar_b = b.type.shape == Shape::scalar;
  if (a.type.degree == 0 && scalar_a)
    return scaled(form(b), scalar(a).need_surd("multiplying a form"));
  if (b.type.degree == 0 && scalar_b)
    return scaled(form(a), scalar(b).need_surd("multiplying a form"));
  if (scalar_a && scalar_b) return scalar_product(form(a), form(b));
  if (e.type.shape == Shape::scalar) {
    Form u = form(a);
    u.row = false;
    return bilinear(u, SurdMatrix::Identity(world_->d(), world_->d()), form(b));
  }
  if (a.type.degree == 0 && !scalar_a) return transformed(matrix(a), form(b));
  if (b.type.degree == 0 && !scalar_b && form(a).row) {
    Form v = form(a);
    v.row = false;
    Form result = transformed(SurdMatrix(matrix(b).transpose()), v);
    result.row = true;
    return result;
  }
  throw Unsupported("this product of an iterate under E");
}

Form Evaluator::form_call(const Expr& e) {
  const std::string& name = e.name;
  const Index d = world_->d();
  if (name == "inner")
    return bilinear(form(*e.args[0]), SurdMatrix::Identity(d, d), form(*e.args[1]));
  const Form x = form(*e.args.back());
  if (name == "trace") return x;
  const long worker = e.op == Op::call_at ? worker_index(*e.args[0]) : -1;
  const auto plus = [](Form f, const SurdMatrix& c) {
    std::get<SurdMatrix>(f.constant) += c;
    return f;
  };
  if (name == "g") return plus(transformed(outcome_->B, x), SurdMatrix(-outcome_->Cb));
  if (name == "step") {
    const SurdMatrix map = map_of_step(e);
    return plus(transformed(map.topLeftCorner(d, d), x), map.topRightCorner(d, 1));
  }
  const SurdMatrix& L = worker < 0 ? world_->mean_L() : world_->L(worker);
  const SurdMatrix& b = worker < 0 ? world_->mean_b() : world_->b(worker);
  if (name == "grad f") return plus(transformed(L, x), SurdMatrix(-b));
  if (name == "f") {
    Form result = scaled(bilinear(x, L, x), Surd(Rational(1, 2)));
    add_scaled(result, bilinear({b, {}, false}, SurdMatrix::Identity(d, d), x), -1);
    return result;
  }
  misuse(e.place, "'" + name + "' of an iterate is not supported inside E[…]");
}

Form Evaluator::form_fold(const Expr& e) {
  std::optional<Form> total;
  long count = 0;
  run_binders(e, 0, [&] {
    const Form f = form(*e.args[0]);
    if (total) {
      add_scaled(*total, f, 1);
    } else {
      total = f;
    }
    ++count;
    return true;
  });
  if (!total && e.name == "sum" && e.type.shape == Shape::scalar) return {Scalar(0), {}, false};
  if (!total) throw Undefined(e.place, "'" + e.name + "' over an empty range");
  return e.name == "mean" ? scaled(*total, Surd(Rational(Integer(1), Integer(count)))) : *total;
}

}  // namespace istcheck::claim
