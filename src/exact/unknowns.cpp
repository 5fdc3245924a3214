#include "exact/unknowns.hpp"

#include <stdexcept>

namespace istcheck {
namespace {
thread_local Assumptions* current = nullptr;
}

Assumptions& Assumptions::of_thread() {
  if (current == nullptr) throw std::domain_error("nothing is assumed of a number with unknowns");
  return *current;
}

Assumptions* Assumptions::of_thread_or_null() { return current; }

Assumptions::Under::Under(Assumptions* a) : before_(current) { current = a; }
Assumptions::Under::~Under() { current = before_; }

}  // namespace istcheck
