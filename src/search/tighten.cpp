#include "search/tighten.hpp"

#include <algorithm>
#include <stdexcept>

#include "claim/check.hpp"
#include "claim/parser.hpp"
#include "claim/printer.hpp"
#include "exact/fractions.hpp"
#include "search/numbers.hpp"

namespace istcheck::search {

using istcheck::to_string;

namespace {

const claim::Definition& definition_of(const claim::Claim& c, const std::string& name) {
  std::string known;
  for (const auto& d : c.definitions) {
    if (d.name == name) return d;
    known += (known.empty() ? "" : ", ") + d.name;
  }
  throw std::invalid_argument("claim " + c.id + " has no definition '" + name +
                              "'; its definitions are: " + (known.empty() ? "none" : known));
}

class Tightener {
 public:
  Tightener(const claim::Claim& c, const std::string& name, const Settings& settings,
            const std::function<void(const Tightening&, const Rational&)>& begins)
      : claim_(c), settings_(settings), begins_(begins) {
    result_.name = name;
    claim::Evaluator e(c, nullptr);
    const claim::Expr& value = *definition_of(c, name).value;
    if (value.type.uses_case || value.type.uses_variable ||
        value.type.shape != claim::Shape::scalar)
      throw std::invalid_argument("'" + name + "' in claim " + c.id +
                                  " is no number: " + claim::to_text(value));
    result_.stated = e.scalar(value).rational();
  }

  Tightening run(const std::optional<Rational>& from, int steps) {
    const Rational start = from.value_or(result_.stated);
    if (refuted(start)) {
      result_.refuted_at = start;
      return std::move(result_);
    }
    if (over()) return std::move(result_);  // a search that was cut says nothing of its value
    result_.stands_at = start;
    find_refuted(start);
    for (int k = 0; k < steps && result_.refuted_at && !over(); ++k) {
      const Rational a = *result_.stands_at, b = *result_.refuted_at;
      const Rational low = std::min(a, b), third = (std::max(a, b) - low) / 3;
      const Rational next = simplest_between(low + third, low + 2 * third);
      if (refuted(next))
        result_.refuted_at = next;
      else if (!over())
        result_.stands_at = next;
    }
    return std::move(result_);
  }

 private:
  const claim::Claim& claim_;
  const Settings& settings_;
  const std::function<void(const Tightening&, const Rational&)>& begins_;
  Tightening result_;

  bool over() {
    result_.interrupted = settings_.interrupt != nullptr && *settings_.interrupt;
    return result_.interrupted;
  }

  /// The first value on either side that a configuration violates.
  void find_refuted(const Rational& start) {
    const Rational size = start == 0 ? Rational(1) : Rational(abs(start));
    for (const Rational& reach :
         {Rational(size / 2), Rational(size * Rational(15, 16)), Rational(size * 4)}) {
      for (const int side : {-1, 1}) {
        const Rational value = start + side * reach;
        if (over() || !refuted(value)) continue;
        result_.refuted_at = value;
        result_.direction = side;
        return;
      }
    }
  }

  bool refuted(const Rational& value) {
    if (begins_) begins_(result_, value);
    const claim::Claim changed = with_definition(claim_, result_.name, value);
    TightenStep step{value, Answer::unknown, ""};
    if (result_.extremal) {  // what violated a worse value often violates this one
      const Referee referee(changed, settings_.evaluation);
      const Case& last = result_.extremal->c;
      if (auto again = referee.violation(last, !Referee::convex(last));
          again && !referee.objection(*again)) {
        step.answer = Answer::refuted;
        step.how = "the last configuration";
        const Patience p;
        result_.extremal = explain(referee, {std::move(*again), {}, true}, step.how, p);
      }
    }
    if (step.answer != Answer::refuted) {
      Result r = search(changed, settings_);
      step.answer = r.answer;
      step.how = std::to_string(r.judged) + " configurations judged";
      if (r.counterexample) result_.extremal = std::move(r.counterexample);
    }
    result_.steps.push_back(step);
    return step.answer == Answer::refuted;
  }
};

}  // namespace

claim::Claim with_definition(const claim::Claim& c, const std::string& name,
                             const Rational& value) {
  definition_of(c, name);
  claim::Claim changed = claim::reparsed(c);
  for (auto& d : changed.definitions) {
    if (d.name != name) continue;
    auto number = std::make_unique<claim::Expr>();
    number->op = claim::Op::number;
    number->place = d.place;
    number->value = value;
    number->name = to_string(value);
    d.value = std::move(number);
  }
  claim::check_types(changed);
  return changed;
}

Tightening tighten(const claim::Claim& c, const std::string& name,
                   const std::optional<Rational>& from, int steps, const Settings& settings,
                   const std::function<void(const Tightening&, const Rational&)>& begins) {
  return Tightener(c, name, settings, begins).run(from, steps);
}

}  // namespace istcheck::search
