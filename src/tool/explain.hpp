// The explain command.
#pragma once

#include "tool/command_line.hpp"

namespace istcheck {

/// Adds `explain` to the program. Its callback throws InputError or claim::ClaimError.
void add_explain(CommandLine& program);

}  // namespace istcheck
