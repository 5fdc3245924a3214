#include "check/replay.hpp"

#include <algorithm>
#include <set>

#include "claim/check.hpp"

namespace istcheck::check {
namespace {

using claim::Claim;
using claim::Kind;

constexpr size_t kMostPoints = 20'000;

bool zero(const RationalMatrix& m) {
  return std::all_of(m.data(), m.data() + m.size(), [](const Rational& x) { return x.is_zero(); });
}

/// Numbers are equal, or zero, exactly when all their parts are: the reader saw to it that the
/// roots are those of different squarefree numbers, which are independent over the rationals.
template <class Test>
bool in_every_part(const Case& c, const Test& test) {
  const auto all = [&](const Numbers& part) {
    return std::all_of(part.workers.begin(), part.workers.end(),
                       [&](const Worker& w) { return test(w, part.workers.front()); });
  };
  return all(c) && std::all_of(c.roots.begin(), c.roots.end(),
                               [&](const auto& part) { return all(part.second); });
}

bool has_flag(const Case& c, const std::string& flag) {
  const bool equal = in_every_part(
      c, [](const Worker& w, const Worker& first) { return w.L == first.L && w.b == first.b; });
  const bool quiet = in_every_part(c, [](const Worker& w, const Worker&) { return zero(w.noise); });
  if (flag == "homogeneous") return equal;
  if (flag == "heterogeneous") return !equal;
  if (flag == "interpolation")
    return in_every_part(c, [](const Worker& w, const Worker&) { return zero(w.b); });
  if (flag == "noiseless") return quiet;
  if (flag == "noisy") return !quiet;
  throw Undecided("the setting '" + flag + "'");
}

std::string reading_of(const SketchSpec& spec) {
  const auto* s = std::get_if<ScaledPermSketch>(&spec);
  if (s == nullptr) return "none";
  return s->reading == ScaledPermSketch::Reading::diagonal ? "diagonal" : "printed";
}

}  // namespace

bool allows(const claim::Setting& s, const Case& c) {
  const std::string own = s.key == "sketch"   ? kind_of(c.sketch)
                          : s.key == "method" ? name_of(c.method.kind)
                                              : reading_of(c.sketch);
  return std::find(s.choices.begin(), s.choices.end(), own) != s.choices.end();
}

std::vector<Mat> listed_values(const claim::Variable& v, Evaluator& evaluator, Facts& facts) {
  std::vector<Mat> values;
  for (const auto& t : v.trials) {
    try {
      if (t.value) {
        values.push_back(evaluator.value(*t.value));
        continue;
      }
      const Number high = evaluator.scalar(*t.high),
                   by = t.by ? evaluator.scalar(*t.by) : Number(1);
      if (!facts.positive(by)) throw Undecided("the step of a range must be positive");
      for (Number s = evaluator.scalar(*t.low); !facts.negative(high - s); s = s + by) {
        values.emplace_back(s);
        if (values.size() > kMostPoints) throw Undecided("a range with more than 20000 values");
      }
    } catch (const NoValue&) {
    }
  }
  return values;
}

namespace {

class Run {
 public:
  Run(const Claim& claim, const Case* c, Steps& steps, const cert::Limits& limits, bool stop)
      : claim_(claim),
        case_(c),
        steps_(steps),
        facts_(steps, limits),
        stop_(stop),
        world_(c != nullptr ? std::make_unique<World>(*c, facts_, limits.outcomes) : nullptr),
        evaluator_(claim, world_.get(), facts_, limits) {}

  Replay run() {
    if (case_ != nullptr) fit();
    choose(0);
    result_.verdict = violated_ ? "violated" : held_ ? "holds" : "vacuous";
    return result_;
  }

 private:
  const Claim& claim_;
  const Case* case_;
  Steps& steps_;
  ShownFacts facts_;
  const bool stop_;
  std::unique_ptr<World> world_;
  Evaluator evaluator_;
  Replay result_;
  bool violated_ = false, held_ = false;

  /// The claim speaks about the case.
  void fit() {
    for (const auto& s : claim_.settings) {
      bool good = true;
      if (!s.choices.empty()) {
        good = allows(s, *case_);
      } else {
        good = s.key.empty() ? evaluator_.truth(*s.condition) : has_flag(*case_, s.key);
      }
      if (!good)
        throw std::invalid_argument(
            "the claim does not speak about this case: its setting excludes it");
    }
    for (const auto& v : claim_.variables) {
      const bool own = case_->values.count(v.name) > 0 || v.name == "gamma" || v.name == "x0";
      if (v.trials.empty() && !own)
        throw std::invalid_argument("the case gives no value for " + v.name);
    }
  }

  void choose(size_t which) {
    if (which == claim_.variables.size()) return point();
    const claim::Variable& v = claim_.variables[which];
    for (const Mat& value : candidates(v)) {
      if (violated_ && stop_) break;
      if (!suits(v, value)) continue;
      evaluator_.set_variable(v.name, value);
      choose(which + 1);
    }
    evaluator_.unset_variable(v.name);
  }

  /// The case's own value, then the values that the claim lists, as far as they exist.
  std::vector<Mat> candidates(const claim::Variable& v) {
    std::vector<Mat> values;
    if (case_ != nullptr) {
      if (case_->values.count(v.name) > 0) {
        values.push_back(value_of(*case_, v.name, facts_));
      } else if (v.trials.empty() && v.name == "gamma") {
        values.emplace_back(world_->step);
      } else if (v.trials.empty() && v.name == "x0") {
        values.push_back(world_->start);
      }
    }
    for (Mat& value : listed_values(v, evaluator_, facts_)) values.push_back(std::move(value));
    return values;
  }

  bool suits(const claim::Variable& v, const Mat& value) {
    const bool number = value.rows() == 1 && value.columns() == 1;
    if (v.kind == Kind::scalar) return number;
    if (v.kind == Kind::integer) {
      const Number& x = value.at(0, 0);
      return number && x.is_rational() && denominator(x.rational()) == 1;
    }
    if (world_ && value.rows() != world_->d()) return false;
    if (v.kind == Kind::vector) return value.columns() == 1;
    if (v.kind == Kind::matrix) return value.rows() == value.columns();
    if (!value.symmetric()) return false;
    return v.kind == Kind::symmetric || facts_.definiteness(value) == Definiteness::positive;
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
  const bool needs_case = !claim.family && claim::uses_case(claim);
  if (needs_case != (c != nullptr))
    throw std::invalid_argument(needs_case ? "the claim needs a case"
                                           : "the claim uses no case: give -");
  return Run(claim, c, steps, limits, stop_at_violation).run();
}

}  // namespace istcheck::check
