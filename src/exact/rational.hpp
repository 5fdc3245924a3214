// Rational numbers and containers of them.
//
// Rational is Boost.Multiprecision's gmp_rational without expression templates; it is always in
// lowest terms with a positive denominator, so equality is equality of values. Eigen stores these
// numbers and multiplies small matrices of them. It never decides anything: the epsilon() of an
// exact type is 0, so Eigen's rank, definiteness and eigenvalue routines mean nothing here.
#pragma once

#include <Eigen/Core>
#include <boost/multiprecision/eigen.hpp>
#include <boost/multiprecision/gmp.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "exact/products.hpp"

namespace istcheck {

using Integer =
    boost::multiprecision::number<boost::multiprecision::gmp_int, boost::multiprecision::et_off>;
using Rational = boost::multiprecision::number<boost::multiprecision::gmp_rational,
                                               boost::multiprecision::et_off>;

template <class S>
using Matrix = Eigen::Matrix<S, Eigen::Dynamic, Eigen::Dynamic>;
template <class S>
using Vector = Eigen::Matrix<S, Eigen::Dynamic, 1>;

using RationalMatrix = Matrix<Rational>;
using RationalVector = Vector<Rational>;

template <>
inline constexpr bool kHasProduct<Rational> = true;
template <>
RationalMatrix product<Rational>(const ProductFactor<Rational>& a,
                                 const ProductFactor<Rational>& b);

/// Number of significant digits of every decimal that istcheck prints.
inline constexpr int kDecimalDigits = 30;

/// Reads "3", "-7/4", "0.25", "-1.5e-3" exactly. Returns nothing when the text is none of these,
/// when a denominator is zero, or when the exponent exceeds 10000 in absolute value.
std::optional<Rational> parse_rational(std::string_view text);

/// "p/q" in lowest terms, or "p" when the denominator is 1.
std::string to_string(const Rational& x);

/// x to `digits` significant digits, rounded to nearest, ties to even; exact when x has no more
/// digits than that. Scientific notation only below 1e-6 and from 1e21 in absolute value.
std::string decimal(const Rational& x, int digits = kDecimalDigits);

/// -1, 0 or 1.
int sign(const Rational& x);

/// The nearest double, for guiding a search or for printing; never for a decision.
double approximate(const Rational& x);

/// The rational that equals the double x exactly. Throws std::domain_error for infinities and NaN.
Rational exactly(double x);

}  // namespace istcheck
