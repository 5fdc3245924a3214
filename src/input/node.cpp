#include "input/node.hpp"

#include <algorithm>

#include "claim/utf8.hpp"
#include "input/case_file.hpp"

namespace istcheck {

const Node* Node::find(const std::string& key) const {
  for (const Member& m : members)
    if (m.key == key) return &m.value;
  return nullptr;
}

Place place_in(std::string_view text, size_t at) {
  const std::string_view before = text.substr(0, at);
  const size_t newline = before.rfind('\n');
  const std::string_view line =
      newline == std::string_view::npos ? before : before.substr(newline + 1);
  return {1 + static_cast<int>(std::count(before.begin(), before.end(), '\n')),
          1 + static_cast<int>(character_count(line))};
}

std::string_view checked_text(std::string_view text, const std::string& file) {
  text = without_mark(text);
  const size_t bad = std::min(end_of_utf8(text), text.find('\0'));
  if (bad < text.size())
    fail(file, place_in(text, bad),
         std::string("found a byte that is no text in UTF-8") +
             (text[bad] == 0 ? "" : "; iconv converts other encodings"));
  return text;
}

void fail(const std::string& file, Place place, const std::string& message) {
  throw InputError(file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) +
                   ": " + message);
}

}  // namespace istcheck
