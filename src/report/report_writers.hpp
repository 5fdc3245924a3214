// The writers of `istcheck report`.
#pragma once

#include <string>

#include "report/document.hpp"

namespace istcheck {

/// The whole document; the schema is docs/report.schema.json. `compact` leaves out the indentation.
std::string report_json(const Document& d, bool compact = false);

/// Markdown as GitHub renders it, formulas included.
std::string report_markdown(const Document& d);

/// A table of the claims and an environment for every counterexample. A part of a document: the
/// comment at its head says which packages it needs; pdflatex compiles it.
std::string report_latex(const Document& d);

/// One file that opens from disk without a network: the bundled template with the document inside.
/// Throws std::runtime_error in a build without the template.
std::string report_html(const Document& d);

}  // namespace istcheck
