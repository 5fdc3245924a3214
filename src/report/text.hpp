// Pieces of text that several reports share. Private to report/.
#pragma once

#include <optional>
#include <string>

#include "claim/scalar.hpp"
#include "model/case.hpp"

namespace istcheck {

/// "0.25", and "0.25 s".
std::string seconds_number(double seconds);
std::string seconds_text(double seconds);

/// Columns that UTF-8 text takes: continuation bytes and combining marks (U+0300 to U+036F, first
/// byte CC or CD) take none.
size_t columns(const std::string& text);
/// Blanks behind the text until it takes `width` columns.
std::string padded(const std::string& text, size_t width);

/// "step γ = 1/4", or the schedule.
std::string steps_text(const Case& c);

template <class T>
std::optional<claim::Scalar> optional_scalar(const std::optional<T>& x) {
  if (!x) return std::nullopt;
  return claim::Scalar(*x);
}

}  // namespace istcheck
