#include "exact/rational.hpp"

#include <cmath>
#include <limits>

#include "support.hpp"

using namespace istcheck;
using namespace istcheck::test;

TEST_CASE("rational: texts that are numbers are read exactly") {
  struct Example {
    const char* text;
    Rational value;
  };
  const Example examples[] = {
      {"3", 3},
      {"-7/4", Rational(-7, 4)},
      {"+7/4", Rational(7, 4)},
      {"0.25", Rational(1, 4)},
      {"-1.5e-3", Rational(-3, 2000)},
      {"1e5", 100000},
      {"1E+5", 100000},
      {".5", Rational(1, 2)},
      {"1.", 1},
      {"-.5e1", -5},
      {"007", 7},
      {"010/08", Rational(5, 4)},  // no octal
      {"0/5", 0},
      {"-0", 0},
      {"0.000", 0},
      {"0e10000", 0},
      {"12345678901234567890123456789/3", q("4115226300411522630041152263")},
      {"0.1", Rational(1, 10)},
      {"00012.3400", Rational(617, 50)},
  };
  for (const Example& e : examples) {
    CAPTURE(e.text);
    const auto value = parse_rational(e.text);
    REQUIRE(value.has_value());
    CHECK(*value == e.value);
  }
  CHECK(*parse_rational("1e10000") == Rational(pow(Integer(10), 10000)));
  CHECK(*parse_rational("1e-10000") * *parse_rational("1e10000") == 1);
}

TEST_CASE("rational: texts that are not numbers are refused") {
  for (const char* text :
       {"",        "+",     "-",     ".",        "/",        "1/0",
        "0/0",     "1/-2",  "1/+2",  "1/",       "/2",       "--1",
        "+-1",     "-+1",   "1e",    "1e+",      "e5",       ".e5",
        "1e5.0",   "1.2.3", "1..2",  "1e10001",  "1e-10001", "1e999999999999999999999",
        "1e99999", "1/2/3", "1.5/2", "1/2.5",    "1e2/3",    " 1",
        "1 ",      "1 /2",  "0x10",  "1,5",      "inf",      "nan",
        "1_000",   "one",   "1/2e3", "\xc2\xbd", "1e5e5",    "1e--5",
        "-",       "1.-5",  "1-",    "1.e"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_rational(text).has_value());
  }
  CHECK_FALSE(parse_rational(std::string_view("1\0", 2)).has_value());
}

TEST_CASE("rational: text is lowest terms, and reading it gives the number back") {
  CHECK(to_string(Rational(Integer(6), Integer(-4))) == "-3/2");
  CHECK(to_string(Rational(6, 3)) == "2");
  CHECK(to_string(Rational(0, 7)) == "0");
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 200; ++k) {
    const Rational x = random.long_rational(random.small(1, 300));
    CHECK(*parse_rational(to_string(x)) == x);
  }
}

TEST_CASE("rational: decimals, known ones") {
  CHECK(decimal(Rational(0)) == "0");
  CHECK(decimal(Rational(1, 3), 5) == "0.33333");
  CHECK(decimal(Rational(2, 3), 5) == "0.66667");
  CHECK(decimal(Rational(-2, 3), 5) == "-0.66667");
  CHECK(decimal(q("9.99"), 2) == "10");
  CHECK(decimal(q("9.95"), 2) == "10");   // 99.5 is a tie: even is 100
  CHECK(decimal(q("9.85"), 2) == "9.8");  // 98.5 is a tie: even is 98
  CHECK(decimal(q("9.75"), 2) == "9.8");
  CHECK(decimal(q("0.5"), 1) == "0.5");
  CHECK(decimal(q("0.25"), 1) == "0.2");
  CHECK(decimal(q("0.35"), 1) == "0.4");
  CHECK(decimal(q("0.3500001"), 1) == "0.4");
  CHECK(decimal(q("0.2500001"), 1) == "0.3");
  CHECK(decimal(q("9.5"), 1) == "10");
  CHECK(decimal(q("8.5"), 1) == "8");
  CHECK(decimal(q("999999.5"), 6) == "1000000");
  CHECK(decimal(q("0.000001"), 3) == "0.000001");
  CHECK(decimal(q("0.0000009999"), 3) == "0.000001");  // 1.00e-6 after rounding
  CHECK(decimal(q("0.0000009994"), 3) == "9.99e-7");
  CHECK(decimal(q("1e20"), 3) == "100000000000000000000");
  CHECK(decimal(q("1e21"), 3) == "1e21");
  CHECK(decimal(q("999999999999999999999"), 3) == "1e21");
  CHECK(decimal(q("-1.25e-5000"), 30) == "-1.25e-5000");
  CHECK(decimal(q("1.25e5000"), 2) == "1.2e5000");
  CHECK(decimal(q("123456789"), 3) == "123000000");
  CHECK(decimal(q("100"), 30) == "100");
  CHECK(decimal(Rational(1, 8)) == "0.125");
}

TEST_CASE("rational: decimals are nearest, ties to even, never longer than asked") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 400; ++k) {
    const int digits = random.small(1, 40);
    const Rational x =
        random.long_rational(random.small(1, 120)) * power(10, random.small(-40, 40));
    const std::string text = decimal(x, digits);
    CAPTURE(x, digits, text);
    const auto shown = parse_rational(text);
    REQUIRE(shown.has_value());
    // One unit of the last of `digits` digits of x.
    int e = 0;
    while (power(10, e + 1) <= abs(x)) ++e;
    while (power(10, e) > abs(x)) --e;
    const Rational unit = power(10, e - digits + 1);
    CHECK(abs(*shown - x) * 2 <= unit);
    const Rational in_units = *shown / unit;
    REQUIRE(denominator(in_units) == 1);
    if (abs(*shown - x) * 2 == unit) CHECK(numerator(in_units) % 2 == 0);
  }
}

TEST_CASE("rational: half-way numbers go to even digits at every length") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 100; ++k) {
    const int digits = random.small(1, 25);
    const Integer mantissa =
        pow(Integer(10), static_cast<unsigned>(digits - 1)) + random.integer(0, 8);
    const int exponent = random.small(-30, 30);
    const Rational tie = (Rational(mantissa) + Rational(1, 2)) * power(10, exponent);
    const Rational expected =
        Rational(mantissa % 2 == 0 ? mantissa : Integer(mantissa + 1)) * power(10, exponent);
    CAPTURE(tie, digits);
    CHECK(*parse_rational(decimal(tie, digits)) == expected);
  }
}

TEST_CASE("rational: sign, and doubles in both directions") {
  CHECK(sign(Rational(-1, 7)) == -1);
  CHECK(sign(Rational(0)) == 0);
  CHECK(sign(Rational(1, 7)) == 1);
  CHECK(exactly(0.1) == q("3602879701896397/36028797018963968"));
  CHECK(exactly(-0.0) == 0);
  CHECK(exactly(std::numeric_limits<double>::denorm_min()) == power(2, -1074));
  CHECK_THROWS_AS(exactly(std::numeric_limits<double>::infinity()), std::domain_error);
  CHECK_THROWS_AS(exactly(-std::numeric_limits<double>::infinity()), std::domain_error);
  CHECK_THROWS_AS(exactly(std::numeric_limits<double>::quiet_NaN()), std::domain_error);
}

TEST_CASE("rational: approximate is the nearest double") {
  CHECK(approximate(Rational(1, 10)) == 0.1);  // truncation would give the double below
  CHECK(approximate(Rational(-1, 10)) == -0.1);
  CHECK(approximate(Rational(0)) == 0);
  CHECK(approximate(power(2, 1023)) == std::ldexp(1.0, 1023));
  CHECK(approximate(power(2, -1074)) == std::ldexp(1.0, -1074));
  CHECK(approximate(power(10, 400)) == std::numeric_limits<double>::infinity());
  CHECK(approximate(-power(10, 400)) == -std::numeric_limits<double>::infinity());
  CHECK(approximate(power(10, -400)) == 0);
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 300; ++k) {
    const Rational x = random.long_rational(random.small(1, 150));
    const double y = approximate(x);
    CAPTURE(x, y);
    const Rational error = abs(exactly(y) - x);
    CHECK(error <= abs(exactly(std::nextafter(y, HUGE_VAL)) - x));
    CHECK(error <= abs(exactly(std::nextafter(y, -HUGE_VAL)) - x));
  }
}
