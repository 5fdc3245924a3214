// JSON rows through RapidJSON's event parser; the digits of a number are taken from the text as
// they stand.
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>

#include "claim/utf8.hpp"
#include "input/case_file.hpp"
#include "input/json_text.hpp"
#include "input/table.hpp"

namespace istcheck {
namespace {

using rapidjson::SizeType;

/// Turns growing offsets into lines and columns, both counted from 1.
class Position {
 public:
  explicit Position(std::string_view text) : text_(text) {}
  std::size_t line_at(std::size_t offset) {
    for (; offset_ < offset && offset_ < text_.size(); ++offset_)
      if (text_[offset_] == '\n') {
        ++line_;
        line_begin_ = offset_ + 1;
      }
    return line_;
  }
  std::string at(std::size_t offset) {
    const std::size_t line = line_at(offset);
    const std::string_view before =
        text_.substr(line_begin_, offset - std::min(offset, line_begin_));
    return std::to_string(line) + ":" + std::to_string(character_count(before) + 1);
  }

 private:
  std::string_view text_;
  std::size_t offset_ = 0, line_ = 1, line_begin_ = 0;
};

/// Receives the events. A method that returns false stops the parser; the fault then says why.
class RowHandler {
 public:
  RowHandler(TableBuilder& builder, Position& position, std::string_view text,
             const rapidjson::MemoryStream& stream)
      : builder_(builder), position_(position), text_(text), stream_(stream) {}

  const std::string& fault() const { return fault_; }
  /// Where it is, when the parser's own place is behind it.
  std::optional<std::size_t> fault_offset() const { return fault_offset_; }

  bool StartArray() {
    if (depth_ != 0) return refuse_bracket("an array");
    depth_ = 1;
    return true;
  }
  bool EndArray(SizeType) { return true; }
  bool StartObject() {
    if (depth_ != 1) return refuse_bracket("an object");
    depth_ = 2;
    builder_.begin_row(line());
    return true;
  }
  bool EndObject(SizeType) {
    depth_ = 1;
    return true;
  }
  bool Key(const char* text, SizeType length, bool) {
    column_ = builder_.column({text, length});
    key_.assign(text, length);
    return true;
  }
  bool RawNumber(const char*, SizeType length, bool) {
    return value(json_number(text_, stream_.Tell() - length), "a number");
  }
  bool String(const char* text, SizeType length, bool) { return value({text, length}, "a string"); }
  bool Null() { return value("", "null"); }
  bool Bool(bool b) { return value(b ? "true" : "false", "true or false"); }
  // Numbers come as RawNumber.
  bool Int(int) { return refuse("a number"); }
  bool Uint(unsigned) { return refuse("a number"); }
  bool Int64(std::int64_t) { return refuse("a number"); }
  bool Uint64(std::uint64_t) { return refuse("a number"); }
  bool Double(double) { return refuse("a number"); }

 private:
  std::size_t line() { return position_.line_at(stream_.Tell()); }

  bool value(std::string_view text, const std::string& what) {
    if (depth_ != 2) return refuse(what);
    if (builder_.cell(column_, text, line())) return true;
    fault_ = "this row has the key '" + key_ + "' twice";
    return false;
  }

  bool refuse_bracket(const std::string& found) {
    fault_offset_ = stream_.Tell() - 1;
    return refuse(found);
  }

  bool refuse(const std::string& found) {
    if (depth_ == 0)
      fault_ = "found " + found + ", expected an array of rows [{\"column\": value, …}, …]";
    if (depth_ == 1) fault_ = "found " + found + ", expected a row {\"column\": value, …}";
    if (depth_ == 2)
      fault_ = "column '" + key_ + "': found " + found + ", expected a number, a string or null";
    return false;
  }

  TableBuilder& builder_;
  Position& position_;
  const std::string_view text_;
  const rapidjson::MemoryStream& stream_;
  int depth_ = 0;  // 1 in the array, 2 in a row
  std::size_t column_ = 0;
  std::string key_, fault_;
  std::optional<std::size_t> fault_offset_;
};

std::string parse_fault(rapidjson::ParseErrorCode code) {
  return std::string("not valid JSON: ") + rapidjson::GetParseError_En(code);
}

}  // namespace

Table parse_json_rows(std::string_view text, const std::string& file) {
  text = without_mark(text);
  const std::string shape = without_numbers(text);
  TableBuilder builder(file);
  Position position(text);
  rapidjson::MemoryStream stream(shape.data(), shape.size());
  RowHandler handler(builder, position, text, stream);
  rapidjson::Reader reader;
  constexpr unsigned flags =
      rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseValidateEncodingFlag;
  const rapidjson::ParseResult result = reader.Parse<flags>(stream, handler);
  if (result.IsError())
    throw InputError(file + ":" +
                     Position(text).at(handler.fault_offset().value_or(result.Offset())) + ": " +
                     (handler.fault().empty() ? parse_fault(result.Code()) : handler.fault()));
  return std::move(builder).finish("");
}

}  // namespace istcheck
