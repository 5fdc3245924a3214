// What a practitioner wants to know about a case, from exact values.
#pragma once

#include <string>
#include <vector>

#include "report/document.hpp"
#include "report/json.hpp"

namespace istcheck {

/// Whether the case is stable, for which step sizes, which of them is fastest, how much of the
/// error is bias (no step size removes it) and how much variance (smaller steps remove it), and
/// what other sketches and methods on the same problem would change. Limits that are hit become
/// sentences.
std::vector<Finding> advice(const Case& c);

/// An array of objects with name, text and value ({"exact", "decimal"} or null).
void write_findings(JsonWriter& json, const std::vector<Finding>& findings);

/// The same as lines of text.
std::string advice_text(const std::vector<Finding>& findings);

/// lim E‖x^k − x*‖² against the step size over the stable range, with the bias; nothing when there
/// is no such range, no error, or d(d+1)/2 exceeds 10.
std::vector<Figure> floor_figure(const Case& c);

/// A short list of the values of `istcheck analyze`, for the report.
std::vector<Finding> analysis_findings(const Case& c);

}  // namespace istcheck
