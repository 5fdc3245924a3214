// Relations, hypotheses and whole claims as formulas.
#include "claim/printer.hpp"
#include "search/smt_translator.hpp"

namespace istcheck::search {

using claim::Expr;
using claim::Op;
using claim::Relation;

Term Translator::surely(const Expr& body, bool positive) {
  std::vector<Term> all;
  const SymbolicOutcome* outside = outcome_;
  for (const auto& o : outcomes_) {
    outcome_ = &o;
    all.push_back(formula(body, positive));
  }
  outcome_ = outside;
  return positive ? algebra.bank.conjunction(all) : algebra.bank.disjunction(all);
}

Term Translator::relation(const Expr& e, size_t k, bool positive) {
  TermBank& bank = algebra.bank;
  const Relation r = e.relations[k];
  if (r == Relation::prec || r == Relation::preceq || r == Relation::succ || r == Relation::succeq)
    return loewner(e, k, positive);
  // A side that is the number 0 or 1 where the other is a matrix stands for a multiple of I or 0.
  SymbolicValue a = value(*e.args[k]), b = value(*e.args[k + 1]);
  if (a.index() != b.index()) {
    SymbolicValue& number = std::holds_alternative<Term>(a) ? a : b;
    const auto& other = std::get<TermMatrix>(std::holds_alternative<Term>(a) ? b : a);
    const Rational* x = bank.constant(std::get<Term>(number));
    if (x == nullptr || *x != 0)
      throw Unencodable("a number beside a matrix: " + claim::to_text(e));
    number = algebra.constant(other.rows(), other.cols(), 0);
  }
  if (r == Relation::eq || r == Relation::ne) {
    const Term equal = equality(a, b);
    return (r == Relation::eq) == positive ? equal : bank.negation(equal);
  }
  Term x = std::get<Term>(a), y = std::get<Term>(b);
  if (r == Relation::gt || r == Relation::ge) std::swap(x, y);
  const bool strict = r == Relation::lt || r == Relation::gt;
  if (positive) return bank.relation(strict ? "<" : "<=", x, y);
  return bank.relation(strict ? "<=" : "<", y, x);
}

Term Translator::equality(const SymbolicValue& a, const SymbolicValue& b) {
  TermBank& bank = algebra.bank;
  if (const auto* s = std::get_if<Term>(&a)) return bank.relation("=", *s, std::get<Term>(b));
  const auto &A = std::get<TermMatrix>(a), &B = std::get<TermMatrix>(b);
  if (A.rows() != B.rows() || A.cols() != B.cols())
    throw Unencodable("matrices of different sizes");
  std::vector<Term> all;
  for (Index k = 0; k < A.size(); ++k) all.push_back(bank.relation("=", A.data()[k], B.data()[k]));
  return bank.conjunction(all);
}

/// A side of a Loewner relation: a matrix, or a number t for t I.
TermMatrix Translator::side(const Expr& e, Index d) {
  const SymbolicValue v = value(e);
  if (const auto* m = std::get_if<TermMatrix>(&v)) return *m;
  const Rational* x = algebra.bank.constant(std::get<Term>(v));
  if (x == nullptr || *x != 0) throw Unencodable("a number beside a matrix: " + claim::to_text(e));
  return algebra.constant(d, d, 0);
}

Term Translator::loewner(const Expr& e, size_t k, bool positive) {
  const Relation r = e.relations[k];
  const bool up = r == Relation::prec || r == Relation::preceq;
  const bool strict = r == Relation::prec || r == Relation::succ;
  const Expr &left = *e.args[k], &right = *e.args[k + 1];
  const SymbolicValue v = value(left);
  const Index d =
      std::holds_alternative<TermMatrix>(v) ? std::get<TermMatrix>(v).rows() : matrix(right).rows();
  const TermMatrix a = side(left, d), b = side(right, d);
  const TermMatrix m = up ? algebra.sub(b, a) : algebra.sub(a, b);
  // Symmetric by the claim's types, perhaps not syntactically: the symmetric part is the same.
  const TermMatrix s =
      algebra.scale(algebra.add(m, m.transpose()), algebra.bank.number(Rational(1, 2)));
  TermMatrix symmetric = s;
  for (Index i = 0; i < s.rows(); ++i) {
    for (Index j = 0; j < i; ++j) symmetric(i, j) = s(j, i);
  }
  // A conjunct of the hypotheses may be weakened to its instances; anything deeper may not.
  if (weaken_ && positive) {
    algebra.assume_at_instances(symmetric, strict);
    return algebra.bank.yes();
  }
  return algebra.psd(symmetric, strict, positive, encoding_);
}

/// A hypothesis as formula; the Loewner relations among its conjuncts are weakened to instances
/// where the encoding says so.
Term Translator::hypothesis(const Expr& e) {
  if (e.op == Op::land) {
    std::vector<Term> all;
    for (const auto& arg : e.args) all.push_back(hypothesis(*arg));
    return algebra.bank.conjunction(all);
  }
  weaken_ = e.op == Op::relation && encoding_.psd == Encoding::Psd::instances;
  const Term f = formula(e, true);
  weaken_ = false;
  return f;
}

std::vector<Term> Translator::restrictions() {
  using Family = Encoding::Family;
  TermBank& bank = algebra.bank;
  const auto is = [&](Term t, const Rational& x) { return bank.relation("=", t, bank.number(x)); };
  std::vector<Term> all;
  if (encoding_.family == Family::first_entry_one) all.push_back(is(L_[0](0, 0), 1));
  if (encoding_.family == Family::diagonal || encoding_.family == Family::block) {
    const bool block = encoding_.family == Family::block;
    for (const auto& L : L_) {
      for (Index j = 0; j < d_; ++j) {
        for (Index k = j; k < d_; ++k) {
          if (block ? k >= 2 : k > j) all.push_back(is(L(j, k), j == k ? 1 : 0));
        }
      }
    }
  }
  if (encoding_.family == Family::short_values) {
    for (Term slot : slots_) {
      std::vector<Term> any;
      for (const Rational& x :
           {Rational(0), Rational(1), Rational(-1), Rational(2), Rational(-2), Rational(3),
            Rational(-3), Rational(1, 2), Rational(-1, 2), Rational(4), Rational(5)})
        any.push_back(is(slot, x));
      all.push_back(bank.disjunction(any));
    }
  }
  return all;
}

std::vector<Term> Translator::assertions() {
  std::vector<Term> all;
  TermBank& bank = algebra.bank;
  for (const auto& s : claim_.settings) {
    if (s.condition) all.push_back(formula(*s.condition, true));
    // Where the sizes do not fit the setting, the rest may have no meaning.
    if (!all.empty() && all.back() == bank.no()) return {bank.no()};
  }
  // Admissible: convex functions, a positive step.
  for (const auto& L : L_) {
    if (encoding_.psd == Encoding::Psd::instances) {
      algebra.assume_at_instances(L, false);
    } else {
      all.push_back(algebra.psd(L, false, true, encoding_));
    }
  }
  all.push_back(bank.relation("<", bank.number(0), step_));
  if (has_flag(claim_, "heterogeneous")) {
    std::vector<Term> same;
    for (size_t i = 1; i < L_.size(); ++i) {
      same.push_back(equality(L_[i], L_[0]));
      same.push_back(equality(b_[i], b_[0]));
    }
    all.push_back(bank.negation(bank.conjunction(same)));
  }
  for (const auto& v : claim_.variables) {
    if (v.kind != claim::Kind::positive) continue;
    all.push_back(algebra.psd(std::get<TermMatrix>(variables_.at(v.name)), true, true, encoding_));
  }
  for (const auto& h : claim_.hypotheses) all.push_back(hypothesis(*h.value));
  std::vector<Term> denied;
  for (const auto& c : claim_.conclusions) denied.push_back(formula(*c.value, false));
  all.push_back(bank.disjunction(denied));
  for (Term f : algebra.instances()) all.push_back(f);
  for (Term f : restrictions()) all.push_back(f);
  all.insert(all.end(), algebra.constraints.begin(), algebra.constraints.end());
  return all;
}

}  // namespace istcheck::search
