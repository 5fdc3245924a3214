// Surds with unknowns, taken apart as the polynomials that they are. Nothing here asks the
// Assumptions of the thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "dynamics/conjunction.hpp"

namespace istcheck::decision {

inline bool is_zero(const Surd& p) { return p.terms().empty(); }
inline bool is_number(const Surd& p) { return !p.has_unknowns(); }

/// Of a polynomial in one unknown, lowest degree first, the last one not zero; they may hold
/// others.
using Coefficients = std::vector<Surd>;
Coefficients coefficients_in(const Surd& p, unsigned unknown);
Surd value_of(const Coefficients& p, const Surd& x);

std::set<unsigned> unknowns_of(const Surd& p);
bool holds(const Surd& p, unsigned unknown);
Surd monomial(const UnknownPowers& powers);
Surd replaced(const Surd& p, unsigned unknown, const Surd& by);
Surd power_of(const Surd& p, unsigned exponent);

/// p = Σ monomial in some unknowns · coefficient that holds none of them.
std::map<UnknownPowers, Surd> parts_in(const Surd& p, const std::set<unsigned>& unknowns);
/// Of these the first with a monomial that is not 1; 0 with the monomial 1 when there is none.
std::pair<UnknownPowers, Surd> first_part_in(const Surd& p, const std::set<unsigned>& unknowns);
unsigned degree_in(const Surd& p, const std::set<unsigned>& unknowns);

/// Multiplied by the D of reciprocals until none is left; squares of roots replaced.
Surd cleared(Surd p, const std::vector<DefinedUnknown>& defined);
/// Squares of roots replaced.
Surd reduced(Surd p, const std::vector<DefinedUnknown>& defined);

/// Whether the sign of its polynomial makes a fact true.
constexpr bool is_fulfilled(Fact::Is is, int sign) {
  return is == Fact::Is::zero ? sign == 0 : is == Fact::Is::positive ? sign > 0 : sign >= 0;
}
/// The conjunction with a value, or a polynomial, in the place of an unknown.
Conjunction with(Conjunction c, unsigned unknown, const Surd& value);

/// The q with p = q d, where division tells it: d a number, or both polynomials in one unknown with
/// numbers as coefficients.
std::optional<Surd> quotient(const Surd& p, const Surd& d);

}  // namespace istcheck::decision
