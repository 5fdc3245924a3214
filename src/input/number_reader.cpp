#include "input/number_reader.hpp"

namespace istcheck {

namespace {
constexpr size_t kLeastDegree = 2, kMostDegree = 16;
}

/// The coefficient of the product of roots that is read now; they are refused where there is
/// none.
Rational NumberReader::number(const Node& node) {
  if (node.kind != Node::Kind::table || !part_) {
    const Rational value = rational(node);
    return !part_ || part_->is_one() ? value : Rational(0);
  }
  only(node, {"surd", "alpha", "decimal"});
  const Node *surd = node.find("surd"), *alpha = node.find("alpha");
  if (surd == nullptr && alpha == nullptr)
    fail_at(node,
            "expected { surd = [[coefficient, number under the root], …] } or { alpha = "
            "[coefficients of 1, alpha, alpha^2, …] }");
  std::map<Irrational, Rational> sum;
  if (surd != nullptr) add_roots(*surd, sum);
  if (alpha != nullptr) add_powers(*alpha, sum);
  for (const auto& [b, q] : sum) {
    if (b.is_one() || q == 0) continue;
    if (roots_ != Roots::taken) refuse_irrational(node);
    found_.insert(b);
  }
  const auto own = sum.find(*part_);
  return own == sum.end() ? Rational(0) : own->second;
}

void NumberReader::refuse_irrational(const Node& node) const {
  fail_at(node,
          "irrational numbers may stand in cases, and not here; expected an exact number such as "
          "3, \"-1/2\" or \"0.25\"");
}

void NumberReader::add_roots(const Node& terms, std::map<Irrational, Rational>& sum) const {
  expect(terms, Node::Kind::array, "a list of pairs [coefficient, number under the root]");
  for (const Node& term : terms.items) {
    expect(term, Node::Kind::array, "a pair [coefficient, number under the root]");
    if (term.items.size() != 2)
      fail_at(term, "expected a pair [coefficient, number under the root]");
    const Integer radicand = squarefree(term.items[1]);
    if (!sum.emplace(Irrational{radicand, 0}, rational(term.items[0])).second)
      fail_at(term, "sqrt(" + radicand.str() + ") stands here twice");
  }
}

void NumberReader::add_powers(const Node& powers, std::map<Irrational, Rational>& sum) const {
  expect(powers, Node::Kind::array, "the coefficients of 1, alpha, alpha^2, …");
  if (degree_ == 0)
    fail_at(powers, "alpha is not declared: expected a table [alpha] with poly and interval");
  if (powers.items.size() > degree_)
    fail_at(powers.items[degree_], "alpha has degree " + std::to_string(degree_) +
                                       ", so higher powers of it are sums of lower ones");
  for (size_t k = 0; k < powers.items.size(); ++k)
    sum[{1, static_cast<unsigned>(k)}] += rational(powers.items[k]);
}

Alpha NumberReader::read_alpha(const Node& node) {
  if (roots_ != Roots::taken) refuse_irrational(node);
  expect(node, Node::Kind::table, "a table [alpha] with poly and interval");
  only(node, {"poly", "interval", "decimal"});
  const Node& poly = required(node, "poly", "coefficients, lowest degree first");
  expect(poly, Node::Kind::array, "a list of whole numbers");
  Alpha alpha;
  for (const Node& item : poly.items) {
    const Rational c = rational(item);
    if (denominator(c) != 1) fail_at(item, "expected a whole number, found " + to_string(c));
    alpha.polynomial.push_back(numerator(c));
  }
  const size_t terms = alpha.polynomial.size();
  if (terms < kLeastDegree + 1 || terms > kMostDegree + 1 || alpha.polynomial.back() == 0)
    fail_at(poly, "expected a polynomial of degree " + std::to_string(kLeastDegree) + " to " +
                      std::to_string(kMostDegree));
  const Node& interval = required(node, "interval", "two numbers around the root");
  expect(interval, Node::Kind::array, "two numbers around the root");
  if (interval.items.size() != 2) fail_at(interval, "expected two numbers around the root");
  alpha.low = rational(interval.items[0]);
  alpha.high = rational(interval.items[1]);
  if (alpha.low >= alpha.high) fail_at(interval, "the interval is empty");
  degree_ = terms - 1;
  return alpha;
}

void NumberReader::require_short_roots(const Node& node) const {
  Integer product = 1;
  for (const Irrational& b : found_) product *= b.radicand;
  if (product >= kRadicandsProduct)
    fail_at(node, "the numbers under square roots multiply to " + product.str() +
                      ", which is not below 2^62");
}

Integer NumberReader::squarefree(const Node& node) const {
  const int r = integer(node, 1, kLargestRadicand, "the number under a square root");
  for (int k = 2; k <= r / k; ++k)
    if (r % (k * k) == 0)
      fail_at(node, std::to_string(r) + " under the root is divisible by the square of " +
                        std::to_string(k) + "; take that out of the root");
  return r;
}

}  // namespace istcheck
