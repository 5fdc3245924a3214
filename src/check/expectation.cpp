// E over the outcomes of a round and over the iterates, and the members of a claim's family.
#include <algorithm>

#include "check/evaluator.hpp"
#include "exact/budgets.hpp"

namespace istcheck::check {

using claim::Expr;
using claim::Op;
using claim::Shape;

namespace {

void add(std::optional<Mat>& sum, const Mat& term) {
  need(!sum || sum->same_size(term));
  sum = sum ? *sum + term : term;
}

}  // namespace

/// How many rounds deep a `step` in e is (docs/semantics.md 7.3): the number of its draw.
size_t Evaluator::step_level(const Expr& e) {
  if (e.op == Op::expect || e.op == Op::surely) return 0;
  size_t level = 0;
  if (e.meaning == claim::Meaning::definition)
    level = remembered(levels_, e.name, [&] { return step_level(definition(e.name)); });
  for (const auto& arg : e.args) level = std::max(level, step_level(*arg));
  return level + (e.op == Op::call && e.name == "step" ? 1 : 0);
}

/// Every choice of outcomes of the levels in e, until visit says no.
bool Evaluator::each_outcome(const Expr& e, const std::function<bool(const Rational&)>& visit) {
  const Restored first(outcome_);
  const Restored rest(later_);
  const auto& outcomes = world().outcomes;
  const size_t levels = std::max<size_t>(1, step_level(e));
  size_t choices = 1;
  for (size_t k = 0; k < levels; ++k) {
    choices *= outcomes.size();
    if (k > 0 && choices > limits_.outcomes) throw Undecided("too many outcomes of several draws");
  }
  later_.assign(levels - 1, nullptr);
  const std::function<bool(size_t, const Rational&)> draw = [&](size_t level, const Rational& w) {
    if (level > levels) return visit(w);
    return std::all_of(outcomes.begin(), outcomes.end(), [&](const Outcome& o) {
      (level == 1 ? outcome_ : later_[level - 2]) = &o;
      return draw(level + 1, Rational(w * o.weight));
    });
  };
  return draw(1, Rational(1));
}

Mat Evaluator::over_outcomes(const Expr& e) {
  if (!e.type.random) return value(e);
  std::optional<Mat> sum;
  each_outcome(e, [&](const Rational& weight) {
    add(sum, Number(weight) * value(e));
    return true;
  });
  return sum.value();
}

/// E of sums and constant multiples is taken term by term, so that each remaining term mentions the
/// iterate of one round only; of the rounds' sketches, a term sees those drawn after its iterate.
Mat Evaluator::over_rounds(const Expr& e) {
  if (e.type.degree == 0) return over_outcomes(e);
  const auto constant = [](const Expr& x) { return x.type.degree == 0 && !x.type.random; };
  switch (e.op) {
    case Op::name:
      return over_rounds(definition(e.name));
    case Op::neg:
      return Number(-1) * over_rounds(*e.args[0]);
    case Op::add:
    case Op::sub: {
      const Mat a = over_rounds(*e.args[0]), b = over_rounds(*e.args[1]);
      need(a.same_size(b));
      return e.op == Op::add ? a + b : a - b;
    }
    case Op::mul:
      for (const size_t k : {size_t(0), size_t(1)})
        if (constant(*e.args[k]) && e.args[k]->type.shape == Shape::scalar) {
          const Number factor = scalar(*e.args[k]);
          return factor * over_rounds(*e.args[1 - k]);
        }
      break;
    case Op::div:
      if (constant(*e.args[1])) {
        const Number factor = reciprocal(scalar(*e.args[1]));
        return factor * over_rounds(*e.args[0]);
      }
      break;
    case Op::choose:
      if (constant(*e.args[0])) return over_rounds(truth(*e.args[0]) ? *e.args[1] : *e.args[2]);
      break;
    case Op::fold: {
      if (e.name != "sum" && e.name != "mean") break;
      std::optional<Mat> sum;
      long count = 0;
      each(e, [&] {
        add(sum, over_rounds(*e.args[0]));
        return ++count > 0;
      });
      if (!sum && e.name == "sum" && e.type.shape == Shape::scalar) return Number(0);
      if (!sum) throw NoValue("'" + e.name + "' over an empty range");
      return e.name == "mean" ? Number(Rational(1) / Rational(count)) * *sum : *sum;
    }
    default:
      break;
  }
  return quadratic_mean(e);
}

/// For q of degree at most two in x, with mean m and covariance S of x,
///     E q(x) = q(m) + ½ Σ_ij S_ij H_ij,   H_ij = q(m + e_i + e_j) − q(m + e_i) − q(m + e_j) +
///     q(m).
/// (The type checker sees to the degree.) The sketch beside x^k is drawn after it, so the mean over
/// its outcomes is taken at each point.
Mat Evaluator::quadratic_mean(const Expr& e) {
  const size_t d = world().d();
  Iterate here{std::nullopt, Mat(), Mat(d, 1)};
  const Restored outside(iterate_);
  iterate_ = &here;
  const auto at = [&](const std::vector<size_t>& units) {
    here.shift = Mat(d, 1);
    for (const size_t i : units) here.shift.at(i, 0) = here.shift.at(i, 0) + Number(1);
    return over_outcomes(e);
  };
  const Mat middle = at({});
  if (e.type.degree <= 1) return middle;
  const Mat mean = here.moment.block(0, d, d, 1);
  const Mat covariance = here.moment.block(0, 0, d, d) - mean * mean.transposed();
  std::vector<Mat> one;
  for (size_t i = 0; i < d; ++i) one.push_back(at({i}));
  Mat sum = middle;
  for (size_t i = 0; i < d; ++i)
    for (size_t j = i; j < d; ++j) {
      const Mat second = at({i, j}) - one[i] - one[j] + middle;
      sum = sum + (Number(i == j ? Rational(1, 2) : Rational(1)) * covariance.at(i, j)) * second;
    }
  return sum;
}

/// x[k] at the point that quadratic_mean looks at.
Mat Evaluator::iterate(const Expr& e) {
  if (iterate_ == nullptr) throw Undecided("an iterate outside E");
  const Expr& k = *e.args[0];
  const long round = k.op == Op::name && k.name == "infinity" ? -1 : integer(k);
  if (round < 0 && !(k.op == Op::name && k.name == "infinity"))
    throw NoValue("rounds count from 0");
  if (iterate_->round && *iterate_->round != round)
    throw Undecided("a product of iterates of different rounds");
  const size_t d = world().d();
  if (!iterate_->round) {
    if (round > budget::kRounds.most) throw Undecided(budget::spent(budget::kRounds));
    if (round >= 0) {
      const Mat* start = own("x0");
      iterate_->moment = world().second_moment(size_t(round), step_override(),
                                               start == nullptr ? world().start : *start);
    } else {
      const Round& r = world().round(last_step());
      const auto limit = facts_.stationary(r.map, r.noise);
      if (!limit) throw NoValue("the method is not mean-square stable");
      iterate_->moment = *limit;
    }
    iterate_->round = round;
  }
  return iterate_->moment.block(0, d, d, 1) + iterate_->shift;
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
  std::vector<claim::ExprPtr>
      copies;  // caches go by address, so copies live as long as the evaluator
  const auto at = [&](const claim::ExprPtr& e, long worker) {
    copies.push_back(clone(*e));
    substitute(*copies.back(), f.index, index);
    substitute(*copies.back(), f.worker, worker);
    return evaluator.value(*copies.back());
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
