#include <array>
#include <bit>

#include "cert/format.hpp"
#include "exact/rational.hpp"

namespace istcheck::cert {
namespace {

using Words = std::array<std::uint32_t, 8>;

/// The first 32 bits of the fractional part of p^(1/k): floor(2^32 p^(1/k)) mod 2^32, bit by bit.
std::uint32_t fraction_of_root(unsigned prime, unsigned k) {
  const Integer bound = Integer(prime) << (32 * k);
  Integer root = 0;
  for (unsigned bit = 37; bit-- > 0;) {
    const Integer tried = root + (Integer(1) << bit);
    if (pow(tried, k) <= bound) root = tried;
  }
  return static_cast<std::uint32_t>(root % (Integer(1) << 32));
}

/// Cube roots of the first 64 primes, and square roots of the first 8.
struct Constants {
  std::array<std::uint32_t, 64> round;
  Words start;
};

const Constants& constants() {
  static const Constants c = [] {
    Constants made{};
    size_t count = 0;
    for (unsigned p = 2; count < 64; ++p) {
      bool prime = true;
      for (unsigned q = 2; q * q <= p; ++q) prime = prime && p % q != 0;
      if (!prime) continue;
      if (count < 8) made.start[count] = fraction_of_root(p, 2);
      made.round[count++] = fraction_of_root(p, 3);
    }
    return made;
  }();
  return c;
}

void digest_block(Words& h, const unsigned char* block) {
  std::array<std::uint32_t, 64> w{};
  for (size_t t = 0; t < 16; ++t) {
    w[t] = std::uint32_t(block[4 * t]) << 24U | std::uint32_t(block[4 * t + 1]) << 16U |
           std::uint32_t(block[4 * t + 2]) << 8U | std::uint32_t(block[4 * t + 3]);
  }
  for (size_t t = 16; t < 64; ++t) {
    const std::uint32_t a = w[t - 15], b = w[t - 2];
    w[t] = w[t - 16] + w[t - 7] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ (a >> 3U)) +
           (std::rotr(b, 17) ^ std::rotr(b, 19) ^ (b >> 10U));
  }
  Words s = h;
  for (size_t t = 0; t < 64; ++t) {
    const std::uint32_t big1 = std::rotr(s[4], 6) ^ std::rotr(s[4], 11) ^ std::rotr(s[4], 25);
    const std::uint32_t big0 = std::rotr(s[0], 2) ^ std::rotr(s[0], 13) ^ std::rotr(s[0], 22);
    const std::uint32_t first =
        s[7] + big1 + ((s[4] & s[5]) ^ (~s[4] & s[6])) + constants().round[t] + w[t];
    const std::uint32_t second = big0 + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    s = {first + second, s[0], s[1], s[2], s[3] + first, s[4], s[5], s[6]};
  }
  for (size_t k = 0; k < 8; ++k) h[k] += s[k];
}

}  // namespace

std::string sha256(std::string_view text) {
  std::string padded(text);
  padded += '\x80';
  while (padded.size() % 64 != 56) padded += '\0';
  for (int shift = 56; shift >= 0; shift -= 8) {
    padded += static_cast<char>((static_cast<std::uint64_t>(text.size()) * 8) >> unsigned(shift));
  }
  Words h = constants().start;
  for (size_t at = 0; at < padded.size(); at += 64) {
    digest_block(h, reinterpret_cast<const unsigned char*>(padded.data()) + at);
  }
  std::string out;
  for (const std::uint32_t word : h)
    for (int shift = 28; shift >= 0; shift -= 4)
      out += "0123456789abcdef"[(word >> unsigned(shift)) & 15U];
  return out;
}

}  // namespace istcheck::cert
