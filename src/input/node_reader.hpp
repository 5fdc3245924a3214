// Reading plain values from a tree; every error names the place. Private to input/.
#pragma once

#include <string>
#include <vector>

#include "input/node.hpp"

namespace istcheck {

/// The text between quotation marks.
std::string quoted(const std::string& text);

/// All throw InputError with file, line and column when the node is not as they expect.
class NodeReader {
 protected:
  explicit NodeReader(const std::string& file) : file_(file) {}

  [[noreturn]] void fail_at(const Node& node, const std::string& message) const;
  void expect(const Node& node, Node::Kind kind, const std::string& what) const;
  /// The member of a table; `what` says what it would be.
  const Node& required(const Node& table, const std::string& key, const std::string& what) const;
  /// The table has no other keys.
  void only(const Node& table, const std::vector<std::string>& known) const;
  std::string string(const Node& node) const;
  bool boolean(const Node& node) const;
  Rational rational(const Node& node) const;
  int integer(const Node& node, int least, int most, const std::string& what) const;

  const std::string& file() const { return file_; }

 private:
  const std::string& file_;

  [[noreturn]] void refuse_floating(const Node& node) const;
};

}  // namespace istcheck
