#include "claim/every_value.hpp"

#include "claim/unknown_values.hpp"

namespace istcheck::claim {
namespace {

class Run {
 public:
  Run(const Claim& claim, World* world, Evaluator& evaluator, bool want_good,
      const std::function<Verdict(const Choice&)>& look)
      : claim_(claim),
        world_(world),
        evaluator_(evaluator),
        want_good_(want_good),
        look_(look),
        ways_(evaluator.options().products) {}

  EveryValue run() {
    try {
      do {
        ways_.begin();
        bool more = true;
        {
          const Assumptions::Under under(ways_);
          end_ = follow();
        }
        if (!ways_.impossible() && end_ != Verdict::vacuous) more = settle();
        if (!more) {
          result_.no_fault = result_.no_good = false;
          break;
        }
      } while (ways_.next());
    } catch (const Unsupported& u) {
      give_up(u.what());
    }
    for (const auto& v : claim_.variables) evaluator_.unset_variable(v.name);
    return result_;
  }

 private:
  const Claim& claim_;
  World* world_;
  Evaluator& evaluator_;
  const bool want_good_;
  const std::function<Verdict(const Choice&)>& look_;
  Ways ways_;
  EveryValue result_;
  Verdict end_ = Verdict::undecided;
  std::string why_open_;
  bool seen_good_ = false;
  struct Symbol {
    const Variable* variable;
    UnknownValue unknown;
    std::optional<Value> whole;  ///< of a variable with a range: its value here
  };
  std::vector<Symbol> symbols_;

  void give_up(const std::string& why) {
    result_.no_fault = result_.no_good = false;
    if (result_.open.empty()) result_.open = why;
  }

  /// docs/semantics.md 10.5, on this way.
  Verdict follow() {
    symbols_.clear();
    try {
      for (const auto& v : claim_.variables)
        if (!set(v)) return Verdict::vacuous;
      for (const auto& h : claim_.hypotheses) {
        const Truth t = evaluator_.truth(*h.value);
        if (t.no()) return Verdict::vacuous;
        if (t.undecided()) return open(t.reason);
      }
      for (const auto& c : claim_.conclusions) {
        const Truth t = evaluator_.truth(*c.value);
        if (t.no()) return Verdict::violated;
        if (t.undecided()) return open(t.reason);
      }
      return Verdict::holds;
    } catch (const Undefined&) {
      return Verdict::ill_defined;
    } catch (const Unsupported& u) {
      return open(u.what());
    } catch (const std::domain_error& error) {
      return open(error.what());
    }
  }

  Verdict open(const std::string& why) {
    why_open_ = why;
    return Verdict::undecided;
  }

  /// Gives the variable unknowns, or one value of its range; false when that is empty.
  bool set(const Variable& v) {
    Symbol s{&v, {}, std::nullopt};
    if (v.ranged) {
      std::vector<Value> values;
      evaluator_.append_range(v, v.trials.at(0), values);
      if (values.empty()) return false;
      s.whole = values[ways_.choose(values.size())];
      evaluator_.set_variable(v.name, *s.whole);
      symbols_.push_back(s);
      return true;
    }
    s.unknown = unknown_value(v.kind, world_, ways_);
    evaluator_.set_variable(v.name, s.unknown.value);
    symbols_.push_back(s);
    return true;
  }

  /// What the end of this way means; false when no more ways need be gone.
  bool settle() {
    const bool fault = end_ == Verdict::violated || end_ == Verdict::ill_defined;
    if (end_ == Verdict::undecided) {
      ways_.hurry();
      give_up(why_open_);
      return true;
    }
    if (!fault && (!want_good_ || seen_good_)) {
      result_.no_good = false;
      return true;
    }
    const Decision d = decided(ways_);
    if (d.impossible) return true;
    (fault ? result_.no_fault : result_.no_good) = false;
    const auto choice = d.witness ? choice_of(*d.witness) : std::nullopt;
    if (!choice) {
      ways_.hurry();
      if (result_.open.empty())
        result_.open = d.witness ? "the values found are not of the variables' kinds" : d.open;
      return true;
    }
    const Verdict found = look_(*choice);
    if (found == end_) {
      if (!fault) seen_good_ = true;
      return found != Verdict::violated;
    }
    if (found == Verdict::violated) return false;
    if (ways_.weakened()) {
      if (symbols_.size() == 1 && !symbols_[0].whole) {
        const Index d = world_ != nullptr ? world_->d() : 0;
        for (const Value& value : short_values(symbols_[0].variable->kind, d))
          if (look_({{symbols_[0].variable->name, value}}) == Verdict::violated) return false;
      }
      if (result_.open.empty()) result_.open = "a quantifier over a kind, for all values around it";
    } else if (found != Verdict::undecided) {
      result_.contradiction = "a choice found by deciding for all values comes to something else";
    }
    return true;
  }

  /// The values of the variables; nothing when one is not of its kind.
  std::optional<Choice> choice_of(const Point& point) const {
    Choice choice;
    for (const auto& s : symbols_) {
      const auto value = s.whole ? s.whole : value_at(point, s.unknown);
      if (!value) return std::nullopt;
      choice.emplace_back(s.variable->name, *value);
    }
    return choice;
  }
};

}  // namespace

EveryValue every_value(const Claim& claim, World* world, Evaluator& evaluator, bool want_good,
                       const std::function<Verdict(const Choice&)>& look) {
  return Run(claim, world, evaluator, want_good, look).run();
}

}  // namespace istcheck::claim
