#include "dynamics/conjunction.hpp"

#include "dynamics/follows.hpp"
#include "support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

using Is = Fact::Is;
enum class Answer { impossible, possible, open };

Surd u(unsigned k) { return Surd::unknown(k); }
Surd c(const std::string& text) { return q(text); }
const Surd t = Surd::unknown(0);

Fact zero(const Surd& p) { return {Is::zero, p}; }
Fact least(const Surd& p) { return {Is::nonnegative, p}; }
Fact strict(const Surd& p) { return {Is::positive, p}; }

std::string shown(const Conjunction& x) {
  std::string text;
  for (const Fact& f : x.facts)
    text += to_string(f.p) + (f.is == Is::zero ? " = 0\n" : f.is == Is::positive ? " > 0\n" : " >= 0\n");
  for (const auto& d : x.defined)
    text += "u" + std::to_string(d.unknown) + (d.reciprocal ? " = 1/(" : " = sqrt(") + to_string(d.of) + ")\n";
  return text;
}

/// Every answer is shown: by the point, or by the proof.
Answer answer(const Conjunction& x) {
  const Decision d = decide(x);
  INFO(shown(x));
  if (d.witness) {
    for (const auto& [unknown, value] : *d.witness) UNSCOPED_INFO("u" << unknown << " = " << value);
    CHECK(fulfils(x, *d.witness));
    CHECK_FALSE(d.impossible);
    return Answer::possible;
  }
  if (d.impossible) {
    CHECK(follows(x, d.proof));
    return Answer::impossible;
  }
  UNSCOPED_INFO(d.open);
  return Answer::open;
}

Answer on_line(const std::vector<Fact>& facts, std::vector<DefinedUnknown> defined = {}) {
  return answer({{0}, {}, std::move(defined), facts, {}});
}
Answer of_entries(unsigned n, const std::vector<Fact>& facts) {
  Conjunction x;
  for (unsigned k = 1; k <= n; ++k) x.entries.push_back(k);
  x.facts = facts;
  return answer(x);
}
Answer mixed(unsigned n, const std::vector<Fact>& facts, std::vector<DefinedUnknown> defined = {}) {
  Conjunction x{{0}, {}, std::move(defined), facts, {}};
  for (unsigned k = 1; k <= n; ++k) x.entries.push_back(k);
  return answer(x);
}

}  // namespace

TEST_CASE("conjunction: without unknowns") {
  CHECK(answer({{}, {}, {}, {strict(1)}, {}}) == Answer::possible);
  CHECK(answer({{}, {}, {}, {strict(Surd(-1))}, {}}) == Answer::impossible);
  CHECK(answer({{}, {}, {}, {zero(Surd(1))}, {}}) == Answer::impossible);
  CHECK(answer({{}, {}, {}, {strict(Surd(0))}, {}}) == Answer::impossible);
  CHECK(answer({{}, {}, {}, {least(Surd::sqrt_of(2) - c("3/2"))}, {}}) == Answer::impossible);
}

TEST_CASE("conjunction: one unknown on a line") {
  CHECK(on_line({strict(-(t * t - t + c("1/4")))}) == Answer::impossible);
  CHECK(on_line({strict(t), strict(1 - t), least(-(t * t - c("1/2")) * (t * t - c("1/2")))}) == Answer::possible);
  CHECK(on_line({strict(t), least(c("1/2") - t), strict((1 - t) * (1 - t) + t * t - 1)}) == Answer::impossible);
  CHECK(on_line({strict(t), strict(1 - t), least(-t * (1 - t))}) == Answer::impossible);
  CHECK(on_line({strict(t), least(1 - t), least(-t * (1 - t))}) == Answer::possible);
  // A touching zero of degree three: t^3 = 2.
  const Surd cube = t * t * t - 2;
  CHECK(on_line({strict(-cube * cube)}) == Answer::impossible);
  CHECK(on_line({least(-cube * cube)}) == Answer::possible);
  CHECK(on_line({least(-cube * cube), strict(t - c("5/4"))}) == Answer::possible);
  CHECK(on_line({least(-cube * cube), strict(t - c("13/10"))}) == Answer::impossible);
  // Irrational coefficients.
  CHECK(on_line({strict(t * t - 2), strict(t), strict(Surd::sqrt_of(2) - t)}) == Answer::impossible);
  CHECK(on_line({least(t * t - 2), strict(t), least(Surd::sqrt_of(2) - t)}) == Answer::possible);
  CHECK(on_line({strict(-t * t), least(t)}) == Answer::impossible);
}

TEST_CASE("conjunction: reciprocals and roots on a line") {
  const std::vector<DefinedUnknown> inverse{{5, true, t}};
  CHECK(on_line({strict(t * t), strict(t), strict(2 - t - u(5))}, inverse) == Answer::impossible);
  CHECK(on_line({strict(t * t), strict(t), least(2 - t - u(5))}, inverse) == Answer::possible);
  CHECK(on_line({strict(t * t), least(2 - t - u(5)), strict(t - 1)}, inverse) == Answer::impossible);
  CHECK(on_line({strict(t * t), strict(t - 1), least(u(5) - t)}, inverse) == Answer::impossible);
  const std::vector<DefinedUnknown> root{{5, false, t}};
  CHECK(on_line({least(t), least(u(5)), strict(u(5) - (1 + t) * c("1/2"))}, root) == Answer::impossible);
  CHECK(on_line({least(t), least(u(5)), least(u(5) - (1 + t) * c("1/2"))}, root) == Answer::possible);
  CHECK(on_line({least(t), least(u(5)), strict(u(5) - t), strict(t - 1)}, root) == Answer::impossible);
  // sqrt(t^2) is |t|.
  const std::vector<DefinedUnknown> absolute{{5, false, t * t}};
  CHECK(on_line({least(t * t), least(u(5)), strict(u(5) - t), strict(t)}, absolute) == Answer::impossible);
  CHECK(on_line({least(t * t), least(u(5)), strict(u(5) - t)}, absolute) == Answer::possible);
  CHECK(on_line({least(t * t), least(u(5)), strict(t - u(5))}, absolute) == Answer::impossible);
  // A reciprocal of a root.
  const std::vector<DefinedUnknown> both{{5, false, t}, {6, true, u(5)}};
  CHECK(on_line({strict(t), least(u(5)), strict(u(5) * u(5)), strict(2 - u(5) - u(6))}, both) == Answer::impossible);
}

TEST_CASE("conjunction: quadratic in entries") {
  const Surd x = u(1), y = u(2), z = u(3);
  const Surd norm = x * x + y * y;
  CHECK(of_entries(2, {strict(-norm)}) == Answer::impossible);
  CHECK(of_entries(2, {least(-norm)}) == Answer::possible);
  CHECK(of_entries(2, {least(-norm), strict(norm)}) == Answer::impossible);
  CHECK(of_entries(2, {least(-norm - 1)}) == Answer::impossible);
  CHECK(of_entries(2, {least(-x * x - 1)}) == Answer::impossible);
  CHECK(of_entries(2, {strict(2 * x * y - norm)}) == Answer::impossible);
  CHECK(of_entries(2, {least(2 * x * y - norm), strict(x - y)}) == Answer::impossible);
  CHECK(of_entries(2, {strict(3 * x * y - norm)}) == Answer::possible);
  // On the sphere.
  const Surd l = 2 * x * x + 2 * x * y + y * y;
  const Surd top = (3 + Surd::sqrt_of(5)) * c("1/2");
  CHECK(of_entries(2, {zero(norm - 1), strict(l - top)}) == Answer::impossible);
  CHECK(of_entries(2, {zero(norm - 1), least(l - top)}) == Answer::possible);
  CHECK(of_entries(2, {zero(norm - 1), strict(l - top + c("1/1000000000"))}) == Answer::possible);
  CHECK(of_entries(2, {zero(norm - 1), strict(l - c("27/10"))}) == Answer::impossible);
  // On a subspace.
  CHECK(of_entries(2, {zero(x + y), strict(2 * x * y)}) == Answer::impossible);
  CHECK(of_entries(2, {strict(2 * x * y)}) == Answer::possible);
  // The S-lemma.
  CHECK(of_entries(2, {least(x * x - y * y), strict(y * y - 2 * x * x)}) == Answer::impossible);
  CHECK(of_entries(2, {least(x * x - y * y), strict(2 * y * y - x * x)}) == Answer::possible);
  CHECK(of_entries(2, {least(x * y - 1), least(-x * x)}) == Answer::impossible);
  CHECK(of_entries(2, {least(x * y + 1), least(-(x * y + 1) - y * y)}) == Answer::impossible);
  CHECK(of_entries(2, {least(x * y - 1), least(x * y - 1 - y * y)}) == Answer::possible);
  CHECK(of_entries(2, {strict(x * y + 1), least(-(x * y + 1) - y * y)}) == Answer::impossible);
  CHECK(of_entries(3, {strict(x), strict(y), strict(z), least(-x - y - z)}) == Answer::impossible);
  CHECK(of_entries(3, {strict(x), strict(y), least(z), least(-x - y - z + 1)}) == Answer::possible);
  // Degree four.
  CHECK(of_entries(2, {strict(-norm * norm)}) == Answer::impossible);
  const Surd v[] = {u(1), u(2)}, w[] = {u(3), u(4)};
  const Surd inner = v[0] * w[0] + v[1] * w[1];
  CHECK(of_entries(4, {strict(inner * inner - (v[0] * v[0] + v[1] * v[1]) * (w[0] * w[0] + w[1] * w[1]))}) ==
        Answer::impossible);
}

TEST_CASE("conjunction: an unknown on a line and entries") {
  const Surd x = u(1), y = u(2);
  const Surd norm = x * x + y * y;
  // t <= 1 and t |x|^2 > |x|^2.
  CHECK(mixed(2, {least(t), least(1 - t), strict((t - 1) * norm)}) == Answer::impossible);
  CHECK(mixed(2, {least(t), least(c("1001/1000") - t), strict((t - 1) * norm)}) == Answer::possible);
  // |x - t L x|^2 > |x|^2 for L = diag(1, 4), 0 < t <= 1/2.
  const Surd step = (1 - t) * (1 - t) * x * x + (1 - 4 * t) * (1 - 4 * t) * y * y;
  CHECK(mixed(2, {strict(t), least(c("1/2") - t), strict(step - norm)}) == Answer::impossible);
  CHECK(mixed(2, {strict(t), least(c("501/1000") - t), strict(step - norm)}) == Answer::possible);
  CHECK(mixed(2, {strict(t), strict(c("1/2") - t), least(step - norm), strict(norm)}) == Answer::impossible);
  CHECK(mixed(2, {strict(t), least(c("1/2") - t), least(step - norm), strict(norm)}) == Answer::possible);
  // Indefinite off the diagonal: t x^2 + 2 x y + y^2 / t.
  const Surd form = t * t * x * x + 2 * t * x * y + y * y;
  CHECK(mixed(2, {strict(-form)}) == Answer::impossible);
  CHECK(mixed(2, {strict(-form - x * y)}) == Answer::possible);
  const std::vector<DefinedUnknown> inverse{{5, true, t}};
  CHECK(mixed(2, {strict(t * t), strict(t), strict(-(t * x * x + 2 * x * y + u(5) * y * y))}, inverse) ==
        Answer::impossible);
  // Linear in the entry: 2/b (1 - s) + s >= 4 for 0 < b < 1/2 and 0 < s <= (1/2 - b)/(b + 1/2).
  const std::vector<DefinedUnknown> two{{5, true, t}, {6, true, t + c("1/2")}};
  const std::vector<Fact> box{strict(t), strict(c("1/2") - t), strict(t * t),
                              strict((t + c("1/2")) * (t + c("1/2"))), strict(x),
                              least((c("1/2") - t) * u(6) - x)};
  auto facts = box;
  facts.push_back(strict(4 - 2 * u(5) * (1 - x) - x));
  CHECK(mixed(1, facts, two) == Answer::impossible);
  facts = box;
  facts.push_back(strict(c("41/10") - 2 * u(5) * (1 - x) - x));
  CHECK(mixed(1, facts, two) == Answer::possible);
}
