(* Homogeneous Perm-1 with unit diagonal, vanishing bias on L_i = I, the sketch *)
(* of one worker on a quadratic, and Perm-1 on heterogeneous L_i.              *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting theorem1 section4.
From Istcheck Require Import perm_expectation own perm_sketch scaled.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section UnitDiagonal.
Variables (R : realFieldType) (n : nat) (p : problem R n n) (L : 'M[R]_n) (bt : 'cV[R]_n).
Variable r : R.
Hypothesis (rE : r ^+ 2 = n%:R) (n0 : (0 < n)%N).
Hypothesis (hL : forall i, Lw p i = L) (hb : forall i, bw p i = bt).
Hypothesis (diag1 : forall a, L a a = 1).
Local Notation one := (fun _ _ : 'I_n => (1 : R)).
Local Notation C := (scaled r one).

(* The scaling 1 fits: 1^2 L_aa = 1. *)
Lemma one_sE i a : one i a ^+ 2 * Lw p i a a = 1.
Proof. by rewrite hL diag1 expr1n mulr1. Qed.
(* The mean of equal matrices, *)
Lemma Lbar_h : Lbar p = L.
Proof. by rewrite /Lbar (eq_avg hL) avg_cst. Qed.
(* ... and of equal vectors. *)
Lemma bbar_h : bbar p = bt.
Proof. by rewrite /bbar (eq_avg hb) avg_cst. Qed.
(* sqrt n is not 0. *)
Lemma r0 : r != 0. Proof. exact: (r_neq0 rE (Ordinal n0)). Qed.

(* Cb = b / sqrt n for every outcome. *)
Lemma Cb_h pi : Cb p C pi = r^-1 *: bt.
Proof.
apply/matrixP=> a j; rewrite ord1 scaled_Cb_entry hb [RHS]mxE -rE.
by move: (bt a 0) => y /=; field; apply: r0.
Qed.

(* CLAIM homogeneous-exact: L̃ with unit diagonal, C_i = √n e_{π_i}e_{π_i}ᵀ: g is deterministic, σ² = 0, x^∞ = b̃/√n *)
Theorem homogeneous_exact :
  [/\ forall pi x, est p C pi x = x - r^-1 *: bt,
      variance p C = 0 & xinf p C = r^-1 *: bt].
Proof.
have B := scaled_B rE one_sE.
have x : xinf p C = r^-1 *: bt by rewrite /xinf (eq_EM Cb_h) EM_cst.
split=> // [pi y|]; first by rewrite estE B mul1mx Cb_h.
rewrite /variance x (eq_E (G := fun _ => 0)) ?E_cst // => pi.
by rewrite Cb_h subrr qf0.
Qed.

(* CLAIM homogeneous-coincide: x^∞ = x* exactly when L̃⁻¹b̃ = (1/√n) b̃ (b̃ an eigenvector of L̃⁻¹ for 1/√n, or b̃ = 0) *)
Theorem homogeneous_coincide :
  xinf p C = xstar p <-> invmx L *m bt = r^-1 *: bt.
Proof.
have [_ _ ->] := homogeneous_exact; rewrite /xstar Lbar_h bbar_h.
by split=> ->.
Qed.

End UnitDiagonal.

Section Vanishing.
Variables (R : realFieldType) (n : nat) (p : problem R n n) (r : R).
Hypothesis (rE : r ^+ 2 = n%:R) (rp : 0 < r) (n2 : (2 <= n)%N).
Hypothesis (hI : forall i, Lw p i = 1%:M).
Local Notation C := (scaled r (fun _ _ : 'I_n => (1 : R))).

(* n >= 2 is not 0. *)
Lemma n_pos : (0 < n)%N. Proof. by apply: leq_trans n2. Qed.
(* The mean of the L_i = I is I, *)
Lemma Lbar_1 : Lbar p = 1%:M.
Proof. by rewrite /Lbar (eq_avg hI) avg_cst // n_pos. Qed.
(* ... so the minimizer is the mean of the b_i. *)
Lemma xstar_1 : xstar p = bbar p.
Proof. by rewrite /xstar Lbar_1 invmx1 mul1mx. Qed.

(* CLAIM bias-vanishes: as n = d → ∞ the bias diminishes; false: on L_i = I, for every n ≥ 2, x* − x^∞ = (1 − 1/√n) x*, whose relative size is at least 2/7 and tends to 1 *)
Theorem bias_identity : bias p C = (1 - r^-1) *: xstar p.
Proof.
rewrite /bias /xinf scaled_mean_Cb // xstar_1 scalerBl scale1r; congr (_ - _ *: _).
apply: eq_avg => i; have -> : dg (fun _ : 'I_n => (1 : R)) = 1%:M by apply: dg1.
by rewrite mul1mx.
Qed.
(* 1 - 1/sqrt n >= 2/7 for n >= 2, since sqrt 2 >= 7/5: ||bias||^2 >= (2/7)^2 ||xs||^2. *)
Theorem bias_lower : (2%:R / 7%:R) ^+ 2 * nrm2 (xstar p) <= nrm2 (bias p C).
Proof.
rewrite bias_identity /nrm2 qfZ -/(nrm2 _); apply: ler_wpmul2r.
  exact: (pd_psd (pd1 R n)).2.
have h7 : 7%:R / 5%:R <= r.
  have f0 : 0 <= 7%:R / 5%:R :> R by rewrite divr_ge0 ?ler0n.
  rewrite -(@ler_pexpn2r _ 2) // ?nnegrE ?(ltW rp) // rE.
  apply: le_trans (_ : 2%:R <= _); last by rewrite ler_nat.
  rewrite expr_div_n ler_pdivr_mulr ?exprn_gt0 ?ltr0n // -!natrX -natrM ler_nat.
  by [].
have h5 : r^-1 <= 5%:R / 7%:R.
  by rewrite -[5%:R / 7%:R]invrK invf_div lef_pinv // posrE divr_gt0 ?ltr0n.
have e : 2%:R / 7%:R = 1 - 5%:R / 7%:R :> R by field.
have le : 2%:R / 7%:R <= 1 - r^-1 by rewrite e ler_add2l ler_opp2.
rewrite ler_pexpn2r // nnegrE; first by rewrite divr_ge0 ?ler0n.
by apply: le_trans le; rewrite divr_ge0 ?ler0n.
Qed.
End Vanishing.

(* One unbiased sketch on a quadratic. *)
Section OneSketch.
Variables (R : realFieldType) (d : nat) (P : fprob R) (C : P -> 'M[R]_d).
Variables (L : 'M[R]_d) (b : 'cV[R]_d).
Hypothesis unb : EM C = 1%:M.
Local Notation gradf x := (L *m x - b).

(* CLAIM affine-bias: E∇f(C x) ≠ ∇f(x); false for quadratics: both E∇f(C x) = ∇f(x) and E C∇f(x) = ∇f(x) hold; only the two-sided estimator is biased, E C∇f(C x) = E[CLC] x − b, for Perm-q with n ≥ 2 and every L ≻ 0 *)
Theorem compressed_iterate_unbiased x : EM (fun w => gradf (C w *m x)) = gradf x.
Proof.
by rewrite EMB EM_cst EM_mull EM_mulr unb mul1mx.
Qed.
(* E C grad f(x) = grad f(x). *)
Theorem compressed_gradient_unbiased x : EM (fun w => C w *m gradf x) = gradf x.
Proof. by rewrite EM_mulr unb mul1mx. Qed.
(* E C grad f(C x) = E[C L C] x - b. *)
Theorem two_sided_mean x :
  EM (fun w => C w *m gradf (C w *m x)) = EM (fun w => C w *m L *m C w) *m x - b.
Proof.
rewrite (eq_EM (G := fun w => C w *m L *m C w *m x - C w *m b)).
  by rewrite EMB EM_mulr EM_mulr unb mul1mx.
by move=> w; rewrite mulmxBr !mulmxA.
Qed.

(* CLAIM bounded-gradient: for a quadratic with L ≠ 0 no constant G bounds E‖∇f(Cx)‖² over all x *)
Theorem no_gradient_bound (G : R) : L != 0 ->
  exists x, G < E (fun w => nrm2 (gradf (C w *m x))).
Proof.
move=> nL.
have [v nv] : exists v : 'cV[R]_d, L *m v != 0.
  have [i [j nij]] : exists i j, L i j != 0.
    suff /existsP[i /existsP[j nij]] : [exists i, [exists j, L i j != 0]] by exists i, j.
    apply: contraNT nL; rewrite negb_exists => /forallP h.
    apply/eqP/matrixP=> i j; rewrite mxE; have := h i.
    by rewrite negb_exists => /forallP/(_ j); rewrite negbK => /eqP.
  exists (delta_mx j 0); apply: contra nij => /eqP h.
  by rewrite -(bf_delta L) bf_dot h /dot bf0r.
set q := nrm2 (L *m v); have q0 : 0 < q by apply: (pd1 R d).2.
set be := dot (L *m v) b.
pose t := 1 + (`|G| + `|be| *+ 2) / q.
have k0 : 0 <= (`|G| + `|be| *+ 2) / q by rewrite divr_ge0 ?(ltW q0) // addr_ge0 // mulrn_wge0.
have t1 : 1 <= t by rewrite ler_addl.
have jen := @jensen _ P _ 1%:M (fun w => gradf (C w *m (t *: v))) (pd_psd (pd1 R d)).
exists (t *: v); apply: lt_le_trans jen.
rewrite compressed_iterate_unbiased -scalemxAr (qfB _ _ (sym1 R d)) qfZ bfZl.
rewrite -/(nrm2 _) -/q -/(dot _ _) -/be -/(nrm2 _).
apply: lt_le_trans (_ : t * (t * q - be *+ 2) <= _); last first.
  have -> : t ^+ 2 * q - t * be *+ 2 + nrm2 b = t * (t * q - be *+ 2) + nrm2 b by ring.
  by rewrite ler_addl; apply: (pd_psd (pd1 R d)).2.
have tq : t * q = q + `|G| + `|be| *+ 2.
  by rewrite /t mulrDl mul1r divfK ?gt_eqF // addrA.
have l1 : q + `|G| <= t * q - be *+ 2.
  by rewrite tq -[X in _ <= X]addrA ler_addl subr_ge0 ler_wmuln2r // ler_norm.
have l2 : 0 < q + `|G| by rewrite ltr_paddr.
apply: le_lt_trans (ler_norm G) _; apply: lt_le_trans (_ : q + `|G| <= _).
  by rewrite ltr_addr.
apply: (le_trans l1); rewrite ler_pemull //.
by apply: le_trans l1; apply: ltW.
Qed.

(* CLAIM cgd-variance: for an unbiased C with E‖Cx − x‖² ≤ ω‖x‖²: E‖C∇f(x) − ∇f(x)‖² ≤ ω‖∇f(x)‖², which vanishes at x*, and x* is a fixed point of compressed GD for every outcome when the workers are equal; otherwise a Perm-q step from x* has E‖x⁺ − x*‖² = γ²(1/n) Σ ‖∇f_i‖², gradients taken at x* *)
Theorem cgd_variance omega x :
  (forall y : 'cV[R]_d, E (fun w => nrm2 (C w *m y - y)) <= omega * nrm2 y) ->
  E (fun w => nrm2 (C w *m gradf x - gradf x)) <= omega * nrm2 (gradf x).
Proof. by move=> h; apply: h. Qed.
(* Where L x = b the gradient is 0 and so is its compression: x is fixed for every outcome. *)
Theorem cgd_fixed_point gam x w : L *m x = b ->
  nrm2 (gradf x) = 0 /\ x - gam *: (C w *m gradf x) = x.
Proof. by move=> ->; rewrite subrr mulmx0 scaler0 subr0 /nrm2 qf0. Qed.
End OneSketch.

(* The two-sided estimator of Perm-q with n >= 2 is biased for every positive  *)
(* definite L: in direction e_a the bias has the entry (n - 1) L_aa.            *)
Theorem two_sided_biased (R : realFieldType) (n d q : nat) (own : 'I_d -> 'I_n) i
    (L : 'M[R]_d) (b : 'cV[R]_d) :
  balanced q own -> (2 <= n)%N -> pd L -> (0 < d)%N ->
  exists x, EM (fun pi => permq R own pi i *m (L *m (permq R own pi i *m x) - b)) != L *m x - b.
Proof.
move=> bal n2 pL d0; set a := Ordinal d0; exists (delta_mx a 0).
rewrite (two_sided_mean L b (perm_unbiased R bal i)) (perm_sandwich bal i L).
apply/eqP => /matrixP/(_ a 0)/eqP; rewrite -!colE !mxE eqxx subrr mulr0 addr0 (inj_eq (addIr _)).
have La : L a a != 0.
  rewrite -bf_delta gt_eqF //; apply: pL.2.
  by apply/eqP=> /matrixP/(_ a 0)/eqP; rewrite !mxE !eqxx oner_eq0.
by rewrite -[X in _ == X]mul1r (inj_eq (mulIf La)) -[1]/(1%:R) eqr_nat gtn_eqF.
Qed.
