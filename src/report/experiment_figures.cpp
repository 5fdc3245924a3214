#include "report/experiment_figures.hpp"

#include "dynamics/analysis.hpp"
#include "dynamics/step_range.hpp"
#include "report/case_figures.hpp"

namespace istcheck {

using claim::Scalar;

namespace {

template <class T>
void add_point(Series& s, const Scalar& x, const std::optional<T>& y) {
  if (y) s.points.emplace_back(x, Scalar(*y));
}

/// A parameter as it is printed.
std::string symbol(const std::string& parameter) {
  return parameter == to_text(claim::Constant::gamma) ? "γ" : parameter;
}

std::vector<Figure> bias_figures(const Family& family, const std::string& id) {
  Figure absolute, relative;
  absolute.id = id + "-bias";
  absolute.title = family.name + ": squared bias";
  absolute.y_label = "‖x^∞ − x*‖²";
  relative.id = id + "-relative-bias";
  relative.title = family.name + ": relative squared bias";
  relative.y_label = "‖x^∞ − x*‖² / ‖x*‖²";
  AnalysisOptions options;
  options.fields = {"minimizer", "fixed_point", "bias", "bias_sq"};
  Series bias, share;
  bias.name = "squared bias";
  share.name = "relative squared bias";
  bias.style = share.style = Series::Style::points;
  for (const auto& member : family.members) {
    const Scalar x(*parse_rational(member.value));
    with_scalars(member.c, [&](auto zero) {
      using S = decltype(zero);
      const auto a = analyse<S>(member.c, options);
      add_point(bias, x, a.bias_euclid);
      if (!a.bias_euclid || a.minimizer->squaredNorm() == 0) return;
      share.points.emplace_back(x, Scalar(S(*a.bias_euclid / a.minimizer->squaredNorm())));
    });
  }
  absolute.x_label = relative.x_label =
      symbol(family.parameter) + " = number of workers = dimension";
  absolute.series.push_back(std::move(bias));
  relative.series.push_back(std::move(share));
  return {std::move(absolute), std::move(relative)};
}

/// Factors of one member, added to the series in the order of factor_figure.
template <class S>
void add_factors(const Case& c, const Scalar& x, std::vector<Series>& series) {
  AnalysisOptions options;
  options.fields = {"factor", "theta_min"};
  const auto a = analyse<S>(c, options);
  add_point(series[0], x, a.factor_mean_square);
  add_point(series[1], x, a.factor_one_step_lbar);
  const bool admissible = a.theta_min && a.theta_min->affine(c.step, 0) <= Algebraic(Rational(1));
  if (admissible) add_point(series[2], x, a.factor_theorem1);
}

/// A line at the best step size where that is known exactly, else the best point of a grid; nothing
/// when the range of stable step sizes is unknown or has no end.
Series best_step_series(const Case& c) {
  Series s;
  s.name = "best step size in mean square";
  s.style = Series::Style::dashed;
  with_scalars(c, [&](auto zero) {
    using S = decltype(zero);
    const StepRange range = step_range<S>(c);
    if constexpr (std::is_same_v<S, Rational>) {
      if (const auto exact = exact_best_step(c, range)) {
        for (const int y : {0, 1}) s.points.emplace_back(Scalar(exact->step), Scalar(y));
        return;
      }
    }
    s.style = Series::Style::points;
    const auto best = best_step<S>(c, range);
    if (!best) return;
    s.name = "best of a grid of " + std::to_string(best->compared) + " step sizes in mean square";
    s.points.emplace_back(Scalar(best->step), Scalar(best->factor));
  });
  return s;
}

Figure factor_figure(const Family& family, const std::string& id) {
  Figure f;
  f.id = id + "-factors";
  f.title = family.name + ": contraction factors";
  f.caption = "The bound of Theorem 1 ends where its hypothesis γ ≤ 1/θ does.";
  f.x_label = symbol(family.parameter);
  f.y_label = "factor";
  f.series.resize(3);
  f.series[0].name = "mean square, ρ(S ↦ E[ASAᵀ])";
  f.series[1].name = "one step, in the norm of L̄";
  f.series[2].name = "bound of Theorem 1";
  f.series[2].style = Series::Style::dashed;
  for (const auto& member : family.members) {
    const Scalar x(*parse_rational(member.value));
    with_scalars(member.c, [&](auto s) { add_factors<decltype(s)>(member.c, x, f.series); });
  }
  const Case& first = family.members.front().c;
  const bool step_is_parameter =
      family.members.size() > 1 && family.members[1].c.step != first.step;
  if (!step_is_parameter) return f;
  Series best = best_step_series(first);
  if (best.points.empty()) return f;
  const bool exact = best.style == Series::Style::dashed;
  if (exact) f.caption += " The upright line is at the exactly best step size.";
  f.series.push_back(std::move(best));
  return f;
}

/// Two workers with L = [[a, c], [c, 1]], Perm-1.
Case remark1_case(const Rational& a, const Rational& c) {
  Worker w;
  w.L = RationalMatrix(2, 2);
  w.L << a, c, c, Rational(1);
  w.b = RationalVector::Zero(2);
  w.noise = RationalMatrix::Zero(2, 2);
  Case one;
  one.step = 1;
  one.sketch = PermSketch{1, false};
  one.workers = {w, w};
  return one;
}

}  // namespace

std::vector<Figure> family_figures(const Family& family, const std::string& id, size_t rounds) {
  if (family.parameter == to_text(claim::Constant::n)) return bias_figures(family, id);
  if (family.members.size() > 8) return {factor_figure(family, id)};
  std::vector<std::pair<std::string, Case>> members;
  for (const auto& m : family.members)
    members.emplace_back(symbol(family.parameter) + " = " + m.value, m.c);
  return family_curves(id, family.name, members, rounds);
}

Figure remark1_region() {
  Figure f;
  f.id = "remark1-region";
  f.title = "Remark 1: where W̄ ⪰ 0 fails for L = [[a, c], [c, 1]]";
  f.caption = "Perm-1 on two equal workers; b = 1 without loss, because scaling L scales W̄.";
  f.x_label = "a";
  f.y_label = "c";
  f.cells = true;
  f.series.resize(4);
  f.series[0].name = "L ≻ 0 and W̄ ⪰ 0";
  f.series[1].name = "L ≻ 0 and W̄ indefinite";
  f.series[2].name = "c = 2ab/(a + b), Remark 1";
  f.series[3].name = "c = √(ab), where L ≻ 0 ends";
  f.series[0].style = f.series[1].style = Series::Style::points;
  f.series[3].style = Series::Style::dashed;
  AnalysisOptions options;
  options.fields = {"W_psd"};
  for (int i = 1; i <= 32; ++i) {
    const Rational a(i, 2);
    for (int j = 0; j <= 32; ++j) {
      const Rational c(j, 8);
      if (a <= c * c) continue;
      const bool psd = analyse<Rational>(remark1_case(a, c), options).W_decision->psd();
      f.series[psd ? 0 : 1].points.emplace_back(Scalar(a), Scalar(c));
    }
    f.series[2].points.emplace_back(Scalar(a), Scalar(Rational(2 * a / (a + 1))));
    f.series[3].points.emplace_back(Scalar(a), Scalar(Surd::sqrt_of(a)));
  }
  return f;
}

}  // namespace istcheck
