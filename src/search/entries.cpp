#include "search/entries.hpp"

#include <algorithm>

namespace istcheck::search {

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

bool equal_workers(const Numbers& part) {
  return std::all_of(part.workers.begin(), part.workers.end(), [&](const Worker& w) {
    const Worker& first = part.workers[0];
    return w.L == first.L && w.b == first.b && w.noise == first.noise;
  });
}

/// `together`: of equal workers the entries are one.
void add_workers(std::vector<Entry>& entries, std::vector<Worker>& workers, bool together) {
  const size_t from = entries.size();
  for (size_t i = 0; i < workers.size(); ++i) {
    std::vector<Entry> own;
    const std::string number =
        together || workers.size() == 1 ? "" : "[" + std::to_string(i + 1) + "]";
    add_matrix(own, "L" + number, workers[i].L);
    add_vector(own, "b" + number, workers[i].b);
    add_matrix(own, "noise" + number, workers[i].noise);
    if (together && i > 0) {
      for (size_t k = 0; k < own.size(); ++k) {
        auto& places = entries[from + k].places;
        places.insert(places.end(), own[k].places.begin(), own[k].places.end());
      }
    } else {
      entries.insert(entries.end(), own.begin(), own.end());
    }
  }
}

std::vector<Entry> entries_of(Numbers& part, bool together) {
  std::vector<Entry> entries;
  add_workers(entries, part.workers, together);
  entries.push_back({"gamma", false, false, {&part.step}});
  if (part.start) add_vector(entries, "x0", *part.start);
  for (auto& [name, value] : part.values) {
    if (auto* s = std::get_if<Rational>(&value)) entries.push_back({name, false, false, {s}});
    if (auto* v = std::get_if<RationalVector>(&value)) add_vector(entries, name, *v);
    if (auto* m = std::get_if<RationalMatrix>(&value)) add_matrix(entries, name, *m);
  }
  return entries;
}

}  // namespace

std::vector<Entry> entries_of(Case& c) {
  bool together = c.n() > 1;
  each_part(c, [&](Numbers& part) { together = together && equal_workers(part); });
  std::vector<Entry> entries = entries_of(c, together);
  for (Entry& e : entries) e.positive = c.rational() && e.places[0] == &c.step;
  for (auto& [root, part] : c.roots)
    for (Entry& e : entries_of(part, together)) {
      e.name += " " + to_string(root);
      entries.push_back(std::move(e));
    }
  return entries;
}

}  // namespace istcheck::search
