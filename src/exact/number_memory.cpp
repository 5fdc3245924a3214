#include "exact/number_memory.hpp"

#include <gmp.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <new>

namespace istcheck {
namespace {

// Blocks of 1 to 16 words are kept, at most this many of each size by each thread.
constexpr size_t kWord = 8, kSizes = 16, kKept = 1 << 14;

struct Block {
  Block* next;
};

/// The kept blocks of a thread. It has no destructor: numbers may outlive whatever has one.
struct Kept {
  std::array<Block*, kSizes + 1> first;
  std::array<size_t, kSizes + 1> count;
  bool known;
};
thread_local constinit Kept kept{};

/// Gives all back when the thread ends.
struct AtEnd {
  AtEnd() = default;
  AtEnd(const AtEnd&) = delete;
  AtEnd& operator=(const AtEnd&) = delete;
  ~AtEnd() {
    kept.count.fill(kKept);  // full: what is freed later goes back at once
    for (Block*& first : kept.first) {
      while (Block* const block = first) {
        first = block->next;
        std::free(block);
      }
    }
  }
};

/// The place in `kept` for blocks of this many bytes, or 0: they are not kept.
size_t place(size_t bytes) {
  return bytes % kWord == 0 && bytes <= kSizes * kWord ? bytes / kWord : 0;
}

void* checked(void* block) {
  if (block == nullptr) std::abort();  // as GMP does by itself
  return block;
}

void* allocate(size_t bytes) {
  Block*& first = kept.first[place(bytes)];
  if (first == nullptr) return checked(std::malloc(bytes));
  Block* const block = first;
  first = block->next;
  --kept.count[place(bytes)];
  return block;
}

void release(void* memory, size_t bytes) {
  const size_t k = place(bytes);
  if (k == 0 || kept.count[k] == kKept) return std::free(memory);
  if (!kept.known) {
    static thread_local AtEnd at_end;
    kept.known = true;
  }
  kept.first[k] = new (memory) Block{kept.first[k]};
  ++kept.count[k];
}

void* reallocate(void* memory, size_t before, size_t bytes) {
  if (place(before) == 0 && place(bytes) == 0) return checked(std::realloc(memory, bytes));
  void* const result = allocate(bytes);
  std::memcpy(result, memory, before < bytes ? before : bytes);
  release(memory, before);
  return result;
}

}  // namespace

void keep_number_memory() {
#ifndef __SANITIZE_ADDRESS__  // which watches each block that malloc gives out
  mp_set_memory_functions(allocate, reallocate, release);
#endif
}

}  // namespace istcheck
