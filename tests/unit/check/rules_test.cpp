// For every rule: steps that it accepts, with the fact that they give, and steps that it refuses.
#include "script.hpp"

using namespace istcheck;
using namespace istcheck::check;

namespace {

using Lines = std::vector<std::string>;

const Mat kGood = matrix(2, 2, "2 1 1 1"), kFlat = matrix(2, 2, "1 2 2 4"),
          kIndefinite = matrix(2, 2, "1 2 2 1");

Definiteness definiteness(const Lines& lines, const Mat& m) {
  Proof p(lines);
  const auto result = p.facts.definiteness(m);
  CHECK(p.script.finished());
  return result;
}

CongruenceSum one(const Mat& a) { return {{{Rational(1), a}}}; }
CongruenceSum halves(const Mat& a, const Mat& b) {
  return {{{Rational(1, 2), a}, {Rational(1, 2), b}}};
}

}  // namespace

TEST_CASE("root: one root between the ends, by sign and slope") {
  // x of 'sqrt x' is asked for, so that declarations have a question to stand before.
  const auto root = [](const std::string& line, const std::string& answer, int x) {
    Proof p({line, answer});
    return text(p.facts.square_root(Number(x)));
  };
  CHECK(root("root -2 0 1 2", "sqrt r1", 2) == "r1");
  CHECK(root("root -2 0 -2 -1", "sqrt -r1", 2) == "-r1");
  CHECK(root("root -1/2 0 1/2 1", "sqrt 2*r1", 2) == "2*r1");
  CHECK(root("root -2 0 0 1 2", "sqrt 3", 9) == "3");  // a cube root, not used
  for (const char* bad : {
           "root -2 0 2 3",      // no sign change
           "root -2 0 -2 2",     // two roots
           "root -2 0 2 1",      // ends exchanged
           "root -2 0 1 1",      // empty
           "root 2 0 1 2",       // no real root
           "root -4 0 2 3",      // the root is an end
           "root 0 -1 0 -2 2",   // three roots
           "root -2 1 2",        // degree one
           "root -2 1", "root",  // too short
           "root -2 0 1 r1",     // not rational
           "root -2 0 1 2x",     // no number
           "root -2 0 1 4/2",    // not in lowest terms
           "root -2 0 1 +2",     // a second spelling
       }) {
    CAPTURE(bad);
    CHECK_THROWS_AS(root(bad, "sqrt r1", 2), Rejected);
  }
  std::string high = "root -2";
  for (int k = 1; k < 33; ++k) high += " 0";
  CHECK_THROWS_AS(root(high + " 1 2", "sqrt r1", 2), Rejected);
}

TEST_CASE("ldl and negative: the sign of a matrix") {
  CHECK(definiteness({"ldl 1 2 1/2 2 1/2"}, kGood) == Definiteness::positive);
  CHECK(definiteness({"ldl 2 1 1 1 1"}, kGood) == Definiteness::positive);
  CHECK(definiteness({"ldl 1 2 2 1 0"}, kFlat) == Definiteness::semidefinite);
  CHECK(definiteness({"ldl 1 2 7 0 0"}, Mat(2, 2)) == Definiteness::semidefinite);
  CHECK(definiteness({"negative 1 -1"}, kIndefinite) == Definiteness::neither);
  CHECK(definiteness({"root -2 0 1 2", "negative 1 -r1"}, kIndefinite) == Definiteness::neither);
  for (const char* bad : {
           "ldl 1 2 1/2 2 1",    // another pivot
           "ldl 2 1 1/2 2 1/2",  // another order
           "ldl 1 1 1/2 2 1/2",  // no permutation
           "ldl 0 1 1/2 2 1/2",
           "ldl 1 3 1/2 2 1/2",
           "ldl 1 3/2 1/2 2 1/2",
           "ldl 1 2 -1/2 2 1/2",
           "ldl 1 2 1/2 2",
           "ldl 1 2 1/2 2 1/2 0",
           "negative 1 -1",  // positive there
           "negative 0 0",
           "negative 1",
           "singular 1 1",
           "inverse 1 -1 -1 2",
           "sqrt 1",
       }) {
    CAPTURE(bad);
    CHECK_THROWS_AS(definiteness({bad}, kGood), Rejected);
  }
  // A negative pivot is no proof of anything, though the product is right.
  CHECK_THROWS_AS(definiteness({"ldl 1 2 2 1 -3"}, kIndefinite), Rejected);
  // A value of zero is not below zero.
  CHECK_THROWS_AS(definiteness({"negative 2 -1"}, kFlat), Rejected);
  CHECK_THROWS_AS(definiteness({}, kGood), Rejected);
}

TEST_CASE("a fact that is known is not asked for again") {
  Proof p({"ldl 1 2 1/2 2 1/2"});
  CHECK(p.facts.definiteness(kGood) == Definiteness::positive);
  CHECK(p.facts.definiteness(kGood) == Definiteness::positive);
  CHECK_THROWS_AS(p.facts.definiteness(kFlat), Rejected);
}

TEST_CASE("inverse and singular") {
  const auto inverse = [](const Lines& lines, const Mat& m) {
    Proof p(lines);
    return p.facts.inverse(m);
  };
  CHECK(inverse({"inverse 1 -1 -1 2"}, kGood) == matrix(2, 2, "1 -1 -1 2"));
  CHECK(!inverse({"singular 2 -1"}, kFlat));
  for (const char* bad : {"inverse 1 -1 -1 3", "inverse 1 -1 -1", "singular 1 -1", "singular 0 0",
                          "ldl 1 2 1/2 2 1/2"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(inverse({bad}, kGood), Rejected);
  }
  CHECK_THROWS_AS(inverse({"singular 0 0"}, kFlat), Rejected);
  CHECK_THROWS_AS(inverse({"singular 2 1"}, kFlat), Rejected);
  // A vector that is zero, though it does not look like it: r1 and r2 are the same number.
  CHECK_THROWS_AS(inverse({"root -2 0 1 2", "root -2 0 1 3/2", "singular r1-r2 r1-r2"}, Mat(2, 2)),
                  std::runtime_error);
}

TEST_CASE("sqrt: the root that is not negative") {
  const auto root = [](const Lines& lines, const Number& x) {
    Proof p(lines);
    return text(p.facts.square_root(x));
  };
  CHECK(root({"sqrt 3/2"}, Rational(9, 4)) == "3/2");
  CHECK(root({"sqrt 0"}, 0) == "0");
  CHECK(root({"root -2 0 1 2", "root -3 0 1 2", "sqrt 1/2*r1*r2"}, Rational(3, 2)) == "1/2*r1*r2");
  CHECK_THROWS_AS(root({"sqrt -3/2"}, Rational(9, 4)), Rejected);
  CHECK_THROWS_AS(root({"sqrt 2"}, Rational(9, 4)), Rejected);
  CHECK_THROWS_AS(root({"root -2 0 1 2", "sqrt -r1"}, 2), Rejected);
  CHECK_THROWS_AS(root({"sqrt r1"}, 2), Rejected);
  CHECK_THROWS_AS(root({"least 1 1"}, 1), Rejected);
}

TEST_CASE("least and none: the least t with A <= tB") {
  const Mat identity = Mat::identity(2);
  const auto least = [](const Lines& lines, const Mat& a, const Mat& b) {
    Proof p(lines);
    const auto t = p.facts.least(a, b);
    CHECK(p.script.finished());
    return t ? text(*t) : "none";
  };
  const std::string root = "root -5 0 2 3";
  const std::string factor = "ldl 1 2 -1/2-1/2*r1 -1/2+1/2*r1 0";
  CHECK(least({root, "least 3/2+1/2*r1 1/2+1/2*r1 1", factor}, kGood, identity) == "3/2+1/2*r1");
  CHECK(least({root, "least 3/2+1/2*r1 1+r1 2", factor}, kGood, identity) == "3/2+1/2*r1");
  // B singular: the least t with diag(3, 0) <= t diag(1, 0).
  CHECK(least({"least 3 1 0", "ldl 1 2 0 0 0"}, matrix(2, 2, "3 0 0 0"), matrix(2, 2, "1 0 0 0")) ==
        "3");
  CHECK(least({"none 0 1"}, matrix(2, 2, "3 0 0 1"), matrix(2, 2, "1 0 0 0")) == "none");
  for (const Lines& bad : {
           Lines{root, "least 3/2+1/2*r1 1/2+1/2*r1 -1", factor},         // no eigenvector
           Lines{root, "least 3/2-1/2*r1 1/2-1/2*r1 1", "negative 1 1"},  // the smaller eigenvalue
           Lines{"least 3 1 0", "ldl 1 2 -1 1 1"},                        // above, not least
           Lines{"least 2 1 1", "negative 1 1"},                          // too small
           Lines{root, "least 3/2+1/2*r1 0 0", factor},                   // no vector
           Lines{"none 1 0"},
           Lines{"none 0 0"},
           Lines{"singular 1 0"},
           Lines{"least 3"},
       }) {
    CAPTURE(bad);
    CHECK_THROWS_AS(least(bad, kGood, identity), Rejected);
  }
  // B of any sign. B = [0 1; 1 0], A = diag(-1, 0): tB − A ⪰ 0 for t = 0 only, and e2 shows it.
  const Mat swap = matrix(2, 2, "0 1 1 0"), minus = matrix(2, 2, "-1 0 0 0");
  CHECK(least({"least 0 0 1", "ldl 1 2 0 1 0"}, minus, swap) == "0");
  CHECK_THROWS_AS(least({"least 0 1 0", "ldl 1 2 0 1 0"}, minus, swap), Rejected);
  CHECK_THROWS_AS(least({"least 0 0 0", "ldl 1 2 0 1 0"}, minus, swap), Rejected);
  // A − tB is never ⪯ 0: the corner of A cannot be reached.
  CHECK(least({"none 0 1"}, swap, matrix(2, 2, "1 0 0 0")) == "none");
  CHECK_THROWS_AS(least({"none 1 0"}, swap, matrix(2, 2, "1 0 0 0")), Rejected);
  // t >= 2 by e1, t <= 1 by e2; with A = diag(1, -2) the interval [1, 2] is left.
  CHECK(least({"apart 1 0 0 1"}, matrix(2, 2, "2 0 0 -1"), matrix(2, 2, "1 0 0 -1")) == "none");
  CHECK(least({"least 1 1 0", "ldl 1 2 0 0 1"}, matrix(2, 2, "1 0 0 -2"),
              matrix(2, 2, "1 0 0 -1")) == "1");
  for (const char* bad : {"apart 1 0 0 1", "apart 0 1 1 0", "apart 1 0 1 0", "apart 0 0 0 0",
                          "apart 1 0", "below 1", "below 2", "below 3"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(least({bad, "negative 1 0", "negative 1 0"}, matrix(2, 2, "1 0 0 -2"),
                          matrix(2, 2, "1 0 0 -1")),
                    Rejected);
  }
  CHECK(least({"below -3", "ldl 1 2 0 1 0", "ldl 1 2 0 0 0"}, matrix(2, 2, "3 0 0 0"),
              matrix(2, 2, "-1 0 0 0")) == "none");
  CHECK_THROWS_AS(least({"below -2", "ldl 1 2 0 1 0", "negative 1 0"}, matrix(2, 2, "3 0 0 0"),
                        matrix(2, 2, "-1 0 0 0")),
                  Rejected);
  // vᵀBv = 0 is not enough for none: vᵀAv must be positive.
  CHECK_THROWS_AS(least({"none 0 1"}, matrix(2, 2, "3 0 0 0"), matrix(2, 2, "1 0 0 0")), Rejected);
}

TEST_CASE("radius: of one matrix") {
  const Mat a = matrix(2, 2, "1/2 0 0 -3/4"), swap = matrix(2, 2, "0 2 1/2 0");
  const auto radius = [](const Lines& lines, const Mat& m) {
    Proof p(lines);
    const std::string r = text(p.facts.radius(one(m), true));
    CHECK(p.script.finished());
    return r;
  };
  const std::string identity = "ldl 1 2 0 1 1";
  CHECK(radius({"radius 3/4 -1 0 1 1 0 1", identity, "ldl 1 2 0 5/16 0"}, a) == "3/4");
  // Another norm: (1, 1/2) is kept by swap, and P = diag(1, 4) shows that nothing grows.
  CHECK(radius({"radius 1 1 2 1 1 0 4", "ldl 1 2 0 1 4", "ldl 1 2 0 0 0"}, swap) == "1");
  for (const Lines& bad : {
           Lines{"radius 3/4 1 0 1 1 0 1", identity, "ldl 1 2 0 5/16 0"},   // the wrong sign
           Lines{"radius -3/4 1 0 1 1 0 1", identity, "ldl 1 2 0 5/16 0"},  // negative
           Lines{"radius 1/2 1 1 0 1 0 1", identity, "negative 0 1"},       // not the largest
           Lines{"radius 1 1 1 0 1 0 1", identity, "ldl 1 2 0 3/4 7/16"},   // no eigenvalue
           Lines{"radius 3/4 -1 0 0 1 0 1", identity, "ldl 1 2 0 5/16 0"},  // no vector
           Lines{"radius 3/4 -1 0 1 1 0 0", "ldl 1 2 0 1 0"},               // P not definite
           Lines{"radius 3/4 2 0 1 1 0 1"},
           Lines{"radius 3/4 -1 0 1 1 0"},
           Lines{"between 0 1 1 0 1"},
       }) {
    CAPTURE(bad);
    CHECK_THROWS_AS(radius(bad, a), Rejected);
  }
}

TEST_CASE("between: a root that its own steps declare has another name") {
  // Of one name, √2 would be the radius, which is at most 1/2.
  Proof p({"between 0 1/2 1 0 1", "root -2 0 1 2", "ldl 1 2 0 1 1", "ldl 1 2 0 0 3/8"});
  const Number radius = p.facts.radius(halves(Mat(2, 2), matrix(2, 2, "1 0 0 1/2")), false);
  REQUIRE(p.facts.roots().size() == 2);
  for (size_t k = 0; k < 2; ++k) CHECK(p.facts.roots()[k].index == k + 1);
  CHECK(!(radius == Number(p.facts.roots()[0])));
  CHECK(radius == Number(p.facts.roots()[1]));
}

TEST_CASE("between: the spectral radius of S -> E[A S A'] is enclosed") {
  // A = 0 or diag(1, 1/2), each with probability 1/2: the radius is 1/2.
  const CongruenceSum t = halves(Mat(2, 2), matrix(2, 2, "1 0 0 1/2"));
  const auto between = [&](const Lines& lines) {
    Proof p(lines);
    const auto [low, high] = p.facts.radius(t, false).enclose();
    CHECK(p.script.finished());
    return istcheck::to_string(low) + " " + istcheck::to_string(high);
  };
  const std::string identity = "ldl 1 2 0 1 1";
  CHECK(between({"between 0 1/2 1 0 1", identity, "ldl 1 2 0 0 3/8"}) == "0 1/2");
  CHECK(between({"between 0 1 1 0 1", identity, "ldl 1 2 0 1/2 7/8"}) == "0 1");
  // R = e1 e1' is kept with the factor 1/2.
  CHECK(between({"between 1/2 1/2 1 0 1 1 0 0", identity, "ldl 1 2 0 0 3/8", "ldl 1 2 0 1 0",
                 "ldl 1 2 0 0 0"}) == "1/2 1/2");
  // R − T*(R)/low = I with low = 1/4: (1 − 2) R_11 = 1, so R is not definite.
  CHECK(between({"between 1/4 1 1 0 1 -1 0 2", identity, "ldl 1 2 0 1/2 7/8", "negative 1 0"}) ==
        "1/4 1");
  for (const Lines& bad : {
           Lines{"between 0 1/4 1 0 1", identity, "negative 1 0"},  // too low
           Lines{"between 0 1/2 1 0 0", "ldl 1 2 0 1 0"},           // P not definite
           Lines{"between 3/4 1 1 0 1 1 0 0", identity, "ldl 1 2 0 1/2 7/8", "ldl 1 2 0 1 0",
                 "negative 1 0"},
           Lines{"between 1/2 1 1 0 1 0 0 0", identity, "ldl 1 2 0 1/2 7/8", "ldl 1 2 0 0 0",
                 "ldl 1 2 0 0 0"},  // R = 0
           Lines{"between 3/4 1 1 0 1 3 0 6/5", identity, "ldl 1 2 0 1/2 7/8",
                 "ldl 1 2 0 3 6/5"},  // R definite
           Lines{"between 1/4 1 1 0 1 -1 0 3", identity, "ldl 1 2 0 1/2 7/8",
                 "negative 1 0"},                                            // no solution
           Lines{"between 1/4 1 1 0 1", identity, "ldl 1 2 0 1/2 7/8"},      // R is missing
           Lines{"between 0 1 1 0 1 1 0 0", identity, "ldl 1 2 0 1/2 7/8"},  // R for nothing
           Lines{"between 1 1/2 1 0 1 1 0 0"},
           Lines{"between -1 1 1 0 1"},
           Lines{"between 0 1 1 0"},
           Lines{"radius 1/2 1 1 0 1 0 1"},
       }) {
    CAPTURE(bad);
    CHECK_THROWS_AS(between(bad), Rejected);
  }
}

TEST_CASE("stationary and unstable: the limit of second moments") {
  // x+ = x/2 + 1 with noise 3/4: mean 2, second moment 1/4 m + 2 + 1 + 3/4 = m gives m = 5.
  const CongruenceSum calm = one(matrix(2, 2, "1/2 1 0 1")), wild = one(matrix(2, 2, "2 1 0 1"));
  const Mat noise = matrix(2, 2, "3/4 0 0 0");
  const auto limit = [&](const Lines& lines, const CongruenceSum& t) {
    Proof p(lines);
    const auto m = p.facts.stationary(t, noise);
    CHECK(p.script.finished());
    return m ? text(*m) : "none";
  };
  CHECK(limit({"stationary 5 2 1 1", "ldl 1 1", "ldl 1 3/4"}, calm) == "[5,2;2,1]");
  CHECK(limit({"unstable -1/3", "negative 1"}, wild) == "none");
  CHECK(limit({"unstable 1", "ldl 1 1", "ldl 1 3"}, wild) == "none");
  for (const Lines& bad : {
           Lines{"stationary 6 2 1 1", "ldl 1 1", "ldl 1 3/4"},
           Lines{"stationary 0 0 0 1", "ldl 1 1", "ldl 1 3/4"},
           Lines{"stationary 5 2 1 0", "ldl 1 0"},
           Lines{"stationary 5 2 1 -1", "negative 1"},
           Lines{"unstable 4/3", "ldl 1 4/3"},
           Lines{"unstable 1", "ldl 1 1", "negative 1"},
           Lines{"unstable 0", "ldl 1 0"},
           Lines{"unstable -1", "negative 1"},
           Lines{"stationary 5 2 1"},
       }) {
    CAPTURE(bad);
    CHECK_THROWS_AS(limit(bad, calm), Rejected);
  }
  // The fixed point of an unstable map is no limit: P − T0*(P) cannot be definite.
  CHECK_THROWS_AS(limit({"stationary 1/12 -1 1 1", "ldl 1 1", "negative 1"}, wild), Rejected);
}

TEST_CASE("inverse-root: the positive definite one") {
  const Mat l = matrix(2, 2, "4 0 0 1/9");
  const auto root = [&](const Lines& lines) {
    Proof p(lines);
    return text(p.facts.inverse_root(l));
  };
  CHECK(root({"inverse-root 1/2 0 3", "ldl 1 2 0 1/2 3"}) == "[1/2,0;0,3]");
  CHECK_THROWS_AS(root({"inverse-root 1/2 0 -3", "negative 0 1"}), Rejected);
  CHECK_THROWS_AS(root({"inverse-root 1/2 0 2", "ldl 1 2 0 1/2 2"}), Rejected);
  CHECK_THROWS_AS(root({"inverse-root 1/2 0"}), Rejected);
  CHECK_THROWS_AS(root({"inverse 1/2 0 0 3"}), Rejected);
}
