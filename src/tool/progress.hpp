// What a long command is doing, on standard error, for people who wait.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "tool/ticker.hpp"

namespace istcheck {

/// One line that is overwritten, anew every second: "claims 12 of 94: thm2, about 9 s left". Prints
/// nothing when standard error is no terminal. Nothing else may be printed there meanwhile.
class Progress {
 public:
  /// The time left is what the steps so far took on average, times those to come.
  Progress(std::string what, size_t steps);
  /// The time left is at most `limit` seconds for each step: "…, at most 9 s left". So many steps
  /// have `begun` before.
  Progress(std::string what, size_t steps, double limit, size_t begun = 0);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// The next step begins.
  void next(const std::string& name);
  /// What the step has come to: "claims 12 of 94: thm2, round 3, …".
  void detail(const std::string& text);

 private:
  using Clock = std::chrono::steady_clock;

  std::string what_, name_, detail_;
  size_t steps_, begun_ = 0;
  std::optional<double> limit_;
  Clock::time_point start_ = Clock::now(), step_start_ = start_;
  std::mutex mutex_;
  std::optional<Ticker> ticker_;  ///< when there is a terminal; the last to be made

  std::string time_left() const;
  void print() const;
};

}  // namespace istcheck
