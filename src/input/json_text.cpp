#include "input/json_text.hpp"

#include <utility>

namespace istcheck {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Where the digits that begin at `at` end.
std::size_t after_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

/// Where the string that begins at `at` ends: behind its closing quote.
std::size_t after_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return at + 1;
}

}  // namespace

std::string_view json_number(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  const auto is = [&](std::string_view characters) {
    return at < text.size() && characters.find(text[at]) != std::string_view::npos;
  };
  const auto digits = [&] {
    const std::size_t from = std::exchange(at, after_digits(text, at));
    return at > from;
  };
  if (is("-")) ++at;
  if (is("0")) {
    ++at;
  } else if (!digits()) {
    return {};
  }
  if (is(".")) {
    ++at;
    if (!digits()) return {};
  }
  if (is("eE")) {
    ++at;
    if (is("+-")) ++at;
    if (!digits()) return {};
  }
  return text.substr(begin, at - begin);
}

std::string without_numbers(std::string_view text) {
  std::string out(text);
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view number = json_number(text, at);
    if (text[at] == '"') {
      at = after_string(text, at);
    } else if (number.empty()) {
      ++at;
    } else {
      out.replace(at, number.size(), "0" + std::string(number.size() - 1, ' '));
      at += number.size();
    }
  }
  return out;
}

}  // namespace istcheck
