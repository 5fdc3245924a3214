#include "check/replay.hpp"

#include <algorithm>

#include "check/variables.hpp"

namespace istcheck::check {
namespace {

using claim::Claim;
using claim::Kind;

constexpr size_t kMostPoints = 20'000;

class Run {
 public:
  Run(const Claim& claim, const Case* c, Steps& steps, const cert::Limits& limits, bool stop)
      : claim_(claim),
        case_(c),
        steps_(steps),
        limits_(limits),
        facts_(steps, limits),
        stop_(stop),
        world_(c != nullptr ? std::make_unique<World>(*c, facts_, limits.outcomes) : nullptr),
        evaluator_(claim, world_.get(), facts_, limits) {}

  Replay run() {
    fit();
    choose(0);
    if (!violated_ && steps_.narrowed("given choice")) given_choice();
    const bool all = std::all_of(claim_.variables.begin(), claim_.variables.end(),
                                 [](const claim::Variable& v) { return v.ranged; });
    result_.all = all && !violated_;
    result_.verdict = violated_ ? "violated" : held_ ? "holds" : "vacuous";
    if (violated_ || all) return result_;
    result_.all = (!held_ && every_choice_excluded()) || every_value();
    if (!held_ && !result_.all) result_.verdict = "unreached";
    return result_;
  }

 private:
  const Claim& claim_;
  const Case* case_;
  Steps& steps_;
  const cert::Limits& limits_;
  ShownFacts facts_;
  const bool stop_;
  std::unique_ptr<World> world_;
  Evaluator evaluator_;
  Replay result_;
  bool violated_ = false, held_ = false;

  bool in_setting() {
    if (claim_.settings.empty()) return true;
    if (const auto word = steps_.trusted("setting")) {
      result_.trusted.emplace_back("setting");
      return *word;
    }
    try {
      return evaluator_.in_setting();
    } catch (const Undecided& open) {
      throw OpenSetting(open.what());
    }
  }

  /// The claim speaks about the case, or it needs none.
  void fit() {
    if (!in_setting())
      throw std::invalid_argument(
          "the claim does not speak about this case: its setting excludes it");
    for (const auto& v : claim_.variables)
      if (!world_ && v.kind != Kind::scalar && v.kind != Kind::integer)
        throw std::invalid_argument("the claim needs a case, for the size of " + v.name);
  }

  /// Shows that no choice at all fulfils the hypotheses: no variable is set now, so whatever is
  /// found does not depend on any (docs/semantics.md 11.2). Ranges and hypotheses are taken in
  /// their order, as far as they can be evaluated so.
  bool every_choice_excluded() {
    steps_.state("every");
    try {
      for (const auto& v : claim_.variables)
        if (v.ranged && evaluator_.listed_values(v).empty()) return true;
      for (size_t k = 0; k < claim_.hypotheses.size(); ++k)
        if (!decide("hypothesis " + std::to_string(k + 1), *claim_.hypotheses[k].value))
          return true;
    } catch (const NotChosen&) {  // it depends on a variable
    } catch (const NoValue&) {
    }
    return false;
  }

  /// A choice that the claim does not list.
  void given_choice() {
    for (const auto& v : claim_.variables) {
      const bool number = is_number(v.kind);
      const size_t rows = number ? 1 : world_->d(), columns = v.kind == Kind::vector ? 1 : rows;
      const Mat value = facts_.value_of_choice(rows, columns);
      bool good = evaluator_.suits(v.kind, value);
      if (good && v.ranged) {
        const auto listed = evaluator_.listed_values(v);
        good = std::find(listed.begin(), listed.end(), value) != listed.end();
      }
      if (!good) throw Undecided("a value that is none of the variable " + v.name);
      evaluator_.set_variable(v.name, value);
    }
    point();
    for (const auto& v : claim_.variables) evaluator_.unset_variable(v.name);
  }

  /// Where the certificate says so, shows the verdict for all values of the variables: a good
  /// choice was found, or else none is to be good.
  bool every_value() {
    if (!steps_.narrowed("every value")) return false;
    for_every_value(claim_, world_.get(), facts_, steps_, limits_,
                    held_ ? Aim::holds : Aim::vacuous);
    return true;
  }

  void choose(size_t which) {
    if (which == claim_.variables.size()) return point();
    const claim::Variable& v = claim_.variables[which];
    for (const Mat& value : candidates(v)) {
      if (violated_ && stop_) break;
      if (!evaluator_.suits(v.kind, value)) continue;
      evaluator_.set_variable(v.name, value);
      choose(which + 1);
    }
    evaluator_.unset_variable(v.name);
  }

  /// The case's own value, then the values that the claim lists, as far as they exist.
  std::vector<Mat> candidates(const claim::Variable& v) {
    std::vector<Mat> values;
    if (case_ != nullptr) {
      if (const auto given = case_->values.find(v.name); given != case_->values.end()) {
        // A vector of size 1 is no number (docs/semantics.md 10.7).
        const bool number = is_number(v.kind);
        if (std::holds_alternative<Rational>(given->second) == number)
          values.push_back(value_of(*case_, v.name, facts_));
      } else if (v.trials.empty() && v.name == to_text(Constant::gamma)) {
        values.emplace_back(world_->step);
      } else if (v.trials.empty() && v.name == to_text(Constant::x0)) {
        values.push_back(evaluator_.start_of_case());
      }
    }
    std::vector<Mat> listed = evaluator_.listed_values(v);
    // The case's own value does not widen a range.
    if (v.ranged && !values.empty() &&
        std::find(listed.begin(), listed.end(), values[0]) == listed.end())
      values.clear();
    for (Mat& value : listed) values.push_back(std::move(value));
    return values;
  }

  bool decide(const std::string& what, const claim::Expr& e) {
    bool answer = false;
    if (const auto word = steps_.trusted(what)) {
      answer = *word;
      result_.trusted.push_back(what + " at choice " + std::to_string(result_.points));
    } else {
      answer = evaluator_.truth(e);
      steps_.state(what + (answer ? " yes" : " no"));
    }
    return answer;
  }

  void point() {
    if (++result_.points > kMostPoints) throw Undecided("more than 20000 choices of the variables");
    if (stop_ && steps_.skip()) return;
    std::string line = "point";
    for (const auto& v : claim_.variables)
      line += " " + v.name + "=" + text(evaluator_.variables().at(v.name));
    steps_.state(line);
    for (size_t k = 0; k < claim_.hypotheses.size(); ++k)
      if (!decide("hypothesis " + std::to_string(k + 1), *claim_.hypotheses[k].value)) return;
    for (size_t k = 0; k < claim_.conclusions.size(); ++k) {
      if (decide("conclusion " + std::to_string(k + 1), *claim_.conclusions[k].value)) continue;
      violated_ = true;
      return;
    }
    held_ = true;
  }
};

}  // namespace

Replay replay(const Claim& claim, const Case* c, Steps& steps, const cert::Limits& limits,
              bool stop_at_violation) {
  if (claim.family && c != nullptr) throw std::invalid_argument("the claim uses no case: give -");
  return Run(claim, c, steps, limits, stop_at_violation).run();
}

}  // namespace istcheck::check
