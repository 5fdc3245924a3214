#include "cert/rocq_terms.hpp"

#include "claim/printer.hpp"

namespace istcheck::rocq {

using claim::Expr;
using claim::Fold;
using claim::Op;
using claim::Relation;
using claim::Shape;

namespace {

bool is_scalar(const Expr& e) { return e.type.shape == Shape::scalar; }

Term negated(const Term& t) { return {"- " + at_level(t, Term::kApply), Term::kNegate}; }

/// fun name_ => body, as an argument.
Term lambda(const std::string& name, const Term& body) {
  return {"fun " + name + " => " + body.text, Term::kLoose};
}

}  // namespace

Terms::Terms(const claim::Claim& claim, const Case* data, const CaseText* written, Limits limits,
             Scope& of_claim)
    : claim_(claim), case_(data), written_(written), limits_(limits), of_claim_(of_claim) {
  obligations_ = &of_claim.obligations;
}

Term Terms::value(const Expr& e) {
  switch (e.op) {
    case Op::number:
      return number(e.value);
    case Op::name:
      return name(e);
    case Op::index:
      return index(e);
    case Op::entry:
      return applied("entry", value(*e.args[0]), value(*e.args[1]),
                     e.args.size() > 2 ? value(*e.args[2]) : atom("1"));
    case Op::call:
    case Op::call_at:
      return call(e);
    case Op::neg:
      if (is_scalar(e)) return negated(value(*e.args[0]));
      return applied("mneg", value(*e.args[0]));
    case Op::add:
    case Op::sub: {
      const std::string sign = e.op == Op::add ? "+" : "-";
      return infix(value(*e.args[0]), is_scalar(e) ? sign : sign + "m", value(*e.args[1]),
                   Term::kPlus);
    }
    case Op::mul:
      return product(e);
    case Op::div: {
      const Term a = value(*e.args[0]), b = value(*e.args[1]);
      const bool constant = e.args[1]->op == Op::number && e.args[1]->value != 0;
      if (!constant) oblige("~ " + at_level(b, Term::kPlus) + " == 0");
      if (is_scalar(e)) return infix(a, "/", b, Term::kTimes);
      return infix(infix(atom("1"), "/", b, Term::kTimes), "*:", a, Term::kTimes);
    }
    case Op::pow:
      return power(e);
    case Op::transpose:
      return is_scalar(*e.args[0]) ? value(*e.args[0]) : applied("transpose", value(*e.args[0]));
    case Op::vector:
    case Op::matrix:
      return literal(e);
    case Op::norm:
    case Op::normsq:
      return norm(e);
    case Op::expect:
      return expectation(e);
    case Op::fold:
      return fold(e);
    case Op::choose:
      return choice(e);
    case Op::at_member:
      throw Unwritable("members of a family are not supported");
    default:
      throw Unwritable("a statement used as a value");
  }
}

Term Terms::product(const Expr& e) {
  const Expr &a = *e.args[0], &b = *e.args[1];
  const Term s = value(a), t = value(b);
  if (is_scalar(a) && is_scalar(b)) return infix(s, "*", t, Term::kTimes);
  if (is_scalar(a)) return infix(s, "*:", t, Term::kTimes);
  if (is_scalar(b)) return infix(t, "*:", s, Term::kTimes);
  const Term whole = infix(s, "*m", t, Term::kTimes);
  return is_scalar(e) ? applied("only", whole) : whole;
}

/// a^k with a whole number k, or a half of one; then through a square root.
Term Terms::power(const Expr& e) {
  const Expr &base = *e.args[0], &exponent = *e.args[1];
  const bool bound = exponent.type.uses_bound;
  Term k = value(exponent), a = value(base);
  bool negative = bound;
  if (!bound) {
    Rational exact = rational_value(exponent);
    negative = exact < 0;
    if (denominator(exact) == 2) {
      need_rational(e);
      a = root_of(base, a);
      exact *= 2;
      k = number(exact);
    }
    if (!is_scalar(base) && negative) {
      a = inverse_of(a);
      k = number(-exact);
    }
    if (!is_scalar(base) && abs(exact) == 1) return a;
  }
  if (!is_scalar(base)) return applied("mpow", a, k);
  if (negative) oblige("~ " + at_level(a, Term::kPlus) + " == 0");
  return applied("qpow", a, k);
}

Term Terms::norm(const Expr& e) {
  const Term v = value(*e.args[0]);
  const Term square =
      e.args.size() == 2 ? applied("sqnorm_in", value(*e.args[1]), v) : applied("sqnorm", v);
  if (e.op == Op::normsq) return square;
  need_rational(e);
  oblige("is_root (" + square.text + ") (root (" + square.text + "))");
  return applied("root", square);
}

Term Terms::literal(const Expr& e) {
  if (claim::is_block_matrix(e)) throw Unwritable("a block matrix is not written");
  std::string out;
  for (const auto& arg : e.args) {
    std::string row;
    if (e.op == Op::matrix) {
      for (const auto& item : arg->args) row += (row.empty() ? "" : "; ") + value(*item).text;
      row = "[" + row + "]";
    } else {
      row = value(*arg).text;
    }
    out += (out.empty() ? "" : "; ") + row;
  }
  const Term list = atom("[" + out + "]");
  return e.op == Op::matrix ? list : applied("column", list);
}

Term Terms::range_of(const claim::Binder& b) {
  switch (b.domain) {
    case claim::Domain::workers:
      return applied("range", atom("1"), atom("n"));
    case claim::Domain::coordinates:
      return applied("range", atom("1"), atom("d"));
    case claim::Domain::range:
      break;
  }
  return applied("range", value(*b.low), value(*b.high));
}

Term Terms::fold(const Expr& e) {
  switch (e.fold) {
    case Fold::sum:
      return nested_fold(e, is_scalar(e) ? "qsum" : "msum");
    case Fold::mean:
      return nested_fold(e, is_scalar(e) ? "qmean" : "mmean");
    case Fold::min:
      return nested_fold(e, "qleast");
    case Fold::max:
      return nested_fold(e, "qgreatest");
    case Fold::vec:
    case Fold::mat:
    case Fold::none:
      break;
  }
  const Term rows = range_of(e.binders[0]);
  const std::string i = e.binders[0].name + "_";
  return within(index_frame(e.binders[0]), [&] {
    if (e.fold == Fold::vec)
      return applied("build", rows, atom("[1]"), lambda(i + " _", value(*e.args[0])));
    const Term columns = range_of(e.binders[1]);
    return within(index_frame(e.binders[1]), [&] {
      return applied("build", rows, columns,
                     lambda(i + " " + e.binders[1].name + "_", value(*e.args[0])));
    });
  });
}

/// One fold for each index.
Term Terms::nested_fold(const Expr& e, const std::string& function) {
  const std::function<Term(std::size_t)> nested = [&](std::size_t which) -> Term {
    if (which == e.binders.size()) return value(*e.args[0]);
    const claim::Binder& b = e.binders[which];
    const bool moving =
        b.domain == claim::Domain::range && (b.low->type.uses_bound || b.high->type.uses_bound);
    if (which > 0 && e.fold == Fold::mean && moving)
      throw Unwritable("a mean over a range that depends on another index");
    const Term range = range_of(b);
    return within(index_frame(b), [&] {
      return applied(function, range, lambda(b.name + "_", nested(which + 1)));
    });
  };
  return nested(0);
}

/// A statement as a truth value that Coq computes, for if … then … else ….
std::string Terms::test(const Expr& e) {
  const auto joined = [&](const std::string& function) {
    std::string out = test(*e.args[0]);
    for (std::size_t k = 1; k < e.args.size(); ++k)
      out = "(" + function + " " + out + " " + test(*e.args[k]) + ")";
    return out;
  };
  if (e.op == Op::land) return joined("andb");
  if (e.op == Op::lor) return joined("orb");
  if (e.op == Op::lnot) return "(negb " + test(*e.args[0]) + ")";
  if (e.op != Op::relation || !is_scalar(*e.args[0]) || e.relations.size() != 1)
    throw Unwritable("the condition " + claim::to_text(e) + " of an if");
  const std::string a = at_level(value(*e.args[0]), 0), b = at_level(value(*e.args[1]), 0);
  switch (e.relations[0]) {
    case Relation::eq:
      return "(Qeq_bool " + a + " " + b + ")";
    case Relation::ne:
      return "(negb (Qeq_bool " + a + " " + b + "))";
    case Relation::lt:
      return "(qlt_bool " + a + " " + b + ")";
    case Relation::le:
      return "(Qle_bool " + a + " " + b + ")";
    case Relation::gt:
      return "(qlt_bool " + b + " " + a + ")";
    case Relation::ge:
      return "(Qle_bool " + b + " " + a + ")";
    default:
      throw Unwritable("the Loewner order in the condition of an if");
  }
}

Term Terms::choice(const Expr& e) {
  const std::string condition = test(*e.args[0]);
  const Term yes =
      within({condition + " = true -> ", "", "", nullptr}, [&] { return value(*e.args[1]); });
  const Term no =
      within({condition + " = false -> ", "", "", nullptr}, [&] { return value(*e.args[2]); });
  return {"if " + condition + " then " + yes.text + " else " + no.text, Term::kLoose};
}

}  // namespace istcheck::rocq
