// Claims as a reader meets them: the setting as a sentence, variables with their ranges,
// hypotheses, conclusions, definitions.
#include <map>

#include "claim/latex.hpp"
#include "claim/printer.hpp"

namespace istcheck::claim {

const char* space_of(Kind k) {
  switch (k) {
    case Kind::scalar:
      return "\\mathbb R";
    case Kind::integer:
      return "\\mathbb Z";
    case Kind::vector:
      return "\\mathbb R^d";
    case Kind::matrix:
      return "\\mathbb R^{d\\times d}";
    case Kind::symmetric:
      return "\\mathbb S^d";
    case Kind::state:
    case Kind::reachable:
      return "\\mathbb R^N";
    case Kind::positive:
      return "\\mathbb S^d_{++}";
  }
  return "";
}

namespace {

void display(std::string& out, const std::vector<Statement>& statements) {
  for (const auto& s : statements) {
    out += "\\[ " + to_latex(*s.value) +
           (s.label.empty() ? "" : " \\qquad \\text{(" + text_latex(s.label) + ")}") + " \\]\n";
  }
}

/// "perm" as papers write it; docs/manual.md has the table of sketches. e_π is a coordinate that is
/// dealt to worker i.
std::string sketch_latex(const std::string& kind) {
  static const std::map<std::string, std::string> words = {
      {"identity", "the identity"},
      {"perm", "Perm-$q$"},
      {"rand", "Rand-$q$"},
      {"scaled-perm", "scaled permutations"},
      {"unit-perm", "$\\sqrt n\\, e_{\\pi} e_{\\pi}^\\top$ for a random permutation"},
      {"bernoulli", "Bernoulli sketches"},
      {"block", "blocks, some shared and the rest dealt"},
      {"table", "those of a table"}};
  const auto found = words.find(kind);
  return found != words.end() ? found->second : kind;
}

/// Of the scaled permutations, which of the two readings of their scale.
std::string reading_latex(const std::string& reading) {
  return reading == "diagonal" ? "$\\sqrt n\\, [D_i^{-1/2}]_{\\pi\\pi}\\, e_{\\pi} e_{\\pi}^\\top$ "
                                 "(from the diagonal of $L_i$)"
                               : "$\\sqrt n\\, [L_i^{-1/2}]_{\\pi\\pi}\\, e_{\\pi} e_{\\pi}^\\top$ "
                                 "(as printed)";
}

std::string flag_latex(const std::string& flag) {
  static const std::map<std::string, std::string> words = {
      {"homogeneous", "all $L_i$ and all $b_i$ be equal"},
      {"heterogeneous", "the pairs $(L_i, b_i)$ differ"},
      {"interpolation", "all $b_i = 0$"},
      {"noiseless", "gradients be exact"},
      {"noisy", "gradients be noisy"}};
  const auto found = words.find(flag);
  return found != words.end() ? found->second : flag;
}

/// One or several words of a setting.
std::string choices(const Setting& s, std::string (*word)(const std::string&)) {
  std::string out;
  for (size_t k = 0; k < s.choices.size(); ++k)
    out += (k == 0 ? "" : k + 1 == s.choices.size() ? " or " : ", ") + word(s.choices[k]);
  return out;
}

std::string as_written(const std::string& word) { return word; }

std::string clause(const Setting& s) {
  if (s.condition) return "$" + to_latex(*s.condition) + "$";
  if (s.choices.empty()) return flag_latex(s.key);
  if (s.key == "sketch") return "$C_i$ be " + choices(s, sketch_latex);
  if (s.key == "reading") return "that is " + choices(s, reading_latex);
  if (s.key == "case") return "the case be " + choices(s, text_latex);
  return "the " + s.key + " be " + choices(s, as_written);
}

/// At most this many whole numbers of a range are written out.
constexpr long kWrittenOut = 6;

std::string range_latex(const Trial& t) {
  if (t.value) return to_latex(*t.value);
  const bool plain = t.low->op == Op::number && t.high->op == Op::number && !t.by;
  std::string out;
  if (plain && t.high->value - t.low->value < kWrittenOut) {
    for (Rational k = t.low->value; k <= t.high->value; k = k + 1)
      out += (out.empty() ? "" : ", ") + to_string(k);
    return out.empty() ? "" : out;
  }
  out = to_latex(*t.low) + ", ";
  if (t.by) out += to_latex(*t.low) + " + " + to_latex(*t.by) + ", ";
  return out + "\\dots, " + to_latex(*t.high);
}

}  // namespace

std::string setting_latex(const Claim& c) {
  std::string let, method;
  for (const auto& s : c.settings) {
    if (s.key == "method")
      method = "method " + choices(s, as_written);
    else
      let += (let.empty() ? "Let " : ", ") + clause(s);
  }
  if (let.empty() && method.empty()) return "";
  if (let.empty()) method[0] = 'M';
  return let + (let.empty() || method.empty() ? "" : "; ") + method + ".";
}

std::string to_latex(const Variable& v) {
  if (!v.ranged) return name_latex(v.name) + " \\in " + space_of(v.kind);
  return name_latex(v.name) + " \\in \\{" + range_latex(v.trials.at(0)) + "\\}";
}

std::string tried_latex(const Variable& v) {
  if (v.ranged) return to_latex(v);
  if (v.trials.empty()) return name_latex(v.name) + " \\text{ as the case gives it}";
  std::string out;
  for (const auto& t : v.trials) out += (out.empty() ? "" : ", ") + range_latex(t);
  return name_latex(v.name) + " \\in \\{" + out + "\\}";
}

std::string to_latex(const Claim& c) {
  std::string out = "\\begin{claim}[" + text_latex(c.title) + "; " + text_latex(c.paper) + " " +
                    text_latex(c.equation) + "]\\label{" + c.id + "}\n";
  if (!c.settings.empty()) out += setting_latex(c) + "\n";
  if (!c.variables.empty()) {
    out += "Claimed of every ";
    for (size_t k = 0; k < c.variables.size(); ++k) {
      out += (k == 0 ? "$" : ", $") + to_latex(c.variables[k]) + "$";
    }
    out += ":\n";
  }
  if (!c.hypotheses.empty()) {
    out += "if\n";
    display(out, c.hypotheses);
    out += "then\n";
  }
  display(out, c.conclusions);
  for (size_t k = 0; k < c.definitions.size(); ++k) {
    out += (k == 0 ? "where $" : "and $") + name_latex(c.definitions[k].name) + " = " +
           to_latex(*c.definitions[k].value) + "$\n";
  }
  return out + "\\end{claim}\n";
}

}  // namespace istcheck::claim
