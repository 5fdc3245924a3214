#include "report/case_figures.hpp"

#include <algorithm>
#include <cctype>

#include "claim/world.hpp"
#include "dynamics/analysis.hpp"
#include "dynamics/trajectory.hpp"
#include "report/text.hpp"

namespace istcheck {

using claim::Scalar;

namespace {

/// What a curve is of.
enum class Error { gap, minimizer, fixed_point };

struct Quantity {
  Error error;
  const char *id, *label, *title;
};
constexpr Quantity kQuantities[] = {
    {Error::gap, "gap", "E f(x^k) − f*", "Functional gap"},
    {Error::minimizer, "minimizer", "E‖x^k − x*‖²", "Distance to the minimizer"},
    {Error::fixed_point, "fixed-point", "E‖x^k − x^∞‖²", "Distance to the fixed point"}};

/// A run with its three errors in every round and in the limit; those it does not have are empty.
struct Run {
  std::string name;
  std::vector<std::optional<Scalar>> errors[3];
  std::optional<Scalar> limits[3];
};

/// ½ tr(L̄ M) − b̄ᵀm + ½ x*ᵀL̄x* and the two distances from the stationary moment (M m; mᵀ 1).
void add_limits(const Case& c, Run& run) {
  const auto last = c.last_step();
  if (!last) return;
  try {
    claim::World world(c, {});
    const auto moment = world.stationary_moment(Surd(*last));
    if (!moment) return;
    const Index d = c.d();
    const SurdMatrix M = moment->topLeftCorner(d, d), m = moment->topRightCorner(d, 1);
    const auto distance = [&](const SurdMatrix& x) {
      return Scalar(Surd(M.trace() - Surd(2) * (x.transpose() * m).value() + x.squaredNorm()));
    };
    run.limits[2] = distance(m);
    const auto x = claim::solve_exactly(world.mean_L(), world.mean_b());
    if (!x || !claim::definiteness(world.mean_L()).definite) return;
    run.limits[1] = distance(*x);
    const Surd half = Surd(Rational(1, 2));
    run.limits[0] =
        Scalar(Surd(half * (world.mean_L() * M).trace() - (world.mean_b().transpose() * m).value() +
                    half * (x->transpose() * world.mean_L() * *x).value()));
  } catch (const claim::Unsupported&) {
    // Too large for the exact solve: a curve without its limit.
  }
}

Run make_run(const std::string& name, const Case& c, size_t rounds) {
  Run run;
  run.name = name;
  with_scalars(c, [&](auto zero) {
    using S = decltype(zero);
    for (const auto& p : trajectory<S>(c, rounds)) {
      run.errors[0].push_back(optional_scalar(p.gap));
      run.errors[1].push_back(optional_scalar(p.distance_to_minimizer));
      run.errors[2].push_back(optional_scalar(p.distance_to_fixed));
    }
  });
  add_limits(c, run);
  return run;
}

std::optional<Series> curve(const Run& run, Error which) {
  Series s;
  s.name = run.name;
  const auto& values = run.errors[static_cast<size_t>(which)];
  for (size_t k = 0; k < values.size(); ++k) {
    if (!values[k]) return std::nullopt;
    s.points.emplace_back(Scalar(static_cast<int>(k)), *values[k]);
  }
  return s;
}

std::optional<Series> level(const Run& run, Error which, const std::string& name) {
  const auto& limit = run.limits[static_cast<size_t>(which)];
  if (!limit) return std::nullopt;
  Series s;
  s.name = name;
  s.style = Series::Style::level;
  const int last = static_cast<int>(run.errors[0].size()) - 1;
  for (const int k : {0, last}) s.points.emplace_back(Scalar(k), *limit);
  return s;
}

void add(Figure& f, std::optional<Series> s) {
  if (s) f.series.push_back(std::move(*s));
}

/// The runs that the case is compared with.
std::vector<std::pair<std::string, Case>> comparisons(const Case& c) {
  std::vector<std::pair<std::string, Case>> out;
  const auto with = [&](MethodKind kind, const char* name) {
    if (c.method.kind == kind) return;
    Case other = c;
    other.method = {kind, 1};
    out.emplace_back(name, std::move(other));
  };
  with(MethodKind::gradient, "gradient descent");
  with(MethodKind::compressed_gradient, "compressed gradient descent");
  Case steps = c;
  if (c.schedule) {
    steps.schedule.reset();
    out.emplace_back("constant steps γ", std::move(steps));
  } else {
    steps.schedule = HarmonicSchedule{Rational(1, 4)};
    out.emplace_back("decreasing steps γ/(1 + k/4)", std::move(steps));
  }
  return out;
}

bool zero(const RationalMatrix& m) { return m == RationalMatrix::Zero(m.rows(), m.cols()); }

/// r^k (f(x⁰) − f*) for k = 0, 1, ….
Series geometric(const std::string& name, const Algebraic& r, const Run& run) {
  Series s;
  s.name = name;
  s.style = Series::Style::dashed;
  const Scalar factor(r);
  Scalar bound = *run.errors[0].front();
  for (size_t k = 0; k < run.errors[0].size(); ++k, bound = bound * factor)
    s.points.emplace_back(Scalar(static_cast<int>(k)), bound);
  return s;
}

/// Half of ‖x^k − x*‖²_L̄ is the functional gap, so (16) is (1 − γ λ)^k (f(x⁰) − f*) here. It needs
/// b_i = 0, no noise, a θ of (14) and γ ≤ 1/θ. Without θ the same holds with the least r of
/// E[AᵀL̄A] ⪯ r L̄ in the place of 1 − γ λ, and no smaller factor bounds every single round.
template <class S>
std::vector<Series> rate_bounds(const Case& c, const Run& run) {
  const bool interpolation = std::all_of(c.workers.begin(), c.workers.end(), [](const Worker& w) {
    return zero(w.b) && zero(w.noise);
  });
  if (!interpolation || c.schedule) return {};
  AnalysisOptions options;
  options.fields = {"theta_min", "factor"};
  const auto a = analyse<S>(c, options);
  std::vector<Series> out;
  const bool admissible = c.method.kind == MethodKind::sketched_gradient && a.theta_min &&
                          a.theta_min->affine(c.step, 0) <= Algebraic(Rational(1));
  if (admissible && a.factor_theorem1)
    out.push_back(geometric("bound of Theorem 1", *a.factor_theorem1, run));
  if (a.factor_one_step_lbar)
    out.push_back(geometric("sharp bound of one round", *a.factor_one_step_lbar, run));
  return out;
}

Figure figure_of(const Quantity& q, const std::string& id, const std::string& title) {
  Figure f;
  f.id = id + "-" + q.id;
  f.title = title + ": " + q.title;
  f.x_label = "round k";
  f.y_label = q.label;
  f.relative = true;
  return f;
}

}  // namespace

bool spans_decades(const Figure& f) {
  std::optional<Scalar> least, most;
  for (const auto& s : f.series) {
    for (const auto& [x, y] : s.points) {
      if (y.sign() <= 0) continue;
      if (!least || compare(y, *least) < 0) least = y;
      if (!most || compare(y, *most) > 0) most = y;
    }
  }
  return least && compare(*most, Scalar(30) * *least) > 0;
}

std::string figure_id(const std::string& name) {
  std::string id;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0) {
      id += static_cast<char>(std::tolower(byte));
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  return id;
}

std::vector<Figure> case_figures(const Case& c, size_t rounds) {
  std::vector<Figure> figures;
  std::vector<Run> runs;
  try {
    runs.push_back(make_run("this case", c, rounds));
    for (const auto& [name, other] : comparisons(c)) runs.push_back(make_run(name, other, rounds));
  } catch (const TooManyOutcomes&) {
    return figures;
  }
  for (const Quantity& q : kQuantities) {
    Figure f = figure_of(q, "case-" + figure_id(c.name), c.name);
    add(f, curve(runs.front(), q.error));
    if (f.series.empty()) continue;
    add(f, level(runs.front(), q.error, "limit of this case"));
    for (size_t k = 1; k < runs.size(); ++k) {
      // Every method has a fixed point of its own; that of gradient descent is x*.
      const bool same_point = runs[k].name.find("steps") != std::string::npos;
      if (q.error != Error::fixed_point || same_point) add(f, curve(runs[k], q.error));
    }
    if (q.error == Error::gap) {
      for (auto& s :
           with_scalars(c, [&](auto zero) { return rate_bounds<decltype(zero)>(c, runs.front()); }))
        f.series.push_back(std::move(s));
    }
    f.y_log = spans_decades(f);
    figures.push_back(std::move(f));
  }
  return figures;
}

std::vector<Figure> family_curves(const std::string& id, const std::string& title,
                                  const std::vector<std::pair<std::string, Case>>& members,
                                  size_t rounds) {
  std::vector<Run> runs;
  for (const auto& [name, c] : members) runs.push_back(make_run(name, c, rounds));
  std::vector<Figure> figures;
  for (const Quantity& q : kQuantities) {
    Figure f = figure_of(q, id, title);
    for (const Run& run : runs) {
      add(f, curve(run, q.error));
      add(f, level(run, q.error, "limit, " + run.name));
    }
    if (f.series.empty()) continue;
    f.y_log = spans_decades(f);
    figures.push_back(std::move(f));
  }
  return figures;
}

}  // namespace istcheck
