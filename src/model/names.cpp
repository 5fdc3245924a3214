// The names of sketches and methods as case files spell them.
#include <algorithm>
#include <stdexcept>

#include "exact/overloaded.hpp"
#include "model/affine_map.hpp"

namespace istcheck {
namespace {

struct NamedMethod {
  MethodKind kind;
  const char* name;
  SketchPlaces places;
};

constexpr NamedMethod kMethods[] = {
    // kind, name, {carry, left, right}
    {MethodKind::gradient, "gradient", {false, false, false}},
    {MethodKind::sketched_gradient, "sketched-gradient", {false, true, true}},
    {MethodKind::ist, "ist", {true, true, true}},
    {MethodKind::one_sided, "one-sided", {true, false, true}},
    {MethodKind::compressed_gradient, "compressed-gradient", {false, true, false}},
    {MethodKind::compressed_iterate, "compressed-iterate", {false, false, true}},
    {MethodKind::compressed_update, "compressed-update", {true, true, false}},
};

/// Throws std::invalid_argument for `text`, which has no row.
const NamedMethod& described(MethodKind kind) {
  if (kind == MethodKind::text)
    throw std::invalid_argument("this is not done of a method that stands as text");
  return *std::find_if(std::begin(kMethods), std::end(kMethods),
                       [kind](const NamedMethod& m) { return m.kind == kind; });
}

}  // namespace

std::string name_of(MethodKind kind) { return described(kind).name; }

std::string name_of(const Method& method) {
  return method.text != nullptr ? method.text->name : name_of(method.kind);
}

SketchPlaces places_of(MethodKind kind) { return described(kind).places; }

std::optional<MethodKind> method_named(const std::string& name) {
  for (const NamedMethod& m : kMethods)
    if (name == m.name) return m.kind;
  return std::nullopt;
}

const std::vector<MethodKind>& all_methods() {
  static const std::vector<MethodKind> kinds = [] {
    std::vector<MethodKind> result;
    for (const NamedMethod& m : kMethods) result.push_back(m.kind);
    return result;
  }();
  return kinds;
}

std::string kind_of(const SketchSpec& spec) {
  return std::visit(
      Overloaded{[](const IdentitySketch&) { return "identity"; },
                 [](const PermSketch&) { return "perm"; }, [](const RandSketch&) { return "rand"; },
                 [](const ScaledPermSketch&) { return "scaled-perm"; },
                 [](const UnitPermSketch&) { return "unit-perm"; },
                 [](const BernoulliSketch&) { return "bernoulli"; },
                 [](const BlockSketch&) { return "block"; },
                 [](const TableSketch&) { return "table"; }},
      spec);
}

}  // namespace istcheck
