// For the rules that refute assumptions about unknowns: steps that they accept, and steps that they
// refuse.
#include "check/refutation.hpp"

#include "script.hpp"

using namespace istcheck;
using namespace istcheck::check;

namespace {

using Lines = std::vector<std::string>;

/// x > 0 (f1), x <= 0 … as a script's facts: unknowns x, y with x > 0, y >= 0, 1 − xy < 0, and two
/// forms.
struct Assumed {
  Ways ways;
  Script none{{}};
  AssumedFacts facts{ways, none, kTestLimits};
  Number x = facts.unknown("x"), y = facts.unknown("y");
  Impossible known{{}, {}, facts};

  void refute_by(const Lines& lines) {
    Script script(lines);
    refute(known, script);
    CHECK(script.finished());
  }
  void assume(Fact::Is is, const Number& p) { known.facts.push_back({is, p}); }
};

Mat two_by_two(const Number& a, const Number& b, const Number& c) {
  Mat m(2, 2);
  m.at(0, 0) = a;
  m.at(0, 1) = m.at(1, 0) = b;
  m.at(1, 1) = c;
  return m;
}

}  // namespace

TEST_CASE("sum: terms that add up to zero, one of them positive") {
  Assumed a;
  a.assume(Fact::Is::positive, a.x);                 // f1: x > 0
  a.assume(Fact::Is::nonnegative, a.y);              // f2: y >= 0
  a.assume(Fact::Is::positive, -(a.x * a.y) - a.x);  // f3: -xy - x > 0
  a.assume(Fact::Is::zero, a.x - a.y);               // f4: x = y
  a.refute_by({"sum 1 f1*f2 1 1 f3 1 1 f1 1"});
  a.refute_by({"sum 2 f1*f2 1 2 f3 1 2 f1 1"});
  a.refute_by({"sum 1/4 f1*f2 2 1 f3 1 1 f1 1"});      // p counts squared
  a.refute_by({"sum 1 f3 1 1 1 r1 1 f1 1 -1 f4 r1"});  // an equation takes any sign, and p once
  for (const char* bad : {
           "sum",                               // nothing
           "sum 1 f1*f2 1 1 f3 1",              // not zero
           "sum 1 f1*f2 1 1 f3 1 1 f1",         // a term of two words
           "sum -1 f1*f2 1 -1 f3 1 -1 f1 1",    // negative coefficients
           "sum 0 f1 1",                        // zero
           "sum 1 f1 0",                        // zero, by its polynomial
           "sum 1 f1*f2 1 1 f3 1 1 f5 1",       // no such fact
           "sum 1 f1*f2 1 1 f3 1 1 f0 1",       // facts count from 1
           "sum 1 f1*f02 1 1 f3 1 1 f1 1",      // a second spelling
           "sum 1 f1*f2* 1 1 f3 1 1 f1 1",      // an empty factor
           "sum 1 g1*f2 1 1 f3 1 1 f1 1",       // no fact
           "sum 2/2 f1*f2 1 1 f3 1 1 f1 1",     // not in lowest terms
           "sum 1 f1*f2 1 1 f3 1 1 f1 r3",      // an unknown that is not declared
           "sum 1 f4 1 -1 f4 1",                // zero, and nothing positive
           "sum 1 f2 1 -1 f4 1 1 f4 1 1 f2 0",  // not zero, nothing positive
           "add 1 f1*f2 1 1 f3 1 1 f1 1",       // no rule
       }) {
    CAPTURE(bad);
    CHECK_THROWS_AS(a.refute_by({bad}), Rejected);
  }
  // Twelve factors at most.
  std::string long_product = "f1";
  for (int k = 0; k < 12; ++k) long_product += "*f1";
  CHECK_THROWS_AS(a.refute_by({"sum 1 " + long_product + " 1"}), Rejected);
}

TEST_CASE("sum: a term is strict only when all its factors are") {
  Assumed a;
  a.assume(Fact::Is::nonnegative, a.x);
  a.assume(Fact::Is::nonnegative, -a.x);
  CHECK_THROWS_AS(a.refute_by({"sum 1 f1 1 1 f2 1"}), Rejected);  // x = 0 fulfils both
  a.assume(Fact::Is::positive, a.x);
  a.refute_by({"sum 1 f2 1 1 f3 1"});
  CHECK_THROWS_AS(a.refute_by({"sum 1 f2 r1 1 f3 r1"}), Rejected);  // r1 may be zero
}

TEST_CASE("form: an instance of a semidefinite matrix") {
  Assumed a;
  a.known.forms.push_back({two_by_two(1, a.x, 1), false});
  a.known.forms.push_back({two_by_two(a.x, 0, 0), true});
  a.assume(Fact::Is::positive, -a.x - 1);                  // f1: x < -1
  a.refute_by({"form 1 1 1", "sum 1/2 f2 1 1 f1 1"});      // 2 + 2x >= 0
  a.refute_by({"form 2 1 0", "sum 1 f2 1 1 f1 1 1 1 1"});  // x > 0
  for (const char* bad : {"form", "form 1", "form 1 1", "form 1 1 1 1", "form 3 1 1", "form 0 1 1",
                          "form 1 1 r3", "form 1 1 2/4"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(a.refute_by({bad, "sum 1/2 f2 1 1 f1 1"}), Rejected);
  }
  // vᵀMv > 0 needs a v that is certainly not zero, and M positive definite.
  Assumed b;
  b.known.forms.push_back({two_by_two(b.x, 0, 1), true});
  b.known.forms.push_back({two_by_two(b.x, 0, 1), false});
  b.assume(Fact::Is::nonnegative, -b.x);
  b.refute_by({"form 1 1 0", "sum 1 f1 1 1 f2 1"});
  CHECK_THROWS_AS(b.refute_by({"form 2 1 0", "sum 1 f1 1 1 f2 1"}), Rejected);
  CHECK_THROWS_AS(b.refute_by({"form 1 r2 0", "sum 1 f1 r2 1 f2 1"}), Rejected);
}

TEST_CASE("minor: principal minors of a semidefinite matrix") {
  Assumed a;
  a.known.forms.push_back({two_by_two(1, a.x, 1), false});
  a.assume(Fact::Is::positive, a.x * a.x - 1);
  a.refute_by({"minor 1 1 2", "sum 1 f1 1 1 f2 1"});
  a.refute_by({"minor 1 1", "minor 1 1 2", "sum 1 f1 1 1 f3 1"});
  for (const char* bad : {"minor", "minor 1", "minor 2 1", "minor 1 2 1", "minor 1 1 1",
                          "minor 1 3", "minor 1 0", "minor 1 1 2 3"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(a.refute_by({bad, "sum 1 f1 1 1 f2 1"}), Rejected);
  }
  Assumed b;  // > 0 for M ≻ 0 only
  b.assume(Fact::Is::zero, b.x * b.x - 1);
  b.known.forms.push_back({two_by_two(1, b.x, 1), true});
  b.refute_by({"minor 1 1 2", "sum 1 f2 1 1 f1 1"});
  b.known.forms[0].definite = false;
  CHECK_THROWS_AS(b.refute_by({"minor 1 1 2", "sum 1 f2 1 1 f1 1"}), Rejected);
}

TEST_CASE("cases: three of them, in order") {
  Assumed a;
  a.assume(Fact::Is::positive, -(a.x * a.x));  // f1: x² < 0, the hard way
  const Lines good{"cases r1", "sum 1 f1 1 1 f2*f2 1", "sum 1 f1 1 1 f2*f2 1",
                   "sum 1 f1 1 1 f2 r1"};
  a.refute_by(good);
  CHECK_THROWS_AS(a.refute_by({good.begin(), good.end() - 1}), Rejected);  // one is left open
  CHECK_THROWS_AS(a.refute_by({"cases r1", good[3], good[1], good[3]}), Rejected);
  for (const char* bad : {"cases", "cases r1 r2", "cases r3"})
    CHECK_THROWS_AS(a.refute_by({bad}), Rejected);
  Lines deep(41, "cases r1");
  CHECK_THROWS_WITH(a.refute_by(deep), "more than 40 case distinctions");
}

TEST_CASE("reciprocals and roots are cleared before a sum is compared with zero") {
  Assumed a;
  REQUIRE(a.facts.positive(a.x));
  const Number u = a.facts.inverse(a.x)->at(0, 0), s = a.facts.square_root(a.x);
  CHECK(a.facts.cleared(u * a.x - 1).vanishes());
  CHECK(a.facts.cleared(u * u * a.x - u).vanishes());
  CHECK(a.facts.cleared(s * s - a.x).vanishes());
  CHECK(a.facts.cleared(u * s * s - 1).vanishes());
  CHECK_FALSE(a.facts.cleared(u - a.x).vanishes());
  CHECK_FALSE(a.facts.cleared(s - a.x).vanishes());
  CHECK(a.facts.zero(u * s * s - 1));
  // √(3u) is written with √x, so that the two are seen to depend on each other.
  const Number t = a.facts.square_root(3 * u);
  CHECK(a.facts.cleared(t * s - a.facts.square_root(3)).vanishes());
  CHECK(a.facts.square_root(Rational(9, 4)) == Number(Rational(3, 2)));
}
