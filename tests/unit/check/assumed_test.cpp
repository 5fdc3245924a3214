// Assumptions: every way is gone once, and answers on one way agree with each other.
#include "check/assumed.hpp"

#include <set>

#include "script.hpp"

using namespace istcheck;
using namespace istcheck::check;

namespace {

/// What `say` returns on each way.
template <class Say>
std::vector<std::string> all_ways(const Say& say) {
  std::vector<std::string> found;
  Ways ways;
  Script none{{}};
  do {
    AssumedFacts facts(ways, none, kTestLimits);
    found.push_back(say(facts));
  } while (ways.next());
  return found;
}

std::string listed(const AssumedFacts& facts) {
  std::string out;
  for (const Fact& f : facts.facts()) out += text(f) + ";";
  return out;
}

}  // namespace

TEST_CASE("a sign is chosen once, for a number and its multiples") {
  const auto found = all_ways([](AssumedFacts& facts) {
    const Number x = facts.unknown("x");
    const bool positive = facts.positive(x), zero = facts.zero(-2 * x),
               negative = facts.negative(x);
    CHECK(int(positive) + int(zero) + int(negative) == 1);
    CHECK(facts.positive(Number(Rational(-1, 3)) * x) == negative);
    return listed(facts);
  });
  CHECK(found == std::vector<std::string>{"> 0 r1;", "= 0 r1;", "> 0 -r1;"});
}

TEST_CASE("numbers are not chosen, and what is no case distinction leaves no fact") {
  const auto found = all_ways([](AssumedFacts& facts) {
    const Number x = facts.unknown("x");
    CHECK(facts.positive(2));
    CHECK_FALSE(facts.positive(0));
    CHECK(facts.zero(x - x));
    return listed(facts);
  });
  CHECK(found == std::vector<std::string>{""});
  CHECK(all_ways([](AssumedFacts& facts) {
          facts.zero(facts.unknown("x"));
          return listed(facts);
        }) == std::vector<std::string>{"= 0 r1;", "> 0 r1^2;"});
}

TEST_CASE("a matrix is positive, on the border, or has a witness against it") {
  const auto found = all_ways([](AssumedFacts& facts) {
    const Mat m = facts.unknown_symmetric("m", 2);
    const Definiteness kind = facts.definiteness(m);
    CHECK(facts.semidefinite(m) == (kind != Definiteness::neither));
    CHECK(facts.definiteness(m) == kind);
    std::string out = listed(facts) + " ";
    for (const Form& f : facts.forms()) out += f.definite ? "M >> 0" : "M >>= 0";
    return out;
  });
  CHECK(found == std::vector<std::string>{" M >> 0",
                                          "= 0 -r1*r4^2-2*r2*r4*r5-r3*r5^2;> 0 r4^2+r5^2; M >>= 0",
                                          "> 0 -r1*r4^2-2*r2*r4*r5-r3*r5^2; "});
  CHECK(all_ways([](AssumedFacts& facts) {
          return facts.definiteness(Mat::identity(3)) == Definiteness::positive ? "yes" : "no";
        }) == std::vector<std::string>{"yes"});
}

TEST_CASE("an inverse divides by the determinant, which is assumed not to be zero") {
  const auto found = all_ways([](AssumedFacts& facts) {
    const Mat m = facts.unknown_symmetric("m", 2);
    const auto inverse = facts.inverse(m);
    if (!inverse) return std::string("none");
    const Mat rest = m * *inverse - Mat::identity(2);
    for (const Number& x : rest.entries()) CHECK(facts.cleared(x).vanishes());
    return std::string("one");
  });
  CHECK(found == std::vector<std::string>{"none", "one"});
}

TEST_CASE("a largest eigenvalue is the least t with A <<= t B") {
  all_ways([](AssumedFacts& facts) {
    const Mat a = facts.unknown_symmetric("a", 2);
    const auto t = facts.least(a, Mat::identity(2));
    REQUIRE(t);
    REQUIRE(facts.forms().size() == 1);
    CHECK(facts.forms()[0].m == *t * Mat::identity(2) - a);
    CHECK(facts.facts().size() == 2);  // on the eigenvector
    CHECK(*facts.least(a, Mat::identity(2)) == *t);
    return std::string();
  });
}

TEST_CASE("ways end, and a way that is not the same again is noticed") {
  Ways ways;
  std::set<std::string> seen;
  do {
    const std::string way = std::to_string(ways.choose(2)) + std::to_string(ways.choose(3));
    CHECK(seen.insert(way).second);
  } while (ways.next());
  CHECK(seen.size() == 6);
  ways.choose(2);
  CHECK(ways.next());
  CHECK_THROWS_AS(ways.choose(3), std::logic_error);
}

TEST_CASE("unknowns have no enclosures") {
  Ways ways;
  Script none{{}};
  AssumedFacts facts(ways, none, kTestLimits);
  CHECK_THROWS_AS(facts.unknown("x").enclose(), Undecided);
  CHECK_THROWS_AS(facts.unknown("x").signs(10), Undecided);
  CHECK_THROWS_AS(facts.radius({}, true), Undecided);
  CHECK_THROWS_AS(facts.inverse_root(Mat::identity(2)), Undecided);
}
