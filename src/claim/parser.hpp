// Claim text to claims. The grammar is in docs/claim-language.md.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "claim/ast.hpp"
#include "claim/method.hpp"

namespace istcheck::claim {

/// Expressions nested deeper than this are refused, so that nothing that walks them can overflow.
inline constexpr int kMaxDepth = 400;

/// What a file says. A claim knows the method that its settings name.
struct ClaimFileText {
  std::vector<Claim> claims;
  std::vector<std::shared_ptr<const Method>> methods;
};

/// Parses a file: its methods, which are checked, and its claims, which are not.
/// Throws ClaimError.
ClaimFileText parse_claim_file(std::string text, std::string name);

/// Parses all claims of a file; nothing is type-checked. `name` only appears in messages.
/// Throws ClaimError.
std::vector<Claim> parse_claims(std::string text, std::string name);

/// Another claim of the same text, about the same method; nothing is type-checked.
Claim reparsed(const Claim& c);

/// Parses one expression that is the whole text. Throws ClaimError.
ExprPtr parse_expression(std::string text);

}  // namespace istcheck::claim
