// Smaller configurations made from a larger one.
#pragma once

#include <optional>

#include "model/case.hpp"

namespace istcheck::search {

/// The case without some workers and coordinates, or nothing where its sketch has no such size
/// (Perm-q keeps q or lowers it so that d = q n).
struct Removal {
  std::optional<int> worker, coordinate;  ///< from 0
};
std::optional<Case> without(const Case& c, const Removal& r);

}  // namespace istcheck::search
