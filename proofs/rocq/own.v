(* Sketches in which every coordinate has one owner: worker i keeps the        *)
(* coordinates a with o a = i, scaled by c i a.  Perm-q and the scaled Perm-1  *)
(* are of this kind, for one outcome at a time.                                *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Diagonal.
Variables (R : realFieldType) (d : nat).
Implicit Types (c : 'I_d -> R) (A : 'M[R]_d).

(* The diagonal matrix with entries c. *)
Definition dg c : 'M[R]_d := diag_mx (\row_a c a).
(* The entries of Diag(c), *)
Lemma dgE c a b : dg c a b = if a == b then c a else 0.
Proof. by rewrite !mxE; case: eqP; rewrite ?mulr1n ?mulr0n. Qed.
(* ... which is symmetric; *)
Lemma dg_sym c : sym (dg c).
Proof. exact: tr_diag_mx. Qed.
(* it multiplies rows from the left, *)
Lemma dg_mul c A a b : (dg c *m A) a b = c a * A a b.
Proof. by rewrite mul_diag_mx !mxE. Qed.
(* ... columns from the right, *)
Lemma mul_dg c A a b : (A *m dg c) a b = A a b * c b.
Proof. by rewrite mul_mx_diag !mxE. Qed.
(* ... and entries of a vector. *)
Lemma dg_mulv c (x : 'cV[R]_d) a : (dg c *m x) a 0 = c a * x a 0.
Proof. by rewrite mul_diag_mx !mxE. Qed.
(* (Diag(c) A Diag(c))_ab = c_a A_ab c_b. *)
Lemma dg_sandwich c A a b : (dg c *m A *m dg c) a b = c a * A a b * c b.
Proof. by rewrite mul_dg dg_mul. Qed.
(* Diag(1, ..., 1) = I. *)
Lemma dg1 : dg (fun _ => 1) = 1%:M.
Proof. by apply/matrixP=> a b; rewrite dgE mxE; case: eqP. Qed.
End Diagonal.

Section Own.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (o : 'I_d -> 'I_n) (c : 'I_n -> 'I_d -> R).

Definition own_sketch (i : 'I_n) : 'M[R]_d :=
  dg (fun a => if o a == i then c i a else 0).

(* The sketch is diagonal, hence symmetric. *)
Lemma own_sketch_sym i : sym (own_sketch i).
Proof. exact: dg_sym. Qed.

(* The average sketch is the diagonal of the scalings over n. *)
Lemma own_avg : avg own_sketch = dg (fun a => n%:R^-1 * c (o a) a).
Proof.
apply/matrixP=> a b; rewrite avgE dgE (bigD1 (o a)) //= big1 ?addr0.
  by rewrite dgE eqxx; case: eqP; rewrite ?mulr0.
by move=> i ni; rewrite dgE [o a == i]eq_sym (negPf ni); case: eqP.
Qed.

(* One worker's compressed matrix, and B, entry by entry. *)
Lemma own_sandwich i (A : 'M[R]_d) a b : (own_sketch i *m A *m own_sketch i) a b =
  (if (o a == i) && (o b == i) then c i a * c i b else 0) * A a b.
Proof.
rewrite dg_sandwich; case: (o a == i) => /=; last by rewrite !mul0r.
by case: (o b == i) => /=; rewrite ?mulr0 ?mul0r // mulrAC.
Qed.
(* B_ab = (1/n) c_a c_b (L_i)_ab when a and b have the same owner i, else 0. *)
Lemma own_B (L : 'I_n -> 'M[R]_d) a b :
  avg (fun i => own_sketch i *m L i *m own_sketch i) a b =
  if o a == o b then n%:R^-1 * (c (o a) a * c (o a) b * L (o a) a b) else 0.
Proof.
rewrite avgE (bigD1 (o a)) //= big1 ?addr0 => [|i ni].
  by rewrite own_sandwich eqxx /= eq_sym; case: eqP; rewrite ?mul0r ?mulr0.
by rewrite own_sandwich [o a == i]eq_sym (negPf ni) mul0r.
Qed.
(* (Cb)_a = (1/n) c_a (b_i)_a for the owner i of a. *)
Lemma own_Cb (b : 'I_n -> 'cV[R]_d) a :
  avg (fun i => own_sketch i *m b i) a 0 = n%:R^-1 * (c (o a) a * b (o a) a 0).
Proof.
rewrite avgE (bigD1 (o a)) //= big1 ?addr0 => [|i ni].
  by rewrite dg_mulv eqxx.
by rewrite dg_mulv [o a == i]eq_sym (negPf ni) mul0r.
Qed.
End Own.
