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

/// The numbers of a case.
struct Numbers {
  Rational step;                        // γ
  std::optional<RationalVector> start;  // x⁰
  std::vector<Worker> workers;
  std::map<std::string, CaseValue> values;
  // Of a method as text:
  std::map<std::string, CaseValue> parameters = {};  // its own ones, beside kind and file
  std::map<std::string, CaseValue> data = {};        // [data]
  /// The start of blocks, when `start` is a table: a vector, or a matrix with a row for each index.
  std::map<std::string, CaseValue> blocks = {};
};

/// α, the only real root of a polynomial in an open interval, as the case file says it: integer
/// coefficients, lowest degree first.
struct Alpha {
  std::vector<Integer> polynomial;
  Rational low, high;
};

/// Plain data, as the case file says it. Its numbers are Σ q √r α^k: `roots` has the multiples of
/// each √r α^k other than 1 that occurs (equal in shape to the members here, which are the rational
/// parts), and is empty for a rational case. Readers refuse irrational numbers unless the caller
/// takes them, so that who does not know of `roots` never meets any.
struct Case : Numbers {
  std::string name;
  std::optional<Schedule> schedule;  // γ_k, when not constant
  SketchSpec sketch;
  Method method;
  std::map<Irrational, Numbers> roots;
  std::optional<Alpha> alpha;  // there when powers of it are among the roots

  bool rational() const { return roots.empty(); }
  Index n() const { return static_cast<Index>(workers.size()); }
  Index d() const { return workers.empty() ? 0 : workers.front().b.size(); }
  /// γ_k of a rational case.
  Rational step_in_round(std::size_t k) const {
    return schedule ? step_at(*schedule, step, k) : step;
  }
  /// γ_last of a rational case, the step that limits, stability and factors belong to
  /// (docs/semantics.md 4.6); nothing when the steps tend to zero.
  std::optional<Rational> last_step() const {
    return schedule ? step_at_last(*schedule, step) : step;
  }
};

// The numbers of any case, in full.
/// Q(α); null when the case has no α. Throws std::domain_error when the interval isolates no root,
/// and as NumberField::of does.
Surd::Field field_of(const Case& c);
Surd step_of(const Case& c);
/// γ_k and γ_last, as Case::step_in_round and last_step for a rational case.
Surd step_in_round_of(const Case& c, std::size_t k);
std::optional<Surd> last_step_of(const Case& c);
/// x⁰; zero when the case has none.
SurdVector start_of(const Case& c);
std::vector<SurdWorker> workers_of(const Case& c);
/// A number, a vector or a matrix as it is written in `values`; a number is 1 × 1. Throws
/// std::out_of_range when there is none of the name.
SurdMatrix value_of(const Case& c, const std::string& name);
/// The same of one of the maps of Numbers: value_in(c, &Numbers::parameters, "alpha").
SurdMatrix value_in(const Case& c, std::map<std::string, CaseValue> Numbers::*map,
                    const std::string& name);

/// Gives a variable this rational value.
void set_value(Case& c, const std::string& name, const CaseValue& value);
/// Visits the rational parts and the multiples of every root.
template <class Visit>
void each_part(Case& c, const Visit& visit) {
  visit(static_cast<Numbers&>(c));
  for (auto& [root, part] : c.roots) visit(part);
}

/// The validated parts of a case, ready for dynamics.
struct Instance {
  Problem problem;
  Sketch sketch;
  Method method;
  RandomAffineMap map;        // one round of the method at step γ
  RandomAffineMap estimator;  // g of (26)
};

/// Of rational workers where all their numbers are rational: irrational numbers elsewhere, as in
/// the steps, change nothing there.
Problem problem_of(const Case& c);
/// The map has no closed form when the case is not rational. Throws std::invalid_argument when the
/// parts do not fit together (never for a case that was read from a file: reading checks this, with
/// the place of the fault).
Instance instantiate(const Case& c);

}  // namespace istcheck
