// The import command.
#pragma once

#include "tool/command_line.hpp"

namespace istcheck {

/// Adds `import` to the program. Its callback throws InputError.
void add_import(CommandLine& program);

}  // namespace istcheck
