#include "claim/judge.hpp"

#include <algorithm>
#include <chrono>
#include <map>

#include "claim/check.hpp"
#include "claim/form_bounds.hpp"
#include "claim/line_bounds.hpp"
#include "claim/printer.hpp"
#include "claim/same_sides.hpp"
#include "exact/budgets.hpp"

namespace istcheck::claim {
namespace {

/// The least margin and the greatest ratio so far.
void keep_tightest(std::optional<Scalar>& margin, std::optional<Scalar>& ratio, const Truth& t) {
  Truth kept;
  kept.margin = margin;
  kept.ratio = ratio;
  combine_margins(kept, t);
  margin = kept.margin;
  ratio = kept.ratio;
}

/// The verdict of one claim on one case.
class Judge {
 public:
  Judge(const Claim& claim, const Case* c, const EvaluationOptions& options,
        const PointObserver& observer)
      : claim_(claim),
        case_(c),
        world_(c != nullptr ? std::make_unique<World>(*c, options) : nullptr),
        evaluator_(claim, world_.get(), options),
        options_(options),
        observer_(observer) {
    result_.case_name = c != nullptr ? c->name : claim.family ? "(family)" : "(no case)";
  }

  CaseVerdict run() {
    const auto begin = std::chrono::steady_clock::now();
    choose(0);
    if (!bad_ && !looks_at_all() && options_.every_value) look_at_every_value();
    conclude();
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    result_.seconds = spent.count();
    return result_;
  }

 private:
  /// What a choice shows, and at which of its statements.
  struct Witness {
    std::string reason, statement, values, sides;
    std::optional<Scalar> margin, ratio;
  };

  /// A truth, or that there is no value, with the place in `truth.reason`.
  struct Decided {
    Truth truth;
    bool ill = false;
  };

  const Claim& claim_;
  const Case* case_;
  std::unique_ptr<World> world_;
  Evaluator evaluator_;
  const EvaluationOptions& options_;
  const PointObserver& observer_;
  EveryValue every_{false, false, "", ""};
  CaseVerdict result_;
  /// Of choices at which the sides are not the same expression, and of the others.
  std::vector<ConclusionMargin> conclusions_, plain_;
  std::vector<bool> counts_;  ///< which conclusions the margin of the case is of (14.3)
  std::map<const Expr*, Decided> without_variables_;  ///< statements that are decided once
  bool stop_ = false;  ///< a choice violates the claim, or the budget of choices is spent
  /// The first choice of each kind of docs/semantics.md 10.5 and 12.3, the good one with the least
  /// margin. `unsure_`: good or excluded, it is not known which. `plainly_`: good, and the sides of
  /// every conclusion are the same expression (14.3).
  std::optional<Witness> bad_, ill_, open_, good_, plainly_, excluded_, unsure_;

  static void keep_first(std::optional<Witness>& place, Witness w) {
    if (!place) place = std::move(w);
  }

  /// docs/semantics.md 11.1, 11.2.
  void conclude() {
    const auto say = [&](Verdict v, const Witness& w) {
      result_.verdict = v;
      result_.reason = w.reason;
      result_.statement = w.statement;
      result_.values = w.values;
      result_.sides = w.sides;
      if (v == Verdict::holds) return;
      result_.margin = v == Verdict::violated ? w.margin : std::nullopt;
      result_.ratio = v == Verdict::violated ? w.ratio : std::nullopt;
    };
    if (bad_) return say(Verdict::violated, *bad_);
    if (ill_) return say(Verdict::ill_defined, *ill_);
    const bool all = looks_at_all() || every_.no_fault;
    const bool some = good_ || plainly_;
    if (open_ && !(every_.no_fault && (some || every_.no_good)))
      return say(Verdict::undecided, *open_);
    if (some) {
      counts_.assign(conclusions_.size(), true);
      for (size_t k = 0; k < conclusions_.size(); ++k) {
        if (conclusions_[k].margin || conclusions_[k].ratio) continue;
        conclusions_[k] = plain_[k];
        counts_[k] = !good_;
      }
      result_.conclusions = conclusions_;
      if (!good_) {
        result_.margin = plainly_->margin;
        result_.ratio = plainly_->ratio;
      }
      result_.scope = all ? Scope::all : Scope::tried;
      say(Verdict::holds, good_ ? *good_ : *plainly_);
      say_bounds();
      if (!all && !every_.open.empty())
        result_.reason = "not decided for all values: " + every_.open;
      return;
    }
    if (unsure_) return say(Verdict::undecided, *unsure_);
    Witness none = excluded_.value_or(Witness{});
    if (none.reason.empty())
      none.reason = "there is no value to look at" +
                    (result_.skipped.empty() ? "" : ": " + joined(result_.skipped, "; "));
    if (looks_at_all() || (every_.no_fault && every_.no_good) || every_choice_excluded(none)) {
      result_.scope = Scope::all;
      return say(Verdict::vacuous, none);
    }
    result_.unreached = true;
    none.reason = "unreached: " + none.reason;
    if (!every_.open.empty()) none.reason += "; not decided for all values: " + every_.open;
    say(Verdict::undecided, none);
  }

  /// Which margins and ratios are those over all good choices: of what no variable enters, and
  /// where all choices are looked at; the slack 0 and the ratio 1, which no true statement passes;
  /// and those of forms (docs/semantics.md 14.4).
  void say_bounds() {
    const bool all = result_.scope == Scope::all;
    const auto is = [](const std::optional<Scalar>& x, int bound) {
      return x && x->is_rational() && x->rational() == bound;
    };
    bool changed = false;
    for (size_t k = 0; k < result_.conclusions.size(); ++k) {
      ConclusionMargin& c = result_.conclusions[k];
      const Expr& e = *claim_.conclusions[k].value;
      if (!c.margin && !c.ratio) continue;
      const bool known = all && (looks_at_all() || !e.type.uses_variable);
      const auto bounds =
          all && !known ? bounds_of_form(claim_, e, world_.get(), evaluator_) : std::nullopt;
      if (bounds) {
        changed = true;
        c.margin = bounds->margin;
        if (bounds->ratio) c.ratio = bounds->ratio;
      }
      const bool sought = all && !known && !bounds && c.margin && !is(c.margin, 0);
      const auto least =
          sought ? margin_on_line(claim_, e, world_.get(), evaluator_) : std::nullopt;
      if (least) {
        changed = true;
        c.margin = least;
      }
      const auto scope = [&](bool whole) { return whole ? Scope::all : Scope::tried; };
      if (c.margin) c.margin_scope = scope(known || bounds || least || (all && is(c.margin, 0)));
      if (c.ratio)
        c.ratio_scope = scope(known || (bounds && bounds->ratio) || (all && is(c.ratio, 1)));
    }
    if (changed) {
      result_.margin = result_.ratio = std::nullopt;
      for (size_t k = 0; k < counts_.size(); ++k) {
        if (!counts_[k]) continue;
        Truth t;
        t.margin = result_.conclusions[k].margin;
        t.ratio = result_.conclusions[k].ratio;
        keep_tightest(result_.margin, result_.ratio, t);
      }
    }
    const auto of_all = [&](const auto& scope, bool best) {
      bool whole = true;
      for (size_t k = 0; k < counts_.size(); ++k)
        whole = whole && (!counts_[k] || result_.conclusions[k].*scope != Scope::tried);
      return best || whole ? Scope::all : Scope::tried;
    };
    if (result_.margin)
      result_.margin_scope = of_all(&ConclusionMargin::margin_scope, all && is(result_.margin, 0));
    if (result_.ratio)
      result_.ratio_scope = of_all(&ConclusionMargin::ratio_scope, all && is(result_.ratio, 1));
  }

  /// The variables have ranges only, or there are none: then all choices are looked at.
  bool looks_at_all() const {
    return std::all_of(claim_.variables.begin(), claim_.variables.end(),
                       [](const Variable& v) { return v.ranged; });
  }

  /// Decides for all values. What is found is looked at like any other choice; where that is not
  /// what was decided, the two readings contradict each other, and it is said.
  void look_at_every_value() {
    const bool had_good = good_ || plainly_, had_ill = ill_.has_value();
    every_ = every_value(claim_, world_.get(), evaluator_, !had_good, [&](const Choice& choice) {
      for (const auto& [name, value] : choice) evaluator_.set_variable(name, value);
      const Verdict end = choice.size() == claim_.variables.size() ? look() : look_beyond(choice);
      for (const auto& entry : choice) evaluator_.unset_variable(entry.first);
      const bool first =
          (end == Verdict::ill_defined && !had_ill) || (end == Verdict::holds && !had_good);
      if (end == Verdict::violated || (first && !result_.found)) result_.found = choice;
      return end;
    });
    result_.contradiction = every_.contradiction;
    if ((every_.no_fault && (bad_ || ill_)) || (every_.no_good && (good_ || plainly_)))
      result_.contradiction = "a choice looked at contradicts what was decided for all values";
  }

  /// Whether what no variable enters shows that every choice is excluded, or that there is none:
  /// a range without values, or a hypothesis that is false, and everything before them has a value
  /// and is true. `why` is filled in unless a choice looked at says it.
  bool every_choice_excluded(Witness& why) {
    for (const auto& v : claim_.variables) {
      if (!v.ranged) continue;
      const Trial& t = v.trials.at(0);
      for (const auto* e : {t.low.get(), t.high.get(), t.by.get()})
        if (e != nullptr && e->type.uses_variable) return false;
      std::vector<Value> values;
      try {
        evaluator_.append_range(v, t, values);
      } catch (const Undefined&) {
        return false;
      } catch (const Unsupported&) {
        return false;
      }
      if (!values.empty()) continue;
      if (!excluded_) why = {"the range of " + v.name + " is empty", "", "", "", {}, {}};
      return true;
    }
    for (const auto& h : claim_.hypotheses) {
      if (h.value->type.uses_variable) return false;
      const Decided t = decide(*h.value, Asked::hypothesis);
      if (t.ill || t.truth.undecided()) return false;
      if (t.truth.yes()) continue;
      if (excluded_) return true;  // at every choice by the same hypothesis
      why = witness(t.truth, "", to_text(*h.value));
      why.reason = "the hypothesis " + why.statement + " is false: " + why.sides;
      return true;
    }
    return false;
  }

  void choose(size_t which) {
    if (stop_) return;
    if (which == claim_.variables.size()) {
      look();
      return;
    }
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
      } else if (v.trials.empty() && replaced_by(v.name) == Constant::gamma) {
        values.push_back(Scalar(world_->step()));
      } else if (v.trials.empty() && replaced_by(v.name) == Constant::x0) {
        values.push_back(world_->start());
      }
    }
    for (const auto& t : v.trials) {
      const auto text = [&] { return v.name + " = " + to_text(t.value ? *t.value : *t.low); };
      try {
        if (t.value) {
          values.push_back(evaluator_.value(*t.value));
        } else {
          evaluator_.append_range(v, t, values);
        }
      } catch (const Unsupported& u) {
        unknown_value(text(), u.what());
      } catch (const std::domain_error& error) {
        unknown_value(text(), error.what());
      } catch (const Undefined& u) {
        // A range without a value makes the choice so far ill (10.5), a value to try is left out.
        if (v.ranged)
          keep_first(ill_, {ill_text(u), "", point_text(), "", {}, {}});
        else
          note(result_.skipped, text() + " (" + u.what() + ")");
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

  /// A value to look at that exists and is not known leaves the case undecided (12.3).
  void unknown_value(const std::string& which, const std::string& why) {
    keep_first(open_, {"the value to try " + which + ": " + why, "", which, "", {}, {}});
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
    const bool number = is_number(v.kind);
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

  /// A number of degree three or more that deciding found is no polynomial in the case's alpha: it
  /// is shown as a decimal.
  std::string shown(const Value& v) const {
    const auto* s = std::get_if<Scalar>(&v);
    const bool found = s != nullptr && s->surd() != nullptr && s->surd()->field() != nullptr &&
                       (case_ == nullptr || !case_->alpha);
    return found ? to_string(Scalar(Algebraic(*s->surd()))) : to_string(v);
  }

  /// The values of the variables that have been chosen.
  std::string point_text() const {
    std::vector<std::string> parts;
    for (const auto& v : claim_.variables) {
      const auto chosen = evaluator_.variables().find(v.name);
      if (chosen != evaluator_.variables().end())
        parts.push_back(v.name + " = " + shown(chosen->second));
    }
    return joined(parts, ", ");
  }

  /// At a choice that ends before a variable whose range has no value.
  Verdict look_beyond(const Choice& first) {
    const bool had_ill = ill_.has_value();
    choose(first.size());
    return ill_ && !had_ill ? Verdict::ill_defined : Verdict::undecided;
  }

  Verdict look() {
    if (long(result_.tried.size()) >= budget::kChoices.most) {
      stop_ = true;
      keep_first(open_, {budget::spent(budget::kChoices), "", "", "", {}, {}});
      return Verdict::undecided;
    }
    const Verdict here = at_point();
    if (observer_) observer_(evaluator_, here);
    return here;
  }

  /// Which kind of choice this is: docs/semantics.md 10.5 and 12.3.
  Verdict at_point() {
    const std::string values = point_text();
    result_.tried.push_back(values);
    std::optional<Witness> unknown;  // the first statement that is not known
    const auto not_true = [&](const Decided& t, const Statement& s, const char* what) {
      Witness w = witness(t.truth, values, to_text(*s.value));
      if (t.ill) {
        w.reason = t.truth.reason;
      } else if (t.truth.undecided()) {
        w.reason = what + w.statement + ": " + t.truth.reason;
      }
      return w;
    };
    for (const auto& h : claim_.hypotheses) {
      const Decided t = decide(*h.value, Asked::hypothesis);
      if (t.truth.yes()) continue;
      Witness w = not_true(t, h, "the hypothesis ");
      if (t.ill) return ill_or_open(unknown, std::move(w));
      if (t.truth.lost) return open(unknown, std::move(w));
      if (t.truth.no()) {
        ++result_.vacuous_choices;
        w.reason = "the hypothesis " + w.statement + " is false: " + w.sides;
        keep_first(excluded_, std::move(w));
        return Verdict::vacuous;
      }
      keep_first(unknown, std::move(w));
    }
    const bool all_true = !unknown;  // of the hypotheses
    std::vector<Truth> conclusions;
    bool known = true;
    for (const auto& s : claim_.conclusions) {
      const Decided t = decide(*s.value, Asked::conclusion);
      if (t.truth.yes()) {
        conclusions.push_back(t.truth);
        continue;
      }
      Witness w = not_true(t, s, "");
      if (t.ill) return ill_or_open(unknown, std::move(w));
      if (t.truth.lost) return open(unknown, std::move(w));
      if (t.truth.no() &&
          all_true) {  // also where one before it is not known: one of them is false
        stop_ = true;
        bad_ = std::move(w);
        return Verdict::violated;
      }
      known = false;
      keep_first(unknown, std::move(w));
    }
    if (!known || !all_true) {
      keep_first(known ? unsure_ : open_, std::move(*unknown));
      return Verdict::undecided;
    }
    good(conclusions, values);
    return Verdict::holds;
  }

  /// Without a value where what comes before is true; where that is not known, neither is this.
  Verdict ill_or_open(std::optional<Witness>& unknown, Witness w) {
    keep_first(unknown ? open_ : ill_, unknown ? std::move(*unknown) : std::move(w));
    return unknown ? Verdict::undecided : Verdict::ill_defined;
  }

  /// Nothing after it tells more.
  Verdict open(std::optional<Witness>& unknown, Witness w) {
    keep_first(open_, unknown ? std::move(*unknown) : std::move(w));
    return Verdict::undecided;
  }

  /// Margin and ratio are the least and the greatest of all good choices; what is shown is the
  /// choice with the least margin. Where the sides are the same expression nothing comes near to
  /// being false: such a choice counts where there is no other (docs/semantics.md 14.3).
  void good(const std::vector<Truth>& conclusions, const std::string& values) {
    if (conclusions_.empty()) {
      for (const auto& s : claim_.conclusions) conclusions_.push_back({to_text(*s.value), {}, {}});
      plain_ = conclusions_;
    }
    if (!evaluator_.options().margins) {
      if (!good_) good_ = Witness{"", "", values, "", {}, {}};
      return;
    }
    std::optional<Truth> all;
    Truth plain = conclusions[0];
    for (size_t k = 0; k < conclusions.size(); ++k) {
      const Truth& t = conclusions[k];
      const bool same = same_sides(*claim_.conclusions[k].value, claim_, evaluator_.variables());
      auto& kept = (same ? plain_ : conclusions_)[k];
      keep_tightest(kept.margin, kept.ratio, t);
      if (!same) all = all ? both(*all, t) : t;
      if (k > 0) plain = both(plain, t);
    }
    if (!all) {
      if (!plainly_) plainly_ = {"", "", values, plain.sides, plain.margin, plain.ratio};
      return;
    }
    const Truth& t = *all;
    const std::optional<Scalar> before = result_.margin;
    keep_tightest(result_.margin, result_.ratio, t);
    const auto& now = result_.margin;
    const bool least = now && (!before || to_string(*now) != to_string(*before));
    if (!good_ || least) good_ = {"", "", values, t.sides, {}, {}};
  }

  enum class Asked { hypothesis, conclusion };  ///< of hypotheses nobody asks for the margin

  Decided decide(const Expr& e, Asked as) {
    if (e.type.uses_variable) return decide_here(e, as);
    const auto known = without_variables_.find(&e);
    if (known != without_variables_.end()) return known->second;
    return without_variables_.emplace(&e, decide_here(e, as)).first->second;
  }

  Decided decide_here(const Expr& e, Asked as) {
    evaluator_.want_margins(as == Asked::conclusion && evaluator_.options().margins);
    Decided d;
    try {
      d.truth = evaluator_.truth(e);
      return d;
    } catch (const Undefined& u) {
      d.ill = true;
      d.truth.reason = ill_text(u);
    } catch (const std::domain_error& error) {
      d.truth.reason = error.what();
    }
    d.truth.is = Truth::Is::undecided;
    return d;
  }

  std::string ill_text(const Undefined& u) const {
    const std::string at = point_text();
    return ClaimError(*claim_.source, u.place(),
                      std::string(u.what()) + " (on case '" + result_.case_name + "'" +
                          (at.empty() ? "" : ", at " + at) + ")")
        .what();
  }

  static Witness witness(const Truth& t, const std::string& values, const std::string& statement) {
    return {"", statement, values, t.sides, t.margin, t.ratio};
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
    case Verdict::ill_defined:
      return "ill-defined";
  }
  return "";
}

std::string to_string(Scope s) {
  return s == Scope::all ? "all" : s == Scope::tried ? "tried" : "";
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

std::optional<Verdict> ClaimVerdict::overall() const {
  for (const Verdict v : {Verdict::violated, Verdict::ill_defined}) {
    if (has(v)) return v;
  }
  const bool open = std::any_of(cases.begin(), cases.end(), [](const CaseVerdict& c) {
    return c.verdict == Verdict::undecided && !c.unreached;
  });
  if (open) return Verdict::undecided;
  return has(Verdict::holds) ? std::optional(Verdict::holds) : std::nullopt;
}

Scope ClaimVerdict::scope() const {
  if (overall() != Verdict::holds) return Scope::none;
  const bool tried = std::any_of(cases.begin(), cases.end(),
                                 [](const CaseVerdict& c) { return c.scope == Scope::tried; });
  return tried ? Scope::tried : Scope::all;
}

ClaimVerdict::Outcome ClaimVerdict::outcome() const {
  if (!error.empty() || has(Verdict::ill_defined)) return Outcome::error;
  if (contradicted()) return Outcome::unexpected;
  const bool refuted = claim->expectation == Expectation::refuted;
  const auto verdict = overall();
  if (!verdict) return Outcome::unsupported;
  if (*verdict == Verdict::violated) return refuted ? Outcome::expected : Outcome::unexpected;
  if (*verdict == Verdict::undecided) return Outcome::undecided;
  const bool enough = !strict || scope() == Scope::all;
  return refuted || !enough ? Outcome::unexpected : Outcome::expected;
}

std::optional<Scalar> ClaimVerdict::least_margin() const {
  Truth kept;
  for (const auto& c : cases) {
    if (c.verdict != overall() || c.unreached) continue;
    Truth t;
    t.margin = c.margin;
    combine_margins(kept, t);
  }
  return kept.margin;
}

std::vector<ConclusionMargin> ClaimVerdict::bounds() const {
  std::vector<ConclusionMargin> result;
  if (overall() != Verdict::holds) return result;
  for (const auto& c : cases) {
    if (c.verdict != Verdict::holds) continue;
    if (result.empty()) result = c.conclusions;
    for (size_t k = 0; k < result.size(); ++k) {
      Truth here;
      here.margin = c.conclusions[k].margin;
      here.ratio = c.conclusions[k].ratio;
      keep_tightest(result[k].margin, result[k].ratio, here);
    }
  }
  return result;
}

std::optional<Scalar> ClaimVerdict::best_ratio() const {
  Truth kept;
  for (const auto& c : cases) {
    if (c.verdict != overall() || c.unreached) continue;
    Truth t;
    t.ratio = c.ratio;
    combine_margins(kept, t);
  }
  return kept.ratio;
}

}  // namespace istcheck::claim
