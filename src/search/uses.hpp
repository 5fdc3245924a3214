// What a claim speaks of: the data that a configuration must choose.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "claim/ast.hpp"

namespace istcheck::search {

/// The parts of a case that the value of a claim can depend on; everything else is left at a fixed
/// value, so that searches have fewer unknowns.
struct Uses {
  bool linear = false;  ///< b_i
  bool step = false;    ///< the case's own γ
  bool start = false;   ///< the case's own x⁰
  bool noise = false;
  bool rounds = false;  ///< the method: x[k], step(·), spectral radii
};
Uses uses_of(const claim::Claim& c);

/// Calls visit for every expression of the claim, definitions and trials included.
void visit_expressions(const claim::Claim& c, const std::function<void(const claim::Expr&)>& visit);

/// Whether the claim speaks of a case at all, by its settings or its expressions.
bool about_a_case(const claim::Claim& c);

/// Whether a setting says which cases the claim is about: then nothing else is searched.
bool names_cases(const claim::Claim& c);
/// The choices of a setting such as "sketch", or nothing when the claim does not restrict it.
std::vector<std::string> choices_of(const claim::Claim& c, const std::string& key);
bool has_flag(const claim::Claim& c, const std::string& flag);

}  // namespace istcheck::search
