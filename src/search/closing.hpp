// Finds the steps that show that assumptions about a claim's variables contradict each other.
#pragma once

#include "check/refutation.hpp"

namespace istcheck::search {

/// Steps of a certificate that refute the assumptions, or begin to: what they leave open is asked
/// again. Throws NotRefuted when none are found.
std::vector<cert::Step> closing_steps(const check::Impossible& known);

}  // namespace istcheck::search
