#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "../same_claim.hpp"
#include "support.hpp"

namespace istcheck::claim {
namespace {

std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void require_round_trip(const std::string& text, const std::string& name) {
  const auto claims = parse_claims(text, name);
  for (const auto& c : claims) {
    const std::string printed = to_text(c);
    INFO(printed);
    const auto again = parse_claims(printed, name);
    REQUIRE(again.size() == 1);
    REQUIRE(same(c, again.front()));
    REQUIRE(to_text(again.front()) == printed);
  }
}

/// A random expression tree; kinds and sizes are of no concern to the parser.
ExprPtr random_tree(std::mt19937& random, int depth) {
  const auto pick = [&](int count) {
    return static_cast<int>(random() % static_cast<unsigned>(count));
  };
  auto e = std::make_unique<Expr>();
  const auto with = [&](Op op, int count) {
    e->op = op;
    for (int k = 0; k < count; ++k) e->args.push_back(random_tree(random, depth - 1));
  };
  if (depth <= 0 || pick(6) == 0) {
    if (pick(2) == 0) {
      e->op = Op::number;
      e->name = std::to_string(pick(20));
      e->value = *parse_rational(e->name);
    } else {
      e->op = Op::name;
      e->name = std::string(1, "nduvw"[pick(5)]);
    }
    return e;
  }
  switch (pick(22)) {
    case 0:
      with(Op::neg, 1);
      break;
    case 1:
      with(Op::add, 2);
      break;
    case 2:
      with(Op::sub, 2);
      break;
    case 3:
      with(Op::mul, 2);
      break;
    case 4:
      with(Op::div, 2);
      break;
    case 5:
      with(Op::pow, 2);
      break;
    case 6:
      with(Op::transpose, 1);
      break;
    case 7:
      with(Op::normsq, 1 + pick(2));
      break;
    case 8:
      with(Op::norm, 1 + pick(2));
      break;
    case 9:
      with(Op::expect, 1);
      break;
    case 10:
      with(Op::surely, 1);
      break;
    case 11:
      with(Op::choose, 3);
      break;
    case 12:
      with(Op::lnot, 1);
      break;
    case 13:
      with(Op::land, 2 + pick(2));
      break;
    case 14:
      with(Op::lor, 2 + pick(2));
      break;
    case 15:
      with(Op::implies, 2);
      break;
    case 16:
      with(Op::iff, 2);
      break;
    case 17:
      with(Op::relation, 2 + pick(2));
      for (size_t k = 1; k < e->args.size(); ++k)
        e->relations.push_back(static_cast<Relation>(pick(10)));
      break;
    case 18:
      with(Op::index, 1 + pick(2));
      e->name = "L";
      break;
    case 19:
      with(Op::over_kind, 1);
      e->name = pick(2) == 0 ? "exists" : "forall";
      e->binders.push_back({"t", Domain::range, nullptr, nullptr, {}, static_cast<Kind>(pick(6))});
      break;
    case 20:
      with(Op::quantifier, 1);
      e->name = pick(2) == 0 ? "exists" : "forall";
      e->binders.push_back({"i", Domain::workers, nullptr, nullptr, {}, {}});
      break;
    default:
      with(Op::fold, 1);
      e->name = "sum";
      e->binders.push_back({"i",
                            Domain::range,
                            random_tree(random, depth - 2),
                            random_tree(random, depth - 2),
                            {},
                            {}});
  }
  return e;
}

}  // namespace

TEST_CASE("print then parse is the identity on every shipped claim") {
  int files = 0;
  const auto folder = std::filesystem::path(ISTCHECK_SOURCE_DIR) / "proofs" / "claims";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".claim") continue;
    ++files;
    require_round_trip(file_text(entry.path()), entry.path().string());
  }
  REQUIRE(files >= 5);
}

TEST_CASE("print then parse is the identity on random trees") {
  std::mt19937 random(GENERATE(1u, 2u, 3u, 4u));
  for (int k = 0; k < 500; ++k) {
    const ExprPtr tree = random_tree(random, 4);
    const std::string text = to_text(*tree);
    INFO(text);
    REQUIRE(same(*tree, *parse_expression(text)));
  }
}

TEST_CASE("Unicode and ASCII spellings give the same claim") {
  const auto ascii = parse_expression(
      "||grad f(xstar)||^2_Lbar <= 1/2*theta*lambda and A' <<= B^-1 or not A >> 0");
  const auto unicode = parse_expression("‖∇f(xstar)‖²_L̄ ≤ 1/2·θ·λ ∧ Aᵀ ⪯ B⁻¹ ∨ ¬A ≻ 0");
  REQUIRE(to_text(*ascii) == to_text(*unicode));
}

TEST_CASE("operators bind as in mathematics") {
  const auto printed = [](const char* text) { return to_text(*parse_expression(text)); };
  CHECK(printed("a - (b - c)") == "a - (b - c)");
  CHECK(printed("(a - b) - c") == "a - b - c");
  CHECK(printed("-a^2") == "-a^2");
  CHECK(printed("(-a)^2") == "(-a)^2");
  CHECK(printed("2^-1") == "2^-1");
  CHECK(printed("a/b*c") == "a/b*c");
  CHECK(printed("a/(b*c)") == "a/(b*c)");
  CHECK(printed("not a < b and c < d") == "not a < b and c < d");
  CHECK(printed("a => b => c") == "a => b => c");
  CHECK(printed("(a => b) => c") == "(a => b) => c");
  CHECK(printed("0 < a <= b") == "0 < a <= b");
}

TEST_CASE("min and max run over indices when names and 'in' follow, else they are calls") {
  const auto op = [](const char* text) { return parse_expression(text)->op; };
  CHECK(op("min(i in 1..2 : i)") == Op::fold);
  CHECK(op("max(i, j in 1..2 : i*j)") == Op::fold);
  CHECK(op("max(i, j in 1..2, k in workers : i*j)") == Op::fold);
  CHECK(op("min(i, j)") == Op::call);
  CHECK(op("min(i, j, 1)") == Op::call);
}

TEST_CASE("faults are shown at their place") {
  const auto text = std::string("claim t {\n  let W = Lbar +\n  conclude 1 = 1\n}\n");
  const std::string message = refusal(text);
  CHECK(message.find("test.claim:3:3:") == 0);
  CHECK(message.find("  3 |   conclude 1 = 1\n    |   ^") != std::string::npos);
  CHECK(refusal("claim t { conclude 1 = 1 } claim t { conclude 1 = 1 }").find("two claims") !=
        std::string::npos);
  CHECK(refusal("claim t { }").find("no conclude") != std::string::npos);
  CHECK(refusal("claim t { conclde 1 = 1 }").find("did you mean 'conclude'?") != std::string::npos);
  CHECK(refusal("claim t { title \"x\n}").find("closing quote") != std::string::npos);
  CHECK(refusal("claim t { conclude 1 $ 2 }").find("'$' has no meaning") != std::string::npos);
  CHECK(refusal("claim t { conclude 1 = 1 expect refuted }").find("needs a reason") !=
        std::string::npos);
  CHECK(
      refusal(std::string("claim t { conclude 1 = \x1b[2J }"))
          .find(
              "test.claim:1:24: byte 27 has no meaning here\n  1 | claim t { conclude 1 =  [2J") ==
      0);
  CHECK(refusal("").find("expected") == std::string::npos);
  CHECK(refusal("").find("no claim") != std::string::npos);
}

TEST_CASE("deep nesting and large files are refused or read, never a crash") {
  const std::string deep =
      "claim t { conclude " + std::string(10000, '(') + "1" + std::string(10000, ')') + " = 1 }";
  CHECK(refusal(deep).find("deep") != std::string::npos);
  std::string sum = "1";
  for (int k = 0; k < 10000; ++k) sum += " + 1";
  CHECK(refusal("claim t { conclude " + sum + " = 1 }").find("let") != std::string::npos);
  CHECK(refusal("claim t { conclude " + std::string(10000, '-') + "1 = 1 }").find("deep") !=
        std::string::npos);
  CHECK(refusal("claim t { conclude " + std::string(100000, '1') + " = 1 }").find("1000 digits") !=
        std::string::npos);
  std::string megabyte;
  for (int k = 0; megabyte.size() < (1u << 20); ++k)
    megabyte += "claim t" + std::to_string(k) + " { conclude 1 + 1 = 2 }\n";
  CHECK(parse_claims(megabyte, "large.claim").size() > 20000);
}

TEST_CASE("a proof line says what its theorem does") {
  const auto parsed = [](const std::string& lines) {
    auto claims = parse_claims("claim c {\n  conclude gamma > 0\n" + lines + "}\n", "c.claim");
    return std::move(claims.front());
  };
  const Claim c = parsed(
      "  expect holds\n  proof related a.b \"uses it\"\n  proof part a.c \"one half\"\n"
      "  proof proves a.d\n");
  REQUIRE(c.proofs.size() == 3);
  CHECK(c.proofs[0].note == "uses it");
  CHECK(general_proof(c) == "a.d");
  require_round_trip(to_text(c), "c.claim");
  CHECK(general_proof(parsed("  expect holds\n  proof part a.c \"x\"\n")).empty());
  CHECK_THROWS_WITH(parsed("  expect holds\n  proof refutes a.b\n"),
                    Catch::Contains("expected to hold, so no theorem refutes it"));
  CHECK_THROWS_WITH(parsed("  expect refuted because \"r\"\n  proof proves a.b\n"),
                    Catch::Contains("expected to be refuted, so no theorem proves it"));
  for (const char* line : {"a.b", "shows a.b", "proves.b", "part a.b", "related a.b", "proves"}) {
    CAPTURE(line);
    CHECK_THROWS_AS(parsed(std::string("  expect holds\n  proof ") + line + "\n"), ClaimError);
  }
}

}  // namespace istcheck::claim
