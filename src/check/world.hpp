// A case as the checker sees it: its data, the outcomes of a round, and the second moments of the
// iterates by plain enumeration.
#pragma once

#include "check/outcomes.hpp"

namespace istcheck::check {

/// One outcome, with B̄ = (1/n) Σ C_i L_i C_i and C̄b = (1/n) Σ C_i b_i.
struct Outcome {
  Number weight;
  std::vector<Mat> C;
  Mat B, Cb;
};

/// One round of the method on (x; 1), x⁺ = A x + a: the matrices [A a; 0 1] with their weights, and
/// the covariance (D × D, last row and column zero) that gradient noise adds in the mean.
struct Round {
  CongruenceSum map;
  Mat noise;
};

/// The numbers of a case: of each worker, the start, the step, those of a list of steps, the
/// sketch.
struct Data {
  std::vector<Mat> L, b, noise;
  Mat start;
  Number step;
  std::vector<Number> steps;
  Parameters parameters;
};
/// As the case says; asks for the square root of each number that stands under one, ascending.
Data data_of(const Case& c, Facts& facts);
Parameters parameters_of(const Case& c);
/// What the case gives for a claim's variable; a number is 1 × 1.
Mat value_of(const Case& c, const std::string& name, Facts& facts);
/// The same of one of the maps of Numbers, such as its parameters.
Mat value_in(const Case& c, std::map<std::string, CaseValue> Numbers::*map, const std::string& name,
             Facts& facts);

class World {
 public:
  /// Throws as all_outcomes does, and for data that are no problem: L_i not symmetric, a covariance
  /// that is not ⪰ 0, a step that is not positive: NoConfiguration. `numbers` stand in for those of
  /// the case, which then gives the sketch, the method and the sizes.
  World(Case c, Data numbers, Facts& facts, size_t most_outcomes);
  World(const Case& c, Facts& facts, size_t most_outcomes)
      : World(c, data_of(c, facts), facts, most_outcomes) {}
  /// The same case with other facts to ask, for steps and starts that are unknowns.
  World(const World& same, Facts& facts) : World(same) { facts_ = &facts; }
  World(World&&) = default;

  const Case& data() const { return case_; }
  size_t n() const { return L.size(); }
  size_t d() const { return Lbar.rows(); }
  std::vector<Mat> L, b, noise;
  Mat Lbar, bbar, start;
  Number step;

  const std::vector<Outcome>& outcomes();
  const Number& p();  ///< of bernoulli
  const Method& method();
  /// [A a; 0 1] of one outcome, and the covariance of the noise in it.
  std::pair<Mat, Mat> map_of(const Outcome& o, const Number& step);
  const Round& round(const Number& step);
  Number step_of(size_t k);                              ///< γ_k
  size_t listed_steps() const { return steps_.size(); }  ///< 0 where there is no list
  /// That of all rounds from some round on; nothing when the steps tend to zero.
  std::optional<Number> last_step();
  /// The mean map has the same fixed point at every step (docs/semantics.md 8.4a).
  bool fixed_point_of_any_step();
  /// E[(x^k; 1)(x^k; 1)ᵀ] from x0. `own` replaces the steps of the case.
  const Mat& second_moment(size_t k, const std::optional<Number>& own, const Mat& x0);

  /// What anybody asked about: the rest of a case could be any other.
  struct Used {
    bool sketch = false, method = false, steps = false;
  };
  const Used& used() const { return used_; }

 private:
  Case case_;
  Facts* facts_;
  std::vector<Number> steps_;  ///< of a list
  Parameters parameters_;
  std::vector<Outcome> outcomes_;
  Used used_;
  std::map<std::string, Round> rounds_;
  std::map<std::string, std::vector<Mat>> paths_;

  World(const World&) = default;
};

}  // namespace istcheck::check
