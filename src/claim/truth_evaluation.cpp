// Statements: relations with their margin and ratio, logic in three values, quantifiers.
#include <algorithm>

#include "claim/evaluator.hpp"
#include "claim/printer.hpp"
#include "exact/budgets.hpp"

namespace istcheck::claim {

namespace {

/// a/b when both are positive or both negative, as "how much of the right side the left side
/// takes".
std::optional<Scalar> ratio_of(const Scalar& a, const Scalar& b) {
  try {
    if (b.sign() > 0 && a.sign() >= 0) return a / b;
    if (b.sign() < 0 && a.sign() < 0) return b / a;
    if (a.sign() == 0 && b.sign() == 0) return Scalar(1);
  } catch (const Unsupported&) {
  }
  return std::nullopt;
}

Surd absolute(const Surd& x) { return x.sign() < 0 ? -x : x; }

std::string shortened(const std::string& text) {
  return text.size() <= 400 ? text : text.substr(0, 400) + "…";
}

std::string sides_text(const std::string& left, const std::string& right) {
  return "left = " + shortened(left) + ", right = " + shortened(right);
}

/// The value with its decimal when that says more.
std::string shown(const Scalar& s) {
  const std::string text = to_string(s);
  const bool plain = s.is_rational() && denominator(s.rational()) == 1;
  return plain || text.size() > 380 ? text : text + " (" + decimal(s, 12) + ")";
}

}  // namespace

namespace {

/// What follows something undecided may never be evaluated: where it has no value, it is not known
/// whether there is one (docs/semantics.md 12.2).
template <class F>
Truth after(const Truth& before, const F& next) {
  if (!before.undecided()) return next();
  try {
    return next();
  } catch (const Undefined&) {
    Truth lost = before;
    lost.lost = true;
    return lost;
  }
}

Truth not_known(const char* why, Place place) {
  Truth t;
  t.is = Truth::Is::undecided;
  t.reason = why;
  t.place = place;
  return t;
}

}  // namespace

/// What is not known ends the evaluation of its parts: one that was not looked at may have no
/// value, unless the form shows that all have (docs/semantics.md 12.2).
Truth Evaluator::truth(const Expr& e) {
  const auto open = [&](const char* why) {
    Truth t = not_known(why, e.place);
    t.lost = !always_defined(e);
    return t;
  };
  try {
    return decide(e);
  } catch (const Unsupported& u) {
    return open(u.what());
  } catch (const std::domain_error& error) {  // of exact numbers
    return open(error.what());
  }
}

Truth Evaluator::decide(const Expr& e) {
  switch (e.op) {
    case Op::relation:
      return relation(e);
    case Op::lnot:
      return negation(truth(*e.args[0]));
    case Op::land: {
      Truth t = truth(*e.args[0]);
      for (size_t k = 1; k < e.args.size() && !t.no() && !t.lost; ++k)
        t = both(t, after(t, [&] { return truth(*e.args[k]); }));
      return t;
    }
    case Op::lor: {
      Truth t = truth(*e.args[0]);
      for (size_t k = 1; k < e.args.size() && !t.yes() && !t.lost; ++k)
        t = either(t, after(t, [&] { return truth(*e.args[k]); }));
      return t;
    }
    case Op::implies: {
      const Truth premise = truth(*e.args[0]);
      if (premise.lost) return premise;
      if (premise.no()) return answer(true, e.place);
      const Truth conclusion = after(premise, [&] { return truth(*e.args[1]); });
      return premise.yes() || conclusion.yes() || conclusion.lost ? conclusion : premise;
    }
    case Op::iff:
      return equivalence(truth(*e.args[0]), truth(*e.args[1]), e.place);
    case Op::quantifier:
      return quantifier(e);
    case Op::over_kind:
      return over_kind(e);
    case Op::surely:
      return surely(e);
    case Op::in_set: {
      const long k = integer(*e.args[0]);
      const auto all = elements_of(*e.args[1]);
      return answer(std::find(all.begin(), all.end(), k) != all.end(), e.place);
    }
    case Op::at_member:
      return member(e).truth(*e.args[1]);
    case Op::choose: {
      const Truth t = truth(*e.args[0]);
      return t.undecided() ? t : truth(*e.args[t.yes() ? 1 : 2]);
    }
    case Op::name:
      return truth(definition(e.name));
    case Op::call:
      break;
    default:
      misuse(e.place, "this is no statement");
  }
  Truth t;
  t.place = e.place;
  if (e.function == Function::rational) {
    t.is = rational_value(scalar(*e.args[0])) ? Truth::Is::yes : Truth::Is::no;
    return t;
  }
  if (e.function != Function::defined) misuse(e.place, "'" + e.name + "' is no statement");
  try {
    t.sides = "value = " + shortened(to_string(value(*e.args[0])));
  } catch (const Undefined& u) {
    t.is = Truth::Is::no;
    t.sides = std::string("no value: ") + u.what();
  }
  return t;
}

Truth Evaluator::quantifier(const Expr& e) {
  const bool all = e.name == "forall";
  std::optional<Truth> total;
  run_binders(e, 0, [&] {
    Truth t = after(total.value_or(Truth{}), [&] { return truth(*e.args[0]); });
    if ((all && t.no()) || (!all && t.yes())) {
      for (size_t k = bound_.size() - e.binders.size(); k < bound_.size(); ++k) {
        t.sides = bound_[k].first + " = " + to_string(bound_[k].second) + ": " + t.sides;
      }
    }
    total = !total ? t : all ? both(*total, t) : either(*total, t);
    return !total->lost && (all ? !total->no() : !total->yes());
  });
  if (total) return *total;
  return Truth{all ? Truth::Is::yes : Truth::Is::no, "", false, {}, {}, "empty range", e.place};
}

namespace {

/// Whether the name has a value on every case. Not of every one that has.
bool is_always_defined(Constant name) {
  switch (name) {
    case Constant::n:
    case Constant::d:
    case Constant::Lbar:
    case Constant::bbar:
    case Constant::Dbar:
    case Constant::identity:
    case Constant::ones:
    case Constant::Bbar:
    case Constant::Cb:
    case Constant::rho_mean:
    case Constant::rho_square:
      return true;
    case Constant::q:
    case Constant::p:
    case Constant::local_steps:
    case Constant::gamma:
    case Constant::xstar:
    case Constant::x0:
    case Constant::xinf:
    case Constant::theta_min:
    case Constant::lyapunov:
    case Constant::none:
      break;
  }
  return false;
}

/// The same of a function whose arguments have values.
bool is_total(Function f) {
  switch (f) {
    case Function::f:
    case Function::grad_f:
    case Function::abs:
    case Function::trace:
    case Function::det:
    case Function::Diag:
    case Function::diag:
    case Function::sym:
    case Function::inner:
    case Function::min:
    case Function::max:
      return true;
    case Function::g:
    case Function::step:
    case Function::e:
    case Function::sqrt:
    case Function::ceil:
    case Function::surd:
    case Function::lambda_max:
    case Function::lambda_min:
    case Function::spectral_radius:
    case Function::row:
    case Function::column:
    case Function::pinv:
    case Function::kron:
    case Function::lambda_min_plus:
    case Function::inverse:
    case Function::defined:
    case Function::rational:
    case Function::next:
    case Function::fixed:
    case Function::limit:
    case Function::covariance:
    case Function::keep:
    case Function::none:
      break;
  }
  return false;
}

}  // namespace

/// Whether the form of an expression shows that it has a value everywhere. Not of every one that
/// does.
bool Evaluator::always_defined(const Expr& e) const {
  const auto all_parts = [&] {
    return std::all_of(e.args.begin(), e.args.end(),
                       [&](const auto& part) { return always_defined(*part); });
  };
  switch (e.op) {
    case Op::number:
      return true;
    case Op::name: {
      if (e.meaning == Meaning::definition) return always_defined(definition(e.name));
      return e.meaning == Meaning::variable || e.meaning == Meaning::bound ||
             is_always_defined(e.constant);
    }
    case Op::relation:
    case Op::lnot:
    case Op::land:
    case Op::lor:
    case Op::implies:
    case Op::iff:
    case Op::neg:
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::transpose:
    case Op::expect:
      return all_parts();
    case Op::norm:
    case Op::normsq:
      return e.args.size() == 1 && all_parts();
    case Op::call:
      return is_total(e.function) && all_parts();
    default:
      return false;
  }
}

Truth Evaluator::surely(const Expr& e) {
  if (!e.args[0]->type.random) return truth(*e.args[0]);  // the same at every outcome
  std::optional<Truth> total;
  long number = 0;
  const bool defined = always_defined(*e.args[0]);
  world(e);
  each_outcome(*e.args[0], [&](const Rational&) {
    ++number;
    Truth t = truth(*e.args[0]);
    if (t.no()) {
      std::string sketches;
      for (size_t i = 0; i < outcome_->C.size(); ++i) {
        sketches += (i == 0 ? "C[1] = " : ", C[" + std::to_string(i + 1) + "] = ") +
                    to_string(outcome_->C[i]);
      }
      t.sides += (t.sides.empty() ? "outcome " : ", outcome ") + std::to_string(number) + ": " +
                 shortened(sketches);
    }
    total = total ? both(*total, t) : t;
    // All outcomes are parts: one without a value counts behind a false one, too.
    return !(total->no() && defined);
  });
  return *total;
}

Truth Evaluator::relation(const Expr& e) {
  return sized(e.place, [&] {
    Truth t = pair(e, 0);
    for (size_t k = 1; k < e.relations.size() && !t.no(); ++k)
      t = both(t, after(t, [&] { return pair(e, k); }));
    return t;
  });
}

/// A side as a matrix; the literal 0 takes the size of the other side.
SurdMatrix Evaluator::side(const Expr& e, const Expr& other) {
  const Value v = value(e);
  if (const auto* m = std::get_if<SurdMatrix>(&v)) return *m;
  const SurdMatrix like = matrix(other);
  return SurdMatrix::Constant(like.rows(), like.cols(), Surd(0));
}

Truth Evaluator::pair(const Expr& e, size_t k) {
  const Expr &a = *e.args[k], &b = *e.args[k + 1];
  const Relation r = e.relations[k];
  const bool equality = r == Relation::eq || r == Relation::ne;
  if (a.type.shape == Shape::scalar && b.type.shape == Shape::scalar) {
    if (const auto known = extreme_pair(e, k)) return *known;
    return scalar_pair(e, k, scalar(a), scalar(b));
  }
  if (equality) return matrix_equality(e, k, side(a, b), side(b, a));
  return loewner(e, k);
}

Truth Evaluator::scalar_pair(const Expr& e, size_t k, const Scalar& a, const Scalar& b) {
  const Relation r = e.relations[k];
  if (a.has_unknowns() || b.has_unknowns()) return unknown_pair(e, k, a, b);
  const int order = compare(a, b);
  Truth t;
  t.place = e.args[k]->place;
  t.sides = sides_text(shown(a), shown(b));
  bool holds = false;
  switch (r) {
    case Relation::eq:
      holds = order == 0;
      break;
    case Relation::ne:
      holds = order != 0;
      break;
    case Relation::lt:
      holds = order < 0;
      break;
    case Relation::le:
      holds = order <= 0;
      break;
    case Relation::gt:
      holds = order > 0;
      break;
    default:
      holds = order >= 0;
      break;
  }
  t.is = holds ? Truth::Is::yes : Truth::Is::no;
  if (!margins_) return t;
  const Scalar gap = order == 0 ? Scalar(0) : b - a;
  if (r == Relation::lt || r == Relation::le) {
    t.margin = gap;
    t.ratio = ratio_of(a, b);
  } else if (r == Relation::gt || r == Relation::ge) {
    t.margin = -gap;
    t.ratio = ratio_of(b, a);
  } else {
    const Scalar size = order > 0 ? -gap : gap;
    t.margin = r == Relation::eq ? -size : size;
    if (r == Relation::eq && holds) t.ratio = Scalar(1);
  }
  return t;
}

/// The same of numbers with unknowns, which have no margin.
Truth Evaluator::unknown_pair(const Expr& e, size_t k, const Scalar& a, const Scalar& b) {
  const auto holds = [&] {
    switch (e.relations[k]) {
      case Relation::eq:
        return is_zero(b - a);
      case Relation::ne:
        return !is_zero(b - a);
      case Relation::lt:
        return is_negative(a - b);
      case Relation::le:
        return !is_negative(b - a);
      case Relation::gt:
        return is_negative(b - a);
      default:
        return !is_negative(a - b);
    }
  };
  return answer(holds(), e.args[k]->place);
}

Truth Evaluator::matrix_equality(const Expr& e, size_t k, const SurdMatrix& a,
                                 const SurdMatrix& b) {
  if (a.rows() != b.rows() || a.cols() != b.cols())
    throw Undefined(e.place, "the sizes of the two sides differ");
  if (has_unknowns(a) || has_unknowns(b)) {
    const bool equal = is_zero(SurdMatrix(a - b));
    return answer(equal == (e.relations[k] == Relation::eq), e.args[k]->place);
  }
  Surd largest = 0;
  for (Index i = 0; i < a.size(); ++i) {
    const Surd gap = absolute(a.data()[i] - b.data()[i]);
    if (gap > largest) largest = gap;
  }
  const bool wanted = e.relations[k] == Relation::eq, equal = largest == Surd(0);
  Truth t;
  t.is = equal == wanted ? Truth::Is::yes : Truth::Is::no;
  t.place = e.args[k]->place;
  t.margin = wanted ? Scalar(-largest) : Scalar(largest);
  if (wanted && equal) t.ratio = Scalar(1);
  t.sides = sides_text(to_string(a), to_string(b));
  return t;
}

Truth Evaluator::loewner(const Expr& e, size_t k) {
  const Relation r = e.relations[k];
  const bool flipped = r == Relation::succ || r == Relation::succeq;
  const bool strict = r == Relation::prec || r == Relation::succ;
  const Expr &small = *e.args[flipped ? k + 1 : k], &large = *e.args[flipped ? k : k + 1];
  if (large.op == Op::mul && large.args[0]->type.shape == Shape::scalar) {
    const Scalar factor = scalar(*large.args[0]);
    if (factor.surd() == nullptr) {
      return loewner_with_factor(e, side(small, *large.args[1]), factor, matrix(*large.args[1]),
                                 strict);
    }
  }
  const SurdMatrix a = side(small, large), b = side(large, small);
  for (const auto& [m, expr] : {std::pair{&a, &small}, {&b, &large}}) {
    if (!is_symmetric(*m)) {
      throw Undefined(expr->place,
                      "the Loewner order needs symmetric matrices; this one is " + to_string(*m));
    }
  }
  if (a.rows() != b.rows()) throw Undefined(e.place, "the sizes of the two sides differ");
  const SurdMatrix difference = b - a;
  if (has_unknowns(difference)) {
    const bool holds = strict ? is_definite(difference) : is_semidefinite(difference);
    return answer(holds, e.args[k]->place);
  }
  const Definiteness d = definiteness(difference);
  Truth t;
  t.is = (strict ? d.definite : d.psd) ? Truth::Is::yes : Truth::Is::no;
  t.place = e.args[k]->place;
  t.sides = sides_text(to_string(a), to_string(b));
  if (d.negative) t.sides += ", v'(right - left)v < 0 for v = " + to_string(*d.negative);
  if (!margins_ || a.rows() > budget::kMargin.most) return t;
  try {
    t.margin = smallest_of_pencil(difference, SurdMatrix::Identity(a.rows(), a.cols()));
    if (!has_unknowns(b) && definiteness(b).definite && definiteness(a).psd)
      t.ratio = largest_of_pencil(a, b);
  } catch (const Unsupported&) {
  }
  return t;
}

/// A ⪯ tB with an algebraic number t and B ≻ 0, which holds exactly when t is at least the largest
/// eigenvalue of the pencil (A, B).
Truth Evaluator::loewner_with_factor(const Expr& e, const SurdMatrix& a, const Scalar& t,
                                     const SurdMatrix& b, bool strict) {
  if (!is_symmetric(a) || !is_symmetric(b))
    throw Undefined(e.place, "the Loewner order needs symmetric matrices");
  if (a.rows() != b.rows()) throw Undefined(e.place, "the sizes of the two sides differ");
  if (!definiteness(b).definite) {
    throw Unsupported(
        "the Loewner order against an algebraic multiple of a matrix that is not positive "
        "definite");
  }
  const Scalar least = largest_of_pencil(a, b);
  const int order = compare(least, t);
  Truth result;
  result.is = order < 0 || (order == 0 && !strict) ? Truth::Is::yes : Truth::Is::no;
  result.place = e.place;
  result.margin = order == 0 ? Scalar(0) : t - least;
  result.ratio = ratio_of(least, t);
  result.sides = "least factor = " + shown(least) + ", factor = " + shown(t);
  return result;
}

}  // namespace istcheck::claim
