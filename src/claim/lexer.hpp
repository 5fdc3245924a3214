// Tokens of a claim file.
//
// Unicode is accepted and turned into the ASCII spelling here, so nothing behind the lexer knows of
// it: γ θ λ… → gamma theta lambda…, L̄ → Lbar, ² → ^2, ⁻¹ → ^-1, ᵀ → ', ½ → (1/2), ⪯ → <<=, ≤ → <=,
// · → *.
#pragma once

#include <string>
#include <vector>

#include "claim/source.hpp"

namespace istcheck::claim {

enum class TokenKind { name, number, string, symbol, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;  ///< of a string: without the quotes
  Place place;
  bool spaced = false;  ///< blanks or a line break stand before it
};

/// The tokens, an `end` token last. Comments run from # to the end of the line. Throws ClaimError
/// for characters that have no meaning, unterminated strings, numbers of more than 1000 digits, and
/// text over 4 MB.
std::vector<Token> tokenize(const Source& source);

}  // namespace istcheck::claim
