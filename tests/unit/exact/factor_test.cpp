#include "exact/factor.hpp"

#include <map>

#include "support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

using Terms = std::map<std::vector<unsigned>, Rational>;

Terms times(const Terms& a, const Multivariate& b) {
  Terms product;
  for (const auto& [e, c] : a)
    for (const auto& term : b) {
      auto exponents = e;
      for (size_t k = 0; k < exponents.size(); ++k) exponents[k] += term.exponents[k];
      product[exponents] += c * term.coefficient;
    }
  std::erase_if(product, [](const auto& t) { return t.second.is_zero(); });
  return product;
}

Multivariate list(const Terms& t) {
  Multivariate result;
  for (const auto& [e, c] : t) result.push_back({c, e});
  return result;
}

}  // namespace

TEST_CASE("factors of x y (x - 1/2) (x + y^2): each once, and their product is a multiple") {
  const Multivariate x{{1, {1, 0}}}, y{{1, {0, 1}}}, a{{1, {1, 0}}, {Rational(-1, 2), {0, 0}}},
      b{{1, {1, 0}}, {1, {0, 2}}};
  Terms p{{{0, 0}, Rational(3)}};
  for (const auto* f : {&x, &y, &a, &b}) p = times(p, *f);
  const auto factors = irreducible_factors(list(p));
  REQUIRE(factors.size() == 4);
  Terms product{{{0, 0}, Rational(1)}};
  for (const auto& f : factors) product = times(product, f);
  REQUIRE(product.size() == p.size());
  const Rational ratio = product.begin()->second / p.begin()->second;
  for (const auto& [e, c] : p) CHECK(product.at(e) == ratio * c);
  // A square counts once, and what is irreducible is its own factor.
  CHECK(irreducible_factors(list(times(times({{{0, 0}, 1}}, b), b))).size() == 1);
  CHECK(irreducible_factors({{2, {2, 0}}, {2, {0, 2}}}).size() == 1);
}

TEST_CASE("nothing to factor") {
  CHECK(irreducible_factors({}).empty());
  CHECK(irreducible_factors({{Rational(5, 3), {0, 0}}}).empty());
  CHECK_THROWS_AS(irreducible_factors({{1, {1}}, {1, {1, 1}}}), std::invalid_argument);
}
