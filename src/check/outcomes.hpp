// All outcomes of the sketches of one round, one by one, from the words of the case alone.
#pragma once

#include "check/facts.hpp"
#include "model/case.hpp"

namespace istcheck::check {

struct Sketches {
  Number weight;
  std::vector<Mat> C;  ///< one for each worker
};

/// The numbers describe nothing that a case could be.
class NoConfiguration : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// The parameters of a sketch that are real numbers.
struct Parameters {
  Number p = 1;                 ///< of bernoulli
  std::vector<Number> weights;  ///< of the outcomes of a table
};

/// The sketch and the sizes are the case's, the L_i and the parameters are given. Throws Undecided
/// for more than `most` outcomes, std::invalid_argument when the sketch does not fit the sizes of
/// the case, NoConfiguration when it has no scale for these L_i, or not these parameters.
std::vector<Sketches> all_outcomes(const Case& c, const std::vector<Mat>& L,
                                   const Parameters& parameters, Facts& facts, size_t most);

}  // namespace istcheck::check
