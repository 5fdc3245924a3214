#include "claim/method_parser.hpp"

#include <algorithm>
#include <set>

namespace istcheck::claim {
namespace {

class MethodParser {
 public:
  MethodParser(TokenStream& in, const Abbreviations& defined) : in_(in), expressions_(in) {
    expressions_.abbreviate(defined);
    expressions_.allow_sets(true);
  }

  Method run(std::shared_ptr<const Source> source, Place place) {
    Method m;
    m.source = std::move(source);
    m.place = place;
    m.name = hyphenated(in_, "the name of the method");
    in_.expect("{");
    while (!in_.accept("}")) {
      if (!declaration(m)) m.body.push_back(step());
    }
    if (m.states.empty()) in_.fail_at(place, "the method '" + m.name + "' has no state");
    const auto updates = [](const std::vector<MethodStep>& steps, const auto& self) -> bool {
      return std::any_of(steps.begin(), steps.end(), [&](const MethodStep& s) {
        return s.is == MethodStep::Is::update || self(s.body, self);
      });
    };
    if (!updates(m.body, updates))
      in_.fail_at(place, "the method '" + m.name + "' updates nothing: write x <- …");
    return m;
  }

 private:
  TokenStream& in_;
  ExpressionParser expressions_;

  static constexpr int kMostLoops = 100;  ///< of loops inside of each other
  int loops_ = 0;

  bool word(const char* text) const { return in_.at(text) && in_.peek(1).kind == TokenKind::name; }

  bool declaration(Method& m) {
    if (in_.at("title") && in_.peek(1).kind == TokenKind::string) {
      in_.take();
      m.title = in_.expect_string("the title");
    } else if (in_.at("source") && in_.peek(1).kind == TokenKind::string) {
      in_.take();
      m.paper = in_.expect_string("the paper");
      if (in_.peek().kind == TokenKind::string) m.equation = in_.take().text;
    } else if (word("parameter")) {
      listed([&] { m.parameters.push_back(parameter()); });
    } else if (word("data")) {
      listed([&] { m.data.push_back(datum()); });
    } else if (word("state")) {
      listed([&] { m.states.push_back(state()); });
    } else {
      return false;
    }
    return true;
  }

  template <class One>
  void listed(const One& one) {
    in_.take();
    do {
      one();
    } while (in_.accept(","));
  }

  std::string fresh(const char* what, Place& place) {
    place = in_.place();
    std::string name = in_.expect_name(what);
    if (is_reserved(name)) in_.fail_at(place, "'" + name + "' is a word of the language");
    if (expressions_.abbreviation(name)) in_.fail_at(place, "'" + name + "' is already defined");
    return name;
  }

  Parameter parameter() {
    Parameter p;
    p.name = fresh("the name of a parameter", p.place);
    in_.expect(":");
    const Token kind = in_.peek();
    const auto found = kinds().find(in_.expect_name("a kind: scalar, integer, vector, …"));
    if (found == kinds().end()) {
      std::vector<std::string> known;
      for (const auto& [name, value] : kinds()) known.push_back(name);
      in_.fail_at(kind.place, "unknown kind '" + kind.text + "'" + suggestion(kind.text, known));
    }
    p.kind = found->second;
    return p;
  }

  Datum datum() {
    Datum d;
    d.name = fresh("the name of data", d.place);
    in_.expect(":");
    const Token kind = in_.peek();
    const std::string shape = in_.expect_name("scalar, vector(m) or matrix(m, d)");
    const size_t sizes = shape == "scalar" ? 0 : shape == "vector" ? 1 : shape == "matrix" ? 2 : 3;
    if (sizes == 3) in_.fail_at(kind.place, "data are scalar, vector(m) or matrix(m, d)");
    for (size_t k = 0; k < sizes; ++k) {
      in_.expect(k == 0 ? "(" : ",");
      d.sizes.push_back(expressions_.parse_arithmetic());
    }
    if (sizes > 0) in_.expect(")");
    return d;
  }

  Block state() {
    Block b;
    b.name = fresh("the name of a state", b.place);
    auto indices = index_list();
    if (indices.size() > 1) in_.fail_at(b.place, "a state has at most one index");
    if (!indices.empty()) b.index = std::move(indices[0]);
    if (in_.accept(":")) {
      if (!in_.accept("vector")) in_.fail("expected vector(…)" + in_.found());
      in_.expect("(");
      b.size = expressions_.parse_arithmetic();
      in_.expect(")");
    }
    if (in_.accept("start")) b.start = expressions_.parse_arithmetic();
    return b;
  }

  /// [i in workers, j in 1..n] behind a name, or nothing.
  std::vector<Binder> index_list() {
    if (!in_.at("[") || in_.peek().spaced) return {};
    in_.take();
    auto all = expressions_.binders();
    in_.expect("]");
    return all;
  }

  IndexRange range() {
    IndexRange r;
    r.place = in_.place();
    if (in_.peek().kind == TokenKind::name) r.domain = domain_named(in_.peek().text);
    if (r.domain != Domain::range) {
      in_.take();
    } else {
      r.low = expressions_.parse_arithmetic();
      if (in_.accept("..")) {
        r.high = expressions_.parse_arithmetic();
      } else {
        r.set = std::move(r.low);
      }
    }
    if (in_.accept("without")) r.without = expressions_.parse_arithmetic();
    return r;
  }

  MethodStep step() {
    MethodStep s;
    s.place = in_.place();
    if (word("let")) return definition(MethodStep::Is::let);
    if (word("local")) return definition(MethodStep::Is::local);
    if (word("draw")) return draw();
    if (word("for")) return loop();
    s.is = MethodStep::Is::update;
    s.name = fresh("a statement of a method (state, draw, let, for, x <- …) or '}'", s.place);
    if (in_.at("[") && !in_.peek().spaced) {
      in_.take();
      s.at = expressions_.parse_arithmetic();
      in_.expect("]");
    }
    if (!in_.at("<") || !in_.at("-", 1) || in_.peek(1).spaced)
      in_.fail("expected '<-' and what '" + s.name + "' becomes" + in_.found());
    in_.take();
    in_.take();
    s.value = expressions_.parse();
    return s;
  }

  MethodStep definition(MethodStep::Is is) {
    in_.take();
    MethodStep s;
    s.is = is;
    s.name = fresh("a name", s.place);
    s.indices = index_list();
    in_.expect("=");
    s.value = expressions_.parse();
    return s;
  }

  MethodStep loop() {
    if (++loops_ > kMostLoops)
      in_.fail("loops are nested more than " + std::to_string(kMostLoops) + " deep");
    in_.take();
    MethodStep s;
    s.is = MethodStep::Is::loop;
    s.name = fresh("the name of an index", s.place);
    in_.expect("in");
    s.range = range();
    in_.expect("{");
    while (!in_.accept("}")) s.body.push_back(step());
    --loops_;
    return s;
  }

  MethodStep draw() {
    in_.take();
    MethodStep s;
    s.is = MethodStep::Is::draw;
    s.name = fresh("the name of a draw", s.place);
    s.indices = index_list();
    in_.expect("from");
    struct Row {
      const char* word;
      Law law;
      bool ranged;
      size_t args;
    };
    static constexpr Row kLaws[] = {
        {"coin", Law::coin, false, 1},          {"permutations", Law::permutations, true, 0},
        {"subsets", Law::subsets, true, 1},     {"deals", Law::deals, true, 1},
        {"rand", Law::rand, false, 1},          {"perm", Law::perm, false, 1},
        {"bernoulli", Law::bernoulli, false, 1}};
    for (const Row& row : kLaws) {
      if (!in_.at(row.word) || !in_.at("(", 1)) continue;
      in_.take();
      in_.take();
      s.law = row.law;
      if (row.ranged) s.range = range();
      for (size_t k = 0; k < row.args; ++k) {
        if (row.ranged || k > 0) in_.expect(",");
        s.args.push_back(expressions_.parse_arithmetic());
      }
      in_.expect(")");
      return s;
    }
    if (in_.accept("sketch")) {
      s.law = Law::sketch;
    } else if (in_.accept("noise")) {
      s.law = Law::noise;
    } else {
      s.law = Law::element;
      s.range = range();
      if (in_.accept("weight")) s.args.push_back(expressions_.parse_arithmetic());
    }
    return s;
  }
};

}  // namespace

std::string hyphenated(TokenStream& in, const char* what) {
  std::string text = in.expect_name(what);
  while (in.at("-") && !in.peek().spaced && !in.peek(1).spaced &&
         (in.peek(1).kind == TokenKind::name || in.peek(1).kind == TokenKind::number)) {
    in.take();
    text += "-" + in.take().text;
    while (!in.peek().spaced && in.peek().kind == TokenKind::name) text += in.take().text;
  }
  return text;
}

Method parse_method(TokenStream& in, std::shared_ptr<const Source> source, Place place,
                    const Abbreviations& defined) {
  return MethodParser(in, defined).run(std::move(source), place);
}

}  // namespace istcheck::claim
