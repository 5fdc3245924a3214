// The data of a case as Gallina definitions: what the statements of a certificate speak about.
#pragma once

#include <string>

#include "model/case.hpp"

namespace istcheck::rocq {

/// How much coqc is asked to compute.
struct Limits {
  long outcomes = 120;    ///< of a sketch, all of which a certificate lists
  long histories = 1500;  ///< products of outcomes over the rounds before an iterate x[k]
};

/// Definitions of n, d, gamma, the workers' L, b and noise, the law `outcomes` of the sketches, the
/// functions f, grad f, g and step, one a paragraph.
struct CaseText {
  std::string text;
  std::string no_outcomes;  ///< why the law is not among them; empty when it is
  long outcomes = 0;        ///< how many
};
/// Throws std::invalid_argument for a method as text.
CaseText case_text(const Case& c, const Limits& limits);

}  // namespace istcheck::rocq
