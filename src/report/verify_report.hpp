// What `istcheck verify` found, as text, JSON and JUnit.
#pragma once

#include <string>
#include <vector>

#include "claim/judge.hpp"

namespace istcheck {

/// "1/3 (0.333333333333)"; "" for nothing.
std::string shown(const std::optional<claim::Scalar>& s);
/// "expected", "unexpected", "undecided", "no case fits", "error".
std::string to_string(claim::ClaimVerdict::Outcome o);

/// One line per claim, what went wrong below it, and a summary line. `missing` says what an
/// interrupted run did not come to.
std::string verify_text(const std::vector<claim::ClaimVerdict>& verdicts,
                        const std::string& missing = "");
/// Everything about every claim on every case: the statement, what was tried, both sides, the
/// witness.
std::string verify_details(const claim::ClaimVerdict& verdict);
std::string verify_json(const std::vector<claim::ClaimVerdict>& verdicts,
                        const std::string& missing = "");
/// A test suite per claim file, a test case per claim.
std::string verify_junit(const std::vector<claim::ClaimVerdict>& verdicts);

}  // namespace istcheck
