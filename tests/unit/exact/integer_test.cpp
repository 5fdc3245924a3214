#include "exact/integer.hpp"

#include <limits>
#include <sstream>

#include "support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

/// Of up to about 200 bits, either sign, zero at times.
Integer some_integer(Random& random) {
  Integer x = random.integer(-5, 5);
  for (long k = random.integer(0, 6); k > 0; --k) x = x * 2147483647 + random.integer(-1000, 1000);
  return x;
}

}  // namespace

TEST_CASE("integers: the laws of a ring, and division with remainder") {
  Random random;
  INFO(random.seed());
  for (int repeat = 0; repeat < 200; ++repeat) {
    const Integer a = some_integer(random), b = some_integer(random), c = some_integer(random);
    CAPTURE(a, b, c);
    CHECK((a + b) * c == a * c + b * c);
    CHECK(a - b == -(b - a));
    CHECK((a * b) * c == a * (b * c));
    CHECK(Integer(a.str()) == a);
    CHECK(abs(a) == (a < 0 ? -a : a));
    CHECK((a < b) == (b - a > 0));
    CHECK((a << 7) == a * 128);
    CHECK(((a << 7) >> 7) == a);
    CHECK(bit_length(a) == (a == 0 ? 0 : static_cast<long>(msb(a)) + 1));
    if (b == 0) {
      CHECK_THROWS_AS(a / b, std::overflow_error);
      CHECK_THROWS_AS(a % b, std::overflow_error);
      continue;
    }
    Integer quotient, remainder;
    divide_qr(a, b, quotient, remainder);
    CHECK(quotient * b + remainder == a);
    CHECK(abs(remainder) < abs(b));
    CHECK(remainder * a >= 0);  // the sign of the dividend
    CHECK(a / b == quotient);
    CHECK(a % b == remainder);
    const Integer g = gcd(a, b);
    CHECK(g > 0);
    CHECK(a % g == 0);
    CHECK(g * lcm(a, b) == abs(a * b));
    const Integer root = sqrt(abs(a));
    CHECK(root * root <= abs(a));
    CHECK((root + 1) * (root + 1) > abs(a));
    CHECK(powm(a, 3, abs(b)) == ((a * a * a) % abs(b) + abs(b)) % abs(b));
  }
  CHECK(pow(Integer(-3), 5) == -243);
  CHECK(pow(Integer(0), 0) == 1);
}

TEST_CASE("integers: words of every kind go in and come out, or are refused") {
  CHECK(static_cast<long>(Integer(std::numeric_limits<long>::min())) ==
        std::numeric_limits<long>::min());
  CHECK(static_cast<unsigned long>(Integer(std::numeric_limits<unsigned long>::max())) ==
        std::numeric_limits<unsigned long>::max());
  CHECK(Integer(std::numeric_limits<unsigned long>::max()) > std::numeric_limits<long>::max());
  CHECK_THROWS_AS(static_cast<long>(Integer(std::numeric_limits<unsigned long>::max())),
                  std::overflow_error);
  CHECK_THROWS_AS(static_cast<unsigned>(Integer(-1)), std::overflow_error);
  CHECK_THROWS_AS(static_cast<int>(Integer(1) << 31), std::overflow_error);
  CHECK(static_cast<int>(-(Integer(1) << 31)) == std::numeric_limits<int>::min());
  for (const char* text : {"", "-", "+1", "1.5", "0x10", "seven"})
    CHECK_THROWS_AS(Integer(text), std::invalid_argument);
  CHECK_THROWS_AS(sqrt(Integer(-1)), std::domain_error);
  CHECK_THROWS_AS(msb(Integer(0)), std::domain_error);
  std::ostringstream out;
  out << Integer(-12) << " " << pow(Integer(10), 20);
  CHECK(out.str() == "-12 100000000000000000000");
}

TEST_CASE("integers: copies are independent, and what was moved from can be used again") {
  Integer a = pow(Integer(7), 40), b = a;
  b += 1;
  CHECK(b - a == 1);
  Integer c = std::move(a);
  a = 5;  // NOLINT(bugprone-use-after-move)
  CHECK(c == b - 1);
  CHECK(a == 5);
  const Integer& same = b;
  b = same;
  CHECK(b == c + 1);
  b.swap(c);
  CHECK(c == b + 1);
}
