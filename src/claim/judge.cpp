#include "claim/judge.hpp"

#include <algorithm>
#include <chrono>

#include "claim/check.hpp"
#include "claim/printer.hpp"

namespace istcheck::claim {
namespace {

constexpr size_t kMostPoints = 20'000;

template <class S>
bool zero(const Matrix<S>& m) {
  return std::all_of(m.data(), m.data() + m.size(), [](const S& x) { return x == S(0); });
}

template <class S>
bool has_flag(const std::vector<WorkerOf<S>>& workers, const std::string& flag) {
  const auto all = [&](const auto& test) {
    return std::all_of(workers.begin(), workers.end(), test);
  };
  const WorkerOf<S>& first = workers.front();
  const auto equal = [&](const auto& w) { return w.L == first.L && w.b == first.b; };
  const auto quiet = [](const auto& w) { return zero<S>(w.noise); };
  if (flag == "homogeneous") return all(equal);
  if (flag == "heterogeneous") return !all(equal);
  if (flag == "interpolation") return all([](const auto& w) { return zero<S>(Matrix<S>(w.b)); });
  return flag == "noiseless" ? all(quiet) : !all(quiet);
}

bool has_flag(const Case& c, const std::string& flag) {
  return c.rational() ? has_flag(c.workers, flag) : has_flag(workers_of(c), flag);
}

/// Of a scaled-perm sketch: which of the two readings of (23).
std::string reading_of(const SketchSpec& spec) {
  const auto* s = std::get_if<ScaledPermSketch>(&spec);
  if (s == nullptr) return "none";
  return s->reading == ScaledPermSketch::Reading::diagonal ? "diagonal" : "printed";
}

/// All verdicts of one claim on one case.
class Judge {
 public:
  Judge(const Claim& claim, const Case* c, const EvaluationOptions& options,
        const PointObserver& observer)
      : claim_(claim),
        case_(c),
        world_(c != nullptr ? std::make_unique<World>(*c, options) : nullptr),
        evaluator_(claim, world_.get(), options),
        observer_(observer) {
    result_.case_name = c != nullptr ? c->name : claim.family ? "(family)" : "(no case)";
  }

  CaseVerdict run() {
    const auto begin = std::chrono::steady_clock::now();
    choose(0);
    if (result_.tried.empty() && result_.reason.empty()) {
      result_.reason = "no value to try: " + joined(result_.skipped, "; ");
    }
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    result_.seconds = spent.count();
    return result_;
  }

 private:
  const Claim& claim_;
  const Case* case_;
  std::unique_ptr<World> world_;
  Evaluator evaluator_;
  const PointObserver& observer_;
  CaseVerdict result_;

  void choose(size_t which) {
    if (result_.verdict == Verdict::violated) return;
    if (which == claim_.variables.size()) return observe(at_point());
    const Variable& v = claim_.variables[which];
    for (const Value& value : candidates(v)) {
      if (!suits(v, value)) continue;
      evaluator_.set_variable(v.name, value);
      choose(which + 1);
    }
    evaluator_.unset_variable(v.name);
  }

  std::vector<Value> candidates(const Variable& v) {
    std::vector<Value> values;
    if (case_ != nullptr) {
      if (const auto own = world_->own_value(v.name)) {
        values.push_back(*own);
      } else if (v.trials.empty() && v.name == "gamma") {
        values.push_back(Scalar(world_->step()));
      } else if (v.trials.empty() && v.name == "x0") {
        values.push_back(world_->start());
      }
    }
    for (const auto& t : v.trials) {
      try {
        if (t.value) {
          values.push_back(evaluator_.value(*t.value));
        } else {
          range(t, values);
        }
      } catch (const Unsupported& u) {
        undecided_value(v, t, u.what());
      } catch (const std::domain_error& error) {
        undecided_value(v, t, error.what());
      } catch (const Undefined& u) {
        note(result_.skipped,
             v.name + " = " + to_text(t.value ? *t.value : *t.low) + " (" + u.what() + ")");
      }
    }
    if (v.ranged) leave_out_of_range(v, values);
    return values;
  }

  /// The case's own value comes first; it does not widen a range (docs/semantics.md 10.7).
  void leave_out_of_range(const Variable& v, std::vector<Value>& values) {
    if (case_ == nullptr || !world_->own_value(v.name)) return;
    const auto* own = std::get_if<Scalar>(&values.at(0));
    const bool within =
        own != nullptr && std::any_of(values.begin() + 1, values.end(), [&](const Value& x) {
          return compare(std::get<Scalar>(x), *own) == 0;
        });
    if (within) return;
    note(result_.skipped, v.name + " = " + to_string(values[0]) + " (outside of its range)");
    values.erase(values.begin());
  }

  /// A value to try that exists but cannot be computed leaves the case undecided.
  void undecided_value(const Variable& v, const Trial& t, const std::string& why) {
    Truth truth;
    truth.reason = why;
    note_worse(Verdict::undecided, "", v.name + " = " + to_text(t.value ? *t.value : *t.low), truth,
               "the value to try ");
  }

  void range(const Trial& t, std::vector<Value>& values) {
    const Scalar high = evaluator_.scalar(*t.high),
                 by = t.by ? evaluator_.scalar(*t.by) : Scalar(1);
    if (by.sign() <= 0)
      throw ClaimError(*claim_.source, t.by->place, "the step of a range must be positive");
    for (Scalar s = evaluator_.scalar(*t.low); compare(s, high) <= 0; s = s + by) {
      values.push_back(s);
      if (values.size() > kMostPoints) {
        throw ClaimError(*claim_.source, t.low->place, "this range has more than 20000 values");
      }
    }
  }

  static void note(std::vector<std::string>& list, const std::string& text) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
  }

  bool suits(const Variable& v, const Value& value) {
    const auto refuse = [&](const char* what) {
      note(result_.skipped, v.name + " = " + to_string(value) + " (" + what + ")");
      return false;
    };
    const auto* s = std::get_if<Scalar>(&value);
    const bool number = v.kind == Kind::scalar || v.kind == Kind::integer;
    if (number != (s != nullptr)) return refuse("not of the declared kind");
    if (number) {
      const bool whole = s->is_rational() && denominator(s->rational()) == 1;
      return v.kind == Kind::scalar || whole || refuse("no integer");
    }
    const auto& m = std::get<SurdMatrix>(value);
    if (case_ != nullptr && m.rows() != case_->d())
      return refuse("not of the dimension of the case");
    if (v.kind == Kind::vector) return m.cols() == 1 || refuse("no vector");
    if (m.rows() != m.cols()) return refuse("not square");
    if (v.kind == Kind::matrix) return true;
    if (!is_symmetric(m)) return refuse("not symmetric");
    return v.kind == Kind::symmetric || definiteness(m).definite || refuse("not positive definite");
  }

  std::string point_text() const {
    std::vector<std::string> parts;
    for (const auto& v : claim_.variables) {
      parts.push_back(v.name + " = " + to_string(evaluator_.variables().at(v.name)));
    }
    return joined(parts, ", ");
  }

  void observe(Verdict here) {
    if (observer_) observer_(evaluator_, here);
  }

  Verdict at_point() {
    if (result_.tried.size() >= kMostPoints) {
      throw ClaimError(*claim_.source, claim_.place, "more than 20000 choices of the variables");
    }
    const std::string values = point_text();
    result_.tried.push_back(values);
    Verdict here = Verdict::holds;
    for (const auto& h : claim_.hypotheses) {
      const Truth t = decide(*h.value);
      if (t.yes()) continue;
      here = t.no() ? Verdict::vacuous : Verdict::undecided;
      if (t.no()) ++result_.vacuous_choices;
      note_worse(here, values, to_text(*h.value), t, "the hypothesis ");
      return here;
    }
    std::optional<Truth> all;
    for (const auto& s : claim_.conclusions) {
      const Truth t = decide(*s.value);
      if (!t.yes()) {
        here = t.no() ? Verdict::violated : Verdict::undecided;
        note_worse(here, values, to_text(*s.value), t, "");
        return here;
      }
      all = all ? both(*all, t) : t;
    }
    const bool first = result_.verdict == Verdict::vacuous;
    const std::optional<Scalar> before = result_.margin;
    Truth kept;
    kept.margin = result_.margin;
    kept.ratio = result_.ratio;
    combine_margins(kept, *all);
    result_.margin = kept.margin;
    result_.ratio = kept.ratio;
    if (first) {
      result_.verdict = Verdict::holds;
      result_.reason.clear();
    }
    // What is shown is the choice with the least margin.
    const bool least = kept.margin && (!before || to_string(*kept.margin) != to_string(*before));
    if (first || (least && result_.verdict == Verdict::holds)) {
      result_.values = values;
      result_.sides = all->sides;
    }
    return here;
  }

  Truth decide(const Expr& e) {
    try {
      return evaluator_.truth(e);
    } catch (const Undefined& u) {
      throw IllDefined(*claim_.source, u.place(),
                       std::string(u.what()) + " (on case '" + result_.case_name + "'" +
                           (claim_.variables.empty() ? "" : ", at " + point_text()) + ")");
    } catch (const std::domain_error& error) {
      Truth t;
      t.is = Truth::Is::undecided;
      t.reason = error.what();
      return t;
    }
  }

  /// Keeps the first violated point, else the first undecided one, else the first vacuous one.
  void note_worse(Verdict here, const std::string& values, const std::string& statement,
                  const Truth& t, const char* what) {
    const bool keep =
        here == Verdict::violated ||
        (here == Verdict::undecided && result_.verdict != Verdict::undecided) ||
        (here == Verdict::vacuous && result_.verdict == Verdict::vacuous && result_.reason.empty());
    if (!keep) return;
    result_.verdict = here;
    result_.values = values;
    result_.sides = t.sides;
    result_.statement = statement;
    if (here == Verdict::violated) {
      result_.margin = t.margin;
      result_.ratio = t.ratio;
      result_.reason.clear();
    } else if (here == Verdict::undecided) {
      result_.reason = what + statement + ": " + t.reason;
    } else {
      result_.reason = what + statement + " is false: " + t.sides;
    }
  }
};

}  // namespace

std::string to_string(Verdict v) {
  switch (v) {
    case Verdict::holds:
      return "holds";
    case Verdict::violated:
      return "violated";
    case Verdict::vacuous:
      return "vacuous";
    case Verdict::undecided:
      return "undecided";
  }
  return "";
}

std::optional<std::string> unfit(const Claim& claim, const Case& c,
                                 const EvaluationOptions& options) {
  std::optional<World> world;
  for (const auto& s : claim.settings) {
    if (!s.choices.empty()) {
      const std::string own = s.key == "sketch"   ? kind_of(c.sketch)
                              : s.key == "method" ? name_of(c.method.kind)
                                                  : reading_of(c.sketch);
      if (std::find(s.choices.begin(), s.choices.end(), own) == s.choices.end())
        return "its " + s.key + " is " + own;
    } else if (!s.key.empty()) {
      if (!has_flag(c, s.key)) return "it is not " + s.key;
    } else {
      if (!world) world.emplace(c, options);
      Evaluator evaluator(claim, &*world, options);
      try {
        const Truth t = evaluator.truth(*s.condition);
        if (t.no()) return "not " + to_text(*s.condition);
        if (t.undecided()) return "undecided: " + to_text(*s.condition);
      } catch (const Undefined& u) {
        return std::string(u.what());
      }
    }
  }
  for (const auto& v : claim.variables) {
    const bool own = c.values.count(v.name) > 0 || v.name == "gamma" || v.name == "x0";
    if (v.trials.empty() && !own) return "it gives no value for " + v.name;
  }
  return std::nullopt;
}

CaseVerdict judge(const Claim& claim, const Case* c, const EvaluationOptions& options,
                  const PointObserver& at_point) {
  return Judge(claim, c, options, at_point).run();
}

bool ClaimVerdict::has(Verdict v) const {
  return std::any_of(cases.begin(), cases.end(),
                     [v](const CaseVerdict& c) { return c.verdict == v; });
}

bool ClaimVerdict::contradicted() const {
  return std::any_of(cases.begin(), cases.end(),
                     [](const CaseVerdict& c) { return !c.contradiction.empty(); });
}

Verdict ClaimVerdict::overall() const {
  for (const Verdict v : {Verdict::violated, Verdict::undecided, Verdict::holds}) {
    if (has(v)) return v;
  }
  return Verdict::vacuous;
}

ClaimVerdict::Outcome ClaimVerdict::outcome() const {
  if (!error.empty()) return Outcome::error;
  if (cases.empty()) return Outcome::no_case;
  if (contradicted()) return Outcome::unexpected;
  const bool refuted = claim->expectation == Expectation::refuted;
  if (has(Verdict::violated)) return refuted ? Outcome::expected : Outcome::unexpected;
  if (has(Verdict::undecided)) return Outcome::undecided;
  if (refuted) return Outcome::unexpected;
  return has(Verdict::holds) ? Outcome::expected : Outcome::unexpected;
}

std::optional<Scalar> ClaimVerdict::least_margin() const {
  Truth kept;
  for (const auto& c : cases) {
    if (c.verdict != overall()) continue;
    Truth t;
    t.margin = c.margin;
    combine_margins(kept, t);
  }
  return kept.margin;
}

std::optional<Scalar> ClaimVerdict::best_ratio() const {
  Truth kept;
  for (const auto& c : cases) {
    if (c.verdict != overall()) continue;
    Truth t;
    t.ratio = c.ratio;
    combine_margins(kept, t);
  }
  return kept.ratio;
}

}  // namespace istcheck::claim
