#include "check/method.hpp"

#include <algorithm>
#include <numeric>

#include "exact/budgets.hpp"

namespace istcheck::check {

using claim::Expr;
using claim::Op;

namespace {

/// Whether t² = βt + γ for rational β and γ, term by term: t is then p + √q or p − √q.
bool quadratic(const Number& t) {
  if (t.is_rational()) return true;
  const Number square = t * t;
  const auto& [monomial, coefficient] = *t.rest().begin();
  const auto here = square.rest().find(monomial);
  const Rational beta =
      here == square.rest().end() ? Rational(0) : Rational(here->second / coefficient);
  return (square - Number(beta) * t).is_rational();
}

}  // namespace

void Evaluator::set_variable(const std::string& name, Mat value) {
  variables_.insert_or_assign(name, std::move(value));
  passes_ = 0;
  known_.clear();
}

void Evaluator::unset_variable(const std::string& name) {
  variables_.erase(name);
  known_.clear();
}

World& Evaluator::world() const {
  if (world_ == nullptr) throw Undecided("the claim needs a case, and there is none");
  return *world_;
}

size_t Evaluator::place_of(const std::string& name) const {
  for (size_t k = bound_.size(); k-- > scope_;)
    if (bound_[k].name == name) return k;
  return kNone;
}

const Expr* Evaluator::definition(const std::string& name) const {
  if (place_of(name) != kNone) return nullptr;
  for (const auto& d : claim_.definitions)
    if (d.name == name) return d.value.get();
  return nullptr;
}

/// Notes what is read while it lives, and hands it on.
class Evaluator::Watch {
 public:
  explicit Watch(Evaluator& e)
      : e_(e), draws_(*e.draws_), draw_(draws_.draw), state_(draws_.state), index_(e.index_read_) {
    draws_.draw = draws_.state = false;
    e.index_read_ = kNone;
  }
  ~Watch() {
    draws_.draw |= draw_;
    draws_.state |= state_;
    e_.index_read_ = std::min(e_.index_read_, index_);
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  /// Nothing was read that changes at one choice of the variables.
  bool nothing() const {
    return !draws_.draw && !draws_.state && e_.index_read_ >= e_.bound_.size();
  }

 private:
  Evaluator& e_;
  Draws& draws_;
  const bool draw_, state_;
  const size_t index_;
};

/// What depends on nothing that changes at one choice of the variables is kept.
Mat Evaluator::value(const Expr& e) {
  if (e.op == Op::number || e.op == Op::name || e.op == Op::index) return compute(e);
  if (const auto old = known_.find(&e); old != known_.end()) return old->second;
  const Watch watch(*this);
  Mat m = compute(e);
  if (watch.nothing()) known_.insert_or_assign(&e, m);
  return m;
}

Mat Evaluator::value(const Expr& e, const Indices& bound) {
  const Restored outside(bound_);
  bound_ = bound;
  return value(e);
}

Number Evaluator::scalar(const Expr& e) {
  const Mat m = value(e);
  if (m.rows() != 1 || m.columns() != 1) throw Undecided("a matrix where a number is needed");
  return m.at(0, 0);
}

/// The number, if it is rational.
std::optional<Rational> Evaluator::rational(const Number& x) const {
  if (x.is_rational()) return x.rational();
  if (x.irrational(static_cast<unsigned>(limits_.halvings))) return std::nullopt;
  throw Undecided("whether a number is rational");
}

bool Evaluator::whole(const Number& x) const {
  const auto q = rational(x);
  return q && denominator(*q) == 1;
}

bool Evaluator::suits(claim::Kind kind, const Mat& value) {
  if (kind == claim::Kind::scalar) return value.entries().size() == 1;
  if (kind == claim::Kind::integer) return value.entries().size() == 1 && whole(value.at(0, 0));
  if (world_ != nullptr && value.rows() != world_->d()) return false;
  if (kind == claim::Kind::vector) return value.columns() == 1;
  if (kind == claim::Kind::matrix) return value.rows() == value.columns();
  if (!value.symmetric()) return false;
  return kind == claim::Kind::symmetric || facts_.definiteness(value) == Definiteness::positive;
}

Rational Evaluator::whole_number(const Expr& e) {
  const auto k = rational(scalar(e));
  if (!k || denominator(*k) != 1) throw NoValue("a whole number is needed");
  return *k;
}

long Evaluator::integer(const Expr& e) {
  const Rational k = whole_number(e);
  if (abs(k) > budget::kWhole.most) throw Undecided(budget::spent(budget::kWhole));
  return static_cast<long>(numerator(k));
}

Mat Evaluator::square(const Expr& e) {
  Mat m = value(e);
  need(m.rows() == m.columns());
  return m;
}

void Evaluator::require_symmetric(const Mat& m) const {
  need(m.rows() == m.columns());
  for (size_t i = 0; i < m.rows(); ++i)
    for (size_t j = 0; j < i; ++j)
      if (!(m.at(i, j) == m.at(j, i)) && !facts_.zero(m.at(i, j) - m.at(j, i)))
        throw NoValue("the matrix is not symmetric");
}

Mat Evaluator::symmetric(const Expr& e) {
  Mat m = value(e);
  require_symmetric(m);
  return m;
}

size_t Evaluator::index(const Expr& e, size_t size) {
  const Rational k = whole_number(e);
  if (k < 1 || k > Rational(size)) throw NoValue("an index is out of range");
  return size_t(static_cast<long>(numerator(k))) - 1;
}

/// The entry that the arguments from number `first` on say.
Number Evaluator::entry(const Mat& m, const Expr& e, size_t first) {
  const size_t row = index(*e.args.at(first), m.rows());
  return m.at(row, e.args.size() > first + 1 ? index(*e.args[first + 1], m.columns()) : 0);
}

Number Evaluator::reciprocal(const Number& x) {
  if (facts_.zero(x)) throw NoValue("division by zero");
  return facts_.reciprocal(x);
}

Mat Evaluator::inverse(const Mat& m, const char* otherwise) {
  const auto result = facts_.inverse(m);
  if (!result) throw NoValue(otherwise);
  return *result;
}

/// Of numbers, or of blocks, where a numeral 0 takes its size from the others.
Mat Evaluator::literal(const Expr& e) {
  const size_t height = e.args.size(), width = e.args.at(0)->args.size();
  std::vector<std::optional<Mat>> blocks;
  std::vector<size_t> rows(height), columns(width);
  bool numbers = true;
  for (size_t i = 0; i < height; ++i)
    for (size_t j = 0; j < width; ++j) numbers = numbers && form_of(*e.args[i]->args.at(j)).scalar;
  for (size_t i = 0; i < height; ++i)
    for (size_t j = 0; j < width; ++j) {
      const Expr& item = *e.args[i]->args.at(j);
      blocks.emplace_back();
      if (!numbers && claim::is_zero_numeral(item)) continue;
      blocks.back() = numbers ? Mat(scalar(item)) : value(item);
      need((rows[i] == 0 || rows[i] == blocks.back()->rows()) &&
           (columns[j] == 0 || columns[j] == blocks.back()->columns()));
      rows[i] = blocks.back()->rows();
      columns[j] = blocks.back()->columns();
    }
  const auto total = [](const std::vector<size_t>& sizes) {
    for (const size_t size : sizes)
      if (size == 0) throw Undecided("blocks without a size");
    return std::accumulate(sizes.begin(), sizes.end(), size_t(0));
  };
  Mat all(total(rows), total(columns));
  for (size_t i = 0, top = 0; i < height; top += rows[i++])
    for (size_t j = 0, left = 0; j < width; left += columns[j++])
      if (const auto& block = blocks[i * width + j]) all.put(*block, top, left);
  return all;
}

/// A⁺ = Gᵀ(GGᵀ)⁻¹(FᵀF)⁻¹Fᵀ for A = FG, where G is what elimination makes of A, without its rows of
/// zeros, and F the columns of A at the pivots; both are of full rank.
Mat Evaluator::pseudoinverse(const Mat& a) {
  a.require_no_state();
  Mat g = a;
  std::vector<size_t> pivots;
  for (size_t j = 0; j < a.columns() && pivots.size() < a.rows(); ++j) {
    const size_t row = pivots.size();
    size_t from = row;
    while (from < a.rows() && facts_.zero(g.at(from, j))) ++from;
    if (from == a.rows()) continue;
    for (size_t k = 0; k < a.columns(); ++k) std::swap(g.at(row, k), g.at(from, k));
    const Number scale = reciprocal(g.at(row, j));
    for (size_t k = 0; k < a.columns(); ++k) g.at(row, k) = scale * g.at(row, k);
    for (size_t i = 0; i < a.rows(); ++i) {
      const Number times = g.at(i, j);
      for (size_t k = 0; i != row && k < a.columns(); ++k)
        g.at(i, k) = g.at(i, k) - times * g.at(row, k);
    }
    facts_.require_within(g);
    pivots.push_back(j);
  }
  const size_t rank = pivots.size();
  if (rank == 0) return {a.columns(), a.rows()};
  g = g.block(0, 0, rank, a.columns());
  const Mat f(a.rows(), rank, [&](size_t i, size_t k) { return a.at(i, pivots[k]); });
  const Mat up = g.transposed(), left = f.transposed();
  return up * inverse(g * up, "a factor of full rank") *
         inverse(left * f, "a factor of full rank") * left;
}

Mat Evaluator::within(Mat m) const {
  require_within(m);
  return m;
}

/// The limits are for each coefficient of a polynomial in entries of iterates, whose degree is at
/// most two (docs/semantics.md 15.2).
void Evaluator::require_within(const Mat& m) const {
  if (std::none_of(m.entries().begin(), m.entries().end(),
                   [](const Number& x) { return x.has_state(); }))
    return facts_.require_within(m);
  for (const Number& x : m.entries())
    for (const auto& [product, c] : x.by_state()) {
      unsigned degree = 0;
      for (const auto& power : product) degree += power.second;
      if (degree > 2) throw Undecided("a degree above two in iterates");
      facts_.require_within(c);
    }
}

Mat Evaluator::compute(const Expr& e) {
  const auto arg = [&](size_t k) -> const Expr& { return *e.args.at(k); };
  switch (e.op) {
    case Op::number:
      return Number(e.value);
    case Op::name:
      return named(e);
    case Op::index:
      return indexed(e);
    case Op::entry:
      if (has_text())
        if (const auto state = claim::state_in(e, *claim_.method); state && state->round != nullptr)
          return *name_of_method(e);
      return entry(value(arg(0)), e, 1);
    case Op::round_of:
      return in_round(e);
    case Op::call:
    case Op::call_at:
      return within(call(e));
    case Op::neg:
      return within(Number(-1) * value(arg(0)));
    case Op::add:
    case Op::sub: {
      const Mat a = value(arg(0)), b = value(arg(1));
      need(a.same_size(b));
      return within(e.op == Op::add ? a + b : a - b);
    }
    case Op::mul:
      return within(product(e));
    case Op::div: {
      const Mat a = value(arg(0));
      return within(reciprocal(scalar(arg(1))) * a);
    }
    case Op::pow:
      return within(power(e));
    case Op::transpose:
      return value(arg(0)).transposed();
    case Op::vector:
      return {e.args.size(), 1, [&](size_t i, size_t) { return scalar(arg(i)); }};
    case Op::matrix:
      return literal(e);
    case Op::norm:
    case Op::normsq:
      return within(norm(e));
    case Op::expect:
      return within(expectation(arg(0)));
    case Op::fold:
      return within(fold(e));
    case Op::at_member:
      return member(e).value(arg(1));
    case Op::choose:
      return value(truth(arg(0)) ? arg(1) : arg(2));
    default:
      throw Undecided("a statement has no value");
  }
}

/// An index that is bound here, a definition or variable of the claim, a name of the language
/// (docs/semantics.md 3.4).
Mat Evaluator::named(const Expr& e) {
  if (const size_t place = place_of(e.name); place != kNone) {
    index_read_ = std::min(index_read_, place);
    return bound_[place].value;
  }
  if (scope_names_ != nullptr)
    if (const auto found = name_in_method(e)) return *found;
  if (const Expr* own = definition(e.name))
    return inside(*own, [&](const Expr& d) { return value(d); });
  if (const Mat* value = own(e.name)) return *value;
  if (has_text())
    if (const auto found = name_of_method(e)) return *found;
  return builtin(e.name);
}

/// The value of the claim's variable of the name, nothing when the name is none, or the case's
/// while the variable's own values to try are found.
const Mat* Evaluator::own(const std::string& name) const {
  if (const auto v = variables_.find(name); v != variables_.end()) return &v->second;
  const auto& all = claim_.variables;
  const bool declared =
      std::any_of(all.begin(), all.end(), [&](const auto& v) { return v.name == name; });
  if (declared && name != trying_) throw NotChosen("'" + name + "' is not chosen");
  return nullptr;
}

const Outcome& Evaluator::outcome() {
  if (draws_->levels.empty()) throw Undecided("a draw outside of E and 'for every outcome'");
  draws_->draw = draws_->bare = true;
  return *draws_->levels[0];
}

std::optional<Number> Evaluator::step_override() const {
  const Mat* gamma = own(to_text(Constant::gamma));
  return gamma == nullptr ? std::nullopt : std::optional(gamma->at(0, 0));
}

/// The step that limits, stability and factors belong to (docs/semantics.md 8.3, 8.4).
Number Evaluator::last_step() const {
  const auto own = step_override();
  const auto last = own ? own : world().last_step();
  if (!last) throw Undecided("limits of a schedule of steps that tends to zero");
  return *last;
}

Mat Evaluator::builtin(const std::string& name) {
  World& w = world();
  const size_t d = w.d();
  const auto linear = [&] { return round(last_step(), -1).map.leading(state_size()); };
  switch (claim::constant_named(name)) {
    case Constant::n:
      return Number(Rational(w.n()));
    case Constant::d:
      return Number(Rational(d));
    case Constant::q:
      if (const auto* s = std::get_if<PermSketch>(&w.data().sketch))
        return Number(s->remainder ? Rational(std::max<size_t>(d / w.n(), 1)) : Rational(s->q));
      if (const auto* s = std::get_if<RandSketch>(&w.data().sketch)) return Number(s->q);
      if (const auto* s = std::get_if<BlockSketch>(&w.data().sketch)) return Number(s->q);
      throw NoValue("the sketch has no q");
    case Constant::p:
      if (std::holds_alternative<BernoulliSketch>(w.data().sketch)) return w.p();
      throw NoValue("the sketch has no p");
    case Constant::local_steps:
      return Number(w.method().local_steps);
    case Constant::gamma:
      return w.step;
    case Constant::Lbar:
      return w.Lbar;
    case Constant::bbar:
      return w.bbar;
    case Constant::Dbar:
      return w.Lbar.diagonal_part();
    case Constant::identity:
      return Mat::identity(d);
    case Constant::x0:
      return start_of_case();
    case Constant::ones:
      return {d, 1, [](size_t, size_t) { return 1; }};
    case Constant::xstar:
      return inverse(w.Lbar, "there is no unique minimizer") * w.bbar;
    case Constant::xinf: {
      const bool any =
          !has_text() && !step_override() && !w.last_step() && w.fixed_point_of_any_step();
      const Mat map = round(any ? w.step : last_step(), -1).map.mean();
      if (has_text()) {
        const claim::Block* x = claim_.method->plain_x();
        if (x == nullptr) throw NoValue("the method has no block x");
        const size_t N = state_size();
        return (inverse(Mat::identity(N) - map.block(0, 0, N, N), "no unique fixed point") *
                map.block(0, N, N, 1))
            .block(text_method().place(*x, std::nullopt).first, 0, d, 1);
      }
      return inverse(Mat::identity(d) - map.block(0, 0, d, d),
                     "the mean map has no unique fixed point") *
             map.block(0, d, d, 1);
    }
    case Constant::Bbar:
      return outcome().B;
    case Constant::Cb:
      return outcome().Cb;
    case Constant::theta_min:
      return theta_min();
    case Constant::rho_mean:
      return facts_.radius({{{Number(1), linear().mean()}}}, true);
    case Constant::rho_square:
      return facts_.radius(linear(), false);
    case Constant::lyapunov:
      return lyapunov(linear());
    case Constant::none:
      break;
  }
  throw Undecided("'" + name + "' cannot be evaluated here");
}

/// The least θ with E[B̄L̄B̄] ⪯ θ W, W = (L̄ E B̄ + E B̄ L̄)/2.
Number Evaluator::theta_min() {
  const Mat& L = world().Lbar;
  Mat EB(L.rows(), L.rows()), Q = EB;
  for (const auto& o : world().outcomes()) {
    EB = EB + o.weight * o.B;
    Q = Q + o.weight * (o.B * L * o.B);
  }
  const Mat W = Number(Rational(1, 2)) * (L * EB + EB * L);
  const auto theta = facts_.least(Q, W);
  if (!theta) throw NoValue("no theta satisfies (14), or there is no least one");
  return *theta;
}

/// P with P − T*(P) = I, as a system in the entries (i, j), i <= j, of P.
Mat Evaluator::lyapunov(const CongruenceSum& t) {
  const Mat map = t.transposed().on_entries();
  return Mat::unpacked(
      inverse(Mat::identity(map.rows()) - map, "P - E[A' P A] = I has no unique solution") *
          Mat::identity(state_size()).packed(),
      state_size());
}

Mat Evaluator::indexed(const Expr& e) {
  if (scope_names_ != nullptr && place_of(e.name) == kNone)
    if (const auto found = name_in_method(e)) return *found;
  if (has_text() && place_of(e.name) == kNone && definition(e.name) == nullptr)
    if (const auto found = name_of_method(e)) return *found;
  const bool own = place_of(e.name) != kNone || definition(e.name) != nullptr;
  const auto i = [&] { return index(*e.args[0], world().n()); };
  switch (own ? Indexed::none : claim::indexed_named(e.name)) {
    case Indexed::x:
      return iterate(*e.args.at(0));
    case Indexed::gamma: {
      World& w = world();
      const long k = integer(*e.args[0]);
      if (k < 0) throw NoValue("rounds count from 0");
      if (k > budget::kRounds.most) throw Undecided(budget::spent(budget::kRounds));
      const auto variable = step_override();
      return variable ? *variable : w.step_of(size_t(k));
    }
    case Indexed::L:
      return world().L[i()];
    case Indexed::b:
      return world().b[i()];
    case Indexed::D:
      return world().L[i()].diagonal_part();
    case Indexed::noise:
      return world().noise[i()];
    case Indexed::C: {
      const size_t worker = i();
      return outcome().C[worker];
    }
    case Indexed::none:
      break;
  }
  return entry(named(e), e, 0);
}

Mat Evaluator::product(const Expr& e) {
  const Mat a = value(*e.args[0]), b = value(*e.args[1]);
  if (form_of(*e.args[0]).scalar) return a.at(0, 0) * b;
  if (form_of(*e.args[1]).scalar) return b.at(0, 0) * a;
  need(a.columns() == b.rows());
  return a * b;
}

Mat Evaluator::power(const Expr& e) {
  const auto exponent = rational(scalar(*e.args[1]));
  const Rational twice = exponent ? Rational(2) * *exponent : Rational(1, 2);
  if (denominator(twice) != 1) throw NoValue("an exponent must be a multiple of 1/2");
  if (abs(twice) > 2 * budget::kExponent.most) throw Undecided(budget::spent(budget::kExponent));
  long k = static_cast<long>(numerator(twice));
  Mat base = square(*e.args[0]);
  if (k % 2 == 0) {
    k /= 2;
  } else {  // of a diagonal matrix, or of a number
    const Mat beside = base - base.diagonal_part();
    for (const Number& x : beside.entries())
      if (!facts_.zero(x)) throw NoValue("the square root of a matrix that is not diagonal");
    for (size_t i = 0; i < base.rows(); ++i) {
      if (facts_.negative(base.at(i, i))) throw NoValue("the square root of a negative number");
      base.at(i, i) = facts_.square_root(base.at(i, i));
    }
  }
  if (k < 0 && base.rows() == 1) {
    base = reciprocal(base.at(0, 0));
  } else if (k < 0) {
    base = inverse(base, "the inverse of a singular matrix");
  }
  Mat result = Mat::identity(base.rows());
  for (k = std::abs(k); k > 0; --k) result = within(result * base);
  return result;
}

Mat Evaluator::norm(const Expr& e) {
  const Mat v = value(*e.args[0]);
  const Mat weight = e.args.size() == 2 ? symmetric(*e.args[1]) : Mat::identity(v.rows());
  need(v.columns() == 1 && weight.rows() == v.rows());
  hint(v);
  if (e.args.size() == 2) hint(weight * v);
  const Number square = form(v, weight);
  if (e.op == Op::normsq) return square;
  if (facts_.negative(square)) throw NoValue("the norm with a weight that is not semidefinite");
  return facts_.square_root(square);
}

/// The ends of an index.
std::pair<long, long> Evaluator::range(const claim::Binder& b) {
  switch (b.domain) {
    case claim::Domain::workers:
      return {1, long(world().n())};
    case claim::Domain::coordinates:
      return {1, long(world().d())};
    case claim::Domain::range:
      break;
  }
  const long low = integer(*b.low);
  return {low, integer(*b.high)};
}

/// Of a set that a method drew.
std::vector<long> Evaluator::elements_of(const Expr& set) {
  std::vector<long> all;
  const Mat elements = value(set);
  for (const Number& x : elements.entries()) {
    if (scope_names_ == nullptr || !whole(x)) throw Undecided("this is no set");
    all.push_back(static_cast<long>(numerator(x.rational())));
  }
  return all;
}

/// Calls body for every choice of the indices from number `binder` on, the first one slowest, until
/// it returns false; then returns false too.
bool Evaluator::each(const Expr& e, const std::function<bool()>& body, size_t binder) {
  if (binder == e.binders.size()) return body();
  if (const auto& set = e.binders[binder].set) {
    const std::vector<long> all = elements_of(*set);
    const Restored around(bound_);
    bound_.push_back({e.binders[binder].name, Number()});
    return std::all_of(all.begin(), all.end(), [&](long k) {
      if (++passes_ > budget::kPasses.most) throw Undecided(budget::spent(budget::kPasses));
      bound_.back().value = Number(Rational(k));
      return each(e, body, binder + 1);
    });
  }
  const auto [low, high] = range(e.binders[binder]);
  const Restored outside(bound_);
  bound_.push_back({e.binders[binder].name, Number(Rational(low))});
  for (long k = low; k <= high; ++k) {
    if (++passes_ > budget::kPasses.most) throw Undecided(budget::spent(budget::kPasses));
    bound_.back().value = Number(Rational(k));
    if (!each(e, body, binder + 1)) return false;
  }
  return true;
}

Mat Evaluator::fold(const Expr& e) {
  std::vector<Mat> values;
  each(e, [&] {
    values.push_back(value(*e.args[0]));
    return true;
  });
  const Fold which = claim::fold_named(e.name);
  if (values.empty() && which == Fold::sum && form_of(e).scalar) return Number(0);
  if (values.empty()) throw NoValue("'" + e.name + "' over an empty range");
  const auto rows = [&](long columns) -> Mat {
    if (columns < 1 || long(values.size()) % columns != 0)
      throw NoValue("rows of different lengths");
    const auto width = size_t(columns);
    return {values.size() / width, width,
            [&](size_t i, size_t j) { return values.at(i * width + j).at(0, 0); }};
  };
  const auto total = [&] {
    Mat sum = values[0];
    for (size_t k = 1; k < values.size(); ++k) {
      need(sum.same_size(values[k]));
      sum = sum + values[k];
    }
    return sum;
  };
  switch (which) {
    case Fold::min:
    case Fold::max:
      return extreme(which == Fold::max, values);
    case Fold::vec:
      return rows(1);
    case Fold::mat: {
      const auto [low, high] = range(e.binders.at(1));
      return rows(high - low + 1);
    }
    case Fold::sum:
      return total();
    case Fold::mean:
      return Number(Rational(1) / Rational(values.size())) * total();
    case Fold::none:
      break;
  }
  throw Undecided("'" + e.name + "' cannot be evaluated here");
}

/// The least or the largest of some numbers.
Number Evaluator::extreme(bool largest, const std::vector<Mat>& numbers) {
  Number best = numbers.at(0).at(0, 0);
  for (size_t k = 1; k < numbers.size(); ++k) {
    const Number& next = numbers[k].at(0, 0);
    if (at_most(next, best) != largest) best = next;
  }
  return best;
}

Evaluator& Evaluator::member(const Expr& e) {
  const long which = integer(*e.args[0]);
  Evaluator ends(claim_, nullptr, facts_, limits_);  // of the family: they depend on nothing
  if (which < ends.integer(*claim_.family->low) || which > ends.integer(*claim_.family->high))
    throw NoValue("the family has no such member");
  auto& [world, evaluator] = members_[which];
  if (!evaluator) {
    try {
      world = std::make_unique<World>(family_member(claim_, which, facts_, limits_), facts_,
                                      limits_.outcomes);
    } catch (const std::invalid_argument& fault) {
      throw NoValue(std::string("the family has no such member: ") + fault.what());
    }
    evaluator = std::make_unique<Evaluator>(claim_, world.get(), facts_, limits_);
  }
  if (evaluator->variables_ != variables_) {
    evaluator->variables_ = variables_;
    evaluator->known_.clear();
  }
  evaluator->bound_ = bound_;
  evaluator->scope_ = scope_;
  index_read_ = 0;  // whatever is read there
  return *evaluator;
}

Mat Evaluator::call(const Expr& e) {
  const auto arg = [&](size_t k) { return value(*e.args[k]); };
  const auto number = [&](size_t k) { return scalar(*e.args[k]); };
  const Function which = claim::function_named(e.name);
  const Constant radius = claim::constant_named(e.name);
  if (radius == Constant::rho_mean || radius == Constant::rho_square) {
    const bool reachable =
        e.args.size() == 1 && e.args[0]->op == Op::name && e.args[0]->name == claim::kReachableWord;
    if (!reachable) throw Undecided("a radius of what is not said");
    if (reachable_states().pivots.empty()) return Number(0);
    const CongruenceSum on = text_method().on_reachable();
    if (radius == Constant::rho_square) return facts_.radius(on, false);
    return facts_.radius({{{Number(1), on.mean()}}}, true);
  }
  switch (which) {
    case Function::f:
    case Function::grad_f: {  // f_i(x) = ½ xᵀL_i x − b_iᵀx
      const size_t i = e.op == Op::call_at ? index(*e.args[0], world().n()) : 0;
      const Mat& L = e.op == Op::call_at ? world().L[i] : world().Lbar;
      const Mat& b = e.op == Op::call_at ? world().b[i] : world().bbar;
      const Mat x = arg(e.args.size() - 1);
      need(x.same_size(b));
      if (which == Function::grad_f) return L * x - b;
      return Number(Rational(1, 2)) * (x.transposed() * L * x) - b.transposed() * x;
    }
    case Function::g: {
      const Mat x = arg(0);
      const Outcome& o = outcome();
      need(x.same_size(o.Cb));
      return o.B * x - o.Cb;
    }
    case Function::step: {
      const size_t d = world().d(), level = step_level(e);
      if (level == 0 || level > draws_->levels.size()) throw Undecided("the draw of a step");
      draws_->draw = true;
      const Outcome& o = *draws_->levels[level - 1];
      const Mat map = world().map_of(o, step_override().value_or(world().step)).first;
      const Mat x = arg(0);
      need(x.rows() == d && x.columns() == 1);
      return map.block(0, 0, d, d) * x + map.block(0, d, d, 1);
    }
    case Function::e: {
      const size_t d = world().d();
      return Mat::identity(d).block(0, index(*e.args[0], d), d, 1);
    }
    case Function::min:
    case Function::max: {
      std::vector<Mat> numbers;
      for (size_t k = 0; k < e.args.size(); ++k) numbers.emplace_back(number(k));
      return extreme(which == Function::max, numbers);
    }
    case Function::sqrt: {
      const Number x = number(0);
      if (facts_.negative(x)) throw NoValue("the square root of a negative number");
      return facts_.square_root(x);
    }
    case Function::abs: {
      const Number x = number(0);
      return facts_.negative(x) ? -x : x;
    }
    case Function::ceil: {
      const Number t = number(0);
      return ceiling(t, number(1));
    }
    case Function::surd: {  // sums of products of square roots, as far as their polynomials show it
      const Number t = number(0);
      const bool roots = std::all_of(t.rest().begin(), t.rest().end(), [](const auto& term) {
        return std::all_of(term.first.begin(), term.first.end(),
                           [](const auto& power) { return power.first->relation.size() == 2; });
      });
      if (!roots && !quadratic(t)) throw Undecided("whether a number is a sum of square roots");
      return t;
    }
    case Function::diag:
      return square(*e.args[0]).diagonal();
    case Function::trace: {
      const Mat diagonal = square(*e.args[0]).diagonal();
      Number trace;
      for (const Number& x : diagonal.entries()) trace = trace + x;
      return trace;
    }
    case Function::det:
      return determinant_and_adjugate(square(*e.args[0])).first;
    case Function::inner: {
      const Mat u = arg(0), w = arg(1);
      need(u.columns() == 1 && u.same_size(w));
      return u.transposed() * w;
    }
    case Function::sym: {
      const Mat m = square(*e.args[0]);
      return Number(Rational(1, 2)) * (m + m.transposed());
    }
    case Function::Diag: {
      if (!form_of(*e.args[0]).column) return square(*e.args[0]).diagonal_part();
      const Mat m = arg(0);
      return {m.rows(), m.rows(),
              [&](size_t i, size_t j) { return i == j ? m.at(i, 0) : Number(); }};
    }
    case Function::row: {
      const Mat m = arg(0);
      return m.block(index(*e.args[1], m.rows()), 0, 1, m.columns());
    }
    case Function::column: {
      const Mat m = arg(0);
      return m.block(0, index(*e.args[1], m.columns()), m.rows(), 1);
    }
    case Function::inverse:
      return inverse(square(*e.args[0]), "the inverse of a singular matrix");
    case Function::pinv:
      return pseudoinverse(arg(0));
    case Function::kron: {
      const Mat a = arg(0), b = arg(1);
      passes_ += long(a.entries().size() * b.entries().size());
      if (passes_ > budget::kPasses.most) throw Undecided(budget::spent(budget::kPasses));
      return {a.rows() * b.rows(), a.columns() * b.columns(), [&](size_t i, size_t j) {
                return a.at(i / b.rows(), j / b.columns()) * b.at(i % b.rows(), j % b.columns());
              }};
    }
    case Function::lambda_min_plus: {  // the positive eigenvalues of A and of A⁺ are reciprocal
      const Mat a = symmetric(*e.args[0]);
      const auto t = facts_.least(pseudoinverse(a), Mat::identity(a.rows()));
      if (!t) throw Undecided("no eigenvalue");
      if (!facts_.positive(*t)) throw NoValue("no eigenvalue is positive");
      return reciprocal(*t);
    }
    case Function::spectral_radius:
      return facts_.radius({{{Number(1), square(*e.args[0])}}}, true);
    case Function::lambda_max:
    case Function::lambda_min:
      return eigenvalue(e, which == Function::lambda_max);
    case Function::defined:
    case Function::rational:
    case Function::next:
      return in_round(e);
    case Function::fixed:
    case Function::limit:
    case Function::covariance:
      return of_limit(e);
    case Function::keep: {
      Mat m(world().d(), world().d());
      for (const long j : elements_of(*e.args.at(0))) {
        if (j < 1 || size_t(j) > m.rows()) throw NoValue("this is no set of coordinates");
        m.at(size_t(j) - 1, size_t(j) - 1) = 1;
      }
      return m;
    }
    case Function::none:
      break;
  }
  throw Undecided("'" + e.name + "' cannot be evaluated");
}

/// The least multiple of s that is at least t, by bisection. Once s is known to be positive its
/// enclosure has a positive low end.
Number Evaluator::ceiling(const Number& t, const Number& s) {
  if (!facts_.positive(s)) throw NoValue("ceil(t, s) needs s > 0");
  const auto [low, high] = t.enclose();
  const auto [least, most] = s.enclose();
  if (least <= 0) throw Undecided("ceil(t, s) of an s that may be zero");
  Integer below = floor_of(low / (low < 0 ? least : most)) - 1;
  Integer above = floor_of(high / (high < 0 ? most : least)) + 1;
  while (above - below > 1) {
    const Integer middle = floor_of(Rational(below + above) / 2);
    (at_most(t, Number(Rational(middle)) * s) ? above : below) = middle;
  }
  return Number(Rational(above)) * s;
}

/// A and B ≻ 0 of lambda_max(A, B) or lambda_min(A, B); B is I when left out.
std::pair<Mat, Mat> Evaluator::pencil(const Expr& e) {
  const Mat a = symmetric(*e.args[0]);
  const Mat b = e.args.size() == 2 ? symmetric(*e.args[1]) : Mat::identity(a.rows());
  need(a.same_size(b));
  if (facts_.definiteness(b) != Definiteness::positive)
    throw NoValue("the second matrix is not positive definite");
  return {a, b};
}

/// λ_max(A, B) is the least t with A ⪯ tB; λ_min(A, B) = −λ_max(−A, B).
Mat Evaluator::eigenvalue(const Expr& e, bool largest) {
  const auto [a, b] = pencil(e);
  const auto t = facts_.least(largest ? a : Number(-1) * a, b);
  if (!t) throw Undecided("no eigenvalue");
  return largest ? *t : -*t;
}

}  // namespace istcheck::check
