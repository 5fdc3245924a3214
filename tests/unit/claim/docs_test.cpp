#include <cctype>
#include <fstream>
#include <set>
#include <sstream>

#include "claim/builtins.hpp"
#include "claim/expression_parser.hpp"
#include "support.hpp"

namespace istcheck::claim {
namespace {

std::string text_of_file(const std::string& path) {
  std::ifstream in(std::string(ISTCHECK_SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string reference() { return text_of_file("docs/claim-language.md"); }

/// Whether the text has the word, with no letter, digit, - or _ beside it. A backslash and the
/// letter after it, as in \bword, are no part of a word.
bool has_word(const std::string& text, const std::string& word) {
  const auto part = [&](size_t k) {
    return k < text.size() && (std::isalnum(static_cast<unsigned char>(text[k])) != 0 ||
                               text[k] == '_' || text[k] == '-');
  };
  for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !part(at - 1) || (at > 1 && text[at - 2] == '\\');
    if (begins && !part(at + word.size())) return true;
  }
  return false;
}

/// The cells of a row of a Markdown table; \| is a bar inside a cell.
std::vector<std::string> cells(const std::string& row) {
  std::vector<std::string> result(1);
  for (size_t k = 1; k < row.size(); ++k) {
    const bool escaped = row[k] == '\\' && k + 1 < row.size();
    if (row[k] == '|') {
      result.emplace_back();
    } else {
      result.back() += escaped ? row[++k] : row[k];
    }
  }
  result.pop_back();  // after the last bar
  return result;
}

/// What stands between backticks.
std::vector<std::string> code(const std::string& cell) {
  std::vector<std::string> result;
  std::istringstream in(cell);
  std::string words, quoted;
  while (std::getline(in, words, '`') && std::getline(in, quoted, '`')) result.push_back(quoted);
  return result;
}

/// The rows of the tables below a heading, or below a line that begins with a bold phrase.
std::vector<std::vector<std::string>> table_below(const std::string& heading) {
  std::istringstream in(reference());
  std::vector<std::vector<std::string>> rows;
  std::string line;
  while (std::getline(in, line) && line.rfind(heading, 0) != 0) {
  }
  while (std::getline(in, line) && line.rfind("## ", 0) != 0 && line.rfind("**", 0) != 0) {
    if (line.rfind("| `", 0) == 0) rows.push_back(cells(line));
  }
  return rows;
}

/// Why the example of the reference is no expression of the language; "" when it is one. It may use
/// the names that the examples share: W, h and theta, and members of a family.
std::string fault(const std::string& example) {
  const bool member = example.rfind("at(", 0) == 0;
  const std::string head =
      member ? "claim t { family m in 2..3 { n = m d = m sketch = perm q = 1 gamma = 1 "
               "L(i) = mat(j in 1..m, k in 1..m : 1) b(i) = vec(j in 1..m : 1) } "
             : "claim t { forall theta : scalar try 1 let W = Lbar let h = xstar ";
  const std::string as_statement = refusal(head + "conclude " + example + " }");
  if (as_statement.empty()) return "";
  return refusal(head + "let v = " + example + " conclude 1 = 1 }").empty() ? "" : as_statement;
}

/// The same for a part of a method.
std::string fault_of_method(const std::string& example) {
  const std::string text =
      "method t { parameter beta : scalar state x, h[i in workers] "
      "draw T from subsets(coordinates, 1) " +
      example + " x <- x } claim c { conclude 1 = 1 }";
  try {
    parse_claim_file(text, "test.claim");
    return "";
  } catch (const ClaimError& error) {
    return error.what();
  }
}

/// The same for a conclusion of a claim about a method.
std::string fault_in_claim(const std::string& example) {
  return refusal(
      "method t { state x, h[i in workers] x <- x } claim c { setting method = t conclude " +
      example + " }");
}

void collect(const Expr& e, std::set<Op>& found) {
  found.insert(e.op);
  for (const auto& arg : e.args) collect(*arg, found);
  for (const auto& b : e.binders) {
    if (b.low) collect(*b.low, found);
    if (b.high) collect(*b.high, found);
  }
}

}  // namespace

TEST_CASE("the reference has every name and function") {
  const std::string text = reference();
  for (const auto& b : builtins()) {
    const char* after = b.use == Use::constant ? "`" : b.use == Use::function ? "(" : "[";
    INFO(b.name);
    CHECK(text.find("| `" + b.name + after) != std::string::npos);
  }
}

TEST_CASE(
    "every operator and function of the reference has its types and an example that is accepted") {
  std::set<Op> shown;
  size_t rows = 0;
  for (const char* heading : {"## Operators", "## Functions"}) {
    for (const auto& row : table_below(heading)) {
      ++rows;
      INFO(row.front());
      REQUIRE(row.size() >= 3);
      CHECK(row[1].find_first_not_of(' ') != std::string::npos);
      const auto examples = code(row.back());
      CHECK(!examples.empty());
      for (const auto& example : examples) {
        INFO(example);
        CHECK(fault(example) == "");
        collect(*parse_expression(example), shown);
      }
    }
  }
  CHECK(rows >= 45);
  const auto methods = table_below("**The text of a method.**");
  CHECK(methods.size() >= 16);
  for (const auto& row : methods)
    for (const auto& example : code(row.back())) {
      INFO(example);
      CHECK(fault_of_method(example) == "");
    }
  shown.insert(Op::in_set);  // among them
  const auto forms = table_below("**Claims about a method**");
  CHECK(forms.size() >= 9);
  for (const auto& row : forms)
    for (const auto& example : code(row.back())) {
      INFO(example);
      CHECK(fault_in_claim(example) == "");
      collect(*parse_expression(example), shown);
    }
  for (int op = 0; op <= static_cast<int>(Op::iff); ++op) {
    INFO("operator number " << op << " of ast.hpp has no example");
    CHECK(shown.count(static_cast<Op>(op)) == 1);
  }
}

TEST_CASE("the grammar for editors has every keyword, name and function") {
  const std::string grammar = text_of_file("editors/istcheck.tmLanguage.json");
  for (const auto& word : reserved_words()) {
    INFO(word);
    CHECK(has_word(grammar, word));
  }
  for (const auto& b : builtins()) {
    INFO(b.name);
    CHECK(has_word(grammar, b.name));
  }
}

TEST_CASE("the claims shown in the reference are claims, and the family holds") {
  const std::string text = reference();
  int found = 0;
  for (size_t at = text.find("```\nclaim "); at != std::string::npos;
       at = text.find("```\nclaim ", at + 1)) {
    const size_t begin = at + 4;
    const Claim c = checked(text.substr(begin, text.find("```", begin) - begin));
    ++found;
    if (c.family) CHECK(judge(c, nullptr).verdict == Verdict::holds);
  }
  REQUIRE(found == 2);
}

}  // namespace istcheck::claim
