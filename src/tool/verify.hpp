// The verify command.
#pragma once

#include "tool/command_line.hpp"

namespace istcheck {

/// Adds `verify` to the program. Its callback throws InputError or claim::ClaimError and sets the
/// outcome.
void add_verify(CommandLine& program, Outcome& outcome);

}  // namespace istcheck
