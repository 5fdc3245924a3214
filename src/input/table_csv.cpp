// CSV and TSV through libcsv. The text is handed over line by line, so that every callback knows
// the line it belongs to.
#include <csv.h>

#include <new>

#include "claim/utf8.hpp"
#include "input/case_file.hpp"
#include "input/table.hpp"

namespace istcheck {
namespace {

struct CsvParser {
  csv_parser state;
  CsvParser() {
    if (csv_init(&state, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
  }
  ~CsvParser() { csv_free(&state); }
  CsvParser(const CsvParser&) = delete;
  CsvParser& operator=(const CsvParser&) = delete;
};

/// Collects the fields of one record. The callbacks of libcsv are C functions and must not throw,
/// so records are taken from here between two lines of text.
struct Record {
  std::vector<std::string> fields;
  bool complete = false;
};

void on_field(void* text, std::size_t length, void* record) {
  static_cast<Record*>(record)->fields.emplace_back(static_cast<const char*>(text), length);
}

void on_record(int, void* record) { static_cast<Record*>(record)->complete = true; }

/// The first line of text with its end (LF, CR LF or CR), removed from text.
std::string_view take_line(std::string_view& text) {
  std::size_t end = text.find_first_of("\r\n");
  if (end == std::string_view::npos) end = text.size() - 1;
  if (text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n') ++end;
  const std::string_view line = text.substr(0, end + 1);
  text.remove_prefix(end + 1);
  return line;
}

class DelimitedReader {
 public:
  DelimitedReader(const std::string& file, char delimiter)
      : file_(file), delimiter_(delimiter), builder_(file) {
    csv_set_delim(&parser_.state, static_cast<unsigned char>(delimiter));
  }

  Table read(std::string_view text) && {
    text = without_mark(text);
    for (std::size_t number = 1; !text.empty(); ++number) {
      const std::string_view line = take_line(text);
      if (!in_record_ && is_blank(line)) continue;
      if (!in_record_) record_line_ = number;
      in_record_ = true;
      feed(line, number);
      if (record_.complete) end_record();
    }
    if (csv_fini(&parser_.state, on_field, on_record, &record_) != 0)
      throw InputError(file_ + ":" + std::to_string(record_line_) +
                       ": the last quoted field of the row that begins here never ends");
    if (record_.complete) end_record();
    return std::move(builder_).finish("");
  }

 private:
  void feed(std::string_view line, std::size_t number) {
    const std::size_t read =
        csv_parse(&parser_.state, line.data(), line.size(), on_field, on_record, &record_);
    if (read == line.size()) return;
    if (csv_error(&parser_.state) != CSV_EPARSE) throw std::bad_alloc();
    throw InputError(file_ + ":" + std::to_string(number) + ":" +
                     std::to_string(character_count(line.substr(0, read)) + 1) +
                     ": a quote in the middle of a field; a field with quotes or delimiters in it "
                     "is quoted as a whole, with quotes inside doubled");
  }

  bool is_blank(std::string_view line) const {
    return line.find_first_not_of(delimiter_ == '\t' ? " \r\n" : " \t\r\n") ==
           std::string_view::npos;
  }

  void end_record() {
    header_read_ ? add_row() : add_header();
    header_read_ = true;
    in_record_ = false;
    record_ = Record{};
  }

  void add_header() {
    for (const std::string& name : record_.fields) {
      const std::size_t before = builder_.columns();
      builder_.column(name);
      if (builder_.columns() == before)
        throw InputError(file_ + ":" + std::to_string(record_line_) + ": two columns are named '" +
                         name + "'");
    }
  }

  void add_row() {
    if (record_.fields.size() != builder_.columns())
      throw InputError(file_ + ":" + std::to_string(record_line_) + ": this row has " +
                       std::to_string(record_.fields.size()) + " fields, the first line names " +
                       std::to_string(builder_.columns()) + " columns");
    builder_.begin_row(record_line_);
    for (std::size_t k = 0; k < record_.fields.size(); ++k)
      builder_.cell(k, record_.fields[k], record_line_);
  }

  const std::string& file_;
  CsvParser parser_;
  char delimiter_;
  TableBuilder builder_;
  Record record_;
  std::size_t record_line_ = 1;  // where the record begins
  bool in_record_ = false;       // a quoted field may go on over several lines
  bool header_read_ = false;
};

}  // namespace

Table parse_delimited(std::string_view text, const std::string& file, char delimiter) {
  return DelimitedReader(file, delimiter).read(text);
}

}  // namespace istcheck
