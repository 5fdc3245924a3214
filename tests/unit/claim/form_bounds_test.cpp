// Margin and tightness over all values of vectors (docs/semantics.md 14.4).
#include <random>

#include "support.hpp"

namespace istcheck::claim {
namespace {

CaseVerdict on_two_workers(const std::string& body) {
  const Case c = two_workers();  // Lbar = 3 I, bbar = (0, 3/2)
  return judge(checked("claim t { " + body + " }"), &c);
}

bool is(const std::optional<Scalar>& x, const Rational& value) {
  return x && compare(*x, Scalar(value)) == 0;
}

}  // namespace

TEST_CASE("homogeneous forms: the least eigenvalue, and the least t with A <<= tB") {
  const auto v = on_two_workers(
      "setting d = 2 forall v : vector try 5*ones conclude v'*[[1, 0], [0, 2]]*v <= v'*Lbar*v");
  REQUIRE(v.is(Verdict::holds, Scope::all));
  CHECK(is(v.margin, 1));
  CHECK(is(v.ratio, Rational(2, 3)));
  CHECK(v.margin_scope == Scope::all);
  CHECK(v.ratio_scope == Scope::all);
  const auto irrational = on_two_workers(
      "setting d = 2 forall v : vector try ones conclude v'*[[2, 1], [1, 1]]*v >= 0");
  CHECK(compare(*irrational.margin, std::get<Scalar>(value_on("(3 - sqrt(5))/2", two_workers()))) ==
        0);
}

TEST_CASE("other forms of degree two: the least value, wherever it is") {
  const auto v = on_two_workers("forall v : vector try ones conclude f(v) >= f(xstar) - 1/7");
  REQUIRE(v.is(Verdict::holds, Scope::all));
  CHECK(is(v.margin, Rational(1, 7)));
  CHECK(v.margin_scope == Scope::all);
  const auto two = on_two_workers(
      "forall v : vector try ones forall w : vector try -ones "
      "conclude 2*inner(v, w) <= ||v||^2 + ||w||^2 + 2");
  CHECK(is(two.margin, 2));
  CHECK(is(two.ratio, 1));
}

TEST_CASE("what is not known over all values is said to be of the values tried") {
  const auto hypothesis =
      on_two_workers("forall v : vector try ones assume v != 0 conclude v'*Lbar*v >= 0");
  REQUIRE(hypothesis.is(Verdict::holds, Scope::all));
  CHECK(hypothesis.margin_scope == Scope::tried);
  const auto root = on_two_workers("forall t : scalar try 3 conclude sqrt(t^2 + 1) >= 0");
  REQUIRE(root.is(Verdict::holds, Scope::all));
  CHECK(root.margin_scope == Scope::tried);
  const auto touching = on_two_workers("forall t : scalar try 0, 3 conclude t^2 >= 0");
  CHECK(is(touching.margin, 0));
  CHECK(touching.margin_scope == Scope::all);
  CHECK(on_two_workers("forall k in 1..3 conclude k > 0").margin_scope == Scope::all);
  CHECK(on_two_workers("conclude Lbar >> 0").margin_scope == Scope::all);
}

TEST_CASE("random forms: with its margin taken off a claim holds, and with more it does not") {
  std::mt19937 random(Catch::rngSeed());
  CAPTURE(Catch::rngSeed());
  std::uniform_int_distribution<int> entry(-3, 3);
  for (int k = 0; k < 25; ++k) {
    const auto number = [&] { return std::to_string(entry(random)); };
    // (a v1 + b v2 + c)² + (d v1 + e)² + 1, often with a singular part of degree two.
    const std::string form = "(" + number() + "*v[1] + " + number() + "*v[2] + " + number() +
                             ")^2 + (" + number() + "*v[1] + " + number() + ")^2 + 1";
    CAPTURE(form);
    const std::string start = "forall v : vector try ones conclude " + form;
    const auto v = on_two_workers(start + " >= 0");
    REQUIRE(v.is(Verdict::holds, Scope::all));
    if (v.margin_scope != Scope::all) continue;  // a number on both sides, or a homogeneous one
    const std::string margin = "(" + to_string(*v.margin) + ")";
    CHECK(on_two_workers(start + " >= " + margin).is(Verdict::holds, Scope::all));
    CHECK(on_two_workers(start + " >= " + margin + " + 1/10^6").verdict == Verdict::violated);
  }
}

}  // namespace istcheck::claim
