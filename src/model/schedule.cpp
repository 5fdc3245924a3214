#include "model/schedule.hpp"

#include <algorithm>

namespace istcheck {

Rational step_at(const Schedule& schedule, const Rational& step, std::size_t k) {
  if (const auto* harmonic = std::get_if<HarmonicSchedule>(&schedule))
    return step / (1 + Rational(Integer(k)) * harmonic->c);
  const auto& steps = std::get<ListSchedule>(schedule).steps;
  return steps[std::min(k, steps.size() - 1)];
}

std::optional<Rational> step_at_last(const Schedule& schedule, const Rational& step) {
  if (const auto* harmonic = std::get_if<HarmonicSchedule>(&schedule))
    return harmonic->c == 0 ? std::optional(step) : std::nullopt;
  return std::get<ListSchedule>(schedule).steps.back();
}

}  // namespace istcheck
