// For the rules about one variable beside given numbers: steps that they accept, and steps that
// they refuse.
#include "check/cells.hpp"

#include "check/refutation.hpp"
#include "script.hpp"

using namespace istcheck;
using namespace istcheck::check;

namespace {

using Lines = std::vector<std::string>;

/// The way on which the first question has its second answer.
Ways second_way() {
  Ways ways;
  ways.choose(2);
  ways.next();
  return ways;
}

/// Unknowns t and v (u1, u2), √(1 − t) and 1/t (u3, u4), beside √2 and the cube root of 2 (r1, r2).
struct OnCase {
  Script none{{"root -2 0 1 2", "root -2 0 0 1 2", "sqrt r1"}};
  ShownFacts numbers{none, kTestLimits};
  Ways ways = second_way();
  AssumedFacts facts{ways, none, kTestLimits, &numbers};
  const Number two = numbers.square_root(2);
  const Number t = facts.unknown("t"), v = facts.unknown("v"), root = facts.square_root(1 - t),
               reciprocal = facts.inverse(t).value().at(0, 0);
  Impossible known{{}, {}, facts};

  void refute_by(const Lines& lines) {
    Script script(lines);
    refute(known, script);
    CHECK(script.finished());
  }
  void assume(Fact::Is is, const Number& p) { known.facts.push_back({is, p}); }

  Number number(const std::string& word) const {
    return parse_number(word, numbers.roots(), &facts.unknowns());
  }
};

/// The sign of p, as a certificate writes it, for low < t < high, or at t = low = high; without an
/// end where a word is empty.
std::string sign(const std::string& p, const std::string& low, const std::string& high) {
  const OnCase c;
  Cell cell;
  if (!low.empty()) cell.low = c.number(low);
  if (!high.empty()) cell.high = c.number(high);
  cell.point = !low.empty() && low == high;
  const Cells cells{{&c.facts.unknowns()[0], cell}};
  const auto found =
      sign_on(c.number(p), cells, definitions_on(cells, c.facts.definitions()), c.facts);
  return !found ? "open" : *found > 0 ? "+" : *found < 0 ? "-" : "0";
}

}  // namespace

TEST_CASE("the sign of a polynomial on an interval") {
  CHECK(sign("0", "", "") == "0");
  CHECK(sign("-3", "", "") == "-");
  CHECK(sign("u1", "", "") == "open");
  CHECK(sign("1+u1^2", "", "") == "+");
  CHECK(sign("u1^2", "", "") == "open");  // it touches zero
  CHECK(sign("1/1000+u1^2", "", "") == "+");
  CHECK(sign("-1/1000+u1^2", "", "") == "open");
  CHECK(sign("u1-u1^2", "0", "1") == "+");                  // zero at both ends
  CHECK(sign("u1^2-3*u1^3+3*u1^4-u1^5", "0", "1") == "+");  // u1^2 (1 - u1)^3
  CHECK(sign("-1/2+u1", "0", "1") == "open");
  CHECK(sign("1/4-u1+u1^2", "0", "1") == "open");    // a double zero, where it is halved
  CHECK(sign("1-6*u1+9*u1^2", "0", "1") == "open");  // and where it is not
  CHECK(sign("1001/1000-6*u1+9*u1^2", "0", "1") == "+");
  CHECK(sign("999/1000-6*u1+9*u1^2", "0", "1") == "open");
  CHECK(sign("u1-u1^3", "1", "") == "-");
  CHECK(sign("17-8*u1+u1^2", "1", "") == "+");
  CHECK(sign("16-8*u1+u1^2", "1", "") == "open");
  CHECK(sign("u1^3", "", "0") == "-");
  CHECK(sign("17+8*u1+u1^2", "", "0") == "+");
  CHECK(sign("-1-u1", "", "0") == "open");
}

TEST_CASE("ends and coefficients may be irrational") {
  CHECK(sign("-2+u1^2", "r2", "r1") == "-");
  CHECK(sign("-2+u1^3", "r2", "r1") == "+");
  CHECK(sign("-2+u1^2", "r1", "") == "+");
  CHECK(sign("-2+u1^2", "", "r1") == "open");
  CHECK(sign("-2+u1^2", "r1", "r1") == "0");
  CHECK(sign("-2+u1^3", "r1", "r1") == "+");
  CHECK(sign("-u1+u1^2", "r1", "r1") == "+");
  CHECK(sign("3-2*r1*u1+u1^2", "", "") == "+");
  CHECK(sign("2-2*r1*u1+u1^2", "", "") == "open");  // (u1 − √2)²
  CHECK(sign("2-2*r1*u1+u1^2", "r1", "") == "+");
  CHECK(sign("-r1*r2+r1*u1+r2*u1-u1^2", "r2", "r1") == "+");  // (u1 − r2)(r1 − u1)
}

TEST_CASE("square roots of polynomials, and reciprocals") {
  CHECK(sign("u3", "0", "1") == "+");  // √(1 − u1)
  CHECK(sign("-1+u3", "0", "1") == "-");
  CHECK(sign("1-u3", "0", "1") == "+");
  CHECK(sign("-1/2+u3", "0", "1") == "open");
  CHECK(sign("-1+u1+u3", "0", "1") == "+");
  CHECK(sign("-1+u1+u3^2", "0", "1") == "0");  // by its definition
  CHECK(sign("u3", "1", "") == "open");        // there is no such root
  CHECK(sign("u3", "1", "1") == "0");
  CHECK(sign("-5+u3", "1", "1") == "-");
  CHECK(sign("-2+u3", "-3", "-3") == "0");
  CHECK(sign("-2+u3", "2", "2") == "open");
  CHECK(sign("u4", "0", "") == "+");  // 1/u1
  CHECK(sign("u4", "", "0") == "-");
  CHECK(sign("u4", "", "") == "open");
  CHECK(sign("-1+u4", "0", "1") == "+");
  CHECK(sign("-1/3+u4", "3", "3") == "0");
  CHECK(sign("u1*u2", "0", "1") == "open");  // two variables
  CHECK(sign("1+u2^2", "0", "1") == "+");    // one that has no cell
  CHECK(sign("u1*u2", "0", "0") == "0");
}

TEST_CASE("cells: every real number is in one of them") {
  OnCase c;
  c.assume(Fact::Is::nonnegative, c.t - 1);             // f1: t >= 1
  c.assume(Fact::Is::positive, c.t - c.t * c.t * c.t);  // f2: t^3 < t
  const Lines good{"cells u1 0 1",
                   "sum 1 f1 1 1 f3 1 1 1 1",  // t < 0 is f3
                   "sum 1 f1 1 1 1 1",         // t = 0 stands in f1
                   "sum 1 f1 1 1 f4 1",        // 0 < t is f3, t < 1 is f4
                   "sum 1 f2 1",               // t = 1 stands in f2
                   "sign u1-u1^3",             // t > 1 is f3, and this f4
                   "sum 1 f2 1 1 f4 1"};
  c.refute_by(good);
  for (size_t k = 0; k < good.size(); ++k) {  // every line is needed, and where it stands
    Lines less = good;
    less.erase(less.begin() + long(k));
    CHECK_THROWS_AS(c.refute_by(less), Rejected);
    Lines other = good;
    std::swap(other[k], other[(k + 1) % good.size()]);
    CHECK_THROWS_AS(c.refute_by(other), Rejected);
  }
  for (const char* bad :
       {"cells", "cells 1", "cells 2*u1 0 1", "cells u1+u2 0 1", "cells u1^2 0 1", "cells u1 1 0",
        "cells u1 1 1", "cells u1 0 u2", "cells u3 0 1", "cells u4 0 1", "cells u9 0 1",
        "cells r1 0 1", "cells u1 r1", "cells u1 r9", "cells u1 0 1 1/2", "sign", "sign u1",
        "sign 1 1", "sign u1*u2"}) {
    Lines lines = good;
    lines[0] = bad;
    CAPTURE(bad);
    CHECK_THROWS_AS(c.refute_by(lines), Rejected);
  }
}

TEST_CASE("cells in cells, and of two variables") {
  OnCase c;
  c.assume(Fact::Is::positive, -(c.t * c.t) - c.v * c.v);  // f1: t^2 + v^2 < 0
  const Lines good{"cells u1 0",
                   "sign -u1",
                   "sum 1 f1 1 1 1 u1 1 1 u2",  // t < 0
                   "cells u2",
                   "sum 1 f1 1 1 1 u2",  // t = 0, any v
                   "cells u1 1",         // 0 < t again
                   "sum 1 f1 1 1 1 u1 1 1 u2",
                   "sum 1 f1 1 1 1 1 1 1 u2",  // t = 1
                   "sum 1 f1 1 1 1 u1 1 1 u2"};
  c.refute_by(good);
  CHECK_THROWS_WITH(c.refute_by(Lines(41, "cells u1")), "more than 40 case distinctions");
}

TEST_CASE("cells put a point into matrices and roots") {
  OnCase c;
  c.assume(Fact::Is::positive, c.root - 2);        // f1: √(1 − t) > 2
  c.known.forms.push_back({Mat(c.t + 3), false});  // t >= −3
  const Lines good{"cells u1 -3 1",
                   "form 1 1",  // t < −3
                   "sum 1 f2 1 1 f3 1",
                   "sign -2+u3",  // t = −3
                   "sum 1 f1 1 -1 f2 1",
                   "sign -2+u3",  // −3 < t < 1
                   "sum 1 f1 1 1 f4 1",
                   "form 1 1",  // t = 1: the matrix is 4
                   "sign -2+u3",         "sum 1 f1 1 1 f3 1",
                   "sum 1 f2 1 1 1 u3"};  // t > 1: there is no root
  c.refute_by(good);
  Lines bad = good;
  bad[5] = "sign -1+u3";
  CHECK_THROWS_AS(c.refute_by(bad), Rejected);
  bad[5] = "sign -1+u1";
  CHECK_THROWS_AS(c.refute_by(bad), Rejected);
}

TEST_CASE("points that the certificate declares") {
  OnCase c;
  c.assume(Fact::Is::positive, 3 - c.t * c.t);  // f1: t^2 < 3
  c.assume(Fact::Is::positive, c.t - 2);        // f2: t > 2
  const Lines good{"root -3 0 1 2",
                   "cells u1 r3",
                   "sum 1 f2 1 1 f3 1 2-r3 1 1",  // t < √3 < 2
                   "sum 1 f1 1",                  // 3 − 3 > 0
                   "sign -3+u1^2",
                   "sum 1 f1 1 1 f4 1"};
  CHECK_THROWS_AS(c.refute_by({good.begin() + 1, good.end()}), Rejected);  // r3 is not declared
  c.refute_by(good);
  for (const char* bad : {"sum 1 f2 1 1 f3 1 -2+r3 1 1", "sum 1 f2 1 1 f3 1 2-r1 1 1"}) {
    Lines lines = good;
    lines[2] = bad;
    CHECK_THROWS_AS(c.refute_by(lines), Rejected);
  }
  CHECK_THROWS_AS(c.refute_by({"root -4 0 1 3"}), Rejected);  // it is declared, and nothing shown
  CHECK_THROWS_AS(c.refute_by({"root 1 0 1 3"}), Rejected);
  CHECK_THROWS_AS(c.refute_by({"cells u1 r1 r2"}), Rejected);
}

TEST_CASE("sum: coefficients may be positive numbers") {
  OnCase c;
  c.assume(Fact::Is::positive, c.t);
  c.assume(Fact::Is::nonnegative, -c.two * c.t);
  c.refute_by({"sum r1 f1 1 1 f2 1"});
  for (const char* bad :
       {"sum 1 f1 1 r1 f2 1", "sum -r1 f1 1 -1 f2 1", "sum u1 f1 1 u1 f2 1", "sum 1-r1 f1 1 1 f2 1",
        "sum 1 f1 r2 1/2*r1*r2^2 f2 1"}) {  // zero, but not strict by its text
    CAPTURE(bad);
    CHECK_THROWS_AS(c.refute_by({bad}), Rejected);
  }
}

TEST_CASE("zeros: nonnegative terms that add up to zero are zero") {
  OnCase c;
  c.assume(Fact::Is::nonnegative, -(c.t * c.t) - 2 * (c.v * c.v));  // f1
  c.assume(Fact::Is::positive, c.v);                                // f2
  const std::string good = "zeros 1 f1 1 1 1 u1 2 1 u2";
  c.refute_by({good, "sum 1 f2 1 -1 f5 1"});  // f3: f1 = 0, f4: t = 0, f5: v = 0
  for (const char* bad : {"zeros", "zeros 1 f1 1 1 1 u1", "zeros -1 f1 1 -1 1 u1 -2 1 u2",
                          "zeros 1 f1 1 1 1 u1 1 1 u2", "zeros 1 f3 1", "zeros u1 1 1"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(c.refute_by({bad, "sum 1 f2 1 -1 f5 1"}), Rejected);
  }
  CHECK_THROWS_AS(c.refute_by({good, "sum 1 f2 1 -1 f4 1"}), Rejected);
  // Beside factors that are > 0 it is p that is zero.
  OnCase q;
  q.assume(Fact::Is::positive, q.v);                                // f1
  q.assume(Fact::Is::nonnegative, -(q.v * (q.t - 1) * (q.t - 1)));  // f2
  q.assume(Fact::Is::positive, q.t - 1);                            // f3
  q.refute_by({"zeros 1 f1 -1+u1 1 f2 1", "sum 1 f3 1 -1 f4 1"});
  CHECK_THROWS_AS(q.refute_by({"zeros 1 f1 -1+u1 1 f2 1", "sum 1 f3 1 -1 f5 1"}), Rejected);
  // A product of facts is zero, but which of them is not said; an equation says nothing new.
  OnCase p;
  p.assume(Fact::Is::nonnegative, p.t);
  p.assume(Fact::Is::nonnegative, p.v);
  p.assume(Fact::Is::zero, p.t * p.v);
  CHECK_THROWS_AS(p.refute_by({"zeros 1 f1*f2 1 -1 f3 1", "sum 1 f4 1 1 1 1"}), Rejected);
}
