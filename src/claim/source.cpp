#include "claim/source.hpp"

#include <algorithm>

#include "claim/utf8.hpp"

namespace istcheck::claim {
namespace {

std::string line_of(const std::string& text, int line) {
  size_t begin = 0;
  for (int k = 1; k < line; ++k) {
    const size_t end = text.find('\n', begin);
    if (end == std::string::npos) return "";
    begin = end + 1;
  }
  return text.substr(begin, text.find('\n', begin) - begin);
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// At most 100 characters of the line around the column, which is moved along; control characters,
/// tabs among them, become blanks.
std::string window(const std::string& line, int& column) {
  std::vector<std::string> characters;
  for (const char c : line) {
    if (!characters.empty() && continues_character(c)) {
      characters.back() += c;
    } else {
      characters.emplace_back(1, is_control(c) ? ' ' : c);
    }
  }
  const int size = static_cast<int>(characters.size());
  const int first = std::clamp(column - 50, 0, std::max(0, size - 100));
  column -= first;
  std::string shown;
  for (int k = first; k < std::min(size, first + 100); ++k)
    shown += characters[static_cast<size_t>(k)];
  return shown;
}

std::string render(const Source& source, Place place, const std::string& message) {
  const std::string number = std::to_string(place.line);
  int column = place.column;
  const std::string shown =
      window(valid_utf8(line_of(std::string(without_mark(source.text)), place.line)), column);
  return source.name + ":" + number + ":" + std::to_string(place.column) + ": " + message + "\n  " +
         number + " | " + shown + "\n  " + std::string(number.size(), ' ') + " | " +
         std::string(static_cast<size_t>(std::max(0, column - 1)), ' ') + "^";
}

size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replace});
    }
  }
  return row[b.size()];
}

}  // namespace

ClaimError::ClaimError(const Source& source, Place place, const std::string& message)
    : std::runtime_error(render(source, place, message)), place_(place) {}

std::string nearest_name(const std::string& word, const std::vector<std::string>& known) {
  std::string best;
  size_t distance = 1 + word.size() / 3;
  if (word.size() > 100) return best;
  for (const auto& candidate : known) {
    const size_t d = edit_distance(word, candidate);
    if (d < distance || (d == distance && best.empty())) {
      best = candidate;
      distance = d;
    }
  }
  return best;
}

std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
  const std::string near = nearest_name(word, known);
  return near.empty() ? "" : " (did you mean '" + near + "'?)";
}

}  // namespace istcheck::claim
