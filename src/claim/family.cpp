#include "claim/family.hpp"

#include "claim/evaluator.hpp"

namespace istcheck::claim {
namespace {

SketchSpec sketch_named(const Claim& claim, const Family& f, int q) {
  if (f.sketch == "identity") return IdentitySketch{};
  if (f.sketch == "perm") return PermSketch{q, false};
  if (f.sketch == "rand") return RandSketch{q, false};
  if (f.sketch == "scaled-perm") return ScaledPermSketch{};
  if (f.sketch == "unit-perm") return UnitPermSketch{};
  throw ClaimError(
      *claim.source, f.place,
      "a family can use the sketches identity, perm, rand, scaled-perm and unit-perm, not '" +
          f.sketch + "'");
}

}  // namespace

Case family_member(const Claim& claim, long index, const EvaluationOptions& options) {
  const Family& f = *claim.family;
  Evaluator evaluator(claim, nullptr, options);
  const auto refuse = [&](const Expr& e, const std::string& message) {
    throw Undefined(e.place, message + " (member " + f.index + " = " + std::to_string(index) + ")");
  };
  std::vector<ExprPtr> copies;
  const auto at = [&](const ExprPtr& e, long worker) -> const Expr& {
    copies.push_back(clone(*e));
    substitute(*copies.back(), f.index, index);
    substitute(*copies.back(), f.worker, worker);
    return *copies.back();
  };
  const auto whole = [&](const ExprPtr& e, long otherwise) {
    return e ? evaluator.integer(at(e, 0)) : otherwise;
  };
  const auto rational = [&](const ExprPtr& e, long worker, Index rows, Index columns) {
    const SurdMatrix m = evaluator.matrix(at(e, worker));
    if (!is_rational(m)) refuse(*e, "the data of an instance must be rational");
    if (m.rows() != rows || m.cols() != columns) {
      refuse(*e, "this is " + std::to_string(m.rows()) + " x " + std::to_string(m.cols()) +
                     ", wanted is " + std::to_string(rows) + " x " + std::to_string(columns));
    }
    return to_rational(m);
  };
  const long n = whole(f.n, 1), d = whole(f.d, 1);
  if (n < 1 || d < 1 || n > 64 || d > 64) refuse(*f.n, "the sizes n and d run from 1 to 64");
  Case c;
  c.name = f.index + " = " + std::to_string(index);
  c.step = 1;
  if (f.gamma) {
    const Scalar step = evaluator.scalar(at(f.gamma, 0));
    if (!step.is_rational() || step.sign() <= 0)
      refuse(*f.gamma, "gamma must be rational and positive");
    c.step = step.rational();
  }
  if (f.x0) c.start = RationalVector(rational(f.x0, 0, d, 1).col(0));
  c.sketch = sketch_named(claim, f, static_cast<int>(whole(f.q, 1)));
  const auto method = method_named(f.method);
  if (!method) throw ClaimError(*claim.source, f.place, "unknown method '" + f.method + "'");
  c.method.kind = *method;
  for (long i = 1; i <= n; ++i) {
    c.workers.push_back({rational(f.L, i, d, d), rational(f.b, i, d, 1).col(0),
                         RationalMatrix::Constant(d, d, Rational(0))});
  }
  try {
    instantiate(c);
  } catch (const std::invalid_argument& e) {
    refuse(*f.L, e.what());
  }
  return c;
}

}  // namespace istcheck::claim
