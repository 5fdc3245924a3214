// The certify command.
#pragma once

#include "tool/command_line.hpp"

namespace istcheck {

/// Adds `certify` to the program. Its callback sets `outcome` and throws InputError or
/// claim::ClaimError.
void add_certify(CommandLine& program, Outcome& outcome);

}  // namespace istcheck
