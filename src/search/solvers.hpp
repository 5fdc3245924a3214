// SMT solvers as searchers: untrusted, like every other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "search/searchers.hpp"

namespace istcheck::search {

struct SolverSettings {
  bool use = true;
  unsigned megabytes = 1024;  ///< of memory for each query
  std::string folder;         ///< where queries are written as SMT-LIB files; empty: nowhere
};

/// What a solver said of one query.
struct SolverAnswer {
  std::string solver, encoding, space;
  std::string answer;  ///< "sat", "unsat", "unknown"
  double seconds = 0;
  bool whole = false;  ///< the query covers every configuration of the shape
};

}  // namespace istcheck::search
