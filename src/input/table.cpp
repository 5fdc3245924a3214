#include "input/table.hpp"

#include <rapidjson/memorystream.h>

#include <algorithm>
#include <array>

#include "input/case_file.hpp"

namespace istcheck {
namespace {

/// At most this many column names are listed in a message.
constexpr std::size_t kListedColumns = 12;

std::string listed(const std::vector<std::string>& names) {
  std::string result;
  for (std::size_t k = 0; k < std::min(names.size(), kListedColumns); ++k)
    result += (k == 0 ? "" : ", ") + names[k];
  return names.size() > kListedColumns ? result + ", …" : result;
}

/// The text, or its beginning when it is long, without control characters.
std::string shown(std::string_view text) {
  constexpr std::size_t limit = 40;
  std::string result(text.substr(0, limit));
  std::replace_if(
      result.begin(), result.end(), [](unsigned char c) { return c < 32; }, ' ');
  return text.size() <= limit ? result : result + "…";
}

/// UTF-16 and binary files betray themselves by zero bytes, Latin-1 by bytes that are not UTF-8.
void require_text(std::string_view text, const std::string& file) {
  rapidjson::MemoryStream stream(text.data(), text.size());
  while (stream.Tell() < text.size()) {
    const std::size_t offset = stream.Tell();
    unsigned code = 0;
    if (rapidjson::UTF8<>::Decode(stream, &code) && code != 0) continue;
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<long>(offset), '\n');
    throw InputError(file + ":" + std::to_string(line) + ": found a byte that is no text in UTF-8" +
                     (text[offset] == 0 ? "" : "; iconv converts other encodings"));
  }
}

bool is_missing(std::string_view text) {
  static constexpr std::array<std::string_view, 8> words = {"",    "NA",   "N/A",  "NaN",
                                                            "nan", "NULL", "null", "?"};
  return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace

std::size_t Table::column(const std::string& name) const {
  const auto found = std::find(columns_.begin(), columns_.end(), name);
  if (found != columns_.end()) return static_cast<std::size_t>(found - columns_.begin());
  const std::string near = nearest(name, columns_);
  throw InputError(file_ + ": there is no column '" + name + "'" +
                   (near.empty() ? "" : "; did you mean '" + near + "'?") +
                   " (the columns are: " + listed(columns_) + ")");
}

std::optional<std::string_view> Table::text(std::size_t row, std::size_t column) const {
  const Cell& c = cell(row, column);
  const std::string_view text = std::string_view(texts_).substr(c.offset, c.length);
  if (is_missing(text)) return std::nullopt;
  return text;
}

std::optional<Rational> Table::number(std::size_t row, std::size_t column) const {
  const auto content = text(row, column);
  if (!content) return std::nullopt;
  auto value = parse_rational(*content);
  if (!value)
    throw InputError(place(row, column) + ": column '" + columns_[column] + "': '" +
                     shown(*content) + "' is not a number");
  return value;
}

std::string Table::place(std::size_t row, std::size_t column) const {
  return file_ + ":" + std::to_string(cell(row, column).line);
}

std::size_t TableBuilder::column(const std::string& name) {
  const auto [position, added] = index_.try_emplace(name, table_.columns_.size());
  if (added) {
    if (position->second >= kMaxTableColumns)
      throw InputError(table_.file_ + ": a table of more than " + std::to_string(kMaxTableColumns) +
                       " columns is too large");
    table_.columns_.push_back(name);
    filled_.push_back(0);
  }
  return position->second;
}

void TableBuilder::begin_row(std::size_t line) { table_.row_lines_.push_back(line); }

bool TableBuilder::cell(std::size_t column, std::string_view text, std::size_t line) {
  const std::size_t row = table_.row_lines_.size();
  if (filled_[column] == row) return false;
  filled_[column] = row;
  require_room(entries_.size() + 1);
  entries_.push_back({row - 1, static_cast<std::uint32_t>(column), store(text, line)});
  return true;
}

Table::Cell TableBuilder::store(std::string_view text, std::size_t line) {
  const auto offset = static_cast<std::uint32_t>(table_.texts_.size());
  table_.texts_ += text;
  return {offset, static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(line)};
}

void TableBuilder::require_room(std::size_t cells) const {
  if (cells > kMaxTableCells)
    throw InputError(table_.file_ + ": a table of more than " + std::to_string(kMaxTableCells) +
                     " cells is too large");
}

Table TableBuilder::finish(std::string_view absent) && {
  if (columns() == 0) throw InputError(table_.file_ + ": the table is empty; expected columns");
  if (rows() == 0) throw InputError(table_.file_ + ": the table has no rows");
  require_room(rows() > kMaxTableCells / columns() ? kMaxTableCells + 1 : rows() * columns());
  const Table::Cell filler = store(absent, 0);
  table_.cells_.assign(rows() * columns(), filler);
  for (std::size_t k = 0; k < table_.cells_.size(); ++k)
    table_.cells_[k].line = static_cast<std::uint32_t>(table_.row_lines_[k / columns()]);
  for (const Entry& e : entries_) table_.cells_[e.row * columns() + e.column] = e.cell;
  return std::move(table_);
}

std::optional<TableFormat> table_format_of(const std::filesystem::path& path) {
  const std::string ending = path.extension().string();
  if (ending == ".csv") return TableFormat::csv;
  if (ending == ".tsv" || ending == ".tab") return TableFormat::tsv;
  if (ending == ".json") return TableFormat::json;
  if (ending == ".libsvm" || ending == ".svmlight" || ending == ".svm") return TableFormat::libsvm;
  return std::nullopt;
}

std::optional<TableFormat> table_format_named(const std::string& name) {
  if (name == "csv") return TableFormat::csv;
  if (name == "tsv") return TableFormat::tsv;
  if (name == "json") return TableFormat::json;
  if (name == "libsvm") return TableFormat::libsvm;
  return std::nullopt;
}

Table parse_table(std::string_view text, const std::string& file, TableFormat format) {
  require_text(text, file);
  switch (format) {
    case TableFormat::csv:
      return parse_delimited(text, file, ',');
    case TableFormat::tsv:
      return parse_delimited(text, file, '\t');
    case TableFormat::json:
      return parse_json_rows(text, file);
    case TableFormat::libsvm:
      return parse_libsvm(text, file);
  }
  throw InputError(file + ": unknown table format");
}

Table load_table(const std::filesystem::path& path, TableFormat format) {
  return parse_table(read_input(path), path.string(), format);
}

}  // namespace istcheck
