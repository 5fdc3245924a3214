(* Perm-q keeps Remark 1's defect for every 1 <= q < d: an explicit 2x2 block  *)
(* [[1, c], [c, 2c^2]] with c = (1 - rho)/4, next to the identity, has W that  *)
(* is not PSD, although L is positive definite.                                *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1.
From Istcheck Require Import perm_expectation own perm_sketch interpolation refutations.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Block.
Variables (R : realFieldType) (k : nat).
Implicit Types (A : 'M[R]_2) (B : 'M[R]_k).
Definition bdiag A B : 'M[R]_(2 + k) := block_mx A 0 0 B.

(* Block diagonal matrices: diagonal part, products, forms. *)
Lemma bdiag_dpart A B : dpart (bdiag A B) = bdiag (dpart A) (dpart B).
Proof.
apply/matrixP=> i j; rewrite mxE.
case: (split_ordP i) => i' ->; case: (split_ordP j) => j' ->.
- by rewrite !block_mxEul !mxE eq_lshift.
- by rewrite block_mxEur eq_lrshift mxE.
- by rewrite block_mxEdl eq_rlshift mxE.
by rewrite !block_mxEdr !mxE eq_rshift.
Qed.
(* Block diagonal matrices multiply block by block, *)
Lemma bdiag_mul A B A' B' : bdiag A B *m bdiag A' B' = bdiag (A *m A') (B *m B').
Proof. by rewrite mulmx_block !mulmx0 !mul0mx !addr0 add0r. Qed.
(* ... add block by block, *)
Lemma bdiagD A B A' B' : bdiag A B + bdiag A' B' = bdiag (A + A') (B + B').
Proof. by rewrite /bdiag add_block_mx !addr0. Qed.
(* ... and scale block by block. *)
Lemma bdiagZ t A B : t *: bdiag A B = bdiag (t *: A) (t *: B).
Proof. by rewrite /bdiag scale_block_mx !scaler0. Qed.
(* The form is the sum of the two forms, *)
Lemma bdiag_qf A B u v : qf (bdiag A B) (col_mx u v) = qf A u + qf B v.
Proof.
rewrite /qf /bf tr_col_mx mul_row_block !mulmx0 addr0 add0r mul_row_col.
by rewrite mxE.
Qed.
(* ... so the matrix is positive definite when both blocks are. *)
Lemma bdiag_pd A B : pd A -> pd B -> pd (bdiag A B).
Proof.
move=> pA pB; split=> [|v]; first by rewrite /sym tr_block_mx !trmx0 pA.1 pB.1.
rewrite -[v]vsubmxK; set u := usubmx v; set w := dsubmx v => nv; rewrite bdiag_qf.
have [u0|nu] := eqVneq u 0; last by apply: ltr_paddr; [exact: (pd_psd pB).2|exact: pA.2].
have nw : w != 0 by apply: contra nv => /eqP ->; rewrite u0 col_mx0.
by apply: ltr_paddl; [exact: (pd_psd pA).2|exact: pB.2].
Qed.
(* A leading block of a PSD matrix is PSD. *)
Lemma bdiag_psd A B : sym A -> psd (bdiag A B) -> psd A.
Proof.
move=> sA [_ h]; split=> // u; have := h (col_mx u 0).
by rewrite bdiag_qf qf0 addr0.
Qed.
End Block.

Section Defect.
Variable R : realFieldType.

(* W of the block, up to the factor n: (LM + ML)/2 with M = D + rho (L - D).   *)
Definition half_jordan (L : 'M[R]_2) rho : 'M[R]_2 :=
  let M := dpart L + rho *: (L - dpart L) in 2%:R^-1 *: (L *m M + M *m L).
(* The 2 x 2 block of W / n in closed form. *)
Lemma half_jordan_m2 a c b rho : half_jordan (m2 a c b) rho =
  m2 (a ^+ 2 + rho * c ^+ 2) (2%:R^-1 * (c * (a + b) * (1 + rho))) (b ^+ 2 + rho * c ^+ 2).
Proof.
apply/matrixP=> i j; rewrite !mxE !sum2 !mxE.
by case: (ord2 i) => ->; case: (ord2 j) => -> /=; field.
Qed.

(* The block: with 0 <= rho < 1, c = (1 - rho)/4 > 0 and b = 2 c^2 it is PD.   *)
Definition defect_c rho : R := (1 - rho) / 4%:R.
Definition defect_block rho : 'M[R]_2 := m2 1 (defect_c rho) (2%:R * defect_c rho ^+ 2).
(* [[1, c], [c, 2 c^2]] with c = (1 - rho)/4 is positive definite. *)
Lemma defect_pd rho : rho < 1 -> pd (defect_block rho).
Proof.
move=> r1; have c0 : 0 < defect_c rho by rewrite divr_gt0 ?subr_gt0 ?ltr0n.
apply: m2_pd; rewrite ?ltr01 // mul1r mulr_natl mulr2n ltr_addl.
by rewrite exprn_gt0.
Qed.
(* (c (1+b)(1+rho)/2)^2 - (1 + rho c^2)(b^2 + rho c^2) for b = 2c^2.           *)
Lemma defect_poly (c t : R) :
  (2%:R^-1 * (c * (1 + 2%:R * c ^+ 2) * (1 + t))) ^+ 2 -
  (1 ^+ 2 + t * c ^+ 2) * ((2%:R * c ^+ 2) ^+ 2 + t * c ^+ 2) =
  c ^+ 2 * (((1 - t) / 2%:R) ^+ 2 - (3%:R - 2%:R * t) * c ^+ 2 + (c ^+ 2 * (1 - t)) ^+ 2).
Proof. by field. Qed.
(* ... which is c^4 (1 + 2 rho + (c (1 - rho))^2) > 0 since 1 - rho = 4c.      *)
Lemma defect_indefinite rho : 0 <= rho -> rho < 1 ->
  ~ psd (half_jordan (defect_block rho) rho).
Proof.
move=> r0 r1; rewrite half_jordan_m2 => /m2_psd[_ _]; apply/negP; rewrite -ltNge.
set c := defect_c rho; have c0 : 0 < c by rewrite divr_gt0 ?subr_gt0 ?ltr0n.
have rE : (1 - rho) / 2%:R = 2%:R * c by rewrite /c /defect_c; field.
rewrite -subr_gt0 defect_poly rE mulr_gt0 ?exprn_gt0 //.
apply: ltr_paddr; first exact: sqr_ge0.
have -> : (2%:R * c) ^+ 2 - (3%:R - 2%:R * rho) * c ^+ 2 = (1 + 2%:R * rho) * c ^+ 2 by ring.
by rewrite mulr_gt0 ?exprn_gt0 // ltr_paddr ?ltr01 // mulr_ge0 ?ler0n.
Qed.

Variables (n k q : nat) (own : 'I_(2 + k) -> 'I_n).
Hypothesis (bal : balanced q own) (q1 : (1 <= q)%N) (qd : (q < 2 + k)%N).
Local Notation rh := (rho R (2 + k) q).
Definition defect_matrix : 'M[R]_(2 + k) := bdiag (defect_block rh) 1%:M.

(* 0 <= (q-1)/(d-1) < 1 for 1 <= q < d. *)
Lemma rho_lt1 : 0 <= rh < 1.
Proof.
have dp : 0 < ((2 + k)%:R - 1 : R) by rewrite subr_gt0 ltr1n.
rewrite divr_ge0 ?(ltW dp) ?subr_ge0 ?ler1n //=.
by rewrite ltr_pdivr_mulr // mul1r ltr_add2r ltr_nat.
Qed.

(* CLAIM beyond-8: Perm-q with 1 ≤ q < d keeps Remark 1's defect: for every such q the positive definite L = [[1,c],[c,2c²]] ⊕ I with c = (1−ρ)/4, ρ = (q−1)/(d−1), has W̄ not PSD *)
Theorem perm_defect : pd defect_matrix /\
  forall p : problem R n (2 + k), (forall i, Lw p i = defect_matrix) ->
  ~ psd (Wmat p (permq R own)).
Proof.
have /andP[r0 r1] := rho_lt1.
split=> [|p hom]; first by apply: bdiag_pd (defect_pd r1) (pd1 R k).
have n0 : (0 < n)%N by apply: hom_n0 bal _.
have np : 0 < (n%:R : R) by rewrite ltr0n.
rewrite Wmat_mean (perm_EB bal) (hom_Lbar bal _ hom) // (hom_Dbar bal _ hom) //.
rewrite bdiag_dpart /defect_matrix -!scalemxAr -!scalemxAl -scalerDr scalerA mulrC -scalerA.
rewrite -[- bdiag _ _]scaleN1r !bdiagZ !bdiagD bdiagZ bdiagD !bdiag_mul bdiagD bdiagZ.
move=> h; apply: (defect_indefinite r0 r1).
have i0 : 0 <= (n%:R^-1 : R) by rewrite invr_ge0 ltW.
have := psdZ i0 h; rewrite scalerA mulVf ?gt_eqF // scale1r !scaleN1r.
apply: bdiag_psd; rewrite -/(half_jordan (defect_block rh) rh) half_jordan_m2.
exact: m2_sym.
Qed.
End Defect.
