// A family file is a case file in which numbers may be formulas in the parameter, and in which the
// workers come from a base case or from formulas for their entries. For each value the formulas are
// replaced by their values in the tree, and the tree is read as any case is.
#include "input/family.hpp"

#include <algorithm>

#include "input/formula.hpp"
#include "input/node.hpp"

namespace istcheck {
namespace {

constexpr size_t kMaxMembers = 1000;
constexpr int kMaxSize = 256;  // of a generated problem

Node string_node(const std::string& text, Place place) {
  Node node;
  node.kind = Node::Kind::string;
  node.place = place;
  node.text = text;
  return node;
}

Node list_node(Node::Kind kind, Place place) {
  Node node;
  node.kind = kind;
  node.place = place;
  return node;
}

class FamilyReader {
 public:
  FamilyReader(const Node& root, const std::filesystem::path& path)
      : root_(root), path_(path), file_(path.string()) {}

  Family read() const {
    for (const Node::Member& m : root_.members) {
      static const std::vector<std::string> known = {"name",    "parameter", "values", "base",
                                                     "workers", "dimension", "L",      "b",
                                                     "ridge",   "step",      "sketch", "method"};
      if (std::find(known.begin(), known.end(), m.key) != known.end()) continue;
      const std::string near = nearest(m.key, known);
      fail(file_, m.place,
           "unknown key \"" + m.key + "\" in a family" +
               (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
    Family family;
    family.name = text("name");
    family.parameter = text("parameter");
    for (const char* taken : {"i", "r", "c", "d"})
      if (family.parameter == taken)
        fail(file_, required("parameter").place,
             "a parameter cannot be called \"" + family.parameter +
                 "\": formulas use i (worker), r and c (row and column), d (dimension) themselves");
    const Node& values = required("values");
    if (values.kind != Node::Kind::array || values.items.empty())
      fail(file_, values.place, "expected a list of values of the parameter");
    if (values.items.size() > kMaxMembers)
      fail(file_, values.place, "more than " + std::to_string(kMaxMembers) + " values");
    for (const Node& item : values.items) {
      const auto value = item.kind == Node::Kind::integer || item.kind == Node::Kind::string
                             ? parse_rational(item.text)
                             : std::nullopt;
      if (!value)
        fail(file_, item.place, "expected an exact value of the parameter, such as 3 or \"1/10\"");
      family.members.push_back({to_string(*value), member(family, *value)});
    }
    return family;
  }

 private:
  const Node& required(const std::string& key) const {
    if (const Node* node = root_.find(key)) return *node;
    fail(file_, root_.place, "\"" + key + "\" is missing in this family");
  }
  std::string text(const std::string& key) const {
    const Node& node = required(key);
    if (node.kind != Node::Kind::string) fail(file_, node.place, "expected a string");
    return node.text;
  }
  Rational formula(const Node& node, const FormulaNames& names) const {
    if (node.kind != Node::Kind::string && node.kind != Node::Kind::integer)
      fail(file_, node.place, "expected a formula in quotes, or a whole number");
    try {
      return evaluate_formula(node.text, names);
    } catch (const std::invalid_argument& error) {
      fail(file_, node.place, error.what());
    }
  }
  int size(const std::string& key, const FormulaNames& names) const {
    const Node& node = required(key);
    const Rational value = formula(node, names);
    if (denominator(value) != 1 || value < 1 || value > kMaxSize)
      fail(file_, node.place,
           key + " = " + to_string(value) + " is not a whole number from 1 to " +
               std::to_string(kMaxSize));
    return static_cast<int>(numerator(value));
  }

  Case member(const Family& family, const Rational& value) const {
    FormulaNames names{{family.parameter, value}};
    Node tree = list_node(Node::Kind::table, root_.place);
    if (const Node* base = root_.find("base")) {
      if (base->kind != Node::Kind::string)
        fail(file_, base->place, "expected the path of a case file");
      const auto path = path_.parent_path() / base->text;
      const std::string source = read_text_file(path);
      tree = path.extension() == ".json" ? parse_json(source, path.string())
                                         : parse_toml(source, path.string());
    }
    set(tree, "name",
        string_node(family.name + ", " + family.parameter + " = " + to_string(value), root_.place));
    if (!root_.find("base")) set(tree, "worker", generated_workers(names));
    if (const Node* step = root_.find("step")) set(tree, "step", evaluated(*step, names));
    for (const char* section : {"sketch", "method"})
      if (const Node* node = root_.find(section)) set(tree, section, section_of(*node, names));
    if (const Node* ridge = root_.find("ridge")) add_ridge(tree, formula(*ridge, names));
    refuse_method_text(tree);
    return read_case(tree, file_, Roots::refused, path_.parent_path());
  }

  void refuse_method_text(const Node& tree) const {
    const Node* method = tree.find("method");
    const Node* named = method != nullptr ? method->find("file") : nullptr;
    if (named == nullptr) return;
    const Node* base = root_.find("method") != nullptr ? nullptr : root_.find("base");
    fail(file_, base != nullptr ? base->place : named->place,
         "families do not do methods as text yet");
  }
  static void set(Node& tree, const std::string& key, Node value) {
    for (Node::Member& m : tree.members)
      if (m.key == key) {
        m.value = std::move(value);
        return;
      }
    const Place place = value.place;
    tree.members.push_back({key, place, std::move(value)});
  }
  Node evaluated(const Node& node, const FormulaNames& names) const {
    return string_node(to_string(formula(node, names)), node.place);
  }
  /// A [sketch] or [method] table with its numbers evaluated.
  Node section_of(const Node& node, const FormulaNames& names) const {
    Node copy = node;
    for (Node::Member& m : copy.members)
      if (m.key == "q" || m.key == "p" || m.key == "local_steps")
        m.value = evaluated(m.value, names);
    return copy;
  }
  Node generated_workers(FormulaNames names) const {
    const int n = size("workers", names), d = size("dimension", names);
    names["n"] = n;
    names["d"] = d;
    const Node& L = required("L");
    const Node& b = required("b");
    Node workers = list_node(Node::Kind::array, L.place);
    for (int i = 1; i <= n; ++i) {
      names["i"] = i;
      Node matrix = list_node(Node::Kind::array, L.place),
           vector = list_node(Node::Kind::array, b.place);
      for (int r = 1; r <= d; ++r) {
        names["r"] = r;
        vector.items.push_back(evaluated(b, names));
        matrix.items.push_back(list_node(Node::Kind::array, L.place));
        FormulaNames with_column = names;
        for (int c = 1; c <= d; ++c) {
          with_column["c"] = c;
          matrix.items.back().items.push_back(evaluated(L, with_column));
        }
      }
      Node worker = list_node(Node::Kind::table, L.place);
      set(worker, "L", std::move(matrix));
      set(worker, "b", std::move(vector));
      workers.items.push_back(std::move(worker));
    }
    return workers;
  }
  void add_ridge(Node& tree, const Rational& ridge) const {
    for (Node::Member& m : tree.members) {
      if (m.key != "worker") continue;
      for (Node& worker : m.value.items)
        for (Node::Member& part : worker.members) {
          if (part.key != "L") continue;
          for (size_t k = 0; k < part.value.items.size() && k < part.value.items[k].items.size();
               ++k) {
            Node& entry = part.value.items[k].items[k];
            if (const auto old = parse_rational(entry.text))
              entry = string_node(to_string(Rational(*old + ridge)), entry.place);
          }
        }
    }
  }

  const Node& root_;
  std::filesystem::path path_;
  std::string file_;
};

}  // namespace

std::variant<Case, Family> load_case_or_family(const std::filesystem::path& path, Roots roots) {
  const std::string text = read_input(path), file = path.string();
  const Node root = is_json(path, text) ? parse_json(text, file) : parse_toml(text, file);
  if (root.find("parameter")) return FamilyReader(root, path).read();
  return read_case(root, file, roots, path.parent_path());
}

}  // namespace istcheck
