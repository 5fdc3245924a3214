#include "exact/thread_memory.hpp"

#include <flint/flint.h>

namespace istcheck {

ThreadMemory::~ThreadMemory() { flint_cleanup(); }

}  // namespace istcheck
