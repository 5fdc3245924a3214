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

(* CLAIM precondition-diagonal: L̃ = D^{−½}LD^{−½} has unit diagonal and is ≻ 0 when L is; f(D^{−½}y) is the quadratic of L̃ and D^{−½}b at y *)
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
(* The substitution of (20). *)
Theorem substitution y : quadratic L b (dg s *m y) = quadratic Ltilde (dg s *m b) y.
Proof.
rewrite /quadratic qf_mul dg_sym; congr (_ - _).
by rewrite /dot bf_mulr bf_mull mulmx1 mul1mx dg_sym.
Qed.
End Preconditioning.
