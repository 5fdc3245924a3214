// The certify command.
#pragma once

#include "tool/output.hpp"

namespace CLI {
class App;
}

namespace istcheck {

/// Adds `certify` to the program. Its callback sets `outcome` and throws InputError or
/// claim::ClaimError.
void add_certify(CLI::App& program, Outcome& outcome);

}  // namespace istcheck
