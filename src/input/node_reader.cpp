#include "input/node_reader.hpp"

#include <algorithm>

namespace istcheck {

std::string quoted(const std::string& s) { return "\"" + s + "\""; }

namespace {

std::string described(const Node& node) {
  switch (node.kind) {
    case Node::Kind::table:
      return "a table";
    case Node::Kind::array:
      return "a list";
    case Node::Kind::string:
      return "the string " + quoted(node.text);
    case Node::Kind::null:
      return node.text.empty() ? "nothing" : node.text;
    default:
      return node.text;
  }
}

}  // namespace

void NodeReader::fail_at(const Node& node, const std::string& message) const {
  fail(file_, node.place, message);
}

void NodeReader::expect(const Node& node, Node::Kind kind, const std::string& what) const {
  if (node.kind != kind) fail_at(node, "expected " + what + ", found " + described(node));
}

const Node& NodeReader::required(const Node& table, const std::string& key,
                                 const std::string& what) const {
  if (const Node* node = table.find(key)) return *node;
  fail_at(table, "\"" + key + "\" is missing: expected " + what);
}

void NodeReader::only(const Node& table, const std::vector<std::string>& known) const {
  for (const Node::Member& m : table.members) {
    if (std::find(known.begin(), known.end(), m.key) != known.end()) continue;
    const std::string near = nearest(m.key, known);
    std::string list;
    for (const std::string& k : known) list += (list.empty() ? "" : ", ") + k;
    fail(file_, m.place,
         "unknown key " + quoted(m.key) +
             (near.empty() ? "; known here: " + list : "; did you mean " + quoted(near) + "?"));
  }
}

std::string NodeReader::string(const Node& node) const {
  expect(node, Node::Kind::string, "a string");
  return node.text;
}

bool NodeReader::boolean(const Node& node) const {
  expect(node, Node::Kind::boolean, "true or false");
  return node.text == "true";
}

/// The advice is one that works: TOML also knows inf, nan and 1_000.5.
void NodeReader::refuse_floating(const Node& node) const {
  std::string digits = node.text;
  digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
  if (!parse_rational(digits))
    fail_at(node, "expected an exact number such as 3, \"-1/2\" or \"0.25\", found " + node.text);
  fail_at(node, "the bare number " + node.text +
                    " would be rounded to binary; write it as the string " +
                    istcheck::quoted(digits));
}

Rational NodeReader::rational(const Node& node) const {
  if (node.kind == Node::Kind::floating) refuse_floating(node);
  if (node.kind != Node::Kind::integer && node.kind != Node::Kind::string)
    fail_at(node,
            "expected an exact number such as 3, \"-1/2\" or \"0.25\", found " + described(node));
  const auto value = parse_rational(node.text);
  if (value) return *value;
  const auto slash = node.text.find('/');
  if (slash != std::string::npos && parse_rational(node.text.substr(slash + 1)) == Rational(0))
    fail_at(node, quoted(node.text) + " divides by zero");
  fail_at(node, quoted(node.text) + " is not an exact number such as \"3\", \"-1/2\" or \"0.25\"");
}

int NodeReader::integer(const Node& node, int least, int most, const std::string& what) const {
  const Rational value = rational(node);
  if (denominator(value) != 1 || value < least || value > most)
    fail_at(node, "expected " + what + ", a whole number from " + std::to_string(least) + " to " +
                      std::to_string(most) + ", found " + to_string(value));
  return static_cast<int>(numerator(value));
}

}  // namespace istcheck
