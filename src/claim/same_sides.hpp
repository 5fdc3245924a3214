// Whether a conclusion says of one expression that it is what it is.
#pragma once

#include <map>
#include <string>

#include "claim/ast.hpp"
#include "claim/value.hpp"

namespace istcheck::claim {

/// Whether the sides of every relation in the statement are the same expression at a choice of the
/// variables: definitions stand in the place of their names, integers in that of integer variables,
/// x[0] is x0, a^0 is 1, a sum over nothing is 0, and so on. It is decided on the text; two numbers
/// are never the same expression (docs/semantics.md 14.3).
bool same_sides(const Expr& statement, const Claim& claim,
                const std::map<std::string, Value>& variables);

}  // namespace istcheck::claim
