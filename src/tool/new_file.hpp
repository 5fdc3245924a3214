// The commands new and check-syntax.
#pragma once

#include "tool/command_line.hpp"

namespace istcheck {

/// Adds `new`, which writes a template of a claim or a case that works as it stands.
void add_new(CommandLine& program);
/// Adds `check-syntax`, which parses and type-checks claim files and computes nothing.
void add_check_syntax(CommandLine& program, Outcome& outcome);

}  // namespace istcheck
