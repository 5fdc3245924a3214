// What a conjunction says of its matrices, as facts about polynomials: forms, minors, and sums that
// leave a number.
#pragma once

#include <set>
#include <vector>

#include "dynamics/way.hpp"

namespace istcheck::decision {

/// A fact that a step makes.
struct Made {
  ProofStep step;
  Fact fact;
};

/// Those minors of matrix k that tell whether it is as the fact says; none where they are many.
std::vector<Made> minors_of(const std::vector<MatrixFact>& matrices, size_t k);
/// Facts about matrix k, whose entries are unknowns or numbers.
std::vector<Made> forms_of(const std::vector<MatrixFact>& matrices, size_t k);

/// Facts c + tr(CM) >= 0 about a matrix M ⪰ 0 whose entries are unknowns: where −C ⪰ 0 for one of
/// them, or for one and a multiple of another, −C = Σ d_k l_k l_kᵀ with d_k > 0, and what is left
/// of their sum and the forms d_k l_kᵀMl_k is a number.
void add_sums_of_facts(const Conjunction& c, size_t k, Writer& writer, Way& way);

/// Short positive definite matrices s vvᵀ + ε I for one whose entries are all that is unknown:
/// where tr(CM) > 0 for some of them, it is for one with vᵀCv > 0, s large and ε small.
std::optional<Point> positive_point(const Conjunction& c);

}  // namespace istcheck::decision
