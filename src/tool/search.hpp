// The search command.
#pragma once

#include "tool/command_line.hpp"

namespace istcheck {

/// Adds `search` to the program. Its callback throws InputError or claim::ClaimError and sets the
/// outcome.
void add_search(CommandLine& program, Outcome& outcome);

}  // namespace istcheck
