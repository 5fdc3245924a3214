#include "search/referee.hpp"

#include <algorithm>
#include <stdexcept>

#include "exact/linalg.hpp"
#include "input/case_file.hpp"
#include "search/uses.hpp"

namespace istcheck::search {

using claim::CaseVerdict;
using claim::Verdict;

/// Of terms, in deciding a configuration for all values of the variables: many are looked at.
constexpr long kProductsOfConfiguration = 10'000;

Referee::Referee(const claim::Claim& c, claim::EvaluationOptions options)
    : claim_(c),
      options_(std::move(options)),
      named_(names_cases(c)),
      decides_(std::count_if(c.variables.begin(), c.variables.end(), [](const claim::Variable& v) {
                 return claim::is_number(v.kind) && !v.ranged;
               }) <= 1) {
  options_.products = std::min(options_.products, kProductsOfConfiguration);
}

bool Referee::asks(const Case& c, bool any_signs) const {
  return named_ || admissible(c, any_signs);
}

bool Referee::convex(const RationalMatrix& L) {
  for (Index j = 0; j < L.rows(); ++j) {
    if (L(j, j) < 0) return false;
    for (Index k = 0; k < j; ++k) {
      if (L(j, k) * L(j, k) > L(j, j) * L(k, k)) return false;
    }
  }
  return L.rows() < 3 || is_psd(L);
}

namespace {

bool fits(const Case& c) {
  try {
    instantiate(c);
    return true;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

}  // namespace

bool Referee::convex(const Case& c) {
  if (c.rational())
    return std::all_of(c.workers.begin(), c.workers.end(),
                       [](const Worker& w) { return convex(w.L); });
  const auto workers = workers_of(c);
  return std::all_of(workers.begin(), workers.end(),
                     [](const SurdWorker& w) { return is_psd(w.L); });
}

bool Referee::admissible(const Case& c, bool any_signs) {
  if (!any_signs && !convex(c)) return false;
  if (!c.rational()) {
    const auto workers = workers_of(c);
    const bool good =
        step_of(c).sign() > 0 && std::all_of(workers.begin(), workers.end(),
                                             [](const SurdWorker& w) { return is_psd(w.noise); });
    return good && fits(c);
  }
  if (c.step <= 0) return false;
  const bool fine = std::all_of(c.workers.begin(), c.workers.end(), [](const Worker& w) {
    return w.noise.isZero() || is_psd(w.noise);
  });
  return fine && fits(c);
}

std::optional<CaseVerdict> Referee::judge(const Case& c, const claim::PointObserver& o,
                                          bool distance) const {
  ++judged_;
  claim::EvaluationOptions options = options_;
  options.every_value = !distance && decides_;
  options.margins = distance;
  try {
    if (claim::unfit(claim_, c, options_)) return std::nullopt;
    auto verdict = claim::judge(claim_, &c, options, o);
    if (verdict.verdict == Verdict::holds) supported_ = true;
    if (verdict.verdict != Verdict::ill_defined) return verdict;
    note(verdict.reason);
    return std::nullopt;
  } catch (const claim::ClaimError&) {
    return std::nullopt;
  } catch (const std::exception&) {  // no value here: singular, negative under a root, too large
    return std::nullopt;
  }
}

void Referee::note(const std::string& without_value) const {
  const std::lock_guard lock(mutex_);
  if (ill_defined_.empty()) ill_defined_ = without_value;
}

std::string Referee::ill_defined() const {
  const std::lock_guard lock(mutex_);
  return ill_defined_;
}

std::optional<Finding> Referee::violation(const Case& c, bool any_signs) const {
  if (!asks(c, any_signs)) return std::nullopt;
  Finding f;
  const auto verdict = judge(c, [&](claim::Evaluator& e, Verdict v) {
    if (v == Verdict::violated) f.variables = e.variables();
  });
  if (!verdict || verdict->verdict != Verdict::violated) return std::nullopt;
  f.c = c;
  f.verdict = *verdict;
  f.convex = !any_signs || convex(c);
  return f;
}

std::optional<double> Referee::distance(const Case& c) const {
  if (!asks(c)) return std::nullopt;
  const auto verdict = judge(c, {}, true);
  if (!verdict || !verdict->margin) return std::nullopt;
  try {
    const auto [low, high] = verdict->margin->enclose(60);
    return approximate((low + high) / 2);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

std::optional<std::string> Referee::objection(const Finding& f) const {
  const auto confirmed = [&](const Case& c, Route route) {
    claim::EvaluationOptions options = options_;
    options.route = route;
    const Referee again(claim_, options);
    return again.violation(c, !f.convex).has_value();
  };
  const Case c = with_values(f);
  if (!confirmed(c, Route::automatic)) return "the closed forms do not confirm it";
  if (!confirmed(c, Route::enumeration))
    return "the enumeration of all outcomes does not confirm it";
  try {
    const Case read = parse_case(write_case(c), "counterexample", CaseFormat::toml, Roots::taken);
    if (!confirmed(read, Route::automatic)) return "the written case does not violate the claim";
  } catch (const InputError& error) {
    return std::string("the case cannot be written as a file: ") + error.what();
  }
  return std::nullopt;
}

Case with_values(const Finding& f) {
  Case c = f.c;
  for (const auto& [name, value] : f.variables) {
    if (const auto* s = std::get_if<claim::Scalar>(&value)) {
      if (s->is_rational()) set_value(c, name, s->rational());
    } else if (const auto& m = std::get<SurdMatrix>(value); is_rational(m)) {
      const RationalMatrix r = to_rational(m);
      set_value(c, name, r.cols() == 1 ? CaseValue(RationalVector(r.col(0))) : CaseValue(r));
    }
  }
  return c;
}

}  // namespace istcheck::search
