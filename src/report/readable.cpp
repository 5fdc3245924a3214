#include "report/readable.hpp"

#include <array>
#include <cctype>
#include <string_view>
#include <utility>

namespace istcheck {
namespace {

using Change = std::pair<std::string_view, std::string_view>;

constexpr std::array kWords = {Change{"alpha", "α"}, Change{"beta", "β"},   Change{"gamma", "γ"},
                               Change{"delta", "δ"}, Change{"theta", "θ"},  Change{"mu", "μ"},
                               Change{"rho", "ρ"},   Change{"lambda", "λ"}, Change{"sigma", "σ"},
                               Change{"omega", "ω"}, Change{"xstar", "x*"}};

/// A sign that begins with another one comes before it.
constexpr std::array kSigns = {Change{"<=>", "<=>"},  Change{"==>", "==>"}, Change{">>=", "⪰"},
                               Change{"<<=", "⪯"},    Change{">>", "≻"},    Change{"<=", "≤"},
                               Change{">=", "≥"},     Change{"!=", "≠"},    Change{"||", "‖"},
                               Change{"...", "…"},    Change{" - ", " − "}, Change{"sqrt(", "√("},
                               Change{"grad f", "∇f"}};

bool letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool of_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Whether a word that ends before `at` goes on there: "gamma-one", "sparsity.theta_exists". An
/// index of λ is none of its parts.
bool goes_on(const std::string& text, size_t at) {
  const std::string_view rest = std::string_view(text).substr(at);
  if (rest.substr(0, 4) == "_max" || rest.substr(0, 4) == "_min") return false;
  if (rest.empty()) return false;
  return of_name(rest[0]) ||
         ((rest[0] == '-' || rest[0] == '.') && rest.size() > 1 && letter(rest[1]));
}

/// Whether a word that begins at `at` belongs to a longer name.
bool inside_name(const std::string& text, size_t at) {
  if (at == 0) return false;
  if (of_name(text[at - 1]) || text[at - 1] == '.') return true;
  return text[at - 1] == '-' && at > 1 && of_name(text[at - 2]);
}

template <size_t N>
const Change* change_at(const std::array<Change, N>& changes, const std::string& text, size_t at) {
  for (const auto& c : changes) {
    if (text.compare(at, c.first.size(), c.first) == 0) return &c;
  }
  return nullptr;
}

const Change* word_at(const std::string& text, size_t at) {
  const Change* c = change_at(kWords, text, at);
  if (c == nullptr || inside_name(text, at) || goes_on(text, at + c->first.size())) return nullptr;
  return c;
}

/// The digit or minus sign of an exponent.
std::string_view raised(char c) {
  static constexpr std::array<std::string_view, 10> digits = {"⁰", "¹", "²", "³", "⁴",
                                                              "⁵", "⁶", "⁷", "⁸", "⁹"};
  return c == '-' ? "⁻" : digits[static_cast<size_t>(c - '0')];
}

/// The whole number behind a "^" at `at`, also in braces, and where it ends; nothing where more
/// belongs to the exponent.
std::pair<std::string_view, size_t> exponent_at(const std::string& text, size_t at) {
  constexpr std::pair<std::string_view, size_t> none{};
  if (text[at] != '^') return none;
  const bool braces = at + 1 < text.size() && text[at + 1] == '{';
  const size_t begin = at + (braces ? 2 : 1);
  size_t end = begin < text.size() && text[begin] == '-' ? begin + 1 : begin;
  const size_t first = end;
  while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0) ++end;
  if (end == first) return none;
  const std::string_view number = std::string_view(text).substr(begin, end - begin);
  if (braces) return end < text.size() && text[end] == '}' ? std::pair(number, end + 1) : none;
  const bool goes_on = end < text.size() && (letter(text[end]) || text[end] == '^');
  return goes_on ? none : std::pair(number, end);
}

/// The bytes of the letter, of ASCII or Greek, that ends before `at`; 0 for another character.
size_t letter_before(const std::string& text, size_t at) {
  if (at > 0 && letter(text[at - 1])) return 1;
  const auto byte = [&](size_t k) { return static_cast<unsigned char>(text[k]); };
  return at > 1 && (byte(at - 2) == 0xCE || byte(at - 2) == 0xCF) ? 2 : 0;
}

/// Whether an index or exponent may follow: behind a bracket, or a letter, max or min that is a
/// word of its own; names such as perm1_rates have none.
bool takes_script(const std::string& text, size_t at) {
  if (at == 0) return false;
  if (text[at - 1] == ')' || text[at - 1] == ']') return true;
  const size_t one = letter_before(text, at);
  const bool word =
      at >= 3 && (text.compare(at - 3, 3, "max") == 0 || text.compare(at - 3, 3, "min") == 0);
  const size_t begin = at - (word ? 3 : one);
  if (begin == at) return false;
  if (begin == 0) return true;
  return letter_before(text, begin) == 0 && !of_name(text[begin - 1]) && text[begin - 1] != '.';
}

/// Where the index or exponent behind the sign at `at` ends; `at` if there is none.
size_t end_of_script(const std::string& text, size_t at) {
  size_t end = at + 1;
  if (end < text.size() && text[end] == '(') {
    end = text.find_first_of("()", end + 1);
    return end != std::string::npos && text[end] == ')' ? end + 1 : at;
  }
  while (end < text.size()) {
    const auto byte = static_cast<unsigned char>(text[end]);
    if (std::isalnum(byte) != 0) {
      ++end;
    } else if ((byte == 0xCE || byte == 0xCF) && end + 1 < text.size()) {
      end += 2;
    } else if (text.compare(end, 3, "∞") == 0) {
      end += 3;
    } else {
      break;
    }
  }
  return end == at + 1 ? at : end;
}

}  // namespace

std::vector<Script> with_scripts(const std::string& text) {
  std::vector<Script> parts(1);
  for (size_t at = 0; at < text.size();) {
    const bool sign = text[at] == '_' || text[at] == '^';
    const bool after_script =
        parts.size() > 1 && parts.back().level == 0 && parts.back().text.empty();
    const size_t end =
        sign && (after_script || takes_script(text, at)) ? end_of_script(text, at) : at;
    if (end == at) {
      parts.back().text += text[at++];
      continue;
    }
    const bool brackets = text[at + 1] == '(';
    const size_t begin = at + (brackets ? 2 : 1);
    parts.push_back(
        {text[at] == '_' ? -1 : 1, text.substr(begin, end - begin - (brackets ? 1 : 0))});
    parts.push_back({0, ""});
    at = end;
  }
  return parts;
}

std::string readable(const std::string& text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    if (const auto [exponent, end] = exponent_at(text, at); end > 0) {
      for (const char c : exponent) out += raised(c);
      at = end;
      continue;
    }
    const Change* c = word_at(text, at);
    if (c == nullptr) c = change_at(kSigns, text, at);
    out += c == nullptr ? std::string_view(text).substr(at, 1) : c->second;
    at += c == nullptr ? 1 : c->first.size();
  }
  return out;
}

}  // namespace istcheck
