#include "report/text.hpp"

#include <algorithm>
#include <cstdio>

namespace istcheck {

std::string seconds_number(double seconds) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.2f", seconds);
  return buffer;
}

std::string seconds_text(double seconds) { return seconds_number(seconds) + " s"; }

size_t columns(const std::string& text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte & 0xC0U) != 0x80U && byte != 0xCC && byte != 0xCD;
  }));
}

std::string padded(const std::string& text, size_t width) {
  const size_t now = columns(text);
  return now < width ? text + std::string(width - now, ' ') : text;
}

}  // namespace istcheck
