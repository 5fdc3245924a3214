// Statements that a certificate shows by data of its own before they are used inside others: the
// Loewner order by a factorisation or a vector, stability by a Lyapunov matrix.
#include "cert/rocq_factor.hpp"
#include "cert/rocq_terms.hpp"
#include "exact/linalg.hpp"

namespace istcheck::rocq {

using claim::Expr;
using claim::Meaning;
using claim::Op;
using claim::Shape;

/// A lemma that decides the statement, found before the general test; without a reason, by that.
void Terms::show(Scope& scope, const std::string& statement, bool holds,
                 const std::string& reason) {
  const std::string key = "shown " + statement;
  if (scope.names.count(key) > 0) return;
  const std::string name =
      (&scope == &of_claim_ ? "shown_" : "at_shown_") + std::to_string(scope.names.size() + 1);
  scope.names[key] = name;
  scope.text += "Lemma " + name + " : Decides (" + statement + ") " +
                (holds ? "true false" : "false true") + ".\nProof. " +
                (reason.empty() ? "apply shown; by_computing"
                                : "apply (" + reason + "); vm_cast_no_check (eq_refl true)") +
                ". Qed.\n#[local] Hint Resolve " + name + " | 0 : cert.\n";
}

/// small ⪯ large or small ≺ large, when both are plain matrices.
void Terms::show_order(const Expr& small, const Expr& large, const Term& statement, bool strict) {
  const auto plain = [](const Expr& e) {
    return !e.type.random && !e.type.uses_bound && !e.type.iterates;
  };
  if (!plain(small) || !plain(large)) return;
  RationalMatrix gap;
  if (large.type.shape == Shape::matrix) gap = rational_matrix(large);
  if (small.type.shape == Shape::matrix) {
    const RationalMatrix m = rational_matrix(small);
    gap = gap.size() > 0 ? RationalMatrix(gap - m) : RationalMatrix(-m);
  }
  Scope& scope = varies(statement.text) ? *of_choice_ : of_claim_;
  const std::string ending = strict ? "_lt _ _ " : " _ _ ";
  if (const auto f = factorise(gap, strict)) {
    show(scope, statement.text, true, "by_factor" + ending + factorisation(*f).text);
  } else {
    show(scope, statement.text, false, "by_witness" + ending + list(against(gap, strict)).text);
  }
}

/// P − E[AᵀPA] = I for the linear part A of a round.
RationalMatrix Terms::lyapunov_matrix() {
  auto e = std::make_unique<Expr>();
  e->op = Op::name;
  e->constant = claim::Constant::lyapunov;
  e->name = to_text(e->constant);
  e->meaning = Meaning::builtin;
  e->type.shape = Shape::matrix;
  e->type.uses_variable = own_step();
  e->type.rows = e->type.columns = claim::Size::named(to_text(claim::Constant::d));
  copies_.push_back(std::move(e));
  return rational_matrix(*copies_.back());
}

Scope& Terms::stability_scope() { return own_step() ? *of_choice_ : of_claim_; }

/// The law of the linear part of a round at the step that stability belongs to, as "law (fun A =>
/// A)".
std::string Terms::linear_map() {
  need_outcomes();
  if (case_->schedule && !own_step() && !case_->last_step())
    throw Unwritable("stability with steps that tend to zero");
  const Term law = {"map (fun wo => (fst wo, linear_part d (step_by " +
                        at_level(last_step(), Term::kAtom) + " (snd wo)))) outcomes",
                    Term::kApply};
  return add(stability_scope(), "rounds", "law mat", law) + " (fun A => A)";
}

Term Terms::lyapunov(const Expr& e) {
  const std::string map = linear_map();
  const Term P =
      stated(e, "lyapunov", matrix(lyapunov_matrix()), "mat", {"is_lyapunov " + map + " @"});
  show(stability_scope(), "is_lyapunov " + map + " " + P.text, true, "");
  return P;
}

/// rho_square < 1. With P − E[AᵀPA] = I: if P ≻ 0 then I ⪯ P ⪯ C I for C a bound on the rows, so
/// E[AᵀPA] = P − I ⪯ (1 − 1/C) P. Otherwise E xᵀPx decreases from a negative value for ever, which
/// it could not do while E‖x‖² → 0.
Term Terms::stability() {
  const std::string statement = "mean_square_stable " + linear_map() + " d";
  const RationalMatrix P = lyapunov_matrix();
  const Rational bound = row_bound(P);
  Scope& scope = stability_scope();
  const std::string name = add(scope, "lyapunov", "mat", matrix(P));
  if (is_positive_definite(P)) {
    show(scope, statement, true,
         "by_lyapunov _ _ _ " + name + " " + number(bound).text + " " + number(1 - 1 / bound).text);
  } else {
    show(scope, statement, false,
         "by_growth _ _ _ " + name + " " + number(bound).text + " " + list(against(P, false)).text);
  }
  return {statement, Term::kApply};
}

}  // namespace istcheck::rocq
