#include "tool/progress.hpp"

#include <unistd.h>

#include <cmath>
#include <iostream>

namespace istcheck {

std::string progress_text(const std::string& what, size_t k, size_t n, const std::string& name,
                          double seconds) {
  std::string text = what + " " + std::to_string(k) + " of " + std::to_string(n) + ": " + name;
  if (k < 2) return text;
  const double left = seconds / static_cast<double>(k - 1) * static_cast<double>(n - k + 1);
  return text + ", about " + std::to_string(std::lround(left)) + " s left";
}

Progress::Progress(std::string what, size_t steps)
    : what_(std::move(what)),
      steps_(steps),
      terminal_(isatty(STDERR_FILENO) != 0),
      start_(std::chrono::steady_clock::now()) {}

Progress::~Progress() {
  if (terminal_) std::cerr << "\r\033[K" << std::flush;
}

void Progress::next(const std::string& name) {
  ++begun_;
  if (!terminal_) return;
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start_;
  std::cerr << "\r\033[K" << progress_text(what_, begun_, steps_, name, spent.count())
            << std::flush;
}

}  // namespace istcheck
