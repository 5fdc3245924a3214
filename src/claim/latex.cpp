#include "claim/latex.hpp"

#include <algorithm>
#include <cctype>

#include "claim/builtins.hpp"

namespace istcheck::claim {
namespace {

// As in the printer: what binds less needs parentheses.
int level_of(const Expr& e) {
  switch (e.op) {
    case Op::quantifier:
    case Op::surely:
    case Op::choose:
      return 0;
    case Op::iff:
      return 1;
    case Op::implies:
      return 2;
    case Op::lor:
      return 3;
    case Op::land:
      return 4;
    case Op::lnot:
      return 5;
    case Op::relation:
      return 6;
    case Op::add:
    case Op::sub:
      return 7;
    case Op::neg:
      return 9;
    case Op::mul:
      return 8;
    case Op::fold:
      return e.name == "min" || e.name == "max" ? 12 : 8;
    case Op::pow:
      return 10;
    default:
      return 12;
  }
}

std::string tex(const Expr& e, int at_least = 0);

/// theta2 → \theta_{2}, W → W, weight → \mathrm{weight}.
std::string name_tex(const std::string& name) {
  static const char* greek[] = {"alpha",  "beta", "gamma", "delta", "epsilon", "eta", "theta",
                                "lambda", "mu",   "rho",   "sigma", "tau",     "phi", "omega"};
  size_t end = name.size();
  while (end > 1 && std::isdigit(static_cast<unsigned char>(name[end - 1])) != 0) --end;
  const std::string stem = name.substr(0, end), digits = name.substr(end);
  std::string out = stem.size() == 1 ? stem : "\\mathrm{" + stem + "}";
  for (const char* letter : greek) {
    if (stem == letter) out = "\\" + stem;
  }
  // Variances are squares: sigma2 → σ².
  if (name == "sigma2" || name == "delta2") return "{" + out + "^{2}}";
  return digits.empty() ? out : out + "_{" + digits + "}";
}

std::string list(const std::vector<ExprPtr>& args, const std::string& between, int level,
                 size_t first = 0) {
  std::string out;
  for (size_t k = first; k < args.size(); ++k)
    out += (k == first ? "" : between) + tex(*args[k], level);
  return out;
}

/// Puts the arguments in the place of #1, #2, …; brackets around sums where the template has none.
std::string filled(const std::string& pattern, const std::vector<ExprPtr>& args) {
  std::string out;
  for (size_t k = 0; k < pattern.size(); ++k) {
    if (pattern[k] != '#' || k + 1 >= pattern.size()) {
      out += pattern[k];
      continue;
    }
    const auto which = static_cast<size_t>(pattern[++k] - '1');
    if (which < args.size())
      out += tex(*args[which], pattern.find("^{-1}") != std::string::npos ? 12 : 0);
  }
  return out;
}

std::string binders(const Expr& e) {
  std::string out;
  for (const auto& b : e.binders) {
    if (!out.empty()) out += ",\\ ";
    const std::string high = b.domain == "workers"       ? "n"
                             : b.domain == "coordinates" ? "d"
                                                         : tex(*b.high);
    out += name_tex(b.name) + " = " + (b.domain.empty() ? tex(*b.low) : "1") + ",\\dots," + high;
  }
  return out;
}

/// Σ_{i=1}^{n}, one sign per index.
std::string sums(const Expr& e, const char* sign) {
  std::string out;
  for (const auto& b : e.binders) {
    const std::string high = b.domain == "workers"       ? "n"
                             : b.domain == "coordinates" ? "d"
                                                         : tex(*b.high);
    out += std::string(sign) + "_{" + name_tex(b.name) + "=" +
           (b.domain.empty() ? tex(*b.low) : "1") + "}^{" + high + "} ";
  }
  return out;
}

std::string fold(const Expr& e) {
  const std::string body = tex(*e.args[0], e.name == "vec" || e.name == "mat" ? 0 : 8);
  if (e.name == "sum") return sums(e, "\\sum") + body;
  if (e.name == "mean") return "\\operatorname*{mean}_{" + binders(e) + "} " + body;
  if (e.name == "min" || e.name == "max") return "\\" + e.name + "_{" + binders(e) + "} " + body;
  return "\\bigl[" + body + "\\bigr]_{" + binders(e) + "}";
}

std::string relation_tex(Relation r) {
  switch (r) {
    case Relation::eq:
      return "=";
    case Relation::ne:
      return "\\ne";
    case Relation::lt:
      return "<";
    case Relation::le:
      return "\\le";
    case Relation::gt:
      return ">";
    case Relation::ge:
      return "\\ge";
    case Relation::prec:
      return "\\prec";
    case Relation::preceq:
      return "\\preceq";
    case Relation::succ:
      return "\\succ";
    case Relation::succeq:
      return "\\succeq";
  }
  return "";
}

std::string relation(const Expr& e) {
  std::string out = tex(*e.args[0], 7);
  for (size_t k = 0; k < e.relations.size(); ++k) {
    out += " " + relation_tex(e.relations[k]) + " " + tex(*e.args[k + 1], 7);
  }
  return out;
}

std::string call(const Expr& e) {
  const Use use = e.op == Op::call ? Use::function : Use::indexed_function;
  for (const auto& b : builtins()) {
    if (b.name == e.name && b.use == use && b.arguments.size() == e.args.size())
      return filled(b.latex, e.args);
  }
  return "\\" + e.name + "\\{" + list(e.args, ", ", 0) + "\\}";
}

std::string index(const Expr& e) {
  if (e.name == "x") {
    const bool limit = e.args[0]->op == Op::name && e.args[0]->name == "infinity";
    return "x^{" + (limit ? "k\\to\\infty" : tex(*e.args[0])) + "}";
  }
  const bool constant = find_builtin(e.name, Use::constant) != nullptr && e.name != "gamma";
  if (const Builtin* b = constant ? nullptr : find_builtin(e.name, Use::indexed))
    return filled(b->latex, e.args);
  const Builtin* b = constant ? find_builtin(e.name, Use::constant) : nullptr;
  return "[" + (b != nullptr ? b->latex : name_tex(e.name)) + "]_{" + list(e.args, ", ", 0) + "}";
}

std::string rows(const Expr& e) {
  std::string out = "\\begin{pmatrix}";
  for (size_t k = 0; k < e.args.size(); ++k) {
    out += (k == 0 ? "" : " \\\\ ") +
           (e.op == Op::matrix ? list(e.args[k]->args, " & ", 0) : tex(*e.args[k]));
  }
  return out + "\\end{pmatrix}";
}

std::string norm(const Expr& e) {
  return "\\|" + tex(*e.args[0]) + "\\|" + (e.op == Op::normsq ? "^2" : "") +
         (e.args.size() == 2 ? "_{" + tex(*e.args[1]) + "}" : "");
}

std::string power(const Expr& e) { return tex(*e.args[0], 12) + "^{" + tex(*e.args[1]) + "}"; }

std::string product(const Expr& e) {
  const Expr& b = *e.args[1];
  const bool dot = b.op == Op::number || (b.op == Op::pow && b.args[0]->op == Op::number);
  return tex(*e.args[0], 8) + (dot ? " \\cdot " : " ") + tex(b, 9);
}

std::string bare(const Expr& e) {
  switch (e.op) {
    case Op::number:
      return e.name;
    case Op::name: {
      const Builtin* b = e.meaning == Meaning::bound || e.meaning == Meaning::variable ||
                                 e.meaning == Meaning::definition
                             ? nullptr
                             : find_builtin(e.name, Use::constant);
      return b != nullptr ? b->latex : name_tex(e.name);
    }
    case Op::index:
      return index(e);
    case Op::entry:
      return "[" + tex(*e.args[0]) + "]_{" + list(e.args, ", ", 0, 1) + "}";
    case Op::call:
    case Op::call_at:
      return call(e);
    case Op::neg:
      return "-" + tex(*e.args[0], 9);
    case Op::add:
      return tex(*e.args[0], 7) + " + " + tex(*e.args[1], 8);
    case Op::sub:
      return tex(*e.args[0], 7) + " - " + tex(*e.args[1], 8);
    case Op::mul:
      return product(e);
    case Op::div:
      return "\\frac{" + tex(*e.args[0]) + "}{" + tex(*e.args[1]) + "}";
    case Op::pow:
      return power(e);
    case Op::transpose:
      return tex(*e.args[0], 12) + "^\\top";
    case Op::vector:
    case Op::matrix:
      return rows(e);
    case Op::norm:
    case Op::normsq:
      return norm(e);
    case Op::expect:
      return "\\mathbb E\\left[" + tex(*e.args[0]) + "\\right]";
    case Op::surely:
      return tex(*e.args[0], 1) + "\\text{ with probability one}";
    case Op::fold:
      return fold(e);
    case Op::quantifier:
      return (e.name == "forall" ? "\\forall " : "\\exists ") + binders(e) + ":\\ " +
             tex(*e.args[0]);
    case Op::at_member:
      return "\\left." + tex(*e.args[1]) + "\\right|_{" + tex(*e.args[0]) + "}";
    case Op::choose:
      return "\\begin{cases}" + tex(*e.args[1]) + " & \\text{if } " + tex(*e.args[0]) + " \\\\ " +
             tex(*e.args[2]) + " & \\text{else}\\end{cases}";
    case Op::relation:
      return relation(e);
    case Op::lnot:
      return "\\neg\\," + tex(*e.args[0], 7);
    case Op::land:
      return list(e.args, " \\ \\land\\ ", 5);
    case Op::lor:
      return list(e.args, " \\ \\lor\\ ", 4);
    case Op::implies:
      return tex(*e.args[0], 3) + " \\implies " + tex(*e.args[1], 2);
    case Op::iff:
      return tex(*e.args[0], 2) + " \\iff " + tex(*e.args[1], 2);
  }
  return "";
}

std::string tex(const Expr& e, int at_least) {
  const std::string text = bare(e);
  return level_of(e) < at_least ? "\\left(" + text + "\\right)" : text;
}

}  // namespace

std::string to_latex(const Expr& e) { return tex(e); }

std::string name_latex(const std::string& name) { return name_tex(name); }

std::string text_latex(const std::string& text) {
  static const std::vector<std::pair<std::string, std::string>> special = {
      {"&", "\\&"},        {"%", "\\%"},
      {"#", "\\#"},        {"_", "\\_"},
      {"$", "\\$"},        {"{", "\\{"},
      {"}", "\\}"},        {"^", "\\^{}"},
      {"~", "\\~{}"},      {"\\", "\\textbackslash{}"},
      {"<", "$<$"},        {">", "$>$"},
      {"|", "$|$"},        {"…", "\\dots{}"},
      {"π", "$\\pi$"},     {"α", "$\\alpha$"},
      {"β", "$\\beta$"},   {"δ", "$\\delta$"},
      {"μ", "$\\mu$"},     {"ρ", "$\\rho$"},
      {"γ", "$\\gamma$"},  {"θ", "$\\theta$"},
      {"λ", "$\\lambda$"}, {"ω", "$\\omega$"},
      {"σ", "$\\sigma$"},  {"Σ", "$\\sum$"},
      {"√", "$\\surd$"},   {"∞", "$\\infty$"},
      {"‖", "$\\|$"},      {"⪰", "$\\succeq$"},
      {"⪯", "$\\preceq$"}, {"≻", "$\\succ$"},
      {"≤", "$\\le$"},     {"≥", "$\\ge$"},
      {"≠", "$\\ne$"},     {"−", "$-$"},
      {"×", "$\\times$"},  {"·", "$\\cdot$"},
      {"²", "$^2$"},       {"⁻¹", "$^{-1}$"},
      {"ᵀ", "$^\\top$"},   {"¹", "$^1$"},
      {"½", "$\\frac12$"}};
  // Combining marks follow their letter: L̄ becomes \bar{L}.
  static const std::vector<std::pair<std::string, std::string>> marks = {{"\xCC\x84", "\\bar"},
                                                                         {"\xCC\x83", "\\tilde"}};
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const auto mark = std::find_if(marks.begin(), marks.end(), [&](const auto& m) {
      return text.compare(at + 1, m.first.size(), m.first) == 0;
    });
    if (mark != marks.end()) {
      out += "$" + mark->second + "{" + text[at] + "}$";
      at += 1 + mark->first.size();
      continue;
    }
    const auto found = std::find_if(special.begin(), special.end(), [&](const auto& s) {
      return text.compare(at, s.first.size(), s.first) == 0;
    });
    out += found == special.end() ? text.substr(at, 1) : found->second;
    at += found == special.end() ? 1 : found->first.size();
  }
  return out;
}

ExprPtr unfolded(const Expr& e, const Claim& c) {
  if (e.op == Op::name && e.meaning == Meaning::definition) {
    for (const auto& d : c.definitions) {
      if (d.name == e.name) return unfolded(*d.value, c);
    }
  }
  auto copy = clone(e);
  for (auto& arg : copy->args) arg = unfolded(*arg, c);
  for (auto& b : copy->binders) {
    if (b.low) b.low = unfolded(*b.low, c);
    if (b.high) b.high = unfolded(*b.high, c);
  }
  return copy;
}

}  // namespace istcheck::claim
