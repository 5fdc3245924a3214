// Of what "proved" and "unsat-uncertified" speak (docs/semantics.md 15.3).
#pragma once

#include "search/shape.hpp"

namespace istcheck::search {

struct Domain {
  std::vector<std::string> shapes;   ///< "n = 2, d = 2, perm (q = 1), ist"; empty: all values
  std::vector<std::string> assumed;  ///< of the data and the run
  /// Parameters with the values that were looked at: "p = 1/2 of bernoulli". Of other values
  /// nothing is said.
  std::vector<std::string> sampled;
};

/// The shapes that were asked about; none for a claim that says nothing about a case.
Domain domain_of(const std::vector<Shape>& shapes);

/// "6 shapes with n <= 3 and d <= 3, every L_i >= 0, …; sampled only: p = 1/2 of bernoulli"; "all
/// values of its variables" without shapes.
std::string to_string(const Domain& d);

}  // namespace istcheck::search
