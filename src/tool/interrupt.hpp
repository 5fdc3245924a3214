// Ctrl-C as a flag that long work looks at.
#pragma once

#include <atomic>

namespace istcheck {

/// From now on the first Ctrl-C (or SIGTERM) sets the flag; the second one ends the program.
const std::atomic<bool>& watch_interrupt();

}  // namespace istcheck
