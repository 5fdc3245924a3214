// Ascent on the violation of a claim.
#include <cmath>

#include "search/random_point.hpp"
#include "search/searchers.hpp"

namespace istcheck::search {

std::optional<Finding> ascend(const Referee& referee, const Space& space, std::uint64_t seed,
                              const Patience& patience) {
  Dice dice(seed);
  const auto rounded = [](double x) {
    return Rational(Integer(std::llround(x * 256)), Integer(256));
  };
  while (!patience.over()) {
    std::vector<Rational> here = random_point(dice, space);
    auto distance = referee.distance(space.at(here));
    if (!distance) continue;
    std::vector<double> reach(here.size(), 0.5);
    for (int round = 0, idle = 0; idle < 8 && round < 200 && !patience.over(); ++round) {
      bool moved = false;
      for (size_t k = 0; k < here.size() && !patience.over(); ++k) {
        std::vector<Rational> next = here;
        const double step = dice.one_in(2) ? reach[k] : -reach[k];
        next[k] = rounded(approximate(here[k]) + step);
        if (auto f = referee.violation(space.at(next))) return f;
        const auto there = referee.distance(space.at(next));
        if (there && *there < *distance) {
          here = std::move(next);
          distance = there;
          reach[k] *= 1.7;
          moved = true;
        } else {
          reach[k] *= 0.6;
        }
      }
      idle = moved ? 0 : idle + 1;
    }
  }
  return std::nullopt;
}

}  // namespace istcheck::search
