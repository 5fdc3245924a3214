#include "tool/interrupt.hpp"

#include <csignal>

namespace istcheck {

namespace {

std::atomic<bool> flag = false;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_interrupt(int signal) {
  flag = true;
  std::signal(signal, SIG_DFL);
}

}  // namespace

const std::atomic<bool>& watch_interrupt() {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  return flag;
}

std::string interrupted_text(size_t done, size_t all, const std::string& what) {
  if (done == all) return "";
  return "interrupted: " + std::to_string(done) + " of " + std::to_string(all) + " " + what;
}

}  // namespace istcheck
