// E over the outcomes of a round and over the iterates, and the members of a claim's family.
#include <algorithm>
#include <limits>

#include "check/method.hpp"
#include "exact/budgets.hpp"

namespace istcheck::check {

using claim::Expr;
using claim::Op;

namespace {

/// What stands for x[infinity] among the rounds, after all others.
constexpr long kLimit = std::numeric_limits<long>::max();

}  // namespace

/// How many rounds deep a `step` in e is (docs/semantics.md 7.3): the number of its draw.
size_t Evaluator::step_level(const Expr& e) {
  if (e.op == Op::expect || e.op == Op::surely) return 0;
  size_t level = 0;
  const Expr* own = e.op == Op::name || e.op == Op::index ? definition(e.name) : nullptr;
  if (own != nullptr) {
    const auto [place, fresh] = levels_.try_emplace(own, 0);
    if (fresh) place->second = inside(*own, [&](const Expr& d) { return step_level(d); });
    level = place->second;
  }
  const Restored outside(bound_);
  for (const auto& b : e.binders)
    bound_.push_back({b.name, Mat(), b.kind ? form_of_kind(*b.kind) : kNumber});
  for (const auto& arg : e.args) level = std::max(level, step_level(*arg));
  return level + (e.op == Op::call && claim::function_named(e.name) == Function::step ? 1 : 0);
}

/// Every choice of outcomes of the levels in e, until visit says no.
bool Evaluator::each_outcome(const Expr& e, const std::function<bool(const Number&)>& visit) {
  const size_t levels = std::max<size_t>(1, step_level(e));
  if (world_ == nullptr) return visit(1);  // nothing there is random
  const auto& outcomes = world().outcomes();
  size_t choices = 1;
  for (size_t k = 0; k < levels; ++k) {
    choices *= outcomes.size();
    if (k > 0 && choices > limits_.outcomes) throw Undecided("too many outcomes of several draws");
  }
  draws_->levels.assign(levels, nullptr);
  const std::function<bool(size_t, const Number&)> draw = [&](size_t level, const Number& w) {
    if (level == levels) return visit(w);
    return std::all_of(outcomes.begin(), outcomes.end(), [&](const Outcome& o) {
      draws_->levels[level] = &o;
      return draw(level + 1, w * o.weight);
    });
  };
  return draw(0, 1);
}

/// At a choice of outcomes e is a polynomial in the entries of iterates, which are unknowns; E puts
/// moments in the place of their products (docs/semantics.md 7.4). Where no draw was read, every
/// other choice gives the same.
Mat Evaluator::expectation(const Expr& e) {
  Draws draws;
  draws.mean = true;
  const Restored outside(draws_);
  draws_ = &draws;
  std::optional<Mat> sum;
  each_outcome(e, [&](const Number& weight) {
    const Mat m = value(e);
    need(!sum || sum->same_size(m));
    const Mat term = draws.draw ? weight * m : m;
    sum = sum ? *sum + term : term;
    return draws.draw;
  });
  const size_t rounds =
      size_t(std::count_if(draws.joint.begin(), draws.joint.end(),
                           [](const auto& j) { return j.first.first == j.first.second; }));
  if (draws.bare && (rounds > 1 || draws.levels.size() > 1))
    throw Undecided("a draw beside several rounds");  // docs/semantics.md F16
  return {sum->rows(), sum->columns(),
          [&](size_t i, size_t j) { return with_moments(sum->at(i, j)); }};
}

Number Evaluator::with_moments(const Number& x) {
  if (!x.has_state()) return x;
  Number sum;
  for (const auto& [product, c] : x.by_state())
    sum = sum + (product.empty() ? c : c * moment(product));
  return sum;
}

/// Tells whoever looks for a refutation of v: in the mean, and with one entry of an iterate more by
/// one.
void Evaluator::hint(const Mat& v) {
  if (!facts_.takes_hints()) return;
  const Mat mean(v.rows(), 1, [&](size_t i, size_t) { return with_moments(v.at(i, 0)); });
  facts_.met(mean);
  std::map<Monomial, Mat, ByIndex> columns;
  for (size_t i = 0; i < v.rows(); ++i)
    for (const auto& [product, c] : v.at(i, 0).by_state())
      if (!product.empty())
        columns.try_emplace(product, Mat(v.rows(), 1)).first->second.at(i, 0) = c;
  for (const auto& [product, column] : columns) facts_.met(mean + column);
}

/// E of a product of at most two entries of iterates.
Number Evaluator::moment(const Monomial& product) {
  std::vector<std::pair<long, size_t>> entries;
  for (const auto& [root, power] : product)
    entries.insert(entries.end(), power, place_of_state_.at(root->index - 1));
  if (entries.size() > 2) throw Undecided("a degree above two in iterates");
  std::sort(entries.rbegin(), entries.rend());
  const auto [round, i] = entries[0];
  if (entries.size() == 1) return joint(round, round).at(i, state_size());
  return joint(round, entries[1].first).at(i, entries[1].second);
}

/// E[(x; 1)(y; 1)ᵀ] for x of the later round and y of the earlier one, or of the same
/// (docs/semantics.md 8.2, 8.3).
const Mat& Evaluator::joint(long later, long earlier) {
  const auto old = draws_->joint.find({later, earlier});
  if (old != draws_->joint.end()) return old->second;
  World& w = world();
  const size_t d = state_size();
  Mat m;
  if (later == kNextRound || earlier == kNextRound) {
    if (later != earlier) throw Undecided("'next' beside a state of another round");
    m = moment_of_next();
  } else if (later == earlier && later == kLimit) {
    const Round& r = round(last_step(), -1);
    const auto limit = facts_.stationary(r.map, r.noise);
    if (!limit) throw NoValue("the method is not mean-square stable");
    m = *limit;
  } else if (later == earlier) {
    const Mat start = start_of_run();
    m = has_text() ? text_method().second_moment(size_t(later), step_override(), start)
                   : w.second_moment(size_t(later), step_override(), start);
  } else if (later == kLimit) {
    m = joint(later, later).block(0, d, d + 1, 1) *
        joint(earlier, earlier).block(0, d, d + 1, 1).transposed();
  } else {
    m = joint(earlier, earlier);
    const auto own_step = step_override();
    for (long k = earlier; k < later; ++k)
      m = round(own_step ? *own_step : w.step_of(size_t(k)), k).map.mean() * m;
  }
  return draws_->joint[{later, earlier}] = std::move(m);
}

/// The state in a round as unknowns, where it has moments.
Mat Evaluator::iterate(const Expr& k) {
  if (!draws_->mean) throw Undecided("an iterate outside of E");
  const bool limit = is_limit(k);
  const long round = limit ? kLimit : integer(k);
  if (round < 0) throw NoValue("rounds count from 0");
  if (!limit && round > budget::kRounds.most) throw Undecided(budget::spent(budget::kRounds));
  return state_of_round(round);
}

Mat Evaluator::state_of_round(long round) {
  draws_->state = true;
  joint(round, round);
  const size_t size = state_size();
  const auto [place, fresh] = iterates_.try_emplace(round, Mat(size, 1));
  for (size_t i = 0; fresh && i < size; ++i) {
    Root unknown;
    unknown.letter = 'x';
    unknown.index = states_.size() + 1;
    unknown.free = unknown.state = true;
    states_.push_back(unknown);
    place_of_state_.emplace_back(round, i);
    place->second.at(i, 0) = Number(states_.back());
  }
  return place->second;
}

namespace {

SketchSpec sketch_of_family(const std::string& name, int q) {
  if (name == "identity") return IdentitySketch{};
  if (name == "perm") return PermSketch{q, false};
  if (name == "rand") return RandSketch{q, false};
  if (name == "scaled-perm") return ScaledPermSketch{};
  if (name == "unit-perm") return UnitPermSketch{};
  throw Undecided("a family with the sketch '" + name + "'");
}

}  // namespace

Case family_member(const claim::Claim& claim, long index, Facts& facts,
                   const cert::Limits& limits) {
  const claim::Family& f = *claim.family;
  Evaluator evaluator(claim, nullptr, facts, limits);
  const auto at = [&](const claim::ExprPtr& e, long worker) {
    Evaluator::Indices bound{{f.index, Number(Rational(index))}};
    if (worker > 0) bound.push_back({f.worker, Number(Rational(worker))});
    return evaluator.value(*e, bound);
  };
  const auto rational = [](const Number& x) {
    if (!x.is_rational()) throw Undecided("the data of an instance must be rational");
    return x.rational();
  };
  const auto whole = [&](const claim::ExprPtr& e) {
    const Rational x = e ? rational(at(e, 0).at(0, 0)) : Rational(1);
    if (denominator(x) != 1 || x < 1 || x > 64) throw NoValue("a size of a family is not in 1..64");
    return static_cast<int>(numerator(x));
  };
  const auto matrix = [&](const claim::ExprPtr& e, long worker, int rows, int columns) {
    const Mat m = at(e, worker);
    if (m.rows() != size_t(rows) || m.columns() != size_t(columns))
      throw NoValue("sizes in a family");
    RationalMatrix result(rows, columns);
    for (int i = 0; i < rows; ++i)
      for (int j = 0; j < columns; ++j) result(i, j) = rational(m.at(size_t(i), size_t(j)));
    return result;
  };
  const int n = whole(f.n), d = whole(f.d);
  Case c;
  c.step = f.gamma ? rational(at(f.gamma, 0).at(0, 0)) : Rational(1);
  if (f.x0) c.start = RationalVector(matrix(f.x0, 0, d, 1).col(0));
  c.sketch = sketch_of_family(f.sketch, whole(f.q));
  const auto method = method_named(f.method);
  if (!method) throw Undecided("an unknown method");
  c.method.kind = *method;
  for (int i = 1; i <= n; ++i) {
    c.workers.push_back({matrix(f.L, i, d, d), matrix(f.b, i, d, 1).col(0),
                         RationalMatrix::Constant(d, d, Rational(0))});
  }
  return c;
}

}  // namespace istcheck::check
