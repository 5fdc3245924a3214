// Methods as text: what their grammar and types refuse, with the place (docs/semantics.md 17, F18),
// and what a round of them is on a case. Values of many methods are compared with an independent
// enumeration in tests/cli/method_gallery.sh.
#include "claim/method_analysis.hpp"
#include "claim/method_run.hpp"
#include "support.hpp"

namespace istcheck::claim {
namespace {

std::string refusal_of_file(const std::string& text) {
  try {
    for (Claim& c : parse_claim_file(text, "test.claim").claims) check_types(c);
    return "";
  } catch (const ClaimError& error) {
    return error.what();
  }
}

/// '@' stands where the caret must point.
void refused_file(std::string text, const std::string& words) {
  const size_t at = text.find('@');
  REQUIRE(at != std::string::npos);
  text.erase(at, 1);
  INFO(text);
  const std::string message = refusal_of_file(text);
  INFO(message);
  CHECK(message.find("test.claim:1:" + std::to_string(at + 1) + ":") == 0);
  CHECK(message.find(words) != std::string::npos);
}

/// In a method with states x and h[i], a parameter beta, a coin c.
void bad(const std::string& steps, const std::string& words) {
  refused_file(
      "method t { parameter beta : scalar state x, h[i in workers] draw c from coin(1/2) " + steps +
          " x <- x }",
      words);
}
void fine(const std::string& steps) {
  const std::string text =
      "method t { parameter beta : scalar state x, h[i in workers] draw c from coin(1/2) " + steps +
      " x <- x }";
  INFO(text);
  CHECK(refusal_of_file(text) == "");
}

/// In a claim about that method.
void refused_claim(const std::string& claim, const std::string& words) {
  refused_file(
      "method t { parameter beta : scalar state x, h[i in workers] draw j from workers x <- x } "
      "claim c { setting method = t " +
          claim + " }",
      words);
}

Case case_of(const std::string& method, const std::string& name = "t") {
  Case c = two_workers();
  c.method.kind = MethodKind::text;
  c.method.text = std::make_shared<MethodText>(MethodText{name, "t.claim", method});
  return c;
}

/// The verdict of conclusions about the only method of the text.
Verdict verdict(const std::string& method, const std::string& conclusions,
                const std::function<void(Case&)>& change = {}) {
  const std::string text = method + " claim c { setting method = t " + conclusions + " }";
  Claim claim = std::move(parse_claim_file(text, "test.claim").claims.front());
  check_types(claim);
  Case c = case_of(method);
  if (change) change(c);
  return judge(claim, &c).verdict;
}

}  // namespace

TEST_CASE("F18: updates are affine in the state, with the place of what is not") {
  bad("x <- f(x)@*x", "affine");
  bad("x <- x + (x'*h[1])@*x", "affine");
  bad("let m = x@*h[1]'", "affine");
  bad("let m = @||x||^2", "affine");
  bad("x <- 1@/x[1]*x", "affine");
  bad("x <- @min(x[1], 1)*ones", "affine");
  fine("x <- x[1]*ones + beta*h[1]");
  fine("x <- if c = 1 then x else 0*x");
}

TEST_CASE("F18: what is drawn, chosen and counted does not depend on the state") {
  bad("draw a from coin(@f(x))", "probability");
  bad("draw a from workers weight @x[1]", "probability");
  bad("draw a from subsets(coordinates, @x[1])", "cannot depend on the state");
  bad("x <- if x[1] @> 0 then x else 0*x", "condition");
  bad("for t in 1..@x[1] { x <- x }", "cannot depend on the state");
  bad("x <- h[@x[1]]", "cannot depend on the state");
}

TEST_CASE("F18: names of a method") {
  bad("@y <- x", "no state");
  bad("@c <- x", "no state");
  bad("@x[1] <- x", "no index");
  bad("@h <- x", "needs its index");
  bad("let @beta = 1", "a meaning already");
  bad("let @d = 1", "a meaning of its own");
  bad("draw @L from coin(1/2)", "a meaning of its own");
  bad("let m[@c in workers] = x", "a meaning already");
  bad("x <- @z", "unknown name");
  bad("x <- @h", "has 1 index");
  bad("x <- @Bbar*x", "belongs to claims");
  bad("x <- @xinf", "belongs to claims");
  bad("x <- @E[x]", "belongs to claims");
  bad("let m = @next(x)", "belongs to claims");
  bad("x <- bbar@'", "is a vector(d)");
  bad("for t in 1..2 { let m = x x <- m } x <- @m", "unknown name");
  bad("draw @Q[i in workers] from perm(1)", "for all workers at once");
  bad("draw S from subsets(workers, 1) x <- @S*x", "a set is no quantity");
  bad("draw S from subsets(workers, 1) let z = S @+ 1", "to a set");
  bad("for i in @beta { x <- x }", "expected a range");
  fine("draw C[i in workers] from rand(1) x <- C[1]*x");
  fine("draw S from subsets(workers, 1) x <- sum(i in S : x + h[i])");
  fine("x <- k*x");
}

TEST_CASE("F18: files of methods") {
  refused_file("@method t { state x }", "updates nothing");
  refused_file("@method t { x <- x }", "has no state");
  refused_file("method t { state x x <- x } @method t { state x x <- x }", "two methods");
  refused_file("claim t { conclude 1 = 1 } @method t { state x x <- x }", "a claim and a method");
  refused_file("method t { state x x <- x } @claim t { conclude 1 = 1 }", "a method and a claim");
  refused_file("@method ist { state x x <- x }", "of the library");
  refused_file("method t { state x x @= x }", "expected '<-'");
  refused_file("method t { state x x <- x + @} claim c { conclude 1 = 1 }",
               "expected an expression");
  refused_file("method t { state x start f(x)@*x x <- x }", "affine");
  refused_file("method t { state x start k@*ones x <- x }", "no round");
  refused_file(
      "method t { state x x <- x } method u { state x x <- x } "
      "claim c { setting @method = t | u conclude 1 = 1 }",
      "about no other one");
}

TEST_CASE("F18: claims about a method") {
  refused_claim("conclude x @= xstar", "for every state");
  refused_claim("let @h = 1 conclude 1 = 1", "a name of the method");
  refused_claim("conclude @h = 1", "has 1 index");
  refused_claim("conclude E[@j*x[1]] = 0", "unknown name");
  refused_claim("conclude E[@step(x0)] = x0", "draws for itself");
  refused_claim("conclude E[@Bbar] = I", "draws for itself");
  refused_claim("conclude for every state : next(x)'*x @>= 0", "");
  refused_claim("conclude for every state : E[next(@next(x))] = x", "one round inside another");
  refused_claim("conclude E[round(1 : @x[2])] = x0", "no round of its own");
  refused_claim("conclude limit(@x[1]) = x0", "a block of the state");
  refused_claim("conclude @keep(1) = I", "for methods");
  refused_claim("forall @x0 : scalar conclude 1 = 1", "a vector");
  refused_file("claim c { conclude @limit(x0) = x0 }", "setting method");
  refused_file("claim c { conclude @for every state : 1 = 1 }", "setting method");
}

TEST_CASE("a text is printed so that it is read as the same method") {
  const std::string text =
      "method t { parameter beta : scalar data A : matrix(m, d), y : vector(m) state x, h[i in "
      "workers] : vector(m) start A*x draw s from permutations(workers) draw S from "
      "subsets(coordinates without T, 1) x <- x }";
  const std::string known =
      "method t { parameter beta : scalar data A : matrix(m, d) state x, "
      "h[i in workers] : vector(m) start A*x draw s from "
      "permutations(workers) for j in s { draw c from coin(beta) x <- if c = 1 "
      "then x - gamma*grad f[j](x) else x } h[i] <- A*x }";
  CHECK(refusal_of_file(text).find("unknown name 'T'") != std::string::npos);
  const auto once = parse_claim_file(known, "a").methods.at(0);
  const auto again = parse_claim_file(to_text(*once), "b").methods.at(0);
  CHECK(to_text(*once) == to_text(*again));
}

TEST_CASE("one round of gradient descent as text is that of the table") {
  const std::string text = "method t { state x x <- x - gamma*grad f(x) }";
  World own(case_of(text), {}), table(two_workers(PermSketch{1, false}, MethodKind::gradient), {});
  CHECK(own.mean_map(own.step()) == table.mean_map(table.step()));
}

TEST_CASE("the sketched method as text has the moments of the table, with noise and local steps") {
  const std::string text =
      "method t { state x draw C from sketch draw xi[i in workers] from noise "
      "x <- x - gamma*mean(i in workers : C[i]*(grad f[i](C[i]*x) + xi[i])) }";
  const std::string ist =
      "method t { state x draw C from sketch local w[i in workers] = C[i]*x "
      "for t in 1..2 { draw xi[i in workers] from noise "
      "w[i] <- w[i] - gamma*C[i]*(grad f[i](w[i]) + xi[i]) } x <- mean(i in workers : w[i]) }";
  for (const auto& [method, kind, steps] :
       {std::tuple(text, MethodKind::sketched_gradient, 1), std::tuple(ist, MethodKind::ist, 2)}) {
    Case c = case_of(method), known = two_workers(PermSketch{1, false}, kind, true);
    c.workers = known.workers;
    known.method.local_steps = steps;
    World own(c, {}), table(known, {});
    const Surd step = own.step();
    SurdMatrix m = SurdMatrix::Constant(3, 3, Surd(2));
    m(1, 2) = m(2, 1) = Surd(-1);
    CHECK(own.mean_map(step) == table.mean_map(step));
    CHECK(own.push(step, m) == table.push(step, m));
    CHECK(own.pull(step, m) == table.pull(step, m));
    CHECK(own.noise(step) == table.noise(step));
    CHECK(*own.stationary_moment(step) == *table.stationary_moment(step));
  }
}

TEST_CASE("every law has its number of outcomes, and weights that sum to one") {
  const auto count = [](const std::string& draw) {
    const std::string text = "method t { state x " + draw + " x <- x }";
    World world(case_of(text), {});
    Surd sum = 0;
    const auto all = drawn_outcomes(*world.text(), world, world.step());
    for (const auto& o : all) sum += o.weight;
    CHECK(sum == Surd(1));
    return all.size();
  };
  CHECK(count("draw c from coin(1/3)") == 2);
  CHECK(count("draw c from coin(1)") == 1);
  CHECK(count("draw c[i in workers, j in coordinates] from coin(1/3)") == 16);
  CHECK(count("draw j from 1..3 weight j/6") == 3);
  CHECK(count("draw j from 1..3 weight if j = 2 then 1 else 0") == 1);
  CHECK(count("draw s from permutations(1..4)") == 24);
  CHECK(count("draw s from subsets(1..4, 2)") == 6);
  CHECK(count("draw s from deals(1..4, 2)") == 6);
  CHECK(count("draw s from deals(1..3, 2)") == 6);
  CHECK(count("draw s from deals(1..2, 3)") == 6);
  CHECK(count("draw C[i in workers] from rand(1)") == 4);
  CHECK(count("draw B2[i in 1..1] from bernoulli(1/3)") == 4);
  CHECK(count("draw C from perm(1)") == 2);
  CHECK(count("draw C from sketch") == 2);
  CHECK(count("draw a from subsets(1..3, 1) draw b2 from subsets(1..3 without a, 1)") == 6);
  CHECK(count("for t in 1..3 { draw c from coin(1/2) }") == 8);
}

TEST_CASE("draws that are none, and too many of them") {
  const auto message = [](const std::string& draw) -> std::string {
    const std::string text = "method t { state x " + draw + " x <- x }";
    World world(case_of(text), {});
    try {
      drawn_outcomes(*world.text(), world, world.step());
    } catch (const std::exception& error) {
      return error.what();
    }
    return "";
  };
  CHECK(message("draw j from 1..3 weight j/5").find("sum to 6/5, not to 1") != std::string::npos);
  CHECK(message("draw c from coin(3/2)").find("3/2, not in 0..1") != std::string::npos);
  CHECK(message("draw s from permutations(1..40)")
            .find("815915283247897734345611269596115894272000"
                  "000000 outcomes") != std::string::npos);
  CHECK(message("draw c[i in 1..200] from coin(1/2)").find("outcomes") != std::string::npos);
  CHECK(message("draw s from subsets(1..3, 4)").find("no 4 elements of 3") != std::string::npos);
  CHECK(message("draw C from perm(2)").find("d = n*q") != std::string::npos);
}

TEST_CASE("parameters, data and starts come from the case, and have to fit") {
  const std::string text =
      "method t { parameter beta : scalar data A : matrix(m, d), y : vector(m) "
      "state x, h[i in workers] start beta*x x <- x - beta*A'*(A*x - y) }";
  const auto change = [](Case& c) {
    c.parameters["beta"] = Rational(1, 2);
    RationalMatrix A(1, 2);
    A << Rational(1), Rational(2);
    RationalVector y(1);
    y << Rational(3);
    c.data["A"] = A;
    c.data["y"] = y;
  };
  CHECK(verdict(text, "conclude E[h[2][0]] = x0/2 and beta = 1/2 and y[1] = 3", change) ==
        Verdict::holds);
  CHECK(verdict(text, "conclude E[x[1]] = x0 - 1/2*A'*(A*x0 - y)", change) == Verdict::holds);
  CHECK_THROWS_AS(verdict(text, "conclude E[x[1]] = x0"), ClaimError);
  CHECK_THROWS(verdict(text, "conclude E[x[1]] = x0", [&](Case& c) {
    change(c);
    c.data["y"] = RationalVector(pair(1, 2));
  }));
  CHECK_THROWS_AS(verdict(text, "conclude E[x[1]] = x0",
                          [&](Case& c) {
                            change(c);
                            c.parameters["beta"] = RationalMatrix(symmetric(1, 0, 1));
                          }),
                  ClaimError);
}

TEST_CASE("limits exist or not, block by block") {
  const std::string kept = "method t { state x, h, s x <- 1/2*x h <- h s <- -s }";
  CHECK(verdict(kept, "conclude limit(x) = 0*x0 and not defined(limit(s)) and defined(limit(h))",
                [](Case& c) { c.blocks["s"] = RationalVector(pair(1, 0)); }) == Verdict::holds);
  CHECK(verdict("method t { state x, h start x x <- x h <- h + x }",
                "conclude not defined(limit(h)) and limit(x) = x0") == Verdict::holds);
}

TEST_CASE("a list over rounds, and the number of the round") {
  const std::string text = "method t { parameter c : scalar state x x <- c/(k + 1)*x }";
  const auto change = [](Case& c) { c.parameters["c"] = RationalVector(pair(2, 3)); };
  CHECK(verdict(text, "conclude E[x[3]] = 2*(3/2)*(3/3)*x0", change) == Verdict::holds);
  CHECK(verdict(text, "conclude rho_mean < 1", change) == Verdict::undecided);
}

TEST_CASE("a claim fits a case whose method has the same text") {
  const std::string text = "method t { state x x <- x - gamma*grad f(x) }";
  const auto fits = [&](const std::string& claim, const Case& c) {
    Claim parsed = std::move(parse_claim_file(claim, "test.claim").claims.front());
    check_types(parsed);
    return !unfit(parsed, c, {});
  };
  const std::string about = " claim c { setting method = t conclude E[x[1]] = x0 }";
  CHECK(fits(text + about,
             case_of("method t {\n state x  # the iterate\n x <- x - gamma*grad f(x) }")));
  CHECK_FALSE(fits(text + about, case_of("method t { state x x <- x - 2*gamma*grad f(x) }")));
  CHECK_FALSE(fits("claim c { conclude E[x[1]] = x0 }", case_of(text)));
  CHECK_FALSE(fits(text + about, two_workers()));
  Case noisy = case_of(text);
  noisy.workers = two_workers(PermSketch{1, false}, MethodKind::gradient, true).workers;
  CHECK_FALSE(fits(text + about, noisy));
}

}  // namespace istcheck::claim
