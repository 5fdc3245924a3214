// Certificates say what the checker's own evaluation finds, whatever the engine said.
#include "search/certify.hpp"

#include <catch2/catch.hpp>

#include "check/check.hpp"
#include "claim/check.hpp"
#include "claim/parser.hpp"
#include "input/case_file.hpp"

using namespace istcheck;

namespace {

constexpr const char* kCase = R"(
name = "small"
step = "1/4"
[sketch]
kind = "unit-perm"
[method]
kind = "sketched-gradient"
[[worker]]
L = [[2, 1], [1, 1]]
b = [1, 0]
[[worker]]
L = [[2, 1], [1, 1]]
b = [0, 1]
)";

struct Tried {
  std::string body;
  check::ClaimFile claims;
  check::CaseFile c;
  claim::CaseVerdict verdict;

  explicit Tried(const std::string& of, const char* text = kCase)
      : body(of),
        claims{"-", claim::parse_claims("claim it {\n" + body + "\nexpect holds\n}", "test")},
        c{"-", parse_case(text, "small", CaseFormat::toml, Roots::taken)} {
    check_types(claims.claims[0]);
    verdict = claim::judge(claims.claims[0], &c.c);
  }
  search::Certified certify() const {
    return search::certify(claims.claims[0], "-", &c.c, "-", verdict, {});
  }
  check::Answer check(const std::string& text) const {
    return check::check_certificate(claims, &c, text);
  }
  /// The same for the claim as the parser leaves it, without any note of the type checker.
  check::Answer check_bare(const std::string& text) const {
    const check::ClaimFile bare{
        "-", claim::parse_claims("claim it {\n" + body + "\nexpect holds\n}", "test")};
    return check::check_certificate(bare, &c, text);
  }
};

/// A certificate that holds no step but the answers.
std::string without_steps(const std::string& verdict, const std::string& answer,
                          const std::string& first = "") {
  return "istcheck-certificate 1\nclaim it -\ncase -\nverdict " + verdict +
         "\nlimits steps 3 bits 20000 terms 64 halvings 4000 outcomes 20000\n" + first +
         "point\nconclusion 1 " + answer + "\nend\n";
}

/// The certificate, after it was accepted for this verdict.
std::string certified_and_accepted(const Tried& t, const std::string& verdict) {
  CAPTURE(t.body);
  CHECK(to_string(t.verdict.verdict) == verdict);
  const auto written = t.certify();
  CHECK(written.reason == "");
  CHECK(written.trusted.empty());
  const auto answer = t.check(written.text);
  CAPTURE(answer.message);
  CHECK(answer.is == check::Answer::Is::accepted);
  CHECK(answer.message.find("it " + verdict + " on small") != std::string::npos);
  CHECK(t.check_bare(written.text).message == answer.message);
  return written.text;
}

}  // namespace

TEST_CASE("every verdict is certified, and accepted") {
  const auto [body, verdict] = GENERATE(table<std::string, std::string>({
      {"conclude E[C[1]*C[1]] = I", "holds"},
      {"conclude E[C[1]] = I", "violated"},
      {"assume xinf = xstar\nconclude 1 = 2", "vacuous"},
      {"forall k in 0..3\nconclude E[f(x[k])] >= f(xstar)", "holds"},
      {"forall t : scalar try 5, 3, 2, 1\nconclude Lbar <<= t*I", "violated"},
      {"assume rho_square < 1\nconclude E[||x[infinity] - xinf||^2] >= 0", "holds"},
      {"conclude defined(theta_min) <=> W >>= 0\nlet W = 1/2*E[Lbar*Bbar + Bbar*Lbar]", "holds"},
  }));
  certified_and_accepted(Tried(body), verdict);
}

TEST_CASE("verdicts on a case with square roots are certified, and accepted") {
  const char* roots = R"(
name = "small"
step = { surd = [["1/4", 2]] }
start = [{ surd = [[1, 3], [1, 1]] }, 0]
[sketch]
kind = "perm"
q = 1
[method]
kind = "sketched-gradient"
[values]
t = { surd = [[2, 2], [1, 3]] }
[[worker]]
L = [[2, { surd = [[1, 2]] }], [{ surd = [[1, 2]] }, 1]]
b = [1, 0]
[[worker]]
L = [[2, 1], [1, 1]]
b = [0, { surd = [["1/2", 3]] }]
noise = [[{ surd = [[1, 2]] }, 0], [0, 0]]
)";
  const auto [body, verdict] = GENERATE(table<std::string, std::string>({
      {"conclude E[Bbar] = n*Dbar", "holds"},
      {"conclude L[1] >>= 0", "holds"},
      {"conclude L[1] >> 0", "violated"},
      {"forall t : scalar\nconclude t <= 4", "violated"},
      {"forall t : scalar\nassume t = 2*sqrt(2) + sqrt(3)\nconclude t > 4", "holds"},
      {"setting noisy, heterogeneous\nconclude gamma^2 = 1/8", "holds"},
      {"assume x0[1] < 2\nconclude 1 = 2", "vacuous"},
      {"forall k in 0..1\nconclude E[||x[k]||^2] >= 0", "holds"},
  }));
  Tried t(body, roots);
  const std::string written = certified_and_accepted(t, verdict);
  // The same steps about √5 in the place of √2 are rejected.
  t.c.c.roots[{5, 0}] = t.c.c.roots[{2, 0}];
  t.c.c.roots.erase({2, 0});
  CHECK(t.check(written).is == check::Answer::Is::rejected);
}

TEST_CASE("verdicts on a case in powers of an algebraic number are certified, and accepted") {
  const char* alpha = R"(
name = "small"
step = { alpha = [0, "1/4"] }
start = [{ alpha = [1, 0, 1] }, 0]
[alpha]
poly = [-2, 0, 0, 1]
interval = [1, "3/2"]
[sketch]
kind = "perm"
q = 1
[method]
kind = "sketched-gradient"
[[worker]]
L = [[{ alpha = [0, 0, 1] }, { alpha = [0, 1] }], [{ alpha = [0, 1] }, 1]]
b = [1, 0]
[[worker]]
L = [[2, 1], [1, 1]]
b = [0, { surd = [["1/2", 3]] }]
)";
  const auto [body, verdict, of_alpha] = GENERATE(table<std::string, std::string, bool>({
      {"conclude E[Bbar] = n*Dbar", "holds", false},
      {"conclude L[1] >>= 0", "holds", true},
      {"conclude L[1] >> 0", "violated", true},
      {"conclude lambda_max(L[1]) = 1 + L[1][1,1]", "holds", false},
      {"conclude 64*gamma^3 = 2 and b[2][2]^2 = 3/4", "holds", true},
      {"assume x0[1] < 2\nconclude 1 = 2", "vacuous", false},
      {"conclude 1/gamma = 8*gamma^2", "violated", true},
      {"forall k in 0..1\nconclude E[||x[k]||^2] >= 0 and 32*gamma^3 = 1", "holds", true},
  }));
  CAPTURE(body);
  Tried t(body, alpha);
  const std::string written = certified_and_accepted(t, verdict);
  // About ∛3 in the place of ∛2 the same steps show only what they show for every alpha.
  t.c.c.alpha->polynomial[0] = -3;
  CHECK((t.check(written).is == check::Answer::Is::rejected) == of_alpha);
  // A polynomial that may have several roots in the interval declares none.
  t.c.c.alpha = Alpha{{-2, 0, 0, 1}, -1, 2};
  const auto several = t.check(written);
  CHECK(several.is == check::Answer::Is::rejected);
  CHECK(several.message.find("alpha of the case: the derivative") != std::string::npos);
}

TEST_CASE("a wrong verdict of the engine gets no certificate") {
  Tried t("conclude E[C[1]] = I");
  t.verdict.verdict = claim::Verdict::holds;
  const auto written = t.certify();
  CHECK(written.text.empty());
  CHECK(written.contradiction ==
        "verdict \"holds\" of the engine, \"violated\" of the checker's evaluation");
  CHECK(written.reason == written.contradiction);
  // It is never as expected, whatever was expected (docs/semantics.md 15.5).
  claim::ClaimVerdict all;
  all.claim = &t.claims.claims[0];
  all.cases = {t.verdict};
  CHECK(all.outcome() == claim::ClaimVerdict::Outcome::expected);
  all.cases[0].contradiction = written.contradiction;
  CHECK(all.outcome() == claim::ClaimVerdict::Outcome::unexpected);
}

TEST_CASE("engine and checker contradict each other where their verdicts differ") {
  using claim::Verdict;
  for (const auto v : {Verdict::holds, Verdict::violated, Verdict::vacuous})
    for (const std::string checker : {"holds", "violated", "vacuous"})
      CHECK(search::contradiction(v, checker).empty() == (to_string(v) == checker));
}

TEST_CASE("what has no step is trusted aloud, and never accepted") {
  const Tried t("conclude sqrt(1 + sqrt(n)) < 2 and 1 < 2\nconclude 1 < 2");
  const auto written = t.certify();
  REQUIRE(written.trusted.size() == 1);
  CHECK(written.trusted[0].find("conclusion 1 at choice 1") == 0);
  CHECK(t.check(written.text).is == check::Answer::Is::incomplete);
}

TEST_CASE("the checker finds conditions on iterates and degrees above two by itself") {
  const auto [body, reason] = GENERATE(table<std::string, std::string>({
      {"conclude E[if (x[1])[1] > 0 then 1 else 0] = 0", "a condition on iterates"},
      {"let u = (x[1])[1] let s = if u = 0 then 1 else 0 conclude E[s] = 0",
       "a condition on iterates"},
      {"conclude E[1/(x[1])[1]] = 0", "a condition on iterates"},
      {"conclude E[||x[1]||] >= 0", "a condition on iterates"},
      {"conclude E[sqrt(f(x[1]) - f(x[1]) + (x[1])[1])] >= 0", "a condition on iterates"},
      {"conclude E[min((x[1])[1], 0)] <= 0", "a condition on iterates"},
      {"conclude E[det(inverse(sum(j in coordinates : (x[1])[j]*I)))] = 0",
       "a condition on iterates"},
      {"conclude E[(x[1])[1]^3] = 0", "a degree above two in iterates"},
      {"conclude E[f(x[1])*f(x[1])] >= 0", "a degree above two in iterates"},
      {"conclude E[inner(x[1], x[2])*(x[0])[1]] >= 0", "a degree above two in iterates"},
      {"conclude x[1] = x0", "an iterate outside of E"},
      {"conclude for every outcome : (x[1])[1] = 0", "an iterate outside of E"},
      {"conclude C[1] = I", "a draw outside of E"},
      {"conclude E[C[1]*(x[1] + x[2])] = 0", "a draw beside several rounds"},
      {"conclude E[g(step(step(x0)))] = 0", "a draw beside several rounds"},
  }));
  CAPTURE(body);
  // Nothing but the parser has seen the claim.
  const check::ClaimFile bare{"-", claim::parse_claims("claim it {\n" + body + "\n}", "test")};
  std::string text = kCase;
  text.replace(text.find("\"unit-perm\""), 11, "\"perm\"\nq = 1");
  const check::CaseFile c{"-", parse_case(text, "small", CaseFormat::toml, Roots::taken)};
  for (const char* answer : {"yes", "no"}) {
    const auto found = check::check_certificate(
        bare, &c, without_steps(answer == std::string("yes") ? "holds" : "violated", answer));
    CAPTURE(found.message);
    CHECK(found.is == check::Answer::Is::rejected);
    CHECK(found.message.find(reason) != std::string::npos);
  }
}

TEST_CASE("the checker puts moments in the place of products of iterates, of two rounds too") {
  const std::string noisy = R"(
name = "small"
step = "1/4"
start = [1, 2]
[sketch]
kind = "bernoulli"
p = "1/3"
[method]
kind = "ist"
local_steps = 2
[[worker]]
L = [[2, 1], [1, 1]]
b = [1, 0]
noise = [[1, 0], [0, 0]]
[[worker]]
L = [[1, 0], [0, 1]]
b = [0, 1]
)";
  std::string quiet = noisy;
  quiet.replace(quiet.find("noise"), std::string("noise = [[1, 0], [0, 0]]").size(), "");
  const auto answer = [](const std::string& body, const std::string& text) {
    const check::ClaimFile bare{"-", claim::parse_claims("claim it {\n" + body + "\n}", "test")};
    const check::CaseFile c{"-", parse_case(text, "small", CaseFormat::toml, Roots::taken)};
    const bool noise = text.find("noise") != std::string::npos;
    const std::string shown = without_steps("holds", "yes", noise ? "ldl 1 2 0 1 0\n" : "");
    return check::check_certificate(bare, &c, shown).message.substr(0, 9);
  };
  for (const std::string& text : {noisy, quiet}) {
    CHECK(answer("conclude E[inner(x[1], x[2])] = E[inner(x[2], x[1])]", text) == "accepted:");
    CHECK(answer("conclude E[inner(x[0], x[2])] = inner(x0, E[x[2]])", text) == "accepted:");
    CHECK(answer("conclude E[inner(x[1], x[2])] = E[inner(x[1], step(x[1]))]", text) ==
          "accepted:");
    CHECK(answer("conclude E[trace(x[2]*x[2]')] = E[||x[2]||^2]", text) == "accepted:");
    CHECK(answer("conclude E[vec(j in coordinates : (x[1])[j])] = E[x[1]]", text) == "accepted:");
    CHECK(answer("conclude E[2*f(x[1]) - f(x[1])] = E[f(x[1])] and E[x[1] - x[1]] = 0", text) ==
          "accepted:");
    CHECK(answer("let f2 = E[f(x[2])] conclude E[(x[1])[1]*f2] = E[(x[1])[1]]*f2", text) ==
          "accepted:");
    CHECK(answer("conclude E[inner(x[1], x[2])] = inner(E[x[1]], E[x[2]])", text) == "rejected:");
  }
  // One more round, by hand: without noise the second moments are those of step(…), with noise not.
  const std::string second = "conclude E[||x[2]||^2] = E[||step(x[1])||^2]";
  CHECK(answer(second, quiet) == "accepted:");
  CHECK(answer(second, noisy) == "rejected:");
}

TEST_CASE("what is decided for all values is certified for all values") {
  const auto [body, verdict] = GENERATE(table<std::string, std::string>({
      {"forall v : vector\nconclude v'*Lbar*v >= 0", "holds"},
      {"forall v : vector try ones\nassume v != 0\nconclude v'*Lbar*v > 0", "holds"},
      {"forall v : vector try ones\nassume v'*Lbar*v < 0\nconclude 1 = 2", "vacuous"},
      {"forall t : scalar\nconclude t^2 + 1 > 0", "holds"},
      {"forall t : scalar\nassume 0 < t and t <= 1\nconclude 1/t >= t", "holds"},
      {"forall t : scalar\nassume t > 2\nconclude t^2 > t*sqrt(2)", "holds"},
      {"forall t : scalar\nassume t >= 0\nconclude sqrt(t) <= 1 + t", "holds"},
      {"forall t : scalar\nassume t^3 > 2\nconclude t^4 > 2*t", "holds"},
      {"forall v : vector\nforall t : scalar\nassume 0 <= t and t <= 1\n"
       "conclude t*(v'*Lbar*v) <= v'*Lbar*v",
       "holds"},
      {"forall x0 : vector\nconclude E[||x[1] - xinf||^2] <= 10*(||x0 - xinf||^2 + 1)", "holds"},
      {"forall k in 1..3\nforall t : scalar try 1\nassume t >= 1\nconclude k*t >= 1", "holds"},
  }));
  const Tried t("title \"t\"\n" + body);
  const std::string text = certified_and_accepted(t, verdict);
  CAPTURE(text);
  CHECK(text.find("\nevery value\n") != std::string::npos);
  CHECK(t.check(text).message.find(", for all values, ") != std::string::npos);
  // The end of the steps is missed wherever it is cut.
  if (text.find("\nrefute ") == std::string::npos) return;
  std::string shorter = text.substr(0, text.rfind('\n', text.rfind("\nend\n") - 1)) + "\nend\n";
  CHECK(t.check(shorter).is == check::Answer::Is::rejected);
}

TEST_CASE("a witness that the claim does not list is given") {
  const Tried t("title \"t\"\nforall v : vector try 0*ones\nconclude v'*Lbar*v < 100");
  const std::string text = certified_and_accepted(t, "violated");
  CHECK(text.find("\ngiven choice\nvalue ") != std::string::npos);
}

TEST_CASE("what is false for some values is not accepted for all") {
  const Tried t("title \"t\"\nforall t : scalar try 2\nconclude t >= 1");
  const auto check = [&](const std::string& steps) {
    return t.check(
        "istcheck-certificate 1\nclaim it -\ncase -\nverdict holds\nlimits steps 30 bits 20000 "
        "terms 64 halvings 4000 outcomes 20000\nroot -2 0 1 2\nsqrt r1\npoint t=2\nconclusion 1 "
        "yes\n" +
        steps + "end\n");
  };
  CHECK(check("").message.find("at the values tried") != std::string::npos);
  const std::string begin = "every value\nrefute conclusion 1\nunknown u1 t\nfact f1 > 0 1-u1\n";
  for (const std::string steps :
       {"every value\n", "every value\nrefute conclusion 1\n", "for every value\n"})
    CHECK(check(steps).is == check::Answer::Is::rejected);
  for (const std::string steps :
       {"", "sum 1 f1 1\n", "sum 1 f1 1 1 1 u1\n", "cells u1 2\n", "sign u1\n", "zeros 1 f1 1\n",
        "trust conclusion 1 yes\n", "cells u1\nsum 1 f1 1\n"})
    CHECK(check(begin + steps).is == check::Answer::Is::rejected);
}

TEST_CASE("a value that is given is one of the variable") {
  const auto check = [](const std::string& variable, const std::string& value) {
    const Tried t("title \"t\"\nforall w : scalar try 1\nforall " + variable +
                  "\nassume w = 5\nconclude w = 4");
    return t.check(std::string("istcheck-certificate 1\nclaim it -\ncase -\nverdict "
                               "violated\nlimits steps 30 bits 20000 "
                               "terms 64 halvings 4000 outcomes 20000\nroot -2 0 1 2\nsqrt r1\n") +
                   std::string(variable == "v : positive try I" ? "ldl 1 2 0 1 1\n" : "") +
                   "skip\ngiven choice\nvalue 5\nvalue " + value + "\n");
  };
  const auto accepted = [&](const std::string& variable, const std::string& value,
                            const std::string& shown, const std::string& more = "") {
    const auto answer = check(variable, value + "\n" + more + "point w=5 v=" + shown +
                                            "\nhypothesis 1 yes\nconclusion 1 no\nend");
    CAPTURE(answer.message);
    return answer.is == check::Answer::Is::accepted;
  };
  CHECK(accepted("v : scalar try 1", "1/2", "1/2"));
  CHECK_FALSE(accepted("v : integer try 1", "1/2", "1/2"));
  CHECK(accepted("v : integer try 1", "3", "3"));
  CHECK(accepted("v in 1..1", "1", "1"));
  CHECK_FALSE(accepted("v in 1..1", "2", "2"));
  CHECK(accepted("v : vector try ones", "1 2", "[1;2]"));
  CHECK_FALSE(accepted("v : vector try ones", "1", "[1]"));
  CHECK(accepted("v : matrix try I", "1 2 3 4", "[1,2;3,4]"));
  CHECK_FALSE(accepted("v : symmetric try I", "1 2 3 4", "[1,2;3,4]"));
  CHECK(accepted("v : symmetric try I", "1 2 2 4", "[1,2;2,4]"));
  CHECK(accepted("v : positive try I", "2 0 0 2", "[2,0;0,2]", "ldl 1 2 0 2 2\n"));
  CHECK_FALSE(accepted("v : positive try I", "1 2 2 3", "[1,2;2,3]", "negative -2 1\n"));
}
