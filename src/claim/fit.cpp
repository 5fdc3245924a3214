#include "claim/fit.hpp"

#include <algorithm>

#include "claim/printer.hpp"

namespace istcheck::claim {
namespace {

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

}  // namespace

Fit fit(const Claim& claim, const Case& c, const EvaluationOptions& options) {
  std::optional<World> world;
  Fit result;
  const auto no = [](const std::string& reason) { return Fit{Fit::Is::no, reason}; };
  if (const auto& text = c.method.text) {
    if (!claim.method)
      return no("its method '" + text->name + "' stands as text, and the claim does not name it");
    if (text->name != claim.method->name) return no("its method is " + text->name);
    world.emplace(c, options);
    if (to_text(*world->text()) != to_text(*claim.method))
      return no("its method '" + text->name + "' in '" + text->file +
                "' is another than that of the claim's file");
    if (!has_flag(c, "noiseless") && !draws_noise(*claim.method))
      return no("its gradients are noisy, and the method '" + text->name + "' draws no noise");
  }
  for (const auto& s : claim.settings) {
    if (!s.choices.empty()) {
      const std::string own = s.key == "sketch"   ? kind_of(c.sketch)
                              : s.key == "method" ? name_of(c.method)
                              : s.key == "case"   ? c.name
                                                  : reading_of(c.sketch);
      if (std::find(s.choices.begin(), s.choices.end(), own) == s.choices.end())
        return no("its " + (s.key == "case" ? "name" : s.key) + " is " + own);
    } else if (!s.key.empty()) {
      if (!has_flag(c, s.key)) return no("it is not " + s.key);
    } else {
      if (!world) world.emplace(c, options);
      Evaluator evaluator(claim, &*world, options);
      try {
        const Truth t = evaluator.truth(*s.condition);
        if (t.no()) return no("not " + to_text(*s.condition));
        if (t.undecided() && result.is == Fit::Is::yes)
          result = {Fit::Is::unknown, "the setting " + to_text(*s.condition) + ": " + t.reason};
      } catch (const Undefined& u) {
        return no(u.what());
      }
    }
  }
  return result;
}

std::optional<std::string> unfit(const Claim& claim, const Case& c,
                                 const EvaluationOptions& options) {
  const Fit f = fit(claim, c, options);
  return f.is == Fit::Is::yes ? std::nullopt : std::optional(f.reason);
}

}  // namespace istcheck::claim
