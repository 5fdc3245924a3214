// A cursor over tokens with the refusals every parser needs. Private to the parsers.
#pragma once

#include <string>
#include <vector>

#include "claim/lexer.hpp"
#include "claim/source.hpp"

namespace istcheck::claim {

class TokenStream {
 public:
  explicit TokenStream(const Source& source) : source_(source), tokens_(tokenize(source)) {}

  const Token& peek(size_t ahead = 0) const {
    return tokens_[std::min(pos_ + ahead, tokens_.size() - 1)];
  }
  Token take() {
    Token t = peek();
    if (pos_ + 1 < tokens_.size()) ++pos_;
    return t;
  }
  bool at_end() const { return peek().kind == TokenKind::end; }
  /// Whether the next token is this symbol or word.
  bool at(const char* text, size_t ahead = 0) const {
    const Token& t = peek(ahead);
    return (t.kind == TokenKind::symbol || t.kind == TokenKind::name) && t.text == text;
  }
  bool accept(const char* text) {
    if (!at(text)) return false;
    take();
    return true;
  }
  Place place() const { return peek().place; }

  void expect(const char* text) {
    if (!accept(text)) fail(std::string("expected '") + text + "'" + found());
  }
  std::string expect_name(const char* what) {
    if (peek().kind != TokenKind::name) fail(std::string("expected ") + what + found());
    return take().text;
  }
  std::string expect_string(const char* what) {
    if (peek().kind != TokenKind::string)
      fail(std::string("expected ") + what + " in quotes" + found());
    return take().text;
  }
  [[noreturn]] void fail(const std::string& message) const { fail_at(place(), message); }
  [[noreturn]] void fail_at(Place place, const std::string& message) const {
    throw ClaimError(source_, place, message);
  }
  /// ", found '…'".
  std::string found() const {
    const Token& t = peek();
    if (t.kind == TokenKind::end) return ", but the file ends here";
    return ", found '" + t.text.substr(0, 40) + "'";
  }

 private:
  const Source& source_;
  std::vector<Token> tokens_;
  size_t pos_ = 0;
};

}  // namespace istcheck::claim
