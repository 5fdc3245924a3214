// Names with arguments: `let V(u, w) = …` of a claim and `define NAME(args) = …` of a file
// (docs/semantics.md 3.6). They are written out where they are used, when that is read.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "claim/ast.hpp"

namespace istcheck::claim {

struct Abbreviation {
  std::vector<std::string> arguments;
  ExprPtr body;
  bool called = true;  ///< NAME(…), not NAME alone
};
using Abbreviations = std::map<std::string, Abbreviation>;

/// Names that an expression mentions and does not bind, as they are spelled.
std::vector<std::string> free_names(const Expr& e);
/// Those of the body that are no arguments: what they mean is fixed where the definition stands.
std::vector<std::string> mentioned_names(const Abbreviation& a);

/// Written out with these arguments, as many as it has. A message instead where a name would get
/// another meaning: one of an argument inside the body, or one of the body among `bound`, the
/// indices around; or where it gets too long.
struct WrittenOut {
  ExprPtr expression;
  std::string fault;
};
WrittenOut written_out(const std::string& name, const Abbreviation& a,
                       const std::vector<ExprPtr>& arguments,
                       const std::vector<std::string>& bound);

}  // namespace istcheck::claim
