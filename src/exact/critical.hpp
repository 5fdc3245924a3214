// Where the eigenvalues of a matrix that depends on a parameter can turn.
#pragma once

#include <optional>
#include <vector>

#include "exact/algebraic.hpp"
#include "exact/linalg.hpp"

namespace istcheck {

/// All γ in (low, high) at which an eigenvalue branch of T(γ) = A + γ B + γ² C may have a local
/// extremum, sorted: with p the squarefree part of det(λI − T(γ)), the real roots of the resultant
/// of p and ∂p/∂γ over λ. Nothing when that is zero, which means that some eigenvalue does not
/// depend on γ.
///
/// Let λ(γ) be continuous with p(λ(γ), γ) = 0 and an extremum at γ₀, and a real eigenvalue on both
/// sides. If ∂p/∂λ ≠ 0 there, λ is smooth and λ' = −(∂p/∂γ)/(∂p/∂λ) = 0. If ∂p/∂λ = 0 and ∂p/∂γ ≠
/// 0, the curve p = 0 near the point is the graph of a function γ(λ), which λ(γ) inverts on both
/// sides of γ₀; so γ(λ) is monotone, λ(γ) as well, and that is no extremum. Hence ∂p/∂γ = 0 in
/// every case.
std::optional<std::vector<Algebraic>> critical_parameters(const RationalMatrix& A,
                                                          const RationalMatrix& B,
                                                          const RationalMatrix& C,
                                                          const Rational& low,
                                                          const Rational& high);

}  // namespace istcheck
