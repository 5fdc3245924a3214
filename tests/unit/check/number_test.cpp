#include <catch2/catch.hpp>
#include <random>

#include "check/number.hpp"

using namespace istcheck;
using namespace istcheck::check;

namespace {

/// √2, √3, and the real root of x³ − x − 1.
std::deque<Root> some_roots() {
  return {Root{1, {-2, 0}, 1, 2}, Root{2, {-3, 0}, 1, 2}, Root{3, {-1, -1, 0}, 1, 2}};
}

Number random_number(std::mt19937& random, const std::deque<Root>& roots) {
  const auto small = [&] { return Rational(int(random() % 19) - 9, 1 + int(random() % 4)); };
  Number x = small();
  for (int k = 0; k < 3; ++k) {
    Number term = small();
    for (const Root& r : roots)
      for (auto e = random() % 3; e > 0; --e) term = term * Number(r);
    x = x + term;
  }
  return x;
}

}  // namespace

TEST_CASE("numbers are a ring, and their text is read back") {
  const auto roots = some_roots();
  std::mt19937 random(Catch::rngSeed());
  for (int trial = 0; trial < 300; ++trial) {
    const Number a = random_number(random, roots), b = random_number(random, roots),
                 c = random_number(random, roots);
    CHECK(a + b == b + a);
    CHECK(a * b == b * a);
    CHECK((a * b) * c == a * (b * c));
    CHECK(a * (b + c) == a * b + a * c);
    CHECK((a - a).vanishes());
    CHECK(parse_number(text(a), roots) == a);
    // Signs agree with products: of two numbers with known signs, and of squares.
    const Signs s = a.signs(200), t = b.signs(200), st = (a * b).signs(400);
    REQUIRE(s.known());
    REQUIRE(t.known());
    CHECK(st.positive == (s.positive == t.positive && !s.zero && !t.zero));
    CHECK(!(a * a).signs(400).negative);
  }
}

TEST_CASE("powers are reduced by the roots' polynomials") {
  const auto roots = some_roots();
  const Number r(roots[0]), s(roots[1]), t(roots[2]);
  CHECK(r * r == Number(2));
  CHECK(text(r * s) == "r1*r2");
  CHECK(r * s * r * s == Number(6));
  CHECK(t * t * t == t + Number(1));
  CHECK(text(t * t * t * t * t) == "1+r3+r3^2");                // t^5 = t^2 + t^3
  CHECK((r * s - Number(Rational(5, 2))).signs(100).negative);  // √6 < 5/2
  CHECK((t - Number(Rational(1324, 1000))).signs(100).positive);
}

TEST_CASE("a zero that is hidden keeps its sign open") {
  const std::deque<Root> roots{Root{1, {-2, 0}, 1, 2}, Root{2, {-8, 0}, 2, 3}};
  const Number x = Number(2) * Number(roots[0]) - Number(roots[1]);
  CHECK(!x.vanishes());
  CHECK(!x.signs(300).known());
  CHECK(x.signs(300).zero);
}

TEST_CASE("a quantity that is only enclosed") {
  const std::deque<Root> roots{Root{1, {}, 1, Rational(5, 4)}};
  const Number rho(roots[0]);
  CHECK((rho - Number(2)).signs(50).negative);
  CHECK(!(rho - Number(Rational(9, 8))).signs(50).known());
  const Signs s = (rho - Number(1)).signs(50);
  CHECK((!s.negative && s.zero && s.positive));
}

TEST_CASE("a number has one spelling") {
  const auto roots = some_roots();
  for (const char* bad :
       {"",      "+1",     "--1",    "1/0",      "2/4",    "01",      "1.5", "1e3",
        "0+r1",  "r1+1",   "1*r1",   "r2*r1",    "r1^2",   "r1^1",    "r0",  "r4",
        "r",     "r1*",    "*r1",    "r1r2",     "0*r1",   "1+r1-r1", "-0",  "r1^99",
        "x",     "r01",    "1/2*",   "r1+r1",    "1--r1",  "r3^3",    "- 1", "1 ",
        "r1*r1", "2*3*r1", "2*r1*3", "r1*r3*r2", "r1*0*r2"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(parse_number(bad, roots), std::invalid_argument);
  }
  for (const char* good :
       {"0", "-3/7", "r1", "-r1", "1/2-3*r1*r3^2", "r1-r2", "12345678901234567890/7*r3"}) {
    CAPTURE(good);
    CHECK(text(parse_number(good, roots)) == good);
  }
}

TEST_CASE("numbers that grow beyond the limits") {
  Number x = 3;
  CHECK_NOTHROW(x.require_within(2, 1));
  CHECK_THROWS_AS(x.require_within(1, 1), Undecided);
  const auto roots = some_roots();
  x = x + Number(roots[0]);
  CHECK_NOTHROW(x.require_within(8, 2));
  CHECK_THROWS_AS(x.require_within(8, 1), Undecided);
}
