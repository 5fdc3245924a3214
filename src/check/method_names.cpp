// The names of a method as text, in its own text and in claims about it (docs/semantics.md 17.6).
#include <algorithm>

#include "check/method.hpp"
#include "exact/budgets.hpp"

namespace istcheck::check {

using claim::Expr;
using claim::Op;

Evaluator::Evaluator(const claim::Claim& claim, World* world, Facts& facts,
                     const cert::Limits& limits)
    : claim_(claim), world_(world), facts_(facts), limits_(limits) {}
Evaluator::~Evaluator() = default;

TextMethod& Evaluator::text_method() {
  if (!claim_.method || world().data().method.text == nullptr)
    throw Undecided("a method as text, in a claim or on a case that has none");
  if (!text_) text_ = std::make_unique<TextMethod>(*claim_.method, world(), facts_, limits_);
  return *text_;
}

bool Evaluator::has_text() const {
  return claim_.method && world_ != nullptr && scope_names_ == nullptr;
}

size_t Evaluator::state_size() { return has_text() ? text_method().size() : world().d(); }

const Round& Evaluator::round(const Number& step, long k) {
  world().method();
  return has_text() ? text_method().round(step, k) : world().round(step);
}

Mat Evaluator::value_in(const Expr& e, const MethodScope& names, const Indices& loops) {
  const Restored outside(scope_names_);
  scope_names_ = &names;
  return value(e, loops);
}

Number Evaluator::scalar_in(const Expr& e, const MethodScope& names, const Indices& loops) {
  const Mat m = value_in(e, names, loops);
  if (m.rows() != 1 || m.columns() != 1) throw Undecided("a matrix where a number is needed");
  return m.at(0, 0);
}

Evaluator::Form Evaluator::form_in(const Expr& e, const MethodScope& names, const Indices& loops) {
  const Restored outside(scope_names_);
  const Restored bound(bound_);
  scope_names_ = &names;
  bound_ = loops;
  forms_.clear();  // a name means something else in another branch
  return form_of(e);
}

/// In the text of a method: the value of a name, or an entry of it.
std::optional<Mat> Evaluator::name_in_method(const Expr& e) {
  const auto named = scope_names_->find(e.name);
  if (named == scope_names_->end()) return std::nullopt;
  draws_->state = true;  // it changes from round to round, and in one
  const NamedInMethod& n = named->second;
  const size_t given = e.op == Op::name ? 0 : e.args.size(), own = n.ranges.size();
  if (given < own) throw Undecided("a name of a method without its indices");
  size_t at = 0;
  for (size_t k = 0; k < own; ++k) {
    const auto [low, high] = n.ranges[k];
    const long i = integer(*e.args[k]);
    if (i < low || i > high) throw NoValue("an index of a method is out of range");
    at = at * size_t(high - low + 1) + size_t(i - low);
  }
  const Mat& v = n.values.at(at);
  return own == given ? v : Mat(entry(v, e, own));
}

/// In a claim about a method: a block, a parameter, data. Nothing: e is none of these.
std::optional<Mat> Evaluator::name_of_method(const Expr& e) {
  if (const auto state = claim::state_in(e, *claim_.method)) {
    const auto index =
        state->index == nullptr ? std::nullopt : std::optional(integer(*state->index));
    const auto [first, length] = text_method().place(*state->block, index);
    if (state->round != nullptr) {
      if (in_round_) throw Undecided("a round inside of a round");
      return iterate(*state->round).block(first, 0, length, 1);
    }
    return (in_round_ ? state_of_round(*in_round_) : free_state()).block(first, 0, length, 1);
  }
  if (e.op != Op::name && e.op != Op::index) return std::nullopt;
  const auto given = text_method().given(e.name);
  if (!given) return std::nullopt;
  return e.op == Op::name ? *given : Mat(entry(*given, e, 0));
}

/// What `for every [reachable] state` binds, seen from definitions too.
Mat Evaluator::free_state() {
  for (size_t k = bound_.size(); k-- > 0;) {
    const bool reachable = bound_[k].name == claim::kReachableName;
    if (!reachable && bound_[k].name != claim::kStateName) continue;
    index_read_ = std::min(index_read_, k);
    if (!reachable) return bound_[k].value;
    const auto& r = reachable_states();
    return r.pivots.empty() ? r.start : r.start + r.directions * bound_[k].value;
  }
  throw Undecided("a state outside of 'for every state'");
}

const ReachableStates& Evaluator::reachable_states() {
  if (step_override() || own(to_text(Constant::x0)) != nullptr)
    throw Undecided("what is reached for every step or start");
  return text_method().reachable();
}

Mat Evaluator::start_of_case() {
  return has_text() ? text_method().start_of_x(step_override()) : world().start;
}

Mat Evaluator::start_of_run() {
  const Mat* x0 = own(to_text(Constant::x0));
  if (has_text()) return text_method().start(x0, step_override());
  return x0 == nullptr ? world().start : *x0;
}

/// next(V), and round(k : V): V with the blocks of that round.
Mat Evaluator::in_round(const Expr& e) {
  const bool next = e.op == Op::call;
  if (!draws_->mean) throw Undecided("a state in a round, outside of E");
  if (in_round_) throw Undecided("a round inside of a round");
  long round = kNextRound;
  if (next) {
    free_state();
  } else {
    round = integer(*e.args.at(0));
    if (round < 0) throw NoValue("rounds count from 0");
    if (round > budget::kRounds.most) throw Undecided(budget::spent(budget::kRounds));
  }
  draws_->state = true;
  const Restored outside(in_round_);
  in_round_ = round;
  return value(*e.args.at(next ? 0 : 1));
}

/// E[(z⁺; 1)(z⁺; 1)ᵀ] from the free state z.
Mat Evaluator::moment_of_next() {
  const Mat state = free_state();
  Mat z(state.rows() + 1, 1);
  z.put(state, 0, 0);
  z.at(state.rows(), 0) = 1;
  const Round& r = round(step_override().value_or(world().step), TextMethod::kLastRound);
  const Mat square = z * z.transposed();
  Mat sum = r.noise;
  for (const auto& [w, a] : r.map.terms) {
    sum = sum + w * (a * square * a.transposed());
    facts_.require_within(sum);
  }
  return sum;
}

/// fixed(b), limit(b), covariance(b, c).
Mat Evaluator::of_limit(const Expr& e) {
  TextMethod& text = text_method();
  const auto block = [&](const Expr& arg) {
    const auto state = claim::state_in(arg, *claim_.method);
    if (!state || state->round != nullptr) throw Undecided("a block of the state is needed");
    const auto index =
        state->index == nullptr ? std::nullopt : std::optional(integer(*state->index));
    return text.place(*state->block, index);
  };
  const auto [first, length] = block(*e.args.at(0));
  const Number step = last_step();
  const size_t N = text.size();
  const Function which = claim::function_named(e.name);
  if (which == Function::limit)
    return text.limit(step, step_override(), start_of_run(), first, length);
  if (which == Function::covariance) {
    const auto [second, columns] = block(*e.args.back());
    const Round& r = round(step, TextMethod::kLastRound);
    const auto m = facts_.stationary(r.map, r.noise);
    if (!m) throw NoValue("the method is not mean-square stable");
    return m->block(first, second, length, columns) -
           m->block(first, N, length, 1) * m->block(second, N, columns, 1).transposed();
  }
  const Mat map = round(step, TextMethod::kLastRound).map.mean();
  return (inverse(Mat::identity(N) - map.block(0, 0, N, N),
                  "the mean map has no unique fixed point") *
          map.block(0, N, N, 1))
      .block(first, 0, length, 1);
}

}  // namespace istcheck::check
