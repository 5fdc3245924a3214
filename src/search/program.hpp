// Programs that are asked beside us: solvers, a browser. They run as processes of their own, so
// that none of them can hold us: some miss their own limits, and only a process can be ended from
// outside.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace istcheck::search {

struct ProgramLimits {
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  std::function<bool()> stop;  ///< asked every 20 ms
};

struct ProgramRun {
  bool there = false;       ///< the program was found and started
  std::optional<int> code;  ///< nothing where a limit or a signal ended it
  std::string output;       ///< what it wrote until then
};

/// Runs words[0], looked up on the path, with `input` as standard input, in `folder` (empty: here).
/// Its messages are dropped. It and what it starts are killed when a limit is reached. For any
/// number of threads.
ProgramRun run_program(const std::vector<std::string>& words, const std::string& input,
                       const ProgramLimits& limits, const std::string& folder = "");

}  // namespace istcheck::search
