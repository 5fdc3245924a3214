// Ctrl-C as a flag that long work looks at.
#pragma once

#include <atomic>
#include <string>

namespace istcheck {

/// From now on the first Ctrl-C (or SIGTERM) sets the flag; the second one ends the program.
const std::atomic<bool>& watch_interrupt();

/// "interrupted: 12 of 94 claims were checked" for the words "claims were checked"; "" when all
/// were.
std::string interrupted_text(size_t done, size_t all, const std::string& what);

}  // namespace istcheck
