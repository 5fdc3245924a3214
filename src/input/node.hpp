// A parsed tree of TOML or JSON in which every value knows its place in the file. Private to
// input/.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "input/case_file.hpp"

namespace istcheck {

/// Line and column, both from 1; columns count characters, not bytes.
struct Place {
  int line = 1, column = 1;
};

struct Node {
  enum class Kind { null, boolean, integer, floating, string, array, table };
  Kind kind = Kind::null;
  Place place;
  std::string text;         ///< of a string, or of a number as it stands in the file
  std::vector<Node> items;  ///< of an array
  struct Member;
  std::vector<Member> members;  ///< of a table, in file order
  const Node* find(const std::string& key) const;
};

struct Node::Member {
  std::string key;
  Place place;
  Node value;
};

/// Values nested deeper than this are refused.
inline constexpr int kMaxDepth = 64;

/// Both throw InputError with file, line and column.
Node parse_toml(const std::string& text, const std::string& file);
Node parse_json(const std::string& text, const std::string& file);

/// The case that a tree describes, as parse_case. Throws InputError.
Case read_case(const Node& root, const std::string& file, Roots roots,
               const std::filesystem::path& folder);
/// The same without the checks that need computing: covariances, whether the parts fit together.
/// case_reader.cpp uses no linear algebra, so that the certificate checker can share it.
Case read_case_as_written(const Node& root, const std::string& file, Roots roots,
                          const std::filesystem::path& folder);

/// The place of the byte `at` of a text.
Place place_in(std::string_view text, size_t at);

/// "file:line:column: message" as an InputError.
[[noreturn]] void fail(const std::string& file, Place place, const std::string& message);

}  // namespace istcheck
