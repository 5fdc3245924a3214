// Number fields Q(α), for an irrational real algebraic number α.
//
// A field is held by α. Its elements are polynomials in α of degree below that of α, written by
// their coefficients, lowest first.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "exact/algebraic.hpp"

namespace istcheck {

/// c_0 + c_1 α + …; trailing zeros are left out.
using Powers = std::vector<Rational>;

class NumberField {
 public:
  static constexpr size_t kLeastDegree = 2, kMostDegree = 16;

  /// Q(α). The same object for equal α, from any thread. Throws std::domain_error when the degree
  /// is not from kLeastDegree to kMostDegree, or when its discriminant has very many prime factors.
  /// Tells the Assumptions of the thread the work.
  static std::shared_ptr<const NumberField> of(const Algebraic& alpha);

  size_t degree() const { return minimal_.size() - 1; }
  /// The minimal polynomial of α: irreducible, primitive, positive leading coefficient.
  const Polynomial& minimal_polynomial() const { return minimal_; }
  /// An isolating interval of α, of width at most 2^-bits. For any number of threads.
  std::pair<Rational, Rational> enclose(long bits) const;
  /// α, to compute with.
  Algebraic generator() const;

  /// α^k for k <= 2 degree − 2.
  const Powers& power(size_t k) const { return powers_.at(k); }

  /// √radicand = root(α): a square root that lies in the field.
  struct Square {
    Integer radicand;  ///< squarefree, above 1
    Powers root;
  };
  /// All of them whose radicand is coprime to unfactored(); none when the degree is odd.
  const std::vector<Square>& squares() const { return squares_; }
  /// What is left of a discriminant where factoring it would take long, else 1.
  const Integer& unfactored() const { return unfactored_; }

 private:
  explicit NumberField(const Algebraic& alpha);
  Polynomial minimal_;
  std::vector<Powers> powers_;
  std::vector<Square> squares_;
  Integer unfactored_ = 1;
  mutable std::mutex refining_;
  mutable Algebraic alpha_;  // its interval shrinks
};

/// Σ powers[k] α^k as a number to compute with.
Surd element_of(const std::shared_ptr<const NumberField>& field, const Powers& powers);

/// x as a polynomial in α, when it lies in Q(α). Throws std::domain_error when that stays open and
/// the degrees are large.
std::optional<Powers> in_powers_of(const Algebraic& alpha, const Algebraic& x);

/// Some numbers in one field. Throws std::domain_error when its degree passes
/// NumberField::kMostDegree on the way.
struct CommonField {
  Algebraic alpha;              ///< 0 when all are rational; one of the numbers where one generates
  std::vector<Powers> numbers;  ///< each as a polynomial in α
};
CommonField common_field(const std::vector<Algebraic>& numbers);

}  // namespace istcheck
