#include "model/case.hpp"

#include <algorithm>

#include "exact/number_field.hpp"

namespace istcheck {

namespace {

SurdMatrix as_matrix(const CaseValue& value) {
  if (const auto* x = std::get_if<Rational>(&value)) return SurdMatrix::Constant(1, 1, Surd(*x));
  if (const auto* v = std::get_if<RationalVector>(&value)) return to_surd(RationalMatrix(*v));
  return to_surd(std::get<RationalMatrix>(value));
}

/// Σ b part(numbers with the multiples of b), over 1 and all b = √r α^k.
template <class Part>
SurdMatrix sum_of_parts(const Case& c, const Part& part) {
  SurdMatrix sum = part(static_cast<const Numbers&>(c));
  const Surd::Field field = field_of(c);
  for (const auto& [root, numbers] : c.roots)
    sum += part(numbers) * Surd::basis_number(root, field);
  return sum;
}

}  // namespace

Surd::Field field_of(const Case& c) {
  if (!c.alpha) return nullptr;
  return NumberField::of(Algebraic(c.alpha->polynomial, c.alpha->low, c.alpha->high));
}

Surd step_of(const Case& c) {
  return sum_of_parts(c, [](const Numbers& x) { return as_matrix(x.step); })(0, 0);
}

Surd step_in_round_of(const Case& c, std::size_t k) {
  if (!c.schedule) return step_of(c);
  if (std::holds_alternative<HarmonicSchedule>(*c.schedule))
    return step_of(c) * Surd(step_at(*c.schedule, Rational(1), k));
  const auto& list = std::get<ListSchedule>(*c.schedule);
  const std::size_t entry = std::min(k, list.steps.size() - 1);
  Surd step(list.steps[entry]);
  const Surd::Field field = field_of(c);
  for (const auto& [root, multiples] : list.roots)
    step += Surd(multiples.at(entry)) * Surd::basis_number(root, field);
  return step;
}

std::optional<Surd> last_step_of(const Case& c) {
  if (!c.schedule) return step_of(c);
  if (const auto* list = std::get_if<ListSchedule>(&*c.schedule))
    return step_in_round_of(c, list->steps.size());
  return step_at_last(*c.schedule, Rational(1)) ? std::optional(step_of(c)) : std::nullopt;
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
  return value_in(c, &Numbers::values, name);
}

SurdMatrix value_in(const Case& c, std::map<std::string, CaseValue> Numbers::*map,
                    const std::string& name) {
  return sum_of_parts(c, [&](const Numbers& x) { return as_matrix((x.*map).at(name)); });
}

void set_value(Case& c, const std::string& name, const CaseValue& value) {
  c.values[name] = value;
  const CaseValue zero = std::visit([](auto x) { return CaseValue(decltype(x)(x - x)); }, value);
  for (auto& [root, part] : c.roots) part.values[name] = zero;
}

Problem problem_of(const Case& c) {
  const bool rational = std::all_of(c.roots.begin(), c.roots.end(), [](const auto& root) {
    const auto& workers = root.second.workers;
    return std::all_of(workers.begin(), workers.end(), [](const Worker& w) {
      return w.L.isZero() && w.b.isZero() && w.noise.isZero();
    });
  });
  return rational ? Problem(c.workers) : Problem(workers_of(c));
}

Instance instantiate(const Case& c) {
  Problem problem = problem_of(c);
  Sketch sketch(c.sketch, problem);
  RandomAffineMap map = method_map(problem, sketch, c.method, step_of(c));
  RandomAffineMap estimator = estimator_map(problem, sketch);
  return {std::move(problem), std::move(sketch), c.method, std::move(map), std::move(estimator)};
}

}  // namespace istcheck
