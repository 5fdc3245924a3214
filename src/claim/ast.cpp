#include "claim/ast.hpp"

#include <algorithm>

namespace istcheck::claim {
namespace {

bool same(const ExprPtr& a, const ExprPtr& b) {
  if (!a || !b) return !a && !b;
  return same(*a, *b);
}

bool same(const Binder& a, const Binder& b) {
  return a.name == b.name && a.domain == b.domain && same(a.low, b.low) && same(a.high, b.high);
}

bool same(const Trial& a, const Trial& b) {
  return same(a.value, b.value) && same(a.low, b.low) && same(a.high, b.high) && same(a.by, b.by);
}

bool same(const Variable& a, const Variable& b);
bool same(const Definition& a, const Definition& b) {
  return a.name == b.name && same(a.value, b.value);
}
bool same(const Statement& a, const Statement& b) {
  return a.label == b.label && same(a.value, b.value);
}
bool same(const Setting& a, const Setting& b) {
  return a.key == b.key && a.choices == b.choices && same(a.condition, b.condition);
}

template <class T>
bool same_all(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const T& x, const T& y) { return same(x, y); });
}

bool same(const Variable& a, const Variable& b) {
  return a.name == b.name && a.kind == b.kind && same_all(a.trials, b.trials);
}

bool same(const std::optional<Family>& a, const std::optional<Family>& b) {
  if (!a || !b) return !a && !b;
  return a->index == b->index && a->worker == b->worker && a->sketch == b->sketch &&
         a->method == b->method && same(a->low, b->low) && same(a->high, b->high) &&
         same(a->n, b->n) && same(a->d, b->d) && same(a->L, b->L) && same(a->b, b->b) &&
         same(a->gamma, b->gamma) && same(a->x0, b->x0) && same(a->q, b->q);
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
  copy->type = e.type;
  copy->meaning = e.meaning;
  for (const auto& arg : e.args) copy->args.push_back(clone(*arg));
  for (const auto& b : e.binders) {
    copy->binders.push_back({b.name, b.domain, b.low ? clone(*b.low) : nullptr,
                             b.high ? clone(*b.high) : nullptr, b.place});
  }
  return copy;
}

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

bool same(const Claim& a, const Claim& b) {
  return a.id == b.id && a.title == b.title && a.paper == b.paper && a.equation == b.equation &&
         a.note == b.note && a.loose == b.loose && a.proof == b.proof && a.repairs == b.repairs &&
         a.expectation == b.expectation && a.reason == b.reason &&
         same_all(a.settings, b.settings) && same(a.family, b.family) &&
         same_all(a.variables, b.variables) && same_all(a.definitions, b.definitions) &&
         same_all(a.hypotheses, b.hypotheses) && same_all(a.conclusions, b.conclusions);
}

}  // namespace istcheck::claim
