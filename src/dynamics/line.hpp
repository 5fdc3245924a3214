// Signs of polynomials in one unknown, and in square roots of such, on the real line.
#pragma once

#include <optional>
#include <vector>

#include "dynamics/unknown_polynomials.hpp"
#include "exact/algebraic.hpp"

namespace istcheck::decision {

/// x as a number to compute with, beside the α of a field (or of no field: then perhaps with one of
/// its own). Nothing where that does not go.
std::optional<Surd> surd_of(const Algebraic& x, const Surd::Field& beside);

/// The real zeros of p, which is not zero, ascending. With irrational coefficients perhaps numbers
/// beside them that are so close to a zero that it stays open.
std::vector<Algebraic> zeros_of(const Coefficients& p);

/// Compared exactly, also when they are of different fields.
int compare_numbers(const Surd& a, const Surd& b);

/// The short fraction that lies strictly between, each end being infinite where it is missing.
Rational between(const std::optional<Algebraic>& low, const std::optional<Algebraic>& high);

/// The sign of a number p in roots of numbers (u² = e, u >= 0): from those of A, B and A² − B² e
/// for p = A + B u. With e < 0 nothing is known, and 0 is the answer.
int sign_of_number(const Surd& p, const std::vector<DefinedUnknown>& roots);

/// The polynomials without roots of whose signs that of p is made, zero ones left out.
void add_bases(const Surd& p, const std::vector<DefinedUnknown>& roots, std::vector<Surd>& bases);

}  // namespace istcheck::decision
