#include "check/assumed.hpp"

#include <algorithm>

namespace istcheck::check {
namespace {

constexpr size_t kMostUnknowns = 400, kMostChoices = 4000;
constexpr Signs kZero{false, true, false}, kNonzero{true, false, true},
    kPositive{false, false, true}, kNegative{true, false, false}, kNotPositive{true, true, false},
    kNonnegative{false, true, true};

Signs both(const Signs& a, const Signs& b) {
  return {a.negative && b.negative, a.zero && b.zero, a.positive && b.positive};
}
bool empty(const Signs& s) { return !s.negative && !s.zero && !s.positive; }
Signs flip(const Signs& s) { return {s.positive, s.zero, s.negative}; }

}  // namespace

size_t Ways::choose(size_t options) {
  if (at_ == choices_.size()) {
    if (choices_.size() == kMostChoices) throw Undecided("more than 4000 choices on one way");
    choices_.push_back({0, options});
  }
  if (choices_[at_].options != options) throw std::logic_error("a way that is not the same again");
  return choices_[at_++].chosen;
}

bool Ways::next() {
  choices_.resize(at_);
  at_ = 0;
  while (!choices_.empty() && choices_.back().chosen + 1 == choices_.back().options)
    choices_.pop_back();
  if (choices_.empty()) return false;
  ++choices_.back().chosen;
  return true;
}

std::string text(const Fact& f) {
  const char* is = f.is == Fact::Is::zero ? "= 0 " : f.is == Fact::Is::positive ? "> 0 " : ">= 0 ";
  return is + text(f.p);
}

Number AssumedFacts::unknown(const std::string& name) {
  if (unknowns_.size() == kMostUnknowns) throw Undecided("more than 400 unknowns");
  Root root{unknowns_.size() + 1, {}, 0, 0};
  root.free = true;
  if (given_ != nullptr) root.letter = 'u';
  unknowns_.push_back(root);
  names_.push_back(name);
  return Number(unknowns_.back());
}

Mat AssumedFacts::unknown_matrix(const std::string& name, size_t rows, size_t columns) {
  return {rows, columns, [&](size_t i, size_t j) {
            return unknown(name + "[" + std::to_string(i + 1) +
                           (columns == 1 ? "" : "," + std::to_string(j + 1)) + "]");
          }};
}

Mat AssumedFacts::unknown_symmetric(const std::string& name, size_t d) {
  Mat m(d, d);
  for (size_t i = 0; i < d; ++i)
    for (size_t j = i; j < d; ++j)
      m.at(i, j) = m.at(j, i) =
          unknown(name + "[" + std::to_string(i + 1) + "," + std::to_string(j + 1) + "]");
  return m;
}

/// What holds for every real number holds for every integer.
Mat AssumedFacts::unknown_of_kind(const std::string& name, claim::Kind kind, size_t d) {
  if (is_number(kind)) return unknown(name);
  if (d == 0) throw Undecided("the size of " + name);
  if (kind == claim::Kind::vector || kind == claim::Kind::matrix)
    return unknown_matrix(name, d, kind == claim::Kind::vector ? 1 : d);
  const Mat m = unknown_symmetric(name, d);
  if (kind == claim::Kind::positive) assume_form(m, true);
  return m;
}

/// The assumption about x or a multiple of it; `flipped` when the multiple is negative.
Signs& AssumedFacts::signs_of(const Number& x, bool& flipped) {
  const Rational lead = x.rest().rbegin()->second;
  const auto [place, fresh] =
      place_.try_emplace(text(Number(Rational(1 / lead)) * x), assumptions_.size());
  if (fresh) assumptions_.push_back({x, {true, true, true}});
  Assumption& a = assumptions_[place->second];
  flipped = a.p.rest().rbegin()->second.sign() != lead.sign();
  return a.signs;
}

/// Chooses one of the groups of signs, as far as what is known leaves a choice.
Signs AssumedFacts::take(Signs& known, const std::vector<Signs>& groups) {
  std::vector<Signs> open;
  for (const Signs& group : groups)
    if (const Signs left = both(known, group); !empty(left)) open.push_back(left);
  if (open.empty()) return known = Signs();  // what is assumed contradicts itself
  return known = open[open.size() == 1 ? 0 : ways_.choose(open.size())];
}

bool AssumedFacts::given(const std::vector<Mat>& about) const {
  return given_ != nullptr && std::none_of(about.begin(), about.end(), [](const Mat& m) {
           return std::any_of(m.entries().begin(), m.entries().end(),
                              [](const Number& x) { return x.has_unknown(); });
         });
}

int AssumedFacts::sign_of_number(const Number& x) const {
  if (x.is_rational()) return x.rational().sign();
  if (given_ == nullptr) throw Undecided("the sign of an unknown");
  return given_->zero(x) ? 0 : given_->positive(x) ? 1 : -1;
}

Words AssumedFacts::words(cert::Step step) const {
  return {std::move(step), roots(), limits_, given_ != nullptr ? &unknowns_ : nullptr};
}

void AssumedFacts::declare_root(const Words& step) const {
  step.require(given_ != nullptr, "there are no roots among unknown data");
  given_->declare_root(step);
}

/// Chooses between two groups of signs of x.
Signs AssumedFacts::narrow(const Number& of, const Signs& one, const Signs& other) {
  const Number x = asked(of);
  if (x.is_rational() || given({x})) {
    const int sign = sign_of_number(x);
    return {sign<0, sign == 0, sign> 0};
  }
  if (cleared(x).vanishes()) return kZero;
  Mat(x).require_no_state();
  bool flipped = false;
  Signs& known = signs_of(x, flipped);
  if (flipped) return flip(take(known, {flip(one), flip(other)}));
  return take(known, {one, other});
}

void AssumedFacts::assume(const Number& of, Signs signs) {
  const Number x = asked(of);
  if (!x.has_unknown()) return;
  bool flipped = false;
  Signs& known = signs_of(x, flipped);
  known = both(known, flipped ? flip(signs) : signs);
}

bool AssumedFacts::zero(const Number& x) { return narrow(x, kZero, kNonzero).zero; }
bool AssumedFacts::positive(const Number& x) { return narrow(x, kPositive, kNotPositive).positive; }

void AssumedFacts::require_within(const Mat& m) const {
  steps_.tick();
  Facts::require_within(m);
}

void AssumedFacts::met(const Mat& v) {
  if (vectors_.size() < 64 && std::find(vectors_.begin(), vectors_.end(), v) == vectors_.end())
    vectors_.push_back(v);
}

AssumedFacts::Kind& AssumedFacts::kind_of(const Mat& m) {
  const auto [place, fresh] = place_of_kind_.try_emplace(text(m), kinds_.size());
  if (fresh) kinds_.push_back({m, {true, true, true}});
  return kinds_[place->second];
}

/// Chooses one of the groups of signs of the least eigenvalue of M. What is not positive
/// semidefinite has a vector with vᵀMv < 0; what is so and not positive definite has a v ≠ 0 with
/// vᵀMv = 0.
Signs AssumedFacts::narrow_kind(const Mat& m, const std::vector<Signs>& groups) {
  m.require_no_state();
  Signs& known = kind_of(m).least;
  const bool had_witness = !known.positive;
  const Signs taken = take(known, groups);
  if (taken.positive || had_witness) return taken;
  const Mat v = unknown_matrix("v", m.rows(), 1);
  assume(-form(v, m), taken.negative ? kPositive : kZero);
  if (!taken.negative) assume(sum_of_squares(v), kPositive);
  return taken;
}

Definiteness AssumedFacts::definiteness(const Mat& m) {
  if (given({m})) return given_->definiteness(m);
  if (m == Mat::identity(m.rows())) return Definiteness::positive;
  const Signs least = narrow_kind(m, {kPositive, kZero, kNegative});
  return least.positive ? Definiteness::positive
         : least.zero   ? Definiteness::semidefinite
                        : Definiteness::neither;
}

bool AssumedFacts::semidefinite(const Mat& m) {
  if (given({m})) return given_->semidefinite(m);
  if (m == Mat::identity(m.rows()) || m.vanishes()) return true;
  return !narrow_kind(m, {kNonnegative, kNegative}).negative;
}

void AssumedFacts::assume_form(const Mat& m, bool definite) {
  Signs& least = kind_of(m).least;
  least = both(least, definite ? kPositive : kNonnegative);
}

/// A new unknown u with u·of = 1 (of ≠ 0 is assumed already) or u² = of, u >= 0 (of >= 0 is).
Number AssumedFacts::defined(const std::string& name, bool reciprocal, const Number& of) {
  return remembered(values_, name + " " + text(of), [&] {
    const Number u = unknown(name);
    definitions_.push_back({&unknowns_.back(), reciprocal, of});
    return u;
  });
}

std::optional<Mat> AssumedFacts::inverse(const Mat& m) {
  if (given({m})) return given_->inverse(m);
  m.require_no_state();
  return remembered(inverses_, text(m), [&]() -> std::optional<Mat> {
    const auto [det, adjugate] = determinant_and_adjugate(m);
    if (zero(det)) return std::nullopt;
    const Number share =
        det.is_rational() || given({det}) ? reciprocal(det) : defined("reciprocal", true, det);
    return share * adjugate;
  });
}

/// A root of a positive multiple of a reciprocal u of D is written by the root of D, so that the
/// two do not look independent: x = c u >= 0 with c > 0 gives D > 0 and √x = √c u √D.
Number AssumedFacts::square_root(const Number& x) {
  if (given({x})) return given_->square_root(x);
  Mat(x).require_no_state();
  if (x.rational().is_zero() && x.rest().size() == 1 && x.rest().begin()->second > 0) {
    const auto& [m, c] = *x.rest().begin();
    for (const auto& [unknown, reciprocal, of] : definitions_) {
      if (!reciprocal || m != Monomial{{unknown, 1U}}) continue;
      const Number u(*unknown), below = of;  // the list grows
      const Number of_below = square_root(below);
      return square_root(c) * u * of_below;
    }
  }
  if (x.is_rational()) {
    const Integer above = sqrt(Integer(numerator(x.rational()))),
                  below = sqrt(Integer(denominator(x.rational())));
    const Rational root = Rational(above) / Rational(below);
    if (root * root == x.rational()) return root;
  }
  const Number root = defined("root", false, x);
  bool strict = x.is_rational(), flipped = false;
  if (!strict) strict = !signs_of(asked(x), flipped).zero;
  assume(root, strict ? kPositive : kNonnegative);
  return root;
}

/// t with tB − A ⪰ 0 and a v with vᵀ(tB − A)v = 0, vᵀBv > 0: for B ≻ 0 there is exactly one such t.
std::optional<Number> AssumedFacts::least(const Mat& a, const Mat& b) {
  if (given({a, b})) return given_->least(a, b);
  if (definiteness(b) != Definiteness::positive)
    throw Undecided("the largest eigenvalue of a pair whose second matrix may be singular");
  a.require_no_state();
  return remembered(values_, "least " + text(a) + " " + text(b), [&] {
    const Number t = unknown("eigenvalue");
    const Mat v = unknown_matrix("eigenvector", a.rows(), 1), gap = t * b - a;
    assume_form(gap, false);
    assume(form(v, gap), kZero);
    assume(form(v, b), kPositive);
    return t;
  });
}

Number AssumedFacts::root_of_case(const Alpha& alpha) {
  return given_ != nullptr ? given_->root_of_case(alpha) : Facts::root_of_case(alpha);
}

Number AssumedFacts::radius(const CongruenceSum& t, bool single) {
  return given(t.parts()) ? given_->radius(t, single) : Facts::radius(t, single);
}

/// M = [S m; mᵀ 1] with m = A m + a of the mean map and S = T0(S) + R, for R the leading part of
/// T([0 m; mᵀ 1]) + N. Where ρ(T0) < 1 both have exactly one solution, since ρ(A)² <= ρ(T0).
std::optional<Mat> AssumedFacts::stationary(const CongruenceSum& t, const Mat& noise) {
  if (given(t.parts()) && given({noise})) return given_->stationary(t, noise);
  if (given_ == nullptr) return Facts::stationary(t, noise);
  const size_t D = noise.rows(), d = D - 1;
  const Mat mean = t.mean(), map = t.leading(d).on_entries();
  if (!radius_below(*this, map, 1, true)) return std::nullopt;
  const auto at_mean = inverse(Mat::identity(d) - mean.block(0, 0, d, d));
  const auto at_second = inverse(Mat::identity(map.rows()) - map);
  if (!at_mean || !at_second) return std::nullopt;  // nothing goes such a way
  const Mat m = *at_mean * mean.block(0, d, d, 1);
  Mat moment(D, D);
  moment.put(m, 0, d);
  moment.put(m.transposed(), d, 0);
  moment.at(d, d) = 1;
  const Mat rest = (t.apply(moment) + noise).block(0, 0, d, d);
  moment.put(Mat::unpacked(*at_second * rest.packed(), d), 0, 0);
  require_within(moment);
  return moment;
}

Mat AssumedFacts::inverse_root(const Mat& l) {
  return given({l}) ? given_->inverse_root(l) : Facts::inverse_root(l);
}

std::vector<Fact> AssumedFacts::facts() const {
  std::vector<Fact> result;
  for (const auto& [p, s] : assumptions_) {
    if (s.negative && s.zero && s.positive) continue;
    if (empty(s)) {
      result.push_back({Fact::Is::positive, Number(-1)});
    } else if (s.negative && s.positive) {
      result.push_back({Fact::Is::positive, p * p});
    } else if (!s.negative && !s.positive) {
      result.push_back({Fact::Is::zero, p});
    } else {
      result.push_back({s.zero ? Fact::Is::nonnegative : Fact::Is::positive, s.positive ? p : -p});
    }
  }
  return result;
}

std::vector<Form> AssumedFacts::forms() const {
  std::vector<Form> result;
  for (const Kind& k : kinds_)
    if (!k.least.negative) result.push_back({k.m, k.least.positive && !k.least.zero});
  return result;
}

/// From the last definition to the first, since each speaks only of unknowns before its own. With
/// u·D = 1 and x = Σ c_j u^j, the number D^K x = Σ c_j D^(K−j) for K at least the degree; D ≠ 0.
/// With u² = D, x = Σ c_j D^⌊j/2⌋ u^(j mod 2).
Number without(const Number& x, const Root& u, bool reciprocal, const Number& D, unsigned* power) {
  const auto parts = x.powers_of(u);
  unsigned most = parts.empty() ? 0 : parts.rbegin()->first;
  if (power != nullptr && reciprocal) most = *power = std::max(most, *power);
  if (most == 0) return x;
  std::vector<Number> powers{Number(1)};
  while (powers.size() <= (reciprocal ? most : most / 2)) powers.push_back(powers.back() * D);
  Number sum;
  for (const auto& [j, c] : parts)
    sum = sum + c * (reciprocal ? powers[most - j]
                                : powers[j / 2] * (j % 2 == 0 ? Number(1) : Number(u)));
  return sum;
}

/// x times something positive: times D^K for an even K, or for the degree K where the sign of D, 1
/// or -1, is known (0: not known), negated where that and K say so.
Number without_reciprocal(const Number& x, const Root& u, const Number& D, int sign) {
  const auto parts = x.powers_of(u);
  unsigned power = parts.empty() ? 0 : parts.rbegin()->first;
  const bool odd = power % 2 == 1;
  if (odd && sign == 0) ++power;
  const Number result = without(x, u, true, D, &power);
  return odd && sign < 0 ? -result : result;
}

/// The signs that are assumed of x, or follow for it from those of a multiple of it.
Signs AssumedFacts::assumed(const Number& x) const {
  const Rational lead = x.rest().rbegin()->second;
  const auto place = place_.find(text(Number(Rational(1 / lead)) * x));
  if (place == place_.end()) return {true, true, true};
  const Assumption& a = assumptions_[place->second];
  return a.p.rest().rbegin()->second.sign() == lead.sign() ? a.signs : flip(a.signs);
}

/// 1 or -1 where that is assumed of a number which is not zero, or where all of its terms have that
/// sign, and one is not zero, by what is assumed of the unknowns. Else 0.
int AssumedFacts::known_sign(const Number& d) const {
  const Number x = asked(d);
  if (!x.has_unknown()) return sign_of_number(x);
  const Signs whole = assumed(x);
  if (!whole.zero && whole.negative != whole.positive) return whole.positive ? 1 : -1;
  int common = x.rational().sign();
  bool strict = common != 0;
  for (const auto& [m, q] : x.rest()) {
    int sign = q.sign();
    bool zero = false;
    for (const auto& [root, exponent] : m) {
      if (!root->free) return 0;
      const Signs s = assumed(Number(*root));
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

Number AssumedFacts::asked(Number x) const {
  if (given_ == nullptr) return x;
  for (size_t k = definitions_.size(); k-- > 0;) {
    const auto& [u, reciprocal, of] = definitions_[k];
    if (reciprocal) {
      const auto parts = x.powers_of(*u);
      const bool odd = !parts.empty() && parts.rbegin()->first % 2 == 1;
      x = without_reciprocal(x, *u, of, odd ? known_sign(of) : 0);
    } else {
      x = without(x, *u, false, of, nullptr);
    }
    Facts::require_within(x);
  }
  return x;
}

Number AssumedFacts::cleared(Number x, const std::vector<Definition>& definitions,
                             std::vector<unsigned>* powers) const {
  if (powers != nullptr) powers->resize(definitions.size());
  for (size_t k = definitions.size(); k-- > 0;) {
    const auto& [u, reciprocal, of] = definitions[k];
    x = without(x, *u, reciprocal, of, powers == nullptr ? nullptr : &(*powers)[k]);
    Facts::require_within(x);
  }
  return x;
}

}  // namespace istcheck::check
