// The analysis of a case as JSON and as text.
#pragma once

#include <string>

#include "dynamics/analysis.hpp"
#include "dynamics/monte_carlo.hpp"
#include "dynamics/trajectory.hpp"
#include "report/json.hpp"

namespace istcheck {

/// The object of `istcheck analyze --json`. Every field that was asked for is there; null when the
/// case has no such thing, with the reason in "notes". `seconds` is the time the analysis took.
template <class S>
void write_analysis(JsonWriter& json, const Case& c, const Analysis<S>& a,
                    const AnalysisOptions& options, double seconds);

/// The same for reading: one line a quantity, exact value and decimal.
template <class S>
std::string analysis_text(const Case& c, const Analysis<S>& a, const AnalysisOptions& options);

/// An exact curve, with the simulation beside it when there is one.
template <class S>
struct Curve {
  std::vector<TrajectoryPoint<S>> points;
  std::vector<MonteCarloPoint> simulated;  ///< empty, or one for each point
  std::string simulated_reference;         ///< "minimizer" or "fixed_point"
};

template <class S>
void write_curve(JsonWriter& json, const Curve<S>& curve);

/// One line a round: k, step, E x^k, the three errors, exact and decimal, and the simulation.
template <class S>
std::string curve_csv(const Curve<S>& curve);

/// One row of a family's table.
struct FamilyRow {
  std::string value;
  std::vector<std::string> cells;
};
/// Headings of the cells of family_row.
const std::vector<std::string>& family_headings();
template <class S>
FamilyRow family_row(const std::string& value, const Analysis<S>& a);
std::string family_text(const std::string& name, const std::string& parameter,
                        const std::vector<FamilyRow>& rows);

}  // namespace istcheck
