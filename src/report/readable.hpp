// Sentences that people wrote in ASCII, as they are read.
#pragma once

#include <string>
#include <vector>

namespace istcheck {

/// "theta <= 2 ||xstar||^2" becomes "θ ≤ 2 ‖x*‖²": Greek letters, relations, norms, exponents.
/// Names such as thm2-gamma-one or no_theta_instance stay. What text_latex cannot write does not
/// occur.
std::string readable(const std::string& text);

/// A piece of a sentence, and whether it is set lower (-1) or higher (1).
struct Script {
  int level = 0;
  std::string text;
};

/// The indices and exponents of a sentence: "x^(k+1) of L_i" is x, k+1 higher, " of L", i lower.
/// The HTML does the same (web/src/prose.js).
std::vector<Script> with_scripts(const std::string& text);

}  // namespace istcheck
