// Points that fulfil facts with numbers as coefficients, found on lines through points that fulfil
// some of them.
#pragma once

#include "dynamics/way.hpp"

namespace istcheck::decision {

/// Values of the entries that fulfil what `refute` left, and of those that it solved.
std::optional<Point> find_point(const Way& way);

/// An x that fulfils facts in one unknown (no others, no roots): a short fraction where there is
/// one.
struct OnLine {
  std::optional<Surd> x;
  bool open = false;  ///< some place could not be looked at
};
OnLine find_on_line(const std::vector<Fact>& facts, unsigned unknown);

}  // namespace istcheck::decision
