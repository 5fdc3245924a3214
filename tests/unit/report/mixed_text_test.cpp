#include "report/mixed_text.hpp"

#include <catch2/catch.hpp>

#include "claim/latex.hpp"

using namespace istcheck;

namespace {

/// The parts with math between dollar signs.
std::string written(const std::string& text) {
  std::string out;
  for (const auto& part : mixed_text(text)) out += part.math ? "$" + part.text + "$" : part.text;
  return out;
}

}  // namespace

TEST_CASE("values in a sentence become math, words stay", "[mixed]") {
  CHECK(written("left = 3/4 (0.75), right = 1") == "left = $\\frac{3}{4}$ (0.75), right = $1$");
  CHECK(written("right = [[4, 2], [2, 4]].") ==
        "right = $\\begin{pmatrix}4 & 2 \\\\ 2 & 4\\end{pmatrix}$.");
  CHECK(written("left side true [left = -1, right = 0], right side false [value = 2]") ==
        "left side true [left = $-1$, right = $0$], right side false [value = $2$]");
  CHECK(written("outcome 2: C[1] = [[2, 0], [0, 0]]") ==
        "outcome 2: C[1] = $\\begin{pmatrix}2 & 0 \\\\ 0 & 0\\end{pmatrix}$");
  CHECK(written("least factor = 12.568…, factor = 13") ==
        "least factor = $12.568\\ldots$, factor = $13$");
  CHECK(written("m = 2: left = 1, right = 2") == "m = $2$: left = $1$, right = $2$");
  CHECK(written("the hypothesis gamma <= 1/n is false: left = 1") ==
        "the hypothesis $\\gamma \\le \\frac{1}{n}$ is false: left = $1$");
  CHECK(written("x <= 1/n, y = 2") == "x <= 1/n, y = $2$");
  CHECK(written("no value: no theta satisfies (14)") == "no value: no theta satisfies (14)");
  CHECK(written("") == "");
}

TEST_CASE("assignments of variables", "[mixed]") {
  const auto parts = assignments_latex("theta = 5, y = [1, 1/2], s = 1/2*sqrt(3) - 1");
  REQUIRE(parts.size() == 3);
  CHECK(parts[0] == "\\theta = 5");
  CHECK(parts[1] == "y = \\begin{pmatrix}1 \\\\ \\frac{1}{2}\\end{pmatrix}");
  CHECK(parts[2] == "s = \\frac{1}{2} \\sqrt{3} - 1");
}

TEST_CASE("text outside formulas", "[mixed]") {
  CHECK(claim::text_latex("50% of a_b & {c}") == "50\\% of a\\_b \\& \\{c\\}");
  CHECK(claim::text_latex("W̄ ⪰ 0 for γ ≤ 2") == "$\\bar{W}$ $\\succeq$ 0 for $\\gamma$ $\\le$ 2");
}
