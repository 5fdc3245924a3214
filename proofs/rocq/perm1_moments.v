(* Perm-1 (n = d) on arbitrary L_i: the second moment E[B M B] entry by entry. *)
(* B is diagonal with entries n (L_i)_aa, where i is the worker that holds a.  *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1.
From Istcheck Require Import perm_expectation own perm_sketch refutations.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Moments.
Variables (R : realFieldType) (n : nat) (p : problem R n n).
Local Notation C := (perm1 R n).

(* n is not 0 when there is a coordinate. *)
Lemma nat_neq0 (a : 'I_n) : (n%:R : R) != 0.
Proof. by rewrite pnatr_eq0 -lt0n (leq_trans _ (ltn_ord a)). Qed.
(* Two different coordinates need n >= 2. *)
Lemma nat_sub1_neq0 (a b : 'I_n) : a != b -> (n%:R - 1 : R) != 0.
Proof.
move=> nab; rewrite subr_eq0 -[1]/(1%:R) eqr_nat; apply: contraNneq nab => e1.
by move: a b; rewrite e1 => a b; rewrite !ord1.
Qed.

(* CLAIM thm1-iterates+perm1-second-moment: Perm-1, arbitrary L_i, any M: (E[B̄MB̄])_aa = n M_aa Σ_i (L_i)_aa², and (E[B̄MB̄])_ab = n/(n−1) M_ab Σ_i Σ_{j≠i} (L_i)_aa (L_j)_bb for a ≠ b *)
Theorem perm1_second_moment (M : 'M[R]_n) a b :
  EM (fun pi => Bhat p C pi *m M *m Bhat p C pi) a b =
  if a == b then n%:R * M a a * \sum_i Lw p i a a ^+ 2
  else n%:R / (n%:R - 1) * M a b * \sum_i \sum_(j | j != i) Lw p i a a * Lw p j b b.
Proof.
have n0 := nat_neq0 a; rewrite EM_E.
rewrite (eq_E (P := perms R n) (G := fun pi => n%:R ^+ 2 * M a b *
   (Lw p (slot pi a) a a * Lw p (slot pi b) b b))); last first.
  by move=> pi; rewrite perm1_B dg_sandwich; ring.
rewrite EZ; have [<-|nab] := eqVneq a b.
  rewrite (@E_slot1 _ _ (fun i => Lw p i a a * Lw p i a a)).
  rewrite (eq_bigr (fun i => Lw p i a a ^+ 2)) => [|i _]; last by rewrite expr2.
  by move: (\sum_i _) (M a a) => S y; field.
rewrite (@E_slot2 _ _ (fun i j => Lw p i a a * Lw p j b b)) //.
have n1 := nat_sub1_neq0 nab.
by move: (\sum_i _) (M a b) => S y; field; rewrite n0 n1.
Qed.

(* The double sum in closed form: (sum_i l_i)(sum_j m_j) - sum_i l_i m_i.      *)
Lemma sum_other (l m : 'I_n -> R) :
  \sum_i \sum_(j | j != i) l i * m j = (\sum_i l i) * (\sum_i m i) - \sum_i l i * m i.
Proof.
rewrite mulr_suml -sumrB; apply: eq_bigr => i _.
by rewrite -mulr_sumr [in RHS](bigD1 i) //= mulrDr addrAC subrr add0r.
Qed.

(* ... so off the diagonal E[BMB]_ab = n/(n-1) M_ab (n^2 D_aa D_bb - sum_i (L_i)_aa (L_i)_bb), *)
(* with D the average diagonal.                                                *)
Corollary perm1_second_moment_off (M : 'M[R]_n) a b : a != b ->
  EM (fun pi => Bhat p C pi *m M *m Bhat p C pi) a b =
  n%:R / (n%:R - 1) * M a b *
    (n%:R ^+ 2 * (Dbar p a a * Dbar p b b) - \sum_i Lw p i a a * Lw p i b b).
Proof.
move=> nab; rewrite perm1_second_moment (negPf nab) sum_other.
have D c : \sum_i Lw p i c c = n%:R * Dbar p c c.
  rewrite avgE mulrA mulfV ?nat_neq0 // mul1r; apply: eq_bigr => i _.
  by rewrite mxE eqxx.
by rewrite !D; congr (_ * (_ - _)); ring.
Qed.

(* For equal L_i the spread vanishes: E[BMB] = n^2 D M D.                      *)
Corollary perm1_second_moment_equal (L M : 'M[R]_n) : (forall i, Lw p i = L) ->
  EM (fun pi => Bhat p C pi *m M *m Bhat p C pi) =
  n%:R ^+ 2 *: (dpart L *m M *m dpart L).
Proof.
move=> hL; have e pi : Bhat p C pi = n%:R *: dpart L.
  rewrite perm1_B; apply/matrixP=> a b; rewrite dgE !mxE hL.
  by case: eqP; rewrite ?mulr0.
rewrite -[RHS](EM_cst (perms R n)); apply: eq_EM => pi; rewrite e.
by rewrite -scalemxAr -!scalemxAl scalerA -expr2.
Qed.
End Moments.
