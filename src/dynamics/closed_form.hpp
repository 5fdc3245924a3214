// Moments of selection sketches in closed form. Private to dynamics/.
#pragma once

#include <map>
#include <memory>

#include "model/affine_map.hpp"

namespace istcheck {

/// Σ_r √r M_r over squarefree r.
using RadicalMatrix = std::map<Integer, RationalMatrix>;

/// E of Σ_i Σ_t √radicand P_i^{left} G P_i^{right}; G square of any size.
RadicalMatrix mean_of_terms(const SelectionLaw& law,
                            const std::vector<std::vector<SelectionTerm>>& terms);

/// E[X M Xᵀ] for X = K + Σ_i Σ_t √radicand P_i^{left} G_it P_i^{right}. The derivation stands in
/// closed_form.cpp. Building: O(n D²). Each push: O(n) products of D × D integer matrices.
class ClosedForm {
 public:
  /// `transposed` takes Xᵀ in the place of X, so that push gives E[Xᵀ M X].
  ClosedForm(const RandomAffineMap& map, bool transposed);
  ~ClosedForm();
  /// M symmetric, D × D.
  RadicalMatrix push(const RationalMatrix& m) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace istcheck
