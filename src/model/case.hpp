// A case: one problem, sketch, method and step size, with values for a claim's own variables.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/affine_map.hpp"
#include "model/problem.hpp"
#include "model/schedule.hpp"
#include "model/sketch.hpp"

namespace istcheck {

/// A value that a case gives to a claim's variable: a scalar, a vector or a matrix.
using CaseValue = std::variant<Rational, RationalVector, RationalMatrix>;

/// Plain data, as the case file says it.
struct Case {
  std::string name;
  Rational step;                        // γ
  std::optional<Schedule> schedule;     // γ_k, when not constant
  std::optional<RationalVector> start;  // x⁰
  SketchSpec sketch;
  Method method;
  std::vector<Worker> workers;
  std::map<std::string, CaseValue> values;

  Eigen::Index n() const { return static_cast<Eigen::Index>(workers.size()); }
  Eigen::Index d() const { return workers.empty() ? 0 : workers.front().b.size(); }
  /// γ_k.
  Rational step_in_round(std::size_t k) const {
    return schedule ? step_at(*schedule, step, k) : step;
  }
};

/// The validated parts of a case, ready for dynamics.
struct Instance {
  Problem problem;
  Sketch sketch;
  Method method;
  RandomAffineMap map;        // one round of the method at step γ
  RandomAffineMap estimator;  // g of (26)
};

/// Throws std::invalid_argument when the parts do not fit together (never for a case that was read
/// from a file: reading checks this, with the place of the fault).
Instance instantiate(const Case& c);

}  // namespace istcheck
