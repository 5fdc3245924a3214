#include "support.hpp"

#include <set>

#include "exact/fractions.hpp"
#include "input/case_file.hpp"
#include "search/numbers.hpp"
#include "search/random_point.hpp"

namespace istcheck::search {

TEST_CASE("uses: only what the claim speaks of becomes unknown") {
  const Uses plain = uses_of(true_claim());
  CHECK_FALSE((plain.linear || plain.step || plain.start || plain.noise || plain.rounds));
  const Uses full = uses_of(
      checked("claim c { forall k in 0..2 conclude E[||x[k] - xstar||^2] <= 1 expect holds }"));
  CHECK((full.linear && full.step && full.start && full.noise && full.rounds));
  const Uses start = uses_of(checked("claim c { forall t : scalar try 1 conclude t <= x0[1] }"));
  CHECK((start.start && !start.linear && !start.step));
  const Uses own =
      uses_of(checked("claim c { forall gamma : scalar try 1/2 forall x0 : vector try ones "
                      "conclude E[x[1]] = x0 }"));
  CHECK((!own.step && !own.start && own.linear));
}

TEST_CASE("shapes: the settings of the claim decide, smallest first") {
  Sizes sizes;
  const auto perm = shapes_for(true_claim(), sizes);
  REQUIRE(perm.size() == 5);  // d = q n with n, d up to 3
  for (size_t k = 1; k < perm.size(); ++k)
    CHECK(perm[k - 1].n + perm[k - 1].d <= perm[k].n + perm[k].d);
  sizes.n = 2;
  sizes.d = 4;
  sizes.q = 2;
  const auto fixed = shapes_for(true_claim(), sizes);
  REQUIRE(fixed.size() == 1);
  CHECK(to_string(fixed[0]) == "n = 2, d = 4, perm (q = 2), sketched-gradient");
  sizes.q = 1;
  CHECK(shapes_for(true_claim(), sizes).empty());
}

TEST_CASE("shapes: blocks with every q, and small tables, where the claim allows any sketch") {
  Sizes sizes;
  sizes.n = 2;
  sizes.d = 5;
  const auto block =
      shapes_for(checked("claim c { setting sketch = block conclude 1 = 1 }"), sizes);
  REQUIRE(block.size() == 2);
  CHECK(to_string(block[0]) == "n = 2, d = 5, block (q = 1, 3 shared), sketched-gradient");
  CHECK(to_string(block[1]) == "n = 2, d = 5, block (q = 2, 1 shared), sketched-gradient");
  sizes.d = 2;
  std::set<std::string> tables;
  for (const auto& shape : shapes_for(checked("claim c { conclude Lbar >>= 0 }"), sizes)) {
    if (std::holds_alternative<TableSketch>(shape.sketch)) tables.insert(to_string(shape));
  }
  CHECK(tables.size() == 2);
}

TEST_CASE("a claim about any sketch that only a table or a block violates is refuted") {
  // Every other sketch keeps a coordinate with a factor of at least 1, or not at all.
  const auto table = checked(
      "claim c { setting sketch = identity | table conclude for every outcome : C[1][1, 1] <= 1 }");
  const auto block = checked(
      "claim c { setting sketch = identity | block conclude for every outcome : C[1] <<= I }");
  for (const auto* c : {&table, &block}) {
    Settings patient = quick();
    patient.seconds = 600;  // under the sanitizers
    const Result r = search(*c, patient);
    REQUIRE(r.answer == Answer::refuted);
    const Case read = parse_case(write_case(r.counterexample->c), "found", CaseFormat::toml);
    CHECK(claim::judge(*c, &read).verdict == claim::Verdict::violated);
  }
}

TEST_CASE("a point of a space is the case with these numbers") {
  const auto c = checked(
      "claim c { setting sketch = perm forall theta : scalar assume Lbar >> 0 "
      "conclude theta <= x0[1] + gamma + bbar[1] }");
  const Shape shape{2, 2, PermSketch{1, false}, {}};
  for (const bool same : {true, false}) {
    Restriction r;
    r.same_L = same;
    const Space space(c, shape, r);
    std::vector<Rational> point;
    for (size_t k = 0; k < space.slots().size(); ++k) point.push_back(static_cast<int>(k) + 1);
    const Case one = space.at(point);
    CHECK(space.slots().size() == (same ? 3U : 6U) + 4 + 1 + 2 + 1);
    CHECK(one.workers[0].L(0, 0) == 1);
    CHECK(one.workers[0].L(0, 1) == 3);
    CHECK(one.workers[1].L(1, 0) == (same ? 3 : 6));
    CHECK(std::get<Rational>(one.values.at("theta")) == point.back());
    CHECK((*one.start)(1) == point[point.size() - 2]);
    CHECK(one.step == point[point.size() - 4]);
  }
}

TEST_CASE("an integer variable starts at the low end of its range") {
  const auto c = checked("claim c { forall k in 2..4 conclude k >= 2 }");
  Restriction r;
  r.unit_diagonal = r.own_values = true;
  const Space space(c, Shape{1, 1, IdentitySketch{}, {}}, r);
  REQUIRE(space.slots().size() == 1);
  CHECK(std::get<Rational>(space.at(std::vector<Rational>{-3}).values.at("k")) == 5);
}

TEST_CASE("random points: the matrices are symmetric, and mostly admissible") {
  const auto c = true_claim();
  const Space space(c, Shape{2, 2, PermSketch{1, false}, {}}, {});
  Random random;
  INFO(random.seed());
  Dice dice(static_cast<std::uint64_t>(random.small(0, 1'000'000)));
  int admissible = 0;
  for (int k = 0; k < 100; ++k)
    admissible += Referee::admissible(space.at(random_point(dice, space)));
  CHECK(admissible == 100);
}

TEST_CASE("the simplest fraction of an interval") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 300; ++k) {
    const Rational a = random.rational(40), b = random.rational(40);
    const Rational low = std::min(a, b), high = std::max(a, b);
    const Rational s = simplest_between(low, high);
    CHECK((low <= s && s <= high));
    for (Integer q = 1; q < denominator(s); ++q) {  // no smaller denominator fits
      Integer p = numerator(low) * q / denominator(low) - 1;
      for (int step = 0; step < 3; ++step, ++p)
        CHECK_FALSE((Rational(p, q) >= low && Rational(p, q) <= high));
    }
  }
}

}  // namespace istcheck::search
