#include "claim/ast.hpp"

#include <algorithm>

namespace istcheck::claim {
namespace {

bool same(const ExprPtr& a, const ExprPtr& b) {
  if (!a || !b) return !a && !b;
  return same(*a, *b);
}

bool same(const Binder& a, const Binder& b) {
  return a.name == b.name && a.domain == b.domain && a.kind == b.kind && same(a.low, b.low) &&
         same(a.high, b.high) && same(a.set, b.set);
}

template <class T>
bool same_all(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const T& x, const T& y) { return same(x, y); });
}

}  // namespace

bool same(const Expr& a, const Expr& b) {
  return a.op == b.op && a.name == b.name && a.value == b.value && a.relations == b.relations &&
         same_all(a.args, b.args) && same_all(a.binders, b.binders);
}

ExprPtr clone(const Expr& e) {
  auto copy = std::make_unique<Expr>();
  copy->op = e.op;
  copy->place = e.place;
  copy->name = e.name;
  copy->value = e.value;
  copy->relations = e.relations;
  copy->height = e.height;
  copy->grouped = e.grouped;
  if (e.inside) copy->inside = clone(*e.inside);
  copy->type = e.type;
  copy->meaning = e.meaning;
  copy->constant = e.constant;
  copy->indexed = e.indexed;
  copy->function = e.function;
  copy->fold = e.fold;
  for (const auto& arg : e.args) copy->args.push_back(clone(*arg));
  for (const auto& b : e.binders) copy->binders.push_back(clone(b));
  return copy;
}

Binder clone(const Binder& b) {
  const auto copy = [](const ExprPtr& e) { return e ? clone(*e) : nullptr; };
  return {b.name, b.domain, copy(b.low), copy(b.high), b.place, b.kind, copy(b.set)};
}

bool is_zero_numeral(const Expr& e) { return e.op == Op::number && e.value == 0; }

bool is_block_matrix(const Expr& e) {
  if (e.op != Op::matrix) return false;
  for (const auto& row : e.args)
    for (const auto& item : row->args)
      if (item->type.shape == Shape::matrix) return true;
  return false;
}

bool is_limit(const Expr& round) { return round.op == Op::name && round.name == kLimitWord; }

void substitute(Expr& e, const std::string& name, long value) {
  if (e.op == Op::name && e.name == name && e.meaning == Meaning::bound) {
    e.op = Op::number;
    e.value = Rational(value);
    e.name = std::to_string(value);
    return;
  }
  for (auto& b : e.binders) {
    if (b.low) substitute(*b.low, name, value);
    if (b.high) substitute(*b.high, name, value);
  }
  for (const auto& b : e.binders) {
    if (b.name == name) return;
  }
  for (auto& arg : e.args) substitute(*arg, name, value);
}

}  // namespace istcheck::claim
