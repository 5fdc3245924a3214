// Truth values with what decided them.
#pragma once

#include <optional>
#include <string>

#include "claim/scalar.hpp"

namespace istcheck::claim {

/// yes, no, or undecided with the reason. `margin` is the exact slack of the relation that decides
/// (right side minus left; for the Loewner order the least eigenvalue of the difference; negative
/// when violated), `ratio` the left side over the right (for the Loewner order the largest
/// eigenvalue of the pencil), so a ratio of 1 means that the relation is tight.
struct Truth {
  enum class Is { yes, no, undecided } is = Is::yes;
  std::string reason;  ///< why undecided
  bool lost = false;   ///< undecided, and perhaps without a value (docs/semantics.md 12.2)
  std::optional<Scalar> margin, ratio;
  std::string sides;  ///< "left = …, right = …" of the deciding relation, with a witness vector
  Place place;

  bool yes() const { return is == Is::yes; }
  bool no() const { return is == Is::no; }
  bool undecided() const { return is == Is::undecided; }
};

/// Without a margin.
Truth answer(bool yes, Place place);
Truth negation(Truth t);
/// What is evaluated first comes first; of one that is lost nothing after it tells more. The first
/// false one, else the first undecided one, else the one with the least margin.
Truth both(Truth a, Truth b);
/// The first true one, else the first undecided one, else the one with the largest margin.
Truth either(Truth a, Truth b);
/// a ⇔ b. The margin is the smaller distance of the two sides from their borders, negative when the
/// sides differ; the ratio is 1 where both lie exactly on their borders, as the critical θ of a
/// "holds exactly for θ ≥ …" does.
Truth equivalence(const Truth& a, const Truth& b, Place place);
/// Keeps the smaller margin and the larger ratio, which may come from different relations.
void combine_margins(Truth& kept, const Truth& other);

}  // namespace istcheck::claim
