#include "support.hpp"

#include "input/case_file.hpp"
#include "search/resize.hpp"

namespace istcheck::search {

TEST_CASE("a shrunk counterexample still violates, and no single step makes it smaller") {
  const char* claims[] = {
      "claim a { setting sketch = perm assume Lbar >> 0 conclude E[Bbar] <<= Lbar }",
      "claim b { setting sketch = perm conclude bbar = 0 }",
      "claim c { conclude det(Lbar) <= 1 }",
      "claim d { conclude trace(Lbar) <= 100 }",
      "claim e { setting sketch = perm conclude E[||g(x0)||^2] <= ||x0||^2 }",
  };
  for (const char* text : claims) {
    const auto c = checked(text);
    CAPTURE(text);
    const Referee referee(c);
    auto start = referee.violation(three_workers());
    REQUIRE(start);
    const Patience patient;
    const Shrunk shrunk = shrink(referee, *start, patient);
    CHECK(shrunk.finished);
    CHECK_FALSE(shrunk.history.empty());
    CHECK_FALSE(referee.objection(shrunk.finding));
    CHECK(simpler(shrunk.finding.c, start->c));
    const Shrunk again = shrink(referee, shrunk.finding, patient);
    CHECK(again.history.empty());
  }
}

TEST_CASE("square roots that a violation does not need are shrunk away, the others stay") {
  const auto start = [] {
    Case c = three_workers();
    Numbers part = c;
    part.step = 0;
    part.start->setZero();
    for (auto& w : part.workers) {
      w.b.setZero();
      w.noise.setZero();
      w.L = RationalMatrix::Identity(3, 3) * Rational(3, 7);
    }
    c.roots = {{{2, 0}, part}, {{5, 0}, part}};
    return c;
  };
  const Patience patient;
  const auto idle = checked("claim d { conclude trace(Lbar) <= 100 }");
  const Referee about_idle(idle);
  const Shrunk rational = shrink(about_idle, *about_idle.violation(start()), patient);
  CAPTURE(write_case(rational.finding.c));
  CHECK(rational.finding.c.rational());
  const auto irrational = checked(
      "claim d { assume trace(Lbar) > 0 conclude trace(Lbar*Lbar) != 2*sqrt(2)*trace(Lbar) }");
  const Referee about_needed(irrational);
  Case c = start();
  c.roots.erase({5, 0});
  for (auto& w : c.workers) w.L.setZero();
  for (auto& w : c.roots[{2, 0}].workers) w.L = RationalMatrix::Identity(3, 3) * Rational(2);
  const auto found = about_needed.violation(c);
  REQUIRE(found);
  const Shrunk kept = shrink(about_needed, *found, patient);
  CHECK(kept.finding.c.roots.count({2, 0}) == 1);
  CHECK(kept.finding.c.n() + kept.finding.c.d() == 2);
  CHECK(workers_of(kept.finding.c)[0].L(0, 0) == Surd::sqrt_of(8));
}

TEST_CASE("shrinking ends early when patience does, with what it has") {
  const auto c = checked("claim d { conclude trace(Lbar) <= 100 }");
  const Referee referee(c);
  Patience little;
  little.points = 2;
  const Shrunk shrunk = shrink(referee, *referee.violation(three_workers()), little);
  CHECK_FALSE(shrunk.finished);
  CHECK(referee.violation(shrunk.finding.c));
}

TEST_CASE("removing workers and coordinates keeps what is left") {
  const Case c = three_workers();
  const auto both = without(c, {1, 0});
  REQUIRE(both);
  CHECK(both->n() == 2);
  CHECK(both->d() == 2);
  CHECK(both->workers[1].L(0, 0) == c.workers[2].L(1, 1));
  CHECK(both->workers[1].b(1) == c.workers[2].b(2));
  CHECK((*both->start)(0) == (*c.start)(1));
  CHECK_FALSE(without(c, {1, std::nullopt}));  // Perm needs d = q n
  Case one = c;
  one.sketch = RandSketch{3, false};
  const auto fewer = without(one, {std::nullopt, 2});
  REQUIRE(fewer);
  CHECK(std::get<RandSketch>(fewer->sketch).q == 2);
}

TEST_CASE("findings carry the rational values of the variables into the case") {
  const auto c = checked(
      "claim c { setting sketch = perm forall t : scalar try sqrt(2), 3 "
      "forall y : vector try ones conclude t <= 2 }");
  const Referee referee(c);
  const auto f = referee.violation(claim::two_workers());
  REQUIRE(f);
  const Case with = with_values(*f);
  CHECK(std::get<Rational>(with.values.at("t")) == 3);
  CHECK(std::get<RationalVector>(with.values.at("y")).size() == 2);
  // An irrational value stays with the claim's own trials.
  const auto d = checked("claim d { forall t : scalar try sqrt(5) conclude t <= 2 }");
  Case any = claim::two_workers();
  const auto g = Referee(d).violation(any);
  REQUIRE(g);
  CHECK(with_values(*g).values.empty());
  CHECK_FALSE(Referee(d).objection(*g));
}

}  // namespace istcheck::search
