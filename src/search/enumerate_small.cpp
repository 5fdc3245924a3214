// Exact enumeration of small integer configurations in order of size.
#include <algorithm>

#include "search/searchers.hpp"

namespace istcheck::search {
namespace {

/// The values of a coordinate and what each adds to the size of a point.
struct Choice {
  Rational value;
  int size;
};

std::vector<Choice> choices(Role role, int most) {
  std::vector<Choice> result;
  switch (role) {
    case Role::step:
      result = {{1, 0},
                {Rational(1, 2), 1},
                {2, 1},
                {Rational(1, 4), 2},
                {Rational(1, 3), 2},
                {4, 3},
                {Rational(1, 8), 3},
                {Rational(3, 2), 3},
                {8, 4},
                {Rational(1, 16), 4}};
      break;
    case Role::number:
      result = {{0, 0}, {1, 1}, {-1, 1}, {Rational(1, 2), 2}, {2, 2}, {-2, 2}, {Rational(1, 4), 3}};
      for (int k = 3; k <= most; ++k) result.insert(result.end(), {{k, k}, {-k, k}});
      break;
    case Role::diagonal:
    case Role::noise:
      for (int k = 0; k <= most; ++k) result.push_back({k, k});
      break;
    default:
      result.push_back({0, 0});
      for (int k = 1; k <= most; ++k) result.insert(result.end(), {{k, k}, {-k, k}});
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const Choice& a, const Choice& b) { return a.size < b.size; });
  return result;
}

class Enumeration {
 public:
  Enumeration(const Referee& referee, const Space& space, const Patience& patience)
      : referee_(referee), space_(space), patience_(patience), point_(space.slots().size()) {
    for (const auto& slot : space.slots()) {
      const bool diagonal = slot.role == Role::off_diagonal && space.restriction().unit_diagonal;
      choices_.push_back(choices(slot.role, kMost));
      if (diagonal) {  // off-diagonal entries of a matrix with unit diagonal are fractions
        choices_.back() = {{0, 0},
                           {Rational(1, 2), 1},
                           {Rational(-1, 2), 1},
                           {Rational(1, 3), 2},
                           {Rational(-1, 3), 2},
                           {Rational(3, 4), 3},
                           {Rational(-3, 4), 3},
                           {Rational(1, 4), 3},
                           {1, 4},
                           {-1, 4},
                           {Rational(9, 10), 5}};
      }
    }
  }

  std::optional<Finding> run() {
    for (int size = 0; size <= kMost * 3; ++size) {
      if (!place(0, size)) break;
    }
    return std::move(found_);
  }

 private:
  static constexpr int kMost = 24;
  const Referee& referee_;
  const Space& space_;
  const Patience& patience_;
  std::vector<std::vector<Choice>> choices_;
  std::vector<Rational> point_;
  std::optional<Finding> found_;

  /// Fills the coordinates from `slot` on with choices of the given sizes in sum; false to stop.
  bool place(size_t slot, int size) {
    if (slot > 0 && space_.slots_per_matrix() > 0 && slot % space_.slots_per_matrix() == 0 &&
        slot / space_.slots_per_matrix() <= space_.matrices() && !matrix_fits(slot)) {
      return true;
    }
    if (slot == point_.size()) {
      if (size != 0) return true;
      if (patience_.over()) return false;
      found_ = referee_.violation(space_.at(point_));
      return !found_;
    }
    for (const Choice& c : choices_[slot]) {
      if (c.size > size) break;
      point_[slot] = c.value;
      if (!place(slot + 1, size - c.size)) return false;
    }
    return true;
  }

  /// Whether the matrix that ends before `slot` is positive semidefinite.
  bool matrix_fits(size_t slot) const {
    const size_t per = space_.slots_per_matrix();
    const Index d = space_.shape().d;
    auto next = point_.begin() + static_cast<std::ptrdiff_t>(slot - per);
    RationalMatrix L = RationalMatrix::Identity(d, d);
    for (Index j = 0; j < d && !space_.restriction().unit_diagonal; ++j) L(j, j) = *next++;
    for (Index j = 0; j < d && !space_.restriction().diagonal; ++j) {
      for (Index k = j + 1; k < d; ++k) L(j, k) = L(k, j) = *next++;
    }
    return Referee::convex(L);
  }
};

}  // namespace

std::optional<Finding> enumerate_small(const Referee& referee, const Space& space,
                                       const Patience& patience) {
  return Enumeration(referee, space, patience).run();
}

}  // namespace istcheck::search
