// E over all rounds: the argument as polynomials of degree up to two in the z_k = (x^k; 1),
// contracted with the exact moments (docs/semantics.md 7.4, 8.2).
#include "claim/evaluator.hpp"

namespace istcheck::claim {

namespace {

SurdMatrix symmetric_part(const SurdMatrix& m) {
  return (m + m.transpose()) * Surd(Rational(1, 2));
}

Form constant(Value v, bool row = false) {
  Form f;
  f.constant = std::move(v);
  f.row = row;
  return f;
}

/// A matrix of scalars, entry by entry.
template <class F>
Form grid(Index rows, Index columns, const F& entry) {
  Form f;
  f.columns = columns;
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < columns; ++j) f.entries.push_back(entry(i, j));
  return f;
}

Index rows_of(const Form& f) {
  if (f.columns > 0) return static_cast<Index>(f.entries.size()) / f.columns;
  const auto& c = std::get<SurdMatrix>(f.constant);
  return f.row ? c.cols() : c.rows();
}

Index columns_of(const Form& f) {
  if (f.columns > 0) return f.columns;
  const auto& c = std::get<SurdMatrix>(f.constant);
  return f.row ? c.rows() : c.cols();
}

void need(bool fits) {
  if (!fits) throw std::invalid_argument("sizes that differ");
}

/// aᵀz as zᵀQz.
SurdMatrix as_quadratic(const SurdMatrix& row) {
  SurdMatrix Q = SurdMatrix::Constant(row.cols(), row.cols(), Surd(0));
  Q.row(row.cols() - 1) = row;
  return symmetric_part(Q);
}

/// The row a with aᵀz equal to the form zᵀQz, which must be of degree one.
SurdMatrix linear_row(const SurdMatrix& Q) {
  const Index D = Q.rows();
  SurdMatrix a = Q.row(D - 1) * Surd(2);
  a(0, D - 1) = Q(D - 1, D - 1);
  return a;
}

/// z_kᵀ Q z_l added to a scalar.
void add_product(Form& to, long k, long l, const SurdMatrix& Q) {
  const auto add = [](auto& map, const auto& key, const SurdMatrix& m) {
    const auto [entry, added] = map.try_emplace(key, m);
    if (!added) entry->second += m;
  };
  if (k == l) return add(to.rounds, k, symmetric_part(Q));
  if (k < l) return add(to.pairs, std::pair(k, l), Q);
  add(to.pairs, std::pair(l, k), Q.transpose());
}

/// t · v added to `to`: two scalars, or two vectors that are both columns or both rows.
void add_scaled(Form& to, const Form& v, const Surd& t) {
  if (auto* s = std::get_if<Scalar>(&to.constant)) {
    *s = *s + std::get<Scalar>(v.constant) * Scalar(t);
  } else {
    std::get<SurdMatrix>(to.constant) += std::get<SurdMatrix>(v.constant) * t;
  }
  const auto add = [&](auto& map, const auto& more) {
    for (const auto& [key, m] : more) {
      const auto [entry, added] = map.try_emplace(key, SurdMatrix(m * t));
      if (!added) entry->second += m * t;
    }
  };
  add(to.rounds, v.rounds);
  add(to.pairs, v.pairs);
}

Form scaled(Form v, const Surd& t) {
  if (auto* s = std::get_if<Scalar>(&v.constant)) {
    *s = *s * Scalar(t);
  } else {
    std::get<SurdMatrix>(v.constant) *= t;
  }
  for (auto& [round, m] : v.rounds) m *= t;
  for (auto& [rounds, m] : v.pairs) m *= t;
  for (Form& entry : v.entries) entry = scaled(std::move(entry), t);
  return v;
}

Form entry_of(const Form& f, Index i, Index j) {
  if (f.columns > 0) return f.entries[static_cast<size_t>(i * f.columns + j)];
  const auto& c = std::get<SurdMatrix>(f.constant);
  Form entry = constant(Scalar(f.row ? c(j, i) : c(i, j)));
  for (const auto& [k, A] : f.rounds)
    entry.rounds[k] = as_quadratic(SurdMatrix(A.row(f.row ? j : i)));
  return entry;
}

/// Entry k of a row or a column.
Form component(const Form& f, Index k) {
  return columns_of(f) == 1 ? entry_of(f, k, 0) : entry_of(f, 0, k);
}

/// a + t · b, of one shape.
Form sum_of(Form a, const Form& b, const Surd& t) {
  if (a.columns == 0 && b.columns == 0 && a.row == b.row) {
    add_scaled(a, b, t);
    return a;
  }
  need(rows_of(a) == rows_of(b) && columns_of(a) == columns_of(b));
  return grid(rows_of(a), columns_of(a), [&](Index i, Index j) {
    Form entry = entry_of(a, i, j);
    add_scaled(entry, entry_of(b, i, j), t);
    return entry;
  });
}

Form transposed(Form f) {
  if (f.columns > 0)
    return grid(columns_of(f), rows_of(f), [&](Index i, Index j) { return entry_of(f, j, i); });
  f.row = !f.row;
  return f;
}

/// The product of two scalars whose degrees sum to at most two.
Form scalar_product(const Form& a, const Form& b) {
  const Scalar &ca = std::get<Scalar>(a.constant), &cb = std::get<Scalar>(b.constant);
  if (a.rounds.empty() && b.rounds.empty() && a.pairs.empty() && b.pairs.empty())
    return constant(ca * cb);
  Form result = scaled(b, ca.need_surd("multiplying a form"));
  Form more = a;
  more.constant = Scalar(0);
  add_scaled(result, more, cb.need_surd("multiplying a form"));
  for (const auto& [k, P] : a.rounds) {
    for (const auto& [l, Q] : b.rounds)
      add_product(result, k, l, SurdMatrix(linear_row(P).transpose() * linear_row(Q)));
  }
  return result;
}

/// uᵀ M v for two rows or columns.
Form bilinear(const Form& u, const SurdMatrix& M, const Form& v) {
  Form result = constant(Scalar(0));
  if (u.columns > 0 || v.columns > 0) {
    need(M.rows() == rows_of(u) * columns_of(u) && M.cols() == rows_of(v) * columns_of(v));
    for (Index i = 0; i < M.rows(); ++i)
      for (Index j = 0; j < M.cols(); ++j)
        add_scaled(result, scalar_product(component(u, i), component(v, j)), M(i, j));
    return result;
  }
  const auto &cu = std::get<SurdMatrix>(u.constant), &cv = std::get<SurdMatrix>(v.constant);
  result.constant = Scalar(Surd((cu.transpose() * M * cv).value()));
  for (const auto& [k, A] : u.rounds) {
    add_product(result, k, k, as_quadratic((M * cv).transpose() * A));
    for (const auto& [l, B] : v.rounds)
      add_product(result, k, l, SurdMatrix(A.transpose() * M * B));
  }
  for (const auto& [l, B] : v.rounds)
    add_product(result, l, l, as_quadratic((M.transpose() * cu).transpose() * B));
  return result;
}

Form matrix_product(const Form& a, const Form& b) {
  need(columns_of(a) == rows_of(b));
  return grid(rows_of(a), columns_of(b), [&](Index i, Index j) {
    Form total = constant(Scalar(0));
    for (Index k = 0; k < columns_of(a); ++k)
      add_scaled(total, scalar_product(entry_of(a, i, k), entry_of(b, k, j)), 1);
    return total;
  });
}

/// M v.
Form transformed(const SurdMatrix& M, const Form& v) {
  if (v.columns > 0 || v.row) return matrix_product(constant(M), v);
  Form result = constant(SurdMatrix(M * std::get<SurdMatrix>(v.constant)));
  for (const auto& [k, A] : v.rounds) result.rounds[k] = M * A;
  return result;
}

/// A matrix that does not depend on the iterates.
bool fixed(const Form& f) { return f.columns == 0 && f.rounds.empty(); }

SurdMatrix matrix_of(const Form& f) {
  const auto& c = std::get<SurdMatrix>(f.constant);
  return f.row ? c.transpose() : c;
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

/// E z_k z_lᵀ for k < l, where infinity is the least number but the last round.
SurdMatrix Evaluator::cross_moment(long k, long l, const Expr& at) {
  if (k == kInfinity) {
    const SurdMatrix limit = moment(k, at), here = moment(l, at);
    return limit.col(limit.cols() - 1) * here.col(here.cols() - 1).transpose();
  }
  SurdMatrix m = moment(k, at);
  for (long round = k; round < l; ++round)
    m = m * world_->mean_map({step_of_round(round), round}).transpose();
  return m;
}

Surd Evaluator::step_of_round(long round) {
  const auto step = step_override();
  return step ? *step : world_->step_in_round(static_cast<size_t>(round));
}

/// The same from a start with unknowns, backwards, so that only the last product has them. With
/// z_k = (x^k; 1): E z_{k+1}ᵀ Q z_{k+1} = E z_kᵀ E[Âᵀ Q Â] z_k + tr(Q N), for k < l E z_kᵀ Q z_l =
/// E z_kᵀ (Q Ē(γ_{l−1}) ⋯ Ē(γ_k)) z_k, and E A z_{k+1} = A Ē(γ_k) E z_k.
Value Evaluator::contract_from_start(const Form& f, const SurdMatrix& x0) {
  const Index d = x0.rows();
  SurdMatrix z(d + 1, 1);
  z << x0, Surd(1);
  Value total = f.constant;
  if (std::holds_alternative<SurdMatrix>(total)) {
    for (const auto& [round, A] : f.rounds) {
      SurdMatrix row = A;
      for (long k = round; k-- > 0;) row = row * world_->mean_map({step_of_round(k), k});
      std::get<SurdMatrix>(total) += row * z;
    }
    if (f.row) return SurdMatrix(std::get<SurdMatrix>(total).transpose());
    return total;
  }
  std::map<long, SurdMatrix> forms = f.rounds;  // symmetric
  for (const auto& [rounds, Q] : f.pairs) {
    SurdMatrix form = Q;
    for (long k = rounds.second; k-- > rounds.first;)
      form = form * world_->mean_map({step_of_round(k), k});
    const SurdMatrix even = (form + form.transpose()) * Surd(Rational(1, 2));
    const auto [place, added] = forms.try_emplace(rounds.first, even);
    if (!added) place->second += even;
  }
  auto& s = std::get<Scalar>(total);
  while (!forms.empty()) {  // from the last round to the first
    const auto last = std::prev(forms.end());
    const long round = last->first;
    SurdMatrix Q = std::get<SurdMatrix>(within_bits(last->second));
    forms.erase(last);
    if (round == 0) {
      s = s + Scalar(Surd((z.transpose() * Q * z).value()));
      break;
    }
    const StepAt step(step_of_round(round - 1), round - 1);
    s = s + Scalar(Surd((Q.topLeftCorner(d, d) * world_->noise(step)).trace()));
    Q = world_->pull(step, Q);
    const auto [place, added] = forms.try_emplace(round - 1, Q);
    if (!added) place->second += Q;
  }
  return total;
}

Value Evaluator::contract(const Form& f, const Expr& at) {
  if (f.columns == 0 && (!f.rounds.empty() || !f.pairs.empty())) {
    const auto limit = [](const auto& entry) { return entry.first == kInfinity; };
    if (f.rounds.count(kNext) > 0) return contract_next(f, at);
    const bool finite = std::none_of(f.rounds.begin(), f.rounds.end(), limit) &&
                        std::none_of(f.pairs.begin(), f.pairs.end(), [](const auto& entry) {
                          return entry.first.first == kInfinity || entry.first.second == kInfinity;
                        });
    const SurdMatrix x0 = starting_point(at);
    if (finite && has_unknowns(x0)) return contract_from_start(f, x0);
  }
  if (f.columns > 0) {
    SurdMatrix m(rows_of(f), f.columns);
    for (Index i = 0; i < m.rows(); ++i)
      for (Index j = 0; j < m.cols(); ++j)
        m(i, j) = std::get<Scalar>(contract(entry_of(f, i, j), at)).need_surd("an entry");
    return m;
  }
  Value total = f.constant;
  for (const auto& [round, A] : f.rounds) {
    const SurdMatrix M = moment(round, at);
    if (auto* s = std::get_if<Scalar>(&total)) {
      *s = *s + Scalar(Surd((A * M).trace()));
    } else {
      std::get<SurdMatrix>(total) += A * M.col(M.cols() - 1);
    }
  }
  for (const auto& [rounds, Q] : f.pairs) {
    const SurdMatrix M = cross_moment(rounds.first, rounds.second, at);
    auto& s = std::get<Scalar>(total);
    s = s + Scalar(Surd((Q.transpose() * M).trace()));
  }
  if (f.row) return SurdMatrix(std::get<SurdMatrix>(total).transpose());
  return total;
}

/// The sketch is the one of the round after x^k, so it is independent of x^k and can be averaged
/// first.
Form Evaluator::averaged_form(const Expr& e) {
  std::optional<Form> total;
  each_outcome(e, [&](const Rational& weight) {
    Form f = scaled(form(e), Surd(weight));
    total = total ? sum_of(std::move(*total), f, 1) : std::move(f);
    return true;
  });
  return *total;
}

Form as_column(const Form& f) {
  if (f.columns == 0) return f.row ? transposed(f) : f;
  if (f.columns != 1) throw std::invalid_argument("a matrix where a vector is needed");
  const Index rows = rows_of(f);
  Form column = constant(SurdMatrix(SurdMatrix::Constant(rows, 1, Surd(0))));
  for (Index i = 0; i < rows; ++i) {
    const Form& entry = f.entries[static_cast<size_t>(i)];
    std::get<SurdMatrix>(column.constant)(i, 0) =
        std::get<Scalar>(entry.constant).need_surd("an entry of a vector");
    for (const auto& [k, Q] : entry.rounds) {
      const auto place =
          column.rounds.try_emplace(k, SurdMatrix::Constant(rows, Q.rows(), Surd(0))).first;
      place->second.row(i) = linear_row(Q);
    }
  }
  return column;
}

Form Evaluator::form(const Expr& e) {
  if (e.type.degree == 0) {
    Value v = value(e);
    const bool row = e.type.shape == Shape::matrix && e.type.rows == Size::of(1) &&
                     !(e.type.columns == Size::of(1));
    if (row) v = SurdMatrix(std::get<SurdMatrix>(v).transpose());
    return constant(std::move(v), row);
  }
  if (e.meaning == Meaning::method) return method_form(e);
  switch (e.op) {
    case Op::round_of:
      return form_in_round(e);
    case Op::index: {
      if (e.meaning == Meaning::definition) return form_entry(form(definition(e.name)), e, 0);
      const Index d = world_->d();
      const Expr& k = *e.args[0];
      const bool limit = is_limit(k);
      const long round = limit ? kInfinity : integer(k);
      if (!limit && round < 0) throw Undefined(k.place, "rounds count from 0");
      if (!limit && round > budget::kRounds.most) throw Unsupported(budget::spent(budget::kRounds));
      if (limit) moment(round, e);  // what is evaluated must exist, whether or not it is used
      Form x = constant(SurdMatrix(SurdMatrix::Constant(d, 1, Surd(0))));
      SurdMatrix& A = x.rounds[round] = SurdMatrix::Constant(d, d + 1, Surd(0));
      A.topLeftCorner(d, d) = SurdMatrix::Identity(d, d);
      return x;
    }
    case Op::name:
      return form(definition(e.name));
    case Op::neg:
      return scaled(form(*e.args[0]), -1);
    case Op::add:
    case Op::sub: {
      Form a = form(*e.args[0]);
      return sum_of(std::move(a), form(*e.args[1]), e.op == Op::add ? 1 : -1);
    }
    case Op::transpose: {
      Form v = form(*e.args[0]);
      return e.type.shape == Shape::matrix ? transposed(std::move(v)) : v;
    }
    case Op::mul:
      return form_product(e);
    case Op::div: {
      const Form a = form(*e.args[0]);
      const Scalar b = scalar(*e.args[1]);
      if (is_zero(b)) throw Undefined(e.place, "division by zero");
      return scaled(a, (Scalar(1) / b).need_surd("dividing a form"));
    }
    case Op::pow:
      return form_power(e);
    case Op::normsq: {
      const Form v = form(*e.args[0]);
      const SurdMatrix M = e.args.size() == 2 ? symmetric_matrix(*e.args[1], "the weight of a norm")
                                              : SurdMatrix::Identity(rows_of(v), rows_of(v));
      need(columns_of(v) == 1 && M.rows() == rows_of(v));
      return bilinear(v, M, v);
    }
    case Op::entry:
      return form_entry(form(*e.args[0]), e, 1);
    case Op::choose: {
      const Truth t = truth(*e.args[0]);
      if (t.undecided()) throw Unsupported(t.reason);
      return form(*e.args[t.yes() ? 1 : 2]);
    }
    case Op::vector:
      return grid(static_cast<Index>(e.args.size()), 1,
                  [&](Index i, Index) { return form(*e.args[static_cast<size_t>(i)]); });
    case Op::matrix:
      if (is_block_matrix(e)) return form_of_blocks(e);
      return grid(static_cast<Index>(e.args.size()), static_cast<Index>(e.args[0]->args.size()),
                  [&](Index i, Index j) {
                    const Expr& row = *e.args[static_cast<size_t>(i)];
                    return form(*row.args[static_cast<size_t>(j)]);
                  });
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

Form Evaluator::form_of_blocks(const Expr& e) {
  std::map<const Expr*, Form> blocks;
  const BlockPlaces from = block_places(e, [&](const Expr& item) {
    const Form& f = blocks.emplace(&item, form(item)).first->second;
    return std::pair(rows_of(f), columns_of(f));
  });
  const Form all = grid(static_cast<Index>(from.rows.size()),
                        static_cast<Index>(from.columns.size()), [&](Index r, Index c) {
                          const auto [i, row] = from.rows[static_cast<size_t>(r)];
                          const auto [j, column] = from.columns[static_cast<size_t>(c)];
                          const auto block = blocks.find(e.args[i]->args[j].get());
                          return block == blocks.end() ? constant(Scalar(0))
                                                       : entry_of(block->second, row, column);
                        });
  return all.columns == 1 ? as_column(all) : all;
}

Form Evaluator::form_entry(const Form& m, const Expr& e, size_t first) {
  const Index i = checked_index(*e.args[first], rows_of(m), "this index");
  const bool two = e.args.size() > first + 1;
  return entry_of(m, i, two ? checked_index(*e.args[first + 1], columns_of(m), "this index") : 0);
}

/// One of the powers 1 and 2.
Form Evaluator::form_power(const Expr& e) {
  const Form a = form(*e.args[0]);
  const bool number = e.type.shape == Shape::scalar;
  if (!number) need(rows_of(a) == columns_of(a));
  if (scalar(*e.args[1]).rational() == 1) return a;
  return number ? scalar_product(a, a) : matrix_product(a, a);
}

/// The power 0 of iterates, where they have a value (docs/semantics.md 2.3, 7.4).
Value Evaluator::identity_like(const Expr& e) {
  const Form a = form(e);
  if (e.type.shape == Shape::scalar) return Scalar(1);
  need(rows_of(a) == columns_of(a));
  return SurdMatrix(SurdMatrix::Identity(rows_of(a), rows_of(a)));
}

Form Evaluator::form_product(const Expr& e) {
  const bool scalar_a = e.args[0]->type.shape == Shape::scalar,
             scalar_b = e.args[1]->type.shape == Shape::scalar;
  const Form a = form(*e.args[0]), b = form(*e.args[1]);
  if (scalar_a && scalar_b) return scalar_product(a, b);
  if (scalar_a || scalar_b) {
    const Form &s = scalar_a ? a : b, &m = scalar_a ? b : a;
    if (s.rounds.empty() && s.pairs.empty())
      return scaled(m, std::get<Scalar>(s.constant).need_surd("multiplying a form"));
    return grid(rows_of(m), columns_of(m),
                [&](Index i, Index j) { return scalar_product(s, entry_of(m, i, j)); });
  }
  need(columns_of(a) == rows_of(b));
  if (e.type.shape == Shape::scalar)
    return bilinear(a, SurdMatrix::Identity(rows_of(b), rows_of(b)), b);
  if (fixed(a)) return transformed(matrix_of(a), b);
  if (fixed(b) && a.columns == 0 && a.row)
    return transposed(transformed(SurdMatrix(matrix_of(b).transpose()), transposed(a)));
  return matrix_product(a, b);
}

/// trace, diag, Diag or sym.
Form Evaluator::form_of_square(const Expr& e, const Form& x) {
  const Index rows = rows_of(x);
  const bool column = e.function == Function::Diag && e.args[0]->type.is_vector();
  if (!column) need(rows == columns_of(x));
  if (e.function == Function::sym) return scaled(sum_of(x, transposed(x), 1), Surd(Rational(1, 2)));
  if (e.function == Function::diag)
    return grid(rows, 1, [&](Index i, Index) { return entry_of(x, i, i); });
  if (e.function == Function::Diag)
    return grid(rows, rows, [&](Index i, Index j) {
      return i != j ? constant(Scalar(0)) : entry_of(x, i, column ? 0 : i);
    });
  Form total = constant(Scalar(0));
  for (Index i = 0; i < rows; ++i) add_scaled(total, entry_of(x, i, i), 1);
  return total;
}

Form Evaluator::form_call(const Expr& e) {
  const Index d = world_->d();
  const long worker = e.op == Op::call_at ? worker_index(*e.args[0]) : -1;
  const auto vector = [&] {
    Form x = form(*e.args.back());
    need(rows_of(x) == d && columns_of(x) == 1);
    return x;
  };
  const auto L = [&]() -> const SurdMatrix& {
    return worker < 0 ? world_->mean_L() : world_->L(worker);
  };
  const auto b = [&]() -> const SurdMatrix& {
    return worker < 0 ? world_->mean_b() : world_->b(worker);
  };
  switch (e.function) {
    case Function::inner: {
      const Form u = form(*e.args[0]), v = form(*e.args[1]);
      need(rows_of(u) == rows_of(v) && columns_of(u) == 1 && columns_of(v) == 1);
      return bilinear(u, SurdMatrix::Identity(rows_of(u), rows_of(u)), v);
    }
    case Function::trace:
    case Function::diag:
    case Function::Diag:
    case Function::sym:
      return form_of_square(e, form(*e.args[0]));
    case Function::g: {
      const Form x = vector();
      return sum_of(transformed(outcome_->B, x), constant(SurdMatrix(-outcome_->Cb)), 1);
    }
    case Function::step: {
      const Form x = vector();
      const SurdMatrix map = map_of_step(e);
      return sum_of(transformed(map.topLeftCorner(d, d), x), constant(map.topRightCorner(d, 1)), 1);
    }
    case Function::grad_f: {
      const Form x = vector();
      return sum_of(transformed(L(), x), constant(b()), -1);
    }
    case Function::f: {
      const Form x = vector();
      const Form half = scaled(bilinear(x, L(), x), Surd(Rational(1, 2)));
      return sum_of(half, bilinear(constant(b()), SurdMatrix::Identity(d, d), x), -1);
    }
    case Function::next:
      return form_in_round(e);
    case Function::fixed:
    case Function::limit:
    case Function::covariance:
    case Function::keep:
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
    case Function::defined:
    case Function::rational:
    case Function::min:
    case Function::max:
    case Function::none:
      break;
  }
  misuse(e.place, "'" + e.name + "' of an iterate is not supported inside E[…]");
}

Form Evaluator::form_fold(const Expr& e) {
  std::vector<Form> terms;
  run_binders(e, 0, [&] {
    terms.push_back(form(*e.args[0]));
    return true;
  });
  if (terms.empty() && e.fold == Fold::sum && e.type.shape == Shape::scalar)
    return constant(Scalar(0));
  if (terms.empty()) throw Undefined(e.place, "'" + e.name + "' over an empty range");
  const auto total = [&] {
    Form sum = terms[0];
    for (size_t k = 1; k < terms.size(); ++k) sum = sum_of(std::move(sum), terms[k], 1);
    return sum;
  };
  switch (e.fold) {
    case Fold::vec:
    case Fold::mat: {
      Form f;
      f.columns = e.fold == Fold::vec ? 1 : length(e.binders[1]);
      f.entries = std::move(terms);
      return f;
    }
    case Fold::sum:
      return total();
    case Fold::mean:
      return scaled(total(), Surd(Rational(Integer(1), Integer(terms.size()))));
    case Fold::min:
    case Fold::max:
    case Fold::none:
      break;
  }
  misuse(e.place, "'" + e.name + "' of iterates is not supported inside E[…]");
}

}  // namespace istcheck::claim
