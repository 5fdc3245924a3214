(* Scaled Perm-1 sketches (n = d): C_i = sqrt n s_i(pi_i) e_{pi_i} e_{pi_i}^T.  *)
(* r stands for sqrt n (r > 0, r^2 = n) and s_i(a) for [D_i^{-1/2}]_aa          *)
(* (s_i(a)^2 (L_i)_aa = 1); both exist over a real closed field.               *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting averaging section4.
From Istcheck Require Import theorem1 perm_expectation own.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Scaled.
Variables (R : realFieldType) (n : nat) (p : problem R n n).
Variables (r : R) (s : 'I_n -> 'I_n -> R).
Hypothesis (rE : r ^+ 2 = n%:R).
Local Notation P := (perms R n).

(* The sketch as the paper writes it, and as a diagonal matrix. *)
Definition scaled_sketch (pi : P) (i : 'I_n) : 'M[R]_n :=
  (r * s i ((pi : {perm 'I_n}) i)) *: delta_mx ((pi : {perm 'I_n}) i) ((pi : {perm 'I_n}) i).
(* Entry a is scaled by its owner. *)
Lemma scaled_own (pi : P) i :
  scaled_sketch pi i = own_sketch (slot pi) (fun i a => r * s i a) i.
Proof.
apply/matrixP=> a b; rewrite dgE !mxE.
have -> : (slot pi a == i) = (a == (pi : {perm 'I_n}) i).
  by rewrite /slot -(inj_eq (@perm_inj _ (pi : {perm 'I_n}))) permKV.
have [->|na] := eqVneq a ((pi : {perm 'I_n}) i).
  by rewrite /= eq_sym; case: eqP; rewrite ?mulr1 ?mulr0.
by rewrite /= mulr0; case: eqP.
Qed.
(* The sketch is diagonal, hence symmetric. *)
Lemma scaled_sym pi i : sym (scaled_sketch pi i).
Proof. by rewrite scaled_own; apply: own_sketch_sym. Qed.
Definition scaled : sketches P n n := Sketches scaled_sym.

(* With a coordinate n is not 0, *)
Lemma n_neq0 (a : 'I_n) : (n%:R : R) != 0.
Proof. by rewrite pnatr_eq0 -lt0n (leq_trans _ (ltn_ord a)). Qed.
(* ... nor is its root. *)
Lemma r_neq0 (a : 'I_n) : r != 0.
Proof. by rewrite -sqrf_eq0 rE n_neq0. Qed.

(* The average sketch has the entries s_i(a)/sqrt n for the owner i of a. *)
Lemma scaled_avg pi : avg (scaled pi) = dg (fun a => n%:R^-1 * (r * s (slot pi a) a)).
Proof. by rewrite -(own_avg _ (fun i a => r * s i a)); apply: eq_avg => i; apply: scaled_own. Qed.

(* E C_i b = n^-1 r s_i b, coordinate by coordinate. *)
Lemma scaled_Cb_entry pi a :
  Cb p scaled pi a 0 = n%:R^-1 * (r * s (slot pi a) a * bw p (slot pi a) a 0).
Proof.
have -> : Cb p scaled pi =
    avg (fun i => own_sketch (slot pi) (fun i a => r * s i a) i *m bw p i).
  by apply: eq_avg => i; rewrite -scaled_own.
by rewrite own_Cb.
Qed.

(* E Cb = (1/r) (1/n) sum_i D_i^{-1/2} b_i = n^{-3/2} sum_i D_i^{-1/2} b_i. *)
Theorem scaled_mean_Cb :
  EM (Cb p scaled) = r^-1 *: avg (fun i => dg (s i) *m bw p i).
Proof.
apply/matrixP=> a j; rewrite ord1 {j} EM_E mxE avgE.
rewrite (eq_E (G := fun pi : P =>
   (fun i => n%:R^-1 * (r * s i a * bw p i a 0)) (slot pi a))); last first.
  by move=> pi; rewrite scaled_Cb_entry.
rewrite (E_slot1 (fun i => n%:R^-1 * (r * s i a * bw p i a 0))) -mulr_sumr.
rewrite (eq_bigr (fun i => r * (s i a * bw p i a 0))) => [|i _]; last by rewrite mulrA.
rewrite -mulr_sumr (eq_bigr (fun i => (dg (s i) *m bw p i) a 0)) => [|i _]; last by rewrite dg_mulv.
set S := \sum_(i < n) _; rewrite -rE; field.
exact: r_neq0.
Qed.

Hypothesis sE : forall i a, s i a ^+ 2 * Lw p i a a = 1.

(* E[C_i L_i C_i] = I with the diagonal reading.  *)
Theorem scaled_mean i : EM (fun pi => scaled pi i *m Lw p i *m scaled pi i) = 1%:M.
Proof.
apply/matrixP=> a b; rewrite EM_E.
rewrite (eq_E (G := fun pi : P => (fun j => if (a == b) && (j == i) then n%:R else 0) (slot pi a))).
  rewrite (E_slot1 (fun j => if (a == b) && (j == i) then n%:R else 0)) mxE.
  rewrite (bigD1 i) //= eqxx andbT big1 => [|j /negPf ->]; last by rewrite andbF.
  by rewrite addr0; case: (a == b); rewrite ?mulr0 // mulVf // n_neq0.
move=> pi; rewrite [scaled _ _]/= scaled_own own_sandwich.
have [->|nab] /= := eqVneq a b.
  rewrite andbb; case: ifP => _; last by rewrite mul0r.
  by rewrite mulrACA -expr2 rE -mulrA -expr2 sE mulr1.
case: eqP => [e1|_] /=; last by rewrite mul0r.
case: eqP => [e2|_] /=; last by rewrite mul0r.
by move: nab; rewrite -(inj_eq (@slot_inj _ pi)) e1 e2 eqxx.
Qed.

(* B = I for every outcome. *)
Theorem scaled_B pi : Bhat p scaled pi = 1%:M.
Proof.
apply/matrixP=> a b; rewrite /Bhat.
have -> : avg (fun i => scaled pi i *m Lw p i *m scaled pi i) =
    avg (fun i => own_sketch (slot pi) (fun i a => r * s i a) i *m Lw p i *m
                  own_sketch (slot pi) (fun i a => r * s i a) i).
  by apply: eq_avg => i; rewrite -scaled_own.
rewrite own_B mxE (inj_eq (@slot_inj _ pi)); case: eqP => // ->.
by rewrite mulrACA -expr2 rE -mulrA -expr2 sE mulr1 mulVf // n_neq0.
Qed.

(* CLAIM scaled-theta: scaled sketches: B̄ = I with probability one, W̄ = L̄, and (14) holds exactly for θ ≥ 1 *)
Theorem scaled_theta : (0 < n)%N -> pd (Lbar p) ->
  [/\ forall pi, Bhat p scaled pi = 1%:M, Wmat p scaled = Lbar p &
      forall theta, (Qmat p scaled ⪯ theta *: Wmat p scaled) <-> 1 <= theta].
Proof.
move=> n0 pL; split; first exact: scaled_B.
- rewrite Wmat_mean (eq_EM scaled_B) EM_cst mulmx1 mul1mx -mulr2n -scaler_nat.
  by rewrite scalerA mulVf ?scale1r // pnatr_eq0.
move=> theta.
have -> : Wmat p scaled = Lbar p.
  rewrite Wmat_mean (eq_EM scaled_B) EM_cst mulmx1 mul1mx -mulr2n -scaler_nat.
  by rewrite scalerA mulVf ?scale1r // pnatr_eq0.
have -> : Qmat p scaled = Lbar p.
  by rewrite /Qmat (eq_EM (G := fun _ => Lbar p)) ?EM_cst // => pi; rewrite scaled_B mul1mx mulmx1.
have sL := Lbar_sym p; split=> [h|t1].
  pose v : 'cV[R]_n := delta_mx (Ordinal n0) 0.
  have nv : v != 0.
    by apply/eqP=> /matrixP/(_ (Ordinal n0) 0)/eqP; rewrite !mxE !eqxx oner_eq0.
  have := lle_qf v h; rewrite (qfZm _ theta) ler_pmull //.
  exact: pL.2.
rewrite /lle -{2}[Lbar p]scale1r -scalerBl; apply: psdZ (pd_psd pL).
by rewrite subr_ge0.
Qed.

(* CLAIM decomposition: E g = L̄⁻¹∇f(x) + h with h = L̄⁻¹b̄ − n^{−½}(1/n) Σ D_i^{−½} b_i *)
Theorem scaled_decomposition x : pd (Lbar p) ->
  EM (fun pi => est p scaled pi x) = invmx (Lbar p) *m grad p x
   + (invmx (Lbar p) *m bbar p - r^-1 *: avg (fun i => dg (s i) *m bw p i)).
Proof.
by move=> pL; rewrite (decomposition pL scaled_B) /bias /xinf scaled_mean_Cb.
Qed.

(* CLAIM mean-recursion: E x^k = (1−γ)^k x⁰ + (1−(1−γ)^k) n^{−½}(1/n) Σ D_i^{−½} b_i *)
Theorem scaled_mean_recursion gam x0 k :
  mean_iterate (step p scaled gam) x0 k = (1 - gam) ^+ k *: x0
   + (1 - (1 - gam) ^+ k) *: (r^-1 *: avg (fun i => dg (s i) *m bw p i)).
Proof. by rewrite (mean_recursion scaled_B) /xinf scaled_mean_Cb. Qed.

(* CLAIM fixed-point: x^∞ = n^{−3/2} Σ D_i^{−½} b_i is the only fixed point of the mean step; it is x* exactly when L̄x^∞ = b̄ *)
Theorem scaled_fixed_point gam x : gam != 0 ->
  (EM (fun pi => step p scaled gam 0 pi x) = x) <->
  x = r^-1 *: avg (fun i => dg (s i) *m bw p i).
Proof. by move=> g0; rewrite -scaled_mean_Cb; apply: (fixed_point scaled_B). Qed.
(* It is the minimizer exactly when L x^inf = bbar. *)
Theorem scaled_fixed_point_minimizer : pd (Lbar p) ->
  r^-1 *: avg (fun i => dg (s i) *m bw p i) = xstar p <->
  Lbar p *m (r^-1 *: avg (fun i => dg (s i) *m bw p i)) = bbar p.
Proof. by move=> pL; rewrite -scaled_mean_Cb; apply: (fixed_point_minimizer scaled pL). Qed.

(* CLAIM reconstruction-scaled: for the scaled sketches of (23), (1/n) Σ C̃_i = I for every outcome exactly when (L_i)_aa = 1/n for all i and a, so in general (6) is not (2) *)
Theorem scaled_reconstruction : (0 < r) -> (forall i a, 0 < s i a) ->
  (forall pi, avg (scaled pi) = 1%:M) <-> (forall i a, Lw p i a a = n%:R^-1).
Proof.
move=> r0 s0; split=> h => [i a|pi].
  have := h (tperm i a); rewrite scaled_avg => /matrixP/(_ a a).
  rewrite dgE mxE eqxx /slot tpermV tpermR => e.
  have nz := n_neq0 a.
  have e2 : s i a * r = n%:R.
    by rewrite mulrC; apply: (mulfI (invr_neq0 nz)); rewrite e mulVf.
  have e3 : s i a = r.
    by apply: (mulIf (lt0r_neq0 r0)); rewrite e2 -rE expr2.
  have := sE i a; rewrite e3 rE => e4.
  by apply: (mulfI nz); rewrite e4 mulfV.
rewrite scaled_avg; apply/matrixP=> a b; rewrite dgE mxE; case: eqP => // _.
have nz := n_neq0 a; have := sE (slot pi a) a; rewrite h => e.
have e2 : s (slot pi a) a ^+ 2 = r ^+ 2.
  by apply: (mulIf (invr_neq0 nz)); rewrite e rE mulfV.
have -> : s (slot pi a) a = r.
  by apply/eqP; rewrite -(@eqr_expn2 _ 2) ?e2 // ltW.
by rewrite -expr2 rE mulVf.
Qed.

(* b_i = 0, gamma = 1: the update (2) reaches 0 in one step for every outcome. *)
Theorem scaled_one_step pi x k : (forall i, bw p i = 0) ->
  step p scaled 1 k pi x = 0 /\ xstar p = 0.
Proof.
move=> b0; rewrite /xstar bbar0 // mulmx0; split=> //.
by rewrite /step est0 // scaled_B mul1mx scale1r subrr.
Qed.

(* CLAIM scaled-rate: b_i = 0, γ = 1: (1/K) Σ E‖∇f(x^k)‖² ≤ 2λ(f(x⁰) − E f(x^K))/K for every λ with L̄ ⪯ λI (the least is λ_max(L̄)) *)
Theorem scaled_rate lam x0 K : (forall i, bw p i = 0) -> (0 < n)%N ->
  pd (Lbar p) -> Lbar p ⪯ lam%:M -> (0 < K)%N ->
  K%:R^-1 * (\sum_(k < K) Er (step p scaled 1) x0 k (fun x => nrm2 (grad p x))) <=
  2%:R * lam * (obj p x0 - Er (step p scaled 1) x0 K (obj p)) / K%:R.
Proof.
move=> b0 n0 pL hl K0; have [_ W Q] := scaled_theta n0 pL.
have h14 : Qmat p scaled ⪯ 1 *: Wmat p scaled by apply/Q.
have le1 : (1 : R) <= 1^-1 by rewrite invr1.
have := thm1_gradients b0 ltr01 ltr01 le1 pL h14 x0 K0.
rewrite W mulVmx ?pd_unit // mul1mx mul1r.
set A := _ / K%:R => h.
have l0 : 0 <= lam.
  pose v : 'cV[R]_n := delta_mx (Ordinal n0) 0.
  have nv : v != 0.
    by apply/eqP=> /matrixP/(_ (Ordinal n0) 0)/eqP; rewrite !mxE !eqxx oner_eq0.
  have := lle_qf v hl; rewrite qf_scalar => /(lt_le_trans (pL.2 v nv)).
  by rewrite pmulr_lgt0 ?(pd1 R n).2 // => /ltW.
have -> : 2%:R * lam * (obj p x0 - Er (step p scaled 1) x0 K (obj p)) / K%:R = lam * A.
  by rewrite /A !mulrA [2%:R * lam]mulrC.
apply: le_trans (ler_wpmul2l l0 h); rewrite mulrCA; apply: ler_wpmul2l.
  by rewrite invr_ge0 ler0n.
rewrite mulr_sumr; apply: ler_sum => k _; rewrite -ErZ; apply: Er_le => x.
exact: inv_lower.
Qed.

End Scaled.
