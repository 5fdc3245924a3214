// Sentences that people wrote in ASCII, as they are read.
#pragma once

#include <string>

namespace istcheck {

/// "theta <= 2 ||xstar||^2" becomes "θ ≤ 2 ‖x*‖²": Greek letters, relations, norms, squares. Names
/// such as thm2-gamma-one or no_theta_instance stay. What text_latex cannot write does not occur.
std::string readable(const std::string& text);

}  // namespace istcheck
