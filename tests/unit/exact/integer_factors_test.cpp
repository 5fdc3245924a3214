#include "exact/integer_factors.hpp"

#include <thread>

#include "exact/thread_memory.hpp"
#include "support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

Integer multiplied(const std::vector<std::pair<Integer, unsigned>>& factors) {
  Integer product = 1;
  for (const auto& [p, times] : factors)
    for (unsigned k = 0; k < times; ++k) product *= p;
  return product;
}

Integer integer(const std::string& text) { return Integer(text); }

}  // namespace

TEST_CASE("integer factors: ascending primes with multiplicities") {
  using Factors = std::vector<std::pair<Integer, unsigned>>;
  CHECK(prime_factors(1).empty());
  CHECK(prime_factors(-12) == Factors{{2, 2}, {3, 1}});
  CHECK(prime_factors(97) == Factors{{97, 1}});
  CHECK_THROWS_AS(prime_factors(0), std::domain_error);
  // 2^64 + 13 is prime; its square times 45, and its product with 2^61 − 1.
  const Integer p = integer("18446744073709551629"), m = integer("2305843009213693951");
  CHECK(prime_factors(p) == Factors{{p, 1}});
  CHECK(prime_factors(p * p * 45) == Factors{{3, 2}, {5, 1}, {p, 2}});
  CHECK(prime_factors(p * m * 8) == Factors{{2, 3}, {m, 1}, {p, 1}});
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 200; ++k) {
    const Integer x(random.integer(1, 1L << 60U));
    const auto factors = prime_factors(x * x * 7);
    CHECK(multiplied(factors) == x * x * 7);
    for (const auto& [q, times] : factors)
      CHECK(prime_factors(q) == std::vector<std::pair<Integer, unsigned>>{{q, 1}});
  }
}

TEST_CASE("integer factors: what is too long to factor is refused") {
  // Two primes of 127 and 521 bits.
  const Integer a = (Integer(1) << 127U) - 1, b = (Integer(1) << 521U) - 1;
  CHECK(prime_factors(a) == std::vector<std::pair<Integer, unsigned>>{{a, 1}});
  const std::string spent = ": the budget 'bits of a prime' of 256 is spent";
  CHECK_THROWS_WITH(prime_factors(b), "a number of 521 bits is too long to factor" + spent);
  CHECK_THROWS_WITH(prime_factors(a * b), "a number of 648 bits is too long to factor" + spent);
  // Of 89 and 107 bits, which curves do not find.
  const Integer c = (Integer(1) << 89U) - 1, d = (Integer(1) << 107U) - 1;
  CHECK_THROWS_WITH(prime_factors(c * d * 10), "a number of 196 bits is too long to factor");
  CHECK(prime_factors(a * a * a * 6).back() == std::pair<Integer, unsigned>(a, 3));
}

// FLINT's quadratic sieve crashed two searching threads; nothing uses it any more.
TEST_CASE("integer factors: several threads factor long numbers at once") {
  const Integer p = integer("18446744073709551629"), q = integer("36893488147419103363");
  std::vector<std::thread> threads;
  std::vector<int> good(4, 0);
  for (size_t t = 0; t < good.size(); ++t)
    threads.emplace_back([&, t] {
      const ThreadMemory memory;
      for (int k = 0; k < 3; ++k)
        good[t] += multiplied(prime_factors(p * q + Integer(2 * k))) == p * q + Integer(2 * k);
    });
  for (auto& thread : threads) thread.join();
  CHECK(good == std::vector<int>(4, 3));
}
