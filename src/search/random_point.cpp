#include "search/random_point.hpp"

namespace istcheck::search {
namespace {

/// A positive semidefinite d × d matrix: G Gᵀ for a small integer G, with fewer columns than rows
/// (on the border of the cone) one time in three, plus a multiple of the identity one time in two.
RationalMatrix random_convex(Dice& dice, Index d) {
  const Index columns = d > 1 && dice.one_in(3) ? d - 1 : d;
  RationalMatrix G(d, columns);
  const int most = dice.one_in(2) ? 2 : 5;
  for (Index k = 0; k < G.size(); ++k) G.data()[k] = dice.below(2 * most + 1) - most;
  RationalMatrix L = G * G.transpose();
  if (dice.one_in(2)) L += RationalMatrix::Identity(d, d) * dice.positive(4);
  if (dice.one_in(3)) L = L.diagonal().eval().asDiagonal();
  return L * (dice.one_in(3) ? Rational(1, 4) : Rational(1));
}

/// The same with unit diagonal: I + t (S − I) for a matrix S with unit diagonal and entries of size
/// at most 1/(d − 1), which makes it diagonally dominant, or −1 … 1 for the caller to refuse.
RationalMatrix random_unit_diagonal(Dice& dice, Index d) {
  RationalMatrix L = RationalMatrix::Identity(d, d);
  const bool dominant = dice.one_in(2);
  for (Index j = 0; j < d; ++j) {
    for (Index k = j + 1; k < d; ++k) {
      const Rational c(dice.below(17) - 8, 8);
      L(j, k) = L(k, j) = dominant ? c / static_cast<int>(d - 1) : c;
    }
  }
  return L;
}

Rational random_coordinate(Dice& dice, Role role) {
  switch (role) {
    case Role::step:
      return dice.one_in(2) ? Rational(1, 1 + dice.below(16)) : dice.positive(8);
    case Role::noise:
      return dice.one_in(2) ? Rational(0) : dice.positive(4);
    case Role::integer:
      return dice.below(9) - 2;
    case Role::linear:
    case Role::start:
      return dice.one_in(3) ? Rational(0) : dice.fraction(6);
    default:
      return dice.fraction(dice.one_in(4) ? 40 : 6);
  }
}

}  // namespace

std::vector<Rational> random_point(Dice& dice, const Space& space) {
  std::vector<Rational> point;
  const Index d = space.shape().d;
  const bool unit = space.restriction().unit_diagonal;
  for (size_t i = 0; i < space.matrices(); ++i) {
    const RationalMatrix L = unit ? random_unit_diagonal(dice, d) : random_convex(dice, d);
    for (Index j = 0; j < d && !unit; ++j) point.push_back(L(j, j));
    for (Index j = 0; j < d && !space.restriction().diagonal; ++j) {
      for (Index k = j + 1; k < d; ++k) point.push_back(L(j, k));
    }
  }
  for (size_t k = point.size(); k < space.slots().size(); ++k)
    point.push_back(random_coordinate(dice, space.slots()[k].role));
  return point;
}

}  // namespace istcheck::search
