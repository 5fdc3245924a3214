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
constexpr std::array kSigns = {Change{"<=>", "<=>"}, Change{"==>", "==>"}, Change{">>=", "⪰"},
                               Change{"<<=", "⪯"},   Change{">>", "≻"},    Change{"<=", "≤"},
                               Change{">=", "≥"},    Change{"!=", "≠"},    Change{"||", "‖"},
                               Change{"^-1", "⁻¹"},  Change{"^2", "²"},    Change{"...", "…"},
                               Change{" - ", " − "}, Change{"sqrt(", "√("}};

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

}  // namespace

std::string readable(const std::string& text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const Change* c = word_at(text, at);
    if (c == nullptr) c = change_at(kSigns, text, at);
    out += c == nullptr ? std::string_view(text).substr(at, 1) : c->second;
    at += c == nullptr ? 1 : c->first.size();
  }
  return out;
}

}  // namespace istcheck
