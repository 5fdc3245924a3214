// The numbers of the checker: finite sums Σ q · r_1^e_1 r_2^e_2 … of rational multiples of powers
// of named real numbers r_i, the roots that the certificate declared.
//
// A root is known by a monic polynomial that it satisfies and by an interval that contains it.
// Sums, differences and products are computed term by term, powers reduced by the polynomial. So an
// empty sum is zero; a sum with terms is given a sign only when enclosures of the roots separate it
// from zero. Nothing here needs the roots to be independent, or their polynomials to be
// irreducible: where they are not, a sign may stay open, and whoever asked for it must give up.
#pragma once

#include <deque>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "exact/rational.hpp"

namespace istcheck::check {

/// A limit of the certificate or of the checker was passed, or a sign stayed open or was asked of
/// an iterate.
class Undecided : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What is evaluated depends on a variable of the claim that has no value now.
class NotChosen : public Undecided {
 public:
  using Undecided::Undecided;
};

struct Root {
  size_t index = 0;  ///< in its name, which is this after the letter: r1, r2, …
  /// Coefficients c_0 … c_{m−1} of the monic polynomial x^m + c_{m−1} x^{m−1} + … + c_0, or empty
  /// for a quantity that is only known to lie in [low, high].
  std::vector<Rational> relation;
  mutable Rational low, high;  ///< shrinks as digits are asked for
  bool free = false;   ///< an unknown that stands for all real numbers: no polynomial, no interval
  bool state = false;  ///< the same, for an entry of an iterate: nothing may ask for its sign
  char letter = 'r';   ///< u for unknowns beside declared roots, x for entries of iterates
  /// The polynomial's value.
  Rational at(const Rational& x) const;
  /// Halves the interval; false when no polynomial is known.
  bool refine() const;
};

using Interval = std::pair<Rational, Rational>;
/// The least interval with all products.
Interval times(const Interval& a, const Interval& b);

/// Powers of roots, ascending in the root's letter and index; empty for 1.
using Monomial = std::vector<std::pair<const Root*, unsigned>>;
struct ByIndex {
  bool operator()(const Monomial& a, const Monomial& b) const;
};

/// Which signs a number can have, as far as enclosures tell.
struct Signs {
  bool negative = false, zero = false, positive = false;
  bool known() const { return int(negative) + int(zero) + int(positive) == 1; }
};

class Number {
 public:
  Number() = default;
  Number(int value) : rational_(value) {}                  // NOLINT
  Number(Rational value) : rational_(std::move(value)) {}  // NOLINT
  explicit Number(const Root& root) { rest_[{{&root, 1U}}] = 1; }

  bool is_rational() const { return rest_.empty(); }
  const Rational& rational() const { return rational_; }  ///< the value only when is_rational()
  const std::map<Monomial, Rational, ByIndex>& rest() const { return rest_; }
  /// No term at all, so certainly zero. (A zero need not look like one.)
  bool vanishes() const { return rest_.empty() && rational_.is_zero(); }

  /// Adds q times a product of powers, each below the degree of its root's polynomial.
  void add_term(const Monomial& m, const Rational& q);
  friend Number operator+(const Number& a, const Number& b) { return a.plus(b, 1); }
  friend Number operator-(const Number& a, const Number& b) { return a.plus(b, -1); }
  friend Number operator*(const Number& a, const Number& b);
  Number operator-() const { return Number() - *this; }
  /// The same sum of terms.
  friend bool operator==(const Number& a, const Number& b) {
    return a.rational_ == b.rational_ && a.rest_ == b.rest_;
  }

  /// An interval that contains the number, from the present enclosures of its roots. Throws
  /// Undecided when one of them is free.
  Interval enclose() const;
  /// Refines the roots until one sign is left, for as many rounds as `halvings` allows.
  Signs signs(unsigned halvings) const;
  /// Whether enclosures show that it is not rational, within as many halvings of its roots.
  bool irrational(unsigned halvings) const;
  /// Throws Undecided when a numerator, denominator or the number of terms has grown beyond limits.
  void require_within(size_t bits, size_t terms) const;
  /// The c_j, free of the root, with x = Σ c_j root^j.
  std::map<unsigned, Number> powers_of(const Root& root) const;
  /// x with another number in the place of the root.
  Number with(const Root& root, const Number& value) const;
  /// Whether an entry of an iterate occurs.
  bool has_state() const;
  /// Whether an unknown or an entry of an iterate occurs: what has no enclosure.
  bool has_unknown() const;
  /// The c_m, free of the entries of iterates, with x = Σ c_m m over products m of such entries.
  std::map<Monomial, Number, ByIndex> by_state() const;

 private:
  Number plus(const Number& b, int sign) const;
  /// The enclosure when it is narrow enough, or after as many halvings of its roots.
  Interval narrowed(unsigned halvings, bool (*enough)(const Interval&, const Integer&),
                    const Integer& scale) const;
  Rational rational_;
  std::map<Monomial, Rational, ByIndex> rest_;  ///< no zero coefficients, exponents reduced
};

/// "3/7", "-1/2+3*r1-r1^2*r2": a rational part, then terms.
std::string text(const Number& x);
/// Reads what text() writes; nothing else, so that a number has one spelling. It may name r1, r2, …
/// and, where there are any, unknowns u1, u2, …. Throws std::invalid_argument.
Number parse_number(const std::string& word, const std::deque<Root>& roots,
                    const std::deque<Root>* unknowns = nullptr);
/// Reads a whole number above 0 without a sign or leading zeros. Throws std::invalid_argument.
size_t parse_index(const std::string& word);

}  // namespace istcheck::check
