#include "claim/world.hpp"

#include "claim/method_run.hpp"
#include "claim/parser.hpp"
#include "claim/printer.hpp"
#include "claim/radius.hpp"
#include "dynamics/operators.hpp"

namespace istcheck::claim {

namespace {

/// A number, a vector or a matrix, as the case gives it.
Value given(const Case& c, std::map<std::string, CaseValue> Numbers::*map,
            const std::string& name) {
  const SurdMatrix value = value_in(c, map, name);
  if (std::holds_alternative<Rational>((c.*map).at(name)))
    return Value(std::in_place_type<Scalar>, value(0, 0));
  return value;
}

}  // namespace

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

SurdMoments::SurdMoments(std::vector<DrawnOutcome> outcomes)
    : drawn_(std::make_shared<const std::vector<DrawnOutcome>>(std::move(outcomes))) {}

namespace {

/// Σ weight · term(outcome).
template <class Term>
SurdMatrix weighted(const std::vector<DrawnOutcome>& outcomes, const Term& term) {
  SurdMatrix sum;
  for (size_t k = 0; k < outcomes.size(); ++k) {
    const SurdMatrix next = term(outcomes[k]) * outcomes[k].weight;
    sum = k == 0 ? next : SurdMatrix(sum + next);
  }
  return sum;
}

}  // namespace

SurdMatrix SurdMoments::mean() const {
  if (drawn_) return weighted(*drawn_, [](const DrawnOutcome& o) { return o.map; });
  return rational_ ? to_surd(rational_->mean()) : surd_->mean();
}
SurdMatrix SurdMoments::noise() const {
  if (drawn_) return weighted(*drawn_, [](const DrawnOutcome& o) { return o.noise; });
  return rational_ ? to_surd(rational_->noise()) : surd_->noise();
}

SurdMatrix SurdMoments::push(const SurdMatrix& m) const {
  if (drawn_)
    return weighted(*drawn_, [&](const DrawnOutcome& o) -> SurdMatrix {
      return o.map * m * o.map.transpose();
    });
  if (!rational_) return surd_->push(m);
  return by_parts(m, m.rows(), m.rows(),
                  [&](const RationalMatrix& part) { return to_surd(rational_->push(part)); });
}

SurdMatrix SurdMoments::pull(const SurdMatrix& m) const {
  if (drawn_)
    return weighted(*drawn_, [&](const DrawnOutcome& o) -> SurdMatrix {
      return o.map.transpose() * m * o.map;
    });
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
  if (const auto& text = case_.method.text) {
    for (auto& m :
         parse_claim_file(text->text, text->path.empty() ? text->file : text->path).methods)
      if (m->name == text->name) method_ = m;
    if (!method_)
      throw std::invalid_argument("the file '" + text->file + "' has no method '" + text->name +
                                  "'");
    text_ = method_.get();
    require_case_of_text();
  }
}

/// The case gives what the method names, and nothing else: a misspelt parameter is missed aloud.
void World::require_case_of_text() const {
  const auto only = [&](const std::map<std::string, CaseValue>& given, const std::string& what,
                        const std::vector<std::string>& known) {
    for (const auto& [name, value] : given)
      if (std::find(known.begin(), known.end(), name) == known.end())
        throw std::invalid_argument("the case '" + case_.name + "' gives " + what + " '" + name +
                                    "', which its method '" + text_->name + "' does not have" +
                                    suggestion(name, known));
  };
  std::vector<std::string> parameters, data, blocks;
  for (const Parameter& p : text_->parameters) {
    parameters.push_back(p.name);
    parameter(p, StepAt::kLast);
  }
  for (const Datum& d : text_->data) {
    data.push_back(d.name);
    datum(d);
  }
  for (const Block& b : text_->states) blocks.push_back(b.name);
  only(case_.parameters, "the parameter", parameters);
  only(case_.data, "the data", data);
  only(case_.blocks, "the start of a block", blocks);
  if (case_.start && text_->plain_x() == nullptr)
    throw std::invalid_argument("the case '" + case_.name +
                                "' gives the start of x alone, and its "
                                "method '" +
                                text_->name +
                                "' has no block x of length d without "
                                "index: give a table of blocks");
}

World::~World() = default;

const StateLayout* World::layout() {
  if (text_ != nullptr && !layout_) layout_ = std::make_unique<StateLayout>(*text_, *this);
  return layout_.get();
}

Integer World::outcomes_of_round(const Surd& step) {
  return text_ == nullptr ? instance_->sketch.support() : Integer(method(step).outcomes());
}

Index World::state_size() { return text_ != nullptr ? layout()->size() : d(); }

Value World::parameter(const Parameter& p, std::optional<long> round) const {
  const auto fault = [&](const std::string& what) {
    return ClaimError(*text_->source, p.place,
                      "the case '" + case_.name + "' " + what + " the parameter '" + p.name +
                          "' of its method '" + text_->name + "'");
  };
  const auto own = case_.parameters.find(p.name);
  if (own == case_.parameters.end()) throw fault("lacks");
  const bool number = std::holds_alternative<Rational>(own->second),
             vector = std::holds_alternative<RationalVector>(own->second);
  Value v = given(case_, &Numbers::parameters, p.name);
  if (is_number(p.kind) && vector) {
    if (!round)
      throw Unsupported("the parameter '" + p.name +
                        "' is a list over rounds, and no round is given");
    const auto& list = std::get<SurdMatrix>(v);
    const Index last = list.rows() - 1;
    v = Scalar(list(*round == StepAt::kLast ? last : std::min<Index>(*round, last), 0));
  } else if (is_number(p.kind) != number || (!number && (p.kind == Kind::vector) != vector))
    throw fault("gives something that is no " + claim::to_text(p.kind) + " for");
  if (p.kind == Kind::integer) {
    const auto q = rational_value(std::get<Scalar>(v));
    if (!q || denominator(*q) != 1) throw fault("gives something that is not whole for");
  }
  if (!is_number(p.kind)) {
    const auto& m = std::get<SurdMatrix>(v);
    const bool fits = m.rows() == d() && (vector || m.cols() == d());
    if (!fits) throw fault("gives something of the wrong size for");
    const bool symmetric = p.kind == Kind::symmetric || p.kind == Kind::positive;
    if (symmetric && !is_symmetric(m)) throw fault("gives something that is not symmetric for");
    if (p.kind == Kind::positive && !definiteness(m).definite)
      throw fault("gives something that is not positive definite for");
  }
  return v;
}

Value World::datum(const Datum& datum) const {
  const auto own = case_.data.find(datum.name);
  const auto fault = [&](const std::string& what) {
    return ClaimError(*text_->source, datum.place,
                      "the case '" + case_.name + "' " + what + " '" + datum.name +
                          "' of its method '" + text_->name + "' under [data]");
  };
  if (own == case_.data.end()) throw fault("lacks");
  if (own->second.index() != datum.sizes.size())
    throw fault("gives something of another shape for");
  return given(case_, &Numbers::data, datum.name);
}

std::optional<SurdMatrix> World::start_of_block(const std::string& name) const {
  const auto own = case_.blocks.find(name);
  if (own == case_.blocks.end()) return std::nullopt;
  const SurdMatrix m = value_in(case_, &Numbers::blocks, name);
  if (std::holds_alternative<RationalVector>(own->second)) return SurdMatrix(m.transpose());
  return m;
}

namespace {

/// Columns in reduced echelon form.
class Span {
 public:
  /// Adds a direction, N × 1; false where it is in the span already.
  bool add(SurdMatrix v) {
    for (size_t k = 0; k < columns_.size(); ++k) v -= columns_[k] * Surd(v(pivots_[k], 0));
    Index pivot = 0;
    while (pivot < v.rows() && v(pivot, 0) == Surd(0)) ++pivot;
    if (pivot == v.rows()) return false;
    v = v * v(pivot, 0).inverse();
    for (auto& column : columns_) column -= v * Surd(column(pivot, 0));
    columns_.push_back(v);
    pivots_.push_back(pivot);
    return true;
  }
  const std::vector<SurdMatrix>& columns() const { return columns_; }
  /// By their pivots, so that the space alone decides.
  void sort() {
    std::vector<size_t> order(columns_.size());
    for (size_t k = 0; k < order.size(); ++k) order[k] = k;
    std::sort(order.begin(), order.end(),
              [&](size_t a, size_t b) { return pivots_[a] < pivots_[b]; });
    std::vector<SurdMatrix> columns;
    std::vector<Index> pivots;
    for (const size_t k : order) {
      columns.push_back(columns_[k]);
      pivots.push_back(pivots_[k]);
    }
    columns_ = std::move(columns);
    pivots_ = std::move(pivots);
  }
  const std::vector<Index>& pivots() const { return pivots_; }

 private:
  std::vector<SurdMatrix> columns_;
  std::vector<Index> pivots_;
};

}  // namespace

const World::Reachable& World::reachable() {
  if (reachable_) return *reachable_;
  if (text_ == nullptr || case_.schedule || round_that_matters(0) != StepAt::kLast)
    throw Unsupported("what can be reached by a method that changes from round to round");
  const Index N = state_size();
  const SurdMatrix start = state_start(std::nullopt, std::nullopt);
  SurdMatrix z(N + 1, 1);
  z << start, Surd(1);
  const auto outcomes = drawn_outcomes(*text_, *this, step_);
  Span span;
  for (const auto& o : outcomes) {
    span.add((o.map * z).topRows(N) - start);
    for (Index k = 0; k < N; ++k) span.add(o.noise.col(k));
  }
  for (size_t k = 0; k < span.columns().size(); ++k) {
    const SurdMatrix direction = span.columns()[k];  // later ones change it only within the span
    for (const auto& o : outcomes) span.add(o.map.topLeftCorner(N, N) * direction);
  }
  span.sort();
  Reachable r{start, SurdMatrix::Constant(N, static_cast<Index>(span.columns().size()), Surd(0)),
              span.pivots()};
  for (size_t k = 0; k < span.columns().size(); ++k)
    r.directions.col(static_cast<Index>(k)) = span.columns()[k];
  return *(reachable_ = std::move(r));
}

/// A B = B T, and T is the rows of A B at the pivots, where B is the identity.
const SurdMoments& World::reachable_moments() {
  if (reachable_moments_) return *reachable_moments_;
  const Reachable& r = reachable();
  const Index N = state_size(), m = r.directions.cols();
  auto outcomes = drawn_outcomes(*text_, *this, step_);
  for (auto& o : outcomes) {
    const SurdMatrix moved = o.map.topLeftCorner(N, N) * r.directions;
    o.map = SurdMatrix::Constant(m + 1, m + 1, Surd(0));
    o.map(m, m) = Surd(1);
    for (Index i = 0; i < m; ++i)
      for (Index j = 0; j < m; ++j) o.map(i, j) = moved(r.pivots[static_cast<size_t>(i)], j);
    o.noise = SurdMatrix::Constant(m, m, Surd(0));
  }
  reachable_moments_ = std::make_unique<SurdMoments>(std::move(outcomes));
  return *reachable_moments_;
}

const SurdMatrix& World::start() {
  if (!start_of_x_) start_of_x_ = start_of_x(std::nullopt);
  return *start_of_x_;
}

SurdMatrix World::start_of_x(const std::optional<Surd>& step) {
  const Block* x = text_ == nullptr ? nullptr : text_->plain_x();
  if (x == nullptr) return start_;
  return state_start(std::nullopt, step).block(layout()->of(*x).offset, 0, d(), 1);
}

SurdMatrix World::mean_after_lists(const std::optional<Surd>& step, const SurdMatrix& start) {
  const Index N = state_size();
  const auto* list =
      case_.schedule && !step ? std::get_if<ListSchedule>(&*case_.schedule) : nullptr;
  const long steps = list == nullptr ? 0 : static_cast<long>(list->steps.size());
  SurdMatrix z(N + 1, 1);
  z << start, Surd(1);
  for (long k = 0; k + 1 < std::max<long>(steps, longest_list()); ++k) {
    z = mean_map({step ? *step : step_in_round(static_cast<size_t>(k)), k}) * z;
    for (const Surd& x : z) require_bits(x);
  }
  return z.topRows(N);
}

SurdMatrix World::state_start(const std::optional<SurdMatrix>& x0,
                              const std::optional<Surd>& step) {
  if (text_ != nullptr) return start_of_state(*text_, *this, x0, step);
  return x0 ? *x0 : start_;
}

Surd World::step_in_round(size_t k) const { return step_in_round_of(case_, k); }

std::optional<Surd> World::last_step() const { return last_step_of(case_); }

bool World::fixed_point_of_any_step() {
  if (text_ != nullptr) return false;
  if (case_.method.local_steps != 1) return false;
  return linear_part(mean_map(Surd(0))) == SurdMatrix::Identity(d(), d());
}

std::optional<Value> World::own_value(const std::string& variable) const {
  if (case_.values.count(variable) == 0) return std::nullopt;
  return given(case_, &Numbers::values, variable);
}

const SurdMoments& World::estimator() {
  if (!estimator_ || !options_.keep) {
    estimator_ = std::make_unique<SurdMoments>(instance_->estimator, rational_, options_);
  }
  return *estimator_;
}

/// Rounds of one number have one map: all, but where a method asks for k, or has lists.
long World::round_that_matters(long round) const {
  if (text_ == nullptr) return StepAt::kLast;
  if (text_->uses_round || round == StepAt::kLast) return round;
  return round + 1 >= longest_list() ? StepAt::kLast : round;
}

/// Of the lists over rounds that the case gives for numbers; 0 without any.
Index World::longest_list() const {
  Index longest = 0;
  if (text_ == nullptr) return longest;
  for (const Parameter& p : text_->parameters) {
    const auto own = case_.parameters.find(p.name);
    const bool list = is_number(p.kind) && own != case_.parameters.end() &&
                      std::holds_alternative<RationalVector>(own->second);
    if (list) longest = std::max(longest, std::get<RationalVector>(own->second).size());
  }
  return longest;
}

const SurdMoments& World::method(StepAt step) {
  step.round = round_that_matters(step.round);
  if (!options_.keep) methods_.clear();
  for (const auto& [known, moments] : methods_)
    if (known.gamma == step.gamma && known.round == step.round) return moments;
  require_bits(step.gamma);
  if (text_ != nullptr)
    return methods_.emplace_back(OfStep{step, SurdMoments(drawn_outcomes(*text_, *this, step))})
        .moments;
  const auto map = method_map(instance_->problem, instance_->sketch, case_.method, step.gamma);
  return methods_.emplace_back(OfStep{step, SurdMoments(map, rational_, options_)}).moments;
}

/// Lagrange: second moments of Â are polynomials in γ of degree 2T with T local steps.
SurdMatrix World::interpolate(const StepAt& step_at,
                              const std::function<SurdMatrix(const StepAt&)>& at) {
  const Surd& step = step_at.gamma;
  if (step.is_rational() || !case_.rational() || !options_.rational || text_ != nullptr)
    return at(step_at);
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

SurdMatrix World::mean_map(const StepAt& step) {
  return interpolate(step, [&](const StepAt& s) { return method(s).mean(); });
}
SurdMatrix World::push(const StepAt& step, const SurdMatrix& m) {
  return interpolate(step, [&](const StepAt& s) { return method(s).push(m); });
}
SurdMatrix World::noise(const StepAt& step) {
  return interpolate(step, [&](const StepAt& s) { return method(s).noise(); });
}
SurdMatrix World::pull(const StepAt& step, const SurdMatrix& m) {
  return interpolate(step, [&](const StepAt& s) { return method(s).pull(m); });
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
                                       const SurdMatrix& start) {
  const Index N = state_size();
  if (!options_.keep) paths_.clear();
  auto path = std::find_if(paths_.begin(), paths_.end(),
                           [&](const Path& p) { return p.step == step && p.start == start; });
  if (path == paths_.end()) {
    SurdMatrix z(N + 1, 1);
    z << start, Surd(1);
    paths_.push_back({step, start, {SurdMatrix(z * z.transpose())}});
    path = paths_.end() - 1;
  }
  auto& moments = path->moments;
  while (static_cast<long>(moments.size()) <= round) {
    const StepAt gamma(step ? *step : step_in_round(moments.size() - 1),
                       static_cast<long>(moments.size()) - 1);
    SurdMatrix next = push(gamma, moments.back());
    next.topLeftCorner(N, N) += noise(gamma);
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
  const Index size = state_size() + 1, unknowns = size * (size + 1) / 2;
  if (unknowns > options_.max_stationary) {
    throw Unsupported("the stationary second moment has " + std::to_string(unknowns) +
                      " unknowns, more than the limit of " +
                      std::to_string(options_.max_stationary));
  }
  const auto linear = [&](const SurdMatrix& m) -> SurdMatrix {
    return linear_part(push(step, bordered(m)));
  };
  const auto stability = decide_stability<Surd>(state_size(), linear, {}, options_.max_stationary);
  if (!stability.stable) throw Unsupported(stability.reason);
  if (!*stability.stable) return std::nullopt;
  // v = T v + c with the corner of the moment fixed to 1: the last entry of the packed list.
  const SurdMatrix added = noise(step);
  const SurdMatrix T = matrix_of<Surd>(size, [&](const SurdMatrix& m) -> SurdMatrix {
    SurdMatrix next = push(step, m);
    next.topLeftCorner(state_size(), state_size()) += added * m(state_size(), state_size());
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
  const Index unknowns = state_size() * (state_size() + 1) / 2;
  if (unknowns > budget::kUnknowns.most) throw Unsupported(budget::spent(budget::kUnknowns));
  own = matrix_of<Surd>(state_size(), [&](const SurdMatrix& m) -> SurdMatrix {
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
  const auto mean = solve_exactly(SurdMatrix(SurdMatrix::Identity(state_size(), state_size()) -
                                             map.topLeftCorner(state_size(), state_size())),
                                  SurdMatrix(map.topRightCorner(state_size(), 1)));
  if (!mean) return std::nullopt;
  SurdMatrix moment(state_size() + 1, state_size() + 1);
  moment << SurdMatrix::Constant(state_size(), state_size(), Surd(0)), *mean, mean->transpose(),
      Surd(1);
  const SurdMatrix rest = linear_part(push(step, moment)) + noise(step);
  const auto& [det, adjugate] = resolvent(step, false);
  const auto second = divided(adjugate * pack<Surd>(rest), det);
  if (!second) return std::nullopt;
  moment.topLeftCorner(state_size(), state_size()) = unpack<Surd>(second->col(0), state_size());
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
    if (text_ == nullptr) o.A = instance_->map.draw<Surd>(C).A;
    const bool more = visit(weight, o);
    if (!more) keep = false;
    if (keep) seen.emplace_back(weight, std::move(o));
    return more;
  });
  if (keep) kept_ = std::move(seen);
}

}  // namespace istcheck::claim
