#include "support.hpp"

#include "input/case_file.hpp"
#include "search/tighten.hpp"

namespace istcheck::search {

using claim::Verdict;

TEST_CASE("search refutes a false claim, and the written case violates it") {
  const auto c = false_claim();
  const Result r = search(c, quick());
  REQUIRE(r.answer == Answer::refuted);
  const Case read =
      parse_case(write_case(r.counterexample->c), "counterexample.toml", CaseFormat::toml);
  CHECK(claim::judge(c, &read).verdict == Verdict::violated);
  CHECK(r.rejected.empty());
}

TEST_CASE("a claim about named cases is searched on these only, as they are") {
  const auto named = [](const std::string& rest) {
    return checked("claim named { setting case = \"three workers\" " + rest + " }");
  };
  Settings settings = quick(4);
  settings.solvers.use = true;
  settings.proof_seconds = 1;
  const auto none = named("conclude n = 3");
  CHECK(search(none, settings).no_case != "");
  Case other = three_workers();
  other.name = "another";
  other.workers.pop_back();
  settings.cases = {other, three_workers()};
  // False of most configurations, and true of the one that it is about.
  const Result stands = search(named("conclude Lbar >> 20*I and n = 3"), settings);
  CHECK(stands.answer == Answer::unknown);
  CHECK(stands.no_case.empty());
  CHECK(stands.judged > 0);
  const auto about = named("forall t : scalar try 0 conclude t*n < 9");
  const Result r = search(about, settings);
  REQUIRE(r.answer == Answer::refuted);
  CHECK(r.counterexample->c.name == "three workers");
  CHECK(r.counterexample->c.workers[2].L == three_workers().workers[2].L);
  CHECK(r.counterexample->c.start == three_workers().start);
  CHECK(claim::judge(about, &r.counterexample->c).verdict == Verdict::violated);
  settings.sizes.d = 2;
  CHECK(search(about, settings).no_case != "");
}

TEST_CASE("cases that are given are looked at first") {
  Settings settings = quick(1);
  settings.seconds = 5;
  const auto c = checked("claim given { conclude gamma != 7/100 or x0[1] != 13/7 }");
  CHECK(search(c, settings).answer == Answer::unknown);
  settings.cases = {three_workers()};
  const Result r = search(c, settings);
  REQUIRE(r.answer == Answer::refuted);
  CHECK(r.counterexample->found_by == "the cases given on the case three workers");
  CHECK(r.counterexample->c.n() == 1);  // shrunk
}

/// The counterexample at n = d = 1 of a claim that only irrational numbers violate, after the case
/// that is written of it was judged again.
Case kept_exact(const claim::Claim& c) {
  Settings settings = quick(4);
  settings.solvers.use = true;
  settings.sizes.n = settings.sizes.d = 1;
  const Result r = search(c, settings);
  REQUIRE(r.answer == Answer::refuted);
  CHECK(r.rejected.empty());
  const Case& found = r.counterexample->c;
  CHECK_FALSE(found.rational());
  const std::string text = write_case(found);
  CAPTURE(text);
  const Case read = parse_case(text, "counterexample.toml", CaseFormat::toml, Roots::taken);
  CHECK(claim::judge(c, &read).verdict == Verdict::violated);
  return found;
}

// Violated only at γ L = 1 ± √½ in one coordinate, which is rational for no rational case.
TEST_CASE("a violation that only irrational numbers have is found, kept exact, and shrunk") {
  const Case found = kept_exact(
      checked("claim halves { setting sketch = identity, method = gradient, noiseless assume "
              "L[1] = I assume b[1] = 0 assume n = 1 and d = 1 assume x0 != 0 "
              "conclude E[||x[1]||^2] != 1/2*||x0||^2 }"));
  CHECK_FALSE(found.alpha);
  const Surd left = Surd(1) - step_of(found);
  CHECK(left * left == Surd(Rational(1, 2)));
  CHECK(start_of(found)(0) == Surd(1));
}

// Violated where γ³ = 2 only, an algebraic number of degree three.
TEST_CASE("a violation at an algebraic number of degree three is kept exact, and shrunk") {
  const Case found = kept_exact(
      checked("claim thirds { setting sketch = identity, method = gradient, noiseless assume "
              "L[1] = I assume b[1] = 0 assume n = 1 and d = 1 assume x0 != 0 "
              "conclude gamma^3*||x0||^2 != 2*||x0||^2 }"));
  REQUIRE(found.alpha);
  const Surd step = step_of(found);
  CHECK(step * step * step == Surd(2));
  CHECK(start_of(found)(0) == Surd(1));
}

TEST_CASE("search is the same for the same seed, on any number of threads") {
  const auto c = false_claim();
  Settings settings = quick();
  const std::string first = write_case(search(c, settings).counterexample->c);
  settings.threads = 3;
  CHECK(write_case(search(c, settings).counterexample->c) == first);
}

TEST_CASE("search proves a true claim only by certificates") {
  Settings settings = quick(2);
  settings.sizes.n = settings.sizes.d = 2;
  settings.proof_seconds = 10;
  const Result r = search(true_claim(), settings);
  CHECK(r.answer == Answer::proved);
  CHECK(to_string(r.answer) == "proved");
  REQUIRE(r.proofs.size() == 1);
  CHECK(r.proofs[0].proof.proved());
  CHECK(r.proofs[0].shape->name == "n2-d2-perm-q1-sketched-gradient");
  CHECK_FALSE(r.counterexample);
  // A false claim is refuted as before, and one that is not proved is unknown.
  CHECK(search(false_claim(), settings).answer == Answer::refuted);
  settings.proof_seconds = 1;
  settings.sizes.n = settings.sizes.d = 1;
  settings.first_budget = 1;
  const auto open =
      checked("claim c { setting sketch = perm assume rho_square < 1 conclude Lbar = Lbar }");
  CHECK(search(open, settings).answer == Answer::unknown);
}

TEST_CASE(
    "search finds nothing against a true claim, and without a certificate never says proved") {
  Settings settings = quick(2);
  settings.sizes.n = settings.sizes.d = 2;
  const Result r = search(true_claim(), settings);
  CHECK(r.answer == Answer::unknown);
  CHECK(r.judged > 500);
  CHECK_FALSE(r.counterexample);
}

TEST_CASE("an inadmissible configuration is no counterexample") {
  const auto c = checked("claim c { conclude Lbar >>= 0 }");
  const Referee referee(c);
  Case one = claim::two_workers();
  one.workers[0].L = one.workers[1].L = claim::symmetric(1, 2, 1);
  CHECK(claim::judge(c, &one).verdict == Verdict::violated);
  CHECK_FALSE(Referee::admissible(one));
  CHECK_FALSE(referee.violation(one));
  one = claim::two_workers();
  one.step = -1;
  CHECK_FALSE(Referee::admissible(one));
}

TEST_CASE("a wrong model planted in the solver's place is rejected") {
  const auto c = true_claim();
  Finding lie;
  lie.c = claim::two_workers();
  lie.verdict.verdict = Verdict::violated;
  const std::vector<NamedSearcher> liars = {{"Z3", 0,
                                             [&](const Referee&, const Space&, std::uint64_t,
                                                 const Patience&) { return std::optional(lie); },
                                             true}};
  const Result r = search_with(liars, c, quick(1));
  CHECK(r.answer == Answer::unknown);
  REQUIRE_FALSE(r.rejected.empty());
  CHECK(r.rejected[0].find("the closed forms do not confirm it") != std::string::npos);
}

TEST_CASE("what the liar says about a false claim is rejected as well, and the truth still found") {
  const auto c = false_claim();
  Finding lie;
  lie.c = claim::two_workers(IdentitySketch{});  // not in the claim's setting
  lie.verdict.verdict = Verdict::violated;
  auto searchers = all_searchers();
  searchers.insert(searchers.begin(),
                   {"liar", 0, [&](const Referee&, const Space&, std::uint64_t, const Patience&) {
                      return std::optional(lie);
                    }});
  const Result r = search_with(searchers, c, quick(3));
  CHECK_FALSE(r.rejected.empty());
  CHECK((!r.counterexample || r.counterexample->found_by.find("liar") == std::string::npos));
}

TEST_CASE("Ctrl-C: a search that is told to stop says so") {
  const std::atomic<bool> stop = true;
  Settings settings = quick();
  settings.interrupt = &stop;
  const Result r = search(false_claim(), settings);
  CHECK(r.interrupted);
  CHECK(r.answer == Answer::unknown);
}

TEST_CASE("a claim about no case is searched over its variables") {
  const auto c =
      checked("claim c { forall t : scalar forall u : scalar conclude t^2 + u^2 >= 2*t*u + 1 }");
  const Result r = search(c, quick());
  REQUIRE(r.answer == Answer::refuted);
  CHECK(claim::judge(c, &r.counterexample->c).verdict == Verdict::violated);
  const auto d =
      checked("claim d { forall t : scalar forall u : scalar conclude t^2 + u^2 >= 2*t*u }");
  CHECK(search(d, quick()).answer == Answer::unknown);
}

namespace {

/// "(2*x - 3*y + 1)^2": a square of a random combination of the names.
std::string random_square(Random& random, const std::vector<std::string>& names) {
  std::string text = std::to_string(random.small(-4, 4));
  for (const auto& name : names) {
    if (random.small(0, 2) == 0) continue;
    text += " + (" + std::to_string(random.small(-5, 5)) + "/" +
            std::to_string(random.small(1, 4)) + ")*" + name;
  }
  return "(" + text + ")^2";
}

}  // namespace

TEST_CASE("10,000 true statements, sums of squares with unknowns in them: never a counterexample") {
  Random random;
  INFO(random.seed());
  const std::vector<std::string> in_case = {"Lbar[1, 1]", "Lbar[1, 2]", "bbar[1]", "bbar[2]",
                                            "gamma"};
  const std::vector<std::string> alone = {"t", "u", "v"};
  Settings settings = quick(2);
  settings.sizes.n = 1;
  settings.sizes.d = 2;
  settings.first_budget = 1;
  size_t judged = 0;
  for (int k = 0; k < 10'000; ++k) {
    const bool with_case = k % 10 == 0;
    const auto& names = with_case ? in_case : alone;
    std::string sum = random_square(random, names);
    for (int s = random.small(0, 2); s > 0; --s) sum += " + " + random_square(random, names);
    const std::string text =
        with_case ? "claim c { setting sketch = identity conclude " + sum + " >= 0 }"
                  : "claim c { forall t : scalar forall u : scalar forall v : scalar conclude " +
                        sum + " >= 0 }";
    CAPTURE(text);
    const auto c = checked(text);
    const Result r = search(c, settings);
    judged += r.judged;
    REQUIRE(r.answer == Answer::unknown);
    REQUIRE(r.rejected.empty());
  }
  CHECK(judged > 50'000);
}

TEST_CASE("the same sums minus a little are refuted where the squares can vanish together") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 20; ++k) {
    const int a = random.small(-3, 3), b = random.small(-3, 3);
    const std::string text = "claim c { forall t : scalar forall u : scalar conclude (t - " +
                             std::to_string(a) + ")^2 + (u - t - " + std::to_string(b) +
                             ")^2 >= 1/10 }";
    CAPTURE(text);
    CHECK(search(checked(text), quick(5)).answer == Answer::refuted);
  }
}

TEST_CASE("tighten finds the border of a constant from either side") {
  const auto c = checked(
      "claim c { let factor = 5 let longest = 1/9 "
      "forall t : scalar conclude 2*t <= t^2 + factor }");
  const Tightening t = tighten(c, "factor", std::nullopt, 5, quick(4));
  CHECK(t.direction == -1);
  REQUIRE((t.stands_at && t.refuted_at));
  CHECK(*t.stands_at == 1);
  CHECK(*t.refuted_at < 1);
  CHECK(*t.refuted_at > Rational(3, 4));
  REQUIRE(t.extremal);
  CHECK(claim::judge(with_definition(c, "factor", *t.refuted_at), &t.extremal->c).verdict ==
        Verdict::violated);
  CHECK_THROWS_WITH(tighten(c, "missing", std::nullopt, 3, quick(1)),
                    Catch::Contains("its definitions are: factor, longest"));
}

}  // namespace istcheck::search
