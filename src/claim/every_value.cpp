#include "claim/every_value.hpp"

#include "claim/ways.hpp"
#include "exact/budgets.hpp"

namespace istcheck::claim {
namespace {

/// Assumes nothing, and counts the products of a decision with those of the ways.
class Counted final : public Assumptions {
 public:
  explicit Counted(Ways& ways) : ways_(ways) {}
  bool zero(const Surd&) override { nothing(); }
  bool positive(const Surd&) override { nothing(); }
  bool semidefinite(const SurdMatrix&) override { nothing(); }
  bool definite(const SurdMatrix&) override { nothing(); }
  Surd reciprocal(const Surd&) override { nothing(); }
  Surd root(const Surd&) override { nothing(); }
  void multiply(size_t products) override { ways_.multiply(products); }
  long answers() const override { return 0; }

 private:
  Ways& ways_;
  [[noreturn]] static void nothing() {
    throw std::domain_error("nothing is assumed of a number with unknowns");
  }
};

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
    unsigned first;              ///< of its unknowns
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
    Symbol s{&v, 0, std::nullopt};
    if (v.ranged) {
      std::vector<Value> values;
      evaluator_.append_range(v, v.trials.at(0), values);
      if (values.empty()) return false;
      s.whole = values[ways_.choose(values.size())];
      evaluator_.set_variable(v.name, *s.whole);
      symbols_.push_back(s);
      return true;
    }
    if (is_number(v.kind)) {
      const Surd x = ways_.unknown(Ways::Unknown::scalar);
      s.first = number_of(x);
      evaluator_.set_variable(v.name, Scalar(x));
    } else {
      if (world_ == nullptr) throw Unsupported("the size of " + v.name);
      const SurdMatrix m = matrix(v.kind, [&] { return ways_.unknown(Ways::Unknown::entry); });
      if (v.kind == Kind::positive) ways_.require_definite(m);
      s.first = number_of(m(0, 0));
      evaluator_.set_variable(v.name, m);
    }
    symbols_.push_back(s);
    return true;
  }

  static unsigned number_of(const Surd& unknown) {
    return unknown.terms().begin()->first.unknowns.at(0).first;
  }

  /// A matrix of a kind, whose own entries come row by row.
  template <class Next>
  SurdMatrix matrix(Kind kind, const Next& next) const {
    const Index d = world_->d();
    SurdMatrix m(d, kind == Kind::vector ? 1 : d);
    const bool symmetric = kind == Kind::symmetric || kind == Kind::positive;
    for (Index i = 0; i < m.rows(); ++i)
      for (Index j = 0; j < m.cols(); ++j) m(i, j) = symmetric && j < i ? m(j, i) : next();
    return m;
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
    Counted counted(ways_);
    const Decision d = [&] {
      const Assumptions::Under under(counted);
      return decide(ways_.conjunction());
    }();
    if (d.impossible) return true;
    (fault ? result_.no_fault : result_.no_good) = false;
    const auto choice = d.witness ? choice_of(*d.witness) : std::nullopt;
    if (!choice) {
      ways_.hurry();
      if (result_.open.empty())
        result_.open = d.witness ? "the values found are not of the variables' kinds" : d.open;
      return true;
    }
    if (!fault) seen_good_ = true;
    const Verdict found = look_(*choice);
    if (found != end_ && found != Verdict::undecided)
      result_.contradiction = "a choice found by deciding for all values comes to something else";
    return found != Verdict::violated;
  }

  /// The values of the variables; nothing when one is not of its kind.
  std::optional<Choice> choice_of(const Point& point) const {
    const auto value = [&](unsigned unknown) {
      const auto found = point.find(unknown);
      return found == point.end() ? Surd(0) : found->second;
    };
    Choice choice;
    for (const auto& s : symbols_) {
      const Kind kind = s.variable->kind;
      if (s.whole) {
        choice.emplace_back(s.variable->name, *s.whole);
      } else if (is_number(kind)) {
        const Surd x = value(s.first);
        const bool whole = x.is_rational() && denominator(x.rational()) == 1;
        if (kind == Kind::integer && !whole) return std::nullopt;
        choice.emplace_back(s.variable->name, Scalar(x));
      } else {
        unsigned place = s.first;
        const SurdMatrix m = matrix(kind, [&] { return value(place++); });
        if (kind == Kind::positive && !definiteness(m).definite) return std::nullopt;
        choice.emplace_back(s.variable->name, m);
      }
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
