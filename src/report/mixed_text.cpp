#include "report/mixed_text.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>
#include <utility>

#include "claim/latex.hpp"
#include "claim/parser.hpp"
#include "exact/number_field.hpp"
#include "report/text.hpp"

namespace istcheck {
namespace {

/// Where the value that begins at `at` ends: before a comma, a colon or a closing bracket of the
/// text around it, or before a blank and an opening parenthesis, which begins its decimal.
size_t end_of_value(const std::string& text, size_t at) {
  int depth = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '[' || c == '(') ++depth;
    if ((c == ']' || c == ')') && --depth < 0) return at;
    if (depth > 0) continue;
    if (c == '.' && at + 1 == text.size()) return at;
    if (c == ',' || c == ';' || text.compare(at, 2, ": ") == 0 || text.compare(at, 2, " (") == 0)
      return at;
  }
  return at;
}

/// What the engine says of a direction that shows that an order does not hold.
constexpr std::pair<const char*, const char*> kDirection = {
    "v'(right - left)v < 0", "v^\\top(\\text{right} - \\text{left})v < 0"};

void add(MixedText& parts, bool math, const std::string& text) {
  if (text.empty()) return;
  if (const size_t at = math ? std::string::npos : text.find(kDirection.first);
      at != std::string::npos) {
    add(parts, false, text.substr(0, at));
    parts.push_back({true, kDirection.second});
    return add(parts, false, text.substr(at + std::string(kDirection.first).size()));
  }
  if (!math && !parts.empty() && !parts.back().math) {
    parts.back().text += text;
  } else {
    parts.push_back({math, text});
  }
}

bool is_formula(const std::string& latex) { return latex.compare(0, 5, "\\text") != 0; }

/// A statement in a sentence: from where to where, and as LaTeX.
struct InSentence {
  size_t begin, end;
  std::string latex;
};

/// Of "… the hypothesis STATEMENT is false: …", or "… the conclusion STATEMENT: …" where it is
/// undecided.
std::optional<InSentence> statement_in(const std::string& text) {
  for (const std::string before : {"the hypothesis ", "the conclusion "}) {
    const size_t at = text.find(before);
    if (at == std::string::npos) continue;
    const size_t begin = at + before.size();
    for (const std::string after : {" is false", ": "}) {
      for (size_t end = begin; (end = text.find(after, end)) != std::string::npos; ++end) {
        const std::string latex = expression_latex(text.substr(begin, end - begin));
        if (is_formula(latex)) return InSentence{begin, end, latex};
      }
    }
  }
  return std::nullopt;
}

/// Where the name in front of a value's sign at `at` begins: "C[1]", "theta"; `at` for the words of
/// sentences.
size_t begin_of_name(const std::string& text, size_t from, size_t at) {
  static const std::set<std::string> words = {"left", "right", "value", "factor"};
  if (at <= from || text[at - 1] != ' ') return at;
  const size_t end = at - 1;
  size_t begin = end;
  if (begin > from && text[begin - 1] == ']') {
    begin = text.find_last_not_of("0123456789, ", begin - 2);
    if (begin == std::string::npos || begin < from || text[begin] != '[') return at;
  }
  const auto of_name = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  const size_t index = begin;
  while (begin > from && of_name(text[begin - 1])) --begin;
  const bool name = begin < index && std::isalpha(static_cast<unsigned char>(text[begin])) != 0 &&
                    (begin == 0 || std::string(" [(").find(text[begin - 1]) != std::string::npos);
  return name && words.count(text.substr(begin, end - begin)) == 0 ? begin : at;
}

/// Whether the sign in front of a value at `at` is "=" and no part of "<=".
bool is_equation(const std::string& text, size_t at) {
  return at == 0 || std::string("<>!=").find(text[at - 1]) == std::string::npos;
}

/// The text with every value in it as math.
void add_values(MixedText& parts, const std::string& text) {
  size_t from = 0, at = 0;
  for (; (at = text.find("= ", at)) != std::string::npos; ++at) {
    if (!is_equation(text, at)) continue;
    const size_t begin = at + 2, end = end_of_value(text, begin);
    const std::string value = text.substr(begin, end - begin);
    const bool formula =
        !value.empty() && (value.front() == '[' || value.front() == '-' ||
                           std::isdigit(static_cast<unsigned char>(value[0])) ||
                           value.compare(0, 4, "sqrt") == 0 || value.compare(0, 5, "alpha") == 0);
    const size_t name = formula ? begin_of_name(text, from, at) : at;
    const std::string latex = name < at ? expression_latex(text.substr(name, at - 1 - name)) : "";
    if (!latex.empty() && is_formula(latex)) {
      add(parts, false, text.substr(from, name - from));
      add(parts, true, latex + " = " + expression_latex(value));
    } else {
      add(parts, false, text.substr(from, begin - from));
      add(parts, formula, formula ? expression_latex(value) : value);
    }
    from = end;
  }
  add(parts, false, text.substr(from));
}

bool is_cut(const std::string& text) { return text.find("…") != std::string::npos; }

/// A decimal that goes on: "12.568…".
std::string decimal_latex(const std::string& text) {
  std::string digits = text;
  for (size_t at; (at = digits.find("…")) != std::string::npos;)
    digits.replace(at, std::string("…").size(), "\\ldots");
  return digits;
}

std::string number_latex(const Rational& x) {
  if (denominator(x) == 1) return to_string(x);
  const Integer top = abs(numerator(x));
  return std::string(x < 0 ? "-" : "") + "\\tfrac{" + top.str() + "}{" + denominator(x).str() + "}";
}

}  // namespace

std::string expression_latex(const std::string& text) {
  if (text.find_first_not_of("-0123456789.\xE2\x80\xA6") == std::string::npos && is_cut(text))
    return decimal_latex(text);
  try {
    return claim::to_latex(*claim::parse_expression(text));
  } catch (const claim::ClaimError&) {
    return "\\text{" + claim::text_latex(text) + "}";
  }
}

MixedText mixed_text(const std::string& text) {
  MixedText parts;
  size_t from = 0;
  if (const auto statement = statement_in(text)) {
    add_values(parts, text.substr(0, statement->begin));
    add(parts, true, statement->latex);
    from = statement->end;
  }
  add_values(parts, text.substr(from));
  return parts;
}

MixedText dollar_text(const std::string& text) {
  MixedText parts;
  bool math = false;
  for (size_t at = 0; at <= text.size(); math = !math) {
    const size_t end = std::min(text.find('$', at), text.size());
    if (end > at) parts.push_back({math, text.substr(at, end - at)});
    at = end + 1;
  }
  return parts;
}

std::vector<std::string> assignments_latex(const std::string& values) {
  std::vector<std::string> out;
  for (size_t from = 0; from < values.size();) {
    const size_t equals = values.find(" = ", from);
    if (equals == std::string::npos) break;
    const size_t end = end_of_value(values, equals + 3);
    out.push_back(claim::name_latex(values.substr(from, equals - from)) + " = " +
                  expression_latex(values.substr(equals + 3, end - equals - 3)));
    from = values.find_first_not_of(", ", end);
  }
  return out;
}

namespace {

std::string number_latex(const Surd& x) {
  return x.is_rational() ? number_latex(x.rational()) : expression_latex(to_string(x));
}

template <class Entries>
std::string entries_latex(const Entries& m) {
  std::string out = "\\begin{pmatrix}";
  for (Index i = 0; i < m.rows(); ++i) {
    out += i == 0 ? "" : " \\\\ ";
    for (Index j = 0; j < m.cols(); ++j) out += (j == 0 ? "" : " & ") + number_latex(m(i, j));
  }
  return out + "\\end{pmatrix}";
}

/// Every outcome of a table with its probability, a few matrices a line.
void add_outcomes(const TableSketch& table, std::vector<std::string>& out) {
  constexpr size_t kReadable = 24;
  constexpr Index kColumns = 12;
  for (size_t k = 0; k < std::min(table.outcomes.size(), kReadable); ++k) {
    const auto& o = table.outcomes[k];
    std::string line = "\\text{with probability }" + number_latex(o.weight) + ":";
    Index columns = 0;
    for (size_t i = 0; i < o.C.size(); ++i) {
      if (columns > 0 && columns + o.C[i].cols() > kColumns) {
        out.push_back(line);
        line.clear();
        columns = 0;
      }
      line += (line.empty() ? "C_{" : "\\quad C_{") + std::to_string(i + 1) +
              "} = " + entries_latex(o.C[i]) + (i + 1 < o.C.size() ? "," : "");
      columns += o.C[i].cols();
    }
    out.push_back(line);
  }
  if (table.outcomes.size() > kReadable)
    out.push_back("\\text{and " + std::to_string(table.outcomes.size() - kReadable) +
                  " more outcomes, in the case's file}");
}

}  // namespace

std::vector<std::string> problem_latex(const Case& c) {
  constexpr Index kReadable = 6;
  std::vector<std::string> out;
  if (c.n() > kReadable || c.d() > kReadable) return out;
  for (const SurdWorker& w : workers_of(c)) {
    const std::string index = "_{" + std::to_string(out.size() + 1) + "} = ";
    out.push_back("L" + index + entries_latex(w.L) + ",\\quad b" + index + entries_latex(w.b));
  }
  if (const auto* table = std::get_if<TableSketch>(&c.sketch)) add_outcomes(*table, out);
  return out;
}

std::string alpha_text(const Case& c) {
  if (!c.alpha) return "";
  std::string polynomial;
  for (size_t k = c.alpha->polynomial.size(); k-- > 0;) {
    const Integer& q = c.alpha->polynomial[k];
    if (q == 0) continue;
    polynomial += polynomial.empty() ? (q < 0 ? "-" : "") : (q < 0 ? " - " : " + ");
    const Integer size = abs(q);
    if (size != 1 || k == 0) polynomial += size.str() + (k > 0 ? "*" : "");
    if (k > 0) polynomial += k > 1 ? "x^" + std::to_string(k) : "x";
  }
  return "alpha = " + decimal(field_of(c)->generator(), 12) + "…, the root of " + polynomial +
         " in [" + to_string(c.alpha->low) + ", " + to_string(c.alpha->high) + "]";
}

std::string problem_text(const Case& c) {
  std::string out = std::to_string(c.n()) + (c.n() == 1 ? " worker" : " workers") + ", dimension " +
                    std::to_string(c.d()) + "; sketch " + kind_of(c.sketch) + ", method " +
                    name_of(c.method);
  if (c.method.local_steps > 1)
    out += " with " + std::to_string(c.method.local_steps) + " local steps";
  out += ", " + steps_text(c);
  const std::string alpha = alpha_text(c);
  return out + (alpha.empty() ? "" : "; " + alpha);
}

}  // namespace istcheck
