// Claims and expressions back to text.
#pragma once

#include <string>
#include <vector>

#include "claim/ast.hpp"

namespace istcheck::claim {

/// The canonical ASCII spelling with as few parentheses as possible; parsing it gives the same
/// tree.
std::string to_text(const Expr& e);
std::string to_text(const Binder& b);
/// A string of a claim file.
std::string quoted(const std::string& text);
/// "sketch = perm | rand", "homogeneous", "n = d".
std::string to_text(const Setting& s);
/// The whole claim, one declaration a line: source, then settings, family, variables and lets in
/// the order in which they were written, assume, conclude, expect, proof. parse_claims(to_text(c))
/// is the same claim.
std::string to_text(const Claim& c);

/// The parts with the same text between each two.
std::string joined(const std::vector<std::string>& parts, const std::string& between);

std::string to_text(Relation r);
std::string to_text(ProofWord w);
std::string to_text(Kind k);

}  // namespace istcheck::claim
