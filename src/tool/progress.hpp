// What a long command is doing, on standard error, for people who wait.
#pragma once

#include <chrono>
#include <string>

namespace istcheck {

/// One line that is overwritten: "claims 12 of 94: thm2, about 9 s left". Prints nothing when
/// standard error is no terminal. The time left is what the steps so far took on average, times
/// those to come.
class Progress {
 public:
  Progress(std::string what, size_t steps);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// The next step begins.
  void next(const std::string& name);

 private:
  std::string what_;
  size_t steps_, begun_ = 0;
  bool terminal_;
  std::chrono::steady_clock::time_point start_;
};

/// The line that next() prints, for k steps begun of n and the seconds since the first one.
std::string progress_text(const std::string& what, size_t k, size_t n, const std::string& name,
                          double seconds);

}  // namespace istcheck
