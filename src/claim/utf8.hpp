// UTF-8: which bytes are text.
#pragma once

#include <string>
#include <string_view>

namespace istcheck {

/// Whether a byte is a control character of ASCII.
bool is_control(char c);

/// How many bytes the first character of a text has; 0 where its bytes are not UTF-8.
size_t character_length(std::string_view text);

/// How many characters bytes that are UTF-8 hold.
size_t character_count(std::string_view text);

/// The byte at which a text stops to be UTF-8, or its size.
size_t end_of_utf8(std::string_view text);

/// The text with U+FFFD for every byte that is not UTF-8: file names may be any bytes.
std::string valid_utf8(std::string_view text);

/// The text without a byte-order mark at its beginning.
std::string_view without_mark(std::string_view text);

}  // namespace istcheck
