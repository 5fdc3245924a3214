#include "claim/perturb.hpp"

#include "claim/check.hpp"
#include "claim/parser.hpp"
#include "claim/printer.hpp"

namespace istcheck::claim {
namespace {

void collect(Expr& e, std::vector<Expr*>& numbers) {
  if (e.op == Op::number) numbers.push_back(&e);
  for (auto& arg : e.args) collect(*arg, numbers);
  for (auto& b : e.binders) {
    if (b.low) collect(*b.low, numbers);
    if (b.high) collect(*b.high, numbers);
  }
}

std::vector<Expr*> constants_of(Claim& c) {
  std::vector<Expr*> numbers;
  for (auto& d : c.definitions) collect(*d.value, numbers);
  for (auto& s : c.hypotheses) collect(*s.value, numbers);
  for (auto& s : c.conclusions) collect(*s.value, numbers);
  return numbers;
}

/// The claim with its k-th constant replaced by an expression for `value`.
Claim changed_claim(const Claim& claim, size_t k, const Rational& value) {
  Claim copy = reparsed(claim);
  Expr& number = *constants_of(copy)[k];
  auto whole = [&](const Integer& x) {
    auto e = std::make_unique<Expr>();
    e->op = Op::number;
    e->value = Rational(x);
    e->name = x.str();
    e->place = number.place;
    return e;
  };
  if (denominator(value) == 1) {
    number.value = value;
    number.name = numerator(value).str();
  } else {
    number.op = Op::div;
    number.name.clear();
    number.args.push_back(whole(numerator(value)));
    number.args.push_back(whole(denominator(value)));
  }
  Claim result = reparsed(copy);
  check_types(result);
  return result;
}

std::vector<CaseVerdict> judged(const Claim& c, const std::vector<const Case*>& cases,
                                const EvaluationOptions& options) {
  std::vector<CaseVerdict> verdicts;
  for (const Case* one : cases) verdicts.push_back(judge(c, one, options));
  return verdicts;
}

std::string text_of(const std::optional<Scalar>& s) { return s ? to_string(*s) : ""; }

/// The first case on which two runs differ, or "".
std::string first_difference(const std::vector<CaseVerdict>& a, const std::vector<CaseVerdict>& b) {
  for (size_t k = 0; k < a.size(); ++k) {
    const bool differs = a[k].verdict != b[k].verdict ||
                         text_of(a[k].margin) != text_of(b[k].margin) ||
                         text_of(a[k].ratio) != text_of(b[k].ratio);
    if (differs) {
      return a[k].case_name + " (" + to_string(a[k].verdict) + " -> " + to_string(b[k].verdict) +
             ")";
    }
  }
  return "";
}

/// Judges the claim with one changed constant and notes in p whether that was noticed.
void try_change(const Claim& claim, size_t k, const Rational& other,
                const std::vector<const Case*>& cases, const EvaluationOptions& options,
                const std::vector<CaseVerdict>& before, Perturbation& p) {
  std::string caught_by;
  bool red = false;
  try {
    const Claim changed = changed_claim(claim, k, other);
    ClaimVerdict after;
    after.claim = &changed;
    after.cases = judged(changed, cases, options);
    // 8/7 as an index or an exponent means nothing.
    if (after.has(Verdict::ill_defined) && denominator(other) != 1) return;
    red = after.outcome() != ClaimVerdict::Outcome::expected;
    caught_by = first_difference(before, after.cases);
  } catch (const ClaimError&) {
    if (denominator(other) != 1) return;
    red = true;
    caught_by = "an error message";
  }
  const std::string text = istcheck::to_string(other);
  if (caught_by.empty()) {
    if (!p.caught) p.changed += (p.changed.empty() ? "" : ", ") + text;
    return;
  }
  if (p.caught && !red) return;
  p.caught = true;
  p.red = red;
  p.changed = text;
  p.caught_by = caught_by;
}

}  // namespace

std::vector<Perturbation> perturb(const Claim& claim, const std::vector<const Case*>& cases,
                                  const EvaluationOptions& o) {
  // At the values listed first: for all values it takes long, and is asked of what those miss.
  EvaluationOptions listed = o, all = o;
  listed.every_value = false;
  const auto at_listed = judged(claim, cases, listed);
  std::optional<std::vector<CaseVerdict>> at_all;
  Claim copy = reparsed(claim);
  std::vector<Perturbation> results;
  const auto numbers = constants_of(copy);
  for (size_t k = 0; k < numbers.size(); ++k) {
    const Rational value = numbers[k]->value;
    Perturbation p{numbers[k]->name, numbers[k]->place, "", false, false, "", ""};
    const bool zero = value == 0;
    const std::vector<Rational> others{zero ? Rational(1, 7) : value * Rational(8, 7),
                                       zero ? Rational(-1, 7) : value * Rational(6, 7),
                                       Rational(value + 1), Rational(value - 1)};
    for (const Rational& other : others)
      if (!p.red) try_change(claim, k, other, cases, listed, at_listed, p);
    if (!p.caught) {
      if (!at_all) at_all = judged(claim, cases, all);
      p.changed = "";
      for (const Rational& other : others)
        if (!p.red) try_change(claim, k, other, cases, all, *at_all, p);
    }
    if (!p.caught) p.reason = "no verdict, margin or ratio depends on it";
    results.push_back(std::move(p));
  }
  return results;
}

}  // namespace istcheck::claim
