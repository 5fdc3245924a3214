// What `istcheck search --json` wrote, read again for a report.
#pragma once

#include <string>
#include <vector>

#include "report/document.hpp"

namespace istcheck {

/// Adds what the text of a file says to the claims it names: answers of `search --json` (with the
/// counterexample as the detail), or rungs of `search --all --json`, one attachment a size. Claims
/// that are no entry are passed over. Throws InputError when it is no such text.
void add_searches(std::vector<ClaimEntry>& entries, const std::string& text,
                  const std::string& file);

}  // namespace istcheck
