#include "search/case_numbers.hpp"

#include <stdexcept>

#include "exact/number_field.hpp"
#include "input/case_file.hpp"

namespace istcheck::search {
namespace {

/// The root of a quadratic polynomial as a sum of a rational number and a short square root.
std::optional<Surd> short_surd(const Algebraic& x) {
  if (x.is_rational()) return Surd(x.rational());
  const Polynomial p = x.minimal_polynomial();
  if (p.size() != 3) return std::nullopt;
  const Integer discriminant = p[1] * p[1] - 4 * p[0] * p[2];
  if (discriminant >= kRadicandsProduct) return std::nullopt;
  const Surd root = Surd::sqrt_of(Rational(discriminant)) / Surd(Rational(2 * p[2]));
  const Surd middle(Rational(Integer(-p[1]), Integer(2 * p[2])));
  return compare(x, Algebraic(middle)) < 0 ? middle - root : middle + root;
}

/// The numbers with short square roots whose product is short too.
std::optional<std::vector<Surd>> with_square_roots(const std::vector<Algebraic>& numbers) {
  std::vector<Surd> result;
  Integer radicands = 1;
  for (const Algebraic& x : numbers) {
    const auto surd = short_surd(x);
    if (!surd) return std::nullopt;
    for (const auto& term : surd->terms()) {
      if (term.first.radicand > kLargestRadicand) return std::nullopt;
      radicands *= term.first.radicand;
    }
    if (radicands >= kRadicandsProduct) return std::nullopt;
    result.push_back(*surd);
  }
  return result;
}

/// The numbers as polynomials in one of them, or in a sum of them.
std::vector<Surd> in_one_field(const std::vector<Algebraic>& numbers) {
  const CommonField common = common_field(numbers);
  const auto field = NumberField::of(common.alpha);
  std::vector<Surd> result;
  for (const Powers& powers : common.numbers) result.push_back(element_of(field, powers));
  return result;
}

}  // namespace

std::optional<std::vector<Surd>> as_case_numbers(const std::vector<Algebraic>& numbers) {
  try {
    if (auto surds = with_square_roots(numbers)) return surds;
    return in_one_field(numbers);
  } catch (const std::domain_error&) {
    return std::nullopt;
  }
}

}  // namespace istcheck::search
