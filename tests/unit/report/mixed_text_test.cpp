#include "report/mixed_text.hpp"

#include <catch2/catch.hpp>

#include "claim/latex.hpp"

using namespace istcheck;

namespace {

/// The parts with math between dollar signs.
std::string mixed_written(const std::string& text) {
  std::string out;
  for (const auto& part : mixed_text(text)) out += part.math ? "$" + part.text + "$" : part.text;
  return out;
}

}  // namespace

TEST_CASE("values in a sentence become math, words stay", "[mixed]") {
  CHECK(mixed_written("left = 3/4 (0.75), right = 1") ==
        "left = $\\frac{3}{4}$ (0.75), right = $1$");
  CHECK(mixed_written("right = [[4, 2], [2, 4]].") ==
        "right = $\\begin{pmatrix}4 & 2 \\\\ 2 & 4\\end{pmatrix}$.");
  CHECK(mixed_written("left side true [left = -1, right = 0], right side false [value = 2]") ==
        "left side true [left = $-1$, right = $0$], right side false [value = $2$]");
  CHECK(mixed_written("outcome 2: C[1] = [[2, 0], [0, 0]]") ==
        "outcome 2: $C_{1} = \\begin{pmatrix}2 & 0 \\\\ 0 & 0\\end{pmatrix}$");
  CHECK(mixed_written("least factor = 12.568…, factor = 13") ==
        "least factor = $12.568\\ldots$, factor = $13$");
  CHECK(mixed_written("left = alpha^2 - 1 (0.58)") == "left = $\\alpha^{2} - 1$ (0.58)");
  CHECK(mixed_written("m = 2: left = 1, right = 2") == "$m = 2$: left = $1$, right = $2$");
  CHECK(mixed_written("the hypothesis gamma <= 1/n is false: left = 1") ==
        "the hypothesis $\\gamma \\le \\frac{1}{n}$ is false: left = $1$");
  CHECK(mixed_written("x <= 1/n, y = 2") == "x <= 1/n, $y = 2$");
  CHECK(mixed_written("left = 1, v'(right - left)v < 0 for v = [1]") ==
        "left = $1$, $v^\\top(\\text{right} - \\text{left})v < 0$ for $v = "
        "\\begin{pmatrix}1\\end{pmatrix}$");
  CHECK(mixed_written("the conclusion forall i in 1..2 : n > i: not known") ==
        "the conclusion $\\forall i = 1,\\dots,2:\\ n > i$: not known");
  CHECK(mixed_written("no value: no theta satisfies (14)") == "no value: no theta satisfies (14)");
  CHECK(mixed_written("") == "");
}

TEST_CASE("assignments of variables", "[mixed]") {
  const auto parts = assignments_latex("theta = 5, y = [1, 1/2], s = 1/2*sqrt(3) - 1");
  REQUIRE(parts.size() == 3);
  CHECK(parts[0] == "\\theta = 5");
  CHECK(parts[1] == "y = \\begin{pmatrix}1 \\\\ \\frac{1}{2}\\end{pmatrix}");
  CHECK(parts[2] == "s = \\frac{1}{2} \\sqrt{3} - 1");
}

TEST_CASE("a problem in words says what its alpha is", "[mixed]") {
  Case c;
  CHECK(alpha_text(c) == "");
  const RationalVector one = RationalVector::Constant(1, Rational(1));
  const RationalMatrix L = RationalMatrix::Identity(1, 1);
  c.workers = {{L, one, RationalMatrix::Zero(1, 1)}};
  c.step = 1;
  c.sketch = IdentitySketch{};
  CHECK(problem_text(c).find("alpha") == std::string::npos);
  c.alpha = Alpha{{-2, 3, 0, 1}, 0, 1};
  Numbers part = c;
  part.step = 0;
  c.roots = {{{1, 1}, part}};
  CHECK(alpha_text(c) == "alpha = 0.596071637983…, the root of x^3 + 3*x - 2 in [0, 1]");
  CHECK(problem_text(c).find("step γ = 1; alpha = 0.596071637983…, the root of") !=
        std::string::npos);
  CHECK(problem_latex(c).front() ==
        "L_{1} = \\begin{pmatrix}\\alpha + 1\\end{pmatrix},\\quad b_{1} = "
        "\\begin{pmatrix}\\alpha + 1\\end{pmatrix}");
}

TEST_CASE("text outside formulas", "[mixed]") {
  CHECK(claim::text_latex("50% of a_b & {c}") == "50\\% of a\\_b \\& \\{c\\}");
  CHECK(claim::text_latex("W̄ ⪰ 0 for γ ≤ 2") == "$\\bar{W}$ $\\succeq$ 0 for $\\gamma$ $\\le$ 2");
}
