#include "claim/latex.hpp"

#include "claim/printer.hpp"

#include <map>
#include <algorithm>
#include <cctype>
#include <set>

#include "claim/builtins.hpp"

namespace istcheck::claim {
namespace {

/// Whether the formula begins with a minus sign: -a, (-a)/b, which is written -a/b, and (-a)*b.
bool minus_first(const Expr& e) {
  return e.op == Op::neg || ((e.op == Op::mul || e.op == Op::div) && minus_first(*e.args[0]));
}

// As in the printer: what binds less needs parentheses.
int level_of(const Expr& e) {
  switch (e.op) {
    case Op::quantifier:
    case Op::over_kind:
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
    case Op::in_set:
      return 6;
    case Op::add:
    case Op::sub:
      return 7;
    case Op::neg:
      return 9;
    case Op::div:
      return minus_first(e) ? 9 : 12;
    case Op::mul:
      return 8;
    case Op::fold:
      return e.fold == Fold::min || e.fold == Fold::max ? 12 : 8;
    case Op::pow:
      return 10;
    default:
      return 12;
  }
}

std::string tex(const Expr& e, int at_least = 0);

bool is_greek(const std::string& word) {
  static const std::set<std::string> letters = {"alpha", "beta",  "gamma",  "delta", "epsilon",
                                                "eta",   "theta", "lambda", "mu",    "rho",
                                                "sigma", "tau",   "phi",    "omega"};
  return letters.count(word) > 0;
}

/// A name letter by letter, upright.
std::string upright(const std::string& name) {
  std::string out;
  for (const char c : name) out += c == '_' ? "\\_" : std::string(1, c);
  return "\\mathrm{" + out + "}";
}

/// Where the index of a name begins: its last digits, or what stands behind its only "_".
size_t begin_of_index(const std::string& name) {
  const size_t line = name.find('_');
  if (line != std::string::npos)
    return line == name.rfind('_') && line + 1 < name.size() ? line : name.size();
  size_t end = name.size();
  while (end > 1 && std::isdigit(static_cast<unsigned char>(name[end - 1])) != 0) --end;
  return end;
}

/// Names with an index that are subscripts rather than entries: L_max.
bool is_extreme(const std::string& index) {
  const Fold f = fold_named(index);
  return f == Fold::min || f == Fold::max;
}

/// max and min as operators, numbers and single letters as they are, words upright.
std::string index_tex(const std::string& index) {
  const bool number = index.find_first_not_of("0123456789") == std::string::npos;
  if (number || index.size() == 1) return index;
  if (is_greek(index)) return "\\" + index;
  return is_extreme(index) ? "\\" + index : upright(index);
}

/// theta2, theta_2 → \theta_{2}, L_max → L_{\max}, W → W, weight → \mathrm{weight}, step_size →
/// \mathrm{step\_size}. What is written with an index of its own, such as b[2] for worker 2's b,
/// leaves b2 and b_2 to be written letter by letter.
std::string name_tex(const std::string& name) {
  const size_t end = begin_of_index(name);
  const std::string stem = name.substr(0, end);
  const std::string index = name.substr(std::min(name.size(), end + (name[end] == '_' ? 1 : 0)));
  const bool letter = stem.size() == 1 || is_greek(stem);
  const std::string out = is_greek(stem) ? "\\" + stem : stem.size() == 1 ? stem : upright(stem);
  // Variances are squares: sigma2 → σ².
  if (name == "sigma2" || name == "delta2") return "{" + out + "^{2}}";
  if (index.empty()) return out;
  if (!letter)
    return name.find('_') == std::string::npos ? out + "_{" + index + "}" : upright(name);
  const bool indexed = find_builtin(stem, Use::indexed) != nullptr ||
                       find_builtin(stem, Use::indexed_function) != nullptr ||
                       function_named(stem) == Function::e;
  const bool clashes = indexed && !is_extreme(index);
  return clashes ? upright(name) : out + "_{" + index_tex(index) + "}";
}

std::string list(const std::vector<ExprPtr>& args, const std::string& between, int level,
                 size_t first = 0) {
  std::string out;
  for (size_t k = first; k < args.size(); ++k)
    out += (k == first ? "" : between) + tex(*args[k], level);
  return out;
}

/// What an exponent follows: a fraction in parentheses, and in braces what has an exponent already.
std::string base(const Expr& e) {
  const std::string text = tex(e, 12);
  if (level_of(e) < 12) return text;
  if (e.op == Op::div) return "\\left(" + text + "\\right)";
  return text.find('^') == std::string::npos ? text : "{" + text + "}";
}

/// What stands behind a sign does not begin with another one.
std::string behind_sign(const Expr& e, int at_least) {
  return minus_first(e) ? "\\left(" + tex(e) + "\\right)" : tex(e, at_least);
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
    if (which >= args.size()) continue;
    out += pattern.find("^{-1}") != std::string::npos ? base(*args[which])
                                                      : tex(*args[which], pattern == "#1" ? 12 : 0);
  }
  return out;
}

/// The last value of an index.
std::string last_tex(const Binder& b) {
  switch (b.domain) {
    case Domain::workers:
      return to_text(Constant::n);
    case Domain::coordinates:
      return to_text(Constant::d);
    case Domain::range:
      break;
  }
  return tex(*b.high);
}

std::string binders(const Expr& e) {
  std::string out;
  for (const auto& b : e.binders) {
    if (!out.empty()) out += ",\\ ";
    const std::string high = last_tex(b);
    out += name_tex(b.name) + " = " + (b.domain == Domain::range ? tex(*b.low) : "1") + ",\\dots," +
           high;
  }
  return out;
}

/// Σ_{i=1}^{n}, one sign per index.
std::string sums(const Expr& e, const char* sign) {
  std::string out;
  for (const auto& b : e.binders) {
    const std::string high = last_tex(b);
    out += std::string(sign) + "_{" + name_tex(b.name) + "=" +
           (b.domain == Domain::range ? tex(*b.low) : "1") + "}^{" + high + "} ";
  }
  return out;
}

std::string fold(const Expr& e) {
  const auto body = [&] { return behind_sign(*e.args[0], 8); };
  switch (e.fold) {
    case Fold::sum:
      return sums(e, "\\sum") + body();
    case Fold::mean:
      return "\\operatorname*{mean}_{" + binders(e) + "} " + body();
    case Fold::min:
    case Fold::max:
      return "\\" + e.name + "_{" + binders(e) + "} " + body();
    case Fold::vec:
    case Fold::mat:
    case Fold::none:
      break;
  }
  return "\\bigl[" + tex(*e.args[0]) + "\\bigr]_{" + binders(e) + "}";
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
  if (is_of_method(e.function)) {
    static const std::map<Function, std::string> kForms = {
#define METHOD_FUNCTION(name, spelling, latex) {Function::name, latex},
#include "claim/names.def"
    };
    std::string text = kForms.at(e.function);
    const auto place = text.find("#1");
    return text.replace(place, 2, list(e.args, ", ", 0));
  }
  for (const auto& b : builtins()) {
    if (b.name == e.name && b.use == use && b.arguments.size() == e.args.size())
      return filled(b.latex, e.args);
  }
  return "\\" + e.name + "\\{" + list(e.args, ", ", 0) + "\\}";
}

/// A state of a method: h_{i}, and x^{k}, h_{i}^{k} in a round.
std::string state(const Expr& e) {
  const Expr& base = e.op == Op::entry ? *e.args[0] : e;
  const Expr* round = e.type.iterates ? e.args.back().get() : nullptr;
  std::string out = name_tex(base.name);
  const size_t own = base.args.size() - (round != nullptr && &base == &e ? 1 : 0);
  for (size_t k = 0; k < own; ++k) out += (k == 0 ? "_{" : ", ") + tex(*base.args[k]);
  if (own > 0) out += "}";
  if (round == nullptr) return out;
  return out + "^{" + (is_limit(*round) ? "k\\to\\infty" : tex(*round)) + "}";
}

std::string index(const Expr& e) {
  if (e.meaning == Meaning::method) return state(e);
  if (e.indexed == Indexed::x) {
    const bool limit = is_limit(*e.args[0]);
    return "x^{" + (limit ? "k\\to\\infty" : tex(*e.args[0])) + "}";
  }
  const Builtin* b = find_builtin(e);
  if (e.indexed != Indexed::none) return filled(b->latex, e.args);
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

std::string power(const Expr& e) { return base(*e.args[0]) + "^{" + tex(*e.args[1]) + "}"; }

/// (-a)/b as -a/b.
std::string quotient(const Expr& top, const Expr& bottom) {
  const bool inside = top.op == Op::neg && !minus_first(*top.args[0]);
  const std::string text = inside ? "-" + tex(*top.args[0]) : tex(top);
  const std::string below = "}{" + tex(bottom) + "}";
  return minus_first(top) ? "-\\frac{" + text.substr(1) + below : "\\frac{" + text + below;
}

std::string product(const Expr& e) {
  const Expr& b = *e.args[1];
  const bool dot = b.op == Op::number || (b.op == Op::pow && b.args[0]->op == Op::number);
  return tex(*e.args[0], 8) + (dot ? " \\cdot " : " ") + behind_sign(b, 9);
}

std::string bare(const Expr& e) {
  switch (e.op) {
    case Op::number:
      return e.name;
    case Op::name: {
      const Builtin* b = find_builtin(e);
      return b != nullptr ? b->latex : name_tex(e.name);
    }
    case Op::index:
      return index(e);
    case Op::entry:
      if (e.meaning == Meaning::method) return state(e);
      return "[" + tex(*e.args[0]) + "]_{" + list(e.args, ", ", 0, 1) + "}";
    case Op::call:
    case Op::call_at:
      return call(e);
    case Op::neg:
      return "-" + behind_sign(*e.args[0], 9);
    case Op::add:
      return tex(*e.args[0], 7) + " + " + behind_sign(*e.args[1], 8);
    case Op::sub:
      return tex(*e.args[0], 7) + " - " + behind_sign(*e.args[1], 8);
    case Op::mul:
      return product(e);
    case Op::div:
      return quotient(*e.args[0], *e.args[1]);
    case Op::pow:
      return power(e);
    case Op::transpose:
      return base(*e.args[0]) + "^\\top";
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
    case Op::over_kind:
      if (is_state(*e.binders[0].kind))
        return tex(*e.args[0], 1) + "\\text{ from every " + to_text(*e.binders[0].kind) + "}";
      return (e.name == "forall" ? "\\forall " : "\\exists ") + name_tex(e.binders[0].name) +
             " \\in " + space_of(*e.binders[0].kind) + ":\\ " + tex(*e.args[0]);
    case Op::at_member:
      return "\\left." + tex(*e.args[1]) + "\\right|_{" + tex(*e.args[0]) + "}";
    case Op::round_of:
      return "\\left." + tex(*e.args[1]) + "\\right|_{k=" + tex(*e.args[0]) + "}";
    case Op::in_set:
      return tex(*e.args[0], 7) + " \\in " + tex(*e.args[1], 7);
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

/// The exponent at `at` in digits that are set higher, which `at` is moved behind: "-12" for ⁻¹².
std::string raised_digits(const std::string& text, size_t& at) {
  static const std::vector<std::pair<std::string, char>> digits = {
      {"⁻", '-'}, {"⁰", '0'}, {"¹", '1'}, {"²", '2'}, {"³", '3'}, {"⁴", '4'},
      {"⁵", '5'}, {"⁶", '6'}, {"⁷", '7'}, {"⁸", '8'}, {"⁹", '9'}};
  std::string out;
  while (true) {
    const auto found = std::find_if(digits.begin(), digits.end(), [&](const auto& d) {
      return text.compare(at, d.first.size(), d.first) == 0;
    });
    if (found == digits.end()) return out;
    out += found->second;
    at += found->first.size();
  }
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
      {"ᵀ", "$^\\top$"},   {"½", "$\\frac12$"},
      {"∇", "$\\nabla$"},  {"⟨", "$\\langle$"},
      {"⟩", "$\\rangle$"}, {"∈", "$\\in$"}};
  // Combining marks follow their letter: L̄ becomes \bar{L}.
  static const std::vector<std::pair<std::string, std::string>> marks = {{"\xCC\x84", "\\bar"},
                                                                         {"\xCC\x83", "\\tilde"}};
  std::string out;
  for (size_t at = 0; at < text.size();) {
    if (const std::string digits = raised_digits(text, at); !digits.empty()) {
      out += "$^{" + digits + "}$";
      continue;
    }
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
