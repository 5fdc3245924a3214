(* Section 3.1.2 and Section 4 over a real closed field, with the square roots *)
(* themselves: C_i = sqrt n / sqrt((L_i)_{pi_i pi_i}) e_{pi_i} e_{pi_i}^T.      *)
(* The hypotheses r^2 = n and s_i(a)^2 (L_i)_aa = 1 of scaled.v are met there, *)
(* so Theorem 2 reads as in the paper.  h = L^-1 b - n^{-1/2}(1/n) sum_i D_i^{-1/2} b_i. *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting section4 perm_expectation own scaled.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Roots.
Variables (R : rcfType) (n : nat) (p : problem R n n).
Hypothesis diag_gt0 : forall i a, 0 < Lw p i a a.

Definition sqrt_n : R := Num.sqrt n%:R.
(* The diagonal of D_i^{-1/2}. *)
Definition inv_sqrt_diag (i a : 'I_n) : R := (Num.sqrt (Lw p i a a))^-1.
(* (sqrt n)^2 = n. *)
Lemma sqrt_nE : sqrt_n ^+ 2 = n%:R.
Proof. by rewrite sqr_sqrtr // ler0n. Qed.
(* [D_i^(-1/2)]_aa^2 (L_i)_aa = 1. *)
Lemma inv_sqrt_diagE i a : inv_sqrt_diag i a ^+ 2 * Lw p i a a = 1.
Proof. by rewrite exprVn sqr_sqrtr ?(ltW (diag_gt0 _ _)) // mulVf // gt_eqF. Qed.

(* The sketches of (23) as Theorem 2 uses them. *)
Definition sqrt_sketches : sketches (perms R n) n n := scaled sqrt_n inv_sqrt_diag.
Local Notation C := sqrt_sketches.
(* h and xinf as printed. *)
Definition h4 : 'cV[R]_n := invmx (Lbar p) *m bbar p -
  (Num.sqrt n%:R)^-1 *: avg (fun i => dg (inv_sqrt_diag i) *m bw p i).
Definition xinf4 : 'cV[R]_n := (Num.sqrt n%:R)^-1 *: avg (fun i => dg (inv_sqrt_diag i) *m bw p i).

(* B = I for every outcome. *)
Lemma sqrt_B pi : Bhat p C pi = 1%:M.
Proof. exact: (scaled_B sqrt_nE inv_sqrt_diagE). Qed.
(* The fixed point is that of the paper, *)
Lemma sqrt_xinf : xinf p C = xinf4.
Proof. by rewrite /xinf (scaled_mean_Cb _ _ sqrt_nE). Qed.
(* ... and so is h. *)
Lemma sqrt_bias : bias p C = h4.
Proof. by rewrite /bias sqrt_xinf. Qed.

(* CLAIM scaled-mean+square-roots: over every real closed field, with C̃_i = √n [D_i^{−½}]_{π_iπ_i} e_{π_i}e_{π_i}ᵀ: E[C̃_iL_iC̃_i] = I, B̄ = I for every outcome, E g(x) = L̄⁻¹∇f(x) + h *)
Theorem sqrt_mean i : EM (fun pi => C pi i *m Lw p i *m C pi i) = 1%:M.
Proof. exact: (scaled_mean sqrt_nE inv_sqrt_diagE). Qed.
(* (27): E g = L^-1 grad f(x) + h. *)
Theorem sqrt_decomposition x : pd (Lbar p) ->
  EM (fun pi => est p C pi x) = invmx (Lbar p) *m grad p x + h4.
Proof. exact: (scaled_decomposition sqrt_nE inv_sqrt_diagE). Qed.

(* CLAIM thm2+square-roots: over every real closed field Theorem 2 as printed, for the scaled sketches with actual square roots: E‖g − E g‖²_L̄ ≤ σ², β ∈ (0,½), 0 < γ ≤ (½ − β)/(β + ½) ⇒ (1/K) Σ E‖∇f(x^k)‖²_{L̄⁻¹} ≤ 2(f(x⁰) − E f(x^K))/(γK) + (2β⁻¹(1−γ) + γ)‖h‖²_L̄ + γσ²; and the sharp one *)
Theorem sqrt_theorem2 gam beta sigma2 x0 K : pd (Lbar p) ->
  (forall x, E (fun pi => qf (Lbar p) (est p C pi x - EM (fun pi => est p C pi x))) <= sigma2) ->
  0 < beta -> beta < 2%:R^-1 ->
  0 < gam -> gam <= (2%:R^-1 - beta) / (beta + 2%:R^-1) -> (0 < K)%N ->
  K%:R^-1 * (\sum_(k < K) Er (step p C gam) x0 k (fun x => qf (invmx (Lbar p)) (grad p x))) <=
  2%:R * (obj p x0 - Er (step p C gam) x0 K (obj p)) / (gam * K%:R)
  + (2%:R * beta^-1 * (1 - gam) + gam) * qf (Lbar p) h4 + gam * sigma2.
Proof.
by move=> pL hs b0 b1 g0 g1 K0; rewrite -sqrt_bias;
  apply: (theorem2_printed pL sqrt_B x0 hs b0 b1 g0 g1 K0).
Qed.
(* The sharp Theorem 2 for these sketches. *)
Theorem sqrt_sharp_theorem2 gam sigma2 x0 K : pd (Lbar p) ->
  (forall x, E (fun pi => qf (Lbar p) (est p C pi x - EM (fun pi => est p C pi x))) <= sigma2) ->
  0 < gam -> gam <= 1 -> (0 < K)%N ->
  K%:R^-1 * (\sum_(k < K) Er (step p C gam) x0 k (fun x => qf (invmx (Lbar p)) (grad p x))) <=
  2%:R * (obj p x0 - Er (step p C gam) x0 K (obj p)) / (gam * K%:R)
  + qf (Lbar p) h4 + gam * sigma2.
Proof.
by move=> pL hs g0 g1 K0; rewrite -sqrt_bias; apply: (sharp_theorem2 pL sqrt_B x0 hs g0 g1 K0).
Qed.
(* (28) and the fixed point x^inf = n^{-3/2} sum_i D_i^{-1/2} b_i. *)
Theorem sqrt_mean_recursion gam x0 k :
  mean_iterate (step p C gam) x0 k = (1 - gam) ^+ k *: x0 + (1 - (1 - gam) ^+ k) *: xinf4.
Proof. exact: (scaled_mean_recursion sqrt_nE inv_sqrt_diagE). Qed.
(* The fixed point of the mean step. *)
Theorem sqrt_fixed_point gam x : gam != 0 ->
  (EM (fun pi => step p C gam 0 pi x) = x) <-> x = xinf4.
Proof. exact: (scaled_fixed_point sqrt_nE inv_sqrt_diagE). Qed.
End Roots.
