#include "claim/world.hpp"

#include "claim/radius.hpp"
#include "dynamics/operators.hpp"

namespace istcheck::claim {

SurdMoments::SurdMoments(const RandomAffineMap& map, bool rational,
                         const EvaluationOptions& options) {
  const MomentOptions moments{options.route, options.max_outcomes};
  try {
    if (rational) {
      rational_ = std::make_shared<const Moments<Rational>>(map, moments);
    } else {
      surd_ = std::make_shared<const Moments<Surd>>(map, moments);
    }
  } catch (const TooManyOutcomes& e) {
    throw Unsupported(e.what());
  }
}

SurdMatrix SurdMoments::mean() const {
  return rational_ ? to_surd(rational_->mean()) : surd_->mean();
}
SurdMatrix SurdMoments::noise() const {
  return rational_ ? to_surd(rational_->noise()) : surd_->noise();
}

SurdMatrix SurdMoments::push(const SurdMatrix& m) const {
  if (!rational_) return surd_->push(m);
  return by_parts(m, m.rows(), m.rows(),
                  [&](const RationalMatrix& part) { return to_surd(rational_->push(part)); });
}

SurdMatrix SurdMoments::pull(const SurdMatrix& m) const {
  if (!rational_) return surd_->pull(m);
  return by_parts(m, m.rows(), m.rows(),
                  [&](const RationalMatrix& part) { return to_surd(rational_->pull(part)); });
}

namespace {
constexpr int kKeptOutcomes = 4096;
}  // namespace

World::World(Case c, EvaluationOptions options)
    : case_(std::move(c)),
      options_(std::move(options)),
      instance_(std::make_unique<Instance>(instantiate(case_))) {
  mean_L_ = SurdMatrix::Constant(d(), d(), Surd(0));
  mean_b_ = SurdMatrix::Constant(d(), 1, Surd(0));
  const Surd share(Rational(Integer(1), Integer(n())));
  for (const auto& w : workers_of(case_)) {
    L_.push_back(w.L);
    b_.emplace_back(w.b);
    noise_.push_back(w.noise);
    mean_L_ += w.L * share;
    mean_b_ += w.b * share;
  }
  step_ = step_of(case_);
  start_ = start_of(case_);
  rational_ = options_.rational && case_.rational() && instance_->sketch.rational();
}

Surd World::step_in_round(size_t k) const { return step_in_round_of(case_, k); }

std::optional<Surd> World::last_step() const { return last_step_of(case_); }

bool World::fixed_point_of_any_step() {
  if (case_.method.local_steps != 1) return false;
  return linear_part(mean_map(Surd(0))) == SurdMatrix::Identity(d(), d());
}

std::optional<Value> World::own_value(const std::string& variable) const {
  const auto own = case_.values.find(variable);
  if (own == case_.values.end()) return std::nullopt;
  const SurdMatrix value = value_of(case_, variable);
  if (std::holds_alternative<Rational>(own->second)) return Scalar(value(0, 0));
  return value;
}

const SurdMoments& World::estimator() {
  if (!estimator_ || !options_.keep) {
    estimator_ = std::make_unique<SurdMoments>(instance_->estimator, rational_, options_);
  }
  return *estimator_;
}

const SurdMoments& World::method(const Surd& step) {
  if (!options_.keep) methods_.clear();
  for (const auto& [known, moments] : methods_)
    if (known == step) return moments;
  require_bits(step);
  const auto map = method_map(instance_->problem, instance_->sketch, case_.method, step);
  return methods_.emplace_back(step, SurdMoments(map, rational_, options_)).second;
}

/// Lagrange: second moments of Â are polynomials in γ of degree 2T with T local steps.
SurdMatrix World::interpolate(const Surd& step, const std::function<SurdMatrix(const Surd&)>& at) {
  if (step.is_rational() || !case_.rational() || !options_.rational) return at(step);
  const int degree = 2 * case_.method.local_steps;
  SurdMatrix result;
  for (int k = 1; k <= degree + 1; ++k) {
    Surd weight = 1;
    for (int other = 1; other <= degree + 1; ++other) {
      if (other != k)
        weight *= (step - Surd(other)) * Surd(Rational(Integer(1), Integer(k - other)));
    }
    SurdMatrix term = at(Surd(k)) * weight;
    result = k == 1 ? term : SurdMatrix(result + term);
  }
  return result;
}

SurdMatrix World::mean_map(const Surd& step) {
  return interpolate(step, [&](const Surd& s) { return method(s).mean(); });
}
SurdMatrix World::push(const Surd& step, const SurdMatrix& m) {
  return interpolate(step, [&](const Surd& s) { return method(s).push(m); });
}
SurdMatrix World::noise(const Surd& step) {
  return interpolate(step, [&](const Surd& s) { return method(s).noise(); });
}
SurdMatrix World::pull(const Surd& step, const SurdMatrix& m) {
  return interpolate(step, [&](const Surd& s) { return method(s).pull(m); });
}

SurdMatrix World::drawn(const Outcome& o, const Surd& step) {
  if (step == step_) return o.A;
  if (!options_.keep || !other_step_ || other_step_->first != step) {
    other_step_.emplace(step,
                        method_map(instance_->problem, instance_->sketch, case_.method, step));
  }
  return other_step_->second.draw<Surd>(o.C).A;
}

const SurdMatrix& World::second_moment(long round, const std::optional<Surd>& step,
                                       const SurdMatrix& x0) {
  if (!options_.keep) paths_.clear();
  auto path = std::find_if(paths_.begin(), paths_.end(),
                           [&](const Path& p) { return p.step == step && p.x0 == x0; });
  if (path == paths_.end()) {
    SurdMatrix z(d() + 1, 1);
    z << x0, Surd(1);
    paths_.push_back({step, x0, {SurdMatrix(z * z.transpose())}});
    path = paths_.end() - 1;
  }
  auto& moments = path->moments;
  while (static_cast<long>(moments.size()) <= round) {
    const Surd gamma = step ? *step : step_in_round(moments.size() - 1);
    SurdMatrix next = push(gamma, moments.back());
    next.topLeftCorner(d(), d()) += noise(gamma);
    for (const Surd& x : next) require_bits(x);
    moments.push_back(std::move(next));
  }
  return moments[static_cast<size_t>(round)];
}

std::optional<SurdMatrix> World::stationary_moment(const Surd& step) {
  if (step.has_unknowns()) return stationary_of_unknown(step);
  if (!options_.keep) limits_.clear();
  for (const auto& [known, moment] : limits_)
    if (known == step) return moment;
  return limits_.emplace_back(step, solve_stationary(step)).second;
}

std::optional<SurdMatrix> World::solve_stationary(const Surd& step) {
  const Index size = d() + 1, unknowns = size * (size + 1) / 2;
  if (unknowns > options_.max_stationary) {
    throw Unsupported("the stationary second moment has " + std::to_string(unknowns) +
                      " unknowns, more than the limit of " +
                      std::to_string(options_.max_stationary));
  }
  const auto linear = [&](const SurdMatrix& m) -> SurdMatrix {
    return linear_part(push(step, bordered(m)));
  };
  const auto stability = decide_stability<Surd>(d(), linear, {}, options_.max_stationary);
  if (!stability.stable) throw Unsupported(stability.reason);
  if (!*stability.stable) return std::nullopt;
  // v = T v + c with the corner of the moment fixed to 1: the last entry of the packed list.
  const SurdMatrix added = noise(step);
  const SurdMatrix T = matrix_of<Surd>(size, [&](const SurdMatrix& m) -> SurdMatrix {
    SurdMatrix next = push(step, m);
    next.topLeftCorner(d(), d()) += added * m(d(), d());
    return next;
  });
  const Index free = unknowns - 1;
  const SurdMatrix system = SurdMatrix::Identity(free, free) - T.topLeftCorner(free, free);
  const auto solved = solve_exactly(system, SurdMatrix(T.topRightCorner(free, 1)));
  if (!solved) return std::nullopt;
  SurdVector packed(unknowns);
  packed << solved->col(0), Surd(1);
  return unpack<Surd>(packed, size);
}

World::Operators& World::operators(const Surd& step) {
  if (!operators_ || !options_.keep || !operators_->step.identical(step))
    operators_ = Operators{step, {}, {}, {}};
  return *operators_;
}

const SurdMatrix& World::second_moment_operator(const Surd& step, bool adjoint) {
  auto& own = operators(step).own[adjoint ? 1 : 0];
  if (own) return *own;
  const Index unknowns = d() * (d() + 1) / 2;
  if (unknowns > budget::kUnknowns.most) throw Unsupported(budget::spent(budget::kUnknowns));
  own = matrix_of<Surd>(d(), [&](const SurdMatrix& m) -> SurdMatrix {
    return linear_part(adjoint ? pull(step, bordered(m)) : push(step, bordered(m)));
  });
  return *own;
}

const std::pair<Surd, SurdMatrix>& World::resolvent(const Surd& step, bool adjoint) {
  const SurdMatrix T = second_moment_operator(step, adjoint);
  auto& known = operators(step).resolvent[adjoint ? 1 : 0];
  if (!known)
    known = determinant_and_adjugate(SurdMatrix(SurdMatrix::Identity(T.rows(), T.cols()) - T));
  return *known;
}

const std::vector<Surd>& World::radius_coefficients(const Surd& step, const Surd& r) {
  const SurdMatrix T = second_moment_operator(step, false);
  auto& all = operators(step).coefficients;
  for (const auto& [bound, known] : all)
    if (bound.identical(r)) return known;
  return all.emplace_back(r, shifted_coefficients(T, r)).second;
}

/// With M = [S m; mᵀ 1] and 𝒯 the operator above: m = E[A] m + E[a], and S = 𝒯(S) + R for the
/// leading part R of E[Â [0 m; mᵀ 1] Âᵀ] + N. Where ρ(𝒯) < 1 both have one solution, for ρ(E[A])²
/// <= ρ(𝒯).
std::optional<SurdMatrix> World::stationary_of_unknown(const Surd& step) {
  if (!radius_below(radius_coefficients(step, 1), true)) return std::nullopt;
  const SurdMatrix map = mean_map(step);
  const auto mean =
      solve_exactly(SurdMatrix(SurdMatrix::Identity(d(), d()) - map.topLeftCorner(d(), d())),
                    SurdMatrix(map.topRightCorner(d(), 1)));
  if (!mean) return std::nullopt;
  SurdMatrix moment(d() + 1, d() + 1);
  moment << SurdMatrix::Constant(d(), d(), Surd(0)), *mean, mean->transpose(), Surd(1);
  const SurdMatrix rest = linear_part(push(step, moment)) + noise(step);
  const auto& [det, adjugate] = resolvent(step, false);
  const auto second = divided(adjugate * pack<Surd>(rest), det);
  if (!second) return std::nullopt;
  moment.topLeftCorner(d(), d()) = unpack<Surd>(second->col(0), d());
  return moment;
}

void World::outcomes(const std::function<bool(const Rational&, const Outcome&)>& visit) const {
  const Sketch& sketch = instance_->sketch;
  if (sketch.support() > options_.max_outcomes) {
    throw Unsupported("the sketch has " + sketch.support().str() +
                      " outcomes, more than the limit of " + options_.max_outcomes.str() +
                      ", and this expression has no closed form");
  }
  if (kept_) {
    for (const auto& [weight, o] : *kept_) {
      if (!visit(weight, o)) return;
    }
    return;
  }
  // Few outcomes are kept for the next expression, once all of them were visited.
  std::vector<std::pair<Rational, Outcome>> seen;
  bool keep = options_.keep && sketch.support() <= kKeptOutcomes;
  const Surd share(Rational(Integer(1), Integer(n())));
  sketch.enumerate<Surd>([&](const Rational& weight, const std::vector<SurdMatrix>& C) {
    Outcome o{
        C, SurdMatrix::Constant(d(), d(), Surd(0)), SurdMatrix::Constant(d(), 1, Surd(0)), {}};
    for (Index i = 0; i < n(); ++i) {
      const SurdMatrix& c = C[static_cast<size_t>(i)];
      o.B += c * L(i) * c * share;
      o.Cb += c * b(i) * share;
    }
    o.A = instance_->map.draw<Surd>(C).A;
    const bool more = visit(weight, o);
    if (!more) keep = false;
    if (keep) seen.emplace_back(weight, std::move(o));
    return more;
  });
  if (keep) kept_ = std::move(seen);
}

}  // namespace istcheck::claim
