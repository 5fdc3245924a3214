// Case files in TOML, or as the same tree in JSON.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <stdexcept>
#include <string>
#include <string_view>

#include "model/case.hpp"

namespace istcheck {

/// Bad input: "file:line:column: what was found, what was expected".
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

enum class CaseFormat { toml, json };

/// Whether the step, the start, the data of workers, [values], lists of steps, and parameters and
/// [data] of a method as text may hold irrational numbers: { surd = [["1/2", 3], ["-1", 1]] } for
/// ½√3 − 1, and { alpha = [1, 0, "1/2"] } for 1 + ½α², α the root of the polynomial in the table
/// [alpha]. Claims and analyze take them; families do not, and the curves of reports are left out.
enum class Roots { refused, taken };

/// No number under a square root in a case is larger: its square factors are looked for one by one.
inline constexpr int kLargestRadicand = 1'000'000'000;
/// The product of all of them is below this: arithmetic makes roots of all products, and factors
/// them.
inline constexpr long kRadicandsProduct = 1L << 62U;

/// Reads and validates a case. `file` only names it in messages; the file of a method as text is
/// read below `folder`, the current one when empty. Throws InputError.
Case parse_case(const std::string& text, const std::string& file, CaseFormat format,
                Roots roots = Roots::refused, const std::filesystem::path& folder = {});

/// Reads the text of a case without the checks that need computing (covariances, whether the parts
/// fit together). Throws InputError.
Case parse_case_as_written(const std::string& text, const std::string& file, CaseFormat format,
                           Roots roots, const std::filesystem::path& folder = {});

/// The whole of a text file. Throws InputError for directories, unreadable files and files over
/// 64 MB.
std::string read_text_file(const std::filesystem::path& path);

/// The whole of a stream that has a name in messages. Throws InputError for more than 64 MB.
std::string read_stream(std::istream& in, const std::string& name);

/// The same as read_text_file, and standard input for "-", which can be read once. Throws
/// InputError.
std::string read_input(const std::filesystem::path& path);

/// Whether a case of this name and text is JSON: the name says it, or for standard input the text.
bool is_json(const std::filesystem::path& path, std::string_view text);

/// The text behind a byte-order mark. Throws InputError at a byte 0 and at one that is not UTF-8.
std::string_view checked_text(std::string_view text, const std::string& file);

/// The case as TOML, one matrix row a line; parse_case of it gives the same case, for a method as
/// text beside its file. Throws std::invalid_argument for products √r α^k with r > 1 and k > 0.
std::string write_case(const Case& c);

/// The word of `known` nearest to `word` by edit distance, or "" when none is near.
std::string nearest(const std::string& word, const std::vector<std::string>& known);

}  // namespace istcheck
