// The numbers of a case, one by one.
#pragma once

#include <string>
#include <vector>

#include "model/case.hpp"

namespace istcheck::search {

/// A rational number of a case that may be changed; of an irrational one, each multiple of a root.
/// Both places of a symmetric pair move together, and so do the entries of workers that are all
/// equal.
struct Entry {
  std::string name;  ///< "L[1][1,2]", "gamma", "b[1] sqrt(2)", "gamma alpha^2", …
  bool positive = false;
  bool on_diagonal = false;
  std::vector<Rational*> places;  ///< into the case, as long as it lives unchanged in size
};
std::vector<Entry> entries_of(Case& c);

}  // namespace istcheck::search
