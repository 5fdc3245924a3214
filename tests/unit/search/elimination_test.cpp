#include "search/elimination.hpp"

#include "support.hpp"

namespace istcheck::search {

using check::Fact;
using check::Number;

namespace {

class NoSteps final : public check::Steps {
 public:
  cert::Step answer(const check::Question&) override { throw std::logic_error("no question"); }
  void state(const std::string&) override {}
  bool skip() override { return false; }
  std::optional<bool> trusted(const std::string&) override { return std::nullopt; }
};

}  // namespace

TEST_CASE("x is a combination of the equations and what is left of it") {
  Random random;
  CAPTURE(random.seed());
  NoSteps none;
  check::Ways ways;
  check::AssumedFacts source(ways, none, cert::kCaps);
  std::vector<Number> u;
  for (int k = 1; k <= 5; ++k) u.push_back(source.unknown("u" + std::to_string(k)));
  const auto number = [&] { return Number(random.rational()); };
  const auto polynomial = [&] {
    Number sum = number();
    for (int term = 0; term < 6; ++term) {
      Number product = number();
      for (int k = random.small(1, 3); k > 0; --k)
        product = product * u[static_cast<size_t>(random.small(0, 4))];
      sum = sum + product;
    }
    return sum;
  };
  for (int round = 0; round < 20; ++round) {
    check::Impossible known{{}, {}, source};
    // Linear in u5 and u4, and one that is not linear in anything.
    known.facts.push_back({Fact::Is::zero, u[4] - number() * u[0] * u[1] - number()});
    known.facts.push_back({Fact::Is::positive, polynomial()});
    known.facts.push_back({Fact::Is::zero, u[3] + number() * u[4] - u[2]});
    known.facts.push_back({Fact::Is::zero, u[0] * u[1] * u[2] - Number(1)});
    const Elimination e(known);
    CHECK(e.any());
    const Number x = polynomial();
    Number sum = e.reduced(x);
    for (const auto& [f, multiple] : e.multiples(x)) {
      CHECK(known.facts[f].is == Fact::Is::zero);
      sum = sum + known.facts[f].p * multiple;
    }
    CHECK(sum == x);
    CHECK(e.reduced(e.reduced(x)) == e.reduced(x));
    CHECK(e.reduced(known.facts[0].p).vanishes());
    CHECK(e.reduced(known.facts[2].p).vanishes());
  }
  CHECK_FALSE(Elimination({{{Fact::Is::zero, u[0] * u[0] - Number(2)}}, {}, source}).any());
}

}  // namespace istcheck::search
