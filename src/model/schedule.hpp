// Step-size schedules γ_0, γ_1, …
#pragma once

#include <map>
#include <optional>
#include <variant>
#include <vector>

#include "exact/surd.hpp"

namespace istcheck {

/// γ_k = γ / (1 + k·c).
struct HarmonicSchedule {
  Rational c;
};
/// γ_0, γ_1, …; the last one is kept for all later rounds.
struct ListSchedule {
  std::vector<Rational> steps;                             ///< the rational parts
  std::map<Irrational, std::vector<Rational>> roots = {};  ///< the multiples of each √r α^k
};
using Schedule = std::variant<HarmonicSchedule, ListSchedule>;

// Of rational steps:
/// γ_k for a case whose [step] is γ.
Rational step_at(const Schedule& schedule, const Rational& step, std::size_t k);
/// The step of all rounds from some round on; nothing when the steps tend to zero.
std::optional<Rational> step_at_last(const Schedule& schedule, const Rational& step);

}  // namespace istcheck
