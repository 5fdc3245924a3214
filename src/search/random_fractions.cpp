// Random configurations with short fractions.
#include "search/random_point.hpp"
#include "search/searchers.hpp"

namespace istcheck::search {

std::optional<Finding> random_fractions(const Referee& referee, const Space& space,
                                        std::uint64_t seed, const Patience& patience) {
  Dice dice(seed);
  while (!patience.over()) {
    if (auto f = referee.violation(space.at(random_point(dice, space)))) return f;
  }
  return std::nullopt;
}

bool worth_searching(const Referee& referee, const Space& space, const Patience& patience) {
  Dice dice(1);
  for (int k = 0; k < 60 && !patience.over(); ++k) {
    const Case c = space.at(random_point(dice, space));
    try {
      if (referee.asks(c) && !claim::unfit(referee.claim(), c, referee.options())) return true;
    } catch (const std::exception&) {  // no value at this point
    }
  }
  return false;
}

}  // namespace istcheck::search
