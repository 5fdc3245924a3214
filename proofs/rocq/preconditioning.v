(* Diagonal preconditioning (20): L~ = D^{-1/2} L D^{-1/2} and the change of    *)
(* variables that belongs to it.  s(a) stands for [D^{-1/2}]_aa: s(a)^2 L_aa = 1. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting own.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Preconditioning.
Variables (R : realFieldType) (d : nat) (L : 'M[R]_d) (b : 'cV[R]_d) (s : 'I_d -> R).
Hypothesis sE : forall a, s a ^+ 2 * L a a = 1.

Definition Ltilde : 'M[R]_d := dg s *m L *m dg s.
(* The quadratic x^T M x / 2 - c^T x. *)
Definition quadratic (M : 'M[R]_d) (c x : 'cV[R]_d) : R := 2%:R^-1 * qf M x - dot c x.

(* The root of an inverse is not 0. *)
Lemma s_neq0 a : s a != 0.
Proof. by apply: contra_eq_neq (sE a) => ->; rewrite expr0n mul0r eq_sym oner_neq0. Qed.

(* CLAIM precondition-diagonal: L̃ = D^{−½}LD^{−½} has unit diagonal and is ≻ 0 when L is; f(D^{−½}x̃) is the quadratic of L̃ and D^{−½}b at x̃, so x = D^{−½}x̃ is the substitution; the printed x̃ := D^{−½}x gives f(x) only when D = I *)
Theorem unit_diagonal a : Ltilde a a = 1.
Proof. by rewrite dg_sandwich mulrAC -expr2 sE. Qed.
(* A congruence with an invertible matrix keeps L positive definite. *)
Theorem Ltilde_pd : pd L -> pd Ltilde.
Proof.
case=> sL hL; split=> [|v nv]; first by apply: sym_sandwich => //; apply: dg_sym.
have -> : qf Ltilde v = qf L (dg s *m v) by rewrite qf_mul dg_sym.
apply: hL; apply: contra nv => /eqP/matrixP h; apply/eqP/matrixP=> a j.
have := h a j; rewrite !ord1 dg_mulv !mxE => /eqP.
by rewrite mulf_eq0 (negPf (s_neq0 a)) => /eqP.
Qed.
(* The right substitution x = D^{-1/2} x~. *)
Theorem substitution y : quadratic L b (dg s *m y) = quadratic Ltilde (dg s *m b) y.
Proof.
rewrite /quadratic qf_mul dg_sym; congr (_ - _).
by rewrite /dot bf_mulr bf_mull mulmx1 mul1mx dg_sym.
Qed.
(* The printed one, x~ := D^{-1/2} x, preserves f exactly when D = I. *)
Theorem substitution_printed : (forall a, 0 < L a a) ->
  (forall x, qf Ltilde (dg s *m x) = qf L x) <-> (forall a, L a a = 1).
Proof.
move=> L0.
have e x : qf Ltilde (dg s *m x) = qf (dg (fun a => s a ^+ 2) *m L *m dg (fun a => s a ^+ 2)) x.
  rewrite qf_mul dg_sym; congr (qf _ x); apply/matrixP=> a c.
  by rewrite !dg_sandwich; ring.
split=> h => [a|x].
  have := h (delta_mx a 0); rewrite e [qf L _]bf_delta [qf _ _]bf_delta dg_sandwich sE mul1r.
  move=> e1; have := sE a; rewrite e1 -expr2 => /eqP; rewrite -subr_eq0.
  have -> : L a a ^+ 2 - 1 = (L a a - 1) * (L a a + 1) by ring.
  rewrite mulf_eq0 subr_eq0 addr_eq0 => /orP[/eqP //|/eqP e2].
  by have := addr_gt0 (L0 a) ltr01; rewrite e2 addNr ltxx.
have s1 a : s a ^+ 2 = 1 by have := sE a; rewrite h mulr1.
rewrite e; congr (qf _ x); apply/matrixP=> a c.
by rewrite dg_sandwich !s1 mul1r mulr1.
Qed.
End Preconditioning.

(* An instance: d = 1, L = 4, s = 1/2, x = 1: f(x) = 2 but the quadratic of L~ *)
(* at D^{-1/2} x is 1/8.                                                       *)
Theorem substitution_instance (R : realFieldType) :
  let L := 4%:R%:M : 'M[R]_1 in let s := fun _ : 'I_1 => 2%:R^-1 : R in
  let x := const_mx 1 : 'cV[R]_1 in
  [/\ pd L, (forall a, s a ^+ 2 * L a a = 1), quadratic L 0 x = 2%:R &
      quadratic (Ltilde L s) 0 (dg s *m x) = 8%:R^-1].
Proof.
have one (M : 'M[R]_1) (y : 'cV[R]_1) : quadratic M 0 y = 2%:R^-1 * (M 0 0 * y 0 0 ^+ 2).
  rewrite /quadratic /dot bf0l subr0 /qf bfE !big_ord1; congr (_ * _).
  by rewrite expr2 mulrA [y 0 0 * M _ _]mulrC.
split.
- by rewrite -scalemx1; apply: pdZ (pd1 R 1); rewrite ltr0n.
- by move=> a; rewrite mxE ord1 eqxx mulr1n; field.
- by rewrite one !mxE eqxx mulr1n; field.
by rewrite one dg_sandwich dg_mulv !mxE eqxx mulr1n; field.
Qed.
