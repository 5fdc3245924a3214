#include <optional>

#include "claim/type_checker.hpp"

namespace istcheck::claim {

void TypeChecker::sum(Expr& e) {
  Expr &a = *e.args[0], &b = *e.args[1];
  check(a);
  check(b);
  const bool fits = a.type.shape == b.type.shape && a.type.shape != Shape::truth &&
                    !conflict(a.type.rows, b.type.rows) &&
                    !conflict(a.type.columns, b.type.columns);
  if (!fits) {
    fail(e.place, std::string(e.op == Op::add ? "cannot add " : "cannot subtract ") + "a " +
                      to_string(b.type) + (e.op == Op::add ? " to a " : " from a ") +
                      to_string(a.type));
  }
  inherit(e);
  set_shape(e, a.type.rows.known() ? a.type : b.type);
}

void TypeChecker::product(Expr& e) {
  Expr &a = *e.args[0], &b = *e.args[1];
  check(a);
  check(b);
  if (a.type.shape == Shape::truth || b.type.shape == Shape::truth)
    fail(e.place, "a statement is no factor");
  inherit(e);
  const bool matrices = a.type.shape == Shape::matrix && b.type.shape == Shape::matrix;
  if (!matrices) {
    set_shape(e, a.type.shape == Shape::matrix ? a.type : b.type);
  } else {
    if (conflict(a.type.columns, b.type.rows)) {
      fail(e.place, "cannot multiply a " + to_string(a.type) + " by a " + to_string(b.type));
    }
    const bool inner = a.type.rows == Size::of(1) && b.type.columns == Size::of(1);
    set_shape(e, inner ? scalar_type() : matrix_type(a.type.rows, b.type.columns));
  }
  e.type.degree = a.type.degree + b.type.degree;
  degree_of_two(e);
}

/// F12.
void TypeChecker::degree_of_two(const Expr& e) const {
  if (e.type.degree > 2)
    too_high(e.place, "inside E[…] only expressions of degree two in x[k] are supported");
}

/// F12, or F18 in a method.
void TypeChecker::too_high(Place place, const std::string& in_claims) const {
  fail(place, !in_method_ ? in_claims
                          : "this is no affine function of the state; a method's updates are "
                            "affine in it");
}

void TypeChecker::quotient(Expr& e) {
  check(*e.args[0]);
  need_scalar(*e.args[1], "what one divides by");
  if (e.args[1]->type.degree > 0) too_high(e.place, "cannot divide by an iterate inside E[…]");
  if (e.args[0]->type.shape == Shape::truth) fail(e.place, "a statement cannot be divided");
  inherit(e);
  set_shape(e, e.args[0]->type);
}

void TypeChecker::power(Expr& e) {
  Expr& base = *e.args[0];
  check(base);
  need_plain(*e.args[1], "an exponent");
  if (base.type.shape == Shape::truth) fail(e.place, "a statement has no powers");
  if (base.type.shape == Shape::matrix) need_square(base, "the base of a power");
  inherit(e);
  set_shape(e, base.type);
  if (base.type.degree == 0) return;
  const Expr* k = e.args[1].get();
  while (k->op == Op::name && k->meaning == Meaning::definition)
    k = lets_.at(k->name).definition->value.get();
  if (k->op != Op::number || (k->value != 0 && k->value != 1 && k->value != 2))
    too_high(e.place, "inside E[…] the powers of iterates are those with the exponents 0, 1 and 2");
  e.type.degree *= k->value == 0 ? 0 : k->value == 2 ? 2 : 1;
  degree_of_two(e);
}

void TypeChecker::entry(Expr& e) {
  const auto state = claim_.method ? state_in(e, *claim_.method) : std::nullopt;
  if (state && state->round != nullptr) {  // h[i][k]
    check(*e.args[0]);
    const Type block = e.args[0]->type;
    return state_in_round(e, block, *e.args[1]);
  }
  check(*e.args[0]);
  const Type t = e.args[0]->type;
  if (t.shape != Shape::matrix) fail(e.place, "a " + to_string(t) + " has no entries");
  const size_t indices = e.args.size() - 1;
  for (size_t k = 1; k < e.args.size(); ++k) {
    need_plain(*e.args[k], "an index");
  }
  const size_t wanted = t.is_vector() ? 1 : 2;
  if (indices != wanted) {
    fail(e.place, "an entry of a " + to_string(t) + " has " + std::to_string(wanted) +
                      " index(es), here are " + std::to_string(indices));
  }
  inherit(e);
}

void TypeChecker::vector(Expr& e) {
  for (auto& arg : e.args) need_scalar(*arg, "an entry of a vector");
  list_of_numbers(e);
}

void TypeChecker::list_of_numbers(Expr& e) {
  inherit(e);
  set_shape(e, matrix_type(Size::of(static_cast<long>(e.args.size())), Size::of(1)));
}

void TypeChecker::matrix(Expr& e) {
  bool block = false;
  for (auto& row : e.args) {
    if (row->args.size() != e.args[0]->args.size()) {
      fail(row->place, "this row has " + std::to_string(row->args.size()) +
                           " entries, the first has " + std::to_string(e.args[0]->args.size()));
    }
    for (auto& item : row->args) {
      check(*item);
      block |= item->type.shape == Shape::matrix;
    }
  }
  if (block) return block_matrix(e);
  for (auto& row : e.args) {
    for (auto& item : row->args)
      if (item->type.shape != Shape::scalar)
        fail(item->place, "an entry of a matrix is a number, this is a " + to_string(item->type));
    list_of_numbers(*row);
  }
  inherit(e);
  set_shape(e, matrix_type(Size::of(static_cast<long>(e.args.size())),
                           Size::of(static_cast<long>(e.args[0]->args.size()))));
}

/// Blocks that stand beside each other have the same rows, above each other the same columns; a 0
/// takes its size from the others (docs/semantics.md 2.7).
void TypeChecker::block_matrix(Expr& e) {
  std::vector<std::optional<Size>> rows(e.args.size()), columns(e.args[0]->args.size());
  const auto agree = [&](const Expr& item, std::optional<Size>& line, const Size& own,
                         const char* others) {
    if (line && conflict(*line, own))
      fail(item.place, "this block is a " + to_string(item.type) + ", and others " + others + " " +
                           to_string(*line));
    if (!line || !line->known()) line = own;
  };
  for (size_t i = 0; i < rows.size(); ++i)
    for (size_t j = 0; j < columns.size(); ++j) {
      const Expr& item = *e.args[i]->args[j];
      if (is_zero_numeral(item)) continue;
      if (item.type.shape != Shape::matrix)
        fail(item.place,
             "beside matrices a block is a matrix or 0, this is a " + to_string(item.type));
      agree(item, rows[i], item.type.rows, "beside it have rows:");
      agree(item, columns[j], item.type.columns, "in its column have columns:");
    }
  const auto total = [&](const std::vector<std::optional<Size>>& lines) {
    Size sum = Size::of(0);
    for (const auto& line : lines) {
      if (!line) fail(e.place, "a row or column of blocks that are all 0 has no size");
      const bool numbers = sum.number >= 0 && line->number >= 0;
      sum = lines.size() == 1 ? *line : numbers ? Size::of(sum.number + line->number) : Size{};
    }
    return sum;
  };
  for (auto& row : e.args) {
    inherit(*row);
    set_shape(*row, matrix_type(Size{}, Size{}));
  }
  inherit(e);
  set_shape(e, matrix_type(total(rows), total(columns)));
}

void TypeChecker::norm(Expr& e) {
  Expr& v = *e.args[0];
  check(v);
  if (!v.type.is_vector()) fail(v.place, "the norm is for vectors, this is a " + to_string(v.type));
  if (e.args.size() == 2) {
    Expr& weight = *e.args[1];
    check(weight);
    need_square(weight, "the weight of a norm");
    if (conflict(weight.type.rows, v.type.rows)) {
      fail(weight.place,
           "the weight is a " + to_string(weight.type) + ", the vector a " + to_string(v.type));
    }
    if (weight.type.degree > 0)
      too_high(weight.place, "the weight of a norm cannot contain iterates");
  }
  inherit(e);
  if (v.type.degree > 0 && e.op == Op::norm) {
    too_high(e.place, "inside E[…] only squared norms of iterates are supported: ||…||^2");
  }
  e.type.degree = 2 * v.type.degree;
  degree_of_two(e);
}

}  // namespace istcheck::claim
