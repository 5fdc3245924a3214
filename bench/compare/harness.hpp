// What the contestants written in C++ share: reading inputs, timing, one line a task.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace compare {

/// Entries as text, row after row.
struct TextMatrix {
  long rows = 0, cols = 0;
  std::vector<std::string> entries;
  const std::string& at(long i, long j) const { return entries[static_cast<size_t>(i * cols + j)]; }
};

inline TextMatrix read_matrix(const std::string& path) {
  std::ifstream in(path);
  TextMatrix m;
  if (!(in >> m.rows >> m.cols)) throw std::runtime_error("cannot read " + path);
  m.entries.resize(static_cast<size_t>(m.rows * m.cols));
  for (std::string& entry : m.entries)
    if (!(in >> entry)) throw std::runtime_error("too few entries in " + path);
  return m;
}

inline double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// PROGRAM INPUT-FOLDER SECONDS-A-TASK [TASK…]: without tasks, all of them.
class Contest {
 public:
  Contest(std::string program, int argc, char** argv) : program_(std::move(program)) {
    if (argc < 3) throw std::runtime_error("usage: INPUT-FOLDER SECONDS-A-TASK [TASK…]");
    folder_ = std::string(argv[1]) + "/";
    budget_ = std::atof(argv[2]);
    wanted_.insert(argv + 3, argv + argc);
  }

  std::string path(const std::string& file) const { return folder_ + file; }
  bool wants(const std::string& task) const { return wanted_.empty() || wanted_.count(task) > 0; }

  /// Prints "task size program microseconds check": the median CPU time of one call of `work` over
  /// as many calls as the budget allows (at least one), after one that warms up. check(result) is
  /// not timed.
  template <class Work, class Check>
  void run(const std::string& task, const std::string& size, const Work& work,
           const Check& check) const {
    if (!wants(task)) return;
    const double begin = cpu_seconds();
    const auto result = work();
    const double first = cpu_seconds() - begin;
    const auto calls = static_cast<long>(std::max(1.0, 2e-4 / std::max(first, 1e-9)));
    std::vector<double> times;
    const double start = cpu_seconds();
    do {
      const double before = cpu_seconds();
      for (long k = 0; k < calls; ++k) work();
      times.push_back((cpu_seconds() - before) / static_cast<double>(calls));
    } while (cpu_seconds() - start < budget_);
    std::nth_element(times.begin(), times.begin() + static_cast<long>(times.size() / 2),
                     times.end());
    std::cout << task << ' ' << size << ' ' << program_ << ' ' << 1e6 * times[times.size() / 2]
              << ' ' << check(result) << std::endl;
  }

 private:
  std::string program_, folder_;
  double budget_ = 0;
  std::set<std::string> wanted_;
};

}  // namespace compare
