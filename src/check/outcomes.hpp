// All outcomes of the sketches of one round, one by one, from the words of the case alone.
#pragma once

#include "check/facts.hpp"
#include "model/case.hpp"

namespace istcheck::check {

struct Sketches {
  Rational weight;
  std::vector<Mat> C;  ///< one for each worker
};

/// Throws Undecided for more than `most` outcomes, std::invalid_argument when the sketch does not
/// fit the sizes of the case.
std::vector<Sketches> all_outcomes(const Case& c, Facts& facts, size_t most);

}  // namespace istcheck::check
