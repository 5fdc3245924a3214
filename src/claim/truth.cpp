#include "claim/truth.hpp"

namespace istcheck::claim {
namespace {

/// a < b, or false when that is not decided.
bool surely_less(const Scalar& a, const Scalar& b) {
  try {
    return compare(a, b) < 0;
  } catch (const Unsupported&) {
    return false;
  }
}

}  // namespace

Truth negation(Truth t) {
  if (t.undecided()) return t;
  t.is = t.yes() ? Truth::Is::no : Truth::Is::yes;
  if (t.margin) t.margin = -*t.margin;
  t.ratio.reset();
  return t;
}

void combine_margins(Truth& kept, const Truth& other) {
  if (other.margin && (!kept.margin || surely_less(*other.margin, *kept.margin)))
    kept.margin = other.margin;
  if (other.ratio && (!kept.ratio || surely_less(*kept.ratio, *other.ratio)))
    kept.ratio = other.ratio;
}

Truth both(Truth a, Truth b) {
  if (a.no()) return a;
  if (b.no()) return b;
  if (a.undecided()) return a;
  if (b.undecided()) return b;
  const bool second = b.margin && (!a.margin || surely_less(*b.margin, *a.margin));
  Truth& decides = second ? b : a;
  combine_margins(decides, second ? a : b);
  return decides;
}

Truth either(Truth a, Truth b) {
  if (a.yes()) return a;
  if (b.yes()) return b;
  if (a.undecided()) return a;
  if (b.undecided()) return b;
  return b.margin && a.margin && surely_less(*a.margin, *b.margin) ? b : a;
}

}  // namespace istcheck::claim
