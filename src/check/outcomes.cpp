#include "check/outcomes.hpp"

#include <algorithm>
#include <bit>
#include <functional>

namespace istcheck::check {
namespace {

using Deal = std::vector<size_t>;  ///< the box of each item

void fit(bool good, const std::string& message) {
  if (!good) throw std::invalid_argument("the sketch does not fit: " + message);
}

void require_at_most(size_t most, size_t count) {
  if (count > most) throw Undecided("the sketch has more outcomes than the header allows");
}

/// Every way to give each item a box so that the loads of two boxes differ by at most one: all
/// arrangements of the loads, for each choice of the boxes that take one item more.
std::vector<Deal> even_deals(size_t items, size_t boxes, size_t most) {
  std::vector<Deal> all;
  std::vector<size_t> more(boxes, 0);
  std::fill(more.end() - long(items % boxes), more.end(), 1);
  do {
    Deal deal;
    for (size_t k = 0; k < boxes; ++k) deal.insert(deal.end(), items / boxes + more[k], k);
    do {
      all.push_back(deal);
      require_at_most(most, all.size());
    } while (std::next_permutation(deal.begin(), deal.end()));
  } while (std::next_permutation(more.begin(), more.end()));
  std::sort(all.begin(), all.end());
  return all;
}

class Enumeration {
 public:
  Enumeration(const Case& c, const std::vector<Mat>& L, const Parameters& parameters, Facts& facts,
              size_t most)
      : c_(c),
        L_(L),
        parameters_(parameters),
        facts_(facts),
        most_(most),
        n_(size_t(c.n())),
        d_(size_t(c.d())) {}

  std::vector<Sketches> run() {
    std::visit([this](const auto& spec) { sketch(spec); }, c_.sketch);
    Number sum;
    for (const auto& o : all_) sum = sum + o.weight;
    fit(sum == Number(1), "the weights do not sum to 1");
    return std::move(all_);
  }

 private:
  const Case& c_;
  const std::vector<Mat>& L_;
  const Parameters& parameters_;
  Facts& facts_;
  const size_t most_, n_, d_;
  std::vector<Sketches> all_;

  Mat scale_;  ///< of a coordinate (column) that a worker (row) keeps

  void scale_all(const Number& x) {
    scale_ = Mat(n_, d_, [&](size_t, size_t) { return x; });
  }

  /// C_i is diagonal: the scale of each coordinate that worker i keeps, 0 elsewhere.
  void add(const Number& weight, const std::function<bool(size_t, size_t)>& kept) {
    Sketches o{weight, {}};
    for (size_t i = 0; i < n_; ++i)
      o.C.emplace_back(d_, d_, [&](size_t a, size_t b) {
        return a == b && kept(i, a) ? scale_.at(i, a) : Number();
      });
    all_.push_back(std::move(o));
    require_at_most(most_, all_.size());
  }

  /// Every worker draws a set of coordinates, independently or all the same; the weight of a set is
  /// in proportion to what `weight` says of its size; the sum over all sets is a number.
  void draw(bool shared, const std::function<Number(size_t size)>& weight) {
    require_at_most(16, d_);
    std::vector<std::pair<Number, size_t>> sets;  // coordinate a is in a set when bit a is
    Number total;
    for (size_t bits = 0; bits < (size_t(1) << d_); ++bits) {
      const Number w = weight(size_t(std::popcount(bits)));
      if (!w.vanishes()) sets.emplace_back(w, bits);
      total = total + w;
    }
    fit(total.is_rational() && total.rational() > 0, "the weights of the sets");
    const Number share = Rational(1 / total.rational());
    std::vector<size_t> pick(shared ? 1 : n_, 0);
    for (size_t at = 0; at < pick.size();) {
      Number product = 1;
      for (const size_t k : pick) product = product * (share * sets[k].first);
      add(product,
          [&](size_t i, size_t a) { return ((sets[pick[shared ? 0 : i]].second >> a) & 1U) != 0; });
      for (at = 0; at < pick.size() && ++pick[at] == sets.size();) pick[at++] = 0;
    }
  }

  /// The coordinates are dealt to the workers, except those in `shared`, which go to everyone.
  void deal(const std::vector<char>& shared) {
    std::vector<size_t> place;  // of a coordinate among those that are dealt
    size_t items = 0;
    for (const char s : shared) place.push_back(s != 0 ? items : items++);
    const auto deals = even_deals(items, n_, most_);
    for (const Deal& worker : deals)
      add(Rational(Rational(1) / Rational(deals.size())),
          [&](size_t i, size_t a) { return shared[a] != 0 || worker[place[a]] == i; });
  }
  void deal_everything() { deal(std::vector<char>(d_, 0)); }

  void sketch(const IdentitySketch&) {
    scale_all(1);
    deal(std::vector<char>(d_, 1));
  }

  /// Coordinates are dealt to workers, or workers to coordinates.
  void sketch(const PermSketch& s) {
    scale_all(Rational(std::min(n_, d_)));
    if (d_ >= n_) {
      fit(s.remainder || (s.q >= 1 && size_t(s.q) * n_ == d_), "d = qn");
      return deal_everything();
    }
    fit(s.remainder || n_ % d_ == 0, "d divides n");
    const auto deals = even_deals(n_, d_, most_);
    for (const Deal& coordinate : deals)
      add(Rational(Rational(1) / Rational(deals.size())),
          [&](size_t i, size_t a) { return coordinate[i] == a; });
  }

  void sketch(const RandSketch& s) {
    fit(s.q >= 1 && size_t(s.q) <= d_, "1 <= q <= d");
    scale_all(Rational(d_) / Rational(s.q));
    draw(s.shared, [&](size_t size) { return Number(size == size_t(s.q) ? 1 : 0); });
  }

  void sketch(const BernoulliSketch& s) {
    const Number rest = Number(1) - parameters_.p;
    if (!facts_.positive(parameters_.p) || facts_.negative(rest))
      throw NoConfiguration("p is not in (0, 1]");
    // Outcomes of weight 0 do not exist.
    const Number p = facts_.zero(rest) ? Number(1) : parameters_.p;
    scale_all(facts_.reciprocal(p));
    draw(s.shared, [&](size_t size) {
      Number weight = 1;
      for (size_t a = 0; a < d_; ++a) weight = weight * (a < size ? p : Number(1) - p);
      return weight;
    });
  }

  void sketch(const BlockSketch& s) {
    std::vector<char> shared(d_, 0);
    for (const int a : s.shared) {
      fit(a >= 0 && size_t(a) < d_ && shared[size_t(a)] == 0, "shared coordinates");
      shared[size_t(a)] = 1;
    }
    fit(s.q >= 1 && size_t(s.q) * n_ + s.shared.size() == d_, "the rest is split by Perm-q");
    scale_ = Mat(n_, d_, [&](size_t, size_t a) { return shared[a] != 0 ? 1 : Rational(n_); });
    deal(shared);
  }

  void sketch(const UnitPermSketch&) {
    fit(n_ == d_, "n = d");
    scale_all(facts_.square_root(Rational(n_)));
    deal_everything();
  }

  void sketch(const ScaledPermSketch& s) {
    fit(n_ == d_, "n = d");
    scale_all(0);
    for (size_t i = 0; i < n_; ++i) {
      if (s.reading == ScaledPermSketch::Reading::printed) {
        const Number root = facts_.square_root(Rational(n_));
        scale_.put((root * facts_.inverse_root(L_[i])).diagonal().transposed(), i, 0);
        continue;
      }
      for (size_t a = 0; a < d_; ++a) {
        const Number& entry = L_[i].at(a, a);
        if (!facts_.positive(entry)) throw NoConfiguration("a diagonal entry is not positive");
        scale_.at(i, a) = facts_.square_root(Number(Rational(n_)) * facts_.reciprocal(entry));
      }
    }
    deal_everything();
  }

  void sketch(const TableSketch& s) {
    for (size_t k = 0; k < s.outcomes.size(); ++k) {
      const auto& outcome = s.outcomes[k];
      const Number& weight = parameters_.weights.at(k);
      if (!facts_.positive(weight)) throw NoConfiguration("a weight that is not positive");
      fit(outcome.C.size() == n_, "numbers of matrices");
      Sketches o{weight, {}};
      for (const auto& C : outcome.C) {
        fit(size_t(C.rows()) == d_ && size_t(C.cols()) == d_, "sizes");
        o.C.emplace_back(C);
      }
      all_.push_back(std::move(o));
      require_at_most(most_, all_.size());
    }
  }
};

}  // namespace

std::vector<Sketches> all_outcomes(const Case& c, const std::vector<Mat>& L,
                                   const Parameters& parameters, Facts& facts, size_t most) {
  return Enumeration(c, L, parameters, facts, most).run();
}

}  // namespace istcheck::check
