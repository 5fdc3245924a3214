// Of what "proved" and "unsat-uncertified" speak (docs/semantics.md 15.3).
#pragma once

#include "search/prove.hpp"
#include "search/shape.hpp"

namespace istcheck::search {

struct Domain {
  std::vector<std::string> shapes;   ///< "n = 2, d = 2, perm (q = 1), ist"; empty: all values
  std::string about;                 ///< the shapes in short: "n = 1..3, d = 2, perm and rand, ist"
  std::vector<std::string> assumed;  ///< of the sketch, the data and the run
  /// Parameters with the values that were looked at: "p = 1/2 of bernoulli". Of other values
  /// nothing is said.
  std::vector<std::string> sampled;
};

/// The shapes that were asked about; none for a claim that says nothing about a case. Without
/// proofs, what solvers speak of.
Domain domain_of(const std::vector<Shape>& shapes, const std::vector<ShapeProof>& proofs = {});

/// "6 shapes (n = 1..3, d = 1..3, …), every p in (0, 1]; sampled only: local_steps = 1 and 2 of
/// ist"; "all values of its variables" without shapes.
std::string to_string(const Domain& d);

}  // namespace istcheck::search
