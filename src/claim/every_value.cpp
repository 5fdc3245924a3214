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
      const std::function<WayEnd(const Choice&)>& look)
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
        if (!ways_.impossible() && end_ != WayEnd::excluded) more = settle();
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
  const std::function<WayEnd(const Choice&)>& look_;
  Ways ways_;
  EveryValue result_;
  WayEnd end_ = WayEnd::open;
  std::string why_open_;
  bool seen_good_ = false;
  struct Symbol {
    const Variable* variable;
    unsigned first;               ///< of its unknowns
    std::optional<Scalar> whole;  ///< of a variable with a range: its value here
  };
  std::vector<Symbol> symbols_;

  void give_up(const std::string& why) {
    result_.no_fault = result_.no_good = false;
    if (result_.open.empty()) result_.open = why;
  }

  /// docs/semantics.md 10.5, on this way.
  WayEnd follow() {
    symbols_.clear();
    try {
      for (const auto& v : claim_.variables)
        if (!set(v)) return WayEnd::excluded;
      for (const auto& h : claim_.hypotheses) {
        const Truth t = evaluator_.truth(*h.value);
        if (t.no()) return WayEnd::excluded;
        if (t.undecided()) return open(t.reason);
      }
      for (const auto& c : claim_.conclusions) {
        const Truth t = evaluator_.truth(*c.value);
        if (t.no()) return WayEnd::bad;
        if (t.undecided()) return open(t.reason);
      }
      return WayEnd::good;
    } catch (const Undefined&) {
      return WayEnd::ill;
    } catch (const Unsupported& u) {
      return open(u.what());
    } catch (const std::domain_error& error) {
      return open(error.what());
    }
  }

  WayEnd open(const std::string& why) {
    why_open_ = why;
    return WayEnd::open;
  }

  /// Gives the variable unknowns, or one value of its range; false when that is empty.
  bool set(const Variable& v) {
    Symbol s{&v, 0, std::nullopt};
    if (v.ranged) {
      const auto values = range(v.trials.at(0));
      if (values.empty()) return false;
      s.whole = values[ways_.choose(values.size())];
      evaluator_.set_variable(v.name, *s.whole);
      symbols_.push_back(s);
      return true;
    }
    if (v.kind == Kind::scalar || v.kind == Kind::integer) {
      const Surd x = ways_.unknown(Ways::Unknown::scalar);
      s.first = number_of(x);
      evaluator_.set_variable(v.name, Scalar(x));
    } else {
      if (world_ == nullptr) throw Unsupported("the size of " + v.name);
      const SurdMatrix m = matrix(v.kind, world_->d());
      s.first = number_of(m(0, 0));
      evaluator_.set_variable(v.name, m);
    }
    symbols_.push_back(s);
    return true;
  }

  static unsigned number_of(const Surd& unknown) {
    return unknown.terms().begin()->first.unknowns.at(0).first;
  }

  SurdMatrix matrix(Kind kind, Index d) {
    SurdMatrix m(d, kind == Kind::vector ? 1 : d);
    const bool symmetric = kind == Kind::symmetric || kind == Kind::positive;
    for (Index i = 0; i < m.rows(); ++i)
      for (Index j = 0; j < m.cols(); ++j)
        m(i, j) = symmetric && j < i ? m(j, i) : ways_.unknown(Ways::Unknown::entry);
    if (kind == Kind::positive) ways_.require_definite(m);
    return m;
  }

  std::vector<Scalar> range(const Trial& t) {
    const auto whole = [&](const Expr& e) {
      const auto q = rational_value(evaluator_.scalar(e));
      if (!q || denominator(*q) != 1)
        throw Undefined(e.place, "the end of a range of whole numbers is not whole");
      return *q;
    };
    const Rational low = whole(*t.low), high = whole(*t.high), by = t.by ? whole(*t.by) : 1;
    if (by.sign() <= 0) throw Undefined(t.by->place, "the step of a range is not positive");
    std::vector<Scalar> values;
    for (Rational k = low; k <= high; k += by) {
      if (long(values.size()) >= budget::kChoices.most)
        throw Unsupported(budget::spent(budget::kChoices));
      values.emplace_back(k);
    }
    return values;
  }

  /// What the end of this way means; false when no more ways need be gone.
  bool settle() {
    const bool fault = end_ == WayEnd::bad || end_ == WayEnd::ill;
    if (end_ == WayEnd::open) {
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
    const WayEnd found = look_(*choice);
    if (found != end_ && found != WayEnd::open)
      result_.contradiction = "a choice found by deciding for all values comes to something else";
    return found != WayEnd::bad;
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
      } else if (kind == Kind::scalar || kind == Kind::integer) {
        const Surd x = value(s.first);
        const bool whole = x.is_rational() && denominator(x.rational()) == 1;
        if (kind == Kind::integer && !whole) return std::nullopt;
        choice.emplace_back(s.variable->name, Scalar(x));
      } else {
        const Index d = world_->d();
        const bool symmetric = kind == Kind::symmetric || kind == Kind::positive;
        SurdMatrix m(d, kind == Kind::vector ? 1 : d);
        unsigned next = s.first;
        for (Index i = 0; i < m.rows(); ++i)
          for (Index j = 0; j < m.cols(); ++j)
            m(i, j) = symmetric && j < i ? m(j, i) : value(next++);
        if (kind == Kind::positive && !definiteness(m).definite) return std::nullopt;
        choice.emplace_back(s.variable->name, m);
      }
    }
    return choice;
  }
};

}  // namespace

EveryValue every_value(const Claim& claim, World* world, Evaluator& evaluator, bool want_good,
                       const std::function<WayEnd(const Choice&)>& look) {
  return Run(claim, world, evaluator, want_good, look).run();
}

}  // namespace istcheck::claim
