// Statements over words; see abstraction.hpp for what is left out.
#include "claim/printer.hpp"
#include "search/abstraction.hpp"

namespace istcheck::search {

using claim::Expr;
using claim::Op;
using claim::Relation;

namespace {

bool loewner_relation(Relation r) {
  return r == Relation::prec || r == Relation::preceq || r == Relation::succ ||
         r == Relation::succeq;
}

}  // namespace

/// A literal that cannot be said is left out: in negation normal form that only weakens.
Term Abstraction::unwritten(const Expr& e) {
  left_out_ = "not written as forms: " + claim::to_text(e);
  return algebra.bank.yes();
}

Term Abstraction::relation(const Expr& e, size_t k, bool positive) {
  try {
    if (loewner_relation(e.relations[k])) return loewner(e, k, positive, false);
    return comparison(e, k, positive);
  } catch (const Unencodable& error) {
    left_out_ = error.what();
    return algebra.bank.yes();
  }
}

Term Abstraction::comparison(const Expr& e, size_t k, bool positive) {
  TermBank& bank = algebra.bank;
  const Relation r = e.relations[k];
  const Expr &left = *e.args[k], &right = *e.args[k + 1];
  const bool equality = r == Relation::eq || r == Relation::ne;
  const bool numbers =
      left.type.shape == claim::Shape::scalar && right.type.shape == claim::Shape::scalar;
  if (!numbers) {
    const WordSum gap = words_.sub(side(left), side(right));
    if (words_.random(gap)) throw Unencodable("a random matrix: " + claim::to_text(e));
    if ((r == Relation::eq) == positive) return bank.yes();  // what it implies is left out
    if (gap.empty()) return bank.no();
    // Some u' M v is not 0; a matrix without columns has v = 1.
    const WordSum u = words_.transpose(words_.column("apart " + std::to_string(++witness_)));
    const bool vector = left.type.is_vector() || right.type.is_vector();
    const WordSum v =
        vector ? words_.identity() : words_.column("apart " + std::to_string(++witness_));
    const Term form = *words_.value(words_.mul(u, words_.mul(gap, v)), true);
    return bank.negation(bank.relation("=", form, bank.number(0)));
  }
  Term x = scalar(left), y = scalar(right);
  if (equality) {
    const Term equal = bank.relation("=", x, y);
    return (r == Relation::eq) == positive ? equal : bank.negation(equal);
  }
  if (r == Relation::gt || r == Relation::ge) std::swap(x, y);
  const bool strict = r == Relation::lt || r == Relation::gt;
  if (positive) return bank.relation(strict ? "<" : "<=", x, y);
  return bank.relation(strict ? "<=" : "<", y, x);
}

/// A side of a relation between matrices; the number 0 may stand for a matrix.
WordSum Abstraction::side(const Expr& e) {
  const WordSum v = value(e);
  if (e.type.shape == claim::Shape::scalar && !v.empty())
    throw Unencodable("a number beside a matrix: " + claim::to_text(e));
  return v;
}

/// When assumed, M ⪰ 0 becomes a fact; a denial gives a witness w ≠ 0 with w'Mw < 0.
Term Abstraction::loewner(const Expr& e, size_t k, bool positive, bool assumed) {
  TermBank& bank = algebra.bank;
  const Relation r = e.relations[k];
  const bool up = r == Relation::prec || r == Relation::preceq;
  const bool strict = r == Relation::prec || r == Relation::succ;
  const WordSum a = side(*e.args[k]), b = side(*e.args[k + 1]);
  const WordSum m = up ? words_.sub(b, a) : words_.sub(a, b);
  if (positive) {
    if (assumed) facts_.push_back({m, strict});
    return bank.yes();
  }
  if (words_.random(m)) throw Unencodable("a random matrix: " + claim::to_text(e));
  const WordSum w = words_.column("witness " + std::to_string(++witness_));
  witnesses_.push_back(w);
  const auto form = [&](const WordSum& s) { return *words_.value(words_.form(s, w), true); };
  algebra.constraints.push_back(bank.relation("<", bank.number(0), form(words_.identity())));
  return bank.relation(strict ? "<=" : "<", form(m), bank.number(0));
}

/// A hypothesis: the Loewner relations among its conjuncts, at every outcome and for every index,
/// are facts.
Term Abstraction::assumption(const Expr& e) {
  TermBank& bank = algebra.bank;
  std::vector<Term> all;
  if (e.op == Op::land) {
    for (const auto& arg : e.args) all.push_back(assumption(*arg));
  } else if (e.op == Op::surely) {
    all.push_back(assumption(*e.args[0]));
  } else if (e.op == Op::quantifier && e.name == "forall") {
    run_binders(e, [&] {
      all.push_back(assumption(*e.args[0]));
      return true;
    });
  } else if (e.op == Op::relation) {
    for (size_t k = 0; k < e.relations.size(); ++k) {
      try {
        const bool matrices = loewner_relation(e.relations[k]);
        all.push_back(matrices ? loewner(e, k, true, true) : comparison(e, k, true));
      } catch (const Unencodable&) {  // left out
      }
    }
  } else {
    all.push_back(formula(e, true));
  }
  return bank.conjunction(all);
}

std::vector<Term> Abstraction::assertions() {
  TermBank& bank = algebra.bank;
  std::vector<Term> all;
  for (const auto& s : claim_.settings) {
    if (s.condition) all.push_back(assumption(*s.condition));
    if (!all.empty() && all.back() == bank.no()) return {bank.no()};
  }
  // A step of the case's own is positive.
  if (variables_.count(to_text(claim::Constant::gamma)) == 0)
    all.push_back(bank.relation("<", bank.number(0), step_));
  for (const auto& h : claim_.hypotheses) all.push_back(assumption(*h.value));
  std::vector<Term> denied;
  for (const auto& c : claim_.conclusions) {
    denied.push_back(formula(*c.value, false));
    if (denied.back() == bank.yes()) throw Unencodable(left_out_);
  }
  all.push_back(bank.disjunction(denied));
  link_rounds();
  for (Term f : instances()) all.push_back(f);
  all.insert(all.end(), algebra.constraints.begin(), algebra.constraints.end());
  return all;
}

}  // namespace istcheck::search
