#include "cert/format.hpp"

#include <algorithm>

namespace istcheck::cert {
namespace {

constexpr std::string_view kFirstLine = "istcheck-certificate 1";

/// Lines one after the other, split into words at single spaces.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  size_t line() const { return line_; }
  bool more() const { return !rest_.empty(); }

  std::vector<std::string> next() {
    ++line_;
    const size_t end = rest_.find('\n');
    if (end == std::string_view::npos) throw FormatError(line_, "the file ends inside a line");
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    const bool printable =
        std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; });
    if (!printable) throw FormatError(line_, "a character that is not printable ASCII");
    std::vector<std::string> words(1);
    for (const char c : line) {
      if (c == ' ') {
        words.emplace_back();
      } else {
        words.back() += c;
      }
    }
    const bool empty =
        std::any_of(words.begin(), words.end(), [](const auto& w) { return w.empty(); });
    const bool longest = std::any_of(words.begin(), words.end(),
                                     [](const auto& w) { return w.size() > kLongestWord; });
    if (longest) throw FormatError(line_, "a word of more than 1000000 characters");
    if (empty)
      throw FormatError(line_, "words are separated by single spaces, and no line is empty");
    return words;
  }

 private:
  std::string_view rest_;
  size_t line_ = 0;
};

std::vector<std::string> header(Lines& lines, const std::string& key, size_t words) {
  if (!lines.more()) throw FormatError(lines.line(), "the header has no line '" + key + "'");
  auto line = lines.next();
  if (line[0] != key || line.size() != words) {
    throw FormatError(lines.line(),
                      "expected '" + key + "' with " + std::to_string(words - 1) + " words");
  }
  return line;
}

size_t limit(const Lines& lines, const std::vector<std::string>& words, size_t at,
             const std::string& name, size_t cap) {
  const std::string& digits = words[at + 1];
  const bool good = words[at] == name && digits.size() <= 9 && digits[0] != '0' &&
                    digits.find_first_not_of("0123456789") == std::string::npos;
  if (!good) throw FormatError(lines.line(), "expected '" + name + "' and a positive whole number");
  const size_t value = std::stoul(digits);
  if (value > cap) {
    throw FormatError(lines.line(),
                      name + " " + digits + " is above the cap of " + std::to_string(cap));
  }
  return value;
}

std::string hash(const Lines& lines, const std::string& word) {
  const bool good =
      word.size() == 64 && word.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!good && word != "-")
    throw FormatError(lines.line(), "expected a SHA-256 in 64 hexadecimal digits");
  return word;
}

}  // namespace

Certificate parse_certificate(std::string_view text) {
  if (text.size() > kMostBytes) throw FormatError(1, "the file is larger than 64 MB");
  if (text.substr(0, kFirstLine.size() + 1) != std::string(kFirstLine) + "\n") {
    throw FormatError(1, "the first line must be '" + std::string(kFirstLine) + "'");
  }
  Lines lines(text);
  lines.next();
  Certificate c;
  const auto claim = header(lines, "claim", 3);
  c.claim = claim[1];
  c.claim_hash = hash(lines, claim[2]);
  c.case_hash = hash(lines, header(lines, "case", 2)[1]);
  c.verdict = header(lines, "verdict", 2)[1];
  const bool violated = c.verdict == "violated";
  if (c.verdict != "holds" && !violated && c.verdict != "vacuous" && c.verdict != "proved") {
    throw FormatError(lines.line(), "a verdict is holds, violated, vacuous or proved");
  }
  const auto limits = header(lines, "limits", 11);
  c.limits = {limit(lines, limits, 1, "steps", kCaps.steps),
              limit(lines, limits, 3, "bits", kCaps.bits),
              limit(lines, limits, 5, "terms", violated ? kCaps.terms : kMostTermsOfProofs),
              limit(lines, limits, 7, "halvings", kCaps.halvings),
              limit(lines, limits, 9, "outcomes", kCaps.outcomes)};
  while (lines.more()) {
    auto words = lines.next();
    if (words.size() == 1 && words[0] == "end") {
      if (lines.more()) throw FormatError(lines.line() + 1, "text after 'end'");
      return c;
    }
    if (c.steps.size() == c.limits.steps)
      throw FormatError(lines.line(), "more steps than announced");
    c.steps.push_back({lines.line(), std::move(words)});
  }
  throw FormatError(lines.line(), "the certificate has no 'end'");
}

std::string write_certificate(const Certificate& c) {
  const Limits& l = c.limits;
  std::string out = std::string(kFirstLine) + "\nclaim " + c.claim + " " + c.claim_hash +
                    "\ncase " + c.case_hash + "\nverdict " + c.verdict + "\nlimits steps " +
                    std::to_string(l.steps) + " bits " + std::to_string(l.bits) + " terms " +
                    std::to_string(l.terms) + " halvings " + std::to_string(l.halvings) +
                    " outcomes " + std::to_string(l.outcomes) + "\n";
  for (const auto& step : c.steps) {
    for (size_t k = 0; k < step.words.size(); ++k) out += (k == 0 ? "" : " ") + step.words[k];
    out += "\n";
  }
  return out + "end\n";
}

namespace {

/// How many bytes at the front are a character that must not reach a terminal: C0 and C1, DEL, line
/// separators, changes of direction (U+2028 to U+202E, U+2066 to U+2069).
size_t hidden(std::string_view text) {
  const auto byte = [&](size_t k) {
    return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U;
  };
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) <= 0x9F) return 2;
  if (byte(0) == 0xE2 && byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE) return 3;
  if (byte(0) == 0xE2 && byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9) return 3;
  return 0;
}

constexpr std::string_view kHex = "0123456789ABCDEF";

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t bytes = hidden(text);
    if (text[0] == '\\') {
      out += "\\\\";
    } else if (text[0] == '\t') {
      out += "\\t";
    } else if (text[0] == '\n') {
      out += "\\n";
    } else if (bytes == 0) {
      out += text[0];
    } else {
      for (const char c : text.substr(0, bytes)) {
        const auto byte = static_cast<unsigned char>(c);
        out += {'\\', 'x', kHex[byte / 16], kHex[byte % 16]};
      }
    }
    text.remove_prefix(std::max<size_t>(1, bytes));
  }
  return out;
}

std::string unescaped(std::string_view text) {
  const auto digit = [](char c) {
    const size_t value = kHex.find(c);
    if (value == std::string_view::npos) throw std::invalid_argument("\\x without two digits");
    return value;
  };
  std::string out;
  for (size_t k = 0; k < text.size(); ++k) {
    if (text[k] != '\\') {
      out += text[k];
      continue;
    }
    const char what = k + 1 < text.size() ? text[++k] : '\0';
    if (what == '\\') {
      out += '\\';
    } else if (what == 't') {
      out += '\t';
    } else if (what == 'n') {
      out += '\n';
    } else if (what == 'x' && k + 2 < text.size()) {
      out += static_cast<char>(16 * digit(text[k + 1]) + digit(text[k + 2]));
      k += 2;
    } else {
      throw std::invalid_argument("a backslash before nothing that it escapes");
    }
  }
  return out;
}

}  // namespace istcheck::cert
