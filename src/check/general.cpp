#include "check/general.hpp"

#include <algorithm>

namespace istcheck::check {
namespace {

using claim::Claim;

/// One way through the claim, on unknown data of its own.
class ShapeWay {
 public:
  ShapeWay(const Claim& claim, const Case* shape, Ways& ways, Steps& steps,
           const cert::Limits& limits)
      : claim_(claim), shape_(shape), steps_(steps), limits_(limits), facts_(ways, steps, limits) {}

  void run(General& result) {
    if (shape_ != nullptr)
      world_ = std::make_unique<World>(*shape_, data(result), facts_, limits_.outcomes);
    Evaluator evaluator(claim_, world_.get(), facts_, limits_);
    if (evaluator.in_setting())
      go(claim_, evaluator, facts_, world_ ? world_->d() : 0, steps_, Aim::holds, result.ends);
    if (!world_) return;
    const auto add = [](bool& all, bool here) { all = all || here; };
    add(result.used.sketch, world_->used().sketch);
    add(result.used.method, world_->used().method);
    add(result.used.steps, world_->used().steps);
  }

 private:
  const Claim& claim_;
  const Case* shape_;
  Steps& steps_;
  const cert::Limits& limits_;
  AssumedFacts facts_;
  std::unique_ptr<World> world_;

  bool says(const std::string& flag) const {
    return std::any_of(claim_.settings.begin(), claim_.settings.end(),
                       [&](const auto& s) { return s.key == flag; });
  }

  /// Unknown data; a setting such as "homogeneous" lets workers share them.
  Data data(const General& about) {
    const auto n = size_t(shape_->n()), d = size_t(shape_->d());
    Data data;
    for (size_t i = 0; i < n; ++i) {
      const std::string worker = "[" + std::to_string(i + 1) + "]";
      const bool again = i > 0 && says("homogeneous");
      data.L.push_back(again ? data.L[0] : facts_.unknown_symmetric("L" + worker, d));
      if (about.convex) facts_.assume_form(data.L.back(), false);
      data.b.push_back(says("interpolation") ? Mat(d, 1)
                       : again               ? data.b[0]
                                             : facts_.unknown_matrix("b" + worker, d, 1));
      data.noise.push_back(says("noiseless") ? Mat(d, d)
                                             : facts_.unknown_symmetric("noise" + worker, d));
    }
    data.start = facts_.unknown_matrix("start", d, 1);
    data.step = facts_.unknown("step");
    data.parameters = parameters_of(*shape_);
    if (about.given) return data;
    if (std::holds_alternative<BernoulliSketch>(shape_->sketch))
      data.parameters.p = facts_.unknown("p");
    // The last weight is what the others leave of 1.
    Number rest = 1;
    for (size_t k = 0; k + 1 < data.parameters.weights.size(); ++k) {
      data.parameters.weights[k] = facts_.unknown("weight[" + std::to_string(k + 1) + "]");
      rest = rest - data.parameters.weights[k];
    }
    if (!data.parameters.weights.empty()) data.parameters.weights.back() = rest;
    return data;
  }
};

std::string sketch_in_words(const SketchSpec& spec) {
  std::string words;
  const auto add = [&](bool is, const std::string& part) {
    if (is) words += (words.empty() ? " (" : ", ") + part;
  };
  const auto q = [](int value) { return "q = " + std::to_string(value); };
  if (const auto* s = std::get_if<PermSketch>(&spec))
    add(true, s->remainder ? "remainder" : q(s->q));
  if (const auto* s = std::get_if<RandSketch>(&spec)) {
    add(true, q(s->q));
    add(s->shared, "shared");
  }
  if (const auto* s = std::get_if<BernoulliSketch>(&spec)) add(s->shared, "shared");
  if (const auto* s = std::get_if<BlockSketch>(&spec)) {
    add(true, q(s->q));
    for (const int a : s->shared) add(true, "shared " + std::to_string(a));
  }
  if (const auto* s = std::get_if<ScaledPermSketch>(&spec))
    add(true, s->reading == ScaledPermSketch::Reading::diagonal ? "diagonal" : "printed");
  return kind_of(spec) + words + (words.empty() ? "" : ")");
}

}  // namespace

std::string domain_of(const General& found, const Case& shape) {
  std::string text = "n = " + std::to_string(shape.n()) + ", d = " + std::to_string(shape.d()) +
                     ", " + sketch_in_words(shape.sketch) + ", " + name_of(shape.method);
  const auto add = [&](bool is, const std::string& part) { text += is ? ", " + part : ""; };
  if (const auto* coin = std::get_if<BernoulliSketch>(&shape.sketch))
    add(found.used.sketch, found.given ? "p = " + to_string(coin->p) : "every p");
  add(found.used.sketch && std::holds_alternative<TableSketch>(shape.sketch),
      found.given ? "its weights" : "every weight");
  add(found.used.method && shape.method.kind == MethodKind::ist,
      "local_steps = " + std::to_string(shape.method.local_steps));
  add(found.used.steps, "one step gamma > 0 for all rounds");
  add(found.convex, "every L_i >>= 0");
  return text;
}

General check_generally(const Claim& claim, const Case* shape, Steps& steps,
                        const cert::Limits& limits) {
  if (shape != nullptr && shape->method.text != nullptr)
    throw Undecided("the shape of a method as text");
  if (claim.family) throw Undecided("a claim that builds its own instances");
  if (shape != nullptr && shape->schedule)
    throw Undecided("a schedule of steps: steps of all sizes are unknowns");
  Ways ways;
  General result;
  if (shape != nullptr) {
    const bool table = std::holds_alternative<TableSketch>(shape->sketch);
    if (table || std::holds_alternative<BernoulliSketch>(shape->sketch))
      result.given = steps.narrowed("only given parameters");
    result.convex = steps.narrowed("only L_i >>= 0");
  }
  for (size_t count = 1;; ++count) {
    if (count > kMostWays) throw Undecided("more than 100000 ways");
    try {
      ShapeWay(claim, shape, ways, steps, limits).run(result);
    } catch (const NoConfiguration&) {
    }
    if (!ways.next()) break;
  }
  if (result.ends.open == 0) throw SaysNothing(result);
  return result;
}

}  // namespace istcheck::check
