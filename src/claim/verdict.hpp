// The verdicts of a claim.
#pragma once

#include <string>

namespace istcheck::claim {

/// On a case (docs/semantics.md 11.1). Of one choice of the variables (10.5): good is holds, bad is
/// violated, excluded is vacuous, ill is ill-defined; undecided where that is not known.
enum class Verdict { holds, violated, vacuous, undecided, ill_defined };
/// "holds", "violated", "vacuous", "undecided", "ill-defined".
std::string to_string(Verdict v);

}  // namespace istcheck::claim
