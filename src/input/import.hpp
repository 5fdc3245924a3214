// Least squares on data, distributed over workers, as a case.
//
// Worker i holds m_i rows; A_i has one row a and y_i one entry for each of them, and
//     f_i(x) = (1/2m_i) ‖A_i x − y_i‖² + ½ ridge ‖x‖²   (up to a constant), so
//     L_i = (1/m_i) A_iᵀA_i + ridge·I,   b_i = (1/m_i) A_iᵀy_i,
// computed without a rounding anywhere.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "input/table.hpp"
#include "model/case.hpp"

namespace istcheck {

struct ImportOptions {
  std::string target;                 // the column y
  std::vector<std::string> features;  // the columns of A; none: all but target and workers_by
  bool intercept = false;             // one more feature, the last one, that is 1 in every row
  std::string workers_by;             // one worker for each text in this column, in order of first
  int workers = 0;                    // appearance; or else this many blocks of consecutive rows
  std::optional<std::size_t> rows;    // only the first so many complete rows
  Rational ridge = 0;
  Rational scale = 1;         // multiplies the features, but neither the intercept nor the target
  Rational target_scale = 1;  // multiplies the target
  // What the case says besides the data.
  std::string name;
  std::optional<Rational> step;      // none: see safe_step
  std::optional<SketchSpec> sketch;  // none: see default_sketch
  Method method;
};

/// A case and how it came from the table.
struct Imported {
  struct Group {
    std::string name;
    std::size_t rows;
  };
  Case made;
  std::vector<std::string> coordinates;  // what each of the d coordinates belongs to
  std::vector<Group> groups;             // the workers
  std::size_t rows_seen = 0;             // up to the last row that was needed
  std::size_t rows_dropped = 0;          // rows among them with a missing value in a column in use
  std::string first_dropped;             // "file:line: column" of the first such value
};

/// Throws InputError, with file, line and column name where there is one, for unknown or repeated
/// columns, text that is not a number, workers without rows, sizes beyond reason, and a sketch or
/// method that does not fit the data.
Imported import_table(const Table& table, const ImportOptions& options);

/// Perm-q with q = d/n when n divides d; Perm with remainder otherwise, also for d < n.
SketchSpec default_sketch(Index n, Index d);

/// The greatest power of two γ <= 1/(s² tr L̄), with s the greatest scale of the case's sketch.
/// Every outcome of B̄ = (1/n) Σ C_i L_i C_i is at most s² tr L̄, so no round of sketched-gradient
/// expands. 1 when all L_i are zero.
Rational safe_step(const Case& c);

/// What was read, how, and what was dropped: a few lines of text, the first of which sums it up.
std::string describe(const Imported& imported, const Table& table, const ImportOptions& options);

}  // namespace istcheck
