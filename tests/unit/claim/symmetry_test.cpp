// Symmetry that follows from the form of an expression, and its absence.
#include <random>

#include "support.hpp"

namespace istcheck::claim {
namespace {

constexpr const char* kDeclared =
    "forall A : matrix try I forall S : symmetric try I forall y : vector try ones "
    "let W = 1/2*E[Lbar*Bbar + Bbar*Lbar] let N = Lbar*Dbar";

std::string refusal_of(const std::string& side) {
  return refusal(std::string("claim t { setting d = 2 ") + kDeclared + " conclude 0 <<= " + side +
                 " }");
}

}  // namespace

TEST_CASE("what is symmetric by its form is accepted under the Loewner order") {
  for (const char* side : {
           "Lbar*Dbar*Lbar",
           "Lbar*Dbar + Dbar*Lbar",
           "E[Bbar*Lbar*Bbar]",
           "W",
           "2*W - 3*I",
           "sym(Lbar*Dbar)",
           "A*A'",
           "A'*Lbar*A",
           "A + A'",
           "N + N'",
           "inverse(Lbar)*W*inverse(Lbar)",
           "y*y'",
           "(y'*Lbar*y)*I",
           "mean(i in workers : C[1]*L[i]*C[1]) - mean(i in workers : C[1]*L[i]*C[1])",
           "sum(i in workers : L[i]*Dbar + Dbar*L[i])",
           "(I - gamma*Lbar)*(I - gamma*Lbar)",
           "Dbar^(-1/2)*Lbar*Dbar^(-1/2)",
           "[[Lbar[1, 1], Lbar[1, 2]], [Lbar[2, 1], 3]]",
           "mat(j in 1..2, k in 1..2 : if j = k then 1 else j + k)",
           "Diag(A)",
           "S",
           "if n = 2 then Lbar else Dbar",
       }) {
    const std::string message = refusal_of(side);
    INFO(side << "\n" << message);
    CHECK((message.empty() || message.find("cannot depend on the sketches") != std::string::npos));
  }
}

TEST_CASE("what is not symmetric by its form is refused with its place and the way out") {
  for (const char* side : {
           "Lbar*Dbar",
           "N",
           "A",
           "E[Lbar*Bbar]",
           "A*A",
           "y*bbar'",
           "Lbar*Dbar - Dbar*Lbar",
           "[[1, 2], [3, 4]]",
           "mat(j in 1..2, k in 1..2 : j - k)",
           "sum(i in workers : L[i]*Dbar)",
           "Dbar^(-1/2)*Lbar",
           "if n = 2 then Lbar else N",
       }) {
    const std::string message = refusal_of(side);
    INFO(side << "\n" << message);
    CHECK(message.find("not symmetric by its form; write sym(") != std::string::npos);
    CHECK(message.find("test.claim:1:") != std::string::npos);
    CHECK(message.find("^") != std::string::npos);
  }
}

TEST_CASE("a long chain of definitions ends quickly") {
  std::string lets = "let a0 = Lbar*Dbar ";
  for (int k = 1; k <= 60; ++k) {
    const std::string before = "a" + std::to_string(k - 1);
    lets += "let a" + std::to_string(k) + " = (" + before + "'*" + before + ")*" + before + " ";
  }
  CHECK(refusal("claim t { " + lets + " conclude 0 <<= a60 }").find("symmetric") !=
        std::string::npos);
}

TEST_CASE("by form means for all numbers: random expressions that pass are symmetric") {
  const auto seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const std::vector<std::string> leaves = {"Lbar", "Dbar", "L[1]", "(x0*bbar')", "(L[1]*L[2])"};
  const Case c = two_workers();
  int passed = 0;
  for (int round = 0; round < 400; ++round) {
    const auto leaf = [&] { return leaves[random() % leaves.size()]; };
    std::string e = leaf();
    for (unsigned k = random() % 4; k > 0; --k) {
      const std::string other = leaf() + (random() % 2 ? "'" : "");
      const char* signs[] = {" + ", " - ", "*"};
      e = "(" + e + signs[random() % 3] + other + ")" + (random() % 3 == 0 ? "'" : "");
    }
    if (random() % 3 == 0) e = e + "*" + leaf() + "*" + e + "'";
    const std::string text = "claim t { let v = " + e + " conclude 0 <<= v }";
    if (!refusal(text).empty()) continue;
    ++passed;
    INFO(e);
    CHECK(is_symmetric(std::get<SurdMatrix>(value_on(e, c))));
  }
  CHECK(passed > 10);
}

}  // namespace istcheck::claim
