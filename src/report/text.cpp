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

std::string steps_text(const Case& c) {
  constexpr size_t kShown = 6;
  const std::string step = to_string(step_of(c));
  if (!c.schedule) return "step γ = " + step;
  if (const auto* h = std::get_if<HarmonicSchedule>(&*c.schedule))
    return "steps γ/(1 + " + (h->c == 1 ? "" : to_string(h->c) + " ") + "k) with γ = " + step;
  const size_t count = std::get<ListSchedule>(*c.schedule).steps.size();
  std::string list;
  for (size_t k = 0; k < count; ++k) {
    if (k >= kShown && k + 1 < count) continue;
    list += (k == 0 ? "" : ", ") + std::string(k > kShown ? "…, " : "") +
            to_string(step_in_round_of(c, k));
  }
  return "steps " + list + (count > 1 ? ", the last one kept" : "");
}

}  // namespace istcheck
