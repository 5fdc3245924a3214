// Proofs of whole shapes: found for true statements, never accepted for false ones.
#include "search/prove.hpp"

#include "check/check.hpp"
#include "claim/parser.hpp"
#include "search/domain.hpp"
#include "search/grading.hpp"
#include "search/semidefinite_program.hpp"
#include "support.hpp"

namespace istcheck::search {
namespace {

Patience seconds(double s) {
  Patience p;
  p.deadline =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(static_cast<long>(1000 * s));
  return p;
}

const Shape kPerm{2, 2, PermSketch{1, false}, {MethodKind::sketched_gradient, 1}};

/// The proof, and what the checker says of its text.
Proof proof_of(const std::string& claim, double patience = 60) {
  check::ClaimFile file{std::string(64, 'a'), claim::parse_claims(claim, "test")};
  for (auto& c : file.claims) check_types(c);
  const bool alone = !claim::uses_case(file.claims[0]);
  check::CaseFile shape{std::string(64, 'b'), *plain_case(kPerm)};
  Proof proof = prove(file.claims[0], alone ? nullptr : &shape.c, seconds(patience));
  if (!proof.proved()) return proof;
  const auto certificate =
      certificate_of(file.claims[0], file.hash, alone ? "-" : shape.hash, proof);
  const auto answer = check::check_certificate(file, alone ? nullptr : &shape,
                                               cert::write_certificate(certificate));
  CHECK(answer.message.substr(0, 9) == "accepted:");
  return proof;
}

}  // namespace

TEST_CASE("what holds by form is proved without a step") {
  const Proof p = proof_of("claim c { setting sketch = perm conclude E[Bbar] = n*Dbar }");
  CHECK(p.proved());
  CHECK(p.steps.empty());
}

TEST_CASE("descent steps with free numbers are proved") {
  CHECK(proof_of("claim c { forall a : scalar forall h : scalar conclude 2*a*h <= a^2 + h^2 }")
            .proved());
  CHECK(
      proof_of("claim c { forall t : scalar forall g : scalar forall w : scalar forall r : scalar "
               "assume t > 0 and 0 < g <= 1/t assume 0 <= r <= t*w "
               "conclude -g*w + g^2*r/2 <= -g*w/2 }")
          .proved());
  // c² <= ar alone is no product: the sign of a factor tells the cases apart.
  const Proof p = proof_of(
      "claim c { forall g : scalar forall a : scalar forall r : scalar forall c : scalar "
      "assume 0 < g < 1 assume a >= 0 and r >= 0 and c^2 <= a*r conclude g*(1 - g)*(a + 2*c + r) "
      ">= 0 }");
  CHECK(p.proved());
}

TEST_CASE("Loewner inequalities of unknown matrices are proved") {
  CHECK(proof_of("claim c { setting sketch = perm conclude 0*I <<= E[Bbar] }").proved());
  CHECK(proof_of("claim c { assume Lbar >> 0 conclude det(Lbar) > 0 }").proved());
  CHECK(proof_of("claim c { conclude Lbar <<= lambda_max(Lbar)*I }").proved());
  const Proof step = proof_of(
      "claim c { setting interpolation, noiseless, method = sketched-gradient "
      "forall theta : scalar forall x0 : vector forall gamma : scalar "
      "let W = 1/2*E[Lbar*Bbar + Bbar*Lbar] "
      "assume theta > 0 and W >>= 0 and E[Bbar*Lbar*Bbar] <<= theta*W assume 0 < gamma <= 1/theta "
      "conclude E[f(x[1])] <= f(x0) - gamma/2*x0'*W*x0 }");
  CHECK(step.proved());
  CHECK_FALSE(step.steps.empty());
}

TEST_CASE("Remark 1 and its converse are proved for all equal workers") {
  const std::string about =
      "claim c { setting sketch = perm, n = 2, d = 2, q = 1, homogeneous, interpolation, noiseless "
      "let W = 1/2*E[Lbar*Bbar + Bbar*Lbar] let side = abs(Lbar[1, 2])*(Lbar[1, 1] + Lbar[2, 2]) "
      "assume Lbar >> 0 ";
  const std::string border = "2*Lbar[1, 1]*Lbar[2, 2]";
  CHECK(proof_of(about + "assume side > " + border + " conclude not W >>= 0 }").proved());
  // Squares of the rows of Wv complete -v'Wv.
  CHECK(proof_of(about + "assume side <= " + border + " conclude W >>= 0 }").proved());
  CHECK_FALSE(
      proof_of(about + "assume side <= 21/20*" + border + " conclude W >>= 0 }", 3).proved());
}

TEST_CASE("equations between the data are put in, and the identity holds without them put in") {
  const std::string equal =
      "claim c { setting sketch = perm, n = 2, d = 2, q = 1, forall i in workers : L[i] = L[1] "
      "let W = 1/2*E[Lbar*Bbar + Bbar*Lbar] assume Lbar >> 0 ";
  CHECK(proof_of(equal + "conclude det(L[2]) > 0 }").proved());
  const Proof p = proof_of(
      equal + "conclude not W >>= 0 <=> abs(Lbar[1, 2]) > 2*Lbar[1, 1]*Lbar[2, 2]/trace(Lbar) }",
      900);
  CHECK(p.proved());
  CHECK(proof_of("claim c { forall a : scalar forall h : scalar forall r : scalar "
                 "assume a + h = r and r = 2*a and h > 0 conclude 1/(a + h) = 1/(2*h) }")
            .proved());
  // √h is a root of √a's definition only when a = h is put in.
  CHECK(proof_of("claim c { forall a : scalar forall h : scalar "
                 "assume a = h and a >= 0 conclude sqrt(a)*sqrt(h) >= 0 }")
            .proved());
  CHECK_FALSE(proof_of("claim c { forall a : scalar forall h : scalar "
                       "assume a = h and a > 0 conclude a + h >= 1 }",
                       2)
                  .proved());
}

TEST_CASE("a range is proved whole, or not at all") {
  CHECK_FALSE(proof_of("claim c { forall k in 1..2 forall a : scalar assume a >= 1 "
                       "conclude k*Lbar = Lbar or 3*k <= 2*a + k }",
                       2)
                  .proved());
  CHECK(proof_of("claim c { forall k in 1..2 forall a : scalar assume a >= 2 "
                 "conclude k*Lbar = Lbar or 3*k <= 2*a + k }")
            .proved());
  // Of an integer without a range nothing but a statement about all of them is a proof.
  CHECK_FALSE(proof_of("claim c { forall k : integer try 0, 1 conclude k <= 1 }", 2).proved());
  CHECK(proof_of("claim c { forall k : integer try 0, 1 conclude k^2 >= 0 }").proved());
}

TEST_CASE("what the case says under [values] narrows no range, and is rejected as a proof") {
  check::ClaimFile file{
      std::string(64, 'a'),
      claim::parse_claims("claim c { forall k in 0..2 conclude k = 0 or n = 77 }", "test")};
  check_types(file.claims[0]);
  check::CaseFile shape{std::string(64, 'b'), *plain_case(kPerm)};
  shape.c.values["k"] = Rational(0);
  const auto answer = check::check_certificate(
      file, &shape,
      cert::write_certificate(certificate_of(file.claims[0], file.hash, shape.hash, Proof{})));
  CHECK(answer.is == check::Answer::Is::rejected);
}

TEST_CASE("hypotheses that contradict each other are said to exclude everything") {
  CHECK(
      proof_of("claim c { forall t : scalar assume t > 1 assume t < 0 conclude t = 5 }").excluded);
  // True of everything, and the hypotheses exclude everything all the same.
  CHECK(proof_of("claim c { forall t : scalar assume t > 1 assume t < 0 conclude t^2 >= 0 }")
            .excluded);
  CHECK(proof_of("claim c { assume Lbar >> 0 assume det(Lbar) < 0 conclude Lbar = I }").excluded);
  const Proof p = proof_of("claim c { forall t : scalar assume t > 1 conclude t > 0 }");
  CHECK(p.proved());
  CHECK_FALSE(p.excluded);
  CHECK_FALSE(proof_of("claim c { conclude E[Bbar] = E[Bbar] }").excluded);
}

TEST_CASE("what a proof speaks of is said: shapes, what is assumed, what was only sampled") {
  const auto domain = [](const std::string& text) {
    auto claims = claim::parse_claims(text, "test");
    check_types(claims[0]);
    return domain_of(shapes_for(claims[0], {}));
  };
  using List = std::vector<std::string>;
  CHECK(domain("claim c { setting sketch = bernoulli conclude p = 1/2 }").sampled ==
        List{"p = 1/2 of bernoulli"});
  CHECK(domain("claim c { setting sketch = table, n = 2, d = 1 conclude trace(E[C[1]]) <= 3 }")
            .sampled == List{"the tables of the shapes"});
  CHECK(domain("claim c { setting method = ist, sketch = identity conclude local_steps <= 3 }")
            .sampled == List{"local_steps = 1 and 2 of ist"});
  const Domain psd = domain("claim c { setting sketch = identity conclude Lbar >>= 0 }");
  CHECK(psd.sampled.empty());
  CHECK(to_string(psd).find("every L_i positive semidefinite, one step gamma > 0") !=
        std::string::npos);
  CHECK(to_string(Domain{}) == "all values of its variables");
}

TEST_CASE("signs, steps and parameters are said only where a proof depends on them") {
  const Proof plain = proof_of("claim c { setting sketch = perm conclude E[Bbar] = n*Dbar }");
  CHECK_FALSE((plain.found.convex || plain.found.used.method || plain.found.used.steps));
  CHECK(plain.found.used.sketch);
  CHECK_FALSE(proof_of("claim c { conclude Lbar <<= lambda_max(Lbar)*I }").found.convex);
  CHECK(proof_of("claim c { setting sketch = perm conclude 0*I <<= E[Bbar] }").found.convex);
  const Proof round = proof_of(
      "claim c { setting sketch = perm, noiseless conclude E[x[1]] = x0 - gamma[0]*E[g(x0)] }");
  CHECK(round.proved());
  CHECK((round.found.used.method && round.found.used.steps && !round.found.convex));
  const Proof own = proof_of(
      "claim c { setting sketch = perm, noiseless forall gamma : scalar "
      "conclude E[x[1]] = x0 - gamma*E[g(x0)] }");
  CHECK(own.proved());
  CHECK_FALSE(own.found.used.steps);
}

TEST_CASE("what has no value is not proved") {
  for (const char* claim : {
           "claim c { conclude 1/0 = 5 }",
           "claim c { forall t : scalar try 1 conclude 1/(t - t) = 3 }",
           "claim c { forall t : scalar conclude t*(1/t) = 1 }",           // at 0
           "claim c { forall t : scalar assume 1/t > 0 conclude t > 0 }",  // in a hypothesis
           "claim c { forall t : scalar conclude sqrt(t)^2 = t }",         // below 0
           "claim c { forall t : scalar conclude t = t or 1/0 = 1 and 1/t = 1 => 1/t = 1 }",
           "claim c { conclude xstar = xstar }",  // Lbar may be singular
           "claim c { conclude inverse(Lbar)*Lbar = I }",
           "claim c { forall t : scalar forall k in 0..1/t conclude k >= 0 }",
           "claim c { forall k in 1/2..2 conclude k > 0 }",
       }) {
    CAPTURE(claim);
    CHECK_FALSE(proof_of(claim, 2).proved());
  }
  for (const char* claim : {
           "claim c { forall t : scalar assume t != 0 conclude t*(1/t) = 1 }",
           "claim c { forall t : scalar assume t != 0 assume 1/t > 0 conclude t > 0 }",
           "claim c { forall t : scalar assume t >= 0 conclude sqrt(t)^2 = t }",
           "claim c { forall t : scalar conclude t = 0 or t*(1/t) = 1 }",
           "claim c { forall t : scalar conclude defined(1/t) <=> t != 0 }",
           "claim c { forall t : scalar forall u : scalar assume t > 0 and u > 0 "
           "conclude 1/(t + u) > 0 }",  // the sum is not 0: a step shows it
           "claim c { assume Lbar >> 0 conclude inverse(Lbar)*Lbar = I }",
       }) {
    CAPTURE(claim);
    CHECK(proof_of(claim).proved());
  }
}

TEST_CASE("false statements have no proof") {
  for (const char* claim : {
           "claim c { conclude Lbar >> 0 }",                  // on the border
           "claim c { forall a : scalar conclude a^2 > 0 }",  // at 0
           "claim c { forall a : scalar assume a > 0 conclude a^2 >= a }",
           "claim c { setting sketch = perm conclude E[Bbar] <<= Lbar }",
           "claim c { setting sketch = perm conclude xinf = xstar }",
           "claim c { assume Lbar >> 0 conclude (1/2*(Lbar*Dbar + Dbar*Lbar)) >>= 0 }",  // Remark 1
           "claim c { forall a : scalar conclude sqrt(a) <= a }",
           "claim c { forall a : scalar forall h : scalar assume a <= h conclude 1/h <= 1/a }",
       }) {
    CAPTURE(claim);
    CHECK_FALSE(proof_of(claim, 2).proved());
  }
}

TEST_CASE("a shape that the claim excludes, and what is not evaluated, are no proofs") {
  CHECK(proof_of("claim c { setting sketch = perm forall u : scalar conclude u^2 >= 0 }").proved());
  CHECK(proof_of("claim c { setting n = 3 conclude Lbar = Lbar }").reason ==
        "the claim says nothing about this shape");
  CHECK(proof_of("claim c { conclude rho_square < 1 }").reason == "a spectral radius of unknowns");
  CHECK(proof_of("claim c { conclude 1 = 2 or Lbar >> 0 }", 2).reason != "");
}

TEST_CASE("random sums of squares are proved, and not when they must exceed a number") {
  Random random;
  for (int round = 0; round < 5; ++round) {
    const auto square = [&](const std::string& of) {
      const Rational q = random.rational();
      return istcheck::to_string(Rational(q * q)) + "*(" + of + ")^2";
    };
    const std::string sum = square("a + h") + " + " + square("a - h") + " + " + square("a");
    CAPTURE(sum);
    const std::string variables = "claim c { forall a : scalar forall h : scalar conclude ";
    CHECK(proof_of(variables + sum + " >= 0 }").proved());
    CHECK_FALSE(proof_of(variables + sum + " >= 1 }", 1).proved());
  }
}

TEST_CASE("sums of squares that no linear program finds are proved by a semidefinite one") {
  const std::string numbers = "claim c { forall u : scalar forall v : scalar forall w : scalar ";
  for (const char* conclusion : {
           "(3*u + 7*v)^2 + (2*u - 5*w)^2 + (v - 3*w)^2 + (u + v + w)^2/10 >= 0",
           "(3*u + 7*v)^2 >= 0",                                      // no interior
           "(u^2 + 3*u*v - 2*v^2)^2 + (u^2 - v^2)^2 + (u*v)^2 >= 0",  // a quartic
       }) {
    CAPTURE(conclusion);
    CHECK(proof_of(numbers + "conclude " + conclusion + " }").proved());
  }
  CHECK(proof_of(numbers + "assume w >= 0 conclude w*(3*u + 7*v)^2 + (1 + w)*(5*u - 2*v)^2 >= 0 }")
            .proved());
  CHECK_FALSE(
      proof_of(numbers + "conclude (3*u + 7*v)^2 + (2*u - 5*v)^2 >= u^2 + 100*v^2 }").proved());
}

TEST_CASE("a semidefinite program has exact solutions, or none") {
  // x1 (1, 1) - G_11 (1, 0) - 2 G_12 (0, 1/2) - … = 0: G = [[1, 1], [1, g]] with x1 = 1, g free to
  // be >= 1.
  Block block{2, {{{{0, -1}}, false, false}, {{{1, -1}}, false, false}, {{}, false, false}}};
  const std::vector<Column> columns{{{{0, 1}, {1, 1}}, false, true}};
  const auto b = balance_semidefinite(columns, {block}, 10);
  REQUIRE(b);
  CHECK(b->x == std::vector<Rational>{1});
  CHECK(b->G[0](0, 0) == 1);
  CHECK(b->G[0](0, 1) == 1);
  CHECK(b->G[0](1, 1) >= 1);
  block.entries[0].entries[0] = 1;  // G_11 = -1
  CHECK_FALSE(balance_semidefinite(columns, {block}, 10));
}

TEST_CASE("a grading weighs unknowns so that polynomials are homogeneous") {
  check::Root x{1, {}, 0, 0, true}, y{2, {}, 0, 0, true};
  const check::Number a(x), b(y);
  const Grading g({a * a - b}, 2);  // y weighs twice as much as x
  CHECK(*g.weight(a * a) == *g.weight(b));
  CHECK(*g.weight(a) + *g.weight(a) == *g.weight(b));
  CHECK_FALSE(g.weight(a + b));
  const Grading none({a - 1, b - 1}, 2);
  CHECK(*none.weight(a * b) == *none.weight(1));
  CHECK(Grading({}, 2).weight(a) != Grading({}, 2).weight(b));
}

TEST_CASE("balance solves a small program exactly, and says when there is no solution") {
  // x1 (1, 1/3) + x2 (-1/2, 0) + x3 (0, -1) = 0, x1 strict.
  const std::vector<Column> columns{{{{0, 1}, {1, Rational(1, 3)}}, false, true},
                                    {{{0, Rational(-1, 2)}}, false, false},
                                    {{{1, -1}}, false, false}};
  const auto x = balance(columns, 10'000);
  REQUIRE(x);
  CHECK(*x == std::vector<Rational>{1, 2, Rational(1, 3)});
  auto without = columns;
  without.pop_back();
  CHECK_FALSE(balance(without, 10'000));
  CHECK(useful(without) == std::vector<char>{0, 0});
  without.push_back({{{1, Rational(5)}}, true, false});  // of either sign
  CHECK(balance(without, 10'000).value()[2] == Rational(-1, 15));
}

}  // namespace istcheck::search
