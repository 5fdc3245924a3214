#include "search/shrink.hpp"

#include <algorithm>
#include <array>

#include "exact/fractions.hpp"
#include "search/entries.hpp"
#include "search/numbers.hpp"
#include "search/resize.hpp"

namespace istcheck::search {

using istcheck::to_string;

namespace {

using Size = std::array<Integer, 6>;

size_t distinct_workers(Case& c) {
  std::vector<std::vector<RationalMatrix>> distinct;
  for (size_t i = 0; i < c.workers.size(); ++i) {
    std::vector<RationalMatrix> all;
    each_part(c, [&](const Numbers& part) {
      all.insert(all.end(), {part.workers[i].L, part.workers[i].b});
    });
    if (std::find(distinct.begin(), distinct.end(), all) == distinct.end()) distinct.push_back(all);
  }
  return distinct.size();
}

Size size_of(Case c) {
  Size size = {
      Integer(c.n() + c.d()), Integer(c.roots.size()), Integer(distinct_workers(c)), 0, 0, 0};
  for (const auto& e : entries_of(c)) {
    const Rational& x = *e.places[0];
    // Off the diagonal a zero is worth more than on it.
    size[3] += x == 0 ? 0 : e.on_diagonal ? 1 : 2;
    size[4] += denominator(x);
    size[5] += abs(numerator(x));
  }
  return size;
}

/// Without the roots that no number has a multiple of any more.
Case without_idle_roots(Case c) {
  for (auto part = c.roots.begin(); part != c.roots.end();) {
    Case alone = c;
    static_cast<Numbers&>(alone) = part->second;
    alone.roots.clear();
    const auto entries = entries_of(alone);
    const bool idle = std::all_of(entries.begin(), entries.end(),
                                  [](const Entry& e) { return *e.places[0] == 0; });
    part = idle ? c.roots.erase(part) : std::next(part);
  }
  const bool powers = std::any_of(c.roots.begin(), c.roots.end(),
                                  [](const auto& part) { return part.first.power > 0; });
  if (!powers) c.alpha.reset();
  return c;
}

class Shrinker {
 public:
  Shrinker(const Referee& referee, Finding start, const Patience& patience)
      : referee_(referee), patience_(patience), best_{std::move(start), {}, true} {
    size_ = size_of(best_.finding.c);
  }

  Shrunk run() {
    while (one_step()) {
    }
    best_.finished = !over_;
    return std::move(best_);
  }

 private:
  const Referee& referee_;
  const Patience& patience_;
  Shrunk best_;
  Size size_;
  bool over_ = false;

  bool accept(const Case& changed, const std::string& what) {
    if (over_) return false;
    const Case c = without_idle_roots(changed);
    const Size size = size_of(c);
    if (!(size < size_)) return false;
    over_ = patience_.over();
    auto f = referee_.violation(c, !best_.finding.convex);
    if (!f) return false;
    best_.finding = std::move(*f);
    best_.history.push_back(what);
    size_ = size;
    return true;
  }

  bool one_step() {
    return remove_roots() || remove_something() || equalise() || zero_parts() || change_entries();
  }

  bool remove_roots() {
    const Case& c = best_.finding.c;
    for (const auto& [root, part] : c.roots) {
      Case smaller = c;
      smaller.roots.erase(root);
      if (accept(smaller, "removed the multiples of " + to_string(root))) return true;
    }
    return false;
  }

  bool remove_something() {
    const Case& c = best_.finding.c;
    const auto removed = [&](std::optional<int> worker, std::optional<int> coordinate) {
      const auto smaller = without(c, {worker, coordinate});
      std::string what = "removed";
      if (worker) what += " worker " + std::to_string(*worker + 1);
      if (coordinate) {
        what += worker ? " and" : "";
        what += " coordinate " + std::to_string(*coordinate + 1);
      }
      return smaller && accept(*smaller, what);
    };
    for (int i = 0; i < c.n(); ++i) {
      for (int j = 0; j < c.d(); ++j) {
        if (removed(i, j)) return true;
      }
    }
    for (int i = 0; i < c.n(); ++i) {
      if (removed(i, std::nullopt)) return true;
    }
    for (int j = 0; j < c.d(); ++j) {
      if (removed(std::nullopt, j)) return true;
    }
    return false;
  }

  bool equalise() {
    const Case& c = best_.finding.c;
    for (size_t from = 0; from < c.workers.size(); ++from) {
      Case equal = c;
      each_part(equal, [&](Numbers& part) {
        part.workers.assign(part.workers.size(), Worker(part.workers[from]));
      });
      if (accept(equal, "made every worker equal to worker " + std::to_string(from + 1)))
        return true;
    }
    for (size_t from = 0; from < c.workers.size(); ++from) {
      for (size_t to = 0; to < c.workers.size(); ++to) {
        Case equal = c;
        each_part(equal, [&](Numbers& part) { part.workers[to] = Worker(part.workers[from]); });
        if (from != to && accept(equal, "made worker " + std::to_string(to + 1) +
                                            " equal to worker " + std::to_string(from + 1)))
          return true;
      }
    }
    return false;
  }

  /// With every worker's data changed, in the rational part and in the multiples of roots.
  template <class Change>
  bool each_worker(const char* what, const Change& change) {
    Case c = best_.finding.c;
    each_part(c, [&](Numbers& part) {
      for (auto& w : part.workers) change(w);
    });
    return accept(c, what);
  }

  bool zero_parts() {
    if (each_worker("removed the noise", [](Worker& w) { w.noise.setZero(); })) return true;
    if (each_worker("set every b_i to 0", [](Worker& w) { w.b.setZero(); })) return true;
    Case c = best_.finding.c;
    each_part(c, [](Numbers& part) {
      if (part.start) part.start->setZero();
    });
    if (accept(c, "set x0 to 0")) return true;
    if (each_worker("made every L_i diagonal",
                    [](Worker& w) { w.L = w.L.diagonal().eval().asDiagonal(); }))
      return true;
    c = best_.finding.c;
    each_part(c, [](Numbers& part) {
      for (auto& w : part.workers) w.L.setZero();
    });
    for (auto& w : c.workers) w.L.setIdentity();
    return accept(c, "set every L_i to the identity");
  }

  /// Simpler values of a number, the simplest first.
  static std::vector<Rational> simpler(const Rational& x, bool positive) {
    std::vector<Rational> values;
    const auto add = [&](const Rational& v) {
      const bool fits = !positive || v > 0;
      if (v != x && fits && std::find(values.begin(), values.end(), v) == values.end())
        values.push_back(v);
    };
    add(0);
    add(1);
    add(-1);
    for (int k : {2, 3, 4, 5}) {
      add(Rational(k) * (x < 0 ? -1 : 1));
    }
    for (int k : {2, 3, 4}) add(Rational(1, k) * (x < 0 ? -1 : 1));
    const Rational size = abs(x);
    for (const Rational& width : {Rational(1, 2), Rational(1, 4), Rational(1, 16), Rational(1, 64)})
      add(simplest_between(size * (1 - width), size * (1 + width)) * (x < 0 ? -1 : 1));
    if (denominator(x) == 1) {
      add(x / 2 - (numerator(x) % 2 == 0 ? Rational(0) : Rational(x < 0 ? -1 : 1, 2)));
      add(x > 0 ? x - 1 : x + 1);
    }
    add(size);
    return values;
  }

  bool change_entries() {
    Case c = best_.finding.c;
    const auto entries = entries_of(c);
    for (const auto& e : entries) {
      const Rational before = *e.places[0];
      for (const Rational& v : simpler(before, e.positive)) {
        for (Rational* place : e.places) *place = v;
        if (accept(c, e.name + ": " + to_string(before) + " -> " + to_string(v))) return true;
      }
      for (Rational* place : e.places) *place = before;
    }
    return scale_pairs(c);
  }

  /// Two numbers at once: often one of them cannot move alone.
  bool scale_pairs(Case& c) {
    const auto entries = entries_of(c);
    std::vector<size_t> large;
    for (size_t k = 0; k < entries.size(); ++k) {
      if (abs(*entries[k].places[0]) > 1 || denominator(*entries[k].places[0]) > 1)
        large.push_back(k);
    }
    if (large.size() > 12) return false;
    for (size_t a : large) {
      for (size_t b : large) {
        if (b <= a) continue;
        const Rational x = *entries[a].places[0], y = *entries[b].places[0];
        const auto toward = [](const Rational& v) {
          return denominator(v) == 1 ? Rational(v > 0 ? v - 1 : v + 1)
                                     : simplest_between(abs(v) / 2, abs(v) * 2) * (v < 0 ? -1 : 1);
        };
        const std::pair<Rational, Rational> moves[] = {{x / 2, y / 2}, {toward(x), toward(y)}};
        for (const auto& [p, q] : moves) {
          for (Rational* place : entries[a].places) *place = p;
          for (Rational* place : entries[b].places) *place = q;
          if (accept(c, entries[a].name + " -> " + to_string(p) + ", " + entries[b].name + " -> " +
                            to_string(q)))
            return true;
        }
        for (Rational* place : entries[a].places) *place = x;
        for (Rational* place : entries[b].places) *place = y;
      }
    }
    return false;
  }
};

}  // namespace

bool simpler(const Case& a, const Case& b) { return size_of(a) < size_of(b); }

Shrunk shrink(const Referee& referee, Finding start, const Patience& patience) {
  return Shrinker(referee, std::move(start), patience).run();
}

}  // namespace istcheck::search
