// Ctrl-C as a flag that long work looks at.
#pragma once

#include <atomic>
#include <functional>
#include <string>

namespace istcheck {

/// From now on the first Ctrl-C (or SIGTERM) sets the flag; the second one ends the program.
const std::atomic<bool>& watch_interrupt();

/// Runs `work` on a thread of its own and waits for it; what it throws is thrown here. After an
/// interrupt it has a second and a half to end by itself. Then it is left, and false is returned:
/// it goes on with what it refers to, so nothing of that may be destroyed, and leave() ends the
/// program.
bool finish_or_leave(const std::atomic<bool>& interrupted, std::function<void()> work);

/// Ends the program with this exit code, whatever other threads do. What was written is flushed.
[[noreturn]] void leave(int code);

/// "interrupted: 12 of 94 claims were checked" for the words "claims were checked"; "" when all
/// were.
std::string interrupted_text(size_t done, size_t all, const std::string& what);

}  // namespace istcheck
