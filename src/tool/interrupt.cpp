#include "tool/interrupt.hpp"

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "exact/thread_memory.hpp"

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

bool finish_or_leave(const std::atomic<bool>& interrupted, std::function<void()> work) {
  using Clock = std::chrono::steady_clock;
  constexpr auto kGrace = std::chrono::milliseconds(1500), kLook = std::chrono::milliseconds(50);
  struct Shared {
    std::mutex mutex;
    std::condition_variable changed;
    bool ended = false;
    std::exception_ptr error;
  };
  const auto shared = std::make_shared<Shared>();
  std::thread thread([shared, work = std::move(work)] {
    const ThreadMemory memory;
    std::exception_ptr error;
    try {
      work();
    } catch (...) {
      error = std::current_exception();
    }
    const std::lock_guard lock(shared->mutex);
    shared->error = error;
    shared->ended = true;
    shared->changed.notify_all();
  });
  std::unique_lock lock(shared->mutex);
  std::optional<Clock::time_point> since;
  while (!shared->ended) {
    shared->changed.wait_for(lock, kLook);
    if (!shared->ended && interrupted && !since) since = Clock::now();
    if (!shared->ended && since && Clock::now() - *since > kGrace) {
      thread.detach();
      return false;
    }
  }
  lock.unlock();
  thread.join();
  if (shared->error) std::rethrow_exception(shared->error);
  return true;
}

void leave(int code) {
  std::cout.flush();
  std::cerr.flush();
  std::_Exit(code);
}

std::string interrupted_text(size_t done, size_t all, const std::string& what) {
  if (done == all) return "";
  return "interrupted: " + std::to_string(done) + " of " + std::to_string(all) + " " + what;
}

}  // namespace istcheck
