#include "model/case.hpp"

namespace istcheck {

Instance instantiate(const Case& c) {
  Problem problem(c.workers);
  Sketch sketch(c.sketch, problem);
  RandomAffineMap map = method_map(problem, sketch, c.method, c.step);
  RandomAffineMap estimator = estimator_map(problem, sketch);
  return {std::move(problem), std::move(sketch), c.method, std::move(map), std::move(estimator)};
}

}  // namespace istcheck
