#include "model/case.hpp"

namespace istcheck {

namespace {

SurdMatrix as_matrix(const CaseValue& value) {
  if (const auto* x = std::get_if<Rational>(&value)) return SurdMatrix::Constant(1, 1, Surd(*x));
  if (const auto* v = std::get_if<RationalVector>(&value)) return to_surd(RationalMatrix(*v));
  return to_surd(std::get<RationalMatrix>(value));
}

/// Σ √r part(numbers with the multiples of √r).
template <class Part>
SurdMatrix sum_of_parts(const Case& c, const Part& part) {
  SurdMatrix sum = part(static_cast<const Numbers&>(c));
  for (const auto& [radicand, numbers] : c.roots)
    sum += part(numbers) * Surd::sqrt_of(Rational(radicand));
  return sum;
}

}  // namespace

Surd step_of(const Case& c) {
  return sum_of_parts(c, [](const Numbers& x) { return as_matrix(x.step); })(0, 0);
}

SurdVector start_of(const Case& c) {
  if (!c.start) return SurdVector::Constant(c.d(), Surd(0));
  return sum_of_parts(c, [](const Numbers& x) { return as_matrix(*x.start); }).col(0);
}

std::vector<SurdWorker> workers_of(const Case& c) {
  std::vector<SurdWorker> workers;
  for (size_t i = 0; i < c.workers.size(); ++i)
    workers.push_back(
        {sum_of_parts(c, [i](const Numbers& x) { return as_matrix(x.workers.at(i).L); }),
         sum_of_parts(c, [i](const Numbers& x) { return as_matrix(x.workers.at(i).b); }).col(0),
         sum_of_parts(c, [i](const Numbers& x) { return as_matrix(x.workers.at(i).noise); })});
  return workers;
}

SurdMatrix value_of(const Case& c, const std::string& name) {
  return sum_of_parts(c, [&](const Numbers& x) { return as_matrix(x.values.at(name)); });
}

void set_value(Case& c, const std::string& name, const CaseValue& value) {
  c.values[name] = value;
  const CaseValue zero = std::visit([](auto x) { return CaseValue(decltype(x)(x - x)); }, value);
  for (auto& [radicand, part] : c.roots) part.values[name] = zero;
}

Instance instantiate(const Case& c) {
  Problem problem = c.rational() ? Problem(c.workers) : Problem(workers_of(c));
  Sketch sketch(c.sketch, problem);
  RandomAffineMap map = method_map(problem, sketch, c.method, step_of(c));
  RandomAffineMap estimator = estimator_map(problem, sketch);
  return {std::move(problem), std::move(sketch), c.method, std::move(map), std::move(estimator)};
}

}  // namespace istcheck
