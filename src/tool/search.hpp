// The search command.
#pragma once

#include "tool/output.hpp"

namespace CLI {
class App;
}

namespace istcheck {

/// Adds `search` to the program. Its callback throws InputError or claim::ClaimError and sets the
/// outcome.
void add_search(CLI::App& program, Outcome& outcome);

}  // namespace istcheck
