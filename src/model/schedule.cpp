#include "model/schedule.hpp"

#include <algorithm>

namespace istcheck {

Rational step_at(const Schedule& schedule, const Rational& step, std::size_t k) {
  if (const auto* harmonic = std::get_if<HarmonicSchedule>(&schedule))
    return step / (1 + Rational(Integer(k)) * harmonic->c);
  const auto& steps = std::get<ListSchedule>(schedule).steps;
  return steps[std::min(k, steps.size() - 1)];
}

}  // namespace istcheck
