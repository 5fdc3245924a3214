#include "search/resize.hpp"

#include <stdexcept>

namespace istcheck::search {

namespace {

RationalVector drop(const RationalVector& v, Index k) {
  RationalVector result(v.size() - 1);
  result << v.head(k), v.tail(v.size() - 1 - k);
  return result;
}

RationalMatrix drop(const RationalMatrix& m, Index k) {
  RationalMatrix result(m.rows() - 1, m.cols() - 1);
  for (Index i = 0; i < result.rows(); ++i) {
    for (Index j = 0; j < result.cols(); ++j) result(i, j) = m(i + (i >= k), j + (j >= k));
  }
  return result;
}

void drop_coordinate(Numbers& c, Index k) {
  for (auto& w : c.workers) w = {drop(w.L, k), drop(w.b, k), drop(w.noise, k)};
  if (c.start) c.start = drop(*c.start, k);
  for (auto& [name, value] : c.values) {
    if (auto* v = std::get_if<RationalVector>(&value)) *v = drop(*v, k);
    if (auto* m = std::get_if<RationalMatrix>(&value)) *m = drop(*m, k);
  }
}

/// Whether the sketch can be made to fit the new sizes.
bool fit_sketch(Case& c) {
  const int n = static_cast<int>(c.n()), d = static_cast<int>(c.d());
  if (auto* perm = std::get_if<PermSketch>(&c.sketch)) {
    if (perm->remainder) return true;
    if (d % n != 0) return false;
    perm->q = d / n;
  } else if (auto* rand = std::get_if<RandSketch>(&c.sketch)) {
    if (rand->q > d) rand->q = d;
  } else if (std::holds_alternative<TableSketch>(c.sketch)) {
    return false;
  }
  return true;
}

}  // namespace

std::optional<Case> without(const Case& c, const Removal& r) {
  if ((r.worker && c.n() == 1) || (r.coordinate && c.d() == 1)) return std::nullopt;
  Case smaller = c;
  each_part(smaller, [&](Numbers& part) {
    if (r.worker) part.workers.erase(part.workers.begin() + *r.worker);
    if (r.coordinate) drop_coordinate(part, *r.coordinate);
  });
  if (!fit_sketch(smaller)) return std::nullopt;
  try {
    instantiate(smaller);
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
  return smaller;
}

}  // namespace istcheck::search
