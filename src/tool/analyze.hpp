// The analyze command.
#pragma once

#include "tool/output.hpp"

namespace CLI {
class App;
}

namespace istcheck {

/// Adds `analyze` to the program. Its callback throws InputError and sets the outcome.
void add_analyze(CLI::App& program, Outcome& outcome);

}  // namespace istcheck
