#include "claim/expression_parser.hpp"

#include <algorithm>

#include "claim/parser.hpp"

namespace istcheck::claim {
namespace {

std::optional<Relation> relation_of(const Token& t) {
  static const std::vector<std::pair<std::string, Relation>> table = {
      {"=", Relation::eq},      {"!=", Relation::ne},      {"<", Relation::lt},
      {"<=", Relation::le},     {">", Relation::gt},       {">=", Relation::ge},
      {"<<", Relation::prec},   {"<<=", Relation::preceq}, {">>", Relation::succ},
      {">>=", Relation::succeq}};
  if (t.kind != TokenKind::symbol) return std::nullopt;
  for (const auto& [text, relation] : table) {
    if (t.text == text) return relation;
  }
  return std::nullopt;
}

template <class... Args>
std::vector<ExprPtr> list(Args... args) {
  std::vector<ExprPtr> v;
  (v.push_back(std::move(args)), ...);
  return v;
}

}  // namespace

const std::vector<std::string>& reserved_words() {
  static const std::vector<std::string> words = {
      "claim",    "title",  "source",  "note",    "setting", "forall", "let",     "assume",
      "conclude", "expect", "proof",   "repairs", "family",  "try",    "because", "and",
      "or",       "not",    "implies", "iff",     "exists",  "in",     "for",     "every",
      "outcome",  "loose",  "if",      "then",    "else",    "by",     "E",       "grad"};
  return words;
}

bool is_reserved(const std::string& word) {
  const auto& words = reserved_words();
  return std::find(words.begin(), words.end(), word) != words.end();
}

const std::map<std::string, Kind>& kinds() {
  static const std::map<std::string, Kind> table = {
      {"scalar", Kind::scalar}, {"integer", Kind::integer},     {"vector", Kind::vector},
      {"matrix", Kind::matrix}, {"symmetric", Kind::symmetric}, {"positive", Kind::positive}};
  return table;
}

/// Counts nesting and refuses what is deeper than kMaxDepth.
class ExpressionParser::Deeper {
 public:
  explicit Deeper(ExpressionParser& parser) : parser_(parser) {
    if (++parser_.depth_ > kMaxDepth) {
      parser_.in_.fail("this expression is nested more than " + std::to_string(kMaxDepth) +
                       " deep");
    }
  }
  ~Deeper() { --parser_.depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  ExpressionParser& parser_;
};

ExprPtr ExpressionParser::make(Op op, Place place, std::vector<ExprPtr> args) {
  auto e = std::make_unique<Expr>();
  e->op = op;
  e->place = place;
  for (auto& arg : args) attach(*e, std::move(arg));
  return e;
}

void ExpressionParser::attach(Expr& parent, ExprPtr child) {
  parent.height = std::max(parent.height, child->height + 1);
  if (parent.height > kMaxDepth) {
    in_.fail_at(child->place, "this expression has more than " + std::to_string(kMaxDepth) +
                                  " operators inside each other; name parts of it with let");
  }
  parent.args.push_back(std::move(child));
}

ExprPtr ExpressionParser::parse() {
  const Deeper guard(*this);
  return iff();
}

ExprPtr ExpressionParser::parse_arithmetic() {
  const Deeper guard(*this);
  return sum();
}

ExprPtr ExpressionParser::iff() {
  auto left = implies();
  const Place place = in_.place();
  if (!in_.accept("<=>") && !in_.accept("iff")) return left;
  return make(Op::iff, place, list(std::move(left), implies()));
}

ExprPtr ExpressionParser::implies() {
  auto left = disjunction();
  const Place place = in_.place();
  if (!in_.accept("=>") && !in_.accept("implies")) return left;
  const Deeper guard(*this);
  return make(Op::implies, place, list(std::move(left), implies()));
}

ExprPtr ExpressionParser::disjunction() {
  auto left = conjunction();
  if (!in_.at("or")) return left;
  auto e = make(Op::lor, in_.place(), list(std::move(left)));
  while (in_.accept("or")) attach(*e, conjunction());
  return e;
}

ExprPtr ExpressionParser::conjunction() {
  auto left = negation();
  if (!in_.at("and")) return left;
  auto e = make(Op::land, in_.place(), list(std::move(left)));
  while (in_.accept("and")) attach(*e, negation());
  return e;
}

ExprPtr ExpressionParser::negation() {
  const Place place = in_.place();
  if (!in_.accept("not")) return relation();
  const Deeper guard(*this);
  return make(Op::lnot, place, list(negation()));
}

ExprPtr ExpressionParser::relation() {
  auto left = sum();
  if (sets_ && in_.at("in")) {
    const Place place = in_.take().place;
    return make(Op::in_set, place, list(std::move(left), postfix()));
  }
  if (!relation_of(in_.peek())) return left;
  auto e = make(Op::relation, in_.place(), list(std::move(left)));
  while (const auto r = relation_of(in_.peek())) {
    in_.take();
    e->relations.push_back(*r);
    attach(*e, sum());
  }
  return e;
}

ExprPtr ExpressionParser::sum() {
  auto left = product();
  while (in_.at("+") || in_.at("-")) {
    const Token op = in_.take();
    left = make(op.text == "+" ? Op::add : Op::sub, op.place, list(std::move(left), product()));
  }
  return left;
}

ExprPtr ExpressionParser::product() {
  auto left = unary();
  while (in_.at("*") || in_.at("/")) {
    const Token op = in_.take();
    left = make(op.text == "*" ? Op::mul : Op::div, op.place, list(std::move(left), unary()));
  }
  return left;
}

ExprPtr ExpressionParser::unary() {
  const Place place = in_.place();
  if (!in_.accept("-")) return power();
  const Deeper guard(*this);
  return make(Op::neg, place, list(unary()));
}

ExprPtr ExpressionParser::power() {
  auto base = postfix();
  const Place place = in_.place();
  if (!in_.accept("^")) return base;
  return make(Op::pow, place, list(std::move(base), exponent()));
}

ExprPtr ExpressionParser::exponent() {
  const Deeper guard(*this);
  const Place place = in_.place();
  if (in_.accept("-")) return make(Op::neg, place, list(exponent()));
  return postfix();
}

ExprPtr ExpressionParser::postfix() {
  auto e = primary();
  for (;;) {
    const Place place = in_.place();
    if (in_.accept("'")) {
      e = make(Op::transpose, place, list(std::move(e)));
    } else if (in_.at("[") && !in_.peek().spaced) {
      in_.take();
      auto args = arguments("]");
      args.insert(args.begin(), std::move(e));
      e = make(Op::entry, place, std::move(args));
    } else {
      return e;
    }
  }
}

ExprPtr ExpressionParser::primary() {
  const Token& t = in_.peek();
  const Place place = t.place;
  if (t.kind == TokenKind::number) {
    auto e = make(Op::number, place);
    e->name = in_.take().text;
    e->value = *parse_rational(e->name);
    if (in_.peek().kind == TokenKind::name && !in_.peek().spaced) refuse_letters(e->name, place);
    return e;
  }
  if (in_.accept("(")) {
    auto e = parse();
    in_.expect(")");
    e->grouped = true;
    return e;
  }
  if (in_.at("||")) return norm();
  if (in_.at("[")) return bracketed();
  if (in_.at("forall") || in_.at("exists") || in_.at("for")) return quantifier();
  if (in_.at("if")) return choose();
  if (t.kind == TokenKind::name) return named();
  in_.fail("expected an expression" + in_.found());
}

/// docs/semantics.md 1.2, F1: a number that a letter follows, such as 1e02, 1e-5, 2x.
void ExpressionParser::refuse_letters(const std::string& number, Place place) {
  const std::string letters = in_.take().text.substr(0, 40);
  const auto digits = [](const std::string& text) {
    return text.find_first_not_of("0123456789") == std::string::npos;
  };
  std::string written = number + letters, exponent;
  const bool signs = (in_.at("-") || in_.at("+")) && !in_.peek().spaced && !in_.peek(1).spaced &&
                     in_.peek(1).kind == TokenKind::number && digits(in_.peek(1).text);
  const bool e = letters[0] == 'e' || letters[0] == 'E';
  if (e && letters.size() > 1 && digits(letters.substr(1))) exponent = letters.substr(1);
  if (e && letters.size() == 1 && signs) {
    const std::string sign = in_.take().text, size = in_.take().text;
    written += sign + size;
    exponent = (sign == "-" ? sign : "") + size;
  }
  if (exponent.size() > 40) exponent.clear();
  const size_t zeros = exponent.find_first_not_of("-0");
  if (zeros != std::string::npos)
    exponent = (exponent[0] == '-' ? "-" : "") + exponent.substr(zeros);
  in_.fail_at(place, "'" + written.substr(0, 80) + "' is no number of a claim; write " +
                         (exponent.empty() ? number.substr(0, 40) + "*" + letters
                                           : number.substr(0, 40) + "*10^" + exponent));
}

ExprPtr ExpressionParser::named() {
  const Place place = in_.place();
  std::string name = in_.take().text;
  if (name == "E") {
    in_.expect("[");
    auto e = make(Op::expect, place, list(parse()));
    in_.expect("]");
    return e;
  }
  if (name == "grad") {
    if (!in_.accept("f")) in_.fail("'grad' is followed by f, as in grad f(x)" + in_.found());
    name = to_text(Function::grad_f);
    if (!in_.at("(") && !in_.at("[")) in_.fail("expected '(' after 'grad f'" + in_.found());
  } else if (is_reserved(name)) {
    in_.fail_at(place, "expected an expression, found the word '" + name + "'");
  }
  if (in_.at("(") && !in_.peek().spaced) {
    size_t after = 2;  // min(i, j in …) runs over indices, min(i, j) is a call
    while (in_.at(",", after) && in_.peek(after - 1).kind == TokenKind::name) after += 2;
    const bool listed = function_named(name) != Function::none &&
                        !(in_.at("in", after) && in_.peek(after - 1).kind == TokenKind::name);
    if (fold_named(name) != Fold::none && !listed) return fold(name, place);
    in_.take();
    if (const Abbreviation* a = abbreviation(name); a != nullptr && a->called)
      return write_out(name, place, arguments(")"));
    if (name == kAtWord) {
      auto e = make(Op::at_member, place, list(parse_arithmetic()));
      in_.expect(":");
      attach(*e, parse());
      in_.expect(")");
      return e;
    }
    if (name == kRoundWord) {
      auto e = make(Op::round_of, place, list(parse_arithmetic()));
      e->name = name;
      in_.expect(":");
      attach(*e, parse());
      in_.expect(")");
      return e;
    }
    auto e = make(Op::call, place, arguments(")"));
    e->name = name;
    e->function = function_named(name);
    return e;
  }
  if (const Abbreviation* a = abbreviation(name)) {
    if (a->called)
      in_.fail_at(place, "'" + name + "' takes " + std::to_string(a->arguments.size()) +
                             " argument(s) in parentheses");
    return write_out(name, place, {});
  }
  if (in_.at("[") && !in_.peek().spaced) {
    in_.take();
    auto args = arguments("]");
    const bool call = in_.at("(") && !in_.peek().spaced && args.size() == 1;
    auto e = make(call ? Op::call_at : Op::index, place, std::move(args));
    if (call) {
      in_.take();
      for (auto& arg : arguments(")")) attach(*e, std::move(arg));
      e->function = function_named(name);
    } else {
      e->indexed = indexed_named(name);
      if (e->indexed == Indexed::none) e->constant = constant_named(name);
    }
    e->name = name;
    return e;
  }
  auto e = make(Op::name, place);
  e->name = name;
  e->constant = constant_named(name);
  return e;
}

const Abbreviation* ExpressionParser::abbreviation(const std::string& name) const {
  if (std::find(bound_.begin(), bound_.end(), name) != bound_.end()) return nullptr;
  for (size_t k = abbreviations_.size(); k-- > 0;)
    if (const auto found = abbreviations_[k]->find(name); found != abbreviations_[k]->end())
      return &found->second;
  return nullptr;
}

ExprPtr ExpressionParser::write_out(const std::string& name, Place place,
                                    const std::vector<ExprPtr>& args) {
  const Abbreviation& a = *abbreviation(name);
  if (args.size() != a.arguments.size())
    in_.fail_at(place, "'" + name + "' takes " + std::to_string(a.arguments.size()) +
                           " argument(s), here are " + std::to_string(args.size()));
  auto out = written_out(name, a, args, bound_);
  if (!out.expression) in_.fail_at(place, out.fault);
  return std::move(out.expression);
}

ExprPtr ExpressionParser::norm() {
  const Place place = in_.take().place;
  auto e = make(Op::norm, place, list(parse_arithmetic()));
  in_.expect("||");
  if (in_.at("^") && in_.peek(1).text == "2") {
    in_.take();
    in_.take();
    e->op = Op::normsq;
  }
  if (in_.accept("_")) attach(*e, primary());
  return e;
}

ExprPtr ExpressionParser::bracketed() {
  const Place place = in_.take().place;
  auto e = make(Op::vector, place, arguments("]"));
  const bool rows = std::all_of(e->args.begin(), e->args.end(),
                                [](const ExprPtr& a) { return a->op == Op::vector; });
  if (rows) e->op = Op::matrix;
  return e;
}

ExprPtr ExpressionParser::quantifier() {
  const Deeper guard(*this);
  const Token word = in_.take();
  if (word.text == "for" && in_.accept("every")) {
    const bool reachable = in_.accept(kReachableWord);
    if (reachable && !in_.at("state")) in_.fail("expected 'state'" + in_.found());
    if (in_.accept("state")) {
      auto e = make(Op::over_kind, word.place);
      e->name = "forall";
      e->binders.push_back({reachable ? kReachableName : kStateName, Domain::range, nullptr,
                            nullptr, word.place, reachable ? Kind::reachable : Kind::state});
      in_.expect(":");
      attach(*e, parse());
      return e;
    }
    if (!in_.accept("outcome")) in_.fail("expected 'outcome' or 'state'" + in_.found());
    in_.expect(":");
    return make(Op::surely, word.place, list(parse()));
  }
  if (word.text == "for")
    in_.fail("expected 'every outcome' or 'every state' after 'for'" + in_.found());
  return quantified(word);
}

/// Whether "s, t : KIND" comes there, not "i, j in 1..n".
bool ExpressionParser::kinds_at(size_t ahead) const {
  size_t k = ahead;
  while (in_.peek(k).kind == TokenKind::name && in_.peek(k + 1).text == ",") k += 2;
  return in_.peek(k).kind == TokenKind::name && in_.peek(k + 1).text == ":" &&
         kinds().count(in_.peek(k + 2).text) > 0;
}

/// What stands between "forall" and its statement, in groups of indices and of names with a kind:
/// one quantifier around the next for each name with a kind, and for each row of indices.
ExprPtr ExpressionParser::quantified(const Token& word) {
  std::vector<ExprPtr> all;
  do {
    if (!kinds_at(0)) {
      all.push_back(make(Op::quantifier, word.place));
      all.back()->name = word.text;
      all.back()->binders = binders();
      continue;
    }
    const size_t first = all.size();
    do {
      const Place place = in_.place();
      const std::string name = in_.expect_name("a name");
      if (is_reserved(name)) in_.fail_at(place, "'" + name + "' cannot name anything");
      if (abbreviation(name)) in_.fail_at(place, "'" + name + "' is already defined");
      all.push_back(make(Op::over_kind, word.place));
      all.back()->name = word.text;
      all.back()->binders.push_back({name, Domain::range, nullptr, nullptr, place, {}});
    } while (in_.accept(","));
    in_.expect(":");
    const Kind kind = kinds().at(in_.take().text);
    for (size_t k = first; k < all.size(); ++k) all[k]->binders[0].kind = kind;
  } while (in_.accept(","));
  in_.expect(":");
  const size_t outside = bound_.size();
  for (const auto& quantifier : all)
    for (const Binder& b : quantifier->binders) bound_.push_back(b.name);
  ExprPtr e = parse();
  bound_.resize(outside);
  for (size_t k = all.size(); k-- > 0;) {
    attach(*all[k], std::move(e));
    e = std::move(all[k]);
  }
  return e;
}

ExprPtr ExpressionParser::choose() {
  const Deeper guard(*this);
  const Place place = in_.take().place;
  auto e = make(Op::choose, place, list(parse()));
  in_.expect("then");
  attach(*e, parse());
  in_.expect("else");
  attach(*e, parse());
  return e;
}

ExprPtr ExpressionParser::fold(const std::string& name, Place place) {
  in_.expect("(");
  auto e = make(Op::fold, place);
  e->name = name;
  e->fold = fold_named(name);
  e->binders = binders();
  const size_t outside = bound_.size();
  for (const Binder& b : e->binders) bound_.push_back(b.name);
  in_.expect(":");
  attach(*e, parse());
  bound_.resize(outside);
  in_.expect(")");
  const size_t wanted = e->fold == Fold::vec ? 1 : e->fold == Fold::mat ? 2 : 0;
  if (wanted != 0 && e->binders.size() != wanted) {
    in_.fail_at(place, "'" + name + "' takes " + std::to_string(wanted) + " indices, one per " +
                           (wanted == 1 ? "entry" : "row and column"));
  }
  return e;
}

/// "i in 1..n, j in workers", or "i, j in 1..n".
std::vector<Binder> ExpressionParser::binders() {
  std::vector<Binder> all;
  do {
    std::vector<std::pair<std::string, Place>> names;
    do {
      const Place place = in_.place();
      const std::string name = in_.expect_name("the name of an index");
      if (is_reserved(name)) in_.fail_at(place, "'" + name + "' cannot name an index");
      if (abbreviation(name)) in_.fail_at(place, "'" + name + "' is already defined");
      names.emplace_back(name, place);
    } while (in_.accept(","));
    in_.expect("in");
    Binder range;
    if (in_.peek().kind == TokenKind::name) range.domain = domain_named(in_.peek().text);
    if (range.domain != Domain::range) {
      in_.take();
    } else {
      range.low = parse_arithmetic();
      if (sets_ && !in_.at("..")) {
        range.set = std::move(range.low);
      } else {
        in_.expect("..");
        range.high = parse_arithmetic();
      }
    }
    for (const auto& [name, place] : names) {
      all.push_back(clone(range));
      all.back().name = name;
      all.back().place = place;
    }
  } while (in_.at(",") && !kinds_at(1) && in_.accept(","));
  return all;
}

std::vector<ExprPtr> ExpressionParser::arguments(const char* close) {
  std::vector<ExprPtr> args;
  do {
    args.push_back(parse());
  } while (in_.accept(","));
  in_.expect(close);
  return args;
}

}  // namespace istcheck::claim
