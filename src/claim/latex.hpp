// Claims and expressions as LaTeX.
#pragma once

#include <string>

#include "claim/ast.hpp"

namespace istcheck::claim {

/// Math-mode LaTeX of a checked or unchecked expression.
std::string to_latex(const Expr& e);
/// A statement environment: the setting, quantified variables, hypotheses, "then", conclusions,
/// where-clauses of the definitions.
std::string to_latex(const Claim& c);

/// The settings as a sentence, formulas between dollar signs: "Let $C_i$ be Perm-$q$, $n = d$,
/// all $L_i$ and all $b_i$ be equal; method sketched-gradient." Empty without settings.
std::string setting_latex(const Claim& c);
/// "\theta \in \mathbb R"; of a range "K \in \{1, 2, 3\}".
std::string to_latex(const Variable& v);
/// The values to try: "\theta \in \{1, 1/2\}"; of a variable without any, that the cases give them.
std::string tried_latex(const Variable& v);
/// "\mathbb R^d" for vectors.
const char* space_of(Kind k);
/// "\theta" for theta, as names are written inside formulas.
std::string name_latex(const std::string& name);
/// Text outside math mode: what LaTeX treats specially is escaped, and letters and signs of
/// mathematics that pdflatex does not know (⪰, γ, √ …) become math.
std::string text_latex(const std::string& text);

/// A copy of e in which every name of a definition is replaced by what it stands for, all the way
/// down.
ExprPtr unfolded(const Expr& e, const Claim& c);

}  // namespace istcheck::claim
