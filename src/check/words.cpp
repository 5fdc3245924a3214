#include "check/words.hpp"

namespace istcheck::check {

bool Words::either(const std::string& one, const std::string& other) const {
  require(rule() == one || rule() == other, "expected " + one + " or " + other);
  return rule() == one;
}

Words& Words::expect(size_t expected) {
  require(count() == expected, "expected " + std::to_string(expected) +
                                   " words after the rule, found " + std::to_string(count()));
  return *this;
}

std::string Words::word() {
  require(left() > 0, "more words are expected");
  return step_.words[next_++];
}

size_t Words::index(const std::string& word, size_t most) const {
  size_t k = 0;
  try {
    k = parse_index(word);
  } catch (const std::invalid_argument&) {  // k stays out of range
  }
  require(k >= 1 && k <= most, "'" + word.substr(0, 80) + "' is not in 1.." + std::to_string(most));
  return k - 1;
}

Number Words::number() {
  const std::string here = word();
  try {
    const Number x = parse_number(here, roots_, unknowns_);
    x.require_within(limits_.bits, limits_.terms);
    return x;
  } catch (const std::exception& error) {
    throw Rejected(step_, error.what());
  }
}

Rational Words::rational() {
  const Number x = number();
  require(x.is_rational(), "this number must be rational");
  return x.rational();
}

Mat Words::matrix(size_t rows, size_t columns) {
  return {rows, columns, [&](size_t, size_t) { return number(); }};
}

Mat Words::symmetric(size_t d) { return Mat::unpacked(matrix(d * (d + 1) / 2, 1), d); }

}  // namespace istcheck::check
