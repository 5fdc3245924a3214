#include "input/import.hpp"

#include <algorithm>
#include <stdexcept>

#include "input/case_file.hpp"

namespace istcheck {

namespace {

/// Exact numbers of a case beyond this many bits in total are refused.
constexpr std::size_t kMaxCaseBits = std::size_t{1} << 33;

std::string quoted(const std::string& name) { return "'" + name + "'"; }

[[noreturn]] void refuse(const Table& table, const std::string& message) {
  throw InputError(table.file() + ": " + message);
}

// ---- Which columns ------------------------------------------------------------------------------

/// Indices of columns; numbers holds the features and then the target.
struct Columns {
  std::vector<std::size_t> numbers;
  std::optional<std::size_t> group;
};

std::vector<std::size_t> feature_columns(const Table& table, const ImportOptions& options,
                                         std::size_t target, std::optional<std::size_t> group) {
  std::vector<std::size_t> result;
  for (const std::string& name : options.features) {
    const std::size_t column = table.column(name);
    if (column == target) refuse(table, "column " + quoted(name) + " is both target and feature");
    if (std::find(result.begin(), result.end(), column) != result.end())
      refuse(table, "feature " + quoted(name) + " is named twice");
    result.push_back(column);
  }
  if (options.features.empty())
    for (std::size_t column = 0; column < table.columns().size(); ++column)
      if (column != target && column != group) result.push_back(column);
  return result;
}

Columns choose_columns(const Table& table, const ImportOptions& options) {
  Columns result;
  const std::size_t target = table.column(options.target);
  if (!options.workers_by.empty()) result.group = table.column(options.workers_by);
  result.numbers = feature_columns(table, options, target, result.group);
  if (result.numbers.empty() && !options.intercept)
    refuse(table, "no column is left as a feature beside the target " + quoted(options.target));
  result.numbers.push_back(target);
  return result;
}

// ---- Which rows, and whose they are -------------------------------------------------------------

/// The complete rows, and what the numbers in them have in common.
struct Rows {
  std::vector<std::size_t> kept;
  std::size_t seen = 0;
  std::string first_dropped;
  std::vector<Integer> denominators;  // per number column: the least common denominator
  std::size_t bits = 1;               // of the longest number when it is cleared of denominators
};

std::optional<std::size_t> missing_column(const Table& table, const Columns& columns,
                                          std::size_t row) {
  for (const std::size_t column : columns.numbers)
    if (!table.text(row, column)) return column;
  if (columns.group && !table.text(row, *columns.group)) return *columns.group;
  return std::nullopt;
}

std::size_t bits_of(const Integer& x) { return x == 0 ? 0 : msb(abs(x)) + 1; }

/// When all columns were taken as features, text among them is likely no mistake in the data.
Rational number_in(const Table& table, std::size_t row, std::size_t column,
                   const ImportOptions& options) {
  try {
    return *table.number(row, column);
  } catch (const InputError& error) {
    if (!options.features.empty()) throw;
    throw InputError(std::string(error.what()) + "; choose the columns of numbers with --features");
  }
}

void survey_numbers(const Table& table, const Columns& columns, std::size_t row,
                    const ImportOptions& options, Rows& rows) {
  for (std::size_t k = 0; k < columns.numbers.size(); ++k) {
    const Rational value = number_in(table, row, columns.numbers[k], options);
    Integer& common = rows.denominators[k];
    if (common % denominator(value) != 0) common = lcm(common, Integer(denominator(value)));
    rows.bits = std::max(rows.bits, bits_of(numerator(value)) + bits_of(common));
  }
}

Rows choose_rows(const Table& table, const Columns& columns, const ImportOptions& options) {
  Rows result;
  result.denominators.assign(columns.numbers.size(), Integer(1));
  const std::size_t wanted = options.rows.value_or(table.rows());
  for (; result.seen < table.rows() && result.kept.size() < wanted; ++result.seen) {
    const auto missing = missing_column(table, columns, result.seen);
    if (!missing) {
      survey_numbers(table, columns, result.seen, options, result);
      result.kept.push_back(result.seen);
    } else if (result.first_dropped.empty()) {
      result.first_dropped =
          table.place(result.seen, *missing) + ": " + quoted(table.columns()[*missing]);
    }
  }
  if (result.kept.empty()) refuse(table, "every row has a missing value in a column in use");
  if (options.rows && result.kept.size() < wanted)
    refuse(table, "--rows " + std::to_string(wanted) + ": there are only " +
                      std::to_string(result.kept.size()) + " complete rows");
  return result;
}

/// The workers, and for each kept row the index of its worker.
struct Grouping {
  std::vector<Imported::Group> groups;
  std::vector<std::size_t> of_row;
};

Grouping group_by_column(const Table& table, std::size_t column, const Rows& rows) {
  std::unordered_map<std::string_view, std::size_t> index;
  Grouping result;
  std::size_t next = 0;
  for (std::size_t row = 0; row < rows.seen; ++row) {
    const auto name = table.text(row, column);
    if (!name) continue;
    const auto [position, added] = index.try_emplace(*name, index.size());
    if (added) result.groups.push_back({std::string(*name), 0});
    if (next == rows.kept.size() || rows.kept[next] != row) continue;
    ++next;
    ++result.groups[position->second].rows;
    result.of_row.push_back(position->second);
  }
  for (const auto& group : result.groups)
    if (group.rows == 0)
      refuse(table, "every row with " + quoted(table.columns()[column]) + " = " +
                        quoted(group.name) + " has a missing value; its worker would have no rows");
  return result;
}

Grouping group_in_blocks(const Table& table, int workers, const Rows& rows) {
  const auto n = static_cast<std::size_t>(workers);
  if (n > rows.kept.size())
    refuse(table, std::to_string(n) + " workers but only " + std::to_string(rows.kept.size()) +
                      " complete rows; every worker needs one");
  Grouping result;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t size = rows.kept.size() / n + (i < rows.kept.size() % n ? 1 : 0);
    const std::size_t first = result.of_row.size() + 1;
    result.of_row.insert(result.of_row.end(), size, i);
    result.groups.push_back(
        {"rows " + std::to_string(first) + " to " + std::to_string(first + size - 1), size});
  }
  return result;
}

// ---- The matrices -------------------------------------------------------------------------------

/// Σ z zᵀ over integer vectors z, its upper triangle.
class GramSum {
 public:
  explicit GramSum(std::size_t size)
      : sums_(static_cast<Index>(size), static_cast<Index>(size)), rows_(0) {}

  void add(const std::vector<Integer>& z) {
    for (std::size_t j = 0; j < z.size(); ++j) {
      if (z[j] == 0) continue;
      for (std::size_t k = j; k < z.size(); ++k)
        mpz_addmul(sums_(static_cast<Index>(j), static_cast<Index>(k)).raw(), z[j].raw(),
                   z[k].raw());
    }
    ++rows_;
  }

  /// The mean of (Uz)(Uz)ᵀ with U = Diag(units), entry (j, k).
  Rational mean(Index j, Index k, const std::vector<Rational>& units) const {
    const auto& [low, high] = std::minmax(j, k);
    return units[static_cast<std::size_t>(j)] * units[static_cast<std::size_t>(k)] *
           Rational(sums_(low, high), rows_);
  }

 private:
  Matrix<Integer> sums_;
  Integer rows_;
};

/// Where the rows z = (features, intercept, target) of all workers are summed up.
class LeastSquares {
 public:
  LeastSquares(const Table& table, const Columns& columns, const Rows& rows,
               const ImportOptions& options)
      : table_(table), columns_(columns), rows_(rows), options_(options) {
    for (std::size_t k = 0; k < columns.numbers.size(); ++k) {
      const bool target = k + 1 == columns.numbers.size();
      if (target && options.intercept) units_.emplace_back(1);
      units_.push_back((target ? options.target_scale : options.scale) /
                       Rational(rows.denominators[k]));
    }
  }

  std::vector<Worker> workers(const Grouping& grouping) const {
    require_room(grouping.groups.size());
    std::vector<GramSum> sums(grouping.groups.size(), GramSum(units_.size()));
    std::vector<Integer> z(units_.size());
    for (std::size_t k = 0; k < rows_.kept.size(); ++k) {
      load(rows_.kept[k], z);
      sums[grouping.of_row[k]].add(z);
    }
    std::vector<Worker> result;
    for (const GramSum& sum : sums) result.push_back(worker(sum));
    return result;
  }

 private:
  /// Before anything of size n d² is allocated.
  void require_room(std::size_t n) const {
    const std::size_t size = units_.size();
    if (size * size > kMaxCaseBits / n / (2 * rows_.bits))
      refuse(table_, "a case of " + std::to_string(n) + " workers with " +
                         std::to_string(size - 1) + " features of " + std::to_string(rows_.bits) +
                         " bits is too large");
  }

  /// A row without its denominators.
  void load(std::size_t row, std::vector<Integer>& z) const {
    for (std::size_t k = 0; k < columns_.numbers.size(); ++k) {
      const bool target = k + 1 == columns_.numbers.size();
      const Rational value = *table_.number(row, columns_.numbers[k]);
      z[target ? z.size() - 1 : k] =
          numerator(value) * (rows_.denominators[k] / denominator(value));
    }
    if (options_.intercept) z[z.size() - 2] = 1;
  }

  Worker worker(const GramSum& sum) const {
    const auto d = static_cast<Index>(units_.size()) - 1;
    Worker result{RationalMatrix(d, d), RationalVector(d), RationalMatrix::Zero(d, d)};
    for (Index j = 0; j < d; ++j) {
      for (Index k = 0; k <= j; ++k) result.L(j, k) = result.L(k, j) = sum.mean(j, k, units_);
      result.L(j, j) += options_.ridge;
      result.b(j) = sum.mean(j, d, units_);
    }
    return result;
  }

  const Table& table_;
  const Columns& columns_;
  const Rows& rows_;
  const ImportOptions& options_;
  std::vector<Rational> units_;  // what an integer in z counts
};

// ---- The case -----------------------------------------------------------------------------------

void check_options(const Table& table, const ImportOptions& options) {
  if (options.workers_by.empty() == (options.workers == 0))
    refuse(table, "give either the column that tells the workers apart or their number");
  if (options.workers_by.empty() && options.workers < 1)
    refuse(table, "the number of workers must be at least 1");
  if (options.ridge < 0) refuse(table, "the ridge " + to_string(options.ridge) + " is negative");
  if (options.scale == 0 || options.target_scale == 0) refuse(table, "a scale must not be 0");
  if (options.step && *options.step <= 0)
    refuse(table, "the step size " + to_string(*options.step) + " is not positive");
  if (options.rows && *options.rows == 0) refuse(table, "the number of rows must be at least 1");
}

/// The greatest power of two that is at most x > 0.
Rational floor_to_power_of_two(const Rational& x) {
  const auto up = static_cast<unsigned>(msb(numerator(x))),
             down = static_cast<unsigned>(msb(denominator(x)));
  const Rational power(Integer(1) << up, Integer(1) << down);
  return power <= x ? power : Rational(power / 2);
}

Case make_case(const Table& table, const ImportOptions& options, std::vector<Worker> workers) {
  Case result;
  result.name = options.name;
  result.workers = std::move(workers);
  result.sketch = options.sketch ? *options.sketch : default_sketch(result.n(), result.d());
  result.method = options.method;
  try {
    result.step = options.step ? *options.step : safe_step(result);
    instantiate(result);
  } catch (const std::invalid_argument& misfit) {
    refuse(table, misfit.what());
  }
  return result;
}

}  // namespace

SketchSpec default_sketch(Index n, Index d) {
  PermSketch perm;
  if (d < n) perm.q = 1;
  if (d >= n && d % n == 0) perm.q = static_cast<int>(d / n);
  perm.remainder = d >= n ? d % n != 0 : n % d != 0;
  return perm;
}

Rational safe_step(const Case& c) {
  const Problem problem(c.workers);
  const Sketch sketch(c.sketch, problem);
  Rational bound = 0;  // at least s² for every scale s
  for (Index k = 0; k < sketch.scales().size(); ++k) {
    const Surd square = sketch.scales().data()[k] * sketch.scales().data()[k];
    if (!square.is_rational()) throw std::invalid_argument("a step size must be given");
    bound = std::max(bound, square.rational());
  }
  bound *= problem.mean_L().trace();
  return bound == 0 ? Rational(1) : floor_to_power_of_two(1 / bound);
}

Imported import_table(const Table& table, const ImportOptions& options) {
  check_options(table, options);
  const Columns columns = choose_columns(table, options);
  const Rows rows = choose_rows(table, columns, options);
  Grouping grouping = columns.group ? group_by_column(table, *columns.group, rows)
                                    : group_in_blocks(table, options.workers, rows);
  Imported result;
  result.made =
      make_case(table, options, LeastSquares(table, columns, rows, options).workers(grouping));
  for (std::size_t k = 0; k + 1 < columns.numbers.size(); ++k)
    result.coordinates.push_back(table.columns()[columns.numbers[k]]);
  if (options.intercept) result.coordinates.push_back("intercept");
  result.groups = std::move(grouping.groups);
  result.rows_seen = rows.seen;
  result.rows_dropped = rows.seen - rows.kept.size();
  result.first_dropped = rows.first_dropped;
  return result;
}

std::string describe(const Imported& imported, const Table& table, const ImportOptions& options) {
  const auto times = [](const Rational& scale) {
    return scale == 1 ? "" : " (times " + to_string(scale) + ")";
  };
  std::string text = "least squares on " + std::filesystem::path(table.file()).filename().string() +
                     ": " + std::to_string(imported.rows_seen - imported.rows_dropped) +
                     " rows used, " + std::to_string(imported.rows_dropped) +
                     " dropped for missing values; n = " + std::to_string(imported.made.n()) +
                     ", d = " + std::to_string(imported.made.d()) + "\n";
  text += "target: " + options.target + times(options.target_scale) + "\n";
  text += "coordinates" + times(options.scale) + ": ";
  for (const std::string& name : imported.coordinates)
    text += (&name == &imported.coordinates.front() ? "" : ", ") + name;
  text += "\nworkers: ";
  for (const auto& group : imported.groups)
    text += (&group == &imported.groups.front() ? "" : ", ") + group.name + " (" +
            std::to_string(group.rows) + ")";
  return text + "\nridge: " + to_string(options.ridge) + "\n";
}

}  // namespace istcheck
