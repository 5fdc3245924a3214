#include "claim/evaluator.hpp"
#include "claim/printer.hpp"
#include "dynamics/operators.hpp"
#include "dynamics/theta.hpp"

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

/// S ↦ E[A S Aᵀ] (or its adjoint S ↦ E[Aᵀ S A]) on symmetric d × d matrices, as a matrix.
SurdMatrix second_moment_operator(World& w, const Surd& step, bool adjoint) {
  const Index unknowns = w.d() * (w.d() + 1) / 2;
  if (unknowns > budget::kUnknowns.most) throw Unsupported(budget::spent(budget::kUnknowns));
  return matrix_of<Surd>(w.d(), [&](const SurdMatrix& m) -> SurdMatrix {
    return linear_part(adjoint ? w.pull(step, bordered(m)) : w.push(step, bordered(m)));
  });
}

Scalar mean_square_radius(World& w, const Surd& step) {
  if (step.has_unknowns()) throw Unsupported("rho_square for a step that is not given");
  const SurdMatrix op = second_moment_operator(w, step, false);
  if (is_rational(op)) return Scalar(cone_spectral_radius(to_rational(op)));
  return Scalar(cone_spectral_radius(op));
}

SurdMatrix lyapunov(World& w, const Surd& step, const Expr& e) {
  const SurdMatrix op = second_moment_operator(w, step, true);
  const SurdMatrix system = SurdMatrix::Identity(op.rows(), op.cols()) - op;
  const auto p = solve_exactly(system, SurdMatrix(pack<Surd>(identity(w.d()))));
  if (!p) throw Undefined(e.place, "P - E[A' P A] = I has no unique solution");
  return unpack<Surd>(p->col(0), w.d());
}

}  // namespace

Value Evaluator::builtin_name(const Expr& e) {
  World& w = world(e);
  const std::string& name = e.name;
  if (name == "n") return Scalar(Rational(w.n()));
  if (name == "d") return Scalar(Rational(w.d()));
  if (name == "q") {
    const auto q = sketch_q(w.data().sketch, w.n(), w.d());
    if (!q) throw Undefined(e.place, "the sketch '" + kind_of(w.data().sketch) + "' has no q");
    return Scalar(*q);
  }
  if (name == "p") {
    const auto* s = std::get_if<BernoulliSketch>(&w.data().sketch);
    if (s == nullptr)
      throw Undefined(e.place, "the sketch '" + kind_of(w.data().sketch) + "' has no p");
    return Scalar(s->p);
  }
  if (name == "local_steps") return Scalar(w.data().method.local_steps);
  if (name == "gamma") return Scalar(w.step());
  if (name == "Lbar") return w.mean_L();
  if (name == "bbar") return w.mean_b();
  if (name == "Dbar") return diagonal_part(w.mean_L());
  if (name == "I") return identity(w.d());
  if (name == "ones") return SurdMatrix(SurdMatrix::Constant(w.d(), 1, Surd(1)));
  if (name == "x0") return w.start();
  if (name == "xstar") {
    const auto x = solve_exactly(w.mean_L(), w.mean_b());
    if (!x) throw Undefined(e.place, "Lbar is singular, so there is no unique minimizer");
    return *x;
  }
  if (name == "Bbar") return outcome_->B;
  if (name == "Cb") return outcome_->Cb;
  if (name == "xinf") {
    const bool any = !step_override() && !w.last_step() && w.fixed_point_of_any_step();
    const auto x = fixed_point(w.mean_map(any ? w.step() : last_step(e, "xinf")));
    if (!x) throw Undefined(e.place, "the mean map has no unique fixed point");
    return *x;
  }
  if (name == "theta_min") return least_theta_of(w, e);
  if (name == "rho_mean")
    return spectral_radius_of(linear_part(w.mean_map(last_step(e, "rho_mean"))));
  if (name == "rho_square") return mean_square_radius(w, last_step(e, "rho_square"));
  if (name == "lyapunov") return lyapunov(w, last_step(e, "lyapunov"), e);
  misuse(e.place, "'" + name + "' cannot be evaluated");
}

long Evaluator::worker_index(const Expr& e) {
  return static_cast<long>(checked_index(e, world(e).n(), "the number of a worker"));
}

Value Evaluator::builtin_index(const Expr& e) {
  World& w = world(e);
  if (e.name == "gamma") {
    const long k = integer(*e.args[0]);
    if (k < 0) throw Undefined(e.place, "rounds count from 0");
    if (k > budget::kRounds.most) throw Unsupported(budget::spent(budget::kRounds));
    const auto own = step_override();
    return own ? Scalar(*own) : Scalar(w.step_in_round(static_cast<size_t>(k)));
  }
  const Index i = worker_index(*e.args[0]);
  if (e.name == "L") return w.L(i);
  if (e.name == "b") return w.b(i);
  if (e.name == "D") return diagonal_part(w.L(i));
  if (e.name == "noise") return w.gradient_noise(i);
  if (e.name == "C") return outcome_->C[static_cast<size_t>(i)];
  misuse(e.place, "'" + e.name + "[…]' cannot be evaluated here");
}

std::optional<Surd> Evaluator::step_override() {
  const auto v = variables_.find("gamma");
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
  const auto v = variables_.find("x0");
  return v != variables_.end() ? std::get<SurdMatrix>(v->second) : world(e).start();
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

Value Evaluator::builtin_call(const Expr& e) {
  const std::string& name = e.name;
  const auto arg = [&](size_t k) -> const Expr& { return *e.args[k]; };
  if (name == "f" || name == "grad f") {
    const long worker = e.op == Op::call_at ? worker_index(arg(0)) : -1;
    const SurdMatrix x = matrix(arg(e.args.size() - 1));
    return name == "f" ? function_value(x, worker, e) : gradient(x, worker, e);
  }
  if (name == "g") return SurdMatrix(outcome_->B * matrix(arg(0)) - outcome_->Cb);
  if (name == "step") {
    const Index d = world(e).d();
    const SurdMatrix map = map_of_step(e);
    return SurdMatrix(map.topLeftCorner(d, d) * matrix(arg(0)) + map.topRightCorner(d, 1));
  }
  if (name == "e") {
    SurdMatrix unit = SurdMatrix::Constant(world(e).d(), 1, Surd(0));
    unit(checked_index(arg(0), world(e).d(), "a coordinate"), 0) = 1;
    return unit;
  }
  if (name == "min" || name == "max") {
    Scalar best = scalar(arg(0));
    for (size_t k = 1; k < e.args.size(); ++k) {
      const Scalar next = scalar(arg(k));
      if (is_negative(next - best) == (name == "min")) best = next;
    }
    return best;
  }
  if (name == "sqrt") {
    const Scalar s = scalar(arg(0));
    if (is_negative(s)) throw Undefined(e.place, "the square root of a negative number");
    return square_root(s);
  }
  if (name == "abs") {
    const Scalar s = scalar(arg(0));
    return is_negative(s) ? -s : s;
  }
  if (name == "ceil") {
    const Scalar step = scalar(arg(1));
    if (step.sign() <= 0) throw Undefined(e.place, "ceil(a, s) needs a positive s");
    return round_up(scalar(arg(0)), step);
  }
  if (name == "surd") {
    const auto sum = sum_of_roots(scalar(arg(0)));
    if (!sum) throw Undefined(e.place, "the number is no sum of square roots");
    return *sum;
  }
  if (name == "trace") return Scalar(Surd(square_matrix(arg(0)).trace()));
  if (name == "det") return Scalar(determinant(square_matrix(arg(0))));
  if (name == "inner") return Scalar(Surd((matrix(arg(0)).transpose() * matrix(arg(1))).value()));
  if (name == "diag") return SurdMatrix(square_matrix(arg(0)).diagonal());
  if (name == "sym") {
    const SurdMatrix m = square_matrix(arg(0));
    return SurdMatrix((m + m.transpose()) * Surd(Rational(1, 2)));
  }
  if (name == "Diag") {
    if (!arg(0).type.is_vector()) return diagonal_part(square_matrix(arg(0)));
    return SurdMatrix(SurdVector(matrix(arg(0)).col(0)).asDiagonal());
  }
  if (name == "inverse") {
    const SurdMatrix m = square_matrix(arg(0));
    const auto inverse = solve_exactly(m, identity(m.rows()));
    if (!inverse) throw Undefined(e.place, "the inverse of a singular matrix: " + to_text(arg(0)));
    return *inverse;
  }
  return spectral_call(e);
}

Value Evaluator::spectral_call(const Expr& e) {
  if (e.name == "spectral_radius") return spectral_radius_of(square_matrix(*e.args[0]));
  const SurdMatrix a = symmetric_matrix(*e.args[0], "the matrix of an eigenvalue");
  SurdMatrix b = identity(a.rows());
  if (e.args.size() == 2) {
    b = symmetric_matrix(*e.args[1], "the matrix of an eigenvalue");
    if (!is_definite(b)) {
      throw Undefined(e.place,
                      "'" + e.name + "' of a pair whose second matrix is not positive definite");
    }
  }
  if (e.name == "lambda_max") return largest_of_pencil(a, b);
  if (e.name == "lambda_min") return smallest_of_pencil(a, b);
  misuse(e.place, "'" + e.name + "' cannot be evaluated");
}

}  // namespace istcheck::claim
