// The spectral radius of a map of second moments with unknowns: it has no value here, but every
// comparison with it is one of signs.
#pragma once

#include "claim/value.hpp"

namespace istcheck::claim {

/// c_1, …, c_s of p(μ) = det((r + μ)I − map) = μ^s + c_1 μ^(s−1) + … + c_s. O(s) matrix products.
std::vector<Surd> shifted_coefficients(const SurdMatrix& map, const Surd& r);

/// Whether ρ < r (`strict`), or ρ <= r, for the spectral radius ρ of a linear map that maps the
/// positive semidefinite matrices to such, from its shifted_coefficients on their packed entries
/// (dynamics/operators.hpp). Asks the assumptions of this thread, one question for each at most.
/// docs/semantics.md 19.8.
///
/// The roots of p are λ − r for the eigenvalues λ. Claim: ρ < r exactly if all c_k > 0, and ρ <= r
/// exactly if all c_k >= 0. If ρ < r, every root has a real part below 0, so that p is a product of
/// factors μ + a and μ² + bμ + c with positive coefficients. If all c_k > 0, p has no root μ >= 0;
/// but ρ is an eigenvalue, because the map keeps a cone with interior (Krein and Rutman), so ρ − r
/// is a root, and is below 0. The same with >= 0 and no root μ > 0.
bool radius_below(const std::vector<Surd>& coefficients, bool strict);

}  // namespace istcheck::claim
