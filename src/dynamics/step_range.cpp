#include "dynamics/step_range.hpp"

#include <algorithm>

#include "dynamics/operators.hpp"
#include "exact/critical.hpp"
#include "exact/linalg.hpp"

namespace istcheck {

namespace {

/// T = constant + γ linear + γ² square, as matrices in the coordinates of pack.
template <class S>
struct QuadraticMap {
  Matrix<S> constant, linear, square;
  Matrix<S> at(const Rational& step) const {
    return constant + linear * S(step) + square * S(Rational(step * step));
  }
};

template <class S>
Matrix<S> round_map(Case c, const Rational& step, const MomentOptions& options) {
  c.step = step;
  const Moments<S> moments(instantiate(c).map, options);
  return matrix_of<S>(c.d(), [&](const Matrix<S>& m) -> Matrix<S> {
    return linear_part(moments.push(bordered(m)));
  });
}

/// The interpolation through the step sizes g, 2g and 3g.
template <class S>
QuadraticMap<S> quadratic_map(const Case& c, const MomentOptions& options) {
  const Rational g = c.step;
  const Matrix<S> one = round_map<S>(c, g, options),
                  two = round_map<S>(c, Rational(2 * g), options),
                  three = round_map<S>(c, Rational(3 * g), options);
  QuadraticMap<S> T;
  T.constant = (one - two) * S(3) + three;
  T.square = (one - two * S(2) + three) * S(Rational(1 / (2 * g * g)));
  T.linear = (two - one) * S(Rational(1 / g)) - T.square * S(Rational(3 * g));
  return T;
}

/// 1/x for x > 0: its polynomial is the reversed one.
Algebraic reciprocal(const Algebraic& x) {
  if (x.is_rational()) return Algebraic(Rational(1 / x.rational()));
  Polynomial p = x.minimal_polynomial();
  std::reverse(p.begin(), p.end());
  for (long bits = 16;; bits *= 2) {
    const auto [low, high] = x.enclose(bits);
    if (low > 0) return Algebraic(p, Rational(1 / high), Rational(1 / low));
  }
}

StepRange unknown(std::string reason) {
  StepRange range;
  range.reason = std::move(reason);
  return range;
}

Rational power_of_two_below(const Rational& x) {
  Rational p = 1;
  while (p > x) p /= 2;
  while (2 * p <= x) p *= 2;
  return p;
}

}  // namespace

template <class S>
StepRange step_range(const Case& c, const MomentOptions& options, Index limit) {
  const Index size = c.d() * (c.d() + 1) / 2;
  if (size > limit)
    return unknown("the exact solve has " + std::to_string(size) + " unknowns, more than " +
                   std::to_string(limit));
  if (c.method.local_steps > 1)
    return unknown("with several local steps a round is no affine function of γ");
  const QuadraticMap<S> T = quadratic_map<S>(c, options);
  const Matrix<S> I = Matrix<S>::Identity(size, size);
  if (T.constant != I)
    return unknown(
        "a round moves x even as γ tends to 0, because the sketches do not average to I");
  const Matrix<S> L1 = -T.linear;
  const Matrix<S> unit = pack(Matrix<S>(Matrix<S>::Identity(c.d(), c.d())));
  StepRange range;
  const auto P = solve(L1, unit);
  if (!P || !is_positive_definite(unpack<S>(P->col(0), c.d()))) {
    range.kind = StepRange::Kind::none;
    return range;
  }
  const Algebraic radius = cone_spectral_radius(*solve(L1, T.square));
  range.kind = radius.sign() == 0 ? StepRange::Kind::all : StepRange::Kind::interval;
  if (range.kind == StepRange::Kind::interval) range.end = reciprocal(radius);
  return range;
}

template <class S>
std::optional<BestStep> best_step(const Case& c, const StepRange& range,
                                  const MomentOptions& options) {
  if (range.kind != StepRange::Kind::interval) return std::nullopt;
  const QuadraticMap<S> T = quadratic_map<S>(c, options);
  std::optional<BestStep> best;
  int compared = 0;
  const auto consider = [&](const Rational& step) {
    if (step <= 0 || Algebraic(step) >= *range.end) return;
    Algebraic factor = cone_spectral_radius(T.at(step));
    ++compared;
    if (!best || factor < best->factor) best = BestStep{step, factor, 0};
  };
  const Rational grid = power_of_two_below(Rational(range.end->enclose(32).first / 32));
  for (int k = 1; k <= 64; ++k) consider(Rational(k * grid));
  if (!best) return std::nullopt;
  const Rational centre = best->step;
  for (int k = -15; k <= 15; ++k) {
    if (k != 0) consider(Rational(centre + k * grid / 16));
  }
  best->compared = compared;
  return best;
}

std::optional<ExactBestStep> exact_best_step(const Case& c, const StepRange& range,
                                             const MomentOptions& options, Index limit) {
  constexpr long kBits = 64;
  if (range.kind != StepRange::Kind::interval || c.d() * (c.d() + 1) / 2 > limit)
    return std::nullopt;
  const auto T = quadratic_map<Rational>(c, options);
  const Rational end = range.end->enclose(kBits).first;
  const auto turns = critical_parameters(T.constant, T.linear, T.square, 0, end);
  if (!turns) return std::nullopt;
  std::optional<Algebraic> best;
  Rational low = 0;
  bool was_falling = false;
  for (size_t k = 0; k <= turns->size(); ++k) {
    // Roots that lie closer to each other than 2^-64 would need a finer enclosure.
    const Rational high = k < turns->size() ? (*turns)[k].enclose(kBits).first : end;
    if (low >= high) return std::nullopt;
    const auto factor = [&](int thirds) {
      return cone_spectral_radius(T.at(Rational(low + (high - low) * thirds / 3)));
    };
    const bool falling = factor(2) < factor(1);
    if (was_falling && !falling) {
      if (best) return std::nullopt;
      best = (*turns)[k - 1];
    }
    was_falling = falling;
    if (k < turns->size()) low = (*turns)[k].enclose(kBits).second;
  }
  if (!best) return std::nullopt;
  const Rational near = best->is_rational() ? best->rational() : best->enclose(kBits).first;
  return ExactBestStep{*best, cone_spectral_radius(T.at(near))};
}

template StepRange step_range<Rational>(const Case&, const MomentOptions&, Index);
template StepRange step_range<Surd>(const Case&, const MomentOptions&, Index);
template std::optional<BestStep> best_step<Rational>(const Case&, const StepRange&,
                                                     const MomentOptions&);
template std::optional<BestStep> best_step<Surd>(const Case&, const StepRange&,
                                                 const MomentOptions&);

}  // namespace istcheck
