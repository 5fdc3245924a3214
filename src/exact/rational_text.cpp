#include "exact/rational.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <stdexcept>

namespace istcheck {
namespace {

bool all_digits(std::string_view text) {
  if (text.empty()) return false;
  for (char c : text)
    if (c < '0' || c > '9') return false;
  return true;
}

Integer power_of_ten(unsigned exponent) { return pow(Integer(10), exponent); }

/// Digits only, no sign.
std::optional<Integer> parse_digits(std::string_view text) {
  if (!all_digits(text)) return std::nullopt;
  // A leading zero would make the library read octal.
  const auto first = text.find_first_not_of('0');
  return first == std::string_view::npos ? Integer(0) : Integer(std::string(text.substr(first)));
}

/// "12", "12.5", ".5", "3e-4" without sign.
std::optional<Rational> parse_decimal(std::string_view text) {
  long exponent = 0;
  if (const auto e = text.find_first_of("eE"); e != std::string_view::npos) {
    std::string_view digits = text.substr(e + 1);
    const bool negative = !digits.empty() && digits.front() == '-';
    if (!digits.empty() && (digits.front() == '-' || digits.front() == '+'))
      digits.remove_prefix(1);
    if (!all_digits(digits) || digits.size() > 5) return std::nullopt;
    exponent = std::stol(std::string(digits));
    if (exponent > 10000) return std::nullopt;
    if (negative) exponent = -exponent;
    text = text.substr(0, e);
  }
  std::string digits(text);
  if (const auto dot = text.find('.'); dot != std::string_view::npos) {
    digits.erase(dot, 1);
    exponent -= static_cast<long>(text.size() - dot - 1);
  }
  const auto mantissa = parse_digits(digits);
  if (!mantissa) return std::nullopt;
  const Integer scale = power_of_ten(static_cast<unsigned>(std::abs(exponent)));
  return exponent < 0 ? Rational(*mantissa, scale) : Rational(Integer(*mantissa * scale));
}

/// round(x) for x >= 0, ties to even.
Integer round_to_even(const Rational& x) {
  const Integer num = numerator(x), den = denominator(x);
  Integer quotient, remainder;
  divide_qr(num, den, quotient, remainder);
  const Integer twice = remainder * 2;
  if (twice > den || (twice == den && quotient % 2 != 0)) ++quotient;
  return quotient;
}

/// The e with 10^e <= x < 10^(e+1), for x > 0.
long decimal_exponent(const Rational& x) {
  const auto bits = [](const Integer& v) { return static_cast<long>(msb(v)); };
  auto e = static_cast<long>(
      std::floor(static_cast<double>(bits(numerator(x)) - bits(denominator(x))) * 0.30103));
  const auto power = [](long k) {
    const Integer p = power_of_ten(static_cast<unsigned>(std::abs(k)));
    return k < 0 ? Rational(Integer(1), p) : Rational(p);
  };
  while (power(e) > x) --e;
  while (power(e + 1) <= x) ++e;
  return e;
}

}  // namespace

std::optional<Rational> parse_rational(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  std::optional<Rational> value;
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    const auto num = parse_digits(text.substr(0, slash));
    const auto den = parse_digits(text.substr(slash + 1));
    if (!num || !den || *den == 0) return std::nullopt;
    value = Rational(*num, *den);
  } else {
    value = parse_decimal(text);
  }
  if (value && negative) value = -*value;
  return value;
}

std::string to_string(const Rational& x) { return x.str(); }

std::string decimal(const Rational& x, int digits) {
  if (x == 0) return "0";
  const Rational magnitude = abs(x);
  long e = decimal_exponent(magnitude);
  const auto scaled = [&](long exponent) {
    const long shift = digits - 1 - exponent;
    const Integer p = power_of_ten(static_cast<unsigned>(std::abs(shift)));
    return shift < 0 ? Rational(magnitude / Rational(p)) : Rational(magnitude * Rational(p));
  };
  Integer mantissa = round_to_even(scaled(e));
  if (mantissa == power_of_ten(static_cast<unsigned>(digits))) {  // 9.99… rounded up
    ++e;
    mantissa = round_to_even(scaled(e));
  }
  std::string text = mantissa.str();
  const bool scientific = e < -6 || e >= 21;
  const long point = scientific ? 1 : e + 1;  // digits before the decimal point
  if (point <= 0) text.insert(0, static_cast<size_t>(1 - point), '0');
  const auto before = static_cast<size_t>(std::max(point, 1L));
  if (text.size() < before) text.append(before - text.size(), '0');
  std::string fraction = text.substr(before);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  std::string result = (x < 0 ? "-" : "") + text.substr(0, before);
  if (!fraction.empty()) result += "." + fraction;
  if (scientific) result += "e" + std::to_string(e);
  return result;
}

int sign(const Rational& x) { return x.sign(); }

double approximate(const Rational& x) {
  // GMP rounds towards zero, so the nearest double is this one or the next away from zero.
  const double inner = mpq_get_d(x.raw());
  if (!std::isfinite(inner)) return inner;
  const double outer = std::nextafter(inner, x < 0 ? -HUGE_VAL : HUGE_VAL);
  if (!std::isfinite(outer)) return inner;
  const Rational twice = abs(x) * 2, middle = abs(exactly(inner)) + abs(exactly(outer));
  if (twice != middle) return twice < middle ? inner : outer;
  return std::bit_cast<std::uint64_t>(inner) % 2 == 0 ? inner : outer;  // a tie, to even
}

Rational exactly(double x) {
  if (!std::isfinite(x))
    throw std::domain_error("a double that is not finite is no rational number");
  Rational result;
  mpq_set_d(result.raw(), x);
  return result;
}

}  // namespace istcheck
