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
}

TEST_CASE("Names stay") {
  for (const char* text :
       {"refuted by sparsity.no_theta_instance", "thm2-gamma-one", "theta_exists", "sparsity.theta",
        "schema", "a <=> b", "theta-like.", "D^(-1/2) x"}) {
    CHECK(readable(text) == text);
  }
}
