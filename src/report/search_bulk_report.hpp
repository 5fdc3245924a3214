// What `istcheck search --tighten` and `--all` found.
#pragma once

#include <string>
#include <vector>

#include "search/ladder.hpp"
#include "search/tighten.hpp"

namespace istcheck {

/// The steps, the border and the near-extremal configuration. `proof` is the claim's general proof,
/// which says more than a search when it covers the value that stands.
std::string tighten_text(const claim::Claim& c, const search::Tightening& t);
std::string tighten_json(const claim::Claim& c, const search::Tightening& t);

/// A Markdown table claim × size → answer, method, time.
std::string ladder_markdown(const std::vector<search::Rung>& rungs);
std::string ladder_json(const std::vector<search::Rung>& rungs);

}  // namespace istcheck
