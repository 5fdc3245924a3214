#include "search/smt_terms.hpp"

#include <algorithm>
#include <functional>

namespace istcheck::search {

namespace {

std::string numeral(const Rational& x) {
  const Rational size = abs(x);
  std::string text = numerator(size).str() + ".0";
  if (denominator(size) != 1) text = "(/ " + text + " " + denominator(size).str() + ".0)";
  return x < 0 ? "(- " + text + ")" : text;
}

std::string commented(const std::string& text) {
  std::string out = "; ";
  for (char c : text) out += c == '\n' ? std::string("\n; ") : std::string(1, c);
  return out + "\n";
}

}  // namespace

TermBank::TermBank() {
  yes_ = intern({"true", {}, {}, "", true});
  no_ = intern({"false", {}, {}, "", true});
}

Term TermBank::intern(Node node) {
  std::string key = node.op + "|" + node.name + "|";
  if (node.op == "number") key += istcheck::to_string(node.value);
  for (Term a : node.args) key += " " + std::to_string(a);
  const auto [at, fresh] = known_.try_emplace(key, static_cast<Term>(nodes_.size()));
  if (fresh) nodes_.push_back(std::move(node));
  return at->second;
}

Term TermBank::number(const Rational& x) { return intern({"number", {}, x, "", false}); }
Term TermBank::variable(const std::string& name) {
  return intern({"variable", {}, {}, name, false});
}
Term TermBank::fresh(const std::string& hint) {
  return variable(hint + "!" + std::to_string(++fresh_));
}

const Rational* TermBank::constant(Term t) const {
  const Node& n = nodes_[static_cast<size_t>(t)];
  return n.op == "number" ? &n.value : nullptr;
}

/// t = coefficient · rest.
std::pair<Rational, Term> TermBank::split(Term t) {
  const Node& n = nodes_[static_cast<size_t>(t)];
  if (n.op == "*" && constant(n.args[0])) return {*constant(n.args[0]), n.args[1]};
  return {1, t};
}

Term TermBank::add(Term a, Term b) {
  const Rational *x = constant(a), *y = constant(b);
  if (x && y) return number(*x + *y);
  if (x && *x == 0) return b;
  if (y && *y == 0) return a;
  const auto [p, s] = split(a);
  const auto [q, t] = split(b);
  if (s == t) return mul(number(p + q), s);
  return intern({"+", {a, b}, {}, "", false});
}

Term TermBank::sub(Term a, Term b) {
  const Rational *x = constant(a), *y = constant(b);
  if (a == b) return number(0);
  if (x && y) return number(*x - *y);
  if (y && *y == 0) return a;
  const auto [p, s] = split(a);
  const auto [q, t] = split(b);
  if (s == t) return mul(number(p - q), s);
  return intern({"-", {a, b}, {}, "", false});
}

Term TermBank::mul(Term a, Term b) {
  const Rational *x = constant(a), *y = constant(b);
  if (x && y) return number(*x * *y);
  if ((x && *x == 0) || (y && *y == 0)) return number(0);
  if (x && *x == 1) return b;
  if (y && *y == 1) return a;
  // One number in front of a product.
  const auto [p, s] = x ? std::pair(*x, Term(-1)) : split(a);
  const auto [q, t] = y ? std::pair(*y, Term(-1)) : split(b);
  const auto times = [&](const Rational& factor, Term rest) {
    return factor == 1 ? rest : intern({"*", {number(factor), rest}, {}, "", false});
  };
  if (s < 0 || t < 0) return times(p * q, s < 0 ? t : s);
  const Term product = intern({"*", {std::min(s, t), std::max(s, t)}, {}, "", false});
  return times(p * q, product);
}

Term TermBank::relation(const std::string& op, Term a, Term b) {
  const Rational *x = constant(a), *y = constant(b);
  if (x && y) return (op == "=" ? *x == *y : op == "<" ? *x < *y : *x <= *y) ? yes_ : no_;
  if (a == b) return op == "<" ? no_ : yes_;
  return intern({op, {a, b}, {}, "", true});
}

Term TermBank::conjunction(const std::vector<Term>& all) {
  std::vector<Term> kept;
  for (Term f : all) {
    if (f == no_) return no_;
    if (f != yes_) kept.push_back(f);
  }
  return kept.empty() ? yes_ : kept.size() == 1 ? kept[0] : intern({"and", kept, {}, "", true});
}

Term TermBank::disjunction(const std::vector<Term>& any) {
  std::vector<Term> kept;
  for (Term f : any) {
    if (f == yes_) return yes_;
    if (f != no_) kept.push_back(f);
  }
  return kept.empty() ? no_ : kept.size() == 1 ? kept[0] : intern({"or", kept, {}, "", true});
}

Term TermBank::negation(Term f) {
  if (f == yes_) return no_;
  if (f == no_) return yes_;
  return intern({"not", {f}, {}, "", true});
}

std::string TermBank::smtlib(const std::vector<Term>& assertions,
                             const std::string& comment) const {
  std::vector<int> uses(nodes_.size(), 0);
  std::vector<Term> order;  // arguments before what uses them
  const std::function<void(Term)> count = [&](Term t) {
    if (uses[static_cast<size_t>(t)]++ > 0) return;
    for (Term a : nodes_[static_cast<size_t>(t)].args) count(a);
    order.push_back(t);
  };
  std::vector<Term> stated;
  for (Term f : assertions) {
    if (f == yes_ || std::find(stated.begin(), stated.end(), f) != stated.end()) continue;
    stated.push_back(f);
    count(f);
  }

  std::vector<std::string> text(nodes_.size());
  std::string out = commented(comment) + "(set-option :produce-models true)\n(set-logic QF_NRA)\n";
  for (Term t : order) {
    const auto k = static_cast<size_t>(t);
    const Node& n = nodes_[k];
    if (n.op == "variable") {
      text[k] = "|" + n.name + "|";
      out += "(declare-fun " + text[k] + " () Real)\n";
      continue;
    }
    if (n.op == "number") {
      text[k] = numeral(n.value);
      continue;
    }
    if (n.args.empty()) {
      text[k] = n.op;
      continue;
    }
    std::string whole = "(" + n.op;
    for (Term a : n.args) whole += " " + text[static_cast<size_t>(a)];
    whole += ")";
    if (uses[k] > 1) {
      text[k] = "t" + std::to_string(t);
      out += "(define-fun " + text[k] + " () " + (n.formula ? "Bool " : "Real ") + whole + ")\n";
    } else {
      text[k] = whole;
    }
  }
  for (Term f : stated) out += "(assert " + text[static_cast<size_t>(f)] + ")\n";
  return out + "(check-sat)\n(get-model)\n";
}

}  // namespace istcheck::search
