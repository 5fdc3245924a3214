#include "report/readable.hpp"

#include <catch2/catch.hpp>

using istcheck::readable;

TEST_CASE("ASCII mathematics in sentences becomes signs") {
  CHECK(readable("contract up to 2 omega ||xstar||^2") == "contract up to 2 ω ‖x*‖²");
  CHECK(readable("gamma <= 1/((1 + omega) lambda_max)") == "γ ≤ 1/((1 + ω) λ_max)");
  CHECK(readable("= -gamma w + gamma^2 q/2.") == "= -γ w + γ² q/2.");
  CHECK(readable("W >>= 0 or W >> 0") == "W ⪰ 0 or W ≻ 0");
  CHECK(readable("Steps 1, 1/2, ...: d/q - 1") == "Steps 1, 1/2, …: d/q − 1");
  CHECK(readable("= sqrt(n) b") == "= √(n) b");
  CHECK(readable("gamma.") == "γ.");
  CHECK(readable("10^-12, 2^{-10}, x^0, (1/2)^10, x^-1") == "10⁻¹², 2⁻¹⁰, x⁰, (1/2)¹⁰, x⁻¹");
  CHECK(readable("x^2k, x^-, x^{k}, 2^3^4") == "x^2k, x^-, x^{k}, 2^3⁴");
  CHECK(readable("||grad f_i(x)||^2") == "‖∇f_i(x)‖²");
}

TEST_CASE("Indices and exponents of sentences") {
  const auto written = [](const std::string& text) {
    std::string out;
    for (const auto& part : istcheck::with_scripts(text))
      out += part.level == 0 ? part.text : (part.level < 0 ? "_<" : "^<") + part.text + ">";
    return out;
  };
  CHECK(written("x^(k+1) of L_i, max_j L_jj, λ_max") ==
        "x^<k+1> of L_<i>, max_<j> L_<jj>, λ_<max>");
  CHECK(written("D_i^(-1/2) b") == "D_<i>^<-1/2> b");
  for (const std::string text : {"perm1_rates", "no_theta_instance", "x^ 2", "(a_(b", "a.b_c"})
    CHECK(written(text) == text);
}

TEST_CASE("Names stay") {
  for (const char* text :
       {"refuted by sparsity.no_theta_instance", "thm2-gamma-one", "theta_exists", "sparsity.theta",
        "schema", "a <=> b", "theta-like.", "D^(-1/2) x"}) {
    CHECK(readable(text) == text);
  }
}
