#include "check/variables.hpp"

namespace istcheck::check {
namespace {

using claim::Claim;

class Way {
 public:
  Way(const Claim& claim, Evaluator& evaluator, AssumedFacts& facts, size_t d, Steps& steps)
      : claim_(claim), evaluator_(evaluator), facts_(facts), d_(d), steps_(steps) {}

  void run(Aim aim, Ends& ends) {
    // What has no value where everything before it is true fails, like a false conclusion.
    std::string part;
    try {
      for (const auto& v : claim_.variables) {
        part = "range " + v.name;
        if (!set(v)) return;
      }
      for (size_t k = 0; k < claim_.hypotheses.size(); ++k) {
        part = "hypothesis " + std::to_string(k + 1);
        if (!evaluator_.truth(*claim_.hypotheses[k].value)) return;
      }
      ++ends.open;
      if (aim == Aim::vacuous) return impossible("hypotheses", ends);
      for (size_t k = 0; k < claim_.conclusions.size(); ++k) {
        part = "conclusion " + std::to_string(k + 1);
        if (!evaluator_.truth(*claim_.conclusions[k].value)) return impossible(part, ends);
      }
      ++ends.good;
    } catch (const NoValue&) {
      impossible("value of " + part, ends);
    } catch (const Nowhere&) {
    }
  }

 private:
  const Claim& claim_;
  Evaluator& evaluator_;
  AssumedFacts& facts_;
  const size_t d_;
  Steps& steps_;
  std::string integers_;

  /// An unknown of the variable's kind; an integer with a range takes each of its values in turn.
  bool set(const claim::Variable& v) {
    const auto value =
        v.ranged ? whole_value(v) : std::optional(facts_.unknown_of_kind(v.name, v.kind, d_));
    if (value) evaluator_.set_variable(v.name, *value);
    return value.has_value();
  }

  /// Nothing when the range is empty.
  std::optional<Mat> whole_value(const claim::Variable& v) {
    const std::vector<Mat> values = evaluator_.listed_values(v);
    if (values.empty()) return std::nullopt;
    const Mat& value = values[facts_.choose(values.size())];
    integers_ += " " + v.name + "=" + text(value);
    return value;
  }

  void impossible(const std::string& part, Ends& ends) {
    ++ends.refuted;
    refute_way(part + integers_, facts_, steps_);
  }
};

}  // namespace

/// The certificate repeats what is assumed, for its reader, and refutes it.
void refute_way(const std::string& part, AssumedFacts& facts, Steps& steps) {
  steps.state("refute " + part);
  Impossible here{facts.facts(), facts.forms(), facts};
  for (size_t k = 0; k < facts.names().size(); ++k)
    steps.state("unknown " + text(Number(facts.unknowns()[k])) + " " + facts.names()[k]);
  for (size_t k = 0; k < here.facts.size(); ++k)
    steps.state("fact f" + std::to_string(k + 1) + " " + text(here.facts[k]));
  for (size_t k = 0; k < here.forms.size(); ++k)
    steps.state(std::string("matrix ") + std::to_string(k + 1) +
                (here.forms[k].definite ? " >> 0 " : " >>= 0 ") + text(here.forms[k].m));
  refute(std::move(here), steps);
}

void go(const Claim& claim, Evaluator& evaluator, AssumedFacts& facts, size_t d, Steps& steps,
        Aim aim, Ends& ends) {
  Way(claim, evaluator, facts, d, steps).run(aim, ends);
}

void go_every_way(const Claim& claim, const World* world, ShownFacts& given, Steps& steps,
                  const cert::Limits& limits, const GoOne& go_one) {
  Ways ways;
  for (size_t count = 1;; ++count) {
    if (count > kMostWays) throw Undecided("more than 100000 ways");
    AssumedFacts facts(ways, steps, limits, &given);
    const auto own = world == nullptr ? nullptr : std::make_unique<World>(*world, facts);
    Evaluator evaluator(claim, own.get(), facts, limits);
    go_one(evaluator, facts, own ? own->d() : 0);
    if (!ways.next()) return;
  }
}

Ends for_every_value(const Claim& claim, const World* world, ShownFacts& given, Steps& steps,
                     const cert::Limits& limits, Aim aim) {
  Ends ends;
  go_every_way(claim, world, given, steps, limits,
               [&](Evaluator& evaluator, AssumedFacts& facts, size_t d) {
                 go(claim, evaluator, facts, d, steps, aim, ends);
               });
  return ends;
}

}  // namespace istcheck::check
