// The report command.
#pragma once

#include "tool/command_line.hpp"

namespace istcheck {

/// Adds `report` to the program. Its callback throws InputError or claim::ClaimError and sets the
/// outcome.
void add_report(CommandLine& program, Outcome& outcome);

}  // namespace istcheck
