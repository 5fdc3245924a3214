// Tables of data read from CSV, TSV, JSON or LIBSVM text. Cells keep their text, so that a decimal
// becomes an exact number only where it is used, and never passes through floating point.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exact/rational.hpp"

namespace istcheck {

/// Larger tables are refused before room is made for them.
inline constexpr std::size_t kMaxTableCells = std::size_t{1} << 24;
inline constexpr std::size_t kMaxTableColumns = std::size_t{1} << 16;

/// Column names, and rows of optional cells that know the line they stand on.
class Table {
 public:
  const std::string& file() const { return file_; }  ///< names the table in messages
  const std::vector<std::string>& columns() const { return columns_; }
  std::size_t rows() const { return row_lines_.size(); }

  /// The index of the column `name`. Throws InputError that names the nearest known column.
  std::size_t column(const std::string& name) const;
  /// The text of a cell; nothing when it is missing. Lives as long as the table.
  std::optional<std::string_view> text(std::size_t row, std::size_t column) const;
  /// The exact number in a cell; nothing when it is missing. Throws InputError with file, line and
  /// column name when the text is no number.
  std::optional<Rational> number(std::size_t row, std::size_t column) const;
  /// "file:line" of a cell.
  std::string place(std::size_t row, std::size_t column) const;

 private:
  friend class TableBuilder;
  struct Cell {
    std::uint32_t offset, length, line;
  };
  const Cell& cell(std::size_t row, std::size_t column) const {
    return cells_[row * columns_.size() + column];
  }

  std::string file_;
  std::vector<std::string> columns_;
  std::vector<std::size_t> row_lines_;
  std::string texts_;  // the texts of all cells, one after the other
  std::vector<Cell> cells_;
};

/// Makes a table row by row; columns may appear at any time.
class TableBuilder {
 public:
  explicit TableBuilder(std::string file) { table_.file_ = std::move(file); }

  /// The index of the column `name`, which is added when it is new. Throws InputError when there
  /// are more than kMaxTableColumns.
  std::size_t column(const std::string& name);
  std::size_t columns() const { return table_.columns_.size(); }
  std::size_t rows() const { return table_.row_lines_.size(); }
  void begin_row(std::size_t line);
  /// Sets a cell of the last row. Returns false when the row has this cell already.
  bool cell(std::size_t column, std::string_view text, std::size_t line);
  /// The table; cells that were never set get the text `absent`. Throws InputError when there are
  /// no rows or no columns, or more than kMaxTableCells cells.
  Table finish(std::string_view absent) &&;

 private:
  struct Entry {
    std::size_t row;
    std::uint32_t column;
    Table::Cell cell;
  };
  Table::Cell store(std::string_view text, std::size_t line);
  void require_room(std::size_t cells) const;

  Table table_;
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<std::size_t> filled_;  // per column: the last row with a cell, counted from 1
  std::vector<Entry> entries_;
};

enum class TableFormat { csv, tsv, json, libsvm };

/// By the name's ending: .csv; .tsv, .tab; .json; .libsvm, .svmlight, .svm. Nothing for others.
std::optional<TableFormat> table_format_of(const std::filesystem::path& path);
/// "csv", "tsv", "json", "libsvm"; nothing for others.
std::optional<TableFormat> table_format_named(const std::string& name);

// The readers: text to table, `file` names it in messages. They throw InputError with file and line
// for text that is not well formed, and for empty tables.

/// The first line names the columns; every row has as many fields. Fields may be quoted, quotes
/// inside are doubled, lines may end in CR LF, a byte-order mark is skipped, blank lines are
/// skipped.
Table parse_delimited(std::string_view text, const std::string& file, char delimiter);
/// An array of objects; the keys are the columns, in order of first appearance; a key that a row
/// lacks is a missing cell, as is null. Numbers keep their digits.
Table parse_json_rows(std::string_view text, const std::string& file);
/// Lines `label index:value …` with ascending indices from 1; the columns are label, 1, 2, …; an
/// index that a row lacks is 0. Comments start with #.
Table parse_libsvm(std::string_view text, const std::string& file);

Table parse_table(std::string_view text, const std::string& file, TableFormat format);
/// Reads a file of at most 64 MB. Throws InputError.
Table load_table(const std::filesystem::path& path, TableFormat format);

}  // namespace istcheck
