(* The exact limit of Section 4 is reached at the rate |1 - gamma|^k and no    *)
(* faster: no constant c makes |E_k - limit| <= (1-gamma)^{2k} c true for all k. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting averaging section4 stability.
From Istcheck Require Import perm_expectation own scaled refutations.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section LimitRate.
Variables (R : archiFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d).
Hypothesis (pL : pd (Lbar p)) (BI : forall w, Bhat p C w = 1%:M).
Definition limit gam : R :=
  qf (Lbar p) (bias p C) + gam * variance p C / (2%:R - gam).

(* E_k - limit = (1-gamma)^{2k} A - 2 (1-gamma)^k B with B = <x^0 - xinf, h>_L, *)
(* so for B != 0 the second term wins.                                         *)
Theorem no_squared_rate gam x0 c : 0 < `|1 - gam| -> `|1 - gam| < 1 ->
  bf (Lbar p) (x0 - xinf p C) (bias p C) != 0 ->
  exists k, (1 - gam) ^+ (2 * k) * c <
    `|Er (step p C gam) x0 k (err p) - limit gam|.
Proof.
move=> r0 r1 nB; set t := `|1 - gam| in r0 r1.
have g2 : 2%:R - gam != 0.
  apply: contraTneq r1 => /eqP; rewrite subr_eq0 => /eqP e; rewrite -leNgt /t -e.
  have -> : 1 - 2%:R = -1 :> R by ring.
  by rewrite normrN1.
set A := qf (Lbar p) (x0 - xinf p C) - gam * variance p C / (2%:R - gam).
set B := bf _ _ _ in nB.
have B0 : 0 < `|B| by rewrite normr_gt0.
have [k hk] := pow_small (c + `|A|) (ltW r0) r1 B0.
exists k; have := hk k (leqnn k) => le.
have -> : (1 - gam) ^+ (2 * k) = t ^+ k * t ^+ k.
  by rewrite exprM -[(1 - gam) ^+ 2]real_normK ?num_real // -/t -exprM mul2n -addnn exprD.
have tk : 0 < t ^+ k by rewrite exprn_gt0.
rewrite (exact_error pL BI) // -/(limit gam) -/A -/B.
have -> : limit gam + (1 - gam) ^+ (2 * k) * A - (1 - gam) ^+ k * B *+ 2 - limit gam =
  (1 - gam) ^+ k * ((1 - gam) ^+ k * A - B *+ 2).
  by rewrite mul2n -addnn exprD; ring.
rewrite normrM normrX -/t -mulrA ltr_pmul2l // distrC.
apply: lt_le_trans (ler_sub_dist _ _).
rewrite normrM normrX -/t normrMn ltr_subr_addr -mulrDr.
by apply: le_lt_trans le _; rewrite mulr2n ltr_addl.
Qed.
End LimitRate.

(* CLAIM beyond-4+squared-rate: |E_k − limit| ≤ (1−γ)^{2k}·const for all k: false; on n = d = 1, L = b = 4 from x⁰ = x* it fails for every constant and every γ ∈ (0,2), γ ≠ 1 (the true rate is |1−γ|^k) *)
Theorem squared_rate_refuted (R : archiFieldType) (gam c : R) :
  0 < gam -> gam < 2%:R -> gam != 1 ->
  let p := one_dim R in let C := scaled (1 : R) (fun _ _ : 'I_1 => 2%:R^-1 : R) in
  exists k, (1 - gam) ^+ (2 * k) * c <
    `|Er (step p C gam) (xstar p) k (err p) - limit p C gam|.
Proof.
move=> g0 g2 g1 p C; have pL := one_pd R.
apply: no_squared_rate => //.
- exact: (scaled_B (one_rE R) (one_sE R)).
- by rewrite normr_gt0 subr_eq0 eq_sym.
- rewrite ltr_norml ltr_subr_addl -ltr_subr_addr opprK -[1 + 1]/2%:R g2.
  by rewrite ltr_subl_addr ltr_addl.
rewrite -/(bias p C) -/(qf _ _) gt_eqF //; apply: pL.2.
by rewrite /bias subr_eq0 eq_sym; apply: fixed_point_differs.
Qed.
