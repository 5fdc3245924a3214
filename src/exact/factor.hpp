// Factors of polynomials in several unknowns. FLINT does the work.
#pragma once

#include <vector>

#include "exact/rational.hpp"

namespace istcheck {

/// Σ coefficient · Π unknown_k^exponent_k; each term has as many exponents as there are unknowns.
struct MultivariateTerm {
  Rational coefficient;
  std::vector<unsigned> exponents;
};
using Multivariate = std::vector<MultivariateTerm>;

/// The irreducible factors over the rationals, each once and up to a constant, in FLINT's order;
/// none for a constant or where FLINT gives up. Throws std::invalid_argument for terms of different
/// lengths.
std::vector<Multivariate> irreducible_factors(const Multivariate& p);

}  // namespace istcheck
