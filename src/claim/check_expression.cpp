#include <algorithm>

#include "claim/printer.hpp"
#include "claim/type_checker.hpp"

namespace istcheck::claim {

namespace {}  // namespace

bool mentions_index(const Expr& e, const std::string& index) {
  if (e.op == Op::name) return e.meaning == Meaning::bound && e.name == index;
  bool hidden = false;
  for (const Binder& b : e.binders) {
    for (const auto* end : {b.low.get(), b.high.get()})
      if (end != nullptr && !hidden && mentions_index(*end, index)) return true;
    hidden |= b.name == index;
  }
  return !hidden && std::any_of(e.args.begin(), e.args.end(),
                                [&](const auto& arg) { return mentions_index(*arg, index); });
}

void TypeChecker::need_scalar(Expr& e, const char* where) {
  check(e);
  if (e.type.shape == Shape::scalar) return;
  fail(e.place, std::string(where) + " must be a scalar, this is a " + to_string(e.type));
}

void TypeChecker::need_truth(Expr& e, const char* where) {
  check(e);
  if (e.type.shape == Shape::truth) return;
  fail(e.place, std::string(where) + " must be a statement, this is a " + to_string(e.type));
}

void TypeChecker::need_plain(Expr& e, const char* where) {
  need_scalar(e, where);
  if (e.type.random || e.type.degree > 0) fail(e.place, std::string(where) + " cannot be random");
}

void TypeChecker::need_square(Expr& e, const char* where) {
  if (e.type.shape == Shape::matrix && !conflict(e.type.rows, e.type.columns)) return;
  fail(e.place, std::string(where) + " must be a square matrix, this is a " + to_string(e.type));
}

void TypeChecker::need_symmetric(Expr& e, const std::string& where) {
  need_square(e, where.c_str());
  if (symmetry_.symmetric(e)) return;
  fail(e.place, where +
                    " must be a symmetric matrix, and this one is not symmetric by its form; "
                    "write sym(…) around it if its symmetric part (A + A')/2 is meant");
}

/// The dependencies of an expression are those of its arguments together.
void TypeChecker::inherit(Expr& e) {
  e.type = {};
  const bool of_set = e.op == Op::in_set || e.function == Function::keep;
  for (const auto& arg : e.args) {
    if (arg->type.shape == Shape::set && !of_set) fail(arg->place, "a set is no quantity");
    e.type.random |= arg->type.random;
    e.type.uses_bound |= arg->type.uses_bound;
    e.type.uses_variable |= arg->type.uses_variable;
    e.type.uses_case |= arg->type.uses_case;
    e.type.degree = std::max(e.type.degree, arg->type.degree);
    e.type.iterates |= arg->type.iterates;
    e.type.free_state |= arg->type.free_state;
  }
}

void TypeChecker::check(Expr& e) {
  const bool of_claims = e.op == Op::expect || e.op == Op::surely || e.op == Op::over_kind ||
                         e.op == Op::at_member || e.op == Op::round_of;
  if (in_method_ && of_claims)
    fail(e.place, "this belongs to claims; a method says what a round does");
  switch (e.op) {
    case Op::number:
      e.type = scalar_type();
      return;
    case Op::name:
      return name(e);
    case Op::index:
      return index(e);
    case Op::entry:
      return entry(e);
    case Op::call:
      return call(e);
    case Op::call_at:
      return call_at(e);
    case Op::add:
    case Op::sub:
      return sum(e);
    case Op::mul:
      return product(e);
    case Op::div:
      return quotient(e);
    case Op::pow:
      return power(e);
    case Op::vector:
      return vector(e);
    case Op::matrix:
      return matrix(e);
    case Op::norm:
    case Op::normsq:
      return norm(e);
    case Op::expect:
      return expectation(e);
    case Op::surely:
      return surely(e);
    case Op::fold:
    case Op::quantifier:
      return binder(e);
    case Op::over_kind:
      return over_kind(e);
    case Op::at_member:
      return member(e);
    case Op::choose:
      return choose(e);
    case Op::relation:
      return relation(e);
    case Op::lnot:
    case Op::land:
    case Op::lor:
    case Op::implies:
    case Op::iff:
      return logic(e);
    case Op::round_of:
      need_plain(*e.args[0], "the number of a round");
      return in_round(e, *e.args[1]);
    case Op::in_set:
      plain(*e.args[0], "an element");
      check(*e.args[1]);
      if (e.args[1]->type.shape != Shape::set) fail(e.args[1]->place, "'in' needs a set");
      inherit(e);
      return set_shape(e, truth_type());
    case Op::neg:
    case Op::transpose:
      break;
  }
  check(*e.args[0]);
  const Type& t = e.args[0]->type;
  if (t.shape == Shape::truth) fail(e.place, "a statement has no sign and no transpose");
  inherit(e);
  set_shape(e, t);
  if (e.op == Op::transpose) std::swap(e.type.rows, e.type.columns);
}

void TypeChecker::expectation(Expr& e) {
  check(*e.args[0]);
  const Type& t = e.args[0]->type;
  if (t.shape == Shape::set) fail(e.place, "a set has no mean");
  if (t.shape == Shape::truth) {
    fail(e.place, "E[…] is for quantities; for a statement write 'for every outcome : …'");
  }
  one_draw(*e.args[0]);
  inherit(e);
  set_shape(e, t);
  e.type.random = e.type.iterates = false;
  e.type.degree = 0;
}

void TypeChecker::surely(Expr& e) {
  need_truth(*e.args[0], "what holds for every outcome");
  if (e.args[0]->type.iterates) fail(e.place, "iterates x[k] can only be used inside E[…]");
  one_draw(*e.args[0]);
  inherit(e);
  set_shape(e, truth_type());
  e.type.random = false;
}

Size TypeChecker::length_of(const Binder& b) const {
  switch (b.domain) {
    case Domain::workers:
      return Size::named(to_text(Constant::n));
    case Domain::coordinates:
      return Size::named(to_text(Constant::d));
    case Domain::range:
      break;
  }
  if (b.set) return {};
  if (b.low->op != Op::number || b.low->value != 1) return {};
  if (b.high->op == Op::number) return Size::of(static_cast<long>(approximate(b.high->value)));
  const bool size = b.high->constant == Constant::n || b.high->constant == Constant::d;
  return size ? Size::named(b.high->name) : Size{};
}

void TypeChecker::binder(Expr& e) {
  for (size_t k = 0; k < e.binders.size(); ++k) {
    const Binder& b = e.binders[k];
    bind(b.name, b.place);
    for (size_t before = 0; before < k; ++before)  // F4
      if (e.binders[before].name == b.name)
        fail(b.place, "'" + b.name + "' is already an index of this list");
  }
  bool uses_case_data = false, bound_ends = false, variable_ends = false;
  const size_t outside = bound_.size();
  for (auto& b : e.binders) {
    for (auto* end : {b.low.get(), b.high.get()}) {
      if (end == nullptr) continue;
      need_plain(*end, "the end of a range");
      uses_case_data |= end->type.uses_case;
      variable_ends |= end->type.uses_variable;
      bound_ends |= end->type.uses_bound;
      // docs/semantics.md F10
      if (e.fold == Fold::mat && &b == &e.binders[1] && mentions_index(*end, e.binders[0].name))
        fail(end->place, "rows of one length: the second range of 'mat' must not depend on '" +
                             e.binders[0].name + "'");
    }
    if (b.set) {
      check(*b.set);
      if (b.set->type.shape != Shape::set)
        fail(b.set->place, "an index runs over a range or a set that was drawn");
      bound_ends = true;
    }
    uses_case_data |= b.domain != Domain::range || b.set;
    bound_.push_back(b.name);
  }
  if (e.op == Op::quantifier) {
    need_truth(*e.args[0], "what is quantified");
  } else {
    check(*e.args[0]);
  }
  bound_.resize(outside);
  inherit(e);
  e.type.uses_bound = bound_ends || e.type.free_state || (outside > 0 && e.type.uses_bound);
  e.type.uses_variable |= variable_ends;
  const Type& body = e.args[0]->type;
  set_shape(e, e.op == Op::fold ? type_of_fold(e, body) : body);
  if (uses_case_data) use_case(e, e.name);
}

/// docs/semantics.md 9.4. Inside, the name is bound like an index, and has the type of its kind.
void TypeChecker::over_kind(Expr& e) {
  const Binder& b = e.binders[0];
  if (is_state(*b.kind)) {
    if (!claim_.method)
      fail(e.place, "'for every state' is for claims about a method as text: setting method = …");
    need_truth(*e.args[0], "what holds for every state");
    inherit(e);
    e.type.free_state = false;
    set_shape(e, truth_type());
    if (b.kind == Kind::reachable) {
      e.type.uses_variable = true;
      carry_run(e);
    }
    return use_case(e, "for every state");
  }
  bind(b.name, b.place);
  kinds_.emplace_back(bound_.size(), type_of(*b.kind));
  bound_.push_back(b.name);
  need_truth(*e.args[0], "what is quantified");
  bound_.pop_back();
  kinds_.pop_back();
  inherit(e);
  e.type.uses_bound = std::any_of(bound_.begin(), bound_.end(), [&](const std::string& outer) {
    return outer != b.name && mentions_index(*e.args[0], outer);
  });
  set_shape(e, truth_type());
  if (!is_number(*b.kind)) use_case(e, b.name);
}

Type TypeChecker::type_of_fold(const Expr& e, const Type& body) const {
  const auto need = [&](bool fits) {
    if (!fits) fail(e.args[0]->place, "'" + e.name + "' cannot run over a " + to_string(body));
  };
  const Size one = Size::of(1);
  switch (e.fold) {
    case Fold::min:
    case Fold::max:
      need(body.shape == Shape::scalar);
      if (body.degree > 0)
        too_high(e.place, "'" + e.name + "' of iterates is not supported in E[…]");
      return body;
    case Fold::vec:
      need(body.shape == Shape::scalar);
      return matrix_type(length_of(e.binders[0]), one);
    case Fold::mat:
      need(body.shape == Shape::scalar);
      return matrix_type(length_of(e.binders[0]), length_of(e.binders[1]));
    case Fold::sum:
    case Fold::mean:
    case Fold::none:
      break;
  }
  need(body.shape != Shape::truth);
  return body;
}

void TypeChecker::member(Expr& e) {
  if (!claim_.family) fail(e.place, "at(…) is for claims that declare a family");
  need_plain(*e.args[0], "the member's index");
  const bool before = in_member_;
  in_member_ = true;
  check(*e.args[1]);
  in_member_ = before;
  const Type& t = e.args[1]->type;
  if (t.random || t.iterates)
    fail(e.args[1]->place, "inside at(…), random quantities belong into E[…]");
  inherit(e);
  set_shape(e, t);
  e.type.uses_case = e.args[0]->type.uses_case;
}

void TypeChecker::choose(Expr& e) {
  need_truth(*e.args[0], "a condition");
  check(*e.args[1]);
  check(*e.args[2]);
  const Type &a = e.args[1]->type, &b = e.args[2]->type;
  if (a.shape != b.shape || conflict(a.rows, b.rows) || conflict(a.columns, b.columns)) {
    fail(e.place, "one branch is a " + to_string(a) + ", the other a " + to_string(b));
  }
  inherit(e);
  set_shape(e, a);
}

void TypeChecker::relation(Expr& e) {
  for (auto& arg : e.args) check(*arg);
  for (size_t k = 0; k + 1 < e.args.size(); ++k) compare_sides(e, k);
  inherit(e);
  no_condition_on_state(e, "a relation");
  set_shape(e, truth_type());
}

/// F13. Moments do not decide whether an iterate fulfils a condition.
void TypeChecker::no_condition_on_state(const Expr& e, const std::string& what) const {
  if (e.type.degree == 0) return;
  if (in_method_) fail(e.place, what + " asks about the state: a condition cannot depend on it");
  fail(e.place, what +
                    " asks about an iterate, which is random: iterates can be used only inside "
                    "E[…], and there in no condition");
}

/// The literal 0 stands for the zero matrix beside a matrix.
void TypeChecker::compare_sides(Expr& e, size_t k) {
  Expr &a = *e.args[k], &b = *e.args[k + 1];
  const Relation r = e.relations[k];
  const bool loewner =
      r == Relation::prec || r == Relation::preceq || r == Relation::succ || r == Relation::succeq;
  const bool equality = r == Relation::eq || r == Relation::ne;
  const bool scalars = a.type.shape == Shape::scalar && b.type.shape == Shape::scalar;
  const std::string sign = "'" + to_text(r) + "'";
  if (a.type.shape == Shape::truth || b.type.shape == Shape::truth) {
    fail(e.place, sign + " compares quantities; between statements use <=>");
  }
  if (loewner) {
    if (scalars)
      fail(e.place, sign + " is the Loewner order on symmetric matrices; for scalars use < and <=");
    for (Expr* side : {&a, &b}) {
      if (!is_zero_numeral(*side)) need_symmetric(*side, "a side of the Loewner order " + sign);
    }
  } else if (!equality && !scalars) {
    fail(e.place, sign + " is for scalars, here are a " + to_string(a.type) + " and a " +
                      to_string(b.type) + "; the Loewner order is written <<=");
  }
  if (scalars || is_zero_numeral(a) || is_zero_numeral(b)) return;
  if (a.type.shape != b.type.shape || conflict(a.type.rows, b.type.rows) ||
      conflict(a.type.columns, b.type.columns)) {
    fail(e.place, "cannot compare a " + to_string(a.type) + " with a " + to_string(b.type));
  }
}

void TypeChecker::logic(Expr& e) {
  for (auto& arg : e.args) need_truth(*arg, "an operand of and, or, not, =>, <=>");
  inherit(e);
  set_shape(e, truth_type());
}

}  // namespace istcheck::claim
