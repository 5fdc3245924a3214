// The analyze command.
#pragma once

#include "tool/command_line.hpp"

namespace istcheck {

/// Adds `analyze` to the program. Its callback throws InputError and sets the outcome.
void add_analyze(CommandLine& program, Outcome& outcome);

}  // namespace istcheck
