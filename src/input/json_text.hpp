// What JSON files are made ready with before RapidJSON reads them. Private to input/.
#pragma once

#include <string>
#include <string_view>

namespace istcheck {

/// The JSON text with every number replaced by one digit and blanks, so that places stay: RapidJSON
/// refuses numbers that no double holds, although it is asked for their text only.
std::string without_numbers(std::string_view text);

/// The number of the JSON text that begins at `at`; what is no number gives "".
std::string_view json_number(std::string_view text, std::size_t at);

}  // namespace istcheck
