// The vectors in tests/vectors: every field that they have, rationals exactly, decimals of
// algebraic numbers to 25 digits.
#include <filesystem>

#include "case_files.hpp"
#include "dynamics/analysis.hpp"
#include "input/node.hpp"
#include "support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

RationalVector vector_of(const Node& node) {
  RationalVector v(static_cast<Index>(node.items.size()));
  for (Index i = 0; i < v.size(); ++i) v(i) = q(node.items[static_cast<size_t>(i)].text);
  return v;
}

RationalMatrix matrix_of(const Node& node) {
  RationalMatrix m(static_cast<Index>(node.items.size()),
                   static_cast<Index>(node.items.front().items.size()));
  for (Index i = 0; i < m.rows(); ++i)
    m.row(i) = vector_of(node.items[static_cast<size_t>(i)]).transpose();
  return m;
}

/// Fields of one expectation beside ours.
class Comparison {
 public:
  explicit Comparison(const Node& root) : root_(root) {}

  template <class T>
  void field(const std::string& name, const std::optional<T>& ours) {
    const Node* node = find(name);
    if (node == nullptr) return;
    ++looked_at_;
    if (node->kind == Node::Kind::null ? ours.has_value() : !ours || !equal(*node, *ours))
      mismatches.push_back(name);
  }

  /// Fields of the expectation that nobody asked about; objects count by their members.
  int left_over() const {
    int present = 0;
    for (const auto& m : root_.members)
      present += m.value.kind == Node::Kind::table ? static_cast<int>(m.value.members.size()) : 1;
    return present - looked_at_;
  }

  std::vector<std::string> mismatches;

 private:
  const Node* find(const std::string& name) const {
    const auto dot = name.find('.');
    const Node* node = root_.find(name.substr(0, dot));
    if (node != nullptr && dot != std::string::npos) node = node->find(name.substr(dot + 1));
    return node;
  }

  static bool equal(const Node& node, const Rational& ours) { return ours == q(node.text); }
  static bool equal(const Node& node, const Integer& ours) {
    return Rational(ours) == q(node.text);
  }
  static bool equal(const Node& node, bool ours) {
    return node.kind == Node::Kind::boolean && ours == (node.text == "true");
  }
  static bool equal(const Node& node, const RationalVector& ours) {
    return ours == vector_of(node);
  }
  static bool equal(const Node& node, const RationalMatrix& ours) {
    return ours == matrix_of(node);
  }
  static bool equal(const Node& node, const Algebraic& ours) {
    const Rational expected = q(node.text);
    if (ours.is_rational()) {
      // The expectation is this number to 30 digits: only its last digits may be rounded.
      const Rational exact = ours.rational();
      return abs(exact - expected) <= abs(exact) * power(10, -28);
    }
    return abs(q(decimal(ours, 40)) - expected) <= abs(expected) * power(10, -25);
  }

  const Node& root_;
  int looked_at_ = 0;
};

Comparison compare_fields(const Node& root, const Analysis<Rational>& ours) {
  Comparison c(root);
  c.field("minimizer", ours.minimizer);
  c.field("fixed_point", ours.fixed_point);
  c.field("bias", ours.bias);
  c.field("bias_sq.euclid", ours.bias_euclid);
  c.field("bias_sq.lbar", ours.bias_lbar);
  c.field("mean_operator", ours.mean_operator);
  c.field("mean_offset", ours.mean_offset);
  c.field("W", ours.W);
  c.field("Q", ours.Q);
  c.field("W_psd",
          ours.W_decision ? std::optional<bool>(ours.W_decision->psd()) : std::optional<bool>());
  c.field("theta_min", ours.theta_min);
  c.field("stable_mean", ours.stable_mean);
  c.field("stable_mean_square", ours.stable_mean_square);
  c.field("factor.mean", ours.factor_mean);
  c.field("factor.mean_square", ours.factor_mean_square);
  c.field("factor.one_step_lbar", ours.factor_one_step_lbar);
  c.field("factor.theorem1", ours.factor_theorem1);
  c.field("variance", ours.variance);
  c.field("stationary_error.minimizer", ours.stationary_minimizer);
  c.field("stationary_error.fixed_point", ours.stationary_fixed_point);
  c.field("outcomes", std::optional<Integer>(ours.outcomes));
  return c;
}

/// Every number and truth value below `node`, one after the other.
void leaves(Node& node, std::vector<Node*>& result) {
  if (node.items.empty() && node.members.empty()) result.push_back(&node);
  for (Node& item : node.items) leaves(item, result);
  for (auto& m : node.members) leaves(m.value, result);
}

/// Another value, near enough to be a careful test: a decimal changes in its 24th digit.
std::string altered(const std::string& text) {
  if (text == "true") return "false";
  if (text == "false") return "true";
  if (text.find('.') == std::string::npos) return to_string(q(text) + power(10, -40));
  return decimal(q(text) * (1 + power(10, -23)), 40);
}

struct TestVector {
  std::string name;
  Case input;
  Node expectation;
};

std::vector<TestVector> all_vectors() {
  const std::filesystem::path folder =
      std::filesystem::path(ISTCHECK_SOURCE_DIR) / "tests" / "vectors";
  std::vector<TestVector> result;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind("case-", 0) != 0) continue;
    const auto expectation = folder / ("expect-" + name.substr(5));
    result.push_back({name, load_case(entry.path()),
                      parse_json(read_text_file(expectation), expectation.string())});
  }
  return result;
}

}  // namespace

TEST_CASE("vectors: every field of every vector, by closed form and by enumeration") {
  const auto vectors = all_vectors();
  CHECK(vectors.size() >= 18);
  for (const TestVector& v : vectors)
    for (const Route route : {Route::automatic, Route::enumeration}) {
      CAPTURE(v.name, static_cast<int>(route));
      AnalysisOptions options;
      options.moments.route = route;
      const auto ours = analyse<Rational>(v.input, options);
      CHECK(ours.undecided.empty());
      const Comparison comparison = compare_fields(v.expectation, ours);
      CHECK(comparison.mismatches == std::vector<std::string>{});
      CHECK(comparison.left_over() == 0);
    }
}

TEST_CASE("vectors: the comparison notices every altered number") {
  for (const TestVector& v : all_vectors()) {
    const auto ours = analyse<Rational>(v.input);
    Node expectation = v.expectation;
    std::vector<Node*> places;
    leaves(expectation, places);
    REQUIRE(places.size() > 20);
    for (Node* place : places) {
      const std::string original = place->text;
      place->text = altered(original);
      CAPTURE(v.name, original, place->text);
      CHECK(compare_fields(expectation, ours).mismatches.size() == 1);
      place->text = original;
    }
  }
}
