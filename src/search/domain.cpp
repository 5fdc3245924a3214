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

std::string listed(const std::set<std::string>& words) {
  std::string out;
  size_t k = 0;
  for (const auto& word : words) out += (k++ == 0 ? "" : k == words.size() ? " and " : ", ") + word;
  return out;
}

/// "2" or "1..3".
std::string range_of(const std::set<int>& numbers) {
  const std::string low = std::to_string(*numbers.begin());
  return numbers.size() == 1 ? low : low + ".." + std::to_string(*numbers.rbegin());
}

std::string about(const std::vector<Shape>& shapes) {
  std::set<int> n, d;
  std::set<std::string> sketches, methods;
  for (const Shape& s : shapes) {
    n.insert(s.n);
    d.insert(s.d);
    sketches.insert(kind_of(s.sketch));
    methods.insert(name_of(s.method));
  }
  return "n = " + range_of(n) + ", d = " + range_of(d) + ", " + listed(sketches) + ", " +
         listed(methods);
}

/// What was found out about one shape: the most that solvers speak of, or what a proof says.
struct Narrowing {
  bool given = true, convex = true, sketch = true, method = true, steps = true;
};

Narrowing narrowing_at(const std::vector<ShapeProof>& proofs, size_t k) {
  if (k >= proofs.size() || !(proofs[k].proof.proved() || proofs[k].proof.excluded)) return {};
  const check::General& g = proofs[k].proof.found;
  return {g.given, g.convex, g.used.sketch, g.used.method, g.used.steps};
}

}  // namespace

Domain domain_of(const std::vector<Shape>& shapes, const std::vector<ShapeProof>& proofs) {
  Domain result;
  if (shapes.empty()) return result;
  std::set<std::string> assumed, sampled, counts;
  for (size_t k = 0; k < shapes.size(); ++k) {
    const Shape& s = shapes[k];
    const Narrowing narrowing = narrowing_at(proofs, k);
    result.shapes.push_back(to_string(s));
    if (const auto* coin = std::get_if<BernoulliSketch>(&s.sketch); coin && narrowing.sketch) {
      if (narrowing.given) {
        sampled.insert("p = " + istcheck::to_string(coin->p) + " of bernoulli");
      } else {
        assumed.insert("every p in (0, 1] of bernoulli");
      }
    }
    if (std::holds_alternative<TableSketch>(s.sketch) && narrowing.sketch)
      sampled.insert(narrowing.given ? "the tables of the shapes"
                                     : "the matrices of the tables of the shapes");
    if (std::holds_alternative<BlockSketch>(s.sketch) && narrowing.sketch)
      sampled.insert("the shared coordinates of the shapes");
    if (s.method.kind == MethodKind::ist && narrowing.method)
      counts.insert(std::to_string(s.method.local_steps));
    if (narrowing.steps) assumed.insert("one step gamma > 0 for all rounds");
    if (narrowing.convex) assumed.insert("every L_i positive semidefinite");
  }
  if (!counts.empty()) sampled.insert("local_steps = " + listed(counts) + " of ist");
  result.about = about(shapes);
  result.assumed.assign(assumed.begin(), assumed.end());
  result.sampled.assign(sampled.begin(), sampled.end());
  return result;
}

std::string to_string(const Domain& d) {
  if (d.shapes.empty()) return "all values of its variables";
  std::string out = d.shapes.size() == 1
                        ? d.shapes[0]
                        : std::to_string(d.shapes.size()) + " shapes (" + d.about + ")";
  if (!d.assumed.empty()) out += ", " + joined(d.assumed);
  return d.sampled.empty() ? out : out + "; sampled only: " + joined(d.sampled);
}

}  // namespace istcheck::search
