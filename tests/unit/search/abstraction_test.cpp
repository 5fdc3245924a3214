// Claims without the entries of their matrices.
#include "support.hpp"

#include "search/random_point.hpp"
#include "search/solvers.hpp"
#include "search/words.hpp"

namespace istcheck::search {

namespace {

const std::string kInterpolation = "setting interpolation ";
const std::string kStep =
    "setting method = sketched-gradient, noiseless "
    "forall x0 : vector try x0, ones, e(1) forall theta : scalar try 3, 1, 1/3, 8 "
    "forall gamma : scalar try 1/theta, 3/theta, 1/2 "
    "let W = 1/2*E[Lbar*Bbar + Bbar*Lbar] assume Lbar >> 0 ";
const std::string kScaled =
    "setting sketch = scaled-perm, reading = diagonal, method = sketched-gradient, noiseless "
    "forall x0 : vector try x0, ones forall gamma : scalar try 1, 1/2, 3 "
    "let h = inverse(Lbar)*bbar - n^(-1/2)*mean(i in workers : D[i]^(-1/2)*b[i]) "
    "let sigma2 = E[||Cb - E[Cb]||^2_Lbar] assume Lbar >> 0 ";
const std::string kBounded =
    "setting noiseless forall lambda : scalar try 1, 8, 64 forall gamma : scalar try 1/lambda, "
    "3/lambda ";

/// True in every dimension.
const std::vector<std::string> kTrue = {
    kInterpolation + kStep +
        "forall K in 1..3 assume W >>= 0 and theta > 0 and E[Bbar*Lbar*Bbar] <<= theta*W "
        "assume 0 < gamma <= 1/theta conclude "
        "mean(k in 0..K - 1 : E[||grad f(x[k])||^2_(inverse(Lbar)*W*inverse(Lbar))]) <= "
        "2*(f(x0) - E[f(x[K])])/(gamma*K)",
    kInterpolation + kStep +
        "assume W >>= 0 and theta > 0 and E[Bbar*Lbar*Bbar] <<= theta*W "
        "assume 0 < gamma <= 1/theta conclude E[||x[2] - xstar||^2_Lbar] <= "
        "(1 - gamma*lambda_min(W, Lbar))^2*||x0 - xstar||^2_Lbar",
    kScaled +
        "assume 0 < gamma <= 1 conclude E[||grad f(x[0])||^2_(inverse(Lbar))] <= "
        "2*(f(x0) - E[f(x[1])])/gamma + ||h||^2_Lbar + gamma*sigma2",
    kScaled + "conclude E[g(x0)] = inverse(Lbar)*grad f(x0) + h",
    kBounded +
        "assume E[Bbar] >> 0 assume for every outcome : 0 <<= Bbar <<= lambda*I "
        "assume 0 < gamma < 2/lambda conclude E[(I - gamma*Bbar)*(I - gamma*Bbar)] << I",
    "setting sketch = rand conclude E[Cb] = bbar and E[C[1]] = I",
    "setting sketch = identity assume Lbar >> 0 conclude inverse(Lbar)*Lbar = I and E[g(xstar)] = "
    "0",
};

/// The same with a constant too good, so that each has counterexamples.
const std::vector<std::string> kFalse = {
    kStep +
        "assume E[Bbar*Lbar*Bbar] <<= theta*W assume 0 < gamma <= 3/theta "
        "conclude E[||x[1]||^2_Lbar] <= ||x0||^2_Lbar",
    kStep + "forall K in 1..2 assume 0 < gamma conclude E[||x[K]||^2] <= ||x0||^2 + ||bbar||^2",
    kStep + "assume E[Bbar*Lbar*Bbar] <<= theta*W conclude lambda_max(W, Lbar) <= theta/2",
    kScaled +
        "assume 0 < gamma <= 3 conclude E[||grad f(x[0])||^2_(inverse(Lbar))] <= "
        "2*(f(x0) - E[f(x[1])])/gamma + ||h||^2_Lbar + gamma*sigma2",
    kScaled +
        "assume 0 < gamma <= 1 conclude E[||grad f(x[0])||^2_(inverse(Lbar))] <= "
        "2*(f(x0) - E[f(x[1])])/gamma + 9/10*||h||^2_Lbar",
    kScaled + "conclude E[g(x0)] = inverse(Lbar)*grad f(x0) - h",
    kScaled +
        "forall k in 1..2 conclude E[||x[k] - xinf||^2] <= ||x0 - xinf||^2 and "
        "E[x[k]] = x0",
    kBounded +
        "assume for every outcome : 0 <<= Bbar <<= lambda*I assume 0 < gamma < 4/lambda "
        "conclude E[(I - gamma*Bbar)*(I - gamma*Bbar)] <<= I",
    "setting sketch = perm | bernoulli assume Lbar >> 0 conclude E[Bbar] <<= Lbar",
    "setting sketch = rand conclude E[||Cb||^2] <= ||bbar||^2",
    "setting sketch = unit-perm conclude E[Cb] = bbar",
    "setting sketch = perm conclude L[1] = Lbar or b[2] = bbar",
    "setting sketch = perm assume Lbar >> 0 conclude ||xstar|| <= sqrt(1/9) or Lbar^2 <<= Lbar",
};

std::vector<std::string> answers(const claim::Claim& c, const Shape& shape) {
  Restriction free;
  free.own_values = true;
  free.zero_b = has_flag(c, "interpolation");
  const Space space(c, shape, free);
  std::vector<std::string> all;
  for (const auto& integers : integer_choices(c, 6)) {
    const Encoding forms{Encoding::Psd::forms, Encoding::NotPsd::witness, Encoding::Family::all};
    all.push_back(ask_z3(encode(space, forms, integers), "qfnra-nlsat", 5000, 1024).answer);
  }
  return all;
}

}  // namespace

TEST_CASE("without entries: what holds in every dimension is unsat, whatever the size") {
  for (const auto& body : kTrue) {
    const auto c = checked("claim c { " + body + " }");
    for (const int size : {2, 3}) {
      Sizes sizes;
      sizes.n = sizes.d = size;
      for (const auto& shape : shapes_for(c, sizes)) {
        CAPTURE(body, to_string(shape));
        for (const auto& answer : answers(c, shape)) CHECK(answer == "unsat");
      }
    }
  }
}

TEST_CASE("without entries: a claim that some configuration violates is never unsat") {
  Random random;
  INFO(random.seed());
  for (const auto& body : kFalse) {
    const auto c = checked("claim c { " + body + " }");
    const Referee referee(c);
    Sizes sizes;
    sizes.n = sizes.d = 2;
    int violated = 0;
    for (const auto& shape : shapes_for(c, sizes)) {
      const Space space(c, shape, {});
      Dice dice(static_cast<std::uint64_t>(random.small(0, 1'000'000)));
      bool found = false;
      for (int k = 0; k < 60 && !found; ++k)
        found = referee.violation(space.at(random_point(dice, space))).has_value();
      if (!found) continue;
      ++violated;
      CAPTURE(body, to_string(shape));
      const auto all = answers(c, shape);
      CHECK(std::any_of(all.begin(), all.end(), [](const auto& a) { return a != "unsat"; }));
    }
    CAPTURE(body);
    CHECK(violated > 0);
  }
}

TEST_CASE("a search answers at once where forms decide, and says with what") {
  const auto c = checked("claim c { " + kTrue[2] + " }");
  Settings settings;
  settings.threads = 1;
  const Result r = search(c, settings);
  CHECK(r.answer == Answer::unsat_uncertified);
  // Nothing is searched but what solvers and forms take as given.
  CHECK(std::all_of(r.attempts.begin(), r.attempts.end(), [](const auto& a) {
    return a.points == 0 || a.method.rfind("Z3", 0) == 0 ||
           a.method == "other parameters, schedules and signs";
  }));
  CHECK(std::all_of(r.solver_answers.begin(), r.solver_answers.end(), [](const auto& a) {
    return a.encoding == "forms, witness" && a.answer == "unsat" && a.whole;
  }));
}

TEST_CASE("words: powers of a symbol that meet are added, forms are the same as their transposes") {
  Algebra algebra;
  Words words(algebra);
  const WordSum L = words.symmetric("L"), M = words.symmetric("M"), x = words.column("x"),
                y = words.column("y");
  CHECK(words.mul(L, words.power(L, -2)) == words.identity());
  CHECK(words.mul(words.power(L, 1), words.power(L, 1)) == L);
  CHECK(words.mul(L, M) != words.mul(M, L));
  CHECK(words.transpose(words.mul(L, M)) == words.mul(M, L));
  CHECK_THROWS_AS(words.power(words.mul(L, L), 1), Unencodable);
  CHECK_THROWS_AS(words.power(words.add(L, M), 1), Unencodable);
  const WordSum sum = words.power(words.add(L, M), 4);
  CHECK(sum.size() == 4);
  const auto value = [&](const WordSum& s) { return *words.value(s, true); };
  const WordSum xLMy = words.mul(words.transpose(x), words.mul(L, words.mul(M, y))),
                yMLx = words.mul(words.transpose(y), words.mul(M, words.mul(L, x)));
  CHECK(value(xLMy) == value(yMLx));
  CHECK(value(words.form(L, x)) != value(words.form(M, x)));
  CHECK_FALSE(words.value(words.form(L, y), false));
}

TEST_CASE("words: means take only what is random, and know what is known") {
  Algebra algebra;
  Words words(algebra);
  const WordSum L = words.symmetric("L"), B = words.symmetric("B", true), x = words.column("x"),
                c = words.column("c", true);
  CHECK(words.mean(words.mul(L, B)) == words.mul(L, words.mean(B)));
  CHECK(words.mean(words.mul(L, x)) == words.mul(L, x));
  CHECK(words.mean(words.mul(B, B)) != words.mul(words.mean(B), words.mean(B)));
  CHECK(words.transpose(words.mean(words.mul(B, words.mul(L, words.mul(B, B))))) ==
        words.mean(words.mul(B, words.mul(B, words.mul(L, B)))));
  CHECK_FALSE(words.random(words.mean(words.form(L, c))));
  words.know_mean(c, x);
  CHECK(words.mean(words.transpose(c)) == words.transpose(x));
  CHECK(words.mean(words.form(L, c)) != words.form(L, x));
}

}  // namespace istcheck::search
