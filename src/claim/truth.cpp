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

/// |a|, or nothing when its sign is not decided.
std::optional<Scalar> absolute(const std::optional<Scalar>& a) {
  try {
    return a && a->sign() < 0 ? -*a : a;
  } catch (const Unsupported&) {
    return std::nullopt;
  }
}

bool on_border(const std::optional<Scalar>& size) {
  return size && surely_less(*size, Scalar(1)) && size->sign() == 0;
}

}  // namespace

Truth answer(bool yes, Place place) {
  Truth t;
  t.is = yes ? Truth::Is::yes : Truth::Is::no;
  t.place = place;
  return t;
}

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
  if (a.no() || a.lost) return a;
  if (b.no() || b.lost) return b;
  if (a.undecided()) return a;
  if (b.undecided()) return b;
  const bool second = b.margin && (!a.margin || surely_less(*b.margin, *a.margin));
  Truth& decides = second ? b : a;
  combine_margins(decides, second ? a : b);
  return decides;
}

Truth either(Truth a, Truth b) {
  if (a.yes() || a.lost) return a;
  if (b.yes() || b.lost) return b;
  if (a.undecided()) return a;
  if (b.undecided()) return b;
  return b.margin && a.margin && surely_less(*a.margin, *b.margin) ? b : a;
}

Truth equivalence(const Truth& a, const Truth& b, Place place) {
  if (a.undecided() && !b.lost) return a;
  if (b.undecided()) return b;
  Truth t;
  t.place = place;
  t.is = a.is == b.is ? Truth::Is::yes : Truth::Is::no;
  const auto left = absolute(a.margin), right = absolute(b.margin);
  t.margin = !left || (right && surely_less(*right, *left)) ? right : left;
  if (t.no() && t.margin) t.margin = -*t.margin;
  if (t.yes() && on_border(left) && on_border(right)) t.ratio = Scalar(1);
  t.sides = std::string("left side ") + (a.yes() ? "true" : "false") + " [" + a.sides +
            "], right side " + (b.yes() ? "true" : "false") + " [" + b.sides + "]";
  return t;
}

}  // namespace istcheck::claim
