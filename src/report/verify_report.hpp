// What `istcheck verify` found, as text, JSON and JUnit.
#pragma once

#include <string>
#include <vector>

#include "claim/judge.hpp"

namespace istcheck {

class JsonWriter;

/// "1/3 (0.333333333333)"; "" for nothing.
std::string shown(const std::optional<claim::Scalar>& s);
/// "expected", "unexpected", "undecided", "unsupported", "error".
std::string to_string(claim::ClaimVerdict::Outcome o);
/// "holds", "violated", "ill-defined", "undecided", "unsupported", "contradicted", "error", "no
/// case".
std::string plain_verdict(const claim::ClaimVerdict& v);
/// The same, but "holds" only where it does so for all values on all cases, else "holds, tried".
std::string verdict_word(const claim::ClaimVerdict& v);
/// How many cases have which verdict and scope: "12 hold for all values, 3 at the values tried, 2
/// unreached"; "" without cases.
std::string case_counts(const claim::ClaimVerdict& v);
/// "holds for all values", "holds at the values tried", "undecided", …
std::string scoped_word(const claim::CaseVerdict& c);

/// One line per claim, what went wrong below it, and a summary line. `missing` says what an
/// interrupted run did not come to.
std::string verify_text(const std::vector<claim::ClaimVerdict>& verdicts,
                        const std::string& missing = "");
/// Everything about every claim on every case: the statement, what was tried, both sides, the
/// witness.
std::string verify_details(const claim::ClaimVerdict& verdict);
std::string verify_json(const std::vector<claim::ClaimVerdict>& verdicts,
                        const std::string& missing = "");
/// All settings of the claim, each as written.
std::vector<std::string> setting_texts(const claim::Claim& c);
/// "all", "tried" or null.
void write_scope(JsonWriter& json, claim::Scope scope);
/// A test suite per claim file, a test case per claim.
std::string verify_junit(const std::vector<claim::ClaimVerdict>& verdicts);

}  // namespace istcheck
