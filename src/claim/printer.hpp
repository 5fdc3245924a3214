// Claims and expressions back to text.
#pragma once

#include <string>

#include "claim/ast.hpp"

namespace istcheck::claim {

/// The canonical ASCII spelling with as few parentheses as possible; parsing it gives the same
/// tree.
std::string to_text(const Expr& e);
/// The whole claim, one declaration a line, in the order source, setting, family, forall, let,
/// assume, conclude, expect, proof. parse_claims(to_text(c)) is the same claim.
std::string to_text(const Claim& c);

std::string to_text(Relation r);
std::string to_text(Kind k);

}  // namespace istcheck::claim
