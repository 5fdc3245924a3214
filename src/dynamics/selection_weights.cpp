#include "dynamics/selection_weights.hpp"

#include <algorithm>

namespace istcheck {
namespace {

/// In the order of Pattern: labels of the positions (a, k, l, b); equal labels are equal indices.
constexpr std::array<std::array<int, 4>, kPatterns> kPartition = {{{0, 1, 2, 3},
                                                                   {0, 0, 1, 2},
                                                                   {0, 1, 2, 2},
                                                                   {0, 0, 1, 1},
                                                                   {0, 1, 1, 2},
                                                                   {0, 1, 0, 2},
                                                                   {0, 1, 2, 1},
                                                                   {0, 1, 2, 0},
                                                                   {0, 1, 0, 1},
                                                                   {0, 1, 1, 0},
                                                                   {0, 0, 0, 1},
                                                                   {0, 0, 1, 0},
                                                                   {0, 1, 0, 0},
                                                                   {0, 1, 1, 1},
                                                                   {0, 0, 0, 0}}};

constexpr bool finer(size_t sigma, size_t tau) {
  for (size_t p = 0; p < 4; ++p)
    for (size_t q = 0; q < p; ++q)
      if (kPartition[sigma][p] == kPartition[sigma][q] && kPartition[tau][p] != kPartition[tau][q])
        return false;
  return true;
}

using Moebius = std::array<std::array<int, kPatterns>, kPatterns>;

/// The μ with v(π) = Σ_{σ ≤ π} μ(σ, π) w(σ): v(π) is w(π) less every v(τ) with τ finer than π, and
/// finer partitions of the list come first.
constexpr Moebius moebius() {
  Moebius mu{};
  for (size_t pi = 0; pi < kPatterns; ++pi) {
    mu[pi][pi] = 1;
    for (size_t tau = 0; tau < pi; ++tau)
      if (finer(tau, pi))
        for (size_t sigma = 0; sigma <= tau; ++sigma) mu[sigma][pi] -= mu[sigma][tau];
  }
  return mu;
}
constexpr Moebius kMoebius = moebius();

/// The probabilities asked of a law, each once.
class Chances {
 public:
  explicit Chances(const SelectionLaw* law) : law_(law) {}

  /// The place of w(π) in values().
  size_t place(size_t pattern, Flags x, Flags y, bool same_worker) {
    const auto& label = kPartition[pattern];
    std::array<bool, 4> in_i{}, in_j{};  // by label
    if (x.left) in_i[static_cast<size_t>(label[0])] = true;
    if (x.right) in_i[static_cast<size_t>(label[1])] = true;
    if (y.right) in_j[static_cast<size_t>(label[2])] = true;
    if (y.left) in_j[static_cast<size_t>(label[3])] = true;
    int r = 0, s = 0, t = 0;
    for (size_t block = 0; block < 4; ++block) {
      if (in_i[block] && in_j[block])
        ++t;
      else if (in_i[block])
        ++r;
      else if (in_j[block])
        ++s;
    }
    const std::array<int, 3> question =
        same_worker ? std::array{-1, -1, r + s + t} : std::array{r, s, t};
    const auto known = std::find(questions_.begin(), questions_.end(), question);
    if (known != questions_.end()) return static_cast<size_t>(known - questions_.begin());
    questions_.push_back(question);
    if (law_ == nullptr)
      values_.emplace_back(1);
    else
      values_.push_back(same_worker ? law_->same(r + s + t) : law_->cross(r, s, t));
    return questions_.size() - 1;
  }
  const std::vector<Rational>& values() const { return values_; }

 private:
  const SelectionLaw* law_;
  std::vector<std::array<int, 3>> questions_;
  std::vector<Rational> values_;
};

}  // namespace

SelectionWeights selection_weights(const SelectionLaw* law,
                                   const std::vector<std::pair<Flags, Flags>>& pairs) {
  Chances chances(law);
  std::vector<std::array<std::array<size_t, kPatterns>, 2>> places;
  for (const auto& [x, y] : pairs) {
    auto& place = places.emplace_back();
    for (size_t p = 0; p < kPatterns; ++p) {
      place[0][p] = chances.place(p, x, y, false);
      place[1][p] = chances.place(p, x, y, true);
    }
  }
  SelectionWeights result;
  for (const Rational& w : chances.values())
    result.denominator = lcm(result.denominator, denominator(w));
  std::vector<Integer> numerators;
  for (const Rational& w : chances.values())
    numerators.push_back(numerator(w) * (result.denominator / denominator(w)));
  const auto invert = [&](const std::array<size_t, kPatterns>& place) {
    std::array<Integer, kPatterns> v;
    for (size_t pi = 0; pi < kPatterns; ++pi)
      for (size_t sigma = 0; sigma <= pi; ++sigma) {
        const int mu = kMoebius[sigma][pi];
        mpz_srcptr w = numerators[place[sigma]].raw();
        if (mu > 0) mpz_addmul_ui(v[pi].raw(), w, static_cast<unsigned long>(mu));
        if (mu < 0) mpz_submul_ui(v[pi].raw(), w, static_cast<unsigned long>(-mu));
      }
    return v;
  };
  for (const auto& place : places) result.pairs.push_back({invert(place[0]), invert(place[1])});
  return result;
}

}  // namespace istcheck
