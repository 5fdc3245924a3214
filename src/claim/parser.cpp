#include "claim/parser.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>

#include "claim/builtins.hpp"
#include "claim/check.hpp"
#include "claim/expression_parser.hpp"
#include "claim/method_parser.hpp"
#include "claim/printer.hpp"
#include "model/affine_map.hpp"

namespace istcheck::claim {
namespace {

template <class Map>
std::vector<std::string> keys(const Map& map) {
  std::vector<std::string> names;
  for (const auto& entry : map) names.push_back(entry.first);
  return names;
}

class ClaimParser {
 public:
  explicit ClaimParser(std::shared_ptr<const Source> source)
      : source_(std::move(source)), in_(*source_), expressions_(in_) {
    expressions_.abbreviate(defined_);
  }

  ClaimFileText run() {
    ClaimFileText file;
    auto& [claims, methods] = file;
    std::set<std::string> names;
    while (!in_.at_end()) {
      const Place place = in_.place();
      if (in_.at("method") && in_.peek(1).kind == TokenKind::name) {
        in_.take();
        methods.push_back(std::make_shared<const Method>(method(place, methods)));
        if (!names.insert(methods.back()->name).second)
          in_.fail_at(
              place, "there are a claim and a method with the name '" + methods.back()->name + "'");
        continue;
      }
      if (in_.at("define") && in_.peek(1).kind == TokenKind::name) {
        in_.take();
        define();
        continue;
      }
      if (!in_.accept("claim")) in_.fail("expected 'claim', 'method' or 'define'" + in_.found());
      claims.push_back(claim(place));
      const auto& id = claims.back().id;
      if (!names.insert(id).second)
        in_.fail_at(place,
                    std::find_if(methods.begin(), methods.end(),
                                 [&](const auto& m) { return m->name == id; }) == methods.end()
                        ? "there are two claims with the name '" + id + "'"
                        : "there are a method and a claim with the name '" + id + "'");
    }
    if (claims.empty() && methods.empty()) in_.fail("this file has no claim");
    for (Claim& c : claims) about(c, methods);
    return file;
  }

  ExprPtr expression() {
    auto e = expressions_.parse();
    if (!in_.at_end()) in_.fail("expected the end of the expression" + in_.found());
    return e;
  }

 private:
  std::shared_ptr<const Source> source_;
  TokenStream in_;
  ExpressionParser expressions_;
  Abbreviations defined_;  ///< of the file
  Abbreviations own_;      ///< of the claim that is read
  struct Early {
    Place place;
    std::string name;
    std::vector<std::string> free;
  };
  std::vector<Early> early_;  ///< what they mention

  std::string hyphenated(const char* what) { return claim::hyphenated(in_, what); }

  Method method(Place place, const std::vector<std::shared_ptr<const Method>>& before) {
    Method m = parse_method(in_, source_, place, defined_);
    for (const auto& other : before)
      if (other->name == m.name)
        in_.fail_at(place, "there are two methods with the name '" + m.name + "'");
    if (method_named(m.name))
      in_.fail_at(place, "'" + m.name + "' is a method of the library; choose another name");
    check_method(m);
    return m;
  }

  /// The method of the file that a setting of the claim names.
  void about(Claim& c, const std::vector<std::shared_ptr<const Method>>& methods) const {
    for (const Setting& s : c.settings) {
      for (const auto& m : methods) {
        if (s.key != "method" || std::count(s.choices.begin(), s.choices.end(), m->name) == 0)
          continue;
        if (s.choices.size() > 1 || (c.method && c.method != m))
          in_.fail_at(s.place, "a claim about the method '" + m->name +
                                   "', which stands as text, is about no other one");
        c.method = m;
      }
    }
  }

  /// (u, w) behind a name, in parentheses without a blank; no arguments where there are none.
  Abbreviation arguments() {
    Abbreviation a;
    a.called = in_.at("(") && !in_.peek().spaced;
    if (!a.called) return a;
    in_.take();
    do {
      const Place place = in_.place();
      a.arguments.push_back(in_.expect_name("the name of an argument"));
      const std::string& name = a.arguments.back();
      if (is_reserved(name)) in_.fail_at(place, "'" + name + "' is a word of the language");
      if (is_core_name(name))
        in_.fail_at(place, "'" + name + "' has a meaning of its own in every claim");
      if (std::count(a.arguments.begin(), a.arguments.end(), name) > 1)
        in_.fail_at(place, "'" + name + "' is already an argument");
    } while (in_.accept(","));
    in_.expect(")");
    return a;
  }

  /// define NAME(u, w) = …, of the file: what it names and does not bind are names of every claim.
  void define() {
    const Place place = in_.place();
    const std::string name = in_.expect_name("the name of a definition");
    if (is_reserved(name)) in_.fail_at(place, "'" + name + "' is a word of the language");
    if (is_core_name(name))
      in_.fail_at(place, "'" + name + "' has a meaning of its own in every claim");
    if (defined_.count(name) > 0) in_.fail_at(place, "'" + name + "' is already defined");
    Abbreviation a = arguments();
    in_.expect("=");
    a.body = expressions_.parse();
    const auto known = builtin_names();
    for (const std::string& free : mentioned_names(a)) {
      if (!is_core_name(free) && std::find(known.begin(), known.end(), free) == known.end())
        in_.fail_at(a.body->place, "'" + name + "' mentions '" + free +
                                       "', which is no argument and no name of every claim" +
                                       suggestion(free, known));
    }
    defined_.emplace(name, std::move(a));
  }

  Claim claim(Place place) {
    own_.clear();
    early_.clear();
    expressions_.abbreviate(own_);
    Claim c = read_claim(place);
    expressions_.forget_abbreviations();
    for (const Early& e : early_) declared_later(c, e);
    return c;
  }

  /// What a name with arguments mentions means what it means where it stands, not where it is used
  /// (docs/semantics.md 3.4, F5, F7).
  void declared_later(const Claim& c, const Early& e) const {
    const auto later = [&](Place place) {
      return std::pair(place.line, place.column) > std::pair(e.place.line, e.place.column);
    };
    const auto refuse = [&](const std::string& free) {
      in_.fail_at(e.place, "'" + e.name + "' mentions '" + free + "', which is declared later");
    };
    for (const std::string& free : e.free) {
      const bool run = std::any_of(builtins().begin(), builtins().end(),
                                   [&](const Builtin& b) { return b.name == free && b.is(kRun); });
      for (const Variable& v : c.variables)
        if (later(v.place) && (v.name == free || (run && replaced_by(v.name) != Constant::none)))
          refuse(free);
      for (const Definition& d : c.definitions)
        if (later(d.place) && d.name == free) refuse(free);
    }
  }

  Claim read_claim(Place place) {
    Claim c;
    c.source = source_;
    c.place = place;
    c.id = hyphenated("the name of the claim");
    in_.expect("{");
    while (!in_.accept("}")) declaration(c);
    if (c.conclusions.empty()) in_.fail_at(place, "the claim '" + c.id + "' has no conclude");
    const bool refuted = c.expectation == Expectation::refuted;
    for (const ProofLink& link : c.proofs) {
      if (link.word == (refuted ? ProofWord::proves : ProofWord::refutes))
        in_.fail_at(link.place, "the claim is expected to " +
                                    std::string(refuted ? "be refuted, so no theorem proves it"
                                                        : "hold, so no theorem refutes it"));
    }
    return c;
  }

  void declaration(Claim& c) {
    using Handler = void (ClaimParser::*)(Claim&);
    static const std::map<std::string, Handler> handlers = {
        {"title", &ClaimParser::title},         {"source", &ClaimParser::source},
        {"note", &ClaimParser::note},           {"setting", &ClaimParser::setting},
        {"family", &ClaimParser::family},       {"forall", &ClaimParser::variable},
        {"let", &ClaimParser::definition},      {"assume", &ClaimParser::assumption},
        {"conclude", &ClaimParser::conclusion}, {"expect", &ClaimParser::expectation},
        {"proof", &ClaimParser::proof},         {"repairs", &ClaimParser::repairs},
        {"loose", &ClaimParser::loose}};
    const Token word = in_.peek();
    const auto handler = word.kind == TokenKind::name ? handlers.find(word.text) : handlers.end();
    if (handler == handlers.end()) {
      in_.fail("expected a declaration (let, assume, conclude, …) or '}'" + in_.found() +
               suggestion(word.text, keys(handlers)));
    }
    in_.take();
    (this->*handler->second)(c);
  }

  void title(Claim& c) { c.title = in_.expect_string("the title"); }
  void note(Claim& c) { c.note = in_.expect_string("the note"); }
  void loose(Claim& c) {
    if (!in_.accept("because")) in_.fail("expected 'because' and the reason" + in_.found());
    c.loose = in_.expect_string("the reason why no case is tight");
  }
  void source(Claim& c) {
    c.paper = in_.expect_string("the paper");
    if (in_.peek().kind == TokenKind::string) c.equation = in_.take().text;
  }
  void repairs(Claim& c) { c.repairs = hyphenated("the name of the claim as printed"); }
  void proof(Claim& c) {
    ProofLink link;
    link.place = in_.place();
    const auto* word = std::find_if(std::begin(kProofWords), std::end(kProofWords),
                                    [&](const auto& known) { return in_.at(known.second); });
    if (word == std::end(kProofWords) || in_.at(".", 1)) {
      in_.fail(
          "expected what the theorem does, proves, refutes, part or related, and then its name" +
          in_.found());
    }
    in_.take();
    link.word = word->first;
    link.theorem = in_.expect_name("the name of a proof");
    while (in_.accept(".")) link.theorem += "." + in_.expect_name("the name of a theorem");
    const bool noted = link.word == ProofWord::part || link.word == ProofWord::related;
    if (noted) link.note = in_.expect_string("which part, or how it is related");
    c.proofs.push_back(std::move(link));
  }

  void expectation(Claim& c) {
    if (in_.accept("holds")) {
      c.expectation = Expectation::holds;
    } else if (in_.accept("refuted")) {
      c.expectation = Expectation::refuted;
    } else {
      in_.fail("expected 'holds' or 'refuted'" + in_.found());
    }
    if (in_.accept("because")) c.reason = in_.expect_string("the reason");
    if (c.expectation == Expectation::refuted && c.reason.empty()) {
      in_.fail("'expect refuted' needs a reason: expect refuted because \"…\"");
    }
  }

  void setting(Claim& c) {
    do {
      Setting s;
      s.place = in_.place();
      const bool named = in_.peek().kind == TokenKind::name;
      if (named && (in_.at("sketch") || in_.at("method") || in_.at("reading") || in_.at("case")) &&
          in_.at("=", 1)) {
        s.key = in_.take().text;
        in_.take();
        do {
          s.choices.push_back(s.key == "case" ? case_name()
                                              : hyphenated("a name as in case files"));
        } while (in_.accept("|"));
      } else if (named && (in_.at("homogeneous") || in_.at("interpolation") ||
                           in_.at("noiseless") || in_.at("noisy") || in_.at("heterogeneous"))) {
        s.key = in_.take().text;
      } else {
        s.condition = expressions_.parse();
        if (s.condition->op == Op::name) unknown_setting(s.place, s.condition->name);
      }
      c.settings.push_back(std::move(s));
    } while (in_.accept(","));
  }

  /// In quotes where it could not be the name of a claim: setting case = worst | "2 workers".
  std::string case_name() {
    if (in_.peek().kind != TokenKind::string) return hyphenated("the name of a case");
    const Place place = in_.place();
    std::string name = in_.take().text;
    if (name.empty()) in_.fail_at(place, "the name of a case is not empty");
    return name;
  }

  [[noreturn]] void unknown_setting(Place place, const std::string& word) const {
    const std::vector<std::string> known = {"homogeneous", "heterogeneous", "interpolation",
                                            "noiseless",   "noisy",         "sketch",
                                            "method",      "reading",       "case"};
    in_.fail_at(place, "unknown setting '" + word + "'" + suggestion(word, known));
  }

  void variable(Claim& c) {
    Variable v;
    v.place = in_.place();
    v.name = fresh_name(c, "a variable");
    const bool range = in_.accept("in");  // forall k in 0..4
    if (!range) in_.expect(":");
    v.kind = Kind::integer;
    v.ranged = range;
    if (range) {
      v.trials.push_back(trial());
      if (v.trials[0].value) in_.fail("expected '..' and the end of the range" + in_.found());
    } else {
      const Token kind = in_.peek();
      const auto found = kinds().find(in_.expect_name("a kind of variable"));
      if (found == kinds().end()) {
        in_.fail_at(kind.place,
                    "unknown kind '" + kind.text + "'" + suggestion(kind.text, keys(kinds())) +
                        "; kinds are scalar, integer, vector, matrix, symmetric, positive");
      }
      v.kind = found->second;
      if (in_.accept("try")) {
        do {
          v.trials.push_back(trial());
        } while (in_.accept(","));
      }
    }
    c.variables.push_back(std::move(v));
  }

  Trial trial() {
    Trial t;
    t.value = expressions_.parse_arithmetic();
    if (in_.accept("..")) {
      t.low = std::move(t.value);
      t.high = expressions_.parse_arithmetic();
      if (in_.accept("by")) t.by = expressions_.parse_arithmetic();
    }
    return t;
  }

  std::string fresh_name(const Claim& c, const char* what) {
    const Place place = in_.place();
    std::string name = in_.expect_name(("the name of " + std::string(what)).c_str());
    if (is_reserved(name)) in_.fail_at(place, "'" + name + "' is a word of the language");
    for (const auto& v : c.variables) {
      if (v.name == name) in_.fail_at(place, "'" + name + "' is already a variable");
    }
    for (const auto& d : c.definitions) {
      if (d.name == name) in_.fail_at(place, "'" + name + "' is already defined");
    }
    if (own_.count(name) > 0 || defined_.count(name) > 0)
      in_.fail_at(place, "'" + name + "' is already defined");
    return name;
  }

  void definition(Claim& c) {
    Definition d;
    d.place = in_.place();
    d.name = fresh_name(c, "a definition");
    if (in_.at("(") && !in_.peek().spaced) {
      if (is_core_name(d.name))
        in_.fail_at(d.place, "'" + d.name + "' has a meaning of its own in every claim");
      Abbreviation a = arguments();
      in_.expect("=");
      a.body = expressions_.parse();
      early_.push_back({d.place, d.name, mentioned_names(a)});
      own_.emplace(d.name, std::move(a));
      return;
    }
    in_.expect("=");
    d.value = expressions_.parse();
    c.definitions.push_back(std::move(d));
  }

  void statement(std::vector<Statement>& to) {
    Statement s;
    if (in_.peek().kind == TokenKind::string) s.label = in_.take().text;
    s.value = expressions_.parse();
    to.push_back(std::move(s));
  }
  void assumption(Claim& c) { statement(c.hypotheses); }
  void conclusion(Claim& c) { statement(c.conclusions); }

  void family(Claim& c) {
    if (c.family) in_.fail("a claim has at most one family");
    Family f;
    f.place = in_.place();
    f.index = in_.expect_name("the index of the family");
    in_.expect("in");
    f.low = expressions_.parse_arithmetic();
    in_.expect("..");
    f.high = expressions_.parse_arithmetic();
    in_.expect("{");
    std::set<std::string> given;
    while (!in_.accept("}")) member_part(f, given);
    for (const auto& [part, name] :
         {std::pair{&f.n, "n"}, {&f.d, "d"}, {&f.L, "L(i)"}, {&f.b, "b(i)"}}) {
      if (!*part) in_.fail_at(f.place, std::string("the family does not say ") + name + " = …");
    }
    if (f.sketch.empty()) in_.fail_at(f.place, "the family does not say sketch = …");
    c.family = std::move(f);
  }

  void member_part(Family& f, std::set<std::string>& given) {
    const std::map<std::string, ExprPtr*> parts = {
        {to_text(Constant::n), &f.n},         {to_text(Constant::d), &f.d},
        {to_text(Constant::gamma), &f.gamma}, {to_text(Constant::x0), &f.x0},
        {to_text(Constant::q), &f.q},         {to_text(Indexed::L), &f.L},
        {to_text(Indexed::b), &f.b}};
    const Place place = in_.place();
    const std::string name = in_.expect_name("a part of the family (n, d, L(i), b(i), …)");
    if (name == "sketch" || name == "method") {
      if (!given.insert(name).second) in_.fail_at(place, "'" + name + "' is given twice");
      in_.expect("=");
      (name == "sketch" ? f.sketch : f.method) = hyphenated("a name as in case files");
      return;
    }
    const auto part = parts.find(name);
    if (part == parts.end()) {
      in_.fail_at(place, "a family has no part '" + name + "'" + suggestion(name, keys(parts)));
    }
    if (*part->second) in_.fail_at(place, "'" + name + "' is given twice");
    if (part->second == &f.L || part->second == &f.b) {
      in_.expect("(");
      f.worker_place = in_.place();
      const std::string worker = in_.expect_name("the name of the worker's number");
      if ((f.L || f.b) && worker != f.worker)
        in_.fail("L and b must use the same name for the worker");
      f.worker = worker;
      in_.expect(")");
    }
    in_.expect("=");
    *part->second = expressions_.parse();
  }
};

}  // namespace

ClaimFileText parse_claim_file(std::string text, std::string name) {
  const auto source = std::make_shared<const Source>(Source{std::move(name), std::move(text)});
  return ClaimParser(source).run();
}

std::vector<Claim> parse_claims(std::string text, std::string name) {
  const Source source{name, text};
  auto claims = parse_claim_file(std::move(text), std::move(name)).claims;
  if (claims.empty()) throw ClaimError(source, {}, "this file has methods and no claim");
  return claims;
}

Claim reparsed(const Claim& c) {
  const auto source = std::make_shared<const Source>(Source{c.source->name, to_text(c)});
  Claim copy = std::move(ClaimParser(source).run().claims.front());
  copy.method = c.method;
  return copy;
}

ExprPtr parse_expression(std::string text) {
  const auto source = std::make_shared<const Source>(Source{"expression", std::move(text)});
  return ClaimParser(source).expression();
}

}  // namespace istcheck::claim
