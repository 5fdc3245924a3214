// How far a constant of a claim can be improved.
#pragma once

#include "search/portfolio.hpp"

namespace istcheck::search {

/// One value of the constant that was tried.
struct TightenStep {
  Rational value;
  Answer answer = Answer::unknown;
  std::string how;  ///< "an earlier configuration", or what the search did
};

struct Tightening {
  std::string name;
  Rational stated;                     ///< in the claim
  std::optional<Rational> stands_at;   ///< the best value that nothing violated
  std::optional<Rational> refuted_at;  ///< the value nearest to it that a configuration violates
  std::optional<Counterexample> extremal;  ///< the one that does: near-extremal for the claim
  std::vector<TightenStep> steps;
  /// From which direction the constant improves: towards smaller or larger values; 0 if neither.
  int direction = 0;
  bool interrupted = false;
};

/// `name` is a definition of the claim whose value is a number. Looks for the border between values
/// at which a configuration violates the claim (exact) and values at which the search finds none
/// (no proof), by bisection over simple fractions, `steps` of them. `from` replaces the stated
/// value as the start. `begins` is called with what is known so far and with each value before it
/// is tried. Throws std::invalid_argument when there is no such definition.
Tightening tighten(const claim::Claim& c, const std::string& name,
                   const std::optional<Rational>& from, int steps, const Settings& settings,
                   const std::function<void(const Tightening&, const Rational&)>& begins = {});

/// The most values that are tried beyond the bisections: the start, and three on either side.
constexpr int kFirstValues = 7;

/// The same claim with another number for a definition.
claim::Claim with_definition(const claim::Claim& c, const std::string& name, const Rational& value);

}  // namespace istcheck::search
