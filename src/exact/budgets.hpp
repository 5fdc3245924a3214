// The budgets of an evaluation: fixed counts, the same on every machine. What passes one is
// undecided, with the budget's name (docs/semantics.md 12.1). docs/manual.md lists them.
#pragma once

#include <string>

namespace istcheck::budget {

struct Budget {
  const char* name;
  long most;
};

inline constexpr Budget kWhole{"whole numbers", 1'000'000};  ///< as an index, end of a range, k
inline constexpr Budget kExponent{"exponents", 10'000};      ///< in absolute value
inline constexpr Budget kBits{"bits", 1'000'000};            ///< of a numerator or denominator
inline constexpr Budget kPasses{"passes", 1'000'000};        ///< of all loops, at one choice
inline constexpr Budget kChoices{"choices", 20'000};     ///< of the variables, and values of one
inline constexpr Budget kRounds{"rounds", 10'000};       ///< k of x[k] and gamma[k]
inline constexpr Budget kRoots{"square roots", 8};       ///< primes under the roots of a divisor
inline constexpr Budget kUnknowns{"unknowns", 2'000};    ///< of an equation in a symmetric matrix
inline constexpr Budget kDegree{"degree", 32};           ///< of a number whose root is taken
inline constexpr Budget kPrime{"bits of a prime", 256};  ///< under a root, to be written with it
inline constexpr Budget kTerms{"terms", 20'000};         ///< of a polynomial in the variables
inline constexpr Budget kProducts{"products of terms", 500'000};  ///< for all values, on a case
inline constexpr Budget kWays{"ways", 2'000};  ///< of how signs may be, for all values of variables
inline constexpr Budget kMargin{"margins", 128};  ///< rows of matrices whose margin is looked for
inline constexpr Budget kCompared{"bits of a comparison", 131'072};

inline std::string spent(const Budget& b) {
  return std::string("the budget '") + b.name + "' of " + std::to_string(b.most) + " is spent";
}

}  // namespace istcheck::budget
