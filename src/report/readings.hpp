// What the clauses of a claim are in the statement of its theorem, as somebody read the two side by
// side: the files of proofs/readings, which proofs/check_readings.sh compares with claims and
// statements.
#pragma once

#include <string>
#include <vector>

namespace istcheck {

struct Reading {
  struct Clause {
    std::string claim, proof;  ///< the clause, and what in the statement says this
  };
  std::string claim, theorem;  ///< "module.theorem" of proofs/rocq
  std::vector<Clause> clauses;
  std::vector<std::string> beside;   ///< what the theorem has beside the claim
  std::vector<std::string> differs;  ///< where it does not state the claim
  std::string statement;             ///< as Coq prints it; "" where it is not known
};

/// The readings of a file; InputError with `file` and the line where it is none.
std::vector<Reading> parse_readings(const std::string& text, const std::string& file);

/// Fills `statement` from the text of proofs/rocq/statements.txt.
void add_statements(std::vector<Reading>& readings, const std::string& statements);

}  // namespace istcheck
