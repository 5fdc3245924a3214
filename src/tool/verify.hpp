// The verify command.
#pragma once

#include "tool/output.hpp"

namespace CLI {
class App;
}

namespace istcheck {

/// Adds `verify` to the program. Its callback throws InputError or claim::ClaimError and sets the
/// outcome.
void add_verify(CLI::App& program, Outcome& outcome);

}  // namespace istcheck
