// The names of a method as text: inside its own text, and in claims about it (docs/semantics.md
// 17).
#include "claim/evaluator.hpp"
#include "claim/method_run.hpp"
#include "claim/printer.hpp"
#include "dynamics/operators.hpp"

namespace istcheck::claim {

long Evaluator::last_bound() const {
  return static_cast<long>(numerator(std::get<Scalar>(bound_.back().second).rational()));
}

std::vector<long> Evaluator::elements_of(const Expr& set) {
  std::vector<long> all;
  const Form f = scope_form(set);
  for (const Surd& x : std::get<SurdMatrix>(f.constant))
    all.push_back(static_cast<long>(numerator(x.rational())));
  return all;
}

/// What a name stands for in the method's own text.
Form Evaluator::scope_form(const Expr& e) {
  const Named& named = scope_->at(e.name);
  const size_t own = named.ranges.size(), given = e.op == Op::name ? 0 : e.args.size();
  size_t place = 0;
  for (size_t k = 0; k < own && own <= given; ++k) {
    const auto [low, high] = named.ranges[k];
    const long i = integer(*e.args[k]);
    if (i < low || i > high)
      throw Undefined(e.args[k]->place, "this index runs from " + std::to_string(low) + " to " +
                                            std::to_string(high) + ", but it is " +
                                            std::to_string(i));
    place = place * static_cast<size_t>(high - low + 1) + static_cast<size_t>(i - low);
  }
  const Form& f = named.values.at(place);
  return own == given ? f : form_entry(f, e, own);
}

/// What does not depend on the state.
Value Evaluator::method_value(const Expr& e) {
  if (scope_ != nullptr) return scope_form(e).constant;
  const Method& m = *claim_.method;
  for (const Parameter& p : m.parameters)
    if (p.name == e.name) return of_name(world(e).parameter(p, std::nullopt), e);
  for (const Datum& d : m.data)
    if (d.name == e.name) return of_name(world(e).datum(d), e);
  const auto state = state_in(e, m);
  const auto z = state ? free_state() : std::nullopt;
  if (!z) misuse(e.place, "'" + e.name + "' has no value here");
  const Index first = block_offset(*state->block, state->index);
  return SurdMatrix(z->block(first, 0, world(e).layout()->of(*state->block).size, 1));
}

/// What `for every state` binds, or `for every reachable state` by coordinates.
std::optional<SurdMatrix> Evaluator::free_state() {
  for (size_t k = bound_.size(); k-- > 0;) {
    const auto& [name, value] = bound_[k];
    if (name == kStateName) return std::get<SurdMatrix>(value);
    if (name != kReachableName) continue;
    const auto& r = reachable_on(*world_);
    SurdMatrix z = r.start;
    if (r.directions.cols() > 0) z += r.directions * std::get<SurdMatrix>(value);
    return z;
  }
  return std::nullopt;
}

/// At the case's step and start only.
const World::Reachable& Evaluator::reachable_on(World& w) {
  if (step_override() || variables_.count(to_text(Constant::x0)) > 0)
    throw Unsupported("what can be reached for every step or start");
  return w.reachable();
}

/// rho_mean(reachable), rho_square(reachable).
Scalar Evaluator::reachable_radius(const Expr& e) {
  World& w = world(e);
  const Index m = reachable_on(w).directions.cols();
  if (m == 0) return Scalar(0);
  const SurdMoments& moments = w.reachable_moments();
  if (e.constant == Constant::rho_mean) return spectral_radius_of(linear_part(moments.mean()));
  if (m * (m + 1) / 2 > budget::kUnknowns.most) throw Unsupported(budget::spent(budget::kUnknowns));
  const SurdMatrix op = matrix_of<Surd>(
      m, [&](const SurdMatrix& s) -> SurdMatrix { return linear_part(moments.push(bordered(s))); });
  if (is_rational(op)) return Scalar(cone_spectral_radius(to_rational(op)));
  return Scalar(cone_spectral_radius(op));
}

/// The value of a name, or the entry of it that is asked for.
Value Evaluator::of_name(const Value& v, const Expr& e) {
  if (e.op == Op::name) return v;
  return entry(std::get<SurdMatrix>(v), e, 0);
}

Index Evaluator::block_offset(const Block& block, const Expr* index) {
  const StateLayout& layout = *world_->layout();
  const auto& place = layout.of(block);
  const long i = index != nullptr ? integer(*index) : place.low;
  const auto offset = layout.offset(block, i);
  if (!offset)
    throw Undefined(index->place,
                    "'" + block.name + "' has indices from " + std::to_string(place.low) + " to " +
                        std::to_string(place.high) + ", but this is " + std::to_string(i));
  return *offset;
}

/// A state in the method's text, or in a round.
Form Evaluator::method_form(const Expr& e) {
  if (scope_ != nullptr) return scope_form(e);
  const auto state = state_in(e, *claim_.method);
  if (!state) misuse(e.place, "'" + e.name + "' is no state");
  long round = round_.value_or(0);
  if (state->round != nullptr) {
    const bool limit = is_limit(*state->round);
    round = limit ? kInfinity : integer(*state->round);
    if (!limit && round < 0) throw Undefined(state->round->place, "rounds count from 0");
    if (!limit && round > budget::kRounds.most) throw Unsupported(budget::spent(budget::kRounds));
    if (limit) moment(round, e);
  }
  const Index first = block_offset(*state->block, state->index),
              size = world_->layout()->of(*state->block).size, N = world_->state_size();
  Form f;
  f.constant = SurdMatrix(SurdMatrix::Constant(size, 1, Surd(0)));
  SurdMatrix& A = f.rounds[round] = SurdMatrix::Constant(size, N + 1, Surd(0));
  A.block(0, first, size, size) = SurdMatrix::Identity(size, size);
  return f;
}

/// next(V), and round(k : V).
Form Evaluator::form_in_round(const Expr& e) {
  long round = kNext;
  if (e.op == Op::round_of) {
    round = integer(*e.args[0]);
    if (round < 0) throw Undefined(e.args[0]->place, "rounds count from 0");
    if (round > budget::kRounds.most) throw Unsupported(budget::spent(budget::kRounds));
  }
  struct Back {
    std::optional<long>& round;
    ~Back() { round.reset(); }
  } back{round_};
  round_ = round;
  return form(*e.inside);
}

/// E[(z⁺; 1)ᵀ Q (z⁺; 1)] = (z; 1)ᵀ E[Âᵀ Q Â] (z; 1) + tr(Q N), and E z⁺ = Ē z, from the free state
/// z.
Value Evaluator::contract_next(const Form& f, const Expr& at) {
  const auto state = free_state();
  if (!state) misuse(at.place, "'next' outside of 'for every state'");
  if (f.rounds.size() > 1 || !f.pairs.empty())
    throw Unsupported("'next' beside states of other rounds in one E");
  const Index N = state->rows();
  SurdMatrix z(N + 1, 1);
  z << *state, Surd(1);
  const Surd step = own_step(at);
  const SurdMatrix& Q = f.rounds.begin()->second;
  Value total = f.constant;
  if (auto* s = std::get_if<Scalar>(&total)) {
    const SurdMatrix pulled = world_->pull(step, Q);
    return *s + Scalar(Surd((z.transpose() * pulled * z).value() +
                            Surd((Q.topLeftCorner(N, N) * world_->noise(step)).trace())));
  }
  SurdMatrix v = std::get<SurdMatrix>(total) + Q * world_->mean_map(step) * z;
  if (f.row) return SurdMatrix(v.transpose());
  return v;
}

/// fixed(b), limit(b), covariance(b, c).
Value Evaluator::method_call(const Expr& e) {
  World& w = world(e);
  const auto block = [&](const Expr& arg) {
    const auto state = state_in(arg, *claim_.method);
    return std::pair(block_offset(*state->block, state->index), w.layout()->of(*state->block).size);
  };
  const auto [first, size] = block(*e.args[0]);
  if (e.function == Function::covariance) {
    const auto m = w.stationary_moment(last_step(e, e.name));
    if (!m)
      throw Undefined(e.place, "the method is not mean-square stable, so there is no covariance");
    const auto [second, columns] = block(*e.args.back());
    const Index N = w.state_size();
    return SurdMatrix(m->block(first, second, size, columns) -
                      m->block(first, N, size, 1) * m->block(second, N, columns, 1).transpose());
  }
  const SurdMatrix map = w.mean_map(last_step(e, e.name));
  const Index N = w.state_size();
  if (e.function == Function::limit) return limit_of_mean(map, first, size, e);
  const auto fixed = solve_exactly(SurdMatrix(SurdMatrix::Identity(N, N) - map.topLeftCorner(N, N)),
                                   SurdMatrix(map.topRightCorner(N, 1)));
  if (!fixed) throw Undefined(e.place, "the mean map has no unique fixed point");
  return SurdMatrix(fixed->block(first, 0, size, 1));
}

SurdMatrix Evaluator::limit_of_mean(const SurdMatrix& map, Index first, Index size, const Expr& e) {
  const SurdMatrix start = world(e).mean_after_lists(step_override(), starting_point(e));
  const auto limit = limit_of_rows(map, start, first, size);
  if (!limit.value)
    throw Undefined(e.place, "the mean of " + to_text(*e.args[0]) + " has no limit: " + limit.why);
  return *limit.value;
}

}  // namespace istcheck::claim
