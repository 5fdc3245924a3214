#include "tool/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace istcheck {

namespace {

double seconds_between(std::chrono::steady_clock::time_point a,
                       std::chrono::steady_clock::time_point b) {
  return std::chrono::duration<double>(b - a).count();
}

}  // namespace

Progress::Progress(std::string what, size_t steps) : what_(std::move(what)), steps_(steps) {
  if (isatty(STDERR_FILENO) == 0) return;
  ticker_.emplace([this] {
    const std::lock_guard lock(mutex_);
    print();
  });
}

Progress::Progress(std::string what, size_t steps, double limit, size_t begun)
    : Progress(std::move(what), steps) {
  const std::lock_guard lock(mutex_);
  limit_ = limit;
  begun_ = begun;
}

Progress::~Progress() {
  if (!ticker_) return;
  ticker_.reset();
  std::cerr << "\r\033[K" << std::flush;
}

void Progress::next(const std::string& name) {
  const std::lock_guard lock(mutex_);
  ++begun_;
  name_ = name;
  detail_.clear();
  step_start_ = Clock::now();
  print();
}

void Progress::detail(const std::string& text) {
  const std::lock_guard lock(mutex_);
  detail_ = text;
  print();
}

std::string Progress::time_left() const {
  if (!limit_ && begun_ < 2) return "";
  const double finished = static_cast<double>(begun_ - 1);
  const double each = limit_ ? *limit_ : seconds_between(start_, step_start_) / finished;
  const double now = std::max(0.0, each - seconds_between(step_start_, Clock::now()));
  const double left = now + each * static_cast<double>(steps_ - begun_);
  return (limit_ ? ", at most " : ", about ") + std::to_string(std::lround(left)) + " s left";
}

void Progress::print() const {
  if (!ticker_ || begun_ == 0) return;
  std::cerr << "\r\033[K" << what_ << " " << begun_ << " of " << steps_ << ": " << name_
            << (detail_.empty() ? "" : ", ") << detail_ << time_left() << std::flush;
}

}  // namespace istcheck
