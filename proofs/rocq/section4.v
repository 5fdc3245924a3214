(* Section 4: sketches with B = I for every outcome (the scaled sketches, see  *)
(* scaled.v).  Decomposition, recursion of the mean, Theorem 2 as printed and  *)
(* sharp, exact limit, schedules, optimality of the constants.                 *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting averaging.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Section4.
Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d).
Hypothesis pL : pd (Lbar p).
Hypothesis BI : forall w, Bhat p C w = 1%:M.
Implicit Types (x : 'cV[R]_d).

(* The mean fixed point, the bias h and the variance. *)
Definition xinf : 'cV[R]_d := EM (Cb p C).
Definition bias : 'cV[R]_d := xstar p - xinf.
Definition variance : R := E (fun w => qf (Lbar p) (Cb p C w - xinf)).
Definition sched (gam : nat -> R) k (w : P) x : 'cV[R]_d := step p C (gam k) k w x.

Let sL := Lbar_sym p.

(* The dual norm of the gradient is the distance to the minimizer. *)
Definition err x : R := qf (invmx (Lbar p)) (grad p x).
(* The error is ||x - xs||^2_L, *)
Lemma errE x : err x = qf (Lbar p) (x - xstar p).
Proof. exact: grad_dual. Qed.
(* ... twice the gap of the objective. *)
Lemma obj_err x : obj p x = 2%:R^-1 * err x + obj p (xstar p).
Proof. by rewrite errE; apply: obj_xstar. Qed.

(* With B = I the step is a step of averaging.v towards Cb, *)
Lemma step_av gam k w x : sched gam k w x = av_step (Cb p C) gam k w x.
Proof. by rewrite /sched /step estE BI mul1mx. Qed.
(* ... and so are k steps. *)
Lemma Er_av gam x0 k F : Er (sched gam) x0 k F = Er (av_step (Cb p C) gam) x0 k F.
Proof.
elim: k F => //= k ih F; rewrite -ih; apply: eq_Er => x; apply: eq_E => w.
by rewrite step_av.
Qed.

(* E g(x) = L^-1 grad f(x) + h. *)
Theorem decomposition x :
  EM (fun w => est p C w x) = invmx (Lbar p) *m grad p x + bias.
Proof.
rewrite (eq_EM (G := fun w => x - Cb p C w)) => [|w].
  rewrite EMB EM_cst grad_xstar // mulmxA mulVmx ?pd_unit // mul1mx.
  by rewrite /bias addrA subrK.
by rewrite estE BI mul1mx.
Qed.
(* The variance of the estimator does not depend on x. *)
Lemma est_variance x :
  E (fun w => qf (Lbar p) (est p C w x - EM (fun w => est p C w x))) = variance.
Proof.
have e w : est p C w x = x - Cb p C w by rewrite estE BI mul1mx.
apply: eq_E => w; rewrite (eq_EM e) EMB EM_cst e opprB addrC addrA subrK.
by rewrite -opprB qfN.
Qed.

(* E x^k = (1-gamma)^k x^0 + (1 - (1-gamma)^k) xinf. *)
Theorem mean_recursion gam x0 k :
  mean_iterate (step p C gam) x0 k =
  (1 - gam) ^+ k *: x0 + (1 - (1 - gam) ^+ k) *: xinf.
Proof.
have -> : mean_iterate (step p C gam) x0 k =
    mean_iterate (av_step (Cb p C) (fun _ => gam)) x0 k.
  apply/matrixP=> i j; rewrite mxE [RHS]mxE -(Er_av (fun _ => gam)).
  by [].
have := av_mean_iterate (Cb p C) x0 (fun _ => gam) k.
rewrite prodr_const card_ord => /eqP; rewrite subr_eq => /eqP ->.
rewrite scalerBr scalerBl scale1r -/xinf /av_mean -/xinf.
by rewrite addrAC addrA.
Qed.
(* xinf is the only point that the mean step does not move. *)
Theorem fixed_point gam x : gam != 0 ->
  (EM (fun w => step p C gam 0 w x) = x) <-> x = xinf.
Proof.
move=> g0; have -> : EM (fun w => step p C gam 0 w x) = x - gam *: (x - xinf).
  rewrite (eq_EM (G := fun w => x - gam *: (x - Cb p C w))) => [|w].
    by rewrite EMB EM_cst EMZ EMB EM_cst.
  exact: (step_av (fun _ => gam) 0).
split=> [/eqP|->]; last by rewrite subrr scaler0 subr0.
rewrite -subr_eq0 addrC addrA addNr add0r oppr_eq0 scaler_eq0 (negPf g0) /=.
by rewrite subr_eq0 => /eqP.
Qed.
(* It is the minimizer exactly when L xinf = b, that is when the bias is 0. *)
Theorem fixed_point_minimizer : xinf = xstar p <-> Lbar p *m xinf = bbar p.
Proof.
split=> [->|h]; first exact: Lbar_xstar.
by rewrite /xstar -h mulmxA mulVmx ?pd_unit // mul1mx.
Qed.
(* h = 0 exactly when the fixed point is the minimizer. *)
Lemma bias_eq0 : bias = 0 <-> xinf = xstar p.
Proof.
by rewrite /bias; split=> [/eqP|->]; rewrite ?subrr // subr_eq0 => /eqP.
Qed.

(* The average of E||grad f(x^k)||^2_{L^-1} over K rounds. *)
Definition mean_err gam x0 K : R :=
  K%:R^-1 * (\sum_(k < K) Er (step p C gam) x0 k err).
Definition obj_drop gam x0 K : R :=
  2%:R * (obj p x0 - Er (step p C gam) x0 K (obj p)) / (gam * K%:R).

(* The exact identity behind Theorem 2, for every step size. *)
Theorem sharp_identity gam x0 K : gam != 0 -> (0 < K)%N ->
  mean_err gam x0 K = obj_drop gam x0 K + qf (Lbar p) bias + gam * variance
  - (1 - gam) * (K%:R^-1 *
      (\sum_(k < K) Er (step p C gam) x0 k (fun x => qf (Lbar p) (x - xinf)))).
Proof.
move=> g0 K0; have := @av_sharp_identity R d P (Cb p C) (Lbar p) (xstar p) x0 sL gam K g0 K0.
have rw k F : Er (av_step (Cb p C) (fun _ => gam)) x0 k F = Er (step p C gam) x0 k F.
  by rewrite -Er_av.
under eq_bigr do rewrite rw -(eq_Er _ _ _ errE).
rewrite rw -(eq_Er _ _ _ errE) -errE.
have -> : obj_drop gam x0 K = (err x0 - Er (step p C gam) x0 K err) / (gam * K%:R).
  rewrite /obj_drop (eq_Er _ _ _ obj_err) ErD ErZ Er_cst obj_err.
  by congr (_ / _); field.
rewrite /mean_err => ->; congr (_ - _ * (_ * _)).
by apply: eq_bigr => k _; rewrite rw.
Qed.

(* The mean distance to the fixed point is not negative. *)
Lemma spread_ge0 gam x0 K : 0 <= K%:R^-1 *
  (\sum_(k < K) Er (step p C gam) x0 k (fun x => qf (Lbar p) (x - xinf))).
Proof.
rewrite mulr_ge0 ?invr_ge0 ?ler0n //; apply: sumr_ge0 => k _.
by apply: Er_ge0 => x; apply: (pd_psd pL).2.
Qed.

(* CLAIM beyond-3: sharp Theorem 2: with B̄ = I, for every γ ∈ (0,1] and K ≥ 1, (1/K) Σ_{k<K} E‖∇f(x^k)‖²_{L̄⁻¹} ≤ 2(f(x⁰) − E f(x^K))/(γK) + ‖h‖²_L̄ + γσ² *)
Theorem sharp_theorem2 gam sigma2 x0 K :
  (forall x, E (fun w => qf (Lbar p) (est p C w x - EM (fun w => est p C w x))) <= sigma2) ->
  0 < gam -> gam <= 1 -> (0 < K)%N ->
  mean_err gam x0 K <= obj_drop gam x0 K + qf (Lbar p) bias + gam * sigma2.
Proof.
move=> hs g0 g1 K0; have := hs 0; rewrite est_variance => s.
rewrite (sharp_identity x0 (lt0r_neq0 g0) K0) ler_subl_addr.
apply: ler_paddr; first by rewrite mulr_ge0 ?subr_ge0 // spread_ge0.
by rewrite ler_add2l ler_pmul2l.
Qed.

(* CLAIM thm2: β ∈ (0,½), 0 < γ ≤ (½ − β)/(β + ½) ⇒ (1/K) Σ_{k<K} E‖∇f(x^k)‖²_{L̄⁻¹} ≤ 2(f(x⁰) − E f(x^K))/(γK) + (2β⁻¹(1−γ) + γ)‖h‖²_L̄ + γσ² *)
Theorem theorem2_printed gam beta sigma2 x0 K :
  (forall x, E (fun w => qf (Lbar p) (est p C w x - EM (fun w => est p C w x))) <= sigma2) ->
  0 < beta -> beta < 2%:R^-1 ->
  0 < gam -> gam <= (2%:R^-1 - beta) / (beta + 2%:R^-1) -> (0 < K)%N ->
  mean_err gam x0 K <= obj_drop gam x0 K
    + (2%:R * beta^-1 * (1 - gam) + gam) * qf (Lbar p) bias + gam * sigma2.
Proof.
move=> hs be0 be1 g0 g1 K0.
have half0 : 0 < (2%:R^-1 : R) by rewrite invr_gt0 ltr0n.
have g1' : gam <= 1.
  apply: le_trans g1 _; rewrite ler_pdivr_mulr ?addr_gt0 // mul1r.
  by rewrite addrC ler_add2r; apply: le_trans (ltW be0); rewrite oppr_le0 ltW.
apply: le_trans (sharp_theorem2 x0 hs g0 g1' K0) _.
rewrite ler_add2r ler_add2l; apply: ler_pemull; first exact: (pd_psd pL).2.
have -> : 2%:R * beta^-1 * (1 - gam) + gam = 1 + (2%:R * beta^-1 - 1) * (1 - gam) by ring.
rewrite ler_addl mulr_ge0 // subr_ge0 // ler_pdivl_mulr // mul1r.
by apply: le_trans (ltW be1) _; rewrite invf_le1 ?ltr0n // (ler_nat _ 1 2) || idtac;
   rewrite (le_trans (_ : _ <= 1)) ?ler1n // invf_le1 ?ltr0n // ler1n.
Qed.

(* CLAIM thm2-irreducible: for every schedule (γ_k), E‖∇f(x^k)‖²_{L̄⁻¹} ≥ ‖Π_{j<k}(1−γ_j)(x⁰ − x^∞) − h‖²_L̄, so from x⁰ = x^∞ (or once the product has become 0) never below ‖h‖²_L̄ *)
Theorem irreducible (gam : nat -> R) x0 k :
  qf (Lbar p) ((\prod_(j < k) (1 - gam j)) *: (x0 - xinf) - bias) <=
  Er (sched gam) x0 k err.
Proof.
rewrite (eq_Er _ _ _ errE) Er_av.
exact: (@av_error_ge_bias _ _ _ (Cb p C) _ (xstar p) x0 gam k (pd_psd pL)).
Qed.
(* From x^0 = x^inf no schedule ever brings the error below ||h||^2. *)
Corollary irreducible_start (gam : nat -> R) k :
  qf (Lbar p) bias <= Er (sched gam) xinf k err.
Proof.
have := irreducible gam xinf k.
by rewrite subrr scaler0 sub0r qfN.
Qed.

(* CLAIM step-decay: with γ_k = 1/(k+1) the variance term is exactly σ²/k and the bias stays: E‖∇f(x^k)‖²_{L̄⁻¹} = σ²/k + ‖h‖²_L̄ for every k ≥ 1 *)
Theorem step_decay x0 k : (0 < k)%N ->
  Er (sched (fun j => j.+1%:R^-1)) x0 k err = variance / k%:R + qf (Lbar p) bias.
Proof. by move=> k0; rewrite (eq_Er _ _ _ errE) Er_av av_decay. Qed.

(* CLAIM beyond-4: exact limit for γ ∈ (0,2): E‖∇f(x^k)‖²_{L̄⁻¹} = ‖h‖²_L̄ + σ²γ/(2−γ) plus two explicit terms of order (1−γ)^{2k} and (1−γ)^k *)
Theorem exact_error gam x0 k : 2%:R - gam != 0 ->
  Er (step p C gam) x0 k err =
  (qf (Lbar p) bias + gam * variance / (2%:R - gam))
  + (1 - gam) ^+ (2 * k) * (qf (Lbar p) (x0 - xinf) - gam * variance / (2%:R - gam))
  - (1 - gam) ^+ k * bf (Lbar p) (x0 - xinf) bias *+ 2.
Proof.
move=> g2; rewrite (eq_Er _ _ _ errE) -(@av_error_exact _ _ _ (Cb p C)) //.
exact: (Er_av (fun _ => gam)).
Qed.
(* The limit is approached at the rate |1 - gamma|^k, with an explicit constant. *)
Theorem limit_rate gam x0 k : 0 < gam -> gam < 2%:R ->
  `| Er (step p C gam) x0 k err - (qf (Lbar p) bias + gam * variance / (2%:R - gam)) | <=
  `|1 - gam| ^+ k * (`|qf (Lbar p) (x0 - xinf) - gam * variance / (2%:R - gam)|
     + `|bf (Lbar p) (x0 - xinf) bias| *+ 2).
Proof.
move=> g0 g2; rewrite (eq_Er _ _ _ errE).
have := @av_error_rate _ _ _ (Cb p C) _ (xstar p) x0 sL gam k g0 g2.
by rewrite -Er_av.
Qed.

(* CLAIM both-errors: E‖x^k − x^∞‖²_L̄ and E‖x^k − x*‖²_L̄ = E‖∇f(x^k)‖²_{L̄⁻¹} = 2 E(f(x^k) − min f) in closed form for every k; in every norm and for every method E‖x^k − x*‖² = E‖x^k − x^∞‖² + 2⟨E x^k − x^∞, x^∞ − x*⟩ + ‖x^∞ − x*‖² *)
Theorem error_to_xinf gam x0 k : 2%:R - gam != 0 ->
  Er (step p C gam) x0 k (fun x => qf (Lbar p) (x - xinf)) =
  (1 - gam) ^+ (2 * k) * (qf (Lbar p) (x0 - xinf) - gam * variance / (2%:R - gam))
  + gam * variance / (2%:R - gam).
Proof.
move=> g2; rewrite -(@av_spread_const _ _ _ (Cb p C) _ x0 sL) //.
exact: (Er_av (fun _ => gam)).
Qed.

(* Any method, any weighted norm M: the distances of x^k to x* and to a point y differ by the mean and a constant, *)
(* E||x^k - x*||^2 = E||x^k - y||^2 + 2 <E x^k - y, y - x*> + ||y - x*||^2.     *)
Theorem distances (M : 'M[R]_d) (st : nat -> P -> 'cV[R]_d -> 'cV[R]_d) x0 k y : sym M ->
  Er st x0 k (fun x => qf M (x - xstar p)) = Er st x0 k (fun x => qf M (x - y)) +
    bf M (mean_iterate st x0 k - y) (y - xstar p) *+ 2 + qf M (y - xstar p).
Proof.
move=> sM; have e x : qf M (x - xstar p) =
    qf M (x - y) + (2%:R * bf M (x - y) (y - xstar p) + qf M (y - xstar p)).
  by rewrite mulr_natl addrA -(qfD _ _ sM) addrA subrK.
rewrite (eq_Er _ _ _ e) !ErD Er_cst ErZ mulr_natl addrA; congr (_ + _ *+ 2 + _).
rewrite (eq_Er _ _ _ (G := fun x => bf M (y - xstar p) x - bf M (y - xstar p) y)).
  by rewrite ErB Er_cst Er_bf -bfBr (bfC _ _ sM).
by move=> x; rewrite (bfC _ _ sM) bfBr.
Qed.

(* CLAIM beyond-7: with the first and the last term as printed, Theorem 2 holds for every β ∈ (0,½] and γ ∈ (0,1] with factor (1−γ)/(2β) + γ of ‖h‖²_L̄, and β = ½ (factor 1, item 3) is the strongest of these bounds; with all constants kept it is the strongest in the factor of ‖h‖²_L̄ alone, see beyond-7+all-constants *)
Theorem theorem2_beta gam beta sigma2 x0 K :
  (forall x, E (fun w => qf (Lbar p) (est p C w x - EM (fun w => est p C w x))) <= sigma2) ->
  0 < beta -> beta <= 2%:R^-1 -> 0 < gam -> gam <= 1 -> (0 < K)%N ->
  let bound b := obj_drop gam x0 K
    + ((1 - gam) / (2%:R * b) + gam) * qf (Lbar p) bias + gam * sigma2 in
  [/\ mean_err gam x0 K <= bound beta, bound 2%:R^-1 <= bound beta &
      bound 2%:R^-1 = obj_drop gam x0 K + qf (Lbar p) bias + gam * sigma2].
Proof.
move=> hs be0 be1 g0 g1 K0 bound.
have two0 : (2%:R : R) != 0 by rewrite pnatr_eq0.
have e : bound 2%:R^-1 = obj_drop gam x0 K + qf (Lbar p) bias + gam * sigma2.
  by rewrite /bound; field.
have le : bound 2%:R^-1 <= bound beta.
  rewrite e /bound ler_add2r ler_add2l; apply: ler_pemull.
    exact: (pd_psd pL).2.
  rewrite -ler_subl_addr ler_pdivl_mulr ?mulr_gt0 ?ltr0n //.
  by rewrite ler_pimulr ?subr_ge0 // mulrC -ler_pdivl_mulr ?ltr0n // div1r.
split=> //; apply: le_trans le; rewrite e.
exact: (sharp_theorem2 x0 hs g0 g1 K0).
Qed.

(* What the proof with beta divides by when no constant is given away. *)
Definition beta_room gam beta : R := 1 + (1 - 2%:R * beta) * (1 - gam).
Definition beta_factor gam beta : R := (1 - gam) / (2%:R * beta) + gam.
Definition beta_bound gam beta sigma2 x0 K : R :=
  (obj_drop gam x0 K + beta_factor gam beta * qf (Lbar p) bias + gam * sigma2) / beta_room gam beta.

(* ||2 beta (x - xstar) + h||^2 >= 0: the distance to xinf in terms of the error and of h. *)
Lemma spread_lower beta x : 0 < beta ->
  (1 - 2%:R * beta) * err x + (1 - (2%:R * beta)^-1) * qf (Lbar p) bias <=
  qf (Lbar p) (x - xinf).
Proof.
move=> b0; have t0 : 0 < 2%:R * beta by rewrite mulr_gt0 ?ltr0n.
have := (pd_psd pL).2 ((2%:R * beta) *: (x - xstar p) + bias).
have -> : x - xinf = (x - xstar p) + bias by rewrite /bias addrA subrK.
rewrite errE (qfD (_ *: _) _ sL) (qfD (x - xstar p) bias sL) qfZ bfZl => h.
rewrite -(ler_pmul2l t0) -subr_ge0.
apply: le_trans h _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
move: (qf _ (x - xstar p)) (bf _ (x - xstar p) bias) (qf _ bias) => a c e.
have nb := lt0r_neq0 b0.
by field; rewrite nb.
Qed.

(* CLAIM beyond-7+all-constants: with all constants kept Theorem 2 holds for β ∈ (0,½], γ ∈ (0,1] with its right side (2(f(x⁰) − E f(x^K))/(γK) + ((1−γ)/(2β) + γ)‖h‖²_L̄ + γσ²)/(1 + (1−2β)(1−γ)); "β = ½ is the strongest" is true of the factor of ‖h‖²_L̄, which is never below 1, and false of the bound: for h = 0, γ < 1, K = 1 and x⁰ ≠ x^∞ every β < ½ gives a smaller one *)
Theorem theorem2_all_constants gam beta sigma2 x0 K :
  (forall x, E (fun w => qf (Lbar p) (est p C w x - EM (fun w => est p C w x))) <= sigma2) ->
  0 < beta -> beta <= 2%:R^-1 -> 0 < gam -> gam <= 1 -> (0 < K)%N ->
  [/\ mean_err gam x0 K <= beta_bound gam beta sigma2 x0 K,
      1 <= beta_room gam beta & 1 <= beta_factor gam beta / beta_room gam beta].
Proof.
move=> hs be0 be1 g0 g1 K0.
have t0 : 0 < 2%:R * beta by rewrite mulr_gt0 ?ltr0n.
have t1 : 0 <= 1 - 2%:R * beta by rewrite subr_ge0 -ler_pdivl_mull ?ltr0n // mulr1.
have u0 : 0 <= 1 - gam by rewrite subr_ge0.
have r1 : 1 <= beta_room gam beta by rewrite ler_addl mulr_ge0.
have r0 : 0 < beta_room gam beta by apply: lt_le_trans r1.
split=> //; last first.
  rewrite ler_pdivl_mulr // mul1r -(ler_pmul2l t0) -subr_ge0.
  have -> : 2%:R * beta * beta_factor gam beta - 2%:R * beta * beta_room gam beta =
      (1 - gam) * (1 - 2%:R * beta) ^+ 2.
    by rewrite /beta_factor /beta_room; field; rewrite gt_eqF.
  by rewrite mulr_ge0 ?sqr_ge0.
have spread : (1 - 2%:R * beta) * mean_err gam x0 K + (1 - (2%:R * beta)^-1) * qf (Lbar p) bias <=
    K%:R^-1 * (\sum_(k < K) Er (step p C gam) x0 k (fun x => qf (Lbar p) (x - xinf))).
  set c := _ * qf (Lbar p) bias.
  have -> : c = K%:R^-1 * (\sum_(k < K) c).
    by rewrite sumr_const card_ord -[c *+ K]mulr_natl mulKf // gt_eqF ?ltr0n.
  rewrite /mean_err mulrCA -mulrDr mulr_sumr -big_split /=.
  apply: ler_wpmul2l; first by rewrite invr_ge0 ler0n.
  apply: ler_sum => k _; rewrite -ErZ -[X in _ + X](Er_cst (step p C gam) x0 k c) -ErD.
  by apply: Er_le => x; apply: spread_lower.
have var : gam * variance <= gam * sigma2 by rewrite ler_pmul2l // -(est_variance 0); apply: hs.
have := sharp_identity x0 (lt0r_neq0 g0) K0; rewrite -subr_ge0 in var.
have := ler_wpmul2l u0 spread; rewrite -subr_ge0 => s; have := addr_ge0 s var.
rewrite /beta_bound /beta_factor ler_pdivl_mulr // /beta_room.
move: (_ * (\sum_(k < K) _)) (mean_err _ _ _) (obj_drop _ _ _) (qf _ bias) => v m o e pos id.
rewrite -subr_ge0; apply: le_trans pos _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
have -> : o = m - e - gam * variance + (1 - gam) * v by rewrite id; ring.
by have nb := lt0r_neq0 be0; field; rewrite nb.
Qed.
(* Without bias a smaller beta is better: only the factor of ||h||^2 speaks for beta = 1/2. *)
Theorem beta_half_not_strongest gam beta x0 :
  0 < beta -> beta < 2%:R^-1 -> 0 < gam -> gam < 1 -> bias = 0 -> x0 != xinf ->
  beta_bound gam beta variance x0 1 < beta_bound gam 2%:R^-1 variance x0 1.
Proof.
move=> be0 be1 g0 g1 h0 nx; have two0 : (2%:R : R) != 0 by rewrite pnatr_eq0.
rewrite /beta_bound h0 qf0 !mulr0 !addr0.
have -> : beta_room gam 2%:R^-1 = 1 by rewrite /beta_room mulfV // subrr mul0r addr0.
rewrite divr1; set t := _ + _.
have t0 : 0 < t.
  have := sharp_identity x0 (lt0r_neq0 g0) (isT : (0 < 1)%N).
  rewrite h0 qf0 addr0 -/t => /eqP; rewrite eq_sym subr_eq => /eqP ->.
  apply: ltr_paddr; first by rewrite mulr_ge0 ?spread_ge0 // subr_ge0 ltW.
  rewrite /mean_err big_ord1 invr1 mul1r /= errE; apply: pL.2.
  by rewrite subr_eq0 -(bias_eq0.1 h0).
have r1 : 1 < beta_room gam beta.
  by rewrite ltr_addl mulr_gt0 // subr_gt0 // -ltr_pdivl_mull ?ltr0n // mulr1.
by rewrite ltr_pdivr_mulr ?(lt_trans ltr01) // ltr_pmulr.
Qed.

(* For gamma > 1 the bound with factor 1 and the exact variance fails on every *)
(* instance, already at K = 1, whenever x^0 is not xinf.                       *)
Theorem sharp_fails_above_one gam x0 : 1 < gam -> x0 != xinf ->
  obj_drop gam x0 1 + qf (Lbar p) bias + gam * variance < mean_err gam x0 1.
Proof.
move=> g1 nx; have g0 : gam != 0 by rewrite gt_eqF // (lt_trans ltr01).
rewrite (sharp_identity x0 g0 (ltnSn 0)) big_ord_recl big_ord0 addr0 invr1 mul1r /=.
rewrite -mulNr opprB ltr_addl mulr_gt0 ?subr_gt0 //.
by apply: pL.2; rewrite subr_eq0.
Qed.

(* Started at xinf without variance, the averaged error is ||h||^2 for ever    *)
(* and the objective does not drop: no factor below 1 can stand before it.     *)
Theorem constant_one_optimal gam K kappa : gam != 0 -> (0 < K)%N ->
  variance = 0 -> bias != 0 ->
  mean_err gam xinf K <= obj_drop gam xinf K + kappa * qf (Lbar p) bias + gam * variance ->
  1 <= kappa.
Proof.
move=> g0 K0 v0 nb.
have e k : Er (step p C gam) xinf k err = qf (Lbar p) bias.
  rewrite (eq_Er _ _ _ errE).
  have -> : Er (step p C gam) xinf k (fun x => qf (Lbar p) (x - xstar p)) =
      Er (av_step (Cb p C) (fun _ => gam)) xinf k (fun x => qf (Lbar p) (x - xstar p)).
    exact: (Er_av (fun _ => gam)).
  rewrite av_error_split // -/(av_mean (Cb p C)) subrr bf0l mulr0 mul0rn subr0.
  suff -> : Er (av_step (Cb p C) (fun _ => gam)) xinf k
      (fun x => qf (Lbar p) (x - av_mean (Cb p C))) = 0 by rewrite add0r.
  elim: k => [|k ih]; first by rewrite /= subrr qf0.
  by rewrite av_spread // ih mulr0 add0r [av_var _ _]v0 mulr0.
have -> : mean_err gam xinf K = qf (Lbar p) bias.
  rewrite /mean_err (eq_bigr _ (fun (k : 'I_K) _ => e k)) sumr_const card_ord -[X in _ * X]mulr_natl.
  by rewrite mulrA mulVf ?mul1r // pnatr_eq0 -lt0n.
have -> : obj_drop gam xinf K = 0.
  rewrite /obj_drop (eq_Er _ _ _ obj_err) ErD ErZ Er_cst obj_err e.
  by rewrite -(e 0%N) /= subrr mulr0 mul0r.
rewrite v0 mulr0 addr0 add0r ler_pmull //.
exact: pL.2.
Qed.

End Section4.

(* CLAIM thm2-gamma-one: γ = 1 removes the β-term — but γ = 1 satisfies (29) for no β > 0: (½ − β)/(β + ½) < 1 *)
Theorem gamma_one_not_admissible (R : realFieldType) (beta : R) :
  0 < beta -> ~ (1 <= (2%:R^-1 - beta) / (beta + 2%:R^-1)).
Proof.
move=> b0; have h0 : 0 < beta + 2%:R^-1 by rewrite addr_gt0 // invr_gt0 ltr0n.
rewrite ler_pdivl_mulr // mul1r addrC ler_add2l => /(lt_le_trans b0).
by rewrite oppr_gt0 => /(lt_trans b0); rewrite ltxx.
Qed.
