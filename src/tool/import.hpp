// The import command.
#pragma once

namespace CLI {
class App;
}

namespace istcheck {

/// Adds `import` to the program. Its callback throws InputError.
void add_import(CLI::App& program);

}  // namespace istcheck
