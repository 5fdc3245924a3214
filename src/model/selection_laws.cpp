#include "model/selection_laws.hpp"

#include <algorithm>
#include <numeric>

namespace istcheck {
namespace {

/// x (x−1) … (x−k+1).
Integer falling(int x, int k) {
  Integer result = 1;
  for (int j = 0; j < k; ++j) result *= x - j;
  return result;
}

Integer factorial(int x) { return falling(x, x); }

Integer binomial(int n, int k) { return falling(n, k) / factorial(k); }

Rational power(const Rational& x, int k) {
  Rational result = 1;
  for (int j = 0; j < k; ++j) result *= x;
  return result;
}

class KeepAll final : public SelectionLaw {
 public:
  KeepAll(int n, int d) : SelectionLaw(n, d, std::vector<bool>(static_cast<size_t>(d), true)) {}
  Rational same(int) const override { return 1; }
  Rational cross(int, int, int) const override { return 1; }
  Integer support() const override { return 1; }
  Integer weight_denominator() const override { return 1; }
  void enumerate(const SelectionVisitor& visit) const override {
    std::vector<int> all;
    for (int a = 0; a < d(); ++a) all.push_back(a);
    visit(1, Selection(static_cast<size_t>(n()), all));
  }
  Selection sample(std::mt19937_64&) const override {
    Selection result;
    enumerate([&](const Integer&, const Selection& only) {
      result = only;
      return true;
    });
    return result;
  }
};

/// Uniform even deals of `items` things to `boxes` boxes: each box gets base = ⌊items/boxes⌋ or one
/// more, the latter exactly extra = items mod boxes times.
struct EvenDeal {
  int items, boxes, base, extra;
  EvenDeal(int items_, int boxes_)
      : items(items_), boxes(boxes_), base(items_ / boxes_), extra(items_ % boxes_) {}

  Integer count() const {
    Integer per_choice = factorial(items);
    for (int b = 0; b < boxes; ++b) per_choice /= factorial(base + (b < extra ? 1 : 0));
    return per_choice * binomial(boxes, extra);
  }

  /// E[X^(r)] for the load X of one box, x^(r) the falling factorial.
  Rational load_moment(int r) const {
    return Rational(Integer((boxes - extra) * falling(base, r) + extra * falling(base + 1, r)),
                    Integer(boxes));
  }

  /// E[X^(r) Y^(s)] for the loads of two different boxes (0 when there is no second box).
  Rational load_moment(int r, int s) const {
    if (r == 0) return load_moment(s);
    if (s == 0) return load_moment(r);
    if (boxes == 1) return 0;
    const Integer low_r = falling(base, r), high_r = falling(base + 1, r);
    const Integer low_s = falling(base, s), high_s = falling(base + 1, s);
    const Integer few = boxes - extra, more = extra;
    return Rational(Integer(few * (few - 1) * low_r * low_s + few * more * low_r * high_s +
                            more * few * high_r * low_s + more * (more - 1) * high_r * high_s),
                    Integer(boxes) * (boxes - 1));
  }

  /// The box of each item in one random deal.
  std::vector<int> sample(std::mt19937_64& random) const {
    std::vector<int> order(static_cast<size_t>(boxes)), box;
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), random);
    for (size_t b = 0; b < order.size(); ++b)
      box.insert(box.end(), static_cast<size_t>(base + (static_cast<int>(b) < extra ? 1 : 0)),
                 order[b]);
    std::shuffle(box.begin(), box.end(), random);
    return box;
  }

  /// Every deal, as the box of each item, lexicographically; false from visit stops.
  template <class Visit>
  bool enumerate(const Visit& visit) const {
    std::vector<int> box(static_cast<size_t>(items)), load(static_cast<size_t>(boxes), 0);
    return place(0, extra, box, load, visit);
  }

 private:
  template <class Visit>
  bool place(int item, int extras_left, std::vector<int>& box, std::vector<int>& load,
             const Visit& visit) const {
    if (item == items) return visit(box);
    for (int b = 0; b < boxes; ++b) {
      int& filled = load[static_cast<size_t>(b)];
      const bool uses_extra = filled == base;
      if (filled > base || (uses_extra && extras_left == 0)) continue;
      ++filled;
      box[static_cast<size_t>(item)] = b;
      const bool go_on = place(item + 1, extras_left - (uses_extra ? 1 : 0), box, load, visit);
      --filled;
      if (!go_on) return false;
    }
    return true;
  }
};

class DealCoordinates final : public SelectionLaw {
 public:
  DealCoordinates(int n, int d, std::vector<bool> always)
      : SelectionLaw(n, d, std::move(always)), deal_(count_free(), n) {}

  // Given the loads, the coordinates of one worker are a uniform subset: k given ones are all in it
  // with probability X^(k) / f^(k) for f free coordinates; two workers' sets are disjoint.
  Rational same(int k) const override {
    if (k > deal_.items) return 0;
    return deal_.load_moment(k) / Rational(falling(deal_.items, k));
  }
  Rational cross(int r, int s, int t) const override {
    if (t > 0 || r + s > deal_.items) return 0;
    return deal_.load_moment(r, s) / Rational(falling(deal_.items, r + s));
  }
  Integer support() const override { return deal_.count(); }
  Integer weight_denominator() const override { return deal_.count(); }
  void enumerate(const SelectionVisitor& visit) const override {
    Selection selection;
    deal_.enumerate([&](const std::vector<int>& worker_of) {
      fill(worker_of, selection);
      return visit(1, selection);
    });
  }
  Selection sample(std::mt19937_64& random) const override {
    Selection selection;
    fill(deal_.sample(random), selection);
    return selection;
  }

 private:
  void fill(const std::vector<int>& worker_of, Selection& selection) const {
    selection.resize(static_cast<size_t>(n()));
    for (auto& kept : selection) kept.clear();
    size_t next = 0;
    for (int a = 0; a < d(); ++a) {
      if (always()[static_cast<size_t>(a)])
        for (auto& kept : selection) kept.push_back(a);
      else
        selection[static_cast<size_t>(worker_of[next++])].push_back(a);
    }
  }
  int count_free() const {
    int free = 0;
    for (const bool fixed : always()) free += fixed ? 0 : 1;
    return free;
  }
  EvenDeal deal_;
};

class DealWorkers final : public SelectionLaw {
 public:
  DealWorkers(int n, int d)
      : SelectionLaw(n, d, std::vector<bool>(static_cast<size_t>(d), false)), deal_(n, d) {}

  // A worker keeps one coordinate, each with probability 1/d. Two workers sit at the same given
  // coordinate with probability E[X^(2)] / n^(2), at two given ones with E[X Y] / n^(2), where X, Y
  // are the numbers of workers there.
  Rational same(int k) const override {
    return k == 0 ? Rational(1) : k == 1 ? Rational(Integer(1), Integer(d())) : Rational(0);
  }
  Rational cross(int r, int s, int t) const override {
    if (r + t > 1 || s + t > 1) return 0;
    if (t == 1) return deal_.load_moment(2) / Rational(falling(n(), 2));
    if (r == 1 && s == 1) return deal_.load_moment(1, 1) / Rational(falling(n(), 2));
    return same(r + s);
  }
  Integer support() const override { return deal_.count(); }
  Integer weight_denominator() const override { return deal_.count(); }
  void enumerate(const SelectionVisitor& visit) const override {
    Selection selection(static_cast<size_t>(n()));
    deal_.enumerate([&](const std::vector<int>& coordinate_of) {
      for (size_t i = 0; i < selection.size(); ++i) selection[i].assign(1, coordinate_of[i]);
      return visit(1, selection);
    });
  }
  Selection sample(std::mt19937_64& random) const override {
    Selection selection;
    for (const int a : deal_.sample(random)) selection.push_back({a});
    return selection;
  }

 private:
  EvenDeal deal_;
};

/// Draws that workers make independently, or that one draw makes for all.
class IndependentOrShared : public SelectionLaw {
 public:
  IndependentOrShared(int n, int d, bool shared)
      : SelectionLaw(n, d, std::vector<bool>(static_cast<size_t>(d), false)), shared_(shared) {}
  Rational cross(int r, int s, int t) const override {
    return shared_ ? same(r + s + t) : Rational(same(r + t) * same(s + t));
  }
  Integer support() const override { return pow(single_support(), draws()); }
  Integer weight_denominator() const override { return pow(single_denominator(), draws()); }
  void enumerate(const SelectionVisitor& visit) const override {
    Selection selection(static_cast<size_t>(n()));
    draw(0, 1, selection, visit);
  }
  Selection sample(std::mt19937_64& random) const override {
    Selection selection(static_cast<size_t>(n()));
    for (size_t i = 0; i < selection.size(); ++i)
      selection[i] = shared_ && i > 0 ? selection[0] : sample_single(random);
    return selection;
  }

 protected:
  virtual Integer single_support() const = 0;
  virtual Integer single_denominator() const = 0;
  using SingleVisitor = std::function<bool(const Integer&, const std::vector<int>&)>;
  virtual bool enumerate_single(const SingleVisitor& visit) const = 0;
  virtual std::vector<int> sample_single(std::mt19937_64& random) const = 0;

 private:
  unsigned draws() const { return shared_ ? 1U : static_cast<unsigned>(n()); }
  bool draw(unsigned worker, const Integer& weight, Selection& selection,
            const SelectionVisitor& visit) const {
    if (worker == draws()) return visit(weight, selection);
    return enumerate_single([&](const Integer& w, const std::vector<int>& kept) {
      if (shared_)
        for (auto& s : selection) s = kept;
      else
        selection[worker] = kept;
      return draw(worker + 1, weight * w, selection, visit);
    });
  }
  bool shared_;
};

class UniformSubsets final : public IndependentOrShared {
 public:
  UniformSubsets(int n, int d, int q, bool shared) : IndependentOrShared(n, d, shared), q_(q) {}
  Rational same(int k) const override {
    return k > d() ? Rational(0) : Rational(falling(q_, k), falling(d(), k));
  }

 private:
  Integer single_support() const override { return binomial(d(), q_); }
  Integer single_denominator() const override { return single_support(); }
  bool enumerate_single(const SingleVisitor& visit) const override {
    std::vector<int> kept;
    return extend(0, kept, visit);
  }
  std::vector<int> sample_single(std::mt19937_64& random) const override {
    std::vector<int> all(static_cast<size_t>(d()));
    std::iota(all.begin(), all.end(), 0);
    std::shuffle(all.begin(), all.end(), random);
    all.resize(static_cast<size_t>(q_));
    std::sort(all.begin(), all.end());
    return all;
  }
  bool extend(int next, std::vector<int>& kept, const SingleVisitor& visit) const {
    const int missing = q_ - static_cast<int>(kept.size());
    if (missing == 0) return visit(1, kept);
    for (int a = next; a <= d() - missing; ++a) {
      kept.push_back(a);
      const bool go_on = extend(a + 1, kept, visit);
      kept.pop_back();
      if (!go_on) return false;
    }
    return true;
  }
  int q_;
};

class CoinFlips final : public IndependentOrShared {
 public:
  CoinFlips(int n, int d, const Rational& p, bool shared)
      : IndependentOrShared(n, d, shared), p_(p) {}
  Rational same(int k) const override { return power(p_, k); }

 private:
  Integer single_support() const override {
    return p_ == 1 ? Integer(1) : Integer(1) << static_cast<unsigned>(d());
  }
  Integer single_denominator() const override {
    return pow(denominator(p_), static_cast<unsigned>(d()));
  }
  bool enumerate_single(const SingleVisitor& visit) const override {
    std::vector<int> kept;
    return flip(0, 1, kept, visit);
  }
  std::vector<int> sample_single(std::mt19937_64& random) const override {
    std::bernoulli_distribution keep(approximate(p_));
    std::vector<int> kept;
    for (int a = 0; a < d(); ++a)
      if (keep(random)) kept.push_back(a);
    return kept;
  }
  bool flip(int a, const Integer& weight, std::vector<int>& kept,
            const SingleVisitor& visit) const {
    if (a == d()) return visit(weight, kept);
    if (p_ != 1 && !flip(a + 1, weight * (denominator(p_) - numerator(p_)), kept, visit))
      return false;
    kept.push_back(a);
    const bool go_on = flip(a + 1, weight * numerator(p_), kept, visit);
    kept.pop_back();
    return go_on;
  }
  Rational p_;
};

}  // namespace

std::unique_ptr<SelectionLaw> keep_all(int n, int d) { return std::make_unique<KeepAll>(n, d); }

std::unique_ptr<SelectionLaw> deal_coordinates(int n, int d, std::vector<bool> always) {
  return std::make_unique<DealCoordinates>(n, d, std::move(always));
}

std::unique_ptr<SelectionLaw> deal_workers(int n, int d) {
  return std::make_unique<DealWorkers>(n, d);
}

std::unique_ptr<SelectionLaw> uniform_subsets(int n, int d, int q, bool shared) {
  return std::make_unique<UniformSubsets>(n, d, q, shared);
}

std::unique_ptr<SelectionLaw> coin_flips(int n, int d, const Rational& p, bool shared) {
  return std::make_unique<CoinFlips>(n, d, p, shared);
}

}  // namespace istcheck
