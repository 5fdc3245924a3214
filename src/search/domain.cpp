#include "search/domain.hpp"

#include <algorithm>
#include <set>

namespace istcheck::search {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& p : parts) out += (out.empty() ? "" : ", ") + p;
  return out;
}

/// What stands for more than itself in a sketch: its parameters without n, d and q, which the
/// shapes run through.
std::string sampled_of(const SketchSpec& spec) {
  if (const auto* coin = std::get_if<BernoulliSketch>(&spec))
    return "p = " + istcheck::to_string(coin->p) + " of bernoulli";
  if (std::holds_alternative<TableSketch>(spec)) return "the tables of the shapes";
  if (std::holds_alternative<BlockSketch>(spec)) return "the shared coordinates of the shapes";
  return "";
}

}  // namespace

Domain domain_of(const std::vector<Shape>& shapes) {
  Domain result;
  if (shapes.empty()) return result;
  std::set<std::string> sampled;
  std::set<int> steps;
  for (const Shape& s : shapes) {
    result.shapes.push_back(to_string(s));
    if (const std::string one = sampled_of(s.sketch); !one.empty()) sampled.insert(one);
    if (s.method.kind == MethodKind::ist) steps.insert(s.method.local_steps);
  }
  result.sampled.assign(sampled.begin(), sampled.end());
  std::string counts;
  for (const int k : steps) counts += (counts.empty() ? "" : " and ") + std::to_string(k);
  if (!counts.empty()) result.sampled.push_back("local_steps = " + counts + " of ist");
  result.assumed = {"every L_i positive semidefinite", "one step gamma > 0 for all rounds"};
  return result;
}

std::string to_string(const Domain& d) {
  if (d.shapes.empty()) return "all values of its variables";
  std::string out = d.shapes.size() == 1 ? d.shapes[0]
                                         : "the " + std::to_string(d.shapes.size()) +
                                               " shapes of sizes and sketches asked about";
  out += ", " + joined(d.assumed);
  return d.sampled.empty() ? out : out + "; sampled only: " + joined(d.sampled);
}

}  // namespace istcheck::search
