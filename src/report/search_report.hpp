// What `istcheck search` found, as text, Markdown and JSON.
#pragma once

#include <string>
#include <vector>

#include "search/portfolio.hpp"

namespace istcheck {

/// One claim and the answer of its search.
struct SearchAnswer {
  const claim::Claim* claim = nullptr;
  search::Result result;
  std::string file;    ///< where the counterexample was written, or ""
  std::string claims;  ///< what `--claims` must name for the claim, or ""

  /// A claim expected to hold must not be refuted, one expected to be refuted must be.
  bool as_expected() const;
  bool undecided() const;
};

/// Of what the answer speaks (docs/semantics.md 15.3); "" for answers that speak of no domain.
std::string domain_text(const search::Result& r);

/// One line per claim and, below a refuted one, its counterexample: the statement as printed, the
/// configuration, hypotheses and conclusion with exact values, the gap, which inputs are free, how
/// to reproduce it, the shrink history. `details` also lists what was tried.
std::string search_text(const std::vector<SearchAnswer>& answers, bool details);
std::string search_markdown(const std::vector<SearchAnswer>& answers);
std::string search_json(const std::vector<SearchAnswer>& answers);

}  // namespace istcheck
