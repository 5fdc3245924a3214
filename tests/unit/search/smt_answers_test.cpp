#include "search/smt_answers.hpp"

#include <catch2/catch.hpp>

using namespace istcheck;
using namespace istcheck::search;

TEST_CASE("values as Z3 writes them") {
  const auto values = read_values(
      "((a 1.0)\n (|b c| (- (/ 1.0 2.0)))\n (r (root-obj (+ (^ x 2) (- 2)) 1))"
      " (s (root-obj (+ (^ x 3) (* 2 x) (- 1)) 1)))");
  REQUIRE(values.size() == 4);
  CHECK(values.at("a").number == Algebraic(Rational(1)));
  CHECK(values.at("b c").number == Algebraic(Rational(-1, 2)));
  CHECK(values.at("b c").text == "(- (/ 1.0 2.0))");
  CHECK(values.at("r").number.sign() < 0);
  CHECK(values.at("r").number.minimal_polynomial() == Polynomial{-2, 0, 1});
  CHECK(values.at("s").number.minimal_polynomial() == Polynomial{-1, 2, 0, 1});
}

TEST_CASE("what is no list of values is refused") {
  for (const char* text :
       {"", "(", ")", "((a 1.0)", "((a))", "((a 1.0 2.0))", "((a b))", "((a (/ 1.0 0.0)))",
        "((a (^ x 2)))", "((a (root-obj (+ (^ x 2) 2) 1)))", "((a (root-obj (- (^ x 2) 2) 3)))",
        "((a (root-obj (^ x 99999) 1)))", "((a (root-obj (^ x -1) 1)))", "((|a 1.0))",
        "((a (root-obj 5 1)))", "((a (sin 1.0)))"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(read_values(text), std::runtime_error);
  }
  CHECK_THROWS_AS(read_values(std::string(5000, '(')), std::runtime_error);
}

TEST_CASE("z3 answers; a refused text is an error, a limit is none") {
  const std::string x = "(set-logic QF_NRA)\n(declare-fun |x| () Real)\n(assert (= (* x x) 2))\n";
  const SmtAnswer found = run_z3(x, "(check-sat-using qfnra-nlsat)", {"x"}, 5000, 1024);
  REQUIRE(found.answer == "sat");
  CHECK(found.values.at("x").number.minimal_polynomial() == Polynomial{-2, 0, 1});
  CHECK(run_z3(x + "(assert (= x 1))\n", "(check-sat)", {"x"}, 5000, 1024).answer == "unsat");
  CHECK_THROWS_WITH(run_z3("(assert (= y 2))\n", "(check-sat)", {}, 5000, 1024),
                    Catch::Contains("Z3"));
  CHECK(run_z3(x, "(check-sat)", {"x"}, 5000, 1024, [] { return true; }).answer == "unknown");
}
