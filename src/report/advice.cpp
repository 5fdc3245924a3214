#include "report/advice.hpp"

#include <algorithm>

#include "dynamics/analysis.hpp"
#include "dynamics/step_range.hpp"
#include "report/case_figures.hpp"
#include "report/text.hpp"
#include "report/verify_report.hpp"

namespace istcheck {

using claim::Scalar;

namespace {

std::string short_text(const std::optional<Scalar>& x) {
  if (!x) return "none";
  const std::string exact = claim::to_string(*x);
  return exact.size() <= 16 ? exact : claim::marked_decimal(*x, 6, "about ");
}

/// The values that advice is made of, at the case's own step size.
struct Summary {
  std::optional<bool> stable;
  std::optional<Scalar> bias, variance, floor, factor;
};

template <class S>
Summary summary_of(const Case& c) {
  AnalysisOptions options;
  options.fields = {"minimizer",          "fixed_point", "bias_sq",
                    "stable_mean_square", "factor",      "stationary_error"};
  options.max_operator = 28;
  const auto a = analyse<S>(c, options);
  return {a.stable_mean_square, optional_scalar(a.bias_euclid),
          optional_scalar(a.stationary_fixed_point), optional_scalar(a.stationary_minimizer),
          optional_scalar(a.factor_mean_square)};
}

/// Other sketches that fit the problem, at the same sparsity where they have one.
std::vector<std::pair<std::string, SketchSpec>> other_sketches(const Case& c) {
  const int n = static_cast<int>(c.n()), d = static_cast<int>(c.d());
  const int q = std::max(1, d / n);
  std::vector<std::pair<std::string, SketchSpec>> out = {
      {"no sketch (every worker has all coordinates)", IdentitySketch{}},
      {"rand, q = " + std::to_string(q) + ", independent", RandSketch{q, false}},
      {"rand, q = " + std::to_string(q) + ", shared", RandSketch{q, true}}};
  if (n * q == d)
    out.insert(out.begin() + 1, {"perm, q = " + std::to_string(q), PermSketch{q, false}});
  const bool positive = std::all_of(c.workers.begin(), c.workers.end(), [](const Worker& w) {
    const RationalVector diagonal = w.L.diagonal();
    return std::all_of(diagonal.begin(), diagonal.end(), [](const Rational& x) { return x > 0; });
  });
  if (n == d && positive)
    out.emplace_back("preconditioned perm, (23) with the diagonals", ScaledPermSketch{});
  return out;
}

Finding alternative(const std::string& name, const Case& c) {
  Finding f;
  f.name = "Instead: " + name;
  try {
    const Summary s = with_scalars(c, [&](auto zero) { return summary_of<decltype(zero)>(c); });
    if (!s.stable.value_or(false)) {
      f.text = s.stable ? "not stable at this step size" : "stability is undecided";
      f.text += s.bias ? "; squared bias " + short_text(s.bias) : "";
      return f;
    }
    f.text = "error floor; factor " + short_text(s.factor) + ", squared bias " +
             short_text(s.bias) + ", variance " + short_text(s.variance);
    f.value = s.floor;
  } catch (const TooManyOutcomes& error) {
    f.text = error.what();
  } catch (const std::invalid_argument& error) {
    f.text = std::string("does not fit: ") + error.what();
  }
  return f;
}

std::vector<Finding> alternatives(const Case& c) {
  std::vector<Finding> out;
  for (const auto& [name, sketch] : other_sketches(c)) {
    Case other = c;
    other.sketch = sketch;
    if (kind_of(sketch) != kind_of(c.sketch)) out.push_back(alternative(name, other));
  }
  if (c.method.kind != MethodKind::compressed_gradient) {
    Case other = c;
    other.method = {MethodKind::compressed_gradient, 1};
    out.push_back(alternative("compressed gradients at the full iterate", other));
  }
  return out;
}

void add_range(std::vector<Finding>& out, const StepRange& range) {
  using Kind = StepRange::Kind;
  Finding f;
  f.name = "Stable step sizes";
  f.text = range.kind == Kind::interval
               ? "stable in mean square for every smaller γ > 0 and for no other"
           : range.kind == Kind::all  ? "every γ > 0"
           : range.kind == Kind::none ? "none: E B has an eigenvalue without positive real part"
                                      : "not computed: " + range.reason;
  if (range.end) f.value = Scalar(*range.end);
  out.push_back(std::move(f));
}

void add_best(std::vector<Finding>& out, const Case& c, const StepRange& range) {
  const bool rational =
      with_scalars(c, [](auto zero) { return std::is_same_v<decltype(zero), Rational>; });
  if (const auto exact = rational ? exact_best_step(c, range) : std::nullopt) {
    out.push_back(
        {"Fastest step size",
         "exactly; mean-square factor " + claim::marked_decimal(Scalar(exact->factor), 6, "about "),
         Scalar(exact->step)});
    return;
  }
  const auto best = with_scalars(c, [&](auto zero) { return best_step<decltype(zero)>(c, range); });
  if (!best) return;
  out.push_back({"Fastest step size",
                 "the best of a grid of " + std::to_string(best->compared) +
                     " step sizes, compared exactly; mean-square factor " +
                     short_text(Scalar(best->factor)),
                 Scalar(best->step)});
}

void add_errors(std::vector<Finding>& out, const Case& c, const Summary& s, bool fixed_bias) {
  out.push_back({"Factor at this step size", "mean square, a round", s.factor});
  if (!s.bias) return;
  out.push_back({fixed_bias ? "Bias, which no step size removes" : "Bias at this step size",
                 "‖x^∞ − x*‖²", s.bias});
  if (!s.floor) return;
  out.push_back(
      {"Variance, which smaller or decreasing steps remove", "lim E‖x^k − x^∞‖²", s.variance});
  out.push_back({"Error floor", "lim E‖x^k − x*‖², bias and variance together", s.floor});
  for (const int divisor : {2, 8}) {
    Case smaller = c;
    smaller.step = c.step / divisor;
    const Summary less =
        with_scalars(smaller, [&](auto zero) { return summary_of<decltype(zero)>(smaller); });
    out.push_back({"Error floor at γ/" + std::to_string(divisor),
                   "with factor " + short_text(less.factor), less.floor});
  }
}

/// Steps that tend to zero (docs/semantics.md 8.4): the bias where no step changes it, and which
/// constant steps are stable.
std::vector<Finding> advice_without_last_step(const Case& c) {
  std::vector<Finding> out = {
      {"Steps", "they tend to zero: stability, factor, variance and error floor are undecided",
       std::nullopt}};
  Case constant = c;
  constant.schedule.reset();
  try {
    with_scalars(c, [&](auto zero) {
      using S = decltype(zero);
      const Summary s = summary_of<S>(c);
      if (s.bias) out.push_back({"Bias, which no step size removes", "‖x^∞ − x*‖²", s.bias});
      add_range(out, step_range<S>(constant));
      out.back().text += (out.back().text.empty() ? "" : "; ") + std::string("of constant steps");
    });
  } catch (const TooManyOutcomes& error) {
    out.push_back({"Not computed", error.what(), std::nullopt});
  }
  return out;
}

}  // namespace

std::vector<Finding> advice(const Case& c) {
  std::vector<Finding> out;
  const auto last = c.last_step();
  if (!last) return advice_without_last_step(c);
  Case constant = c;
  constant.schedule.reset();
  constant.step = *last;
  if (c.schedule)
    out.push_back({"Steps", "what follows is about the last step of the schedule, which is kept",
                   Scalar(*last)});
  try {
    const auto [summary, range] = with_scalars(constant, [&](auto zero) {
      using S = decltype(zero);
      return std::pair(summary_of<S>(constant), step_range<S>(constant));
    });
    out.push_back({"Stable at γ = " + to_string(constant.step),
                   !summary.stable   ? "undecided"
                   : *summary.stable ? "yes, in mean square"
                                     : "no: E‖x^k‖² does not stay bounded from every start",
                   std::nullopt});
    add_range(out, range);
    add_best(out, constant, range);
    add_errors(out, constant, summary, range.kind != StepRange::Kind::unknown);
  } catch (const TooManyOutcomes& error) {
    out.push_back({"Not computed", error.what(), std::nullopt});
    return out;
  }
  for (auto& f : alternatives(constant)) out.push_back(std::move(f));
  return out;
}

std::string advice_text(const std::vector<Finding>& findings) {
  constexpr size_t kReadable = 40;
  const auto value = [](const std::optional<Scalar>& x) {
    const bool readable = x && claim::to_string(*x).size() <= kReadable;
    return !x || readable ? shown(x) : claim::marked_decimal(*x, 12, "about ");
  };
  std::string out;
  for (const auto& f : findings) {
    out += f.name + ": " + value(f.value) + (f.value && !f.text.empty() ? ", " : "") + f.text;
    out += "\n";
  }
  return out + "Decimals are rounded to nearest, ties to even; --json has everything exactly.\n";
}

std::vector<Figure> floor_figure(const Case& c) {
  constexpr Index kLargest = 10;
  if (c.d() * (c.d() + 1) / 2 > kLargest || c.schedule) return {};
  Figure f;
  f.id = "case-" + figure_id(c.name) + "-floor";
  f.title = c.name + ": error floor against the step size";
  f.caption = "Decreasing steps come down to the bias and no further.";
  f.x_label = "γ";
  f.y_label = "lim E‖x^k − x*‖²";
  Series floor{"error floor", Series::Style::line, {}},
      bias{"squared bias", Series::Style::level, {}};
  try {
    with_scalars(c, [&](auto zero) {
      using S = decltype(zero);
      const StepRange range = step_range<S>(c);
      if (!range.end) return;
      const Rational end = range.end->enclose(32).first;
      for (int k = 1; k <= 15; ++k) {
        Case other = c;
        // Whole numbers of sixteenths of a short number just below the end.
        other.step =
            Rational(numerator(Rational(end * 1024)) / denominator(Rational(end * 1024)), 1024) *
            k / 16;
        if (other.step <= 0) return;
        const Summary s = summary_of<S>(other);
        if (s.floor) floor.points.emplace_back(Scalar(other.step), *s.floor);
        if (s.bias) bias.points.emplace_back(Scalar(other.step), *s.bias);
      }
    });
  } catch (const TooManyOutcomes&) {
    return {};
  }
  const bool nothing = std::all_of(floor.points.begin(), floor.points.end(),
                                   [](const auto& p) { return p.second.sign() == 0; });
  if (nothing) return {};
  f.series = {std::move(floor), std::move(bias)};
  f.y_log = spans_decades(f);
  return {std::move(f)};
}

std::vector<Finding> analysis_findings(const Case& c) {
  AnalysisOptions options;
  options.max_operator = 28;
  std::vector<Finding> out;
  const auto yes_or_no = [](const std::optional<bool>& x) {
    return std::string(!x ? "undecided" : *x ? "yes" : "no");
  };
  try {
    with_scalars(c, [&](auto zero) {
      const auto a = analyse<decltype(zero)>(c, options);
      out.push_back({"Outcomes of the sketch", a.outcomes.str(), std::nullopt});
      out.push_back({"W̄ ⪰ 0", a.W_decision->psd() ? "yes" : "no", std::nullopt});
      out.push_back({"Least θ of (14)", a.theta_min ? "" : "none", optional_scalar(a.theta_min)});
      out.push_back({"Stable in mean square", yes_or_no(a.stable_mean_square), std::nullopt});
      out.push_back({"Factor of the mean", "", optional_scalar(a.factor_mean)});
      out.push_back({"Factor in mean square", "", optional_scalar(a.factor_mean_square)});
      out.push_back(
          {"One-step factor in the norm of L̄", "", optional_scalar(a.factor_one_step_lbar)});
      out.push_back({"Factor of Theorem 1 at γ", "", optional_scalar(a.factor_theorem1)});
      out.push_back({"Squared bias", "", optional_scalar(a.bias_euclid)});
      out.push_back({"Variance at x^∞", "", optional_scalar(a.variance)});
      for (const auto& note : a.notes) out.push_back({"Note", note, std::nullopt});
    });
  } catch (const TooManyOutcomes& error) {
    out.push_back({"Not computed", error.what(), std::nullopt});
  }
  out.erase(std::remove_if(out.begin(), out.end(),
                           [](const Finding& f) { return f.text.empty() && !f.value; }),
            out.end());
  return out;
}

}  // namespace istcheck
