#include "check/world.hpp"

namespace istcheck::check {
namespace {

/// Where a method sketches: x⁺ = (1/n) Σ [carry] x − γ [left] (L_i [right] x − b_i).
struct Places {
  bool carry, left, right;
};

const std::map<MethodKind, Places> kPlaces{
    // x − γ (L̄x − b̄)
    {MethodKind::gradient, {false, false, false}},
    // x − γ (1/n) Σ C_i (L_i C_i x − b_i)
    {MethodKind::sketched_gradient, {false, true, true}},
    // w_i = C_i x; T times w_i ← w_i − γ C_i (L_i w_i − b_i)
    {MethodKind::ist, {true, true, true}},
    // (1/n) Σ [C_i x − γ (L_i C_i x − b_i)]
    {MethodKind::one_sided, {true, false, true}},
    // x − γ (1/n) Σ C_i (L_i x − b_i)
    {MethodKind::compressed_gradient, {false, true, false}},
    // x − γ (1/n) Σ (L_i C_i x − b_i)
    {MethodKind::compressed_iterate, {false, false, true}},
    // (1/n) Σ C_i (x − γ (L_i x − b_i))
    {MethodKind::compressed_update, {true, true, false}},
};

/// √r α^k.
Number number_of(const Irrational& root, const Case& c, Facts& facts) {
  Number value = root.radicand == 1 ? Number(1) : facts.square_root(Rational(root.radicand));
  for (unsigned k = 0; k < root.power; ++k) value = value * facts.root_of_case(c.alpha.value());
  return value;
}

/// Σ √r α^k part(numbers with the multiples of √r α^k).
template <class Part>
Mat sum_of_parts(const Case& c, Facts& facts, const Part& part) {
  const auto matrix = [&](const Numbers& x) { return Mat(RationalMatrix(part(x))); };
  Mat sum = matrix(c);
  for (const auto& [root, numbers] : c.roots)
    sum = sum + number_of(root, c, facts) * matrix(numbers);
  return sum;
}

RationalMatrix scalar(const Rational& q) { return RationalMatrix::Constant(1, 1, q); }

}  // namespace

Data data_of(const Case& c, Facts& facts) {
  if (c.alpha) facts.root_of_case(*c.alpha);  // the first root, before any square root
  const auto sum = [&](const auto& part) { return sum_of_parts(c, facts, part); };
  Data data{{}, {}, {}, Mat(size_t(c.d()), 1), Number(), {}, {}};
  data.parameters = parameters_of(c);
  data.step = sum([](const Numbers& x) { return scalar(x.step); }).at(0, 0);
  if (c.start) data.start = sum([](const Numbers& x) { return x.start.value(); });
  for (size_t i = 0; i < c.workers.size(); ++i) {
    data.L.push_back(sum([i](const Numbers& x) { return x.workers.at(i).L; }));
    data.b.push_back(sum([i](const Numbers& x) { return x.workers.at(i).b; }));
    data.noise.push_back(sum([i](const Numbers& x) { return x.workers.at(i).noise; }));
  }
  if (const auto* list = c.schedule ? std::get_if<ListSchedule>(&*c.schedule) : nullptr) {
    for (size_t k = 0; k < list->steps.size(); ++k) {
      Number step = list->steps[k];
      for (const auto& [root, multiples] : list->roots)
        step = step + number_of(root, c, facts) * Number(multiples.at(k));
      data.steps.push_back(step);
    }
  }
  return data;
}

Parameters parameters_of(const Case& c) {
  Parameters result;
  if (const auto* s = std::get_if<BernoulliSketch>(&c.sketch)) result.p = s->p;
  if (const auto* s = std::get_if<TableSketch>(&c.sketch))
    for (const auto& o : s->outcomes) result.weights.emplace_back(o.weight);
  return result;
}

Mat value_of(const Case& c, const std::string& name, Facts& facts) {
  return value_in(c, &Numbers::values, name, facts);
}

Mat value_in(const Case& c, std::map<std::string, CaseValue> Numbers::*map, const std::string& name,
             Facts& facts) {
  return sum_of_parts(c, facts, [&](const Numbers& x) -> RationalMatrix {
    const CaseValue& value = (x.*map).at(name);
    if (const auto* q = std::get_if<Rational>(&value)) return scalar(*q);
    if (const auto* v = std::get_if<RationalVector>(&value)) return *v;
    return std::get<RationalMatrix>(value);
  });
}

World::World(Case c, Data numbers, Facts& facts, size_t most_outcomes)
    : L(std::move(numbers.L)),
      b(std::move(numbers.b)),
      noise(std::move(numbers.noise)),
      start(std::move(numbers.start)),
      step(std::move(numbers.step)),
      case_(std::move(c)),
      facts_(&facts),
      steps_(std::move(numbers.steps)),
      parameters_(std::move(numbers.parameters)) {
  const auto require = [](bool good, const char* message) {
    if (!good) throw std::invalid_argument(message);
  };
  require(!case_.workers.empty() && case_.d() > 0, "no workers");
  if (!facts.positive(step)) throw NoConfiguration("the step is not positive");
  for (const Number& later : steps_)
    if (!facts.positive(later)) throw NoConfiguration("a step is not positive");
  require(case_.method.local_steps == 1 || case_.method.kind == MethodKind::ist, "local steps");
  const auto size = size_t(case_.d());
  const Number share = Rational(1) / Rational(case_.workers.size());
  Lbar = Mat(size, size);
  bbar = Mat(size, 1);
  require(start.rows() == size, "the size of the start");
  for (size_t i = 0; i < n(); ++i) {
    require(L[i].symmetric() && L[i].rows() == size && b[i].rows() == size, "the data of a worker");
    require(noise[i].symmetric() && noise[i].rows() == size, "a covariance");
    if (!noise[i].vanishes() && !facts.semidefinite(noise[i]))
      throw NoConfiguration("a covariance that is not positive semidefinite");
    Lbar = Lbar + share * L[i];
    bbar = bbar + share * b[i];
  }
  for (auto& [weight, C] : all_outcomes(case_, L, parameters_, facts, most_outcomes)) {
    Outcome o{weight, std::move(C), Mat(size, size), Mat(size, 1)};
    for (size_t i = 0; i < n(); ++i) {
      o.B = o.B + share * (o.C[i] * L[i] * o.C[i]);
      o.Cb = o.Cb + share * (o.C[i] * b[i]);
    }
    outcomes_.push_back(std::move(o));
  }
}

const std::vector<Outcome>& World::outcomes() {
  used_.sketch = true;
  return outcomes_;
}

const Number& World::p() {
  used_.sketch = true;
  return parameters_.p;
}

const Method& World::method() {
  used_.method = true;
  return case_.method;
}

/// Worker i's point is w = P x + p with covariance V. The first step takes the gradient at [right]
/// x; further ones multiply by F = I − γ [left] L_i.
std::pair<Mat, Mat> World::map_of(const Outcome& o, const Number& step) {
  if (method().kind == MethodKind::text) throw Undecided("a method as text that no claim names");
  const Places at = kPlaces.at(method().kind);
  const Mat identity = Mat::identity(d());
  const Number share = Rational(1) / Rational(n());
  Mat map(d() + 1, d() + 1), spread(d() + 1, d() + 1), A(d(), d()), a(d(), 1), N(d(), d());
  for (size_t i = 0; i < n(); ++i) {
    const Mat& C = o.C[i];
    const Mat left = at.left ? C : identity, pulled = step * (left * L[i]);
    const Mat pushed = step * (left * b[i]);
    const Mat fresh = (step * step) * (left * noise[i] * left);
    Mat P = (at.carry ? C : identity) - pulled * (at.right ? C : identity), p = pushed, V = fresh;
    for (int t = 1; t < case_.method.local_steps; ++t) {
      const Mat F = identity - pulled;
      P = F * P;
      p = F * p + pushed;
      V = F * V * F.transposed() + fresh;
      facts_->require_within(P);
    }
    A = A + share * P;
    a = a + share * p;
    N = N + (share * share) * V;
  }
  map.put(A, 0, 0);
  map.put(a, 0, d());
  map.at(d(), d()) = 1;
  spread.put(N, 0, 0);
  return {map, spread};
}

const Round& World::round(const Number& step) {
  const std::string name = text(step);
  if (const auto known = rounds_.find(name); known != rounds_.end()) return known->second;
  Round r{{}, Mat(d() + 1, d() + 1)};
  for (const auto& o : outcomes()) {
    auto [map, spread] = map_of(o, step);
    r.map.terms.emplace_back(o.weight, std::move(map));
    r.noise = r.noise + o.weight * spread;
  }
  return rounds_[name] = std::move(r);  // whole: nothing is kept of what ended early
}

Number World::step_of(size_t k) {
  used_.steps = true;
  if (!case_.schedule) return step;
  if (const auto* h = std::get_if<HarmonicSchedule>(&*case_.schedule))
    return Number(Rational(1 / (1 + Rational(k) * h->c))) * step;
  if (steps_.empty()) throw Undecided("a schedule without steps");
  return steps_[std::min(k, steps_.size() - 1)];
}

/// A harmonic schedule with c = 0 is none.
std::optional<Number> World::last_step() {
  used_.steps = true;
  if (!case_.schedule) return step;
  if (const auto* h = std::get_if<HarmonicSchedule>(&*case_.schedule))
    return h->c == 0 ? std::optional(step) : std::nullopt;
  return step_of(steps_.size());
}

/// With one local step the mean map is x ↦ K x − s (M x − c), and its fixed points are those of M
/// when K = I.
bool World::fixed_point_of_any_step() {
  return case_.method.local_steps == 1 &&
         round(Number(0)).map.mean().block(0, 0, d(), d()) == Mat::identity(d());
}

/// M_0 = (x0; 1)(x0; 1)ᵀ, and M_{k+1} = E[Â M_k Âᵀ] + N: the round is drawn independently of x^k,
/// and its noise has mean zero given the sketch.
const Mat& World::second_moment(size_t k, const std::optional<Number>& own, const Mat& x0) {
  auto& path = paths_[(own ? text(*own) : "case") + " " + text(x0)];
  if (path.empty()) {
    Mat z(d() + 1, 1);
    z.put(x0, 0, 0);
    z.at(d(), 0) = 1;
    path.push_back(z * z.transposed());
  }
  while (path.size() <= k) {
    const Round& r = round(own ? *own : step_of(path.size() - 1));
    Mat next = r.noise;
    for (const auto& [w, a] : r.map.terms) {
      next = next + w * (a * path.back() * a.transposed());
      facts_->require_within(next);
    }
    path.push_back(std::move(next));
  }
  return path[k];
}

}  // namespace istcheck::check
