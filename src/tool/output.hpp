// Standard output, and the outcome of a run.
#pragma once

#include <string_view>

namespace istcheck {

/// Exit codes of both programs (docs/manual.md).
enum class Outcome { as_expected = 0, not_as_expected = 1, bad_input = 2, undecided = 3 };

/// Writes all of text to standard output and flushes it. Throws InputError when that fails, for
/// example because the reader closed the pipe.
void write_out(std::string_view text);

}  // namespace istcheck
