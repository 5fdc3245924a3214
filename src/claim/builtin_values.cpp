#include "claim/evaluator.hpp"
#include "claim/printer.hpp"
#include "dynamics/operators.hpp"
#include "dynamics/theta.hpp"
#include "exact/budgets.hpp"

namespace istcheck::claim {

namespace {

SurdMatrix diagonal_part(const SurdMatrix& m) {
  SurdMatrix result = SurdMatrix::Constant(m.rows(), m.cols(), Surd(0));
  for (Index i = 0; i < m.rows(); ++i) result(i, i) = m(i, i);
  return result;
}

/// docs/semantics.md 3.1.
std::optional<int> sketch_q(const SketchSpec& spec, Index n, Index d) {
  if (const auto* s = std::get_if<PermSketch>(&spec))
    return s->remainder ? static_cast<int>(std::max<Index>(d / n, 1)) : s->q;
  if (const auto* s = std::get_if<RandSketch>(&spec)) return s->q;
  if (const auto* s = std::get_if<BlockSketch>(&spec)) return s->q;
  return std::nullopt;
}

SurdMatrix identity(Index d) { return SurdMatrix::Identity(d, d); }

/// The fixed point of x = A x + a, from Â = [A a; 0 1].
std::optional<SurdMatrix> fixed_point(const SurdMatrix& map) {
  const Index d = map.rows() - 1;
  return solve_exactly(SurdMatrix(identity(d) - map.topLeftCorner(d, d)),
                       SurdMatrix(map.topRightCorner(d, 1)));
}

Scalar least_theta_of(World& w, const Expr& e) {
  const SurdMatrix B = linear_part(w.estimator().mean());
  const SurdMatrix& L = w.mean_L();
  const SurdMatrix W = (L * B + B * L) * Surd(Rational(1, 2));
  const SurdMatrix Q = linear_part(w.estimator().push(bordered(L)));
  const bool rational = is_rational(W) && is_rational(Q);
  const auto theta = rational ? least_theta(to_rational(Q), to_rational(W)) : least_theta(Q, W);
  if (theta.without_end)
    throw Undefined(e.place, "no theta is the least of those that satisfy (14): every theta <= " +
                                 to_string(*theta.without_end) + " does");
  if (!theta.least) throw Undefined(e.place, "no theta satisfies (14)");
  return Scalar(*theta.least);
}

Scalar mean_square_radius(World& w, const Surd& step) {
  if (step.has_unknowns())
    throw Unsupported("rho_square of a step that is not given, but for a comparison with it");
  const SurdMatrix op = w.second_moment_operator(step, false);
  if (is_rational(op)) return Scalar(cone_spectral_radius(to_rational(op)));
  return Scalar(cone_spectral_radius(op));
}

SurdMatrix lyapunov(World& w, const Surd& step, const Expr& e) {
  const SurdMatrix right = pack<Surd>(identity(w.state_size()));
  std::optional<SurdMatrix> p;
  if (step.has_unknowns()) {
    const auto& [det, adjugate] = w.resolvent(step, true);
    p = divided(adjugate * right, det);
  } else {
    const SurdMatrix& op = w.second_moment_operator(step, true);
    p = solve_exactly(SurdMatrix(SurdMatrix::Identity(op.rows(), op.cols()) - op), right);
  }
  if (!p) throw Undefined(e.place, "P - E[A' P A] = I has no unique solution");
  return unpack<Surd>(p->col(0), w.state_size());
}

}  // namespace

Value Evaluator::builtin_name(const Expr& e) {
  World& w = world(e);
  switch (e.constant) {
    case Constant::n:
      return Scalar(Rational(w.n()));
    case Constant::d:
      return Scalar(Rational(w.d()));
    case Constant::q: {
      const auto q = sketch_q(w.data().sketch, w.n(), w.d());
      if (!q) throw Undefined(e.place, "the sketch '" + kind_of(w.data().sketch) + "' has no q");
      return Scalar(*q);
    }
    case Constant::p: {
      const auto* s = std::get_if<BernoulliSketch>(&w.data().sketch);
      if (s == nullptr)
        throw Undefined(e.place, "the sketch '" + kind_of(w.data().sketch) + "' has no p");
      return Scalar(s->p);
    }
    case Constant::local_steps:
      return Scalar(w.data().method.local_steps);
    case Constant::gamma:
      return Scalar(own_step(e));
    case Constant::Lbar:
      return w.mean_L();
    case Constant::bbar:
      return w.mean_b();
    case Constant::Dbar:
      return diagonal_part(w.mean_L());
    case Constant::identity:
      return identity(w.d());
    case Constant::ones:
      return SurdMatrix(SurdMatrix::Constant(w.d(), 1, Surd(1)));
    case Constant::x0:
      return step_override() ? w.start_of_x(*step_override()) : w.start();
    case Constant::xstar: {
      const auto x = solve_exactly(w.mean_L(), w.mean_b());
      if (!x) throw Undefined(e.place, "Lbar is singular, so there is no unique minimizer");
      return *x;
    }
    case Constant::Bbar:
      return outcome_->B;
    case Constant::Cb:
      return outcome_->Cb;
    case Constant::xinf: {
      const bool any = !step_override() && !w.last_step() && w.fixed_point_of_any_step();
      const auto x = fixed_point(w.mean_map(any ? w.step() : last_step(e, e.name)));
      if (!x) throw Undefined(e.place, "the mean map has no unique fixed point");
      if (w.text() == nullptr) return *x;
      const Block* block = w.text()->plain_x();
      if (block == nullptr)
        throw Undefined(e.place, "the method has no block x of length d; write fixed(…)");
      return SurdMatrix(x->block(block_offset(*block, nullptr), 0, w.d(), 1));
    }
    case Constant::theta_min:
      return least_theta_of(w, e);
    case Constant::rho_mean:
      return spectral_radius_of(linear_part(w.mean_map(last_step(e, e.name))));
    case Constant::rho_square:
      return mean_square_radius(w, last_step(e, e.name));
    case Constant::lyapunov:
      return lyapunov(w, last_step(e, e.name), e);
    case Constant::none:
      break;
  }
  misuse(e.place, "'" + e.name + "' cannot be evaluated");
}

long Evaluator::worker_index(const Expr& e) {
  return static_cast<long>(checked_index(e, world(e).n(), "the number of a worker"));
}

/// gamma[k].
Scalar Evaluator::step_of_round(const Expr& e) {
  const long k = integer(*e.args[0]);
  if (k < 0) throw Undefined(e.place, "rounds count from 0");
  if (k > budget::kRounds.most) throw Unsupported(budget::spent(budget::kRounds));
  world(e);
  return Scalar(step_of_round(k));
}

Value Evaluator::builtin_index(const Expr& e) {
  World& w = world(e);
  const auto i = [&] { return worker_index(*e.args[0]); };
  switch (e.indexed) {
    case Indexed::gamma:
      return step_of_round(e);
    case Indexed::L:
      return w.L(i());
    case Indexed::b:
      return w.b(i());
    case Indexed::D:
      return diagonal_part(w.L(i()));
    case Indexed::noise:
      return w.gradient_noise(i());
    case Indexed::C:
      return outcome_->C[static_cast<size_t>(i())];
    case Indexed::x:
    case Indexed::none:
      break;
  }
  misuse(e.place, "'" + e.name + "[…]' cannot be evaluated here");
}

std::optional<Surd> Evaluator::step_override() {
  const auto v = variables_.find(to_text(Constant::gamma));
  if (v == variables_.end()) return std::nullopt;
  return std::get<Scalar>(v->second).need_surd("a step size");
}

Surd Evaluator::own_step(const Expr& e) { return step_override().value_or(world(e).step()); }

/// The step that what belongs to the method as it runs is for: docs/semantics.md 8.3, 8.4.
Surd Evaluator::last_step(const Expr& e, const std::string& what) {
  const auto step = step_override();
  const auto last = step ? step : world(e).last_step();
  if (!last)
    throw Unsupported("the case's schedule of steps tends to zero, so " + what +
                      " belongs to the map of no step");
  return *last;
}

SurdMatrix Evaluator::starting_point(const Expr& e) {
  const auto v = variables_.find(to_text(Constant::x0));
  World& w = world(e);
  return w.state_start(
      v != variables_.end() ? std::optional(std::get<SurdMatrix>(v->second)) : std::nullopt,
      step_override());
}

Value Evaluator::function_value(const SurdMatrix& x, long worker, const Expr& e) {
  const SurdMatrix& L = worker < 0 ? world(e).mean_L() : world(e).L(worker);
  const SurdMatrix& b = worker < 0 ? world(e).mean_b() : world(e).b(worker);
  return Scalar(
      Surd((x.transpose() * L * x).value() * Surd(Rational(1, 2)) - (b.transpose() * x).value()));
}

Value Evaluator::gradient(const SurdMatrix& x, long worker, const Expr& e) {
  const SurdMatrix& L = worker < 0 ? world(e).mean_L() : world(e).L(worker);
  return SurdMatrix(L * x - (worker < 0 ? world(e).mean_b() : world(e).b(worker)));
}

/// The least or the largest of some numbers.
Scalar Evaluator::extreme(bool largest, const std::vector<Value>& numbers) {
  Scalar best = std::get<Scalar>(numbers[0]);
  for (size_t k = 1; k < numbers.size(); ++k) {
    const Scalar& next = std::get<Scalar>(numbers[k]);
    if (is_negative(next - best) != largest) best = next;
  }
  return best;
}

Value Evaluator::builtin_call(const Expr& e) {
  const auto arg = [&](size_t k) -> const Expr& { return *e.args[k]; };
  if (e.constant == Constant::rho_mean || e.constant == Constant::rho_square)
    return reachable_radius(e);
  const auto worker = [&] { return e.op == Op::call_at ? worker_index(arg(0)) : -1; };
  switch (e.function) {
    case Function::f: {
      const long i = worker();
      return function_value(matrix(*e.args.back()), i, e);
    }
    case Function::grad_f: {
      const long i = worker();
      return gradient(matrix(*e.args.back()), i, e);
    }
    case Function::g:
      return SurdMatrix(outcome_->B * matrix(arg(0)) - outcome_->Cb);
    case Function::step: {
      const Index d = world(e).d();
      const SurdMatrix map = map_of_step(e);
      return SurdMatrix(map.topLeftCorner(d, d) * matrix(arg(0)) + map.topRightCorner(d, 1));
    }
    case Function::e: {
      SurdMatrix unit = SurdMatrix::Constant(world(e).d(), 1, Surd(0));
      unit(checked_index(arg(0), world(e).d(), "a coordinate"), 0) = 1;
      return unit;
    }
    case Function::min:
    case Function::max: {
      std::vector<Value> numbers;
      for (size_t k = 0; k < e.args.size(); ++k) numbers.emplace_back(scalar(arg(k)));
      return extreme(e.function == Function::max, numbers);
    }
    case Function::sqrt: {
      const Scalar s = scalar(arg(0));
      if (is_negative(s)) throw Undefined(e.place, "the square root of a negative number");
      return square_root(s);
    }
    case Function::abs: {
      const Scalar s = scalar(arg(0));
      return is_negative(s) ? -s : s;
    }
    case Function::ceil: {
      const Scalar step = scalar(arg(1));
      if (step.sign() <= 0) throw Undefined(e.place, "ceil(a, s) needs a positive s");
      return round_up(scalar(arg(0)), step);
    }
    case Function::surd: {
      const auto sum = sum_of_roots(scalar(arg(0)));
      if (!sum) throw Undefined(e.place, "the number is no sum of square roots");
      return *sum;
    }
    case Function::trace:
      return Scalar(Surd(square_matrix(arg(0)).trace()));
    case Function::det:
      return Scalar(determinant(square_matrix(arg(0))));
    case Function::inner:
      return Scalar(Surd((matrix(arg(0)).transpose() * matrix(arg(1))).value()));
    case Function::diag:
      return SurdMatrix(square_matrix(arg(0)).diagonal());
    case Function::sym: {
      const SurdMatrix m = square_matrix(arg(0));
      return SurdMatrix((m + m.transpose()) * Surd(Rational(1, 2)));
    }
    case Function::Diag:
      if (!arg(0).type.is_vector()) return diagonal_part(square_matrix(arg(0)));
      return SurdMatrix(SurdVector(matrix(arg(0)).col(0)).asDiagonal());
    case Function::row:
    case Function::column: {
      const SurdMatrix m = matrix(arg(0));
      if (e.function == Function::row)
        return SurdMatrix(m.row(checked_index(arg(1), m.rows(), "a row")));
      return SurdMatrix(m.col(checked_index(arg(1), m.cols(), "a column")));
    }
    case Function::inverse: {
      const SurdMatrix m = square_matrix(arg(0));
      const auto inverse = solve_exactly(m, identity(m.rows()));
      if (!inverse)
        throw Undefined(e.place, "the inverse of a singular matrix: " + to_text(arg(0)));
      return *inverse;
    }
    case Function::pinv:
      return pseudoinverse(matrix(arg(0)), e);
    case Function::kron: {
      const SurdMatrix a = matrix(arg(0)), b = matrix(arg(1));
      passes_ += a.rows() * b.rows() * a.cols() * b.cols();
      if (passes_ > budget::kPasses.most) throw Unsupported(budget::spent(budget::kPasses));
      SurdMatrix m(a.rows() * b.rows(), a.cols() * b.cols());
      for (Index i = 0; i < a.rows(); ++i)
        for (Index j = 0; j < a.cols(); ++j)
          m.block(i * b.rows(), j * b.cols(), b.rows(), b.cols()) = b * a(i, j);
      return m;
    }
    case Function::lambda_min_plus: {  // the positive eigenvalues of A and of A⁺ are reciprocal
      const SurdMatrix a = symmetric_matrix(arg(0), "the matrix of an eigenvalue");
      const Scalar largest = largest_of_pencil(pseudoinverse(a, e), identity(a.rows()));
      if (largest.sign() <= 0) throw Undefined(e.place, "no eigenvalue is positive");
      return Scalar(1) / largest;
    }
    case Function::spectral_radius:
      return spectral_radius_of(square_matrix(arg(0)));
    case Function::lambda_max:
    case Function::lambda_min:
      return extreme_eigenvalue(e);
    case Function::fixed:
    case Function::limit:
    case Function::covariance:
      return method_call(e);
    case Function::keep: {
      const Index d = world(e).d();
      SurdMatrix m = SurdMatrix::Constant(d, d, Surd(0));
      for (const long k : elements_of(arg(0))) {
        if (k < 1 || k > d) throw Undefined(arg(0).place, "this is no set of coordinates");
        m(k - 1, k - 1) = Surd(1);
      }
      return m;
    }
    case Function::next:
    case Function::defined:
    case Function::rational:
    case Function::none:
      break;
  }
  misuse(e.place, "'" + e.name + "' cannot be evaluated");
}

/// A⁺ = (AᵀA + N Nᵀ)⁻¹Aᵀ for a basis N of the kernel of A: AᵀA and N Nᵀ act on the two parts of
/// ℝ^c = (ker A)^⊥ ⊕ ker A alone, and Aᵀ maps into the first.
SurdMatrix Evaluator::pseudoinverse(const SurdMatrix& a, const Expr& e) {
  if (has_unknowns(a)) throw Unsupported("'" + e.name + "' of a matrix that follows a variable");
  const SurdMatrix none = kernel(a);
  SurdMatrix square = a.transpose() * a;
  if (none.cols() > 0) square += none * none.transpose();
  return *solve_exactly(square, SurdMatrix(a.transpose()));
}

/// A and B ≻ 0 of lambda_max(A, B) or lambda_min(A, B); B is I when left out.
std::pair<SurdMatrix, SurdMatrix> Evaluator::pencil(const Expr& e) {
  const SurdMatrix a = symmetric_matrix(*e.args[0], "the matrix of an eigenvalue");
  SurdMatrix b = identity(a.rows());
  if (e.args.size() == 2) {
    b = symmetric_matrix(*e.args[1], "the matrix of an eigenvalue");
    if (!is_definite(b)) {
      throw Undefined(e.place,
                      "'" + e.name + "' of a pair whose second matrix is not positive definite");
    }
  }
  return {a, b};
}

Value Evaluator::extreme_eigenvalue(const Expr& e) {
  const auto [a, b] = pencil(e);
  return e.function == Function::lambda_max ? largest_of_pencil(a, b) : smallest_of_pencil(a, b);
}

}  // namespace istcheck::claim
