#include "support.hpp"

using namespace istcheck;
using namespace istcheck::claim;

namespace {

/// The verdict of a conclusion, with "?" where it is not for all values or not known.
std::string answer_to(const std::string& conclusion, const std::string& more = "",
                      const Case* c = nullptr) {
  const Claim claim = checked("claim t { " + more + " conclude " + conclusion + " }");
  const CaseVerdict v = judge(claim, c, {});
  CHECK(v.contradiction.empty());
  if (v.verdict == Verdict::holds && v.scope != Scope::all) return "?";
  return v.verdict == Verdict::undecided ? "?" : to_string(v.verdict);
}

}  // namespace

TEST_CASE("some element of a kind settles what exists, and what is not for all") {
  CHECK(answer_to("exists t : scalar : t^2 = 2") == "holds");
  CHECK(answer_to("exists t : scalar : t^2 = -2") == "violated");
  CHECK(answer_to("forall t : scalar : t^2 >= 0") == "holds");
  CHECK(answer_to("forall t : scalar : t^2 > 0") == "violated");
  CHECK(answer_to("exists t : integer : t^2 = 2") == "?");  // √2 is none, which is not shown
  CHECK(answer_to("exists t : integer : t^2 = 4") == "holds");
  CHECK(answer_to("exists s, t : scalar : s + t = 3 and s - t = 1 and s*t = 2") == "holds");
  CHECK(answer_to("exists s, t : scalar : s + t = 3 and s - t = 1 and s*t = 3") == "violated");
  CHECK(answer_to("not exists t : scalar : t > 0 and t < 0") == "holds");
}

TEST_CASE("an element without a value counts only where none settles it") {
  CHECK(answer_to("exists t : scalar : 1/t > 0") == "holds");
  CHECK(answer_to("forall t : scalar : 1/t > 0") == "violated");
  CHECK(answer_to("forall t : scalar : t^2*(1/t^2) = 1") == "ill-defined");
  // At two elements: neither hides the other, and one that settles it still does.
  CHECK(answer_to("forall t : scalar : 1/t + 1/(t - 1) = 1/(t - 1) + 1/t") == "ill-defined");
  CHECK(answer_to("forall t : scalar : 1/t + 1/(t - 1) > 0") == "violated");
  CHECK(answer_to("exists t : scalar : t > 0 and sqrt(-t) = 1") == "ill-defined");
  CHECK(answer_to("forall t : scalar : t = 0 or t*(1/t) = 1") == "holds");
}

TEST_CASE("quantifiers over kinds inside one another and beside variables") {
  CHECK(answer_to("exists t : scalar : forall s : scalar : s^2 + t >= 0") == "holds");
  CHECK(answer_to("exists t : scalar : t < 0 and (forall s : scalar : s^2 + t >= 0)") ==
        "violated");
  CHECK(answer_to("(forall s : scalar : s^2 + 2*a*s + 1 >= 0) <=> a^2 <= 1", "forall a : scalar") ==
        "holds");
  CHECK(answer_to("(forall s : scalar : s^2 + 2*a*s + 1 >= 0) <=> a^2 < 1", "forall a : scalar") ==
        "violated");
  CHECK(answer_to("exists t : scalar : t^2 = a", "forall a : scalar") == "violated");
  CHECK(answer_to("(exists t : scalar : t > a and t < 0) or a >= 0", "forall a : scalar") !=
        "violated");
  // What is asked once on its own does not depend on the way around it.
  CHECK(answer_to("forall s : scalar : (if exists t : scalar : t^2 = 2 then 1 else 0)*s^2 >= 0") ==
        "holds");
  CHECK(answer_to("forall s : scalar : (if exists t : scalar : t^2 = 2 then 1 else 0)*s > s - 1") ==
        "holds");
  CHECK(answer_to("(if exists t : scalar : t^2 = a then 1 else 0) <= 1/2", "forall a : scalar") ==
        "violated");
  // An index and an element of the same name.
  CHECK(answer_to("exists t : scalar : sum(t in 1..3 : t) = 6 and t = 1/2") == "holds");
  CHECK(answer_to("forall k in 1..3, t : scalar : t^2 + k > 0") == "holds");
  CHECK(answer_to("forall k in 0..3, t : scalar : t^2 + k > 0") == "violated");
}

TEST_CASE("quantifiers over vectors and matrices have the size of the case") {
  const Case c = two_workers();
  CHECK(answer_to("forall v : vector : v'*Lbar*v >= 0", "", &c) == "holds");
  CHECK(answer_to("forall v : vector : v = 0 or v'*Lbar*v > 0", "", &c) == "holds");
  CHECK(answer_to("exists v : vector : v'*Lbar*v < ||v||^2", "", &c) == "violated");
  CHECK(answer_to("exists v : vector : Lbar*v = bbar and v = xstar", "", &c) == "holds");
  CHECK(answer_to("forall M : symmetric : trace(M*M) >= 0", "", &c) == "holds");
  CHECK(answer_to("exists t : scalar : Lbar <<= t*I", "", &c) == "holds");
  CHECK(answer_to("exists t : scalar : t < 1 and Lbar <<= t*I", "", &c) == "violated");
}

TEST_CASE("the name is bound: core names are refused, and types are those of the kind") {
  CHECK_THROWS_AS(checked("claim t { conclude exists gamma : scalar : gamma > 0 }"), ClaimError);
  CHECK_THROWS_AS(checked("claim t { conclude exists q : scalar : q > 0 }"), ClaimError);
  CHECK_THROWS_AS(checked("claim t { conclude exists v : vector : v > 0 }"), ClaimError);
  CHECK_THROWS_AS(checked("claim t { conclude exists t : number : t > 0 }"), ClaimError);
  CHECK_THROWS_AS(checked("claim t { conclude exists M : matrix : M >>= 0 }"), ClaimError);
  CHECK_NOTHROW(checked("claim t { conclude exists M : symmetric : M >>= 0 }"));
  CHECK(uses_case(checked("claim t { conclude exists v : vector : v = v }")));
  CHECK(!uses_case(checked("claim t { conclude exists s : scalar : s = s }")));
}

TEST_CASE("quantifiers over kinds are printed as they are read") {
  for (const char* text :
       {"exists t : scalar : t > 0", "forall v : vector : exists s : scalar : s*||v||^2 = 1",
        "exists k in 1..3 : forall t : scalar : t^k > 0"}) {
    const Claim c = checked(std::string("claim t { setting d = 2 conclude ") + text + " }");
    CHECK(to_text(*c.conclusions[0].value) == text);
  }
}
