// The explain command.
#pragma once

namespace CLI {
class App;
}

namespace istcheck {

/// Adds `explain` to the program. Its callback throws InputError or claim::ClaimError.
void add_explain(CLI::App& program);

}  // namespace istcheck
