// Smaller counterexamples from larger ones.
#pragma once

#include <string>
#include <vector>

#include "search/referee.hpp"
#include "search/searchers.hpp"

namespace istcheck::search {

struct Shrunk {
  Finding finding;
  std::vector<std::string> history;  ///< one line for each step taken, from the first finding on
  bool finished = true;              ///< false when patience ended first
};

/// Whether a is a smaller configuration than b, in the order that shrinking decreases.
bool simpler(const Case& a, const Case& b);

/// Takes single steps that keep the violation and make the configuration smaller — square roots,
/// workers and coordinates removed, equal workers, zeros, diagonal matrices, integers, smaller
/// integers, shorter fractions — until none does. The size that decreases is (n + d, square roots,
/// distinct workers, non-zero entries, sum of the denominators, sum of the numerators), compared in
/// this order, so it ends. Deterministic.
Shrunk shrink(const Referee& referee, Finding start, const Patience& patience);

}  // namespace istcheck::search
