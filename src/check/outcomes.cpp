#include "check/outcomes.hpp"

#include <algorithm>
#include <functional>

namespace istcheck::check {
namespace {

using Kept = std::vector<char>;  ///< one flag for each coordinate
using Single = std::pair<Rational, Kept>;

void fit(bool good, const std::string& message) {
  if (!good) throw std::invalid_argument("the sketch does not fit: " + message);
}

/// Every way to give each item a box so that the loads of two boxes differ by at most one.
std::vector<std::vector<size_t>> even_deals(size_t items, size_t boxes, size_t most) {
  std::vector<std::vector<size_t>> all;
  std::vector<size_t> box(items), load(boxes, 0);
  const size_t least = items / boxes, largest = (items + boxes - 1) / boxes;
  const std::function<void(size_t)> place = [&](size_t item) {
    if (item == items) {
      if (*std::min_element(load.begin(), load.end()) < least) return;
      if (all.size() == most)
        throw Undecided("the sketch has more outcomes than the header allows");
      all.push_back(box);
      return;
    }
    for (size_t k = 0; k < boxes; ++k) {
      if (load[k] == largest) continue;
      ++load[k];
      box[item] = k;
      place(item + 1);
      --load[k];
    }
  };
  place(0);
  return all;
}

class Enumeration {
 public:
  Enumeration(const Case& c, const std::vector<Mat>& L, Facts& facts, size_t most)
      : c_(c), L_(L), facts_(facts), most_(most), n_(size_t(c.n())), d_(size_t(c.d())) {}

  std::vector<Sketches> run() {
    std::visit([this](const auto& spec) { sketch(spec); }, c_.sketch);
    Rational sum = 0;
    for (const auto& o : all_) sum += o.weight;
    fit(sum == 1, "the weights do not sum to 1");
    return std::move(all_);
  }

 private:
  const Case& c_;
  const std::vector<Mat>& L_;
  Facts& facts_;
  const size_t most_, n_, d_;
  std::vector<Sketches> all_;

  using Scale = std::function<Number(size_t worker, size_t coordinate)>;

  void add(const Rational& weight, const std::vector<Kept>& kept, const Scale& scale) {
    if (all_.size() == most_)
      throw Undecided("the sketch has more outcomes than the header allows");
    Sketches o{weight, std::vector<Mat>(n_, Mat(d_, d_))};
    for (size_t i = 0; i < n_; ++i)
      for (size_t a = 0; a < d_; ++a)
        if (kept[i][a] != 0) o.C[i].at(a, a) = scale(i, a);
    all_.push_back(std::move(o));
  }

  /// The coordinates `items` are dealt to the workers; those in `always` go to everyone.
  void deal(const std::vector<size_t>& items, const std::vector<size_t>& always,
            const Scale& scale) {
    const auto deals = even_deals(items.size(), n_, most_);
    for (const auto& worker : deals) {
      std::vector<Kept> kept(n_, Kept(d_, 0));
      for (size_t k = 0; k < items.size(); ++k) kept[worker[k]][items[k]] = 1;
      for (const size_t a : always)
        for (auto& k : kept) k[a] = 1;
      add(Rational(1) / Rational(deals.size()), kept, scale);
    }
  }
  void deal_everything(const Scale& scale) {
    std::vector<size_t> items(d_);
    for (size_t a = 0; a < d_; ++a) items[a] = a;
    deal(items, {}, scale);
  }

  /// Every worker draws from `single`, independently or all the same.
  void draw(const std::vector<Single>& single, bool shared, const Scale& scale) {
    std::vector<size_t> pick(shared ? 1 : n_, 0);
    for (;;) {
      Rational weight = 1;
      std::vector<Kept> kept;
      for (size_t i = 0; i < n_; ++i) kept.push_back(single[pick[shared ? 0 : i]].second);
      for (const size_t k : pick) weight *= single[k].first;
      add(weight, kept, scale);
      size_t at = 0;
      while (at < pick.size() && ++pick[at] == single.size()) pick[at++] = 0;
      if (at == pick.size()) return;
    }
  }
  /// All 2^d sets of coordinates.
  std::vector<Kept> subsets() const {
    if (d_ > 16) throw Undecided("the sketch has more outcomes than the header allows");
    std::vector<Kept> all;
    for (size_t bits = 0; bits < (size_t(1) << d_); ++bits) {
      all.emplace_back(d_, 0);
      for (size_t a = 0; a < d_; ++a) all.back()[a] = char((bits >> a) & 1U);
    }
    return all;
  }

  void sketch(const IdentitySketch&) {
    add(1, std::vector<Kept>(n_, Kept(d_, 1)), [](size_t, size_t) { return Number(1); });
  }

  void sketch(const PermSketch& s) {
    if (d_ >= n_) {
      fit(s.remainder || (s.q >= 1 && size_t(s.q) * n_ == d_), "d = qn");
      return deal_everything([n = n_](size_t, size_t) { return Number(Rational(n)); });
    }
    fit(s.remainder || n_ % d_ == 0, "d divides n");
    const auto seats = even_deals(n_, d_, most_);
    for (const auto& coordinate : seats) {
      std::vector<Kept> kept(n_, Kept(d_, 0));
      for (size_t i = 0; i < n_; ++i) kept[i][coordinate[i]] = 1;
      add(Rational(1) / Rational(seats.size()), kept,
          [d = d_](size_t, size_t) { return Number(Rational(d)); });
    }
  }

  void sketch(const RandSketch& s) {
    fit(s.q >= 1 && size_t(s.q) <= d_, "1 <= q <= d");
    std::vector<Single> single;
    for (auto& kept : subsets())
      if (std::count(kept.begin(), kept.end(), 1) == s.q) single.emplace_back(1, std::move(kept));
    for (auto& [weight, kept] : single) weight = Rational(1) / Rational(single.size());
    const Rational scale = Rational(d_) / Rational(s.q);
    draw(single, s.shared, [scale](size_t, size_t) { return Number(scale); });
  }

  void sketch(const BernoulliSketch& s) {
    fit(s.p > 0 && s.p <= 1, "0 < p <= 1");
    std::vector<Single> single;
    for (auto& kept : subsets()) {
      Rational weight = 1;
      for (const char k : kept) weight *= k != 0 ? s.p : Rational(1 - s.p);
      if (!weight.is_zero()) single.emplace_back(weight, std::move(kept));
    }
    draw(single, s.shared, [p = s.p](size_t, size_t) { return Number(Rational(1 / p)); });
  }

  void sketch(const BlockSketch& s) {
    std::vector<size_t> items, always;
    Kept shared(d_, 0);
    for (const int a : s.shared) {
      fit(a >= 0 && size_t(a) < d_ && shared[size_t(a)] == 0, "shared coordinates");
      shared[size_t(a)] = 1;
    }
    for (size_t a = 0; a < d_; ++a) (shared[a] != 0 ? always : items).push_back(a);
    fit(s.q >= 1 && size_t(s.q) * n_ == items.size(), "the rest is split by Perm-q");
    deal(items, always,
         [&](size_t, size_t a) { return shared[a] != 0 ? Number(1) : Number(Rational(n_)); });
  }

  void sketch(const UnitPermSketch&) {
    fit(n_ == d_, "n = d");
    const Number root = facts_.square_root(Rational(n_));
    deal_everything([root](size_t, size_t) { return root; });
  }

  void sketch(const ScaledPermSketch& s) {
    fit(n_ == d_, "n = d");
    std::vector<std::vector<Number>> scales(n_, std::vector<Number>(d_));
    for (size_t i = 0; i < n_; ++i) {
      if (s.reading == ScaledPermSketch::Reading::diagonal) {
        for (size_t a = 0; a < d_; ++a) {
          const Number& entry = L_[i].at(a, a);
          if (!facts_.positive(entry)) throw NoConfiguration("a diagonal entry is not positive");
          const Number reciprocal = entry.is_rational() ? Number(Rational(1 / entry.rational()))
                                                        : facts_.inverse(entry)->at(0, 0);
          scales[i][a] = facts_.square_root(Number(Rational(n_)) * reciprocal);
        }
      } else {
        const Number root = facts_.square_root(Rational(n_));
        const Mat x = facts_.inverse_root(L_[i]);
        for (size_t a = 0; a < d_; ++a) scales[i][a] = root * x.at(a, a);
      }
    }
    deal_everything([&](size_t i, size_t a) { return scales[i][a]; });
  }

  void sketch(const TableSketch& s) {
    for (const auto& outcome : s.outcomes) {
      fit(outcome.weight > 0 && outcome.C.size() == n_, "weights and numbers of matrices");
      add(outcome.weight, std::vector<Kept>(n_, Kept(d_, 0)), {});
      for (size_t i = 0; i < n_; ++i) {
        fit(size_t(outcome.C[i].rows()) == d_ && size_t(outcome.C[i].cols()) == d_, "sizes");
        for (size_t a = 0; a < d_; ++a)
          for (size_t b = 0; b < d_; ++b)
            all_.back().C[i].at(a, b) = outcome.C[i](Eigen::Index(a), Eigen::Index(b));
      }
    }
  }
};

}  // namespace

std::vector<Sketches> all_outcomes(const Case& c, const std::vector<Mat>& L, Facts& facts,
                                   size_t most) {
  return Enumeration(c, L, facts, most).run();
}

}  // namespace istcheck::check
