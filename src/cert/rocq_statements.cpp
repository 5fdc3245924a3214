// Statements as propositions.
#include <algorithm>

#include "cert/rocq_terms.hpp"
#include "claim/printer.hpp"

namespace istcheck::rocq {

using claim::Expr;
using claim::Meaning;
using claim::Op;
using claim::Relation;
using claim::Shape;

namespace {

bool is_rho_square(const Expr& e) {
  return e.op == Op::name && e.constant == claim::Constant::rho_square;
}

}  // namespace

Term Terms::statement(const Expr& e) {
  // What follows a premise is only needed where the premise holds.
  const auto after = [&](const std::string& premise, const Expr& next) {
    return within({premise + " -> ", "", "", nullptr}, [&] { return statement(next); });
  };
  const auto chain = [&](bool all) {
    Term t = statement(*e.args[0]);
    for (std::size_t k = 1; k < e.args.size(); ++k) {
      const int level = all ? Term::kAnd : Term::kOr;
      const std::string before = (all ? "" : "~ ") + at_level(t, Term::kAtom);
      const Term next = after(before, *e.args[k]);
      t = {at_level(t, level - 1) + (all ? " /\\ " : " \\/ ") + at_level(next, level - 1), level};
    }
    return t;
  };
  switch (e.op) {
    case Op::relation:
      return relation(e);
    case Op::lnot:
      return {"~ " + at_level(statement(*e.args[0]), Term::kAtom), Term::kNot};
    case Op::land:
      return chain(true);
    case Op::lor:
      return chain(false);
    case Op::implies: {
      const Term a = statement(*e.args[0]);
      const Term b = after(at_level(a, Term::kAtom), *e.args[1]);
      return {at_level(a, Term::kOr) + " -> " + at_level(b, Term::kOr), Term::kArrow};
    }
    case Op::iff:
      return {at_level(statement(*e.args[0]), Term::kAtom) + " <-> " +
                  at_level(statement(*e.args[1]), Term::kAtom),
              Term::kArrow};
    case Op::quantifier:
      return quantifier(e);
    case Op::surely:
      need_outcomes();
      return within({"surely outcomes (fun omega => ", ")", "omega", nullptr}, [&]() -> Term {
        return {"surely outcomes (fun omega => " + statement(*e.args[0]).text + ")", Term::kApply};
      });
    case Op::choose: {
      const std::string s = at_level(statement(*e.args[0]), Term::kAtom);
      const Term yes = after(s, *e.args[1]), no = after("~ " + s, *e.args[2]);
      return {"(" + s + " -> " + yes.text + ") /\\ (~ " + s + " -> " + no.text + ")", Term::kAnd};
    }
    case Op::name:
      for (const auto& d : claim_.definitions) {
        if (d.name == e.name) return statement(*d.value);
      }
      throw Unwritable("the statement " + e.name);
    case Op::call:
      return defined(e);
    default:
      throw Unwritable("the statement " + claim::to_text(e));
  }
}

/// defined(e) is what e obliges to; rational(t) is true of all that is written.
Term Terms::defined(const Expr& e) {
  const Expr& inner = *e.args[0];
  if (inner.type.uses_bound || inner.type.random || inner.type.iterates)
    throw Unwritable(claim::to_text(e) + " under an index");
  const bool least = inner.op == Op::name && inner.constant == claim::Constant::theta_min;
  if (least && evaluator_->truth(e).no())
    return {"~ " + at_level(no_theta(), Term::kAtom), Term::kNot};
  if (!evaluator_->truth(e).yes()) throw Unwritable("that " + claim::to_text(e) + " is false");
  std::vector<std::string> needed;
  auto* outside = std::exchange(obligations_, &needed);
  try {
    value(inner);
  } catch (...) {
    obligations_ = outside;
    throw;
  }
  obligations_ = outside;
  if (e.function == claim::Function::rational) {
    for (const auto& o : needed) oblige(o);
    return atom("True");
  }
  Term all = atom("True");
  for (const auto& o : needed) all = {at_level(all, Term::kNot) + " /\\ (" + o + ")", Term::kAnd};
  return all;
}

Term Terms::relation(const Expr& e) {
  Term t = pair(e, 0);
  for (std::size_t k = 1; k < e.relations.size(); ++k) {
    const Term next =
        within({at_level(t, Term::kAtom) + " -> ", "", "", nullptr}, [&] { return pair(e, k); });
    t = {at_level(t, Term::kNot) + " /\\ " + at_level(next, Term::kNot), Term::kAnd};
  }
  return t;
}

Term Terms::pair(const Expr& e, std::size_t k) {
  const Expr &left = *e.args[k], &right = *e.args[k + 1];
  if (e.relations[k] == Relation::lt && is_rho_square(left) && right.op == Op::number &&
      right.value == 1)
    return stability();
  const bool numbers = left.type.shape == Shape::scalar && right.type.shape == Shape::scalar;
  const auto side = [&](const Expr& one, const Expr& other) {
    if (numbers || one.type.shape == Shape::matrix) return value(one);
    return applied("zero_like", value(other));
  };
  const Term a = side(left, right), b = side(right, left);
  const auto compared = [](const Term& s, const char* sign, const Term& t) -> Term {
    return {at_level(s, Term::kPlus) + sign + at_level(t, Term::kPlus), Term::kRelation};
  };
  const auto ordered = [&](bool strict, const Expr& small, const Term& s, const Expr& large,
                           const Term& t) {
    oblige("symmetric " + at_level(applied("msub", t, s), Term::kAtom));
    const Term statement = applied(strict ? "loewner_lt" : "loewner", s, t);
    show_order(small, large, statement, strict);
    return statement;
  };
  switch (e.relations[k]) {
    case Relation::eq:
      return numbers ? compared(a, " == ", b) : applied("meq", a, b);
    case Relation::ne: {
      const Term equal = numbers ? compared(a, " == ", b) : applied("meq", a, b);
      return {"~ " + equal.text, Term::kNot};
    }
    case Relation::lt:
      return compared(a, " < ", b);
    case Relation::le:
      return compared(a, " <= ", b);
    case Relation::gt:
      return compared(b, " < ", a);
    case Relation::ge:
      return compared(b, " <= ", a);
    case Relation::prec:
      return ordered(true, left, a, right, b);
    case Relation::preceq:
      return ordered(false, left, a, right, b);
    case Relation::succ:
      return ordered(true, right, b, left, a);
    case Relation::succeq:
      return ordered(false, right, b, left, a);
  }
  throw Unwritable("the relation in " + claim::to_text(e));
}

Term Terms::quantifier(const Expr& e) {
  const std::string function = e.name == "forall" ? "every" : "some";
  const std::function<Term(std::size_t)> nested = [&](std::size_t which) -> Term {
    if (which == e.binders.size()) return statement(*e.args[0]);
    const claim::Binder& b = e.binders[which];
    const Term range = range_of(b);
    return within(index_frame(b), [&]() -> Term {
      return {function + " " + at_level(range, 0) + " (fun " + b.name + "_ => " +
                  nested(which + 1).text + ")",
              Term::kApply};
    });
  };
  return nested(0);
}

/// Obligations that do not depend on the choice are shown once for the claim.
std::string Terms::closed_statement(const Expr& e) {
  std::vector<std::string> needed;
  obligations_ = &needed;
  const std::string text = statement(e).text;
  for (const auto& o : needed) {
    auto& list = (varies(o) ? *of_choice_ : of_claim_).obligations;
    if (std::find(list.begin(), list.end(), o) == list.end()) list.push_back(o);
  }
  return text;
}

}  // namespace istcheck::rocq
