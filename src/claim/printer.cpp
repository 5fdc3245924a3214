#include "claim/printer.hpp"

#include <algorithm>
#include <cctype>
#include <functional>

namespace istcheck::claim {
namespace {

// How tightly an operator binds, as in the grammar: what binds less needs parentheses.
enum Level {
  kLoose,
  kIff,
  kImplies,
  kOr,
  kAnd,
  kNot,
  kRelation,
  kSum,
  kProduct,
  kUnary,
  kPower,
  kPostfix
};

Level level_of(const Expr& e) {
  switch (e.op) {
    case Op::iff:
      return kIff;
    case Op::implies:
      return kImplies;
    case Op::lor:
      return kOr;
    case Op::land:
      return kAnd;
    case Op::lnot:
      return kNot;
    case Op::relation:
    case Op::in_set:
      return kRelation;
    case Op::add:
    case Op::sub:
      return kSum;
    case Op::mul:
    case Op::div:
      return kProduct;
    case Op::neg:
      return kUnary;
    case Op::pow:
      return kPower;
    case Op::quantifier:
    case Op::over_kind:
    case Op::surely:
    case Op::choose:
      return kLoose;
    default:
      return kPostfix;
  }
}

std::string print(const Expr& e, Level at_least);

std::string joined(const std::vector<ExprPtr>& args, const std::string& between, Level level,
                   size_t first = 0) {
  std::string out;
  for (size_t k = first; k < args.size(); ++k) {
    out += (k == first ? "" : between) + print(*args[k], level);
  }
  return out;
}

std::string exponent(const Expr& e) {
  return e.op == Op::neg ? "-" + exponent(*e.args[0]) : print(e, kPostfix);
}

std::string binders(const std::vector<Binder>& all) {
  std::string out;
  for (const auto& b : all) out += (out.empty() ? "" : ", ") + to_text(b);
  return out;
}

std::string norm(const Expr& e) {
  std::string out = "||" + print(*e.args[0], kSum) + "||";
  if (e.op == Op::normsq) out += "^2";
  if (e.args.size() < 2) return out;
  const Expr& weight = *e.args[1];
  const bool plain = weight.op == Op::name || weight.op == Op::index;
  return out + "_" + (plain ? print(weight, kPostfix) : "(" + print(weight, kLoose) + ")");
}

std::string relation(const Expr& e) {
  std::string out = print(*e.args[0], kSum);
  for (size_t k = 0; k < e.relations.size(); ++k) {
    out += " " + to_text(e.relations[k]) + " " + print(*e.args[k + 1], kSum);
  }
  return out;
}

std::string bare(const Expr& e) {
  const auto& a = e.args;
  switch (e.op) {
    case Op::number:
    case Op::name:
      return e.name;
    case Op::index:
      return e.name + "[" + joined(a, ", ", kLoose) + "]";
    case Op::entry:
      // (h[1])[2] is an entry, h[1][2] a block in round 2.
      if (a[0]->grouped && a[0]->op == Op::index)
        return "(" + bare(*a[0]) + ")[" + joined(a, ", ", kLoose, 1) + "]";
      return print(*a[0], kPostfix) + "[" + joined(a, ", ", kLoose, 1) + "]";
    case Op::call:
      return e.name + "(" + joined(a, ", ", kLoose) + ")";
    case Op::call_at:
      return e.name + "[" + print(*a[0], kLoose) + "](" + joined(a, ", ", kLoose, 1) + ")";
    case Op::neg:
      return "-" + print(*a[0], kUnary);
    case Op::add:
      return print(*a[0], kSum) + " + " + print(*a[1], kProduct);
    case Op::sub:
      return print(*a[0], kSum) + " - " + print(*a[1], kProduct);
    case Op::mul:
      return print(*a[0], kProduct) + "*" + print(*a[1], kUnary);
    case Op::div:
      return print(*a[0], kProduct) + "/" + print(*a[1], kUnary);
    case Op::pow:
      return print(*a[0], kPostfix) + "^" + exponent(*a[1]);
    case Op::transpose:
      return print(*a[0], kPostfix) + "'";
    case Op::vector:
    case Op::matrix:
      return "[" + joined(a, ", ", kLoose) + "]";
    case Op::norm:
    case Op::normsq:
      return norm(e);
    case Op::expect:
      return "E[" + print(*a[0], kLoose) + "]";
    case Op::surely:
      return "for every outcome : " + print(*a[0], kLoose);
    case Op::fold:
      return e.name + "(" + binders(e.binders) + " : " + print(*a[0], kLoose) + ")";
    case Op::quantifier:
    case Op::over_kind:
      if (e.binders[0].kind == Kind::state) return "for every state : " + print(*a[0], kLoose);
      if (e.binders[0].kind == Kind::reachable)
        return "for every reachable state : " + print(*a[0], kLoose);
      return e.name + " " + binders(e.binders) + " : " + print(*a[0], kLoose);
    case Op::at_member:
      return "at(" + print(*a[0], kSum) + " : " + print(*a[1], kLoose) + ")";
    case Op::round_of:
      return e.name + "(" + print(*a[0], kSum) + " : " + print(*a[1], kLoose) + ")";
    case Op::in_set:
      return print(*a[0], kSum) + " in " + print(*a[1], kPostfix);
    case Op::choose:
      return "if " + print(*a[0], kLoose) + " then " + print(*a[1], kLoose) + " else " +
             print(*a[2], kLoose);
    case Op::relation:
      return relation(e);
    case Op::lnot:
      return "not " + print(*a[0], kNot);
    case Op::land:
      return joined(a, " and ", kNot);
    case Op::lor:
      return joined(a, " or ", kAnd);
    case Op::implies:
      return print(*a[0], kOr) + " => " + print(*a[1], kImplies);
    case Op::iff:
      return print(*a[0], kImplies) + " <=> " + print(*a[1], kImplies);
  }
  return "";
}

std::string print(const Expr& e, Level at_least) {
  const std::string text = bare(e);
  return level_of(e) < at_least ? "(" + text + ")" : text;
}

std::string trial(const Trial& t) {
  if (t.value) return print(*t.value, kSum);
  return print(*t.low, kSum) + ".." + print(*t.high, kSum) +
         (t.by ? " by " + print(*t.by, kSum) : std::string());
}

std::string variable(const Variable& v) {
  if (v.ranged) return "forall " + v.name + " in " + trial(v.trials.at(0));
  std::string out = "forall " + v.name + " : " + to_text(v.kind);
  for (size_t k = 0; k < v.trials.size(); ++k)
    out += (k == 0 ? " try " : ", ") + trial(v.trials[k]);
  return out;
}

/// Names with hyphens, such as identity-2, stand without quotes (docs/semantics.md 1.2).
bool is_id(const std::string& name) {
  const auto is = [](char c, int (*kind)(int)) { return kind(static_cast<unsigned char>(c)) != 0; };
  bool begins = true, digits = false;
  for (const char& c : name) {
    if (c == '-' && !begins) {
      begins = true;
    } else if (begins) {
      digits = &c != name.data() && is(c, std::isdigit);
      if (!digits && !is(c, std::isalpha)) return false;
      begins = false;
    } else if (digits ? !is(c, std::isdigit) : !is(c, std::isalnum) && c != '_') {
      return false;
    }
  }
  return !begins;
}

std::string family(const Family& f) {
  std::string out =
      "  family " + f.index + " in " + print(*f.low, kSum) + ".." + print(*f.high, kSum) + " {\n";
  const auto part = [&](const std::string& name, const ExprPtr& value) {
    if (value) out += "    " + name + " = " + print(*value, kLoose) + "\n";
  };
  part("n", f.n);
  part("d", f.d);
  part("L(" + f.worker + ")", f.L);
  part("b(" + f.worker + ")", f.b);
  part("gamma", f.gamma);
  part("x0", f.x0);
  part("q", f.q);
  return out + "    sketch = " + f.sketch + "\n    method = " + f.method + "\n  }\n";
}

std::string statement(const char* word, const Statement& s) {
  return std::string("  ") + word + (s.label.empty() ? "" : " " + quoted(s.label)) + " " +
         print(*s.value, kLoose) + "\n";
}

/// Settings, family, variables and definitions in the order in which they were written: each may
/// use what stands before it, and nothing else.
std::string declarations(const Claim& c) {
  struct Line {
    Place place;
    bool is_setting;
    std::string text;
  };
  std::vector<Line> lines;
  for (const auto& s : c.settings) lines.push_back({s.place, true, to_text(s)});
  if (c.family) lines.push_back({c.family->place, false, family(*c.family)});
  for (const auto& v : c.variables) lines.push_back({v.place, false, "  " + variable(v) + "\n"});
  for (const auto& d : c.definitions)
    lines.push_back({d.place, false, "  let " + d.name + " = " + print(*d.value, kLoose) + "\n"});
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  std::string out;
  for (size_t k = 0; k < lines.size(); ++k) {
    if (!lines[k].is_setting) {
      out += lines[k].text;
      continue;
    }
    const bool goes_on = k > 0 && lines[k - 1].is_setting;
    const bool ends = k + 1 == lines.size() || !lines[k + 1].is_setting;
    out += (goes_on ? ", " : "  setting ") + lines[k].text + (ends ? "\n" : "");
  }
  return out;
}

}  // namespace

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
  std::string out;
  for (size_t k = 0; k < parts.size(); ++k) out += (k == 0 ? "" : between) + parts[k];
  return out;
}

std::string to_text(Relation r) {
  switch (r) {
    case Relation::eq:
      return "=";
    case Relation::ne:
      return "!=";
    case Relation::lt:
      return "<";
    case Relation::le:
      return "<=";
    case Relation::gt:
      return ">";
    case Relation::ge:
      return ">=";
    case Relation::prec:
      return "<<";
    case Relation::preceq:
      return "<<=";
    case Relation::succ:
      return ">>";
    case Relation::succeq:
      return ">>=";
  }
  return "";
}

std::string to_text(ProofWord w) {
  return std::find_if(std::begin(kProofWords), std::end(kProofWords),
                      [&](const auto& known) { return known.first == w; })
      ->second;
}

std::string to_text(Kind k) {
  switch (k) {
    case Kind::scalar:
      return "scalar";
    case Kind::integer:
      return "integer";
    case Kind::vector:
      return "vector";
    case Kind::matrix:
      return "matrix";
    case Kind::symmetric:
      return "symmetric";
    case Kind::positive:
      return "positive";
    case Kind::state:
      return "state";
    case Kind::reachable:
      return "reachable state";
  }
  return "";
}

std::string to_text(const Expr& e) { return print(e, kLoose); }

std::string to_text(const Binder& b) {
  if (b.kind) return b.name + " : " + to_text(*b.kind);
  if (b.set) return b.name + " in " + print(*b.set, kSum);
  if (b.domain != Domain::range) return b.name + " in " + to_text(b.domain);
  return b.name + " in " + print(*b.low, kSum) + ".." + print(*b.high, kSum);
}

std::string to_text(const Setting& s) {
  if (s.condition) return print(*s.condition, kLoose);
  std::string out = s.key;
  for (size_t k = 0; k < s.choices.size(); ++k)
    out += (k == 0 ? " = " : " | ") + (is_id(s.choices[k]) ? s.choices[k] : quoted(s.choices[k]));
  return out;
}

std::string to_text(const Claim& c) {
  std::string out = "claim " + c.id + " {\n";
  const auto text = [&](const char* word, const std::string& value) {
    if (!value.empty()) out += std::string("  ") + word + " " + quoted(value) + "\n";
  };
  text("title", c.title);
  if (!c.paper.empty() || !c.equation.empty()) {
    out +=
        "  source " + quoted(c.paper) + (c.equation.empty() ? "" : " " + quoted(c.equation)) + "\n";
  }
  text("note", c.note);
  if (!c.repairs.empty()) out += "  repairs " + c.repairs + "\n";
  out += declarations(c);
  for (const auto& h : c.hypotheses) out += statement("assume", h);
  for (const auto& s : c.conclusions) out += statement("conclude", s);
  out += c.expectation == Expectation::holds ? "  expect holds" : "  expect refuted";
  if (!c.reason.empty()) out += " because " + quoted(c.reason);
  out += "\n";
  if (!c.loose.empty()) out += "  loose because " + quoted(c.loose) + "\n";
  for (const ProofLink& link : c.proofs) {
    out += "  proof " + to_text(link.word) + " " + link.theorem +
           (link.note.empty() ? "" : " " + quoted(link.note)) + "\n";
  }
  return out + "}\n";
}

}  // namespace istcheck::claim
