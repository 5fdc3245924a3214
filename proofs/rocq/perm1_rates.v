(* Homogeneous Perm-1: (17) for equal L_i, theta on a unit diagonal, the rate  *)
(* (22), and the instance where (17) taken for unequal L_i breaks the rate.    *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1 section4.
From Istcheck Require Import perm_expectation own perm_sketch scaled refutations.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* PSD matrices may be scaled by a positive number without changing the order. *)
Lemma lle_scale (R : realFieldType) d (a : R) (A B : 'M[R]_d) : 0 < a ->
  (a *: A ⪯ a *: B) <-> (A ⪯ B).
Proof.
move=> a0; rewrite /lle -scalerBr; split=> h; last exact: psdZ (ltW a0) h.
have i0 : 0 <= a^-1 by rewrite invr_ge0 ltW.
by have := psdZ i0 h; rewrite scalerA mulVf ?scale1r // gt_eqF.
Qed.

Section Hom.
Variables (R : realFieldType) (n : nat) (p : problem R n n) (L : 'M[R]_n).
Hypothesis (hom : forall i, Lw p i = L) (n0 : (0 < n)%N).
Local Notation C := (perm1 R n).
Local Notation D := (dpart L).
Let np : 0 < (n%:R : R). Proof. by rewrite ltr0n. Qed.

(* The mean of the equal L_i is L, *)
Lemma h_L : Lbar p = L. Proof. by rewrite /Lbar (eq_avg hom) avg_cst. Qed.
(* B = n Diag L for every outcome, *)
Lemma h_B pi : Bhat p C pi = n%:R *: D.
Proof.
rewrite perm1_B; apply/matrixP=> a b; rewrite dgE !mxE hom.
by case: eqP; rewrite ?mulr0.
Qed.
(* W = n (L D + D L)/2, *)
Lemma h_W : Wmat p C = n%:R *: (2%:R^-1 *: (L *m D + D *m L)).
Proof.
rewrite Wmat_mean (eq_EM h_B) EM_cst h_L -scalemxAr -scalemxAl -scalerDr.
by rewrite !scalerA mulrC.
Qed.
(* ... and Q = n^2 D L D. *)
Lemma h_Q : Qmat p C = n%:R *: (n%:R *: (D *m L *m D)).
Proof.
rewrite /Qmat (eq_EM (G := fun _ => n%:R *: (n%:R *: (D *m L *m D)))) ?EM_cst // => pi.
by rewrite h_B h_L -scalemxAr -!scalemxAl.
Qed.

(* For equal L_i condition (14) is nD̄L̄D̄ ⪯ (θ/2)(L̄D̄ + D̄L̄), as (17) says, and back. *)
Theorem perm1_loewner_homogeneous theta :
  (Qmat p C ⪯ theta *: Wmat p C) <->
  (n%:R *: (D *m L *m D) ⪯ (theta / 2%:R) *: (L *m D + D *m L)).
Proof.
rewrite h_Q h_W.
have -> : theta *: (n%:R *: (2%:R^-1 *: (L *m D + D *m L))) =
    n%:R *: ((theta / 2%:R) *: (L *m D + D *m L)).
  by rewrite !scalerA; congr (_ *: _); ring.
exact: lle_scale.
Qed.

Hypothesis diag1 : forall a, L a a = 1.
Hypothesis pL : pd L.
(* With unit diagonal D = I. *)
Lemma D1 : D = 1%:M.
Proof. by apply/matrixP=> a b; rewrite !mxE diag1; case: eqP. Qed.

(* CLAIM homogeneous-theta: Perm-1 on L̃ with unit diagonal: E B̄ = nI, W̃ = nL̃, and (14) holds exactly for θ ≥ n *)
Theorem homogeneous_theta :
  [/\ EM (Bhat p C) = n%:R%:M, Wmat p C = n%:R *: L &
      forall theta, (Qmat p C ⪯ theta *: Wmat p C) <-> n%:R <= theta].
Proof.
have W : Wmat p C = n%:R *: L.
  rewrite h_W D1 mulmx1 mul1mx -mulr2n -scaler_nat [_^-1 *: _]scalerA mulVf ?scale1r //.
  by rewrite pnatr_eq0.
split=> //; first by rewrite (eq_EM h_B) EM_cst D1 scalemx1.
move=> theta; rewrite W h_Q D1 mul1mx mulmx1.
have -> : theta *: (n%:R *: L) = n%:R *: (theta *: L) by rewrite !scalerA mulrC.
have key := lle_scale (n%:R *: L) (theta *: L) np.
rewrite /lle -scalerBl in key *; split=> [/key[_ h]|h]; last first.
  by apply/key; apply: psdZ (pd_psd pL); rewrite subr_ge0.
pose v : 'cV[R]_n := delta_mx (Ordinal n0) 0.
have nv : v != 0.
  by apply/eqP=> /matrixP/(_ (Ordinal n0) 0)/eqP; rewrite !mxE !eqxx oner_eq0.
by have := h v; rewrite (qfZm _ (theta - n%:R)) pmulr_lge0 ?subr_ge0 // pL.2.
Qed.

(* CLAIM homogeneous-rate: Perm-1 on L̃, b_i = 0, γ = 1/n: (1/K) Σ E‖∇f(x^k)‖² ≤ 2λ(f(x⁰) − E f(x^K))/K for every λ with L̃ ⪯ λI (the least is λ_max(L̃)) *)
Theorem homogeneous_rate lam x0 K : (forall i, bw p i = 0) -> L ⪯ lam%:M -> (0 < K)%N ->
  K%:R^-1 * (\sum_(k < K) Er (step p C n%:R^-1) x0 k (fun x => nrm2 (grad p x))) <=
  2%:R * lam * (obj p x0 - Er (step p C n%:R^-1) x0 K (obj p)) / K%:R.
Proof.
move=> b0 hl K0; have [_ W Q] := homogeneous_theta.
have h14 : Qmat p C ⪯ n%:R *: Wmat p C by apply/Q.
have g0 : 0 < (n%:R^-1 : R) by rewrite invr_gt0.
have pL' : pd (Lbar p) by rewrite h_L.
have kp : (K%:R : R) != 0 by rewrite pnatr_eq0 -lt0n.
have := thm1_gradients b0 g0 np (lexx _) pL' h14 x0 K0.
have e x : qf (invmx (Lbar p) *m Wmat p C *m invmx (Lbar p)) (grad p x) =
    n%:R * qf (invmx L) (grad p x).
  by rewrite W h_L -scalemxAr mulVmx ?pd_unit // -scalemxAl mul1mx qfZm.
under eq_bigr do rewrite (eq_Er _ _ _ e) ErZ.
pose S := \sum_(k < K) Er (step p C n%:R^-1) x0 k (fun x => qf (invmx L) (grad p x)).
rewrite -mulr_sumr -/S; set F := obj p x0 - _ => h.
have l0 : 0 <= lam.
  pose v : 'cV[R]_n := delta_mx (Ordinal n0) 0.
  have nv : v != 0.
    by apply/eqP=> /matrixP/(_ (Ordinal n0) 0)/eqP; rewrite !mxE !eqxx oner_eq0.
  have := lle_qf v hl; rewrite qf_scalar => /(lt_le_trans (pL.2 v nv)).
  by rewrite pmulr_lgt0 ?(pd1 R n).2 // => /ltW.
have h2 : K%:R^-1 * S <= 2%:R * F / K%:R.
  rewrite -(ler_pmul2l np); apply: le_trans (_ : K%:R^-1 * (n%:R * S) <= _).
    by rewrite mulrCA.
  have -> : n%:R * (2%:R * F / K%:R) = 2%:R * F / (n%:R^-1 * K%:R).
    by rewrite invfM invrK mulrCA.
  exact: h.
have -> : 2%:R * lam * F / K%:R = lam * (2%:R * F / K%:R) by rewrite !mulrA [2%:R * lam]mulrC.
apply: le_trans (ler_wpmul2l l0 h2); rewrite mulrCA; apply: ler_wpmul2l.
  by rewrite invr_ge0 ler0n.
rewrite /S mulr_sumr; apply: ler_sum => k _; rewrite -ErZ; apply: Er_le => x.
exact: inv_lower.
Qed.

(* CLAIM homogeneous-chain: ‖∇f‖²_{L̃⁻¹W̃L̃⁻¹} = n‖∇f‖²_{L̃⁻¹} ≥ nλ_max(L̃)⁻¹‖∇f‖²; printed with λ_max(L̃) in place of its inverse, which is false *)
Theorem homogeneous_chain_repaired lam g : 0 < lam -> L ⪯ lam%:M ->
  n%:R * lam^-1 * nrm2 g <= qf (invmx L *m Wmat p C *m invmx L) g.
Proof.
move=> l0 hl; have [_ -> _] := homogeneous_theta.
rewrite -scalemxAr mulVmx ?pd_unit // -scalemxAl mul1mx qfZm -mulrA.
rewrite ler_pmul2l // mulrC ler_pdivr_mulr // mulrC.
exact: inv_lower.
Qed.
(* On an eigenvector for an eigenvalue above 1 the printed inequality fails. *)
Theorem homogeneous_chain_printed lam g : 1 < lam -> L *m g = lam *: g -> g != 0 ->
  qf (invmx L *m Wmat p C *m invmx L) g < n%:R * lam * nrm2 g.
Proof.
move=> l1 hg ng; have [_ -> _] := homogeneous_theta.
have l0 : 0 < lam by apply: lt_trans l1.
have g0 : 0 < nrm2 g by apply: (pd1 R n).2.
have ig : invmx L *m g = lam^-1 *: g.
  have := congr1 (mulmx (invmx L)) hg.
  rewrite mulmxA mulVmx ?pd_unit // mul1mx -scalemxAr => h.
  by rewrite [in RHS]h scalerA mulVf ?scale1r // gt_eqF.
rewrite -scalemxAr mulVmx ?pd_unit // -scalemxAl mul1mx qfZm -mulrA ltr_pmul2l //.
have -> : qf (invmx L) g = lam^-1 * nrm2 g.
  by rewrite /qf bf_dot ig /dot bfZr.
by rewrite ltr_pmul2r //; apply: (lt_trans _ l1); rewrite invf_lt1.
Qed.
End Hom.

(* ... and such a matrix with unit diagonal exists: [[1,1/2],[1/2,1]] on (1,1). *)
Theorem chain_instance (R : realFieldType) :
  let L := m2 (1 : R) 2%:R^-1 1 in let g := v2 (1 : R) 1 in
  [/\ pd L, (forall a, L a a = 1), L *m g = (3%:R / 2%:R) *: g, g != 0 & 1 < 3%:R / 2%:R :> R].
Proof.
have h2 : 0 < (2%:R : R) by rewrite ltr0n.
split.
- apply: m2_pd; rewrite ?ltr01 // mulr1 expr2 -invfM invf_lt1 ?mulr_gt0 //.
  by rewrite -natrM ltr1n.
- by move=> a; rewrite mxE eqxx /=; case: ifP.
- apply/matrixP=> i j; rewrite mxE sum2 !mxE.
  by case: (ord2 i) => -> /=; field.
- by apply/eqP=> /matrixP/(_ 0 0)/eqP; rewrite !mxE oner_eq0.
by rewrite ltr_pdivl_mulr // mul1r ltr_nat.
Qed.
