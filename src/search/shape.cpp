#include "search/shape.hpp"

#include <algorithm>
#include <stdexcept>

#include "search/small_sketches.hpp"
#include "search/uses.hpp"

namespace istcheck::search {
namespace {

/// The sketches of one kind at a size.
std::vector<SketchSpec> sketches(const std::string& kind, int n, int d, const Sizes& sizes) {
  const auto wanted = [&](int q) { return !sizes.q || *sizes.q == q; };
  if (kind == "identity") return {IdentitySketch{}};
  if (kind == "unit-perm") return {UnitPermSketch{}};
  if (kind == "scaled-perm") {
    return {ScaledPermSketch{ScaledPermSketch::Reading::diagonal},
            ScaledPermSketch{ScaledPermSketch::Reading::printed}};
  }
  if (kind == "bernoulli") {
    const Rational half(1, 2);
    return {BernoulliSketch{half, false}, BernoulliSketch{half, true}};
  }
  if (kind == "perm") {
    if (d % n != 0 || !wanted(d / n)) return {};
    return {PermSketch{d / n, false}};
  }
  if (kind == "table") return table_sketches(n, d);
  std::vector<SketchSpec> result;
  if (kind == "block") {
    for (const auto& spec : block_sketches(n, d)) {
      if (wanted(std::get<BlockSketch>(spec).q)) result.push_back(spec);
    }
  }
  if (kind == "rand") {
    for (int q = 1; q <= d; ++q) {
      if (!wanted(q)) continue;
      result.push_back(RandSketch{q, false});
      if (n > 1) result.push_back(RandSketch{q, true});
    }
  }
  return result;
}

std::string sketch_text(const SketchSpec& spec) {
  std::string text = kind_of(spec);
  if (const auto* perm = std::get_if<PermSketch>(&spec))
    text += " (q = " + std::to_string(perm->q) + ")";
  if (const auto* rand = std::get_if<RandSketch>(&spec))
    text += " (q = " + std::to_string(rand->q) + (rand->shared ? ", shared)" : ")");
  if (const auto* coin = std::get_if<BernoulliSketch>(&spec))
    text += " (p = " + istcheck::to_string(coin->p) + (coin->shared ? ", shared)" : ")");
  if (const auto* block = std::get_if<BlockSketch>(&spec))
    text += " (q = " + std::to_string(block->q) + ", " + std::to_string(block->shared.size()) +
            " shared)";
  if (const auto* table = std::get_if<TableSketch>(&spec)) text += " (" + to_string(*table) + ")";
  if (const auto* scaled = std::get_if<ScaledPermSketch>(&spec)) {
    const bool diagonal = scaled->reading == ScaledPermSketch::Reading::diagonal;
    text += diagonal ? " (diagonal)" : " (printed)";
  }
  return text;
}

/// Whether a setting that is a condition on the sketch's reading allows it.
bool reading_allowed(const claim::Claim& c, const SketchSpec& spec) {
  const auto allowed = choices_of(c, "reading");
  const auto* scaled = std::get_if<ScaledPermSketch>(&spec);
  if (allowed.empty() || scaled == nullptr) return true;
  const bool diagonal = scaled->reading == ScaledPermSketch::Reading::diagonal;
  return std::find(allowed.begin(), allowed.end(), diagonal ? "diagonal" : "printed") !=
         allowed.end();
}

std::vector<Method> methods(const claim::Claim& c) {
  std::vector<std::string> names = choices_of(c, "method");
  if (names.empty()) {
    names = {"sketched-gradient"};
    if (uses_of(c).rounds) names.push_back("ist");
  }
  bool local = false;
  visit_expressions(c, [&](const claim::Expr& e) {
    local = local || e.constant == claim::Constant::local_steps;
  });
  std::vector<Method> result;
  for (const auto& name : names) {
    const auto kind = method_named(name);
    if (!kind) continue;
    result.push_back({*kind, 1});
    if (*kind == MethodKind::ist && local) result.push_back({*kind, 2});
  }
  return result;
}

}  // namespace

std::string to_string(const Shape& s) {
  std::string text = "n = " + std::to_string(s.n) + ", d = " + std::to_string(s.d) + ", " +
                     sketch_text(s.sketch) + ", " + name_of(s.method);
  if (s.method.local_steps > 1)
    text += " with " + std::to_string(s.method.local_steps) + " local steps";
  return text;
}

std::optional<Case> plain_case(const Shape& s) {
  Case c;
  c.name = "plain";
  c.step = 1;
  c.sketch = s.sketch;
  c.method = s.method;
  c.workers.assign(static_cast<size_t>(s.n),
                   {RationalMatrix::Identity(s.d, s.d), RationalVector::Zero(s.d),
                    RationalMatrix::Zero(s.d, s.d)});
  try {
    instantiate(c);
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
  return c;
}

std::vector<Shape> shapes_for(const claim::Claim& c, const Sizes& sizes) {
  auto kinds = choices_of(c, "sketch");
  if (kinds.empty())
    kinds = {"perm", "rand", "identity", "scaled-perm", "unit-perm", "bernoulli", "block", "table"};
  std::vector<Shape> result;
  const auto range = [&](const std::optional<int>& fixed) {
    return std::pair(fixed.value_or(1), fixed.value_or(sizes.largest));
  };
  const auto [n_low, n_high] = range(sizes.n);
  const auto [d_low, d_high] = range(sizes.d);
  for (int n = n_low; n <= n_high; ++n) {
    for (int d = d_low; d <= d_high; ++d) {
      for (const auto& kind : kinds) {
        for (const auto& sketch : sketches(kind, n, d, sizes)) {
          if (!reading_allowed(c, sketch)) continue;
          for (const auto& method : methods(c)) {
            const Shape shape{n, d, sketch, method};
            if (plain_case(shape)) result.push_back(shape);
          }
        }
      }
    }
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const Shape& a, const Shape& b) { return a.size() < b.size(); });
  return result;
}

}  // namespace istcheck::search
