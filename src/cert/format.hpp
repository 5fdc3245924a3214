// The certificate format: proofs/certificate-format.md. Reading and writing, no meaning.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace istcheck::cert {

/// One step: the words of a line, the first of them the rule.
struct Step {
  size_t line = 0;  ///< in the file, from 1
  std::vector<std::string> words;
  std::string rule() const { return words.empty() ? "" : words[0]; }
};

/// What the certificate asks the checker to spend; the checker has caps of its own.
struct Limits {
  size_t steps = 0;     ///< lines between the header and "end"
  size_t bits = 0;      ///< of a numerator or a denominator
  size_t terms = 0;     ///< of a number
  size_t halvings = 0;  ///< of the interval of a root, to decide a sign
  size_t outcomes = 0;  ///< of the sketches of one round
};
inline constexpr Limits kCaps{2'000'000, 200'000, 256, 20'000, 200'000};
/// The cap of terms where numbers are polynomials in unknowns: any verdict but "violated".
inline constexpr size_t kMostTermsOfProofs = 100'000;
inline constexpr size_t kMostBytes = 64U << 20U, kLongestWord = 1'000'000;

struct Certificate {
  std::string claim, claim_hash;  ///< the claim's name; the SHA-256 of its file
  std::string case_hash;          ///< of the case file; "-" when there is none
  std::string verdict;            ///< holds, violated or vacuous on a case; proved for its shape
  Limits limits;
  std::vector<Step> steps;
};

/// The text is no certificate. what() says why; `line` says where.
class FormatError : public std::runtime_error {
 public:
  FormatError(size_t line, const std::string& message) : std::runtime_error(message), line(line) {}
  size_t line;
};

/// Throws FormatError: unknown version, a header line that is missing or misspelt, limits above the
/// caps, more steps than announced, characters that are not printable ASCII, no "end", text after
/// it.
Certificate parse_certificate(std::string_view text);
std::string write_certificate(const Certificate& c);

/// The text on one line, for a terminal and for index.tsv: \\ for a backslash, \t, \n, and \xNN for
/// every other byte of a control character or of one that changes the direction of text.
std::string escaped(std::string_view text);
/// The text that escaped() made this from. Throws std::invalid_argument for anything else.
std::string unescaped(std::string_view text);

/// The SHA-256 of the text (FIPS 180-4), 64 hexadecimal digits.
std::string sha256(std::string_view text);

}  // namespace istcheck::cert
