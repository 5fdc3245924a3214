#include "support.hpp"

namespace istcheck::claim {
namespace {

bool equal(const Value& a, const Value& b) {
  if (const auto* s = std::get_if<Scalar>(&a)) return compare(*s, std::get<Scalar>(b)) == 0;
  return std::get<SurdMatrix>(a) == std::get<SurdMatrix>(b);
}

EvaluationOptions enumerating() {
  EvaluationOptions options;
  options.route = Route::enumeration;
  return options;
}

/// E of zᵀQz-like quantities after k rounds, by running through all histories.
Surd by_histories(World& world, const SurdMatrix& x, int rounds,
                  const std::function<Surd(const SurdMatrix&)>& f) {
  if (rounds == 0) return f(x);
  Surd total = 0;
  const auto d = world.d();
  world.outcomes([&](const Rational& weight, const Outcome& o) {
    const SurdMatrix next = o.A.topLeftCorner(d, d) * x + o.A.topRightCorner(d, 1);
    total += by_histories(world, next, rounds - 1, f) * Surd(weight);
    return true;
  });
  return total;
}

Surd scalar_on(const std::string& expression, const Case& c) {
  return *std::get<Scalar>(value_on(expression, c)).surd();
}

}  // namespace

TEST_CASE("closed forms of expectations agree with enumeration") {
  const char* expressions[] = {
      "E[Bbar]",
      "E[Cb]",
      "E[C[1]]",
      "E[C[2]*L[2]*C[2]]",
      "E[Bbar*Lbar*Bbar]",
      "E[Bbar^2]",
      "E[2*Lbar*Bbar + Bbar*Lbar/3]",
      "E[trace(Lbar*Bbar)]",
      "E[g(x0)]",
      "E[step(x0)]",
      "E[||g(x0)||^2]",
      "E[||step(x0) - xstar||^2_Lbar]",
      "E[||Cb - E[Cb]||^2_Lbar]",
      "E[||Lbar*(Bbar*x0) - bbar||^2]",
      "E[||2*Bbar*x0 - Cb/1||^2]",
      "E[f(step(x0))]",
      "E[f(g(x0) - x0)]",
      "E[mean(i in workers : C[i]*b[i])]",
      "E[x0'*Bbar*x0]",
      "E[(Bbar*x0)[1]]",
      "E[diag(Bbar)]",
  };
  const SketchSpec sketches[] = {PermSketch{1, false}, RandSketch{1, false},
                                 RandSketch{1, true},  BernoulliSketch{Rational(2, 3), false},
                                 ScaledPermSketch{},   UnitPermSketch{}};
  for (const auto& sketch : sketches) {
    const Case c = two_workers(sketch);
    for (const char* expression : expressions) {
      INFO(kind_of(sketch) << ": " << expression);
      CHECK(equal(value_on(expression, c), value_on(expression, c, enumerating())));
    }
  }
}

TEST_CASE("expectations of iterates agree with running through all histories") {
  for (const auto method : {MethodKind::sketched_gradient, MethodKind::ist, MethodKind::one_sided,
                            MethodKind::compressed_gradient, MethodKind::compressed_update}) {
    const Case c = two_workers(PermSketch{1, false}, method);
    World world(c, {});
    INFO(name_of(method));
    for (int k = 0; k <= 3; ++k) {
      const auto square = [](const SurdMatrix& x) { return (x.transpose() * x)(0, 0); };
      CHECK(scalar_on("E[||x[" + std::to_string(k) + "]||^2]", c) ==
            by_histories(world, world.start(), k, square));
      const auto value = [&](const SurdMatrix& x) {
        return (x.transpose() * world.mean_L() * x)(0, 0) * Surd(Rational(1, 2)) -
               (world.mean_b().transpose() * x)(0, 0);
      };
      CHECK(scalar_on("E[f(x[" + std::to_string(k) + "])]", c) ==
            by_histories(world, world.start(), k, value));
    }
  }
}

TEST_CASE("forms of iterates") {
  const Case c = two_workers();
  CHECK(scalar_on("E[||x[2] - xstar||^2_Lbar] - 2*(E[f(x[2])] - f(xstar))", c) == Surd(0));
  CHECK(scalar_on("E[x[2]'*x[2]] - E[||x[2]||^2]", c) == Surd(0));
  CHECK(scalar_on("E[inner(x[1], Lbar*x[1])] - E[||x[1]||^2_Lbar]", c) == Surd(0));
  CHECK(scalar_on("E[x[2][1]^2 + x[2][2]^2] - E[||x[2]||^2]", c) == Surd(0));
  CHECK(scalar_on("E[sum(k in 0..2 : f(x[k]))] - sum(k in 0..2 : E[f(x[k])])", c) == Surd(0));
  // The sketch of the coming round is independent of x[1], and x[2] = x[1] - gamma g(x[1]).
  CHECK(scalar_on("E[||x[1] - gamma*g(x[1])||^2] - E[||x[2]||^2]", c) == Surd(0));
}

// docs/semantics.md 2.3 and 8.2.
TEST_CASE("matrices of iterates, and iterates of different rounds") {
  const Case c = two_workers(PermSketch{1, false}, MethodKind::sketched_gradient, true);
  for (const char* zero :
       {"trace(E[x[2]*x[2]']) - E[||x[2]||^2]",
        "E[inner(x[1], x[2])] - E[inner(x[1], x[1] - gamma*g(x[1]))]",
        "E[inner(x[1], x[3])] - E[inner(x[3], x[1])]",
        "trace(E[x[2]*x[1]'] - (I - gamma*E[Bbar])*E[x[1]*x[1]'] - gamma*E[Cb]*(E[x[1]])')",
        "E[inner(x[infinity], x[1])] - inner(xinf, E[x[1]])",
        "E[||x[infinity] - x[0]||^2] - E[||x[infinity]||^2] + 2*inner(xinf, x0) - ||x0||^2",
        "inner(ones, E[vec(j in coordinates : x[1][j])] - E[x[1]])",
        "trace(E[mat(i in coordinates, j in coordinates : x[1][i]*x[2][j])] - E[x[1]*x[2]'])",
        "inner(ones, E[Diag(x[1])*ones] - E[x[1]])",
        "trace(E[sym(x[1]*ones')]) - inner(ones, E[x[1]])",
        "inner(ones, E[diag(x[1]*x[1]')]) - E[||x[1]||^2]",
        "trace(E[(x[1]*x0')^2]) - inner(x0, E[x[1]*x[1]']*x0)",
        "E[||[x[1][1], x[1][2], 1]||^2] - E[||x[1]||^2] - 1",
        "E[(x[1][1])^0] + E[(x[1][1])^1] - 1 - (E[x[1]])[1]",
        "E[f(x[1][1]*x0)] - E[(x[1][1])^2]*||x0||^2_Lbar/2 + inner(bbar, x0)*(E[x[1]])[1]",
        "E[trace(C[1]*x[1]*x[1]')] - E[inner(x[1], C[1]*x[1])]"}) {
    CAPTURE(zero);
    CHECK(scalar_on(zero, c) == Surd(0));
  }
}

TEST_CASE("no fast path changes a value") {
  const Case c = two_workers(PermSketch{1, false}, MethodKind::ist, true);
  std::vector<EvaluationOptions> without(2);
  without[0].keep = false;
  without[1].rational = false;
  for (const char* text : {"E[||x[2]||^2]", "E[f(x[infinity])]", "E[inner(x[1], g(x[1]))]",
                           "trace(E[Bbar*Lbar*Bbar])", "E[||step(step(x0))||^2]"}) {
    CAPTURE(text);
    for (const auto& options : without)
      CHECK(std::get<Scalar>(value_on(text, c, options)).need_surd("") == scalar_on(text, c));
  }
}

TEST_CASE("q of a deal with a remainder, and members that a family does not have") {
  CHECK(scalar_on("q", two_workers(PermSketch{0, true})) == Surd(1));
  for (const char* text : {"at(1 : d)", "at(4 : d)", "at(5/2 : d)"}) {
    CAPTURE(text);
    const Claim claim = defining(text,
                                 "family m in 2..3 { n = 1 d = m L(i) = mat(j in 1..m, k in 1..m : "
                                 "1) b(i) = vec(j in 1..m : 1) sketch = identity }");
    Evaluator evaluator(claim, nullptr);
    CHECK_THROWS_AS(evaluator.value(*claim.definitions[0].value), Undefined);
  }
}

TEST_CASE("gradient noise enters the iterates") {
  const Case quiet = two_workers(),
             noisy = two_workers(PermSketch{1, false}, MethodKind::sketched_gradient, true);
  CHECK(scalar_on("E[||x[1]||^2]", noisy) - scalar_on("E[||x[1]||^2]", quiet) ==
        scalar_on("gamma^2*mean(i in workers : E[trace(C[i]*noise[i]*C[i])])/n", noisy));
}

TEST_CASE("irrational step sizes") {
  const Claim claim = checked(
      "claim t { forall gamma : scalar try sqrt(2)/16, 1/16 let h = I - gamma*E[Bbar] "
      "conclude E[x[1]] = h*x0 + gamma*E[Cb] "
      "conclude E[||x[1]||^2] = E[||x0 - gamma*(Bbar*x0 - Cb)||^2] expect holds }");
  const Case c = two_workers();
  const CaseVerdict v = judge(claim, &c);
  INFO(v.sides << v.reason);
  CHECK(v.verdict == Verdict::holds);
  CHECK(v.tried.size() == 2);
}

TEST_CASE("the limit of the iterates solves the recursion") {
  const Case c = two_workers();
  const Claim claim = checked(
      "claim t { let v = E[||x[infinity]||^2] conclude v > 0 "
      "conclude E[x[infinity]] = xinf conclude E[||x[infinity]||^2] = E[||x[infinity] - "
      "gamma*g(x[infinity])||^2] }");
  const CaseVerdict v = judge(claim, &c);
  INFO(v.sides << v.reason);
  CHECK(v.verdict == Verdict::holds);
}

TEST_CASE("a 1 x 1 matrix is no number, in closed forms as in enumeration") {
  // Found by the search: at d = 1 a matrix product had become a number, and (17) was "violated".
  Case c = two_workers(PermSketch{1, false});
  c.workers.resize(1);
  c.start = c.start->head(1).eval();
  for (auto& w : c.workers) w = {w.L.topLeftCorner(1, 1), w.b.head(1), w.noise.topLeftCorner(1, 1)};
  for (const char* text : {"E[Bbar*Lbar*Bbar]", "E[Lbar*Bbar]", "E[C[1]*L[1]*C[1]]"}) {
    CAPTURE(text);
    for (const Value& v : {value_on(text, c), value_on(text, c, enumerating())}) {
      REQUIRE(std::holds_alternative<SurdMatrix>(v));
      CHECK(std::get<SurdMatrix>(v).rows() == 1);
    }
  }
  for (const char* text : {"E[x0'*Bbar*x0]", "E[x0'*(Lbar*Bbar)*x0]", "E[(Bbar*x0)[1]]"}) {
    CAPTURE(text);
    CHECK(std::holds_alternative<Scalar>(value_on(text, c)));
    CHECK(equal(value_on(text, c), value_on(text, c, enumerating())));
  }
}

}  // namespace istcheck::claim
