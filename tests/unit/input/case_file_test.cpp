#include <catch2/catch.hpp>

#include <filesystem>

#include "case_files.hpp"
#include "input/family.hpp"
#include "input/formula.hpp"

using namespace istcheck;

namespace {

const char* kGood = R"(name = "good"
step = "1/10"
start = [1, "-1/2"]
[sketch]
kind = "perm"
q = 1
[method]
kind = "ist"
local_steps = 2
[schedule]
kind = "harmonic"
c = "1/3"
[values]
theta = "5"
v = [1, "1/2"]
M = [[1, 2], [2, "0.5"]]
[[worker]]
L = [["4", 1], [1, "5/2"]]
b = [1, "0.25"]
noise = [[0, 0], [0, "1/4"]]
[[worker]]
L = [[1, 0], [0, 1]]
b = [0, 1]
)";

std::filesystem::path source() { return ISTCHECK_SOURCE_DIR; }

}  // namespace

TEST_CASE("a case file is read exactly", "[case]") {
  const Case c = parse_case(kGood, "good.toml", CaseFormat::toml);
  CHECK(c.name == "good");
  CHECK(c.step == Rational(1, 10));
  CHECK(c.n() == 2);
  CHECK(c.d() == 2);
  CHECK((*c.start)(1) == Rational(-1, 2));
  CHECK(std::get<PermSketch>(c.sketch).q == 1);
  CHECK(c.method.kind == MethodKind::ist);
  CHECK(c.method.local_steps == 2);
  CHECK(c.workers[0].L(1, 1) == Rational(5, 2));
  CHECK(c.workers[0].b(1) == Rational(1, 4));
  CHECK(c.workers[0].noise(1, 1) == Rational(1, 4));
  CHECK(c.workers[1].noise.isZero());
  CHECK(std::get<Rational>(c.values.at("theta")) == 5);
  CHECK(std::get<RationalVector>(c.values.at("v"))(1) == Rational(1, 2));
  CHECK(std::get<RationalMatrix>(c.values.at("M"))(1, 1) == Rational(1, 2));
  CHECK(c.step_in_round(0) == Rational(1, 10));
  CHECK(c.step_in_round(3) == Rational(1, 20));
}

TEST_CASE("JSON gives the same case as TOML", "[case]") {
  const std::string json = R"({"name": "good", "step": "1/10", "start": [1, "-1/2"],
    "sketch": {"kind": "perm", "q": 1}, "method": {"kind": "ist", "local_steps": 2},
    "schedule": {"kind": "harmonic", "c": "1/3"},
    "values": {"theta": "5", "v": [1, "1/2"], "M": [[1, 2], [2, "0.5"]]},
    "worker": [{"L": [["4", 1], [1, "5/2"]], "b": [1, "0.25"], "noise": [[0, 0], [0, "1/4"]]},
               {"L": [[1, 0], [0, 1]], "b": [0, 1]}]})";
  CHECK(write_case(parse_case(json, "good.json", CaseFormat::json)) ==
        write_case(parse_case(kGood, "good.toml", CaseFormat::toml)));
}

TEST_CASE("writing and reading a case again gives the same text, for every shipped case",
          "[case]") {
  int cases = 0;
  for (const char* folder : {"cases/paper", "cases/data"})
    for (const auto& entry : std::filesystem::directory_iterator(source() / folder)) {
      if (entry.path().extension() != ".toml") continue;
      INFO(entry.path());
      const std::string once = write_case(
          parse_case(read_text_file(entry.path()), entry.path(), CaseFormat::toml, Roots::taken));
      CHECK(write_case(parse_case(once, "again.toml", CaseFormat::toml, Roots::taken)) == once);
      ++cases;
    }
  CHECK(cases >= 30);
}

TEST_CASE("names with quotes and control characters survive", "[case]") {
  Case c = parse_case(kGood, "good.toml", CaseFormat::toml);
  c.name = "a \"quoted\" \\ name\twith a tab\nand a line";
  CHECK(parse_case(write_case(c), "again.toml", CaseFormat::toml).name == c.name);
}

TEST_CASE("errors carry file, line and column", "[case]") {
  const auto message = [](std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    try {
      parse_case(text, "bad.toml", CaseFormat::toml);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  CHECK(message(kGood, "\"1/10\"", "0.1").find("bad.toml:2:8: the bare number 0.1") == 0);
  CHECK(message(kGood, "[1, \"5/2\"]", "[2, \"5/2\"]").find("bad.toml:18:17:") == 0);
  CHECK(
      message(kGood, "c = \"1/3\"", "c = \"-1/3\"").find("bad.toml:12:5: c must not be negative") ==
      0);
  CHECK(message(kGood, "q = 1", "q = 2").find("bad.toml:4:1:") == 0);
  CHECK(message(kGood, "theta", "theta") == "accepted");
}

namespace {

const char* kRoots = R"(name = "roots"
step = { surd = [["1/2", 3], ["-1/3", 1]] }
start = [{ surd = [[1, 2]] }, 0]
[sketch]
kind = "identity"
[method]
kind = "gradient"
[values]
t = { surd = [[1, 2], [1, 3]] }
v = [1, { surd = [["-1/2", 5]] }]
[[worker]]
L = [[2, { surd = [[1, 2]] }], [{ surd = [[1, 2]] }, 1]]
b = [{ surd = [[0, 7], [4, 1]] }, 0]
noise = [[{ surd = [[1, 2]] }, 0], [0, 0]]
)";

Surd root(int r) { return Surd::sqrt_of(r); }

std::string read_error(std::string text, const std::string& from, const std::string& to,
                       Roots roots = Roots::taken) {
  text.replace(text.find(from), from.size(), to);
  try {
    parse_case(text, "bad.toml", CaseFormat::toml, roots);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("square roots are read exactly, and written so that they read the same", "[case]") {
  const Case c = parse_case(kRoots, "roots.toml", CaseFormat::toml, Roots::taken);
  CHECK_FALSE(c.rational());
  CHECK(step_of(c) == root(3) * Surd(Rational(1, 2)) - Surd(Rational(1, 3)));
  CHECK(start_of(c)(0) == root(2));
  CHECK(value_of(c, "t")(0, 0) == root(2) + root(3));
  CHECK(value_of(c, "v")(1, 0) == root(5) * Surd(Rational(-1, 2)));
  const SurdWorker w = workers_of(c).front();
  CHECK(w.L(0, 1) == root(2));
  CHECK(w.L(0, 0) == Surd(2));
  CHECK(w.b(0) == Surd(4));
  CHECK(w.noise(0, 0) == root(2));
  CHECK(c.roots.count({7, 0}) == 0);
  const std::string once = write_case(c);
  CHECK(write_case(parse_case(once, "again.toml", CaseFormat::toml, Roots::taken)) == once);
  // What turns out to be rational is rational.
  CHECK(read_error(kGood, "\"5/2\"", "{ surd = [[\"5/2\", 1], [0, 3]] }", Roots::refused) ==
        "accepted");
}

TEST_CASE("square roots that are none, or stand where none may, are refused with their place",
          "[case]") {
  CHECK(read_error(kGood, "\"5/2\"", "{ surd = [[1, 2]] }", Roots::refused)
            .find("bad.toml:18:20: irrational numbers may stand in cases, and not here") == 0);
  CHECK(read_error(kRoots, "[[1, 2], [1, 3]]", "[[1, 2], [1, 12]]")
            .find("12 under the root is divisible by the square of 2") != std::string::npos);
  CHECK(read_error(kRoots, "[[1, 2], [1, 3]]", "[[1, 2], [1, 2]]")
            .find("sqrt(2) stands here twice") != std::string::npos);
  CHECK(read_error(kRoots, "[[1, 2], [1, 3]]", "[[1, 0]]").find("number under a square root") !=
        std::string::npos);
  CHECK(read_error(kRoots, "[[1, 2], [1, 3]]", "[[1, 2, 3]]").find("expected a pair") !=
        std::string::npos);
  CHECK(read_error(kRoots, "[[1, 2], [1, 3]]", "[1, 2]").find("expected a pair") !=
        std::string::npos);
  CHECK(read_error(kRoots, "surd = [[1, 2], [1, 3]]", "surds = [[1, 2]]")
            .find("did you mean \"surd\"?") != std::string::npos);
  CHECK(read_error(kRoots, "[\"-1/3\", 1]", "[-1, 1]")
            .find("bad.toml:2:8: the step size must be positive, found") == 0);
  CHECK(read_error(kRoots, "[[1, 2], [1, 3]]", "[[1, 999999937], [1, 999999929], [1, 999999893]]")
            .find("which is not below 2^62") != std::string::npos);
  // noise = diag(√2 − 2, 0) is no covariance.
  CHECK(
      read_error(kRoots, "noise = [[{ surd = [[1, 2]] }", "noise = [[{ surd = [[1, 2], [-2, 1]] }")
          .find("must be positive semidefinite") != std::string::npos);
  CHECK(read_error(kRoots, "[{ surd = [[1, 2]] }, 1]]", "[1, 1]]").find("is not symmetric") !=
        std::string::npos);
  CHECK(read_error(kRoots, "kind = \"identity\"", "kind = \"bernoulli\"\np = { surd = [[1, 2]] }")
            .find("expected an exact number") != std::string::npos);
}

namespace {

const char* kAlpha = R"(name = "alpha"
step = { alpha = [0, "1/2"] }
start = [{ alpha = [1, 0, -1] }, { surd = [[1, 5]] }]
[alpha]
poly = [-2, 0, 0, 1]
interval = [1, "3/2"]
[sketch]
kind = "identity"
[method]
kind = "gradient"
[values]
t = { surd = [[1, 3], [1, 1]], alpha = [1, 1] }
[[worker]]
L = [[2, { alpha = [0, 1] }], [{ alpha = [0, 1] }, 1]]
b = [{ alpha = [7] }, 0]
)";

}  // namespace

TEST_CASE("powers of an algebraic number are read exactly, and written so that they read the same",
          "[case]") {
  const Case c = parse_case(kAlpha, "alpha.toml", CaseFormat::toml, Roots::taken);
  CHECK_FALSE(c.rational());
  const Surd a = workers_of(c)[0].L(0, 1);
  CHECK(a * a * a == Surd(2));
  CHECK(step_of(c) == a * Surd(Rational(1, 2)));
  CHECK(start_of(c)(0) == Surd(1) - a * a);
  CHECK(start_of(c)(1) == root(5));
  CHECK(value_of(c, "t")(0, 0) == root(3) + Surd(2) + a);
  CHECK(workers_of(c)[0].b(0) == Surd(7));
  const std::string once = write_case(c);
  CHECK(once.find("[alpha]\npoly = [-2, 0, 0, 1]  # alpha = 1.25992104989…\n"
                  "interval = [1, \"3/2\"]\n") != std::string::npos);
  const Case again = parse_case(once, "again.toml", CaseFormat::toml, Roots::taken);
  CHECK(write_case(again) == once);
  CHECK((value_of(again, "t") == value_of(c, "t")));
}

TEST_CASE("an alpha that is none, or stands where none may, is refused with its place", "[case]") {
  const auto error = [](const std::string& from, const std::string& to,
                        Roots roots = Roots::taken) { return read_error(kAlpha, from, to, roots); };
  const auto says = [](const std::string& message, const std::string& text) {
    CAPTURE(message);
    return message.find(text) != std::string::npos;
  };
  CHECK(says(error("name", "name", Roots::refused),
             "bad.toml:4:1: irrational numbers may stand in cases, and not here"));
  CHECK(says(error("[alpha]\npoly = [-2, 0, 0, 1]\ninterval = [1, \"3/2\"]\n", ""),
             "alpha is not declared: expected a table [alpha]"));
  CHECK(says(error("[0, \"1/2\"]", "[0, 0, 0, 1]"), "bad.toml:2:28: alpha has degree 3"));
  CHECK(says(error("interval = [1, \"3/2\"]", "interval = [2, 3]"),
             "bad.toml:6:12: the polynomial does not change sign"));
  CHECK(says(error("interval = [1, \"3/2\"]", "interval = [2, 1]"), "the interval is empty"));
  CHECK(says(error("interval = [1, \"3/2\"]", "interval = [-1, 3]"),
             "bad.toml:6:12: the derivative may vanish in the interval; this one is short enough"));
  CHECK(says(error("[-2, 0, 0, 1]", "[-2, 0, -2, 1, 0, 1]"),  // (x³ − 2)(x² + 1)
             "bad.toml:5:8: the polynomial is reducible"));
  CHECK(says(error("[-2, 0, 0, 1]", "[-2, 0, 0, \"1/2\"]"), "expected a whole number"));
  CHECK(says(error("[-2, 0, 0, 1]", "[-2, 1]"), "expected a polynomial of degree 2 to 16"));
  CHECK(says(error("poly = ", "pol = "), "did you mean \"poly\"?"));
  CHECK(says(error("{ alpha = [7] }", "{ alfa = [7] }"), "did you mean \"alpha\"?"));
  CHECK(says(error("{ alpha = [7] }", "{ decimal = \"7\" }"), "expected { surd = "));
  const std::string unused = R"(step = 1
[alpha]
poly = [-2, 0, 0, 1]
interval = [1, "3/2"]
[sketch]
kind = "identity"
[method]
kind = "gradient"
[[worker]]
L = [[2]]
b = [1]
)";
  CHECK_THROWS_WITH(parse_case(unused, "bad.toml", CaseFormat::toml, Roots::taken),
                    Catch::Contains("bad.toml:2:1: no number of the case is written in alpha"));
}

TEST_CASE("the nearest word is found, and nothing when none is near", "[case]") {
  CHECK(nearest("stpe", {"name", "step", "start"}) == "step");
  CHECK(nearest("fixd_point", {"fixed_point", "bias"}) == "fixed_point");
  CHECK(nearest("xyz", {"name", "step", "start"}).empty());
  CHECK(nearest("a", {"b"}).empty());
}

TEST_CASE("formulas are exact", "[formula]") {
  const FormulaNames names{{"n", 3}, {"r", 2}, {"c", 2}};
  CHECK(evaluate_formula("1/(2*n)", names) == Rational(1, 6));
  CHECK(evaluate_formula("r == c", names) == 1);
  CHECK(evaluate_formula("2*(r == n) - 1", names) == -1);
  CHECK(evaluate_formula("-2^2 + n^-1", names) == Rational(-11, 3));
  CHECK(evaluate_formula("0.25 - 1 - 1", names) == Rational(-7, 4));
  CHECK(evaluate_formula("8/2/2", names) == 2);
  for (const char* bad :
       {"", "1 +", "(1", "1)", "m", "1/0", "0^-1", "2^(1/2)", "2^1001", "1 2", "1 == ", "1//2"}) {
    INFO(bad);
    CHECK_THROWS_AS(evaluate_formula(bad, names), std::invalid_argument);
  }
  CHECK_THROWS_AS(evaluate_formula(std::string(100000, '('), names), std::invalid_argument);
  CHECK_THROWS_AS(evaluate_formula(std::string(100000, '-') + "1", names), std::invalid_argument);
}

TEST_CASE("a family has one case for each value", "[family]") {
  const auto loaded = load_case_or_family(source() / "cases/families/bias-identity.toml");
  const Family& family = std::get<Family>(loaded);
  REQUIRE(family.members.size() == 7);
  CHECK(family.members[1].value == "3");
  const Case& c = family.members[1].c;
  CHECK(c.n() == 3);
  CHECK(c.d() == 3);
  CHECK(c.step == Rational(1, 6));
  CHECK(c.workers[2].L == RationalMatrix::Identity(3, 3));
}

TEST_CASE("a family over a base case changes what it says and nothing else", "[family]") {
  const auto base = test::load_case(source() / "cases/paper/remark1-indefinite.toml");
  const auto loaded = load_case_or_family(source() / "cases/families/ridge.toml");
  for (const FamilyMember& member : std::get<Family>(loaded).members) {
    Case c = member.c;
    const Rational ridge = *parse_rational(member.value);
    for (Worker& w : c.workers) w.L.diagonal() -= ridge;
    c.name = base.name;
    CHECK(write_case(c) == write_case(base));
  }
}
