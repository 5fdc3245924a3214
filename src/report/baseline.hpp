// The verdicts of an earlier run, to see what a change to a claim or to the program changed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "claim/judge.hpp"

namespace istcheck {

/// "claim<tab>case" to "verdict<tab>margin<tab>tightness".
using Baseline = std::map<std::string, std::string>;

Baseline baseline_of(const std::vector<claim::ClaimVerdict>& verdicts);
/// One line per entry under a header line. read_baseline(write_baseline(b)) is b.
std::string write_baseline(const Baseline& b);
/// Throws InputError for lines that are no entries.
Baseline read_baseline(const std::string& text, const std::string& file);

/// What differs, a line each: "thm2 on tight-1: verdict was holds, is violated". Entries that only
/// `now` has are left out; entries of claims in `now` that only `before` has are reported as no
/// longer checked when `whole` (the run covered all cases).
std::vector<std::string> differences(const Baseline& before, const Baseline& now, bool whole);

}  // namespace istcheck
