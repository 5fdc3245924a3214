#include "support.hpp"

#include "exact/number_field.hpp"
#include "search/random_point.hpp"
#include "search/solvers.hpp"

namespace istcheck::search {

namespace {

const char* const kClaims[] = {
    "claim c { setting sketch = perm assume Lbar >> 0 conclude E[Bbar] <<= 3*Lbar }",
    "claim c { setting sketch = perm conclude E[Bbar*Lbar*Bbar] <<= 4*Lbar^2 or trace(Lbar) > 5 }",
    "claim c { setting sketch = perm conclude E[||g(x0)||^2] <= 4*||x0||^2_Lbar + ||bbar||^2 }",
    "claim c { setting sketch = rand conclude det(Lbar) <= 2 => bbar != 0 }",
    "claim c { setting sketch = perm | rand, method = ist conclude E[f(step(x0))] <= f(x0) }",
    "claim c { setting sketch = perm forall k in 0..2 conclude E[||x[k]||^2] <= ||x0||^2 + gamma }",
    "claim c { setting sketch = bernoulli assume Lbar >> 0 conclude "
    "(E[Bbar] << 3*Lbar) <=> (forall j in coordinates : Lbar[j, j] < 2) }",
    "claim c { setting sketch = perm conclude for every outcome : Bbar <<= 2*Lbar }",
    "claim c { setting sketch = perm assume Lbar >> 0 conclude inner(xstar, x0) <= bbar[1]/Lbar[1, "
    "1] }",
    "claim c { setting sketch = scaled-perm, reading = diagonal assume Lbar >> 0 "
    "conclude for every outcome : Bbar = I and g(x0)[1] <= x0[1] }",
    "claim c { setting sketch = perm assume Lbar >> 0 conclude lambda_max(Lbar) <= 3 }",
    "claim c { setting sketch = identity assume Lbar >> 0 conclude lambda_min(Lbar, I + Lbar) >= "
    "1/2 }",
    "claim c { setting sketch = perm let m = max(i in workers : L[i][1, 1]) conclude "
    "m <= 2*abs(Lbar[1, 2]) + sum(i in workers : b[i][1]^2) }",
    "claim c { setting sketch = table conclude E[Bbar] <<= 2*Lbar or E[||g(x0)||^2] <= x0[1]^2 }",
    "claim c { setting method = sketched-gradient, sketch = unit-perm conclude xinf[1] <= "
    "n^(-1/2) + x0[2] }",
};

}  // namespace

TEST_CASE("the query with all unknowns fixed says what the exact engine says") {
  Random random;
  INFO(random.seed());
  int violated = 0, fulfilled = 0;
  for (const char* text : kClaims) {
    const auto c = checked(text);
    const Referee referee(c);
    Sizes sizes;
    sizes.n = sizes.d = 2;
    for (const auto& shape : shapes_for(c, sizes)) {
      Restriction general;
      const Space space(c, shape, general);
      Restriction free = general;
      free.own_values = true;
      const Space asked(c, shape, free);
      Dice dice(static_cast<std::uint64_t>(random.small(0, 1'000'000)));
      for (int k = 0; k < 3; ++k) {
        const auto point = random_point(dice, space);
        const Case one = space.at(point);
        std::optional<claim::CaseVerdict> verdict;
        try {
          if (Referee::admissible(one) && !claim::unfit(c, one)) verdict = claim::judge(c, &one);
        } catch (const std::exception&) {  // no value here: neither
          continue;
        }
        if (!verdict) continue;
        CAPTURE(text, asked.name(), claim::to_string(verdict->verdict));
        REQUIRE(verdict->verdict != claim::Verdict::undecided);
        // Violated when it is for some choice of the integers.
        for (const auto& encoding : all_encodings()) {
          // Restrictions say less, and the abstraction more, than the claim.
          if (!encoding.whole() || encoding.abstract()) continue;
          CAPTURE(to_string(encoding));
          bool some = false;
          for (const auto& integers : integer_choices(c, 6)) {
            const Query q = encode(asked, encoding, integers, point);
            CAPTURE(q.text);
            const auto answer = ask_z3(q, "", 20'000, 1024).answer;
            REQUIRE(answer != "unknown");
            some = some || answer == "sat";
          }
          CHECK(some == (verdict->verdict == claim::Verdict::violated));
        }
        ++(verdict->verdict == claim::Verdict::violated ? violated : fulfilled);
      }
    }
  }
  CHECK(violated > 15);
  CHECK(fulfilled > 15);
}

TEST_CASE("terms: constants fold, equal terms are one, the text is a query that Z3 reads") {
  TermBank bank;
  const Term x = bank.variable("x"), y = bank.variable("y"), two = bank.number(2);
  CHECK(bank.add(x, x) == bank.mul(two, x));
  CHECK(bank.sub(bank.mul(two, x), x) == x);
  CHECK(bank.mul(bank.number(Rational(1, 2)), bank.mul(two, x)) == x);
  CHECK(bank.mul(x, y) == bank.mul(y, x));
  CHECK(bank.sub(x, x) == bank.number(0));
  CHECK(bank.relation("<", two, bank.number(3)) == bank.yes());
  CHECK(bank.conjunction({bank.yes(), bank.no()}) == bank.no());
  CHECK(bank.disjunction({bank.negation(bank.no())}) == bank.yes());
  const Query q{bank.smtlib({bank.relation("=", bank.mul(x, x), two)}, "a\ncomment"), {"x"}};
  const Z3Answer answer = ask_z3(q, "qfnra-nlsat", 5000, 1024);
  REQUIRE(answer.answer == "sat");
  REQUIRE(answer.model.size() == 1);
  REQUIRE(answer.exact);
  CHECK((*answer.exact)[0] * (*answer.exact)[0] == Surd(2));
  // x² = 2 and y³ = 3 + x: powers of one number of degree six.
  const Term cubed = bank.mul(y, bank.mul(y, y));
  const Query two_roots{bank.smtlib({bank.relation("=", bank.mul(x, x), two),
                                     bank.relation("=", cubed, bank.add(x, bank.number(3)))},
                                    ""),
                        {"x", "y"}};
  const Z3Answer both = ask_z3(two_roots, "qfnra-nlsat", 5000, 1024);
  REQUIRE(both.exact);
  const Surd &vx = (*both.exact)[0], &vy = (*both.exact)[1];
  CHECK(vx * vx == Surd(2));
  CHECK(vy * vy * vy == Surd(3) + vx);
  CHECK(vy.field()->degree() == 6);
  const Rational& root = answer.model[0].back();
  CHECK(abs(root * root - 2) < Rational(1, 1000));
  CHECK_THROWS_WITH(ask_z3({"(assert nonsense)", {}}, "", 1000, 1024), Catch::Contains("Z3"));
}

TEST_CASE("Z3 alone refutes a false claim; the unsat of a true one is uncertified") {
  Settings settings;
  settings.threads = 1;
  settings.rounds = 2;
  settings.proof_seconds = 0;
  settings.sizes.n = settings.sizes.d = 2;
  const auto c = true_claim();
  const Result r = search(c, settings);
  CHECK(r.answer == Answer::unsat_uncertified);
  CHECK(to_string(r.answer) == "unsat-uncertified");
  // Beyond its own integers nothing is refuted: a claim with a huge border that enumeration and
  // random numbers do not reach.
  const auto far = checked(
      "claim far { setting sketch = identity conclude (Lbar[1, 1] - 54321)^2 > 0 or "
      "bbar[1]^2 != 987 + Lbar[1, 1] }");
  settings.sizes.n = settings.sizes.d = 1;
  const Result found = search(far, settings);
  REQUIRE(found.answer == Answer::refuted);  // the only witnesses are irrational, and they are kept
  const SurdWorker w = workers_of(found.counterexample->c)[0];
  CHECK(w.b(0) * w.b(0) == Surd(987) + w.L(0, 0));
  const auto cubic = checked("claim cubic { setting sketch = identity conclude bbar[1]^3 != 2 }");
  const Result third = search(cubic, settings);
  REQUIRE(third.answer == Answer::refuted);
  const Surd b = workers_of(third.counterexample->c)[0].b(0);
  CHECK(b * b * b == Surd(2));
  // Degree 17 is above what a case takes: the solver's note keeps the model.
  const auto high = checked("claim high { setting sketch = identity conclude bbar[1]^17 != 2 }");
  const Result noted = search(high, settings);
  CHECK(noted.answer == Answer::unknown);
  CHECK(std::any_of(noted.solver_answers.begin(), noted.solver_answers.end(), [](const auto& a) {
    return a.answer == "sat" && a.note.find("root-obj") != std::string::npos;
  }));
  const auto reach = checked(
      "claim reach { setting sketch = identity conclude (Lbar[1, 1] - 54321)^2 > 0 or "
      "bbar[1] != 987 + Lbar[1, 1] }");
  const Result second = search(reach, settings);
  REQUIRE(second.answer == Answer::refuted);
  CHECK(second.counterexample->found_by.find("Z3") == 0);
}

TEST_CASE("restrictions imply the whole query, and the whole query its abstraction") {
  Random random;
  INFO(random.seed());
  for (const char* text : kClaims) {
    const auto c = checked(text);
    Sizes sizes;
    sizes.n = sizes.d = 2;
    const Shape shape = shapes_for(c, sizes).front();
    Restriction free;
    free.own_values = true;
    const Space space(c, shape, free);
    for (const auto& integers : integer_choices(c, 6)) {
      bool whole_sat = false, whole_unsat = false, restricted_sat = false, abstract_unsat = false;
      for (const auto& encoding : all_encodings()) {
        std::string answer;
        try {
          answer = ask_z3(encode(space, encoding, integers), "", 300, 1024).answer;
        } catch (const Unencodable&) {  // not every claim has forms
          REQUIRE(encoding.psd == Encoding::Psd::forms);
          continue;
        }
        const bool abstraction = encoding.abstract();
        whole_sat = whole_sat || (encoding.whole() && !abstraction && answer == "sat");
        whole_unsat = whole_unsat || (encoding.whole() && !abstraction && answer == "unsat");
        restricted_sat = restricted_sat || (!encoding.whole() && answer == "sat");
        abstract_unsat = abstract_unsat || (abstraction && answer == "unsat");
      }
      CAPTURE(text);
      CHECK_FALSE((whole_sat && whole_unsat));
      CHECK_FALSE((restricted_sat && (whole_unsat || abstract_unsat)));
      CHECK_FALSE((abstract_unsat && whole_sat));
    }
  }
}

TEST_CASE("sizes that a setting excludes make a query without a model") {
  // The ladder crashed on this: the 2 x 2 matrix beside a 1 x 1 one.
  const auto c = checked("claim c { setting n = 2, d = 2 conclude Lbar = [[1, 2], [2, 1]] }");
  const Space space(c, Shape{1, 1, IdentitySketch{}, {}}, {});
  CHECK(ask_z3(encode(space, {}, {}), "", 1000, 1024).answer == "unsat");
}

TEST_CASE("a claim that has no query says why") {
  const auto c = checked("claim c { conclude rho_square < 1 }");
  const Space space(c, Shape{1, 1, IdentitySketch{}, {}}, {});
  CHECK_THROWS_WITH(encode(space, {}, {}), Catch::Contains("rho_square"));
  const auto d = checked("claim d { forall k : integer try 1, 7 conclude k <= 7 }");
  CHECK_THROWS_WITH(integer_choices(d, 6), Catch::Contains("no constant range"));
}

}  // namespace istcheck::search
