// First and second moments of a random affine map: everything that dynamics asks of it.
#pragma once

#include <memory>
#include <stdexcept>

#include "model/affine_map.hpp"

namespace istcheck {

/// How expectations are computed. `automatic` takes the closed form where the map has one.
enum class Route { automatic, closed_form, enumeration };

/// The support is larger than the limit and the map has no closed form.
class TooManyOutcomes : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct MomentOptions {
  Route route = Route::automatic;
  Integer max_outcomes = 2'000'000;
};

/// Moments of Â (D × D, homogeneous coordinates, D = d + 1). S is Rational, or Surd when the sketch
/// has square roots.
template <class S>
class Moments {
 public:
  /// Closed form: push and pull prepare O(n) integer matrices when first called. Enumeration: one
  /// pass over all outcomes, memory O(d⁴) whatever their number. Throws TooManyOutcomes with the
  /// exact support size; std::invalid_argument when a closed form is demanded of a map that has
  /// none; std::domain_error when S = Rational and the sketch is irrational.
  Moments(const RandomAffineMap& map, const MomentOptions& options = {});
  ~Moments();
  Moments(Moments&&) noexcept;

  Index d() const;
  /// E Â, D × D.
  const Matrix<S>& mean() const;
  /// E N, d × d: the covariance that gradient noise adds to x⁺.
  const Matrix<S>& noise() const;
  /// E[Â M Âᵀ] for symmetric M (D × D). Closed form: O(n d³). Linear in M.
  Matrix<S> push(const Matrix<S>& m) const;
  /// E[Âᵀ M Â] for symmetric M (D × D): the adjoint of push.
  Matrix<S> pull(const Matrix<S>& m) const;
  bool closed_form() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// M with a zero last row and column appended: (d × d) to (D × D).
template <class S>
Matrix<S> bordered(const Matrix<S>& m);
/// The leading d × d block of a D × D matrix.
template <class S>
Matrix<S> linear_part(const Matrix<S>& m);

}  // namespace istcheck
