#include "claim/lexer.hpp"

#include <array>
#include <cctype>
#include <cstdio>
#include <map>

#include "claim/utf8.hpp"

namespace istcheck::claim {
namespace {

constexpr size_t kMaxBytes = 4 << 20;
constexpr size_t kMaxDigits = 1000;

/// Names written with one Unicode letter.
const std::map<std::string, std::string>& letters() {
  static const std::map<std::string, std::string> table = {
      {"α", "alpha"}, {"β", "beta"},  {"γ", "gamma"},  {"δ", "delta"}, {"ε", "epsilon"},
      {"η", "eta"},   {"θ", "theta"}, {"λ", "lambda"}, {"μ", "mu"},    {"ρ", "rho"},
      {"σ", "sigma"}, {"τ", "tau"},   {"φ", "phi"},    {"ω", "omega"}};
  return table;
}

/// What a Unicode symbol stands for, as ASCII tokens.
const std::map<std::string, std::vector<std::string>>& symbols() {
  static const std::map<std::string, std::vector<std::string>> table = {
      {"≤", {"<="}},
      {"≥", {">="}},
      {"≠", {"!="}},
      {"⪯", {"<<="}},
      {"≺", {"<<"}},
      {"⪰", {">>="}},
      {"≻", {">>"}},
      {"·", {"*"}},
      {"×", {"*"}},
      {"−", {"-"}},
      {"²", {"^", "2"}},
      {"³", {"^", "3"}},
      {"⁻¹", {"^", "-", "1"}},
      {"ᵀ", {"'"}},
      {"½", {"(", "1", "/", "2", ")"}},
      {"‖", {"||"}},
      {"∧", {"and"}},
      {"∨", {"or"}},
      {"¬", {"not"}},
      {"⇒", {"=>"}},
      {"⇔", {"<=>"}},
      {"∀", {"forall"}},
      {"∃", {"exists"}},
      {"∇", {"grad"}},
      {"∈", {"in"}},
      {"√", {"sqrt"}},
      {"∞", {"infinity"}}};
  return table;
}

/// A character as a message shows it: quoted, others than ASCII also by their number, since some
/// are not seen, and a control character by its number alone.
std::string described(std::string_view character) {
  const auto byte = [&](size_t k) { return static_cast<unsigned char>(character[k]); };
  if (is_control(character[0])) return "byte " + std::to_string(byte(0));
  const std::string quoted = "the character '" + std::string(character) + "'";
  if (character.size() == 1) return quoted;
  unsigned code = byte(0) & (0x7FU >> character.size());
  for (size_t k = 1; k < character.size(); ++k) code = (code << 6U) | (byte(k) & 0x3FU);
  char shown[16];
  std::snprintf(shown, sizeof shown, " (U+%04X)", code);
  return quoted + shown;
}

class Lexer {
 public:
  explicit Lexer(const Source& source) : source_(source), text_(without_mark(source.text)) {}

  std::vector<Token> run() {
    if (text_.size() > kMaxBytes) fail("the file is larger than 4 MB");
    require_utf8();
    while (skip_blanks(), pos_ < text_.size()) next();
    emit(TokenKind::end, "");
    return std::move(tokens_);
  }

 private:
  const Source& source_;
  const std::string_view text_;
  size_t pos_ = 0;
  Place place_, start_;
  bool spaced_ = false;
  std::vector<Token> tokens_;

  [[noreturn]] void fail(const std::string& message) const {
    throw ClaimError(source_, start_, message);
  }

  void require_utf8() {
    const size_t bad = end_of_utf8(text_);
    if (bad == text_.size()) return;
    advance(bad);
    start_ = place_;
    fail("found a byte that is no text in UTF-8; iconv converts other encodings");
  }

  void advance(size_t bytes) {
    for (; bytes > 0 && pos_ < text_.size(); --bytes, ++pos_) {
      const auto c = static_cast<unsigned char>(text_[pos_]);
      if (c == '\n') {
        ++place_.line;
        place_.column = 1;
      } else if ((c & 0xC0) != 0x80) {
        ++place_.column;
      }
    }
  }

  void emit(TokenKind kind, std::string text) {
    tokens_.push_back({kind, std::move(text), start_, spaced_});
    spaced_ = false;
  }

  bool at(const char* s) const {
    return text_.compare(pos_, std::char_traits<char>::length(s), s) == 0;
  }

  void skip_blanks() {
    while (pos_ < text_.size()) {
      if (text_[pos_] == '#') {
        while (pos_ < text_.size() && text_[pos_] != '\n') advance(1);
      } else if (std::isspace(static_cast<unsigned char>(text_[pos_])) != 0) {
        advance(1);
      } else {
        break;
      }
      spaced_ = true;
    }
    start_ = place_;
  }

  void next() {
    const auto c = static_cast<unsigned char>(text_[pos_]);
    if (std::isdigit(c) != 0) return number();
    if (std::isalpha(c) != 0) return name("");
    if (c == '"') return string();
    if (c < 0x80) return ascii_symbol();
    unicode();
  }

  void number() {
    const size_t begin = pos_;
    while (pos_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[pos_])) != 0)
      advance(1);
    const bool fraction = pos_ + 1 < text_.size() && text_[pos_] == '.' &&
                          std::isdigit(static_cast<unsigned char>(text_[pos_ + 1])) != 0;
    if (fraction) {
      advance(1);
      while (pos_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[pos_])) != 0)
        advance(1);
    }
    if (pos_ - begin > kMaxDigits) fail("a number with more than 1000 digits");
    emit(TokenKind::number, std::string(text_.substr(begin, pos_ - begin)));
  }

  /// A letter followed by letters, digits, underscores; a combining macron (U+0304) reads "bar".
  void name(std::string_view first) {
    std::string text(first);
    while (pos_ < text_.size()) {
      const auto c = static_cast<unsigned char>(text_[pos_]);
      if (std::isalnum(c) != 0 || (c == '_' && !text.empty())) {
        text += static_cast<char>(c);
        advance(1);
      } else if (at("\xCC\x84")) {
        text += "bar";
        advance(2);
      } else {
        break;
      }
    }
    emit(TokenKind::name, text);
  }

  void string() {
    std::string text;
    advance(1);
    while (pos_ < text_.size() && text_[pos_] != '"' && text_[pos_] != '\n' && !at("\r\n")) {
      if (text_[pos_] == '\\' && pos_ + 1 < text_.size() &&
          (text_[pos_ + 1] == '"' || text_[pos_ + 1] == '\\')) {
        advance(1);
      }
      if (is_control(text_[pos_]) && text_[pos_] != '\t') {
        start_ = place_;
        fail(described(text_.substr(pos_, 1)) + " has no meaning in a text");
      }
      text += text_[pos_];
      advance(1);
    }
    if (pos_ >= text_.size() || text_[pos_] != '"')
      fail("this text has no closing quote on its line");
    advance(1);
    emit(TokenKind::string, text);
  }

  void ascii_symbol() {
    static constexpr std::array<const char*, 33> kSymbols = {
        "<=>", "<<=", ">>=", "<<", ">>", "<=", ">=", "!=", "=>", "||", "..",
        "{",   "}",   "(",   ")",  "[",  "]",  ",",  ":",  "=",  "<",  ">",
        "+",   "-",   "*",   "/",  "^",  "'",  "_",  "|",  ".",  "&",  "!"};
    for (const char* s : kSymbols) {
      if (!at(s)) continue;
      advance(std::char_traits<char>::length(s));
      return emit(TokenKind::symbol, s);
    }
    fail(described(text_.substr(pos_, 1)) + " has no meaning here");
  }

  void emit_ascii(const std::string& word) {
    const auto c = static_cast<unsigned char>(word[0]);
    if (std::isalpha(c) != 0)
      spaced_ = true;  // a sign such as ∧ is no letter of what stands before
    emit(std::isalpha(c) != 0   ? TokenKind::name
         : std::isdigit(c) != 0 ? TokenKind::number
                                : TokenKind::symbol,
         word);
  }

  void unicode() {
    for (const auto& [letter, word] : letters()) {
      if (!at(letter.c_str())) continue;
      advance(letter.size());
      return name(word);
    }
    for (const auto& [symbol, words] : symbols()) {
      if (!at(symbol.c_str())) continue;
      advance(symbol.size());
      for (const auto& word : words) emit_ascii(word);
      return;
    }
    fail(described(text_.substr(pos_, character_length(text_.substr(pos_)))) +
         " has no meaning here");
  }
};

}  // namespace

std::vector<Token> tokenize(const Source& source) { return Lexer(source).run(); }

}  // namespace istcheck::claim
