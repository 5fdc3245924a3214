#include <algorithm>
#include <charconv>

#include "claim/utf8.hpp"
#include "input/case_file.hpp"
#include "input/table.hpp"

namespace istcheck {
namespace {

constexpr std::string_view kBlanks = " \t\r";

/// The first word of line, removed from line; empty at the end.
std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(kBlanks));
  line.remove_prefix(word.size());
  return word;
}

class LibsvmReader {
 public:
  explicit LibsvmReader(const std::string& file) : file_(file), builder_(file) {
    builder_.column("label");
  }

  Table read(std::string_view text) && {
    text = without_mark(text);
    for (line_ = 1; !text.empty(); ++line_) {
      const std::string_view line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(line.size() + 1, text.size()));
      add_row(line.substr(0, line.find('#')));
    }
    return std::move(builder_).finish("0");
  }

 private:
  void add_row(std::string_view line) {
    const std::string_view label = take_word(line);
    if (label.empty()) return;
    if (label.find(':') != std::string_view::npos) fault(label, "a label");
    builder_.begin_row(line_);
    builder_.cell(0, label, line_);
    std::size_t previous = 0;
    for (auto word = take_word(line); !word.empty(); word = take_word(line))
      previous = add_value(word, previous);
  }

  /// Returns the index of the value.
  std::size_t add_value(std::string_view word, std::size_t previous) {
    const auto colon = word.find(':');
    std::size_t index = 0;
    const auto [end, error] =
        std::from_chars(word.data(), word.data() + std::min(colon, word.size()), index);
    if (colon == std::string_view::npos || end != word.data() + colon || error != std::errc() ||
        index == 0)
      fault(word, "index:value with an index of at least 1");
    if (index <= previous)
      fault(word, "an index above " + std::to_string(previous) + " (indices ascend)");
    if (index >= kMaxTableColumns)
      fault(word, "an index below " + std::to_string(kMaxTableColumns));
    if (colon + 1 == word.size()) fault(word, "a value after the colon");
    while (builder_.columns() <= index) builder_.column(std::to_string(builder_.columns()));
    builder_.cell(index, word.substr(colon + 1), line_);
    return index;
  }

  [[noreturn]] void fault(std::string_view found, const std::string& expected) const {
    throw InputError(file_ + ":" + std::to_string(line_) + ": found '" +
                     std::string(found.substr(0, 40)) + "', expected " + expected);
  }

  const std::string& file_;
  TableBuilder builder_;
  std::size_t line_ = 0;
};

}  // namespace

Table parse_libsvm(std::string_view text, const std::string& file) {
  return LibsvmReader(file).read(text);
}

}  // namespace istcheck
