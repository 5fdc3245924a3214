// The selection laws of the field. Private to model/.
#pragma once

#include <memory>

#include "model/sketch.hpp"

namespace istcheck {

/// Every worker keeps every coordinate.
std::unique_ptr<SelectionLaw> keep_all(int n, int d);
/// The free coordinates are dealt to the workers, one worker each, uniformly over all deals in
/// which loads differ by at most one. Perm-q when n divides their number.
std::unique_ptr<SelectionLaw> deal_coordinates(int n, int d, std::vector<bool> always);
/// Each worker gets one coordinate, uniformly over all assignments in which the numbers of workers
/// of two coordinates differ by at most one (d < n).
std::unique_ptr<SelectionLaw> deal_workers(int n, int d);
/// A uniform q-subset for each worker, drawn once for all when shared.
std::unique_ptr<SelectionLaw> uniform_subsets(int n, int d, int q, bool shared);
/// Each coordinate independently with probability p, drawn once for all workers when shared.
std::unique_ptr<SelectionLaw> coin_flips(int n, int d, const Rational& p, bool shared);

}  // namespace istcheck
