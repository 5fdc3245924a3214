#include "model/affine_map.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace istcheck {

namespace {

using Terms = std::vector<SelectionTerm>;

/// Adds √radicand · P^left G P^right to the terms, one term for each kind.
void add_term(Terms& terms, bool left, bool right, const Integer& radicand,
              const RationalMatrix& G) {
  for (SelectionTerm& t : terms)
    if (t.left == left && t.right == right && t.radicand == radicand) {
      t.G += G;
      return;
    }
  terms.push_back({left, right, radicand, G});
}

/// The scales s_i of one worker, or nothing where a method does not sketch.
using Scales = std::optional<SurdVector>;

/// Adds P^left Diag(s_left) M Diag(s_right) P^right, placed at (0, column) of a matrix of the given
/// size, split by radicands.
void add_scaled(Terms& terms, const Scales& left, const Scales& right, const RationalMatrix& m,
                Index size, Index column) {
  std::map<Integer, RationalMatrix> parts;
  for (Index i = 0; i < m.rows(); ++i)
    for (Index j = 0; j < m.cols(); ++j) {
      if (m(i, j) == 0) continue;
      const Surd scale = (left ? (*left)(i) : Surd(1)) * (right ? (*right)(j) : Surd(1));
      for (const auto& [root, q] : scale.terms()) {  // of a rational problem, so without α
        auto& part =
            parts.try_emplace(root.radicand, RationalMatrix::Zero(size, size)).first->second;
        part(i, column + j) = q * m(i, j);
      }
    }
  for (const auto& [radicand, part] : parts)
    add_term(terms, left.has_value(), right.has_value(), radicand, part);
}

/// The one rational number that all scales are, if so: the common case, done without surds.
std::optional<Rational> uniform(const SurdMatrix& scales) {
  for (Index k = 0; k < scales.size(); ++k)
    if (scales.data()[k] != scales.data()[0] || !scales.data()[k].is_rational())
      return std::nullopt;
  return scales.size() == 0 ? std::optional<Rational>() : scales.data()[0].rational();
}

bool has_noise(const Problem& problem, Index i) {
  if (problem.rational()) return !problem.worker(i).noise.isZero();
  const SurdMatrix noise = problem.surd_worker(i).noise;
  return std::any_of(noise.data(), noise.data() + noise.size(),
                     [](const Surd& x) { return x != Surd(0); });
}

/// Collects the terms of one worker.
struct TermBuilder {
  Index size;
  std::optional<Rational> scale;  ///< when uniform and rational
  SurdVector scales;
  Terms terms;

  void add(bool left, bool right, const RationalMatrix& m, Index column = 0) {
    if (scale || (!left && !right)) {
      Rational factor = 1;
      if (left) factor *= *scale;
      if (right) factor *= *scale;
      RationalMatrix G = RationalMatrix::Zero(size, size);
      G.block(0, column, m.rows(), m.cols()) = m * factor;
      add_term(terms, left, right, 1, G);
      return;
    }
    add_scaled(terms, left ? Scales(scales) : Scales(), right ? Scales(scales) : Scales(), m, size,
               column);
  }
};

}  // namespace

RandomAffineMap::RandomAffineMap(const Problem& problem, const Sketch& sketch)
    : sketch_(sketch), problem_(std::make_shared<Problem>(problem)) {}

RandomAffineMap method_map(const Problem& problem, const Sketch& sketch, const Method& method,
                           const Surd& step) {
  if (method.local_steps < 1) throw std::invalid_argument("local_steps must be at least 1");
  if (method.local_steps > 1 && method.kind != MethodKind::ist)
    throw std::invalid_argument("local_steps has a meaning for the method \"ist\" only");
  RandomAffineMap map(problem, sketch);
  map.method_ = method;
  map.step_ = step;
  for (Index i = 0; i < problem.n(); ++i) map.has_noise_ = map.has_noise_ || has_noise(problem, i);
  if (method.kind == MethodKind::text) return map;  // drawing from it throws
  const SketchPlaces places = places_of(method.kind);
  const bool sketched = places.carry || places.left || places.right;
  map.has_terms_ = problem.rational() && step.is_rational() && method.local_steps == 1 &&
                   (!sketched || sketch.law() != nullptr);
  if (!map.has_terms_) return map;

  const Rational gamma = step.rational();
  const Index n = problem.n(), d = problem.d();
  const Rational share(Integer(1), Integer(n));
  const auto scale = sketched ? uniform(sketch.scales()) : std::nullopt;
  map.constant_ = RationalMatrix::Zero(d + 1, d + 1);
  map.constant_(d, d) = 1;
  for (Index i = 0; i < n; ++i) {
    const Worker& w = problem.worker(i);
    SurdVector scales;
    if (sketched) scales = sketch.scales().row(i).transpose();
    TermBuilder builder{d + 1, scale, scales, {}};
    builder.add(places.carry, false, RationalMatrix::Identity(d, d) * share);
    builder.add(places.left, places.right, w.L * (-gamma * share));
    builder.add(places.left, false, w.b * (gamma * share), d);
    for (size_t t = builder.terms.size(); t-- > 0;) {
      const SelectionTerm& term = builder.terms[t];
      if (term.left || term.right) continue;
      map.constant_ += term.G;
      builder.terms.erase(builder.terms.begin() + static_cast<std::ptrdiff_t>(t));
    }
    map.terms_.push_back(std::move(builder.terms));
    TermBuilder noise{d, scale, scales, {}};
    if (!w.noise.isZero())
      noise.add(places.left, places.left, w.noise * (gamma * gamma * share * share));
    map.noise_terms_.push_back(std::move(noise.terms));
  }
  return map;
}

RandomAffineMap estimator_map(const Problem& problem, const Sketch& sketch) {
  RandomAffineMap map(problem, sketch);
  map.estimator_ = true;
  map.has_terms_ = problem.rational() && sketch.law() != nullptr;
  if (!map.has_terms_) return map;
  const Index n = problem.n(), d = problem.d();
  const Rational share(Integer(1), Integer(n));
  const auto scale = uniform(sketch.scales());
  map.constant_ = RationalMatrix::Zero(d + 1, d + 1);
  for (Index i = 0; i < n; ++i) {
    TermBuilder builder{d + 1, scale, sketch.scales().row(i).transpose(), {}};
    builder.add(true, true, problem.worker(i).L * share);
    builder.add(true, false, problem.worker(i).b * -share, d);
    map.terms_.push_back(std::move(builder.terms));
    map.noise_terms_.emplace_back();
  }
  return map;
}

namespace {

/// Worker i, and a number, over S. Over the rationals both throw for what is irrational.
template <class S>
WorkerOf<S> worker_over(const Problem& problem, Index i) {
  if constexpr (std::is_same_v<S, Rational>)
    return problem.worker(i);
  else
    return problem.surd_worker(i);
}
template <class S>
S over(const Surd& x) {
  if constexpr (std::is_same_v<S, Rational>)
    return x.rational();
  else
    return x;
}

}  // namespace

template <class S>
DrawnMap<S> RandomAffineMap::draw(const std::vector<Matrix<S>>& C) const {
  const Index n = problem_->n(), d = problem_->d();
  const S share(Rational(Integer(1), Integer(n)));
  const S step = over<S>(step_);
  const Matrix<S> identity = Matrix<S>::Identity(d, d);
  DrawnMap<S> drawn{Matrix<S>::Constant(d + 1, d + 1, S(0)), Matrix<S>::Constant(d, d, S(0))};
  for (Index i = 0; i < n; ++i) {
    const WorkerOf<S> w = worker_over<S>(*problem_, i);
    const Matrix<S>& c = C[static_cast<size_t>(i)];
    const Matrix<S>&L = w.L, b = w.b;
    if (estimator_) {
      drawn.A.topLeftCorner(d, d) += c * L * c * share;
      drawn.A.col(d).head(d) -= c * b * share;
      continue;
    }
    const SketchPlaces places = places_of(method_.kind);
    const Matrix<S> left = places.left ? c : identity;
    // w = P x + p with covariance V: the first step, then the further local ones.
    Matrix<S> P = (places.carry ? c : identity) - left * L * (places.right ? c : identity) * step;
    const Matrix<S> push = left * b * step;
    const Matrix<S> fresh = left * w.noise * left * (step * step);
    Matrix<S> p = push, V = fresh;
    for (int t = 1; t < method_.local_steps; ++t) {
      const Matrix<S> F = identity - left * L * step;
      P = (F * P).eval();
      p = (F * p + push).eval();
      V = (F * V * F.transpose() + fresh).eval();
    }
    drawn.A.topLeftCorner(d, d) += P * share;
    drawn.A.col(d).head(d) += p * share;
    drawn.noise += V * (share * share);
  }
  if (!estimator_) drawn.A(d, d) = S(1);
  return drawn;
}

template <class S>
void RandomAffineMap::enumerate(
    const std::function<bool(const Rational&, const DrawnMap<S>&)>& visit) const {
  sketch_.enumerate<S>([&](const Rational& weight, const std::vector<Matrix<S>>& C) {
    return visit(weight, draw<S>(C));
  });
}

template DrawnMap<Rational> RandomAffineMap::draw(const std::vector<RationalMatrix>&) const;
template DrawnMap<Surd> RandomAffineMap::draw(const std::vector<SurdMatrix>&) const;
template void RandomAffineMap::enumerate<Rational>(
    const std::function<bool(const Rational&, const DrawnMap<Rational>&)>&) const;
template void RandomAffineMap::enumerate<Surd>(
    const std::function<bool(const Rational&, const DrawnMap<Surd>&)>&) const;

}  // namespace istcheck
