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
};

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
      {"forall t : scalar\nconclude t = 2*sqrt(2) + sqrt(3)", "holds"},
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
