// A counterexample with what a reader asks about it.
#pragma once

#include <string>
#include <vector>

#include "search/shrink.hpp"

namespace istcheck::search {

/// A statement of the claim with its exact value on the configuration.
struct Evaluated {
  std::string label;  ///< "hypothesis", "conclusion", with the label of the claim file if any
  std::string statement, sides;
  bool holds = false;
};

/// Whether one number of the configuration may be changed without losing the violation.
struct Probe {
  std::string input, value;
  std::vector<std::string> kept, lost;  ///< the values tried, by whether the violation stayed
  bool free() const { return lost.empty() && !kept.empty(); }
};

struct Counterexample {
  Case c;  ///< with the values of the claim's variables, where rational; name = the claim's, unless
           ///< that names its cases
  claim::CaseVerdict verdict;
  std::string shape;
  std::string why;  ///< one sentence: what fails, where
  std::vector<Evaluated> statements;
  std::vector<Probe> probes;
  std::vector<std::string> history;
  std::string found_by;  ///< the method and the space
  bool has_case = true;  ///< false for claims about no case or about a family of their own
};

/// Judges the finding once more for the values of all statements, and probes every input with a few
/// other values.
Counterexample explain(const Referee& referee, const Shrunk& shrunk, const std::string& found_by,
                       const Patience& patience);

/// The same for a claim that is about no case, or about a family of its own.
Counterexample explain_alone(const Referee& referee, const Finding& f, const std::string& found_by);

}  // namespace istcheck::search
