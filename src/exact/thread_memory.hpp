// Memory that the number libraries keep for each thread.
#pragma once

namespace istcheck {

/// Stands first in every function that a thread of ours runs: when the function ends, what FLINT
/// and MPFR keep for the thread is given back. Without it each thread leaves its free list behind,
/// and numbers that outlive the thread are not touched by giving it back.
class ThreadMemory {
 public:
  ThreadMemory() = default;
  ~ThreadMemory();
  ThreadMemory(const ThreadMemory&) = delete;
  ThreadMemory& operator=(const ThreadMemory&) = delete;
};

}  // namespace istcheck
