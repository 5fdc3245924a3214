// What certificates for Rocq/Coq say. That coqc accepts them is tests/cli/certify.sh.
#include "../claim/support.hpp"
#include "cert/rocq_certificate.hpp"
#include "cert/rocq_factor.hpp"
#include "cert/rocq_text.hpp"

namespace istcheck::rocq {
namespace {

using claim::checked;
using claim::two_workers;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

File written(const std::string& body, const Case& c = two_workers(), const Limits& limits = {}) {
  const claim::Claim claim = checked("claim t { " + body + " }");
  return certificate({&claim}, &c, limits, {});
}

/// Why nothing was written.
std::string reason(const std::string& body, const Case& c = two_workers(),
                   const Limits& limits = {}) {
  const File f = written(body, c, limits);
  REQUIRE(f.pieces.size() == 1);
  CHECK(f.pieces[0].choices == 0);
  REQUIRE(f.pieces[0].left_out.size() == 1);
  return f.pieces[0].left_out[0];
}

}  // namespace

TEST_CASE("numbers and matrices are Coq terms") {
  CHECK(number(Rational(3)).text == "3");
  CHECK(number(Rational(-3)).text == "(-3)");
  CHECK(number(Rational(-3, 7)).text == "(-3 # 7)");
  RationalMatrix m(2, 2);
  m << 1, Rational(1, 2), 0, 4;
  CHECK(matrix(m).text == "[[1; (1 # 2)]; [0; 4]]");
  CHECK(column(m).text == "column [1; 0]");
  m(0, 1) = 0;
  CHECK(matrix(m).text == "Diag_of [1; 4]");
}

TEST_CASE("terms get the parentheses that Coq needs") {
  const Term a = atom("a"), b = atom("b");
  const Term sum = infix(a, "+", b, Term::kPlus);
  CHECK(infix(sum, "-", sum, Term::kPlus).text == "a + b - (a + b)");
  CHECK(infix(sum, "*", a, Term::kTimes).text == "(a + b) * a");
  CHECK(applied("qabs", sum).text == "qabs (a + b)");
  CHECK(applied("qabs", a).text == "qabs a");
}

TEST_CASE("a comment cannot be ended or opened from inside") {
  CHECK(comment("A*(B)*) (* \"x\"") == "(* A*(B)* ) ( * 'x' *)");
}

TEST_CASE("the data of a case are definitions") {
  const std::string text = written("conclude n = 2").text;
  CHECK(contains(text, "Definition n : Q := 2.\n"));
  CHECK(contains(text, "Definition gamma : Q := (1 # 8).\n"));
  CHECK(contains(text, "[[[4; 1]; [1; 3]];\n   [[2; (-1)]; [(-1); 3]]] []"));
  CHECK(contains(text, "((1 # 2), [Diag_of [2; 0]; Diag_of [0; 2]])"));
  CHECK(contains(text, "let estimate := g omega in fun x => x -m gamma *: estimate x"));
}

TEST_CASE("a claim that holds is its hypotheses and its conclusions") {
  const File f = written("let W = E[Bbar] assume Lbar >> 0 conclude W <<= 3*Lbar or n = 2");
  CHECK(f.pieces[0].verdict == "holds");
  CHECK(f.pieces[0].choices == 1);
  CHECK(contains(f.text, "Definition W_ : mat := EM outcomes (fun omega => Bbar omega)."));
  CHECK(contains(f.text, "(loewner_lt (zero_like Lbar) Lbar) /\\\n"));
  CHECK(contains(f.text, "loewner W_ (3 *: Lbar) \\/ n == 2"));
  CHECK(contains(f.text, "symmetric (msub (3 *: Lbar) W_)"));
  CHECK(contains(f.text, "Print Assumptions certificate."));
}

TEST_CASE("a violated claim is the one choice that violates it, negated") {
  const File f = written("forall t : scalar try 1, 5, 7 conclude t*I <<= Lbar");
  CHECK(f.pieces[0].verdict == "violated");
  CHECK(f.pieces[0].choices == 1);
  CHECK(contains(f.text, "Definition t_ : Q := 5."));
  CHECK(contains(f.text, "(~ (loewner (t_ *: ident d) Lbar))"));
  CHECK_FALSE(contains(f.text, "t_ : Q := 7"));
}

TEST_CASE("a vacuous claim is the hypothesis that is false, negated") {
  const File f = written("assume n = 2 assume d = 3 conclude 1 = 2");
  CHECK(f.pieces[0].verdict == "vacuous");
  CHECK(contains(f.text, "(~ (d == 3))"));
  CHECK_FALSE(contains(f.text, "1 == 2"));
}

TEST_CASE("divisors, inverses and eigenvalues become obligations") {
  const std::string text = written(
                               "let t = lambda_max(Diag([2, 3])) conclude forall i in workers : "
                               "1/L[i][1, 1] < t conclude inverse(Lbar)*bbar = xstar")
                               .text;
  CHECK(contains(text, "every (range 1 n) (fun i_ => ~ entry (L i_) 1 1 == 0)"));
  CHECK(contains(text, "is_inverse Lbar inverse_"));
  CHECK(contains(text, "Q := 3.\n"));
  CHECK(contains(text, "is_lambda_max (Diag (column [2; 3]))"));
}

TEST_CASE("what follows a premise is only needed where the premise holds") {
  const std::string text = written("conclude n = 2 or 1/(n - 2) = 1").text;
  CHECK(contains(text, "~ (n == 2) -> ~ n - 2 == 0"));
}

TEST_CASE("iterates are expectations over histories") {
  const std::string text = written("forall k in 0..2 conclude E[||x[k]||^2] >= 0").text;
  CHECK(contains(text, "after outcomes (fun r => step_by (gamma_in_round"));
  CHECK(contains(text, "(nat_of k_) 0 x0 (fun xk => sqnorm xk)"));
}

TEST_CASE("a factorisation is one, and there is none where there is none") {
  RationalMatrix m(3, 3);
  m << 4, 2, 0, 2, 1, 0, 0, 0, 3;
  const auto f = factorise(m, false);
  REQUIRE(f.has_value());
  CHECK(factorisation(*f).text == "[(4, [(1 # 2); 0]); (0, [0]); (3, [])]");
  CHECK_FALSE(factorise(m, true).has_value());
  const RationalVector flat = against(m, true);
  CHECK((flat.transpose() * m * flat)(0, 0) == 0);
  CHECK(flat != RationalVector(RationalVector::Constant(3, Rational(0))));
  m(1, 1) = Rational(1, 2);
  CHECK_FALSE(factorise(m, false).has_value());
  const RationalVector v = against(m, false);
  CHECK((v.transpose() * m * v)(0, 0) < 0);
  CHECK(row_bound(m) == 6);
}

TEST_CASE("the Loewner order is shown by a factorisation or a vector") {
  CHECK(
      contains(written("conclude I <<= Lbar").text,
               "Decides (loewner (ident d) Lbar) true false.\nProof. apply (by_factor _ _ [(2, "));
  CHECK(contains(
      written("conclude not 4*I <<= Lbar").text,
      "Decides (loewner (4 *: ident d) Lbar) false true.\nProof. apply (by_witness _ _ ["));
}

TEST_CASE("stability is shown by the Lyapunov matrix, instability by a vector that grows") {
  CHECK(contains(written("conclude rho_square < 1").text, "(by_lyapunov _ _ _ lyapunov_"));
  Case c = two_workers();
  c.step = 3;
  const File f = written("conclude rho_square < 1", c);
  CHECK(f.pieces[0].verdict == "violated");
  CHECK(contains(f.text, "(by_growth _ _ _ lyapunov_"));
  CHECK(contains(f.text, "(~ (mean_square_stable rounds_1 (fun A => A) d))"));
}

TEST_CASE("what cannot be written is named with the reason") {
  CHECK(contains(reason("conclude lambda_max(L[1]) > 0"), "is irrational"));
  CHECK(contains(reason("conclude sqrt(n) < 2"), "sqrt(n) = sqrt(2)"));
  CHECK(contains(reason("conclude E[Bbar] = E[Bbar]", two_workers(UnitPermSketch{})),
                 "irrational entries"));
  CHECK(contains(reason("conclude E[Bbar] = E[Bbar]", two_workers(), {1, 1}), "2 outcomes"));
  CHECK(contains(reason("conclude E[||x[3]||^2] >= 0", two_workers(), {2, 4}), "2^3 histories"));
  const Case noisy = two_workers(PermSketch{1, false}, MethodKind::sketched_gradient, true);
  CHECK(contains(reason("conclude E[||x[1]||^2] >= 0", noisy), "noise"));
}

TEST_CASE("choices that cannot be written are left out of a claim that holds, aloud") {
  const File f = written("forall t : scalar try 1, sqrt(2) assume t >= 1 conclude t >= 1");
  CHECK(f.pieces[0].choices == 1);
  REQUIRE(f.pieces[0].left_out.size() == 1);
  CHECK(contains(f.pieces[0].left_out[0], "t = sqrt(2): "));
}

}  // namespace istcheck::rocq
