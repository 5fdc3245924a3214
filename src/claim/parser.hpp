// Claim text to claims. The grammar is in docs/claim-language.md.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "claim/ast.hpp"

namespace istcheck::claim {

/// Expressions nested deeper than this are refused, so that nothing that walks them can overflow.
inline constexpr int kMaxDepth = 400;

/// Parses all claims of a file; nothing is type-checked. `name` only appears in messages.
/// Throws ClaimError.
std::vector<Claim> parse_claims(std::string text, std::string name);

/// Parses one expression that is the whole text. Throws ClaimError.
ExprPtr parse_expression(std::string text);

}  // namespace istcheck::claim
