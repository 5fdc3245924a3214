#include "search/entries.hpp"

#include <algorithm>

namespace istcheck::search {

using Eigen::Index;

namespace {

std::string indices(Index i, Index j) {
  return "[" + std::to_string(i + 1) + "," + std::to_string(j + 1) + "]";
}

void add_matrix(std::vector<Entry>& entries, const std::string& name, RationalMatrix& m) {
  for (Index i = 0; i < m.rows(); ++i) {
    for (Index j = i; j < m.cols(); ++j) {
      std::vector<Rational*> places = {&m(i, j)};
      if (i != j) places.push_back(&m(j, i));
      entries.push_back({name + indices(i, j), false, i == j, places});
    }
  }
}

void add_vector(std::vector<Entry>& entries, const std::string& name, RationalVector& v) {
  for (Index i = 0; i < v.size(); ++i)
    entries.push_back({name + "[" + std::to_string(i + 1) + "]", false, false, {&v(i)}});
}

bool equal_workers(const Case& c) {
  return std::all_of(c.workers.begin(), c.workers.end(), [&](const Worker& w) {
    return w.L == c.workers[0].L && w.b == c.workers[0].b && w.noise == c.workers[0].noise;
  });
}

}  // namespace

std::vector<Entry> entries_of(Case& c) {
  std::vector<Entry> entries;
  const bool together = c.n() > 1 && equal_workers(c);
  for (size_t i = 0; i < c.workers.size(); ++i) {
    std::vector<Entry> own;
    const std::string number = together || c.n() == 1 ? "" : "[" + std::to_string(i + 1) + "]";
    add_matrix(own, "L" + number, c.workers[i].L);
    add_vector(own, "b" + number, c.workers[i].b);
    add_matrix(own, "noise" + number, c.workers[i].noise);
    if (together && i > 0) {
      for (size_t k = 0; k < own.size(); ++k)
        entries[k].places.insert(entries[k].places.end(), own[k].places.begin(),
                                 own[k].places.end());
    } else {
      entries.insert(entries.end(), own.begin(), own.end());
    }
  }
  entries.push_back({"gamma", true, false, {&c.step}});
  if (c.start) add_vector(entries, "x0", *c.start);
  for (auto& [name, value] : c.values) {
    if (auto* s = std::get_if<Rational>(&value)) entries.push_back({name, false, false, {s}});
    if (auto* v = std::get_if<RationalVector>(&value)) add_vector(entries, name, *v);
    if (auto* m = std::get_if<RationalMatrix>(&value)) add_matrix(entries, name, *m);
  }
  return entries;
}

}  // namespace istcheck::search
