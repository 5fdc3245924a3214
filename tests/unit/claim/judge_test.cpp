#include "support.hpp"

namespace istcheck::claim {
namespace {

CaseVerdict verdict_of(const std::string& body, const Case& c = two_workers()) {
  return judge(checked("claim t { " + body + " }"), &c);
}

}  // namespace

TEST_CASE("margins and ratios are exact") {
  const auto v = verdict_of("conclude lambda_max(Lbar) <= 4");
  REQUIRE(v.verdict == Verdict::holds);
  REQUIRE(compare(*v.margin + std::get<Scalar>(value_on("lambda_max(Lbar)", two_workers())), 4) ==
          0);
  const auto loewner = verdict_of("conclude 2*I <<= 3*I");
  CHECK(compare(*loewner.margin, 1) == 0);
  CHECK(compare(*loewner.ratio, Rational(2, 3)) == 0);
  const auto equality = verdict_of("conclude E[Bbar] = n*Dbar");
  CHECK(compare(*equality.margin, 0) == 0);
  CHECK(compare(*equality.ratio, 1) == 0);
}

TEST_CASE("violated claims come with both sides and the values") {
  const auto v = verdict_of("forall t : scalar try 1, 5 conclude t*I <<= Lbar");
  CHECK(v.verdict == Verdict::violated);
  CHECK(v.values == "t = 5");
  CHECK(v.sides.find("v'(right - left)v < 0 for v =") != std::string::npos);
  CHECK(v.margin->sign() < 0);
}

// docs/semantics.md 12.2.
TEST_CASE("after something undecided, what has no value says nothing") {
  EvaluationOptions options;
  options.max_outcomes = 1;
  const Case c = two_workers();
  const auto after_open = [&](const std::string& rest) {
    return judge(checked("claim t { conclude E[abs(trace(Bbar))] > 0 " + rest + " }"), &c, options)
        .verdict;
  };
  for (const char* rest : {"or 1/0 = 1", "and 1/0 = 1", "=> 1/0 = 1"})
    CHECK(after_open(rest) == Verdict::undecided);
  CHECK(after_open("and 1 = 2") == Verdict::violated);
  // Nor does what follows that: before it, evaluation may have stopped.
  for (const char* rest : {"and 1/0 = 1 and 1 = 2", "and 1/0 = 1 or 1 = 1"})
    CHECK(after_open(rest) == Verdict::undecided);
  CHECK(judge(checked("claim t { assume E[abs(trace(Bbar))] > 0 and 1/0 = 1 assume 1 = 2 "
                      "conclude 1 = 1 }"),
              &c, options)
            .verdict == Verdict::undecided);
  // A part that was not looked at counts, too.
  for (const char* claim :
       {"conclude E[abs(trace(Bbar))] + 1/(d - d) > 0 and 1 = 2",
        "conclude (if E[abs(trace(Bbar))] > 0 and 1/0 = 1 then 1 else 2) = 1 and 1 = 2",
        "assume E[abs(trace(Bbar))] + 1/(d - d) > 0 assume 1 = 2 conclude 1 = 1"})
    CHECK(judge(checked(std::string("claim t { ") + claim + " }"), &c, options).verdict ==
          Verdict::undecided);
  CHECK(verdict_of("conclude for every outcome : 2 = 2").verdict == Verdict::holds);
}

TEST_CASE("a false hypothesis makes the claim vacuous and is named") {
  const auto v = verdict_of("assume n = 3 conclude 1 = 2");
  CHECK(v.verdict == Verdict::vacuous);
  CHECK(v.reason.find("n = 3") != std::string::npos);
}

TEST_CASE("values that do not exist on the case are skipped and listed") {
  const auto v = verdict_of("forall t : scalar try 1/(n - 2), 1 assume t = 1 conclude t = 1");
  CHECK(v.verdict == Verdict::holds);
  REQUIRE(v.skipped.size() == 1);
  CHECK(v.skipped[0].find("division by zero: n - 2 = 0") != std::string::npos);
}

TEST_CASE("a value to try that cannot be computed leaves the case undecided") {
  EvaluationOptions options;
  options.max_outcomes = 1;
  const Case c = two_workers();
  const Claim claim = checked(
      "claim t { forall t : scalar try E[abs(trace(Bbar))], 1 assume ceil(t, 1) >= 1 conclude t > "
      "0 "
      "}");
  CHECK(judge(claim, &c, options).verdict == Verdict::undecided);
  CHECK(judge(claim, &c).verdict == Verdict::holds);
}

TEST_CASE("expressions without a value make a claim ill-defined, with the place and the case") {
  const auto no_value = [](const std::string& conclusion, const std::string& why) {
    const auto v = verdict_of("conclude " + conclusion);
    CHECK(v.verdict == Verdict::ill_defined);
    CHECK(v.scope == Scope::none);
    CHECK_THAT(v.reason,
               Catch::Contains(why) && Catch::Contains("two workers") && Catch::Contains(":1:"));
  };
  no_value("1/(n - 2) = 1", "division by zero: n - 2 = 0");
  no_value("inverse(Lbar - Lbar) = I", "singular");
  no_value("L[3] = I", "runs from 1 to 2");
}

TEST_CASE("holding is for all values where that is decided, else where it was tried") {
  const auto scope = [](const std::string& body) {
    const auto v = verdict_of(body);
    CHECK(v.verdict == Verdict::holds);
    return v.scope;
  };
  CHECK(scope("conclude 1 = 1") == Scope::all);
  CHECK(scope("forall k in 0..3 conclude k >= 0") == Scope::all);
  CHECK(scope("forall k in 0..3 forall m in k..3 conclude k <= m") == Scope::all);
  CHECK(scope("forall k : integer try 0..3 conclude k^2 >= k") == Scope::tried);
  CHECK(scope("forall k in 0..3 forall t : scalar try k conclude ceil(t, 1) >= t") == Scope::tried);
  CHECK(scope("forall k in 0..3 forall t : scalar try k conclude (k - t)^2 >= 0") == Scope::all);
  CHECK(scope("forall x0 : vector conclude ||x0||^2 >= 0") == Scope::all);
  const auto found = verdict_of("forall k : integer try 0..3 conclude k >= 0");
  CHECK(found.verdict == Verdict::violated);
  REQUIRE(found.found.has_value());
  CHECK(found.values == "k = -1");
}

TEST_CASE("vacuous is said for all values only, else that nothing was reached") {
  const auto said = [](const std::string& body, bool unreached) {
    const auto v = verdict_of(body);
    CAPTURE(body, v.reason);
    CHECK(v.unreached == unreached);
    CHECK(v.verdict == (unreached ? Verdict::undecided : Verdict::vacuous));
    CHECK(v.scope == (unreached ? Scope::none : Scope::all));
    if (unreached) CHECK(v.reason.rfind("unreached", 0) == 0);
  };
  said("assume n = 3 conclude 1 = 2", false);
  said("forall k in 0..3 assume k > 3 conclude 1 = 2", false);
  said("forall k in 2..1 conclude 1 = 2", false);
  said("forall t : scalar try 1 assume n = 3 conclude t = 2", false);
  said("forall t : scalar try 1 forall k in 2..1 conclude t = 2", false);
  said("forall t : scalar try 1 assume ceil(t, 1) > 1 conclude t = 2", true);
  said("forall t : scalar conclude ceil(t, 1) >= t", true);
  said("forall t : scalar try 1 assume t > 1 assume n = 3 conclude t = 2", false);
  // A hypothesis before the false one depends on t: at another t it may have no value.
  said("forall t : scalar try 1 assume ceil(t, 1) > 1 assume n = 3 conclude t = 2", true);
  said("forall x0 : vector try ones assume E[||x[1]||^2] < 0 conclude 1 = 2", false);
  said("forall gamma : scalar try 1 assume E[||x[0]||^2] < 0 conclude gamma = 2", false);
}

TEST_CASE("a choice that violates counts whatever happens at others, and hides nothing worse") {
  const auto on = [](const std::string& body) { return verdict_of(body).verdict; };
  CHECK(on("forall t : scalar try 0, 1, 2 conclude 1/t <= 1/2") == Verdict::violated);
  CHECK(on("forall t : scalar try 0, 2 conclude 1/t <= 1/2") == Verdict::violated);
  CHECK(on("forall t : scalar try 2 conclude t/t = 1") == Verdict::ill_defined);
  CHECK(on("forall t : scalar try 0, 2 assume t != 0 conclude t/t = 1") == Verdict::holds);
  CHECK(on("forall k in 1/2..3 conclude k > 0") == Verdict::ill_defined);
  CHECK(on("forall t : scalar try 0 forall k in 0..1/t conclude k >= 0") == Verdict::ill_defined);
  CHECK(on("forall k : integer try 1/0, 1 assume k = 1 conclude k^2 = 1") == Verdict::holds);
  // C[1][1, 1] is 0 or 2: false at one outcome, without a value at the other.
  CHECK(on("conclude for every outcome : 1/(C[1][1, 1] - 2) > 0") == Verdict::ill_defined);
  CHECK(on("conclude for every outcome : 1/C[1][1, 1] > 1") == Verdict::ill_defined);
  CHECK(on("conclude for every outcome : C[1][1, 1] > 0") == Verdict::violated);
}

TEST_CASE("what is not known of one statement does not hide what another says") {
  EvaluationOptions options;
  options.max_outcomes = 1;
  const Case c = two_workers();
  const std::string open = "E[abs(trace(Bbar))] > 0";  // more outcomes than the limit
  const auto on = [&](const std::string& body) {
    return judge(checked("claim t { " + body + " }"), &c, options);
  };
  CHECK(on("conclude " + open + " conclude 1 = 2").verdict == Verdict::violated);
  CHECK(on("conclude " + open + " conclude 1/0 = 2").verdict == Verdict::undecided);
  CHECK(on("assume " + open + " assume 1 = 2 conclude 1 = 2").verdict == Verdict::vacuous);
  CHECK(on("assume " + open + " conclude 1 = 2").verdict == Verdict::undecided);
  const auto unsure = on("forall k in 1..2 assume k = 1 or " + open + " conclude 1 = 1");
  CHECK(unsure.verdict == Verdict::holds);
  CHECK(unsure.scope == Scope::all);
  CHECK(on("assume " + open + " conclude 1 = 1").verdict == Verdict::undecided);
}

TEST_CASE("too many choices are a budget, not an error") {
  const auto v = verdict_of("forall k in 1..200 forall m in 1..200 conclude k + m > 1");
  CHECK(v.verdict == Verdict::undecided);
  CHECK_THAT(v.reason, Catch::Contains("budget 'choices'"));
  const auto many = verdict_of("forall k in 1..10^5 conclude k > 0");
  CHECK(many.verdict == Verdict::undecided);
  CHECK_FALSE(many.margin);  // of the choices that were looked at it would say nothing
}

TEST_CASE("expressions in an eigenvalue of degree three are compared exactly") {
  // A root of x^3 - 6x^2 + 9x - 3; three-dimensional case.
  Case c = two_workers();
  const auto matrix = [](std::initializer_list<int> entries) {
    RationalMatrix m(3, 3);
    int k = 0;
    for (const int e : entries) {
      m(k / 3, k % 3) = e;
      ++k;
    }
    return m;
  };
  const RationalMatrix L = matrix({2, 1, 0, 1, 3, 1, 0, 1, 1});
  c.workers = {{L, RationalVector::Constant(3, 1), RationalMatrix::Constant(3, 3, 0)}};
  c.sketch = IdentitySketch{};
  c.start.reset();
  const std::string cubic = "lambda_max(Lbar)";
  const std::string vanishing = cubic + "^3 - 6*" + cubic + "^2 + 9*" + cubic;
  CHECK(verdict_of("conclude " + vanishing + " = 3", c).verdict == Verdict::holds);
  CHECK(verdict_of("conclude " + vanishing + " = 3 + 1/10^80", c).verdict == Verdict::violated);
  CHECK(verdict_of("conclude " + cubic + "^2 > 1", c).verdict == Verdict::holds);
  CHECK(verdict_of("conclude Lbar^2 <<= " + cubic + "*Lbar", c).verdict == Verdict::holds);
  CHECK(verdict_of("conclude Lbar^2 <<= (" + cubic + " - 1/1000)*Lbar", c).verdict ==
        Verdict::violated);
}

TEST_CASE("expectations of a claim over many cases") {
  const Claim holds = checked("claim t { assume n = 3 conclude 1 = 1 }");
  const Case c = two_workers();
  ClaimVerdict v;
  v.claim = &holds;
  CHECK(v.outcome() == ClaimVerdict::Outcome::unsupported);
  v.cases = {judge(holds, &c)};
  CHECK(v.outcome() == ClaimVerdict::Outcome::unsupported);  // vacuous everywhere
  CHECK_FALSE(v.overall());
  const Claim tried = checked("claim t { forall t : scalar try 1, 2 conclude ceil(t, 1) >= t }");
  v.claim = &tried;
  v.cases = {judge(tried, &c)};
  CHECK(v.scope() == Scope::tried);
  CHECK(v.outcome() == ClaimVerdict::Outcome::expected);
  v.strict = true;
  CHECK(v.outcome() == ClaimVerdict::Outcome::unexpected);
  v.strict = false;
  const Claim unreached =
      checked("claim t { forall t : scalar try 1 assume ceil(t, 1) > 1 conclude t > 0 }");
  v.cases.push_back(judge(unreached, &c));
  CHECK(v.outcome() == ClaimVerdict::Outcome::expected);  // an unreached case blocks nothing
  const Claim refuted = checked("claim t { conclude 1 = 2 expect refuted because \"arithmetic\" }");
  v.claim = &refuted;
  v.cases = {judge(refuted, &c)};
  CHECK(v.outcome() == ClaimVerdict::Outcome::expected);
}

TEST_CASE("settings decide which cases a claim speaks about") {
  const Case c = two_workers();
  const auto fits = [&](const std::string& setting) {
    return !unfit(checked("claim t { setting " + setting + " conclude 1 = 1 }"), c).has_value();
  };
  CHECK(fits("sketch = perm"));
  CHECK_FALSE(fits("sketch = rand | identity"));
  CHECK(fits("n = d"));
  CHECK_FALSE(fits("d > 2"));
  CHECK_FALSE(fits("homogeneous"));
  CHECK(fits("heterogeneous"));
  CHECK_FALSE(fits("interpolation"));
  CHECK(fits("method = sketched-gradient, noiseless"));
  CHECK_FALSE(fits("noisy"));
  CHECK(fits("case = other | \"" + c.name + "\""));
  CHECK_FALSE(fits("case = other"));
  CHECK_FALSE(fits("case = \"" + c.name + "\", n = 3"));
}

TEST_CASE("an equivalence is tight where both sides lie on their borders") {
  const Case c = two_workers();
  const auto on = [&](const std::string& statement) {
    return judge(checked("claim t { conclude " + statement + " }"), &c);
  };
  const CaseVerdict border = on("gamma <= 1/8 <=> 2*gamma <= 1/4");
  CHECK(border.verdict == Verdict::holds);
  CHECK(compare(*border.margin, Scalar(0)) == 0);
  CHECK(compare(*border.ratio, Scalar(1)) == 0);
  const CaseVerdict inside = on("gamma <= 1/4 <=> gamma < 1/2");
  CHECK(inside.verdict == Verdict::holds);
  CHECK(compare(*inside.margin, Scalar(Rational(1, 8))) == 0);
  CHECK_FALSE(inside.ratio);
  const CaseVerdict both_false = on("gamma > 1/4 <=> gamma > 1");
  CHECK(both_false.verdict == Verdict::holds);
  CHECK(compare(*both_false.margin, Scalar(Rational(1, 8))) == 0);
  const CaseVerdict wrong = on("gamma <= 1/8 <=> gamma < 1/8");
  CHECK(wrong.verdict == Verdict::violated);
  CHECK(on("gamma > 1/16 <=> gamma > 1").margin->sign() < 0);
}

TEST_CASE("choices at which a hypothesis fails are counted") {
  const Case c = two_workers();
  const CaseVerdict v =
      judge(checked("claim t { forall u : scalar try 1, 2, 3 assume u > 1 conclude u >= 1 }"), &c);
  CHECK(v.verdict == Verdict::holds);
  CHECK(v.vacuous_choices == 1);
}

namespace {

/// two_workers() with √2 on the diagonal of L_1 added, and √3 added to γ.
Case with_roots() {
  Case c = two_workers();
  const RationalMatrix none = symmetric(0, 0, 0);
  const Numbers zero{0, pair(0, 0), {{none, pair(0, 0), none}, {none, pair(0, 0), none}}, {}};
  c.roots = {{{2, 0}, zero}, {{3, 0}, zero}};
  c.roots[{2, 0}].workers[0].L = symmetric(1, 0, 1);
  c.roots[{3, 0}].step = 1;
  return c;
}

}  // namespace

TEST_CASE("claims are judged on cases with square roots, by every route") {
  EvaluationOptions enumeration;
  enumeration.route = Route::enumeration;
  for (const auto& options : {EvaluationOptions(), enumeration}) {
    const auto verdict = [&](const std::string& body) {
      const Case c = with_roots();
      return judge(checked("claim t { " + body + " }"), &c, options).verdict;
    };
    CHECK(verdict("conclude L[1][1,1] = 4 + sqrt(2) and L[1][1,2] = 1 and L[2][1,1] = 2") ==
          Verdict::holds);
    CHECK(verdict("conclude gamma = 1/8 + sqrt(3)") == Verdict::holds);
    CHECK(verdict("conclude Lbar = (3 + sqrt(2)/2)*I") == Verdict::holds);
    CHECK(verdict("conclude E[Bbar] = n*Dbar") == Verdict::holds);
    CHECK(verdict("conclude E[x[1]] = x0 - gamma*(n*Dbar*x0 - bbar)") == Verdict::holds);
    CHECK(verdict("conclude trace(Lbar) <= 7") == Verdict::violated);
    CHECK(verdict("conclude trace(Lbar)^2 != 38 + 12*sqrt(2)") == Verdict::violated);
  }
}

TEST_CASE("claims are judged on cases in powers of an algebraic number, by every route") {
  EvaluationOptions enumeration;
  enumeration.route = Route::enumeration;
  Case c = with_roots();  // now with α = ∛2 for √2, and α² for √3
  c.alpha = Alpha{{-2, 0, 0, 1}, 1, 2};
  c.roots = {{{1, 1}, c.roots[{2, 0}]}, {{1, 2}, c.roots[{3, 0}]}};
  for (const auto& options : {EvaluationOptions(), enumeration}) {
    const auto verdict = [&](const std::string& body) {
      return judge(checked("claim t { " + body + " }"), &c, options).verdict;
    };
    CHECK(verdict("let a = L[1][1,1] - 4 conclude a^3 = 2 and gamma = 1/8 + a^2") ==
          Verdict::holds);
    CHECK(verdict("let a = L[1][1,1] - 4 conclude Lbar = (3 + a/2)*I") == Verdict::holds);
    CHECK(verdict("conclude E[Bbar] = n*Dbar") == Verdict::holds);
    CHECK(verdict("conclude E[x[1]] = x0 - gamma*(n*Dbar*x0 - bbar)") == Verdict::holds);
    CHECK(verdict("let a = L[1][1,1] - 4 conclude a < sqrt(2) and 1/a = a^2/2") == Verdict::holds);
    CHECK(verdict("let a = L[1][1,1] - 4 conclude lambda_max(L[1]) = (7 + sqrt(5))/2 + a and "
                  "sqrt(a^2) = a and sqrt(a^2) - a = 0 and sqrt(a^2)*a^2/2 = 1") == Verdict::holds);
    CHECK(verdict("conclude trace(Lbar)^3 <= 0") == Verdict::violated);
    CHECK(verdict("let a = L[1][1,1] - 4 conclude surd(a) = a") == Verdict::ill_defined);
  }
}

TEST_CASE("settings look at every part of a number") {
  const auto fits = [](const std::string& setting, const Case& c) {
    return !unfit(checked("claim t { setting " + setting + " conclude 1 = 1 }"), c);
  };
  Case c = with_roots();
  for (auto& w : c.workers) w = {symmetric(2, 0, 2), pair(0, 0), symmetric(0, 0, 0)};
  CHECK_FALSE(fits("homogeneous", c));
  CHECK(fits("interpolation, noiseless", c));
  c.roots[{2, 0}].workers[1] = c.roots[{2, 0}].workers[0];
  CHECK(fits("homogeneous", c));
  c.roots[{2, 0}].workers[0].b = pair(0, 1);
  CHECK_FALSE(fits("interpolation", c));
  c.roots[{2, 0}].workers[0].noise = symmetric(1, 0, 0);
  CHECK(fits("noisy", c));
}

TEST_CASE("what follows a variable gamma is not kept from one choice of it to the next") {
  Case c = two_workers(PermSketch{1, false}, MethodKind::ist);
  c.method.local_steps = 2;
  for (const char* quantity :
       {"||xinf||^2", "2*gamma[1]", "inner(xinf, x0)", "2*rho_mean", "2*rho_square",
        "trace(lyapunov)", "E[inner(step(x0), x0)]", "E[||step(step(x0))||^2]",
        "E[||step(x[1])||^2]", "E[||x[infinity]||^2]"}) {
    CAPTURE(quantity);
    const auto value_at = [&](const std::string& tries) {
      Scalar value;
      const Claim claim = checked("claim t { forall gamma : scalar try " + tries +
                                  " let v = " + quantity + " conclude v = v }");
      EvaluationOptions looked_at;
      looked_at.every_value = false;
      judge(claim, &c, looked_at, [&](Evaluator& e, Verdict) {
        value = std::get<Scalar>(e.value(*claim.definitions[0].value));
      });
      return value;  // at the last choice
    };
    CHECK(compare(value_at("1/8, 1/16"), value_at("1/16")) == 0);
    CHECK(compare(value_at("1/8"), value_at("1/16")) != 0);
  }
}

}  // namespace istcheck::claim
