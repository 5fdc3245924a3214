#include "dynamics/conjunction.hpp"

#include <algorithm>

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
    text += to_string(f.p) + (f.is == Is::zero       ? " = 0\n"
                              : f.is == Is::positive ? " > 0\n"
                                                     : " >= 0\n");
  for (const auto& d : x.defined)
    text += "u" + std::to_string(d.unknown) + (d.reciprocal ? " = 1/(" : " = sqrt(") +
            to_string(d.of) + ")\n";
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
  UNSCOPED_INFO(shown(x) << d.open);
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
  CHECK(on_line({strict(t), strict(1 - t), least(-(t * t - c("1/2")) * (t * t - c("1/2")))}) ==
        Answer::possible);
  CHECK(on_line({strict(t), least(c("1/2") - t), strict((1 - t) * (1 - t) + t * t - 1)}) ==
        Answer::impossible);
  CHECK(on_line({strict(t), strict(1 - t), least(-t * (1 - t))}) == Answer::impossible);
  CHECK(on_line({strict(t), least(1 - t), least(-t * (1 - t))}) == Answer::possible);
  // A touching zero of degree three: t^3 = 2.
  const Surd cube = t * t * t - 2;
  CHECK(on_line({strict(-cube * cube)}) == Answer::impossible);
  CHECK(on_line({least(-cube * cube)}) == Answer::possible);
  CHECK(on_line({least(-cube * cube), strict(t - c("5/4"))}) == Answer::possible);
  CHECK(on_line({least(-cube * cube), strict(t - c("13/10"))}) == Answer::impossible);
  // Irrational coefficients.
  CHECK(on_line({strict(t * t - 2), strict(t), strict(Surd::sqrt_of(2) - t)}) ==
        Answer::impossible);
  CHECK(on_line({least(t * t - 2), strict(t), least(Surd::sqrt_of(2) - t)}) == Answer::possible);
  CHECK(on_line({strict(-t * t), least(t)}) == Answer::impossible);
}

TEST_CASE("conjunction: reciprocals and roots on a line") {
  const std::vector<DefinedUnknown> inverse{{5, true, t}};
  CHECK(on_line({strict(t * t), strict(t), strict(2 - t - u(5))}, inverse) == Answer::impossible);
  CHECK(on_line({strict(t * t), strict(t), least(2 - t - u(5))}, inverse) == Answer::possible);
  CHECK(on_line({strict(t * t), least(2 - t - u(5)), strict(t - 1)}, inverse) ==
        Answer::impossible);
  CHECK(on_line({strict(t * t), strict(t - 1), least(u(5) - t)}, inverse) == Answer::impossible);
  const std::vector<DefinedUnknown> root{{5, false, t}};
  CHECK(on_line({least(t), least(u(5)), strict(u(5) - (1 + t) * c("1/2"))}, root) ==
        Answer::impossible);
  CHECK(on_line({least(t), least(u(5)), least(u(5) - (1 + t) * c("1/2"))}, root) ==
        Answer::possible);
  CHECK(on_line({least(t), least(u(5)), strict(u(5) - t), strict(t - 1)}, root) ==
        Answer::impossible);
  // sqrt(t^2) is |t|.
  const std::vector<DefinedUnknown> absolute{{5, false, t * t}};
  CHECK(on_line({least(t * t), least(u(5)), strict(u(5) - t), strict(t)}, absolute) ==
        Answer::impossible);
  CHECK(on_line({least(t * t), least(u(5)), strict(u(5) - t)}, absolute) == Answer::possible);
  CHECK(on_line({least(t * t), least(u(5)), strict(t - u(5))}, absolute) == Answer::impossible);
  // A reciprocal of a root.
  const std::vector<DefinedUnknown> both{{5, false, t}, {6, true, u(5)}};
  CHECK(on_line({strict(t), least(u(5)), strict(u(5) * u(5)), strict(2 - u(5) - u(6))}, both) ==
        Answer::impossible);
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
  CHECK(of_entries(4, {strict(inner * inner -
                              (v[0] * v[0] + v[1] * v[1]) * (w[0] * w[0] + w[1] * w[1]))}) ==
        Answer::impossible);
}

TEST_CASE("conjunction: an unknown on a line and entries") {
  const Surd x = u(1), y = u(2);
  const Surd norm = x * x + y * y;
  // t <= 1 and t |x|^2 > |x|^2.
  CHECK(mixed(2, {least(t), least(1 - t), strict((t - 1) * norm)}) == Answer::impossible);
  CHECK(mixed(2, {least(t), least(c("1001/1000") - t), strict((t - 1) * norm)}) ==
        Answer::possible);
  // |x - t L x|^2 > |x|^2 for L = diag(1, 4), 0 < t <= 1/2.
  const Surd step = (1 - t) * (1 - t) * x * x + (1 - 4 * t) * (1 - 4 * t) * y * y;
  CHECK(mixed(2, {strict(t), least(c("1/2") - t), strict(step - norm)}) == Answer::impossible);
  CHECK(mixed(2, {strict(t), least(c("501/1000") - t), strict(step - norm)}) == Answer::possible);
  CHECK(mixed(2, {strict(t), strict(c("1/2") - t), least(step - norm), strict(norm)}) ==
        Answer::impossible);
  CHECK(mixed(2, {strict(t), least(c("1/2") - t), least(step - norm), strict(norm)}) ==
        Answer::possible);
  // Indefinite off the diagonal: t x^2 + 2 x y + y^2 / t.
  const Surd form = t * t * x * x + 2 * t * x * y + y * y;
  CHECK(mixed(2, {strict(-form)}) == Answer::impossible);
  CHECK(mixed(2, {strict(-form - x * y)}) == Answer::possible);
  const std::vector<DefinedUnknown> inverse{{5, true, t}};
  CHECK(mixed(2, {strict(t * t), strict(t), strict(-(t * x * x + 2 * x * y + u(5) * y * y))},
              inverse) == Answer::impossible);
  // Linear in the entry: 2/b (1 - s) + s >= 4 for 0 < b < 1/2 and 0 < s <= (1/2 - b)/(b + 1/2).
  const std::vector<DefinedUnknown> two{{5, true, t}, {6, true, t + c("1/2")}};
  const std::vector<Fact> box{strict(t),     strict(c("1/2") - t),
                              strict(t * t), strict((t + c("1/2")) * (t + c("1/2"))),
                              strict(x),     least((c("1/2") - t) * u(6) - x)};
  auto facts = box;
  facts.push_back(strict(4 - 2 * u(5) * (1 - x) - x));
  CHECK(mixed(1, facts, two) == Answer::impossible);
  facts = box;
  facts.push_back(strict(c("41/10") - 2 * u(5) * (1 - x) - x));
  CHECK(mixed(1, facts, two) == Answer::possible);
}

TEST_CASE("conjunction: random products on a line") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 120; ++k) {
    // All zeros are known, so that trying them and what lies between them decides.
    std::vector<Rational> places;
    std::vector<Fact> facts;
    const int count = random.small(1, 3);
    for (int f = 0; f < count; ++f) {
      Surd p(random.coin() ? 1 : -1);
      const int factors = random.small(1, 4);
      for (int i = 0; i < factors; ++i) {
        const Rational a = random.rational(3);
        places.push_back(a);
        p *= t - a;
        if (random.coin()) p *= t - a;
      }
      facts.push_back({static_cast<Is>(random.small(0, 2)), p});
    }
    std::sort(places.begin(), places.end());
    std::vector<Rational> tried{places.front() - 1, places.back() + 1};
    for (size_t i = 0; i < places.size(); ++i) {
      tried.push_back(places[i]);
      if (i > 0) tried.push_back((places[i - 1] + places[i]) / 2);
    }
    const Conjunction x{{0}, {}, {}, facts, {}};
    const bool possible = std::any_of(tried.begin(), tried.end(), [&](const Rational& a) {
      return fulfils(x, {{0, Surd(a)}});
    });
    CHECK(answer(x) == (possible ? Answer::possible : Answer::impossible));
  }
}

namespace {

Surd affine(Random& random, unsigned n) {
  Surd l = random.rational(3);
  for (unsigned k = 1; k <= n; ++k) l += Surd(random.rational(3)) * u(k);
  return l;
}
Surd quadratic(Random& random, unsigned n) {
  Surd p = affine(random, n);
  for (unsigned i = 1; i <= n; ++i)
    for (unsigned j = 1; j <= i; ++j) p += Surd(Rational(random.small(-3, 3))) * u(i) * u(j);
  return p;
}

}  // namespace

TEST_CASE("conjunction: random sums of squares") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 100; ++k) {
    const unsigned n = static_cast<unsigned>(random.small(1, 4));
    const int squares = random.small(1, static_cast<int>(n) + 1);
    Surd sum;
    const Surd root = random.coin() ? Surd(1) : Surd::sqrt_of(2);
    std::vector<Surd> l;
    for (int i = 0; i < squares; ++i) {
      l.push_back(affine(random, n));
      sum += root * Surd(random.positive(3)) * l.back() * l.back();
    }
    const Surd slack = random.positive(1000000);
    CHECK(of_entries(n, {strict(-sum)}) == Answer::impossible);
    CHECK(of_entries(n, {least(-sum - slack)}) == Answer::impossible);
    CHECK(of_entries(n, {strict(slack + 1 - sum), least(sum - slack)}) != Answer::open);
    // Whether all l are zero somewhere.
    std::vector<Fact> zeros;
    for (const Surd& x : l) zeros.push_back(zero(x));
    const Answer all = of_entries(n, zeros);
    CHECK(all != Answer::open);
    CHECK(of_entries(n, {least(-sum)}) == all);
    CHECK(of_entries(n, {least(-sum), strict(l[0] * l[0])}) == Answer::impossible);
  }
}

TEST_CASE("conjunction: a thin set between two quadratic conditions") {
  // Found by the random pairs below. At (−3/5, 1/5) both hold.
  const Surd x = u(1), y = u(2), z = u(3);
  const Surd g = x * y + 3 * x * x + c("2/3") * y - 2 * y * y - 1;
  const Surd f = -2 * x * y - 3 * x * x - c("2/3") * y + 1;
  CHECK(of_entries(2, {least(g), strict(f)}) == Answer::possible);
  CHECK(of_entries(2, {zero(g), strict(f)}) == Answer::possible);
  CHECK(of_entries(2, {strict(g), strict(f)}) == Answer::possible);
  const Surd g3 = 2 * x * y - x * z + c("2/3") * y - y * z + y * y - z * z - 3;
  const Surd f3 = c("-1/2") * x - 2 * x * y - c("1/2") * y + y * z - 2 * y * y - z - z * z + 3;
  CHECK(of_entries(3, {zero(g3), strict(f3)}) != Answer::open);
}

TEST_CASE(
    "conjunction: an equation beside an inequality, where multipliers of both signs are good") {
  // Found by the random pairs below.
  const Surd x = u(1), y = u(2), z = u(3);
  const auto decided = [](const Surd& g, const Surd& f) {
    return of_entries(3, {zero(g), strict(f)}) != Answer::open;
  };
  CHECK(
      decided(3 * x * y + 3 * x * x - c("2/3") * y + y * y, x + 3 * x * y - x * x - c("3/2") * y));
  CHECK(decided(-3 * x * y - 2 * x * x - c("1/2") * y - 2 * y * y,
                -x + x * y + 2 * x * x + c("3/2") * y + 3 * y * y));
  CHECK(decided(3 * x * y + 2 * x * x + 2 * y * z + 3 * y * y + z + 2 * z * z,
                x - 3 * x * y + x * x - c("3/2") * y - 2 * y * z - 3 * y * y - 3 * z * z));
  CHECK(decided(
      2 * x * y + x * x - 2 * y + y * z + 3 * y * y + c("2/3") * z + c("1/2"),
      -2 * x - 2 * x * z - 2 * x * x - c("1/2") * y + 2 * y * z - 2 * y * y - z - c("3/2")));
  CHECK(decided(2 * x * z + 2 * x * x + c("2/3") * y - y * z + z + 2 * z * z,
                -x + 3 * x * y - x * z + 3 * x * x - y - 2 * y * y + 3 * z));
  CHECK(decided(c("-1/2") * x + 3 * x * y + 2 * x * x - y - y * z + 2 * y * y + 3,
                x + 2 * x * y - x * z - 3 * x * x + y - 2 * y * z + 2 * y * y - c("3/2") * z + 1));
}

TEST_CASE("conjunction: random pairs of quadratic conditions") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 150; ++k) {
    const unsigned n = static_cast<unsigned>(random.small(1, 3));
    const Surd g = quadratic(random, n);
    const Surd l = affine(random, n), m = affine(random, n);
    const Rational factor = random.positive(5);
    const Surd under = -Surd(factor) * g - l * l - m * m;
    CHECK(of_entries(n, {least(g), strict(under)}) == Answer::impossible);
    CHECK(of_entries(n, {zero(g), strict(Surd(random.coin() ? 2 : -2) * g - l * l)}) ==
          Answer::impossible);
    CHECK(of_entries(n, {strict(g), least(under)}) == Answer::impossible);
    CHECK(of_entries(n, {least(g), least(under)}) != Answer::open);
    const Surd f = quadratic(random, n);
    CHECK(of_entries(n, {least(g), strict(f)}) != Answer::open);
    CHECK(of_entries(n, {least(g), least(f)}) != Answer::open);
    CHECK(of_entries(n, {zero(g), strict(f)}) != Answer::open);
    CHECK(of_entries(n, {strict(g), strict(f)}) != Answer::open);
  }
}

// docs/semantics.md 19.5.
TEST_CASE("conjunction: a second real unknown that everything is linear in") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 30; ++k) {
    const Surd v = u(1), x = u(2), y = u(3);
    const auto positive = [&] { return Surd(random.positive(4)) + Surd(random.positive(4)) * t; };
    const Surd l = x + Surd(random.rational(3)) * y + Surd(random.rational(3)) * t,
               m = y - Surd(random.rational(3));
    const Surd q = positive() * l * l + positive() * m * m;  // >= 0
    const Surd b = -positive(), d = Surd(random.rational(4)) - t;
    const std::vector<Fact> range{strict(t), strict(1 - t), strict(v)};
    const auto with = [&](std::vector<Fact> more) {
      more.insert(more.begin(), range.begin(), range.end());
      return mixed(3, more);
    };
    CHECK(with({strict((b * d - q) * v + b), least(d * v + 1)}) == Answer::impossible);
    CHECK(with({strict(-q * v + b)}) == Answer::impossible);
    CHECK(with({strict(-q * v)}) == Answer::impossible);
    // Where Q is negative somewhere both hold somewhere, for small v if d < 0.
    CHECK(with({strict((b * d + q) * v + b), least(d * v + 1)}) != Answer::impossible);
    CHECK(with({strict(q * v + b)}) == Answer::possible);
  }
}

TEST_CASE("conjunction: random forms that depend on a line") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 30; ++k) {
    const unsigned n = static_cast<unsigned>(random.small(1, 3));
    Surd sum;
    for (unsigned i = 0; i < n; ++i) {
      const Surd l = affine(random, n) + t * affine(random, n);
      sum += (random.coin() ? Surd(1) : t * t + 1) * l * l;
    }
    const Rational a = random.rational(3), b = a + random.positive(3);
    const std::vector<Fact> range{least(t - a), least(b - t)};
    auto with = [&](const Fact& f) {
      auto facts = range;
      facts.push_back(f);
      return mixed(n, facts);
    };
    CHECK(with(strict(-sum)) == Answer::impossible);
    CHECK(with(strict(-sum - (t - a) * (b - t))) == Answer::impossible);
    CHECK(with(least(-sum - 1)) == Answer::impossible);
    CHECK(with(strict(-sum + (t - a) * (b - t) * 1000)) == Answer::possible);
    CHECK(with(strict((t - a) * (t - b) * u(1) * u(1) - sum)) == Answer::impossible);
    CHECK(with(least(-sum)) != Answer::open);
  }
}

TEST_CASE("conjunction: only irrational numbers on the line, and entries") {
  const Surd x = u(1), y = u(2), norm = x * x + y * y;
  const Surd square = t * t - 2, cube = t * t * t - 2;
  for (const Surd& touch : {square, cube}) {
    CHECK(mixed(2, {least(-touch * touch * norm), strict(norm)}) == Answer::possible);
    CHECK(mixed(2, {least(-touch * touch * norm), strict(norm), strict(t - 2)}) ==
          Answer::impossible);
    CHECK(mixed(2, {least(-touch * touch), least(t * x * y - norm), strict(x)}) ==
          Answer::impossible);
    CHECK(mixed(2, {strict(-touch * touch * norm)}) == Answer::impossible);
  }
  // t^2 <= 2 and x^2 + 2 t x y / sqrt(2) + y^2 < 0.
  CHECK(mixed(2, {least(2 - t * t), strict(-x * x - y * y - Surd::sqrt_of(2) * t * x * y)}) ==
        Answer::impossible);
  CHECK(mixed(2, {least(2 - t * t), least(-x * x - y * y - Surd::sqrt_of(2) * t * x * y),
                  strict(norm)}) == Answer::possible);
}

TEST_CASE("conjunction: on the sphere, with an unknown on a line") {
  const Surd x = u(1), y = u(2), norm = x * x + y * y;
  // (1 - t) x^2 + t y^2 <= 1 on the sphere for 0 <= t <= 1.
  const Surd form = (1 - t) * x * x + t * y * y;
  CHECK(mixed(2, {least(t), least(1 - t), zero(norm - 1), strict(form - 1)}) == Answer::impossible);
  CHECK(mixed(2, {least(t), least(c("11/10") - t), zero(norm - 1), strict(form - 1)}) ==
        Answer::possible);
  CHECK(mixed(2, {strict(t), strict(1 - t), zero(norm - 1), least(form - 1)}) ==
        Answer::impossible);
  // The bound depends on the unknown: t v' L v <= 4 t.
  const Surd l = x * x + 4 * y * y;
  CHECK(mixed(2, {least(t), zero(norm - 1), strict(t * l - 4 * t)}) == Answer::impossible);
  CHECK(mixed(2, {zero(norm - 1), strict(t * l - 4 * t)}) == Answer::possible);
  // A hypothesis that is an inequality: x^2 >= t y^2, t >= 2, and 2 y^2 > x^2.
  CHECK(mixed(2, {least(t - 2), least(x * x - t * y * y), strict(2 * y * y - x * x)}) ==
        Answer::impossible);
  CHECK(mixed(2, {least(t - 1), least(x * x - t * y * y), strict(2 * y * y - x * x)}) ==
        Answer::possible);
}

TEST_CASE("conjunction: matrices") {
  const Surd x = u(1), y = u(2), z = u(3);
  const auto two = [](const Surd& a, const Surd& b, const Surd& d) {
    SurdMatrix m(2, 2);
    m(0, 0) = a;
    m(0, 1) = m(1, 0) = b;
    m(1, 1) = d;
    return m;
  };
  // Of entries.
  const Conjunction positive{{}, {1, 2, 3}, {}, {least(-x - z)}, {{two(x, y, z), true}}};
  CHECK(answer(positive) == Answer::impossible);
  const Conjunction semidefinite{{}, {1, 2, 3}, {}, {least(-x - z)}, {{two(x, y, z), false}}};
  CHECK(answer(semidefinite) == Answer::possible);
  CHECK(answer({{},
                {1, 2, 3},
                {},
                {strict(y - 2), least(2 - x), least(2 - z)},
                {{two(x, y, z), false}}}) == Answer::impossible);
  // On a line: [[t, 1], [1, t]] >> 0 and t <= 1, or t < 2.
  const SurdMatrix m = two(t, 1, t);
  CHECK(answer({{0}, {}, {}, {least(1 - t)}, {{m, true}}}) == Answer::impossible);
  CHECK(answer({{0}, {}, {}, {least(1 - t)}, {{m, false}}}) == Answer::possible);
  CHECK(answer({{0}, {}, {}, {strict(1 - t)}, {{m, false}}}) == Answer::impossible);
  CHECK(answer({{0}, {}, {}, {strict(2 - t)}, {{m, true}}}) == Answer::possible);
  CHECK(answer({{0}, {}, {}, {least(Surd::sqrt_of(2) - t)}, {{two(t, 1, t * c("1/2")), true}}}) ==
        Answer::impossible);
  // M >> 0 and v' M v = 0 for a v other than 0.
  CHECK(answer({{0},
                {1, 2},
                {},
                {zero(t * x * x + 2 * x * y + t * y * y), strict(x * x + y * y)},
                {{m, true}}}) == Answer::impossible);
  CHECK(answer({{0},
                {1, 2},
                {},
                {zero(t * x * x + 2 * x * y + t * y * y), strict(x * x + y * y)},
                {{m, false}}}) == Answer::possible);
  // Numbers.
  CHECK(answer({{}, {}, {}, {}, {{two(1, 1, 1), true}}}) == Answer::impossible);
  CHECK(answer({{}, {}, {}, {}, {{two(1, 2, 1), false}}}) == Answer::impossible);
  CHECK(answer({{}, {}, {}, {}, {{two(1, 1, 1), false}}}) == Answer::possible);
}

TEST_CASE("conjunction: several scalars") {
  const Surd s = u(7);
  CHECK(answer({{0, 7}, {}, {}, {strict(2 * s * t - s * s - t * t)}, {}}) == Answer::impossible);
  CHECK(answer({{0, 7}, {}, {}, {strict(3 * s * t - s * s - t * t)}, {}}) == Answer::possible);
  const Surd motzkin = s * s * s * s * t * t + s * s * t * t * t * t + 1 - 3 * s * s * t * t;
  CHECK(answer({{0, 7}, {}, {}, {strict(-motzkin)}, {}}) != Answer::possible);
  CHECK(answer({{0, 7}, {}, {}, {strict(c("1/10") - motzkin)}, {}}) == Answer::possible);
  // A norm is a root over entries.
  const Surd x = u(1), y = u(2), r = u(5);
  const std::vector<DefinedUnknown> norm{{5, false, x * x + y * y}};
  CHECK(answer({{}, {1, 2}, norm, {least(x * x + y * y), least(r), strict(x - r)}, {}}) ==
        Answer::impossible);
  CHECK(answer({{}, {1, 2}, norm, {least(x * x + y * y), least(r), least(x - r), strict(r)}, {}}) ==
        Answer::possible);
  CHECK(answer({{}, {1, 2}, norm, {least(x * x + y * y), least(r), strict(-r)}, {}}) ==
        Answer::impossible);
}

TEST_CASE("conjunction: random pairs that depend on a line") {
  Random random;
  INFO(random.seed());
  for (int k = 0; k < 8; ++k) {
    const unsigned n = static_cast<unsigned>(random.small(1, 2));
    const Surd g = quadratic(random, n) + t * quadratic(random, n), l = affine(random, n);
    const Surd factor = random.positive(3);
    const std::vector<Fact> facts{least(t), least(1 - t), least(g), strict(-factor * g - l * l)};
    CHECK(mixed(n, facts) == Answer::impossible);
  }
}

TEST_CASE("conjunction: a bound by a matrix, a step, and entries") {
  // W = I, L = diag(1, 3): s W - L >>= 0, 0 < t <= 1/s, and x' (1 - t L)^2 x > x' x.
  const Surd s = u(7), x = u(1), y = u(2);
  SurdMatrix m = SurdMatrix::Constant(2, 2, Surd(0));
  m(0, 0) = s - 1;
  m(1, 1) = s - 3;
  const std::vector<DefinedUnknown> inverse{{8, true, s}};
  const Surd norm = x * x + y * y;
  const Surd step = (1 - t) * (1 - t) * x * x + (1 - 3 * t) * (1 - 3 * t) * y * y;
  const auto with = [&](const Fact& bound, const Fact& conclusion) {
    return answer(
        {{0, 7}, {1, 2}, inverse, {strict(s * s), strict(t), bound, conclusion}, {{m, false}}});
  };
  CHECK(with(least(u(8) - t), strict(step - norm)) == Answer::impossible);
  CHECK(with(least(2 * u(8) - t), strict(step - norm)) == Answer::impossible);
  CHECK(with(least(c("21/10") * u(8) - t), strict(step - norm)) == Answer::possible);
  // A constant with a reciprocal: 2/b (1 - t) + t >= 1 beside a form.
  const Surd b = u(7);
  const std::vector<DefinedUnknown> two{{8, true, b}, {9, true, b + c("1/2")}};
  const auto constant = [&](const Surd& factor) {
    return answer(
        {{0, 7},
         {1, 2},
         two,
         {strict(b), strict(c("1/2") - b), strict(b * b), strict((b + c("1/2")) * (b + c("1/2"))),
          strict(t), least((c("1/2") - b) * u(9) - t),
          strict(factor - 2 * u(8) * (1 - t) - t - (1 + t * t) * norm)},
         {}});
  };
  CHECK(constant(1) == Answer::impossible);
  CHECK(constant(c("9/2")) == Answer::possible);
}
