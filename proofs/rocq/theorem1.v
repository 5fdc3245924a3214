(* Theorem 1: both conclusions, for arbitrary symmetric sketches on a finite   *)
(* space, and the redundancy of its hypothesis W >= 0.                         *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Theorem1.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d).
Implicit Types (x : 'cV[R]_d) (gam theta lam : R).

(* CLAIM beyond-6: in Theorem 1 the hypothesis W̄ ⪰ 0 is redundant, since 0 ⪯ E[B̄L̄B̄] ⪯ θW̄ with θ > 0 forces it *)
Theorem W_psd_redundant theta :
  psd (Lbar p) -> 0 < theta -> Qmat p C ⪯ theta *: Wmat p C -> psd (Wmat p C).
Proof.
move=> pL t0 h; split=> [|v]; first exact: Wmat_sym.
have := lle_qf v h; rewrite (qfZm _ theta) => h1.
by rewrite -(pmulr_rge0 _ t0) (le_trans _ h1) //; apply: (Qmat_psd C pL).2.
Qed.

(* ... so where W is not PSD no theta exists and Theorem 1 says nothing. *)
Corollary no_theta theta :
  psd (Lbar p) -> ~ psd (Wmat p C) -> 0 < theta -> ~ (Qmat p C ⪯ theta *: Wmat p C).
Proof. by move=> pL nW t0 h; apply: nW; apply: W_psd_redundant h. Qed.

Hypothesis b0 : forall i, bw p i = 0.

(* With b_i = 0 the mean of the b_i is 0, *)
Lemma bbar0 : bbar p = 0.
Proof.
by rewrite /bbar avg_def big1 ?scaler0 // => i _; rewrite b0.
Qed.
(* ... so is Cb, *)
Lemma Cb0 w : Cb p C w = 0.
Proof. by rewrite /Cb avg_def big1 ?scaler0 // => i _; rewrite b0 mulmx0. Qed.
(* ... and the estimator is B x. *)
Lemma est0 w x : est p C w x = Bhat p C w *m x.
Proof. by rewrite estE Cb0 subr0. Qed.

(* The exact one-step identity for ||x||^2_L with b_i = 0:                     *)
(* E||x+||^2_L = ||x||^2_L - 2 gam ||x||^2_W + gam^2 ||x||^2_Q.                *)
Lemma one_round gam k x :
  E (fun w => qf (Lbar p) (step p C gam k w x)) =
  qf (Lbar p) x - gam * qf (Wmat p C) x *+ 2 + gam ^+ 2 * qf (Qmat p C) x.
Proof.
have sL := Lbar_sym p.
have e w : qf (Lbar p) (step p C gam k w x) = qf (Lbar p) x -
    gam * qf (Lbar p *m Bhat p C w + Bhat p C w *m Lbar p) x +
    gam ^+ 2 * qf (Bhat p C w *m Lbar p *m Bhat p C w) x.
  rewrite /step est0 qfB // bfZr qfZ bf_mulr qf_mul Bhat_sym.
  have -> : qf (Lbar p *m Bhat p C w + Bhat p C w *m Lbar p) x =
            bf (Lbar p *m Bhat p C w) x x *+ 2.
    rewrite /qf bfDm -[bf (Bhat p C w *m Lbar p) x x]bf_tr.
    by rewrite trmx_mul Bhat_sym sL mulr2n.
  by ring.
rewrite (eq_E e) ED EB E_cst !EZ !E_qfm /Wmat (qfZm _ 2%:R^-1) /Qmat.
by field.
Qed.

Variables (theta gam : R).
Hypothesis (g0 : 0 < gam) (t0 : 0 < theta) (gt : gam <= theta^-1).
Hypothesis pL : pd (Lbar p).
Hypothesis h14 : Qmat p C ⪯ theta *: Wmat p C.

(* With (14) and gamma <= 1/theta: E||x+||^2_L <= ||x||^2_L - gamma ||x||^2_W. *)
Lemma one_round_le k x : E (fun w => qf (Lbar p) (step p C gam k w x)) <=
  qf (Lbar p) x - gam * qf (Wmat p C) x.
Proof.
have q := lle_qf x h14; rewrite (qfZm _ theta) in q.
have W0 : 0 <= qf (Wmat p C) x by apply: (W_psd_redundant (pd_psd pL) t0 h14).2.
rewrite one_round -subr_ge0.
have -> : qf (Lbar p) x - gam * qf (Wmat p C) x -
    (qf (Lbar p) x - gam * qf (Wmat p C) x *+ 2 + gam ^+ 2 * qf (Qmat p C) x) =
  gam * (qf (Wmat p C) x - gam * qf (Qmat p C) x) by ring.
rewrite mulr_ge0 ?(ltW g0) // subr_ge0.
apply: le_trans (ler_wpmul2l (ltW g0) q) _.
by rewrite mulrA ler_pimull // -ler_pdivl_mulr // div1r.
Qed.

(* CLAIM thm1-gradients: L̄ ≻ 0, b_i = 0, E[B̄L̄B̄] ⪯ θW̄, 0 < γ ≤ 1/θ ⇒ (1/K) Σ_{k<K} E‖∇f(x^k)‖²_{L̄⁻¹W̄L̄⁻¹} ≤ 2(f(x⁰) − E f(x^K))/(γK) *)
Theorem thm1_gradients x0 K : (0 < K)%N ->
  K%:R^-1 * (\sum_(k < K) Er (step p C gam) x0 k
    (fun x => qf (invmx (Lbar p) *m Wmat p C *m invmx (Lbar p)) (grad p x))) <=
  2%:R * (obj p x0 - Er (step p C gam) x0 K (obj p)) / (gam * K%:R).
Proof.
move=> K0; have kp : 0 < (K%:R : R) by rewrite ltr0n.
have sL := Lbar_sym p; have uL := pd_unit pL.
have e x : qf (invmx (Lbar p) *m Wmat p C *m invmx (Lbar p)) (grad p x) = qf (Wmat p C) x.
  rewrite gradE bbar0 subr0 qf_mul sL !mulmxA mulmxV // mul1mx.
  by rewrite -mulmxA mulVmx // mulmx1.
under eq_bigr do rewrite (eq_Er _ _ _ e).
have o x : obj p x = 2%:R^-1 * qf (Lbar p) x by rewrite objE bbar0 /dot bf0l subr0.
have o2 : Er (step p C gam) x0 K (obj p) =
    2%:R^-1 * Er (step p C gam) x0 K (qf (Lbar p)) by rewrite -ErZ; apply: eq_Er.
rewrite o2 o.
have := @telescope_le _ _ _ (step p C gam) x0 (qf (Lbar p)) (qf (Wmat p C)) gam K one_round_le.
set S := \sum_(k < K) _; set D := Er _ _ _ _ => h.
rewrite ler_pdivl_mulr ?mulr_gt0 //.
have -> : K%:R^-1 * S * (gam * K%:R) = gam * S by field; rewrite gt_eqF.
suff -> : 2%:R * (2%:R^-1 * qf (Lbar p) x0 - 2%:R^-1 * D) = qf (Lbar p) x0 - D by [].
by field.
Qed.

(* CLAIM thm1-iterates: same hypotheses ⇒ E‖x^k − x*‖²_L̄ ≤ (1 − γλ)^k ‖x⁰ − x*‖²_L̄ for every λ with λL̄ ⪯ W̄ (the largest such λ is λ_min(L̄^{−½}W̄L̄^{−½})) *)
Theorem thm1_iterates lam x0 k : lam *: Lbar p ⪯ Wmat p C ->
  Er (step p C gam) x0 k (fun x => qf (Lbar p) (x - xstar p)) <=
  (1 - gam * lam) ^+ k * qf (Lbar p) (x0 - xstar p).
Proof.
move=> hl; have xs : xstar p = 0 by rewrite /xstar bbar0 mulmx0.
have e x : qf (Lbar p) (x - xstar p) = qf (Lbar p) x by rewrite xs subr0.
rewrite (eq_Er _ _ _ e) e.
have st j x : E (fun w => qf (Lbar p) (step p C gam j w x)) <=
    (1 - gam * lam) * qf (Lbar p) x.
  apply: le_trans (one_round_le j x) _.
  have := lle_qf x hl; rewrite (qfZm _ lam) => q.
  rewrite mulrBl mul1r ler_add2l ler_opp2 -mulrA.
  exact: ler_wpmul2l (ltW g0) _ _ q.
have [r0|r0] := lerP 0 (1 - gam * lam); first exact: geometric_le.
have z x : qf (Lbar p) x = 0.
  have [->|nx] := eqVneq x 0; first exact: qf0.
  have : 0 <= E (fun w => qf (Lbar p) (step p C gam 0 w x)).
    by apply: E_ge0 => w; apply: (pd_psd pL).2.
  move=> /le_trans/(_ (st 0%N x)); rewrite nmulr_rge0 // => l0.
  by apply/eqP; rewrite eq_le l0; apply: (pd_psd pL).2.
by rewrite (eq_Er _ _ _ z) Er_cst z mulr0.
Qed.

End Theorem1.

(* The identity sketch. *)
Section Identity.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Hypothesis n0 : (0 < n)%N.
Definition id_sketches : sketches (punit R) n d :=
  Sketches (fun (w : punit R) (i : 'I_n) => sym1 R d).

(* B = L. *)
Lemma id_Bhat w : Bhat p id_sketches w = Lbar p.
Proof. by apply: eq_avg => i /=; rewrite mul1mx mulmx1. Qed.

(* CLAIM identity-theta: C_i = I gives W̄ = L̄², and (14) holds exactly for the θ with L̄ ⪯ θI, that is θ ≥ λ_max(L̄) *)
Theorem identity_W : Wmat p id_sketches = Lbar p *m Lbar p.
Proof.
rewrite /Wmat (eq_EM (G := fun _ => Lbar p *m Lbar p *+ 2)); last first.
  by move=> w; rewrite id_Bhat mulr2n.
by rewrite EM_cst -scaler_nat scalerA mulVf ?scale1r // pnatr_eq0.
Qed.
(* (14) reads L^3 <= theta L^2, that is L <= theta I. *)
Theorem identity_theta theta : pd (Lbar p) ->
  (Qmat p id_sketches ⪯ theta *: Wmat p id_sketches) <-> (Lbar p ⪯ theta%:M).
Proof.
move=> pL; have uL := pd_unit pL; have sL := Lbar_sym p.
have -> : Qmat p id_sketches = Lbar p *m Lbar p *m Lbar p.
  rewrite /Qmat -[RHS](EM_cst (punit R)).
  by apply: eq_EM => w; rewrite id_Bhat.
rewrite identity_W; split=> h.
  have := lle_congr (invmx (Lbar p)) h.
  rewrite trmx_inv sL !mulmxA mulVmx // mul1mx -mulmxA mulmxV // mulmx1.
  by rewrite -scalemxAr -scalemxAl !mulmxA mulVmx // mul1mx mulmxV // scalemx1.
have := lle_congr (Lbar p) h; rewrite sL.
by rewrite -[theta%:M]scalemx1 -scalemxAr -scalemxAl mulmx1.
Qed.
End Identity.
