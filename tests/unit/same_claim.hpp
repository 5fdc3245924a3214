// Whether two claims are equal up to places and annotations: what parsing what was printed must
// give.
#pragma once

#include <algorithm>

#include "claim/ast.hpp"

namespace istcheck::claim {

inline bool same(const ExprPtr& a, const ExprPtr& b) {
  if (!a || !b) return !a && !b;
  return same(*a, *b);
}
inline bool same(const Trial& a, const Trial& b) {
  return same(a.value, b.value) && same(a.low, b.low) && same(a.high, b.high) && same(a.by, b.by);
}
inline bool same(const Definition& a, const Definition& b) {
  return a.name == b.name && same(a.value, b.value);
}
inline bool same(const Statement& a, const Statement& b) {
  return a.label == b.label && same(a.value, b.value);
}
inline bool same(const Setting& a, const Setting& b) {
  return a.key == b.key && a.choices == b.choices && same(a.condition, b.condition);
}

template <class T>
bool same_all(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const T& x, const T& y) { return same(x, y); });
}

inline bool same(const Variable& a, const Variable& b) {
  return a.name == b.name && a.kind == b.kind && a.ranged == b.ranged &&
         same_all(a.trials, b.trials);
}
inline bool same(const std::optional<Family>& a, const std::optional<Family>& b) {
  if (!a || !b) return !a && !b;
  return a->index == b->index && a->worker == b->worker && a->sketch == b->sketch &&
         a->method == b->method && same(a->low, b->low) && same(a->high, b->high) &&
         same(a->n, b->n) && same(a->d, b->d) && same(a->L, b->L) && same(a->b, b->b) &&
         same(a->gamma, b->gamma) && same(a->x0, b->x0) && same(a->q, b->q);
}

inline bool same(const ProofLink& a, const ProofLink& b) {
  return a.word == b.word && a.theorem == b.theorem && a.note == b.note;
}

inline bool same(const Claim& a, const Claim& b) {
  return a.id == b.id && a.title == b.title && a.paper == b.paper && a.equation == b.equation &&
         a.note == b.note && a.loose == b.loose && same_all(a.proofs, b.proofs) &&
         a.repairs == b.repairs && a.expectation == b.expectation && a.reason == b.reason &&
         same_all(a.settings, b.settings) && same(a.family, b.family) &&
         same_all(a.variables, b.variables) && same_all(a.definitions, b.definitions) &&
         same_all(a.hypotheses, b.hypotheses) && same_all(a.conclusions, b.conclusions);
}

}  // namespace istcheck::claim
