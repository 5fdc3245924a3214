#include "check/number.hpp"

#include <algorithm>
#include <sstream>
#include <tuple>

namespace istcheck::check {
namespace {

constexpr size_t kLargestProduct = 4'000'000;  ///< pairs of terms

bool comes_before(const Root& a, const Root& b) {
  return a.letter != b.letter ? a.letter < b.letter : a.index < b.index;
}

/// Whether a root with the property occurs.
template <class Has>
bool any_root(const Number& x, const Has& has) {
  return std::any_of(x.rest().begin(), x.rest().end(), [&](const auto& term) {
    return std::any_of(term.first.begin(), term.first.end(),
                       [&](const auto& power) { return has(*power.first); });
  });
}

}  // namespace

Interval times(const Interval& a, const Interval& b) {
  const Rational p[] = {a.first * b.first, a.first * b.second, a.second * b.first,
                        a.second * b.second};
  return {*std::min_element(p, p + 4), *std::max_element(p, p + 4)};
}

Rational Root::at(const Rational& x) const {
  Rational value = 1;
  for (size_t k = relation.size(); k-- > 0;) value = value * x + relation[k];
  return value;
}

/// The polynomial changes sign over the interval (the rule that declared the root saw to that), so
/// one half keeps the change, or the middle is the root.
bool Root::refine() const {
  if (relation.empty() || low == high) return false;
  const Rational middle = (low + high) / 2;
  const int here = at(middle).sign();
  if (here == 0) {
    low = high = middle;
  } else if (here == at(low).sign()) {
    low = middle;
  } else {
    high = middle;
  }
  return true;
}

bool ByIndex::operator()(const Monomial& a, const Monomial& b) const {
  return std::lexicographical_compare(
      a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return std::tuple(x.first->letter, x.first->index, x.second) <
               std::tuple(y.first->letter, y.first->index, y.second);
      });
}

void Number::add_term(const Monomial& m, const Rational& q) {
  if (q.is_zero()) return;
  if (m.empty()) {
    rational_ += q;
  } else if (const auto [place, added] = rest_.try_emplace(m, q); !added) {
    place->second += q;
    if (place->second.is_zero()) rest_.erase(place);
  }
}

Number Number::plus(const Number& b, int sign) const {
  Number sum = *this;
  sum.rational_ += sign * b.rational_;
  for (const auto& [m, q] : b.rest_) sum.add_term(m, sign * q);
  return sum;
}

namespace {

Monomial product(const Monomial& a, const Monomial& b) {
  Monomial result = a;
  for (const auto& power : b) {
    const auto place = std::find_if(result.begin(), result.end(), [&](const auto& other) {
      return !comes_before(*other.first, *power.first);
    });
    if (place != result.end() && place->first == power.first) {
      place->second += power.second;
    } else {
      result.insert(place, power);
    }
  }
  return result;
}

}  // namespace

/// r^m = −(c_{m−1} r^{m−1} + … + c_0), applied to the largest open term until none is left: the sum
/// of exponents falls or moves to smaller terms, so this ends.
Number operator*(const Number& a, const Number& b) {
  Number result;
  result.rational_ = a.rational_ * b.rational_;
  if (a.rest_.empty() && b.rest_.empty()) return result;
  if (a.rest_.size() * b.rest_.size() > kLargestProduct)
    throw Undecided("a product of numbers with too many terms");
  std::map<Monomial, Rational, ByIndex> open;
  for (const auto& [m, q] : a.rest_)
    if (!b.rational_.is_zero()) open[m] += q * b.rational_;
  for (const auto& [m, q] : b.rest_) {
    if (!a.rational_.is_zero()) open[m] += q * a.rational_;
    for (const auto& [l, p] : a.rest_) open[product(l, m)] += p * q;
  }
  while (!open.empty()) {
    const auto last = std::prev(open.end());
    const Monomial m = last->first;
    const Rational q = last->second;
    open.erase(last);
    if (q.is_zero()) continue;
    const auto high = std::find_if(m.begin(), m.end(), [](const auto& power) {
      return !power.first->relation.empty() && power.second >= power.first->relation.size();
    });
    if (high == m.end()) {
      result.add_term(m, q);
      continue;
    }
    const auto& relation = high->first->relation;
    for (size_t k = 0; k < relation.size(); ++k) {
      if (relation[k].is_zero()) continue;
      Monomial lower = m;
      const auto place = lower.begin() + (high - m.begin());
      place->second = high->second - unsigned(relation.size()) + unsigned(k);
      if (place->second == 0) lower.erase(place);
      open[lower] -= q * relation[k];
    }
  }
  return result;
}

Interval Number::enclose() const {
  Interval sum{rational_, rational_};
  for (const auto& [m, q] : rest_) {
    Interval term{q, q};
    for (const auto& [root, power] : m) {
      if (root->state) throw Undecided("a condition on iterates, which are random");
      if (root->free) throw Undecided("a number with unknowns has no enclosure");
      for (unsigned k = 0; k < power; ++k) term = times(term, {root->low, root->high});
    }
    sum.first += term.first;
    sum.second += term.second;
  }
  return sum;
}

Interval Number::narrowed(unsigned halvings, bool (*enough)(const Interval&, const Integer&),
                          const Integer& scale) const {
  for (unsigned done = 0, round = 8;; round *= 2) {
    Interval x = enclose();
    if (done >= halvings || enough(x, scale)) return x;
    bool more = false;
    for (const auto& [m, q] : rest_)
      for (const auto& power : m)
        for (unsigned k = 0; k < round; ++k) more = power.first->refine() || more;
    if (!more) return x;
    done += round;
  }
}

namespace {

Signs signs_in(const Interval& x) {
  return {x.first < 0, x.first <= 0 && x.second >= 0, x.second > 0};
}

bool has_sign(const Interval& x, const Integer&) { return signs_in(x).known(); }

/// Whether no scale · t for t in x is whole.
bool none_whole(const Interval& x, const Integer& scale) {
  const Rational low = x.first * Rational(scale), high = x.second * Rational(scale);
  Integer floor = numerator(high) / denominator(high);
  if (Rational(floor) > high) --floor;
  return Rational(floor) < low;
}

}  // namespace

Signs Number::signs(unsigned halvings) const { return signs_in(narrowed(halvings, has_sign, 1)); }

/// For a root r of a monic polynomial, D r with the common denominator D of its coefficients is an
/// algebraic integer. So this number, times enough of these D and of its own denominators, is one
/// too, and whole if it is rational.
bool Number::irrational(unsigned halvings) const {
  if (is_rational()) return false;
  Integer scale = denominator(rational_);
  for (const auto& [m, q] : rest_) scale = lcm(scale, denominator(q));
  std::map<const Root*, unsigned> most;
  for (const auto& [m, q] : rest_)
    for (const auto& [root, power] : m) most[root] = std::max(most[root], power);
  for (const auto& [root, power] : most) {
    if (root->free || root->relation.empty()) return false;
    Integer common = 1;
    for (const Rational& c : root->relation) common = lcm(common, denominator(c));
    for (unsigned k = 0; k < power; ++k) scale *= common;
  }
  return none_whole(narrowed(halvings, none_whole, scale), scale);
}

std::map<unsigned, Number> Number::powers_of(const Root& root) const {
  std::map<unsigned, Number> parts;
  if (!rational_.is_zero()) parts[0] = rational_;
  for (const auto& [m, q] : rest_) {
    const auto here =
        std::find_if(m.begin(), m.end(), [&](const auto& power) { return power.first == &root; });
    Monomial others = m;
    if (here != m.end()) others.erase(others.begin() + (here - m.begin()));
    parts[here == m.end() ? 0 : here->second].add_term(others, q);
  }
  return parts;
}

/// By Horner's rule.
Number Number::with(const Root& root, const Number& value) const {
  const auto parts = powers_of(root);
  if (parts.empty() || parts.rbegin()->first == 0) return *this;
  Number sum;
  for (unsigned j = parts.rbegin()->first + 1; j-- > 0;) {
    const auto part = parts.find(j);
    sum = sum * value + (part == parts.end() ? Number() : part->second);
  }
  return sum;
}

bool Number::has_state() const {
  return any_root(*this, [](const Root& r) { return r.state; });
}

bool Number::has_unknown() const {
  return any_root(*this, [](const Root& r) { return r.free; });
}

std::map<Monomial, Number, ByIndex> Number::by_state() const {
  std::map<Monomial, Number, ByIndex> parts;
  if (!rational_.is_zero()) parts[{}] = rational_;
  for (const auto& [m, q] : rest_) {
    Monomial state, others;
    for (const auto& power : m) (power.first->state ? state : others).push_back(power);
    parts[state].add_term(others, q);
  }
  return parts;
}

void Number::require_within(size_t bits, size_t terms) const {
  const auto small = [bits](const Rational& q) {
    return size_t(bit_length(numerator(q))) <= bits && size_t(bit_length(denominator(q))) <= bits;
  };
  if (rest_.size() >= terms) throw Undecided("a number has more terms than the header allows");
  const bool good = small(rational_) && std::all_of(rest_.begin(), rest_.end(),
                                                    [&](const auto& t) { return small(t.second); });
  if (!good) throw Undecided("a number has more bits than the header allows");
}

std::string text(const Number& x) {
  std::string out;
  if (!x.rational().is_zero() || x.is_rational()) out = to_string(x.rational());
  for (const auto& [m, q] : x.rest()) {
    if (!out.empty() && q.sign() > 0) out += "+";
    if (q == -1) out += "-";
    if (q != 1 && q != -1) out += to_string(q) + "*";
    for (size_t k = 0; k < m.size(); ++k) {
      out += (k == 0 ? "" : "*") + (m[k].first->letter + std::to_string(m[k].first->index));
      if (m[k].second != 1) out += "^" + std::to_string(m[k].second);
    }
  }
  return out;
}

size_t parse_index(const std::string& word) {
  const bool digits = !word.empty() && word.size() <= 6 && word[0] != '0' &&
                      word.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) throw std::invalid_argument("'" + word.substr(0, 80) + "' is no index or exponent");
  return std::stoul(word);
}

namespace {

constexpr size_t kMostExponent = 1000;

/// "r3" or "r3^2", the exponent below the degree of the root's polynomial.
Monomial::value_type parse_power(const std::string& word, const std::deque<Root>& roots) {
  const size_t caret = std::min(word.find('^'), word.size());
  const size_t index = parse_index(word.substr(1, caret - 1));
  const size_t power = caret == word.size() ? 1 : parse_index(word.substr(caret + 1));
  if (index > roots.size()) throw std::invalid_argument("'" + word + "' is not declared");
  const Root& root = roots[index - 1];
  if (power > kMostExponent || (!root.relation.empty() && power >= root.relation.size()))
    throw std::invalid_argument("'" + word + "' has an exponent that is too large");
  return {&root, unsigned(power)};
}

}  // namespace

Number parse_number(const std::string& word, const std::deque<Root>& roots,
                    const std::deque<Root>* unknowns) {
  const auto require = [&](bool good) {
    if (!good)
      throw std::invalid_argument("'" + word.substr(0, 80) + "' is not how a number is written");
  };
  Number sum;
  for (size_t begin = 0, end = 0; begin < word.size(); begin = end) {
    end = std::min(word.find_first_of("+-", begin + 1), word.size());
    const size_t sign = word[begin] == '-' || word[begin] == '+' ? 1 : 0;
    std::istringstream factors(word.substr(begin + sign, end - begin - sign));
    Rational q = 1;
    Monomial m;
    for (std::string factor; std::getline(factors, factor, '*');) {
      const bool unknown = factor[0] == 'u' && unknowns != nullptr;
      if (factor[0] == 'r' || unknown) {
        m.push_back(parse_power(factor, unknown ? *unknowns : roots));
        require(m.size() == 1 || comes_before(*m[m.size() - 2].first, *m.back().first));
      } else {
        const auto coefficient = parse_rational(factor);
        require(m.empty() && coefficient);
        q = *coefficient;
      }
    }
    sum.add_term(m, word[begin] == '-' ? Rational(-q) : q);
  }
  require(!word.empty() && text(sum) == word);
  return sum;
}

}  // namespace istcheck::check
