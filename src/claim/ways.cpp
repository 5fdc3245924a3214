#include "claim/ways.hpp"

#include <algorithm>
#include <stdexcept>

#include "claim/source.hpp"
#include "dynamics/unknown_polynomials.hpp"
#include "exact/budgets.hpp"

namespace istcheck::claim {
namespace {

Surd form(const SurdMatrix& v, const SurdMatrix& m) { return (v.transpose() * m * v).value(); }

}  // namespace

void Ways::begin() {
  at_ = 0;
  unknowns_ = 0;
  about_ = {};
  known_.clear();
  matrices_.clear();
  impossible_ = weakened_ = false;
}

bool Ways::next() {
  if (++ways_ > budget::kWays.most) throw Unsupported(budget::spent(budget::kWays));
  choices_.resize(at_);
  while (!choices_.empty() && choices_.back().chosen + 1 == choices_.back().options)
    choices_.pop_back();
  if (choices_.empty()) return false;
  ++choices_.back().chosen;
  return true;
}

size_t Ways::choose(size_t options) {
  ++answers_;
  if (at_ == choices_.size()) choices_.push_back({0, options});
  if (choices_[at_].options != options)
    throw std::logic_error("a way that is not the same when it is gone again");
  return choices_[at_++].chosen;
}

void Ways::multiply(size_t products) {
  products_ += long(products);
  if (products_ > most_products_)
    throw Unsupported(budget::spent({budget::kProducts.name, budget_}));
}

void Ways::hurry() { most_products_ = std::min(most_products_, products_ + budget_ / 10); }

Surd Ways::unknown(Unknown kind) {
  (kind == Unknown::scalar ? about_.scalars : about_.entries).push_back(unknowns_);
  return Surd::unknown(unknowns_++);
}

/// Chooses between two groups of signs, as far as what is known leaves a choice.
Ways::Signs Ways::take(Signs& known, const Signs& one, const Signs& other) {
  const auto left = [&](const Signs& group) {
    return Signs{known.negative && group.negative, known.zero && group.zero,
                 known.positive && group.positive};
  };
  const auto empty = [](const Signs& s) { return !s.negative && !s.zero && !s.positive; };
  const Signs first = left(one), second = left(other);
  if (empty(first) && empty(second)) {
    impossible_ = true;
    return known = {false, false, false};
  }
  if (empty(first)) return known = second;
  if (empty(second)) return known = first;
  return known = choose(2) == 0 ? first : second;
}

/// The signs of x, or of a positive or negative multiple of it.
Ways::Signs& Ways::signs_of(const Surd& x, bool& flipped) {
  const Rational& lead = x.terms().rbegin()->second;
  const Surd scaled = x * Surd(Rational(1 / abs(lead))), opposite = -scaled;
  for (auto& [p, signs] : known_) {
    flipped = p == opposite;
    if (flipped || p == scaled) return signs;
  }
  flipped = false;
  known_.push_back({scaled, {}});
  return known_.back().signs;
}

Ways::Signs Ways::narrow(const Surd& asked, const Signs& one, const Signs& other) {
  ++answers_;
  const Surd x = cleared(asked);
  const auto flip = [](const Signs& s) { return Signs{s.positive, s.zero, s.negative}; };
  if (!x.has_unknowns()) {
    const int sign = x.sign();
    return {sign<0, sign == 0, sign> 0};
  }
  bool flipped = false;
  Signs& known = signs_of(x, flipped);
  return flipped ? flip(take(known, flip(one), flip(other))) : take(known, one, other);
}

/// `signs` is one of three single ones or ">= 0".
void Ways::assume(const Surd& x, const Signs& signs) {
  if (!x.has_unknowns()) return;
  bool flipped = false;
  Signs& known = signs_of(x, flipped);
  known.negative = known.negative && (flipped ? signs.positive : signs.negative);
  known.zero = known.zero && signs.zero;
  known.positive = known.positive && (flipped ? signs.negative : signs.positive);
}

bool Ways::zero(const Surd& x) { return narrow(x, {false, true, false}, {true, false, true}).zero; }

bool Ways::positive(const Surd& x) {
  return narrow(x, {false, false, true}, {true, true, false}).positive;
}

/// What is not positive semidefinite has a v with vᵀMv < 0; what is so and not positive definite
/// has a v ≠ 0 with vᵀMv = 0.
Ways::Signs Ways::narrow_matrix(const SurdMatrix& m, const Signs& one, const Signs& other) {
  ++answers_;
  auto place = std::find_if(matrices_.begin(), matrices_.end(),
                            [&](const KnownMatrix& known) { return known.m == m; });
  if (place == matrices_.end()) {
    matrices_.push_back({m, {}});
    place = matrices_.end() - 1;
  }
  const bool had_witness = !place->least.positive;
  const Signs taken = take(place->least, one, other);
  if (taken.positive || had_witness || impossible_) return taken;
  SurdMatrix v(m.rows(), 1);
  for (Surd& entry : v) entry = unknown(Unknown::entry);
  assume(form(v, m), {taken.negative, taken.zero, false});
  if (taken.zero) {
    Surd square = 0;
    for (const Surd& entry : v) square += entry * entry;
    assume(square, {false, false, true});
  }
  return taken;
}

bool Ways::semidefinite(const SurdMatrix& m) {
  return !narrow_matrix(m, {false, true, true}, {true, false, false}).negative;
}

/// Not ≻ 0 gives v ≠ 0 with vᵀMv <= 0.
bool Ways::definite(const SurdMatrix& m) {
  return narrow_matrix(m, {false, false, true}, {true, true, false}).positive;
}

void Ways::require_definite(const SurdMatrix& m) { matrices_.push_back({m, {false, false, true}}); }

std::optional<Surd> Ways::defined(bool reciprocal, const Surd& of) const {
  for (const auto& d : about_.defined)
    if (d.reciprocal == reciprocal && d.of == of) return Surd::unknown(d.unknown);
  return std::nullopt;
}

Surd Ways::define(bool reciprocal, const Surd& of) {
  about_.defined.push_back({unknowns_, reciprocal, of});
  return Surd::unknown(unknowns_++);
}

Surd Ways::reciprocal(const Surd& x) {
  ++answers_;
  if (const auto known = defined(true, x)) return *known;
  if (zero(x)) throw std::domain_error("division by zero");
  return define(true, x);
}

Surd Ways::root(const Surd& x) {
  ++answers_;
  if (const auto known = defined(false, x)) return *known;
  if (positive(-x)) throw std::domain_error("the square root of a negative number");
  const Surd root = define(false, x);
  assume(root, {false, true, true});
  return root;
}

/// What was answered about x, a polynomial, or a multiple of it.
Ways::Signs Ways::answered(const Surd& x) const {
  const Surd scaled = x * Surd(Rational(1 / abs(x.terms().rbegin()->second))), opposite = -scaled;
  for (const auto& [p, signs] : known_) {
    if (p == scaled) return signs;
    if (p == opposite) return {signs.positive, signs.zero, signs.negative};
  }
  return {};
}

/// 1 or -1 where that is known of a number which is not zero: by an answer, or because all terms of
/// its polynomial have that sign, by answers about the unknowns. Else 0.
int Ways::known_sign(const Surd& d) const {
  const Surd x = cleared(d);
  if (!x.has_unknowns()) return x.sign();
  const Signs whole = answered(x);
  if (!whole.zero && whole.negative != whole.positive) return whole.positive ? 1 : -1;
  int common = 0;
  bool strict = false;
  for (const auto& [b, q] : x.terms()) {
    if (b.radicand != 1 || b.power != 0) return 0;
    int sign = q.sign();
    bool zero = false;
    for (const auto& [unknown, exponent] : b.unknowns) {
      const Signs s = answered(Surd::unknown(unknown));
      zero = zero || s.zero;
      if (exponent % 2 == 0) continue;
      if (s.negative && s.positive) return 0;
      if (s.negative) sign = -sign;
    }
    if (common == -sign) return 0;
    common = sign;
    strict = strict || !zero;
  }
  return strict ? common : 0;
}

/// x times something positive, without reciprocals and without squares of roots. From the last
/// definition to the first, since each speaks only of unknowns before its own: with u·D = 1 and x =
/// Σ c_j u^j, the number D^K x = Σ c_j D^(K−j) has the sign of x for an even K, and for the degree
/// K where D is known to be positive, that of −x where D is known to be negative and K is odd; with
/// u² = D, x = Σ c_j D^⌊j/2⌋ u^(j mod 2).
Surd Ways::cleared(Surd x) const {
  for (size_t k = about_.defined.size(); k-- > 0;) {
    const DefinedUnknown& d = about_.defined[k];
    const auto c = decision::coefficients_in(x, d.unknown);
    if (c.size() <= 1) continue;
    if (d.reciprocal) {
      const bool odd = c.size() % 2 == 0;
      const int sign = odd ? known_sign(d.of) : 0;
      Surd sum, power = odd && sign == 0 ? d.of : Surd(sign < 0 ? -1 : 1);  // D^(K−j) from the last
      for (size_t j = c.size(); j-- > 0;) {
        sum += c[j] * power;
        if (j > 0) power *= d.of;
      }
      x = std::move(sum);
    } else {
      x = decision::reduced(x, {d});
    }
    if (long(x.terms().size()) > budget::kTerms.most)
      throw Unsupported(budget::spent(budget::kTerms));
  }
  return x;
}

Conjunction Ways::conjunction() const {
  Conjunction result = about_;
  for (const auto& [p, s] : known_) {
    if (s.negative && s.zero && s.positive) continue;
    if (!s.negative && !s.zero && !s.positive) {
      result.facts.push_back({Fact::Is::positive, Surd(-1)});
    } else if (s.negative && s.positive) {
      result.facts.push_back({Fact::Is::positive, p * p});
    } else if (s.zero && !s.negative && !s.positive) {
      result.facts.push_back({Fact::Is::zero, p});
    } else {
      const Surd side = s.positive ? p : -p;
      result.facts.push_back({s.zero ? Fact::Is::nonnegative : Fact::Is::positive, side});
    }
  }
  for (const auto& [m, least] : matrices_)
    if (!least.negative) result.matrices.push_back({m, least.positive && !least.zero});
  return result;
}

}  // namespace istcheck::claim
