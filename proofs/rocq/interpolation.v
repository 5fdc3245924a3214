(* Interpolation (b_i = 0) always contracts in mean square, whatever W is.     *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1.
From Istcheck Require Import perm_expectation own perm_sketch.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Interpolation.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d).
Hypothesis b0 : forall i, bw p i = 0.
Hypothesis Lpsd : forall i, psd (Lw p i).
Variables (lam gam : R).
Hypothesis Blam : forall w, Bhat p C w ⪯ lam%:M.
Hypothesis g0 : 0 < gam.

(* E||x+||^2 <= ||x||^2 - gamma (2 - gamma lam) x^T (E B) x. *)
Lemma interpolation_round k x :
  E (fun w => nrm2 (step p C gam k w x)) <=
  nrm2 x - gam * (2%:R - gam * lam) * qf (EM (Bhat p C)) x.
Proof.
have -> : nrm2 x - gam * (2%:R - gam * lam) * qf (EM (Bhat p C)) x =
    E (fun w => nrm2 x - gam * (2%:R - gam * lam) * qf (Bhat p C w) x).
  by rewrite EB E_cst EZ E_qfm.
apply: E_le => w.
rewrite /step est0 // /nrm2 (qfB _ _ (sym1 R d)) bfZr qfZ -/(nrm2 _) -/(nrm2 (_ *m _)).
have -> : bf 1%:M x (Bhat p C w *m x) = qf (Bhat p C w) x by rewrite bf_mulr mul1mx.
have h := psd_sqr_le x (Bhat_psd C w Lpsd) (Blam w).
rewrite -subr_ge0; set a := nrm2 x; set u := nrm2 _ in h *; set v := qf _ _ in h *.
have -> : a - gam * (2%:R - gam * lam) * v - (a - gam * v *+ 2 + gam ^+ 2 * u) =
  gam ^+ 2 * (lam * v - u) by ring.
by rewrite mulr_ge0 ?sqr_ge0 // subr_ge0.
Qed.

(* CLAIM beyond-2: interpolation always contracts: E B̄ ≻ 0 and b_i = 0 give E‖x⁺‖² < ‖x‖² for every x ≠ 0 and 0 < γ < 2/λ, λ ≥ λ_max(B̄) with probability one; no condition on W̄; at the border γ = 2/λ the mean square does not grow *)
Theorem interpolation_contracts k x : pd (EM (Bhat p C)) -> gam * lam < 2%:R ->
  x != 0 -> E (fun w => nrm2 (step p C gam k w x)) < nrm2 x.
Proof.
move=> pB g2 nx; apply: le_lt_trans (interpolation_round k x) _.
by rewrite ltr_subl_addr ltr_addl !mulr_gt0 ?subr_gt0 // pB.2.
Qed.

(* With mu I <= E B the decay is geometric. *)
Theorem interpolation_rate mu x0 k : mu%:M ⪯ EM (Bhat p C) -> gam * lam <= 2%:R ->
  Er (step p C gam) x0 k (@nrm2 R d) <=
  (1 - gam * (2%:R - gam * lam) * mu) ^+ k * nrm2 x0.
Proof.
move=> hm g2; apply: geometric_nonneg => [x|j x]; first exact: (pd_psd (pd1 R d)).2.
apply: le_trans (interpolation_round j x) _.
have := lle_qf x hm; rewrite qf_scalar => h.
rewrite mulrBl mul1r ler_add2l ler_opp2 -mulrA ler_wpmul2l //.
by rewrite mulr_ge0 ?subr_ge0 // ltW.
Qed.
End Interpolation.

(* The diagonal part of a PD (PSD) matrix is PD (PSD). *)
Lemma dpart_dg (R : realFieldType) d (A : 'M[R]_d) : dpart A = dg (fun a => A a a).
Proof. by apply/matrixP=> a b; rewrite dgE !mxE. Qed.
(* v^T Diag(c) v = sum c_a v_a^2. *)
Lemma qf_dg (R : realFieldType) d (c : 'I_d -> R) v :
  qf (dg c) v = \sum_a c a * v a 0 ^+ 2.
Proof.
rewrite /qf bf_dot dotE; apply: eq_bigr => a _; by rewrite dg_mulv; ring.
Qed.
(* It is positive definite because its entries are the values of the form at the e_a. *)
Lemma dpart_pd (R : realFieldType) d (A : 'M[R]_d) : pd A -> pd (dpart A).
Proof.
move=> pA; rewrite dpart_dg; split=> [|v nv]; first exact: dg_sym.
have Aa a : 0 < A a a.
  rewrite -(bf_delta A a a); apply: pA.2.
  by apply/eqP=> /matrixP/(_ a 0)/eqP; rewrite !mxE !eqxx oner_eq0.
rewrite qf_dg lt_neqAle sumr_ge0 ?andbT => [|a _]; last by rewrite mulr_ge0 ?sqr_ge0 ?ltW.
apply: contra nv; rewrite eq_sym => /eqP h; apply/eqP/matrixP=> a j.
rewrite ord1 mxE; apply/eqP; rewrite -sqrf_eq0.
have sq k : true -> 0 <= A k k * v k 0 ^+ 2 by move=> _; rewrite mulr_ge0 ?sqr_ge0 ?ltW.
have /eqP := psumr_eq0P sq h (isT : (fun=> true) a).
by rewrite mulf_eq0 gt_eqF.
Qed.

Section Homogeneous.
Variables (R : realFieldType) (n d q : nat) (own : 'I_d -> 'I_n).
Hypothesis (bal : balanced q own) (q1 : (1 <= q)%N) (d2 : (2 <= d)%N).
Variables (p : problem R n d) (L : 'M[R]_d).
Hypothesis (hom : forall i, Lw p i = L) (pL : pd L).
Hypothesis b0 : forall i, bw p i = 0.

(* There is a worker when there is a coordinate. *)
Lemma hom_n0 : (0 < n)%N.
Proof. by move: d2; rewrite (perm_dE bal); case: (n). Qed.
(* The mean of the equal L_i is L, *)
Lemma hom_Lbar : Lbar p = L.
Proof. by rewrite /Lbar (eq_avg hom) avg_cst // hom_n0. Qed.
(* ... and that of their diagonals is Diag L. *)
Lemma hom_Dbar : Dbar p = dpart L.
Proof.
rewrite /Dbar (eq_avg (G := fun _ => dpart L)) ?avg_cst ?hom_n0 // => i.
by rewrite hom.
Qed.
(* 0 <= (q-1)/(d-1) <= 1. *)
Lemma rho_01 : 0 <= rho R d q <= 1.
Proof.
have dp : 0 < (d%:R - 1 : R) by rewrite subr_gt0 ltr1n.
have qd : (q <= d)%N by rewrite (perm_dE bal) leq_pmull // hom_n0.
rewrite divr_ge0 ?(ltW dp) ?subr_ge0 ?ler1n //=.
by rewrite ler_pdivr_mulr // mul1r ler_add2r ler_nat.
Qed.
(* E B = n ((1 - rho) Diag L + rho L) is positive definite. *)
Lemma hom_EB_pd : pd (EM (Bhat p (permq R own))).
Proof.
rewrite (perm_EB bal) hom_Lbar hom_Dbar; apply: pdZ; first by rewrite ltr0n hom_n0.
have /andP[r0 r1] := rho_01.
have -> : dpart L + rho R d q *: (L - dpart L) =
   (1 - rho R d q) *: dpart L + rho R d q *: L.
  by rewrite scalerBr scalerBl scale1r addrA addrAC.
have [->|nr] := eqVneq (rho R d q) 1.
  by rewrite subrr scale0r add0r scale1r.
apply: pdD; last by apply: psdZ => //; apply: pd_psd.
apply: pdZ (dpart_pd pL); rewrite subr_gt0 lt_neqAle nr r1.
by [].
Qed.

(* Homogeneous Perm-q contracts for every 0 < gamma < 2/lambda. *)
Theorem homogeneous_contracts lam gam k x :
  (forall pi, Bhat p (permq R own) pi ⪯ lam%:M) -> 0 < gam -> gam * lam < 2%:R ->
  x != 0 -> E (fun pi => nrm2 (step p (permq R own) gam k pi x)) < nrm2 x.
Proof.
move=> hl g0 g2 nx; apply: (interpolation_contracts b0 _ hl) hom_EB_pd g2 nx => //.
by move=> i; rewrite hom; apply: pd_psd.
Qed.
End Homogeneous.
