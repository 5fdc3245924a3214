// Sentences with formulas in them.
//
// A verdict describes its witness in plain text ("left = [[4, 2], [2, 4]], right = 1/2"). Here the
// values in such a text become LaTeX between dollar signs; the words between them stay as they are.
// Every writer renders the parts in its own way: KaTeX, GitHub's math, pdflatex.
#pragma once

#include <string>
#include <vector>

#include "model/case.hpp"

namespace istcheck {

struct TextPart {
  bool math = false;
  std::string text;  ///< LaTeX when math, else plain text
};
using MixedText = std::vector<TextPart>;

/// Math-mode LaTeX of a value or expression as the claim language prints it: "[[1, 2], [3, 4]]",
/// "1/2*sqrt(3) - 1", "theta". What is no expression of the language becomes \text{…}.
std::string expression_latex(const std::string& text);

/// What `sides` and `reason` of a verdict say: every value that follows "= " becomes math, and so
/// does the statement in "the hypothesis STATEMENT is false".
MixedText mixed_text(const std::string& text);

/// Text that has formulas between dollar signs.
MixedText dollar_text(const std::string& text);

/// "theta = 5, y = [1, 1]" as the formulas \theta = 5 and y = (1; 1).
std::vector<std::string> assignments_latex(const std::string& values);

/// The problem of a case: "L_1 = …, b_1 = …" as one formula per worker, and how it is run in words.
/// No formulas for problems that are too large to be read (more than 6 workers or coordinates).
std::vector<std::string> problem_latex(const Case& c);
std::string problem_text(const Case& c);
/// "alpha = 1.25992104989…, the root of x^3 - 2 in [1, 2]"; nothing for a case without alpha.
std::string alpha_text(const Case& c);

}  // namespace istcheck
