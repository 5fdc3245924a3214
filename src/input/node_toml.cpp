#include <algorithm>

#include <toml++/toml.h>

#include "claim/utf8.hpp"
#include "input/case_file.hpp"
#include "input/node.hpp"

namespace istcheck {
namespace {

Place place_of(const toml::source_position& p) {
  return {static_cast<int>(p.line), static_cast<int>(p.column)};
}

class Converter {
 public:
  explicit Converter(std::string_view text) : text_(text) {
    for (size_t at = 0; at != std::string::npos;) {
      line_starts_.push_back(at);
      at = text.find('\n', at);
      if (at != std::string::npos) ++at;
    }
  }

  Node convert(const toml::node& source) const {
    Node node;
    node.place = place_of(source.source().begin);
    switch (source.type()) {
      case toml::node_type::table:
        node.kind = Node::Kind::table;
        for (const auto& [key, value] : *source.as_table())
          node.members.push_back(
              {std::string(key.str()), place_of(key.source().begin), convert(value)});
        // toml++ sorts keys; the file's order is the reader's.
        std::stable_sort(node.members.begin(), node.members.end(),
                         [](const Node::Member& a, const Node::Member& b) {
                           return std::pair(a.place.line, a.place.column) <
                                  std::pair(b.place.line, b.place.column);
                         });
        break;
      case toml::node_type::array:
        node.kind = Node::Kind::array;
        for (const toml::node& item : *source.as_array()) node.items.push_back(convert(item));
        break;
      case toml::node_type::string:
        node.kind = Node::Kind::string;
        node.text = source.as_string()->get();
        break;
      case toml::node_type::integer:
        node.kind = Node::Kind::integer;
        node.text = std::to_string(source.as_integer()->get());
        break;
      case toml::node_type::floating_point:
        node.kind = Node::Kind::floating;
        node.text = slice(source.source());
        break;
      case toml::node_type::boolean:
        node.kind = Node::Kind::boolean;
        node.text = source.as_boolean()->get() ? "true" : "false";
        break;
      default:
        node.kind = Node::Kind::null;  // dates and times have no use here
        node.text = slice(source.source());
    }
    return node;
  }

 private:
  /// The digits as they stand in the file: the parsed double has been rounded.
  std::string slice(const toml::source_region& region) const {
    if (region.begin.line != region.end.line || region.begin.line > line_starts_.size()) return "";
    const std::string_view line = text_.substr(line_starts_[region.begin.line - 1]);
    const size_t begin = byte_of(line, region.begin.column);
    return std::string(line.substr(begin, byte_of(line, region.end.column) - begin));
  }
  /// Where the character in a column begins; columns count from 1.
  static size_t byte_of(std::string_view line, size_t column) {
    size_t at = 0;
    for (; column > 1 && at < line.size(); --column)
      at += std::max<size_t>(1, character_length(line.substr(at)));
    return at;
  }

  const std::string_view text_;
  std::vector<size_t> line_starts_;
};

}  // namespace

Node parse_toml(const std::string& bytes, const std::string& file) {
  const std::string_view text = checked_text(bytes, file);
  try {
    return Converter(text).convert(toml::parse(text, file));
  } catch (const toml::parse_error& error) {
    fail(file, place_of(error.source().begin),
         "not valid TOML: " + std::string(error.description()));
  }
}

}  // namespace istcheck
