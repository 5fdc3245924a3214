(* What is said of convergence beside the theorems: the variance of the scaled *)
(* Perm-1 sketches in closed form, the limit of the error and of the distance  *)
(* to the fixed point, the printed neighbourhood of (30) against the one that  *)
(* is reached, the first term of (30), and equal workers whose fixed point is  *)
(* the minimizer.                                                              *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp Require Import ring.
From Istcheck Require Import psd expectation setting averaging section4 stability.
From Istcheck Require Import perm_expectation own scaled homogeneous perm1_moments.
From Istcheck Require Import refutations limit_rate limits.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

(* For 0 < gamma < 2 the factor 1 - gamma is smaller than 1 in absolute value. *)
Lemma factor_lt1 (R : realFieldType) (gam : R) : 0 < gam -> gam < 2%:R -> `|1 - gam| < 1.
Proof.
move=> g0 g2; rewrite ltr_norml ltr_subr_addl -ltr_subr_addr opprK -[1 + 1]/2%:R g2.
by rewrite ltr_subl_addr ltr_addl.
Qed.

(* gamma / (2 - gamma) <= gamma for 0 < gamma <= 1. *)
Lemma factor_le (R : realFieldType) (gam : R) : 0 < gam -> gam <= 1 -> gam / (2%:R - gam) <= gam.
Proof.
move=> g0 g1.
have g2 : 1 <= 2%:R - gam by rewrite ler_subr_addl addrC -ler_subr_addl [2%:R - 1](_ : _ = 1) //; ring.
by rewrite ler_pdivr_mulr ?(lt_le_trans ltr01) // ler_pmulr.
Qed.

(* gamma / (2 - gamma) grows with gamma below 2. *)
Lemma factor_mono (R : realFieldType) (gam eta : R) : 0 < gam -> gam < eta -> eta < 2%:R ->
  gam / (2%:R - gam) < eta / (2%:R - eta).
Proof.
move=> g0 ge e2; have g2 : 0 < 2%:R - gam by rewrite subr_gt0 (lt_trans ge).
have e2' : 0 < 2%:R - eta by rewrite subr_gt0.
rewrite ltr_pdivr_mulr // mulrAC ltr_pdivl_mulr // -subr_gt0.
have -> : eta * (2%:R - gam) - gam * (2%:R - eta) = 2%:R * (eta - gam) by ring.
by rewrite mulr_gt0 ?ltr0n ?subr_gt0.
Qed.

(* For claim neighbourhood-factor (its conclusion "printed"): under (29) the factor of ||h||^2 in (30) exceeds 4. *)
Theorem printed_factor (R : realFieldType) (gam beta : R) : 0 < beta -> beta < 2%:R^-1 ->
  0 < gam -> gam <= (2%:R^-1 - beta) / (beta + 2%:R^-1) ->
  4%:R < 2%:R * beta^-1 * (1 - gam) + gam.
Proof.
move=> b0 b1 g0 g1; have h0 : 0 < (2%:R^-1 : R) by rewrite invr_gt0 ltr0n.
have s0 : 0 < beta + 2%:R^-1 by rewrite addr_gt0.
have nb := lt0r_neq0 b0.
have n2 : beta * 2%:R + 1 != 0 by rewrite lt0r_neq0 // addr_gt0 ?ltr01 // mulr_gt0 ?ltr0n.
apply: lt_le_trans (_ : 4%:R + gam <= _); first by rewrite ltr_addl.
rewrite ler_add2r; apply: le_trans (_ : 2%:R * beta^-1 * (2%:R * beta / (beta + 2%:R^-1)) <= _).
  have -> : 2%:R * beta^-1 * (2%:R * beta / (beta + 2%:R^-1)) = 4%:R / (beta + 2%:R^-1).
    by field; rewrite n2 nb.
  rewrite ler_pdivl_mulr // ler_pimulr ?ler0n //.
  have e : 1 = 2%:R^-1 + 2%:R^-1 :> R by field.
  by rewrite [X in _ <= X]e ler_add2r ltW.
apply: ler_wpmul2l; first by rewrite mulr_ge0 ?ler0n // invr_ge0 ltW.
rewrite ler_subr_addl -ler_subr_addr; apply: le_trans g1 _.
by rewrite le_eqVlt; apply/orP; left; apply/eqP; field; rewrite n2.
Qed.

(* Sketches with B = I for every outcome. *)
Section Limits.
Variables (R : archiFieldType) (n d : nat) (p : problem R n d).
Variables (P : fprob R) (C : sketches P n d).
Hypothesis (pL : pd (Lbar p)) (BI : forall w, Bhat p C w = 1%:M).
Local Notation sigma2 := (variance p C).

(* sigma^2 is not negative. *)
Lemma variance_ge0 : 0 <= sigma2.
Proof. by apply: E_ge0 => w; apply: (pd_psd pL).2. Qed.

(* 2 - gamma is not 0. *)
Let g2_neq0 gam : gam < 2%:R -> 2%:R - gam != 0 :> R.
Proof. by move=> g2; rewrite gt_eqF // subr_gt0. Qed.

(* For claims speed-neighbourhood ("neighbourhood") and neighbourhood-factor: E||grad f(x^k)||^2 in the norm *)
(* of L^-1 tends to ||h||^2 + sigma^2 gamma/(2 - gamma), from every start.      *)
Theorem error_tends gam x0 : 0 < gam -> gam < 2%:R ->
  tends (fun k => Er (step p C gam) x0 k (err p))
    (qf (Lbar p) (bias p C) + sigma2 * gam / (2%:R - gam)).
Proof.
move=> g0 g2; rewrite [sigma2 * gam]mulrC.
apply: tends_geometric (normr_ge0 _) (factor_lt1 g0 g2) _ => k.
exact: limit_rate.
Qed.

(* For claim iterates-converge-exactly, for every k: E||x^k - xinf||^2 in the norm of L is              *)
(* (1-gamma)^(2k) ||x^0 - xinf||^2 + gamma/(2-gamma) (1 - (1-gamma)^(2k)) sigma^2. *)
Theorem distance_closed_form gam x0 k : gam < 2%:R ->
  Er (step p C gam) x0 k (fun x => qf (Lbar p) (x - xinf p C)) =
  (1 - gam) ^+ (2 * k) * qf (Lbar p) (x0 - xinf p C)
  + gam / (2%:R - gam) * (1 - (1 - gam) ^+ (2 * k)) * sigma2.
Proof.
move=> /g2_neq0 g2; rewrite error_to_xinf //.
by move: (qf _ _) sigma2 (_ ^+ (2 * k)) => a v y; field.
Qed.

(* For claim iterates-converge-exactly: the distance to the fixed point tends to sigma^2 gamma/(2 - gamma), *)
(* from every start, and that is 0 exactly for sigma = 0.                       *)
Theorem distance_tends gam x0 : 0 < gam -> gam < 2%:R ->
  tends (fun k => Er (step p C gam) x0 k (fun x => qf (Lbar p) (x - xinf p C)))
    (sigma2 * gam / (2%:R - gam)) /\
  (sigma2 * gam / (2%:R - gam) = 0 <-> sigma2 = 0).
Proof.
move=> g0 g2; have h2 := g2_neq0 g2; split; last first.
  split=> [/eqP|->]; last by rewrite !mul0r.
  by rewrite !mulf_eq0 invr_eq0 (negPf h2) (gt_eqF g0) !orbF => /eqP.
have f1 := factor_lt1 g0 g2.
apply: (tends_geometric (c := `|qf (Lbar p) (x0 - xinf p C) - sigma2 * gam / (2%:R - gam)|)
  (normr_ge0 _) f1) => k.
rewrite distance_closed_form //.
have -> : (1 - gam) ^+ (2 * k) * qf (Lbar p) (x0 - xinf p C) +
    gam / (2%:R - gam) * (1 - (1 - gam) ^+ (2 * k)) * sigma2 - sigma2 * gam / (2%:R - gam) =
    (1 - gam) ^+ k * ((1 - gam) ^+ k * (qf (Lbar p) (x0 - xinf p C) - sigma2 * gam / (2%:R - gam))).
  by rewrite mul2n -addnn exprD; move: (qf _ _) sigma2 (_ ^+ k) => a v y; field.
rewrite normrM normrX; apply: ler_wpmul2l; first exact: exprn_ge0.
rewrite normrM normrX ler_pimull // exprn_ile1 //; exact: ltW.
Qed.

(* For claim iterates-converge-exactly: whatever the distances tend to, it is sigma^2 gamma/(2 - gamma); *)
(* they tend to 0 exactly for sigma = 0.                                        *)
Corollary distance_limit gam x0 l : 0 < gam -> gam < 2%:R ->
  tends (fun k => Er (step p C gam) x0 k (fun x => qf (Lbar p) (x - xinf p C))) l ->
  l = sigma2 * gam / (2%:R - gam) /\ (l = 0 <-> sigma2 = 0).
Proof.
move=> g0 g2 h; have [t z] := distance_tends x0 g0 g2.
by rewrite (tends_unique h t).
Qed.

(* For claim iterates-converge (refuted): for sigma != 0 the distances do not tend to 0, from any start. *)
Corollary iterates_do_not_converge gam x0 : 0 < gam -> gam < 2%:R -> sigma2 != 0 ->
  ~ tends (fun k => Er (step p C gam) x0 k (fun x => qf (Lbar p) (x - xinf p C))) 0.
Proof.
move=> g0 g2 /eqP ns t; have [_ z] := distance_limit g0 g2 t.
exact: ns (z.1 erefl).
Qed.

(* For claim speed-neighbourhood ("larger"): a longer step has a larger neighbourhood exactly if sigma > 0. *)
Theorem neighbourhood_larger gam eta : 0 < gam -> gam < eta -> eta <= 1 ->
  (sigma2 * gam / (2%:R - gam) < sigma2 * eta / (2%:R - eta) <-> 0 < sigma2) /\
  (qf (Lbar p) (bias p C) + sigma2 * gam / (2%:R - gam) <
   qf (Lbar p) (bias p C) + sigma2 * eta / (2%:R - eta) <-> 0 < sigma2).
Proof.
move=> g0 ge e1; have e2 : eta < 2%:R by apply: le_lt_trans e1 _; rewrite ltr1n.
rewrite ltr_add2l; suff h : sigma2 * gam / (2%:R - gam) < sigma2 * eta / (2%:R - eta) <-> 0 < sigma2 by split.
rewrite -!mulrA; split=> [|s0]; last by rewrite ltr_pmul2l //; apply: factor_mono.
by apply: contraTT; rewrite lt0r variance_ge0 andbT negbK => /eqP ->; rewrite !mul0r ltxx.
Qed.

(* For claim speed-neighbourhood ("faster"): E x^k - xinf = (1 - gamma)^k (x^0 - xinf), and 1 - eta < 1 - gamma. *)
Theorem neighbourhood_faster gam eta x0 k : gam < eta -> eta <= 1 ->
  [/\ mean_iterate (step p C gam) x0 k - xinf p C = (1 - gam) ^+ k *: (x0 - xinf p C),
      mean_iterate (step p C eta) x0 k - xinf p C = (1 - eta) ^+ k *: (x0 - xinf p C) &
      0 <= 1 - eta < 1 - gam].
Proof.
move=> ge e1; have m g : mean_iterate (step p C g) x0 k - xinf p C = (1 - g) ^+ k *: (x0 - xinf p C).
  by rewrite mean_recursion // scalerBl scale1r scalerBr addrA addrAC addrK.
by split=> //; rewrite subr_ge0 e1 ltr_add2l ltr_opp2.
Qed.

(* For claim speed-neighbourhood ("faster"): the mean map is x -> (1 - gamma) x + gamma xinf, whose matrix has *)
(* the one eigenvalue 1 - gamma, so that rho_mean = |1 - gamma|.                *)
Theorem mean_map gam :
  (forall k x, EM (fun w => step p C gam k w x) = (1 - gam)%:M *m x + gam *: xinf p C) /\
  ((0 < d)%N -> forall a, eigenvalue ((1 - gam)%:M : 'M[R]_d) a = (a == 1 - gam)).
Proof.
split=> [k x|d0 a].
  rewrite -(av_mean_step (Cb p C) (fun _ => gam) k); apply: eq_EM => w.
  exact: (step_av BI (fun _ => gam)).
apply/eigenvalueP/eqP => [[v e nv]|->].
  move/eqP: e; rewrite mul_mx_scalar eq_sym -subr_eq0 -scalerBl scaler_eq0 (negPf nv) orbF.
  by rewrite subr_eq0 => /eqP.
exists (delta_mx 0 (Ordinal d0)); first by rewrite mul_mx_scalar.
by apply/eqP => /matrixP/(_ 0 (Ordinal d0))/eqP; rewrite !mxE !eqxx oner_eq0.
Qed.

(* For claim neighbourhood-factor ("reached" and "sharp"): what is reached is between ||h||^2 and *)
(* ||h||^2 + gamma sigma^2.                                                     *)
Theorem reached_between gam : 0 < gam -> gam <= 1 ->
  qf (Lbar p) (bias p C) <= qf (Lbar p) (bias p C) + sigma2 * gam / (2%:R - gam) <=
    qf (Lbar p) (bias p C) + gam * sigma2.
Proof.
move=> g0 g1; have v0 := variance_ge0.
have g2 : 0 < 2%:R - gam by rewrite subr_gt0 (le_lt_trans g1) // ltr1n.
rewrite ler_addl ler_add2l; apply/andP; split.
  by rewrite divr_ge0 ?mulr_ge0 // ltW.
by rewrite [gam * _]mulrC -mulrA; apply: ler_wpmul2l => //; apply: factor_le.
Qed.

(* (29) forces gamma < 1. *)
Lemma step_below_one (gam beta : R) : 0 < beta -> gam <= (2%:R^-1 - beta) / (beta + 2%:R^-1) -> gam < 1.
Proof.
move=> b0 g1; rewrite ltNge; apply/negP => /le_trans/(_ g1).
exact: gamma_one_not_admissible.
Qed.

(* For claim neighbourhood-factor, its three conclusions together. *)
Theorem neighbourhood_factor gam beta x0 : 0 < beta -> beta < 2%:R^-1 ->
  0 < gam -> gam <= (2%:R^-1 - beta) / (beta + 2%:R^-1) ->
  exists2 reached, tends (fun k => Er (step p C gam) x0 k (err p)) reached &
  [/\ 4%:R < 2%:R * beta^-1 * (1 - gam) + gam,
      qf (Lbar p) (bias p C) <= reached &
      reached <= qf (Lbar p) (bias p C) + gam * sigma2].
Proof.
move=> b0 b1 g0 g1; have l1 := ltW (step_below_one b0 g1).
have l2 : gam < 2%:R by rewrite (le_lt_trans l1) // ltr1n.
exists (qf (Lbar p) (bias p C) + sigma2 * gam / (2%:R - gam)); first exact: error_tends.
by have /andP[h1 h2] := reached_between g0 l1; split=> //; apply: printed_factor.
Qed.

(* For claim neighbourhood-tight (refuted): where h != 0 the printed neighbourhood exceeds the one that is *)
(* reached, for every beta with (29).                                           *)
Theorem printed_exceeds_reached gam beta : bias p C != 0 ->
  0 < beta -> beta < 2%:R^-1 -> 0 < gam -> gam <= (2%:R^-1 - beta) / (beta + 2%:R^-1) ->
  qf (Lbar p) (bias p C) + sigma2 * gam / (2%:R - gam) <
  (2%:R * beta^-1 * (1 - gam) + gam) * qf (Lbar p) (bias p C) + gam * sigma2.
Proof.
move=> nh b0 b1 g0 g1; have l1 := ltW (step_below_one b0 g1).
have h0 : 0 < qf (Lbar p) (bias p C) by apply: pL.2.
have /andP[_] := reached_between g0 l1; move/le_lt_trans; apply.
rewrite ltr_add2r ltr_pmull //; apply: lt_trans (printed_factor b0 b1 g0 g1).
by rewrite ltr1n.
Qed.

(* For claim neighbourhood-tight (refuted): where h != 0 no beta makes the printed neighbourhood at most the *)
(* one that is reached.                                                         *)
Theorem neighbourhood_not_tight gam x0 reached : bias p C != 0 -> 0 < gam -> gam < 1 ->
  tends (fun k => Er (step p C gam) x0 k (err p)) reached ->
  ~ exists beta, [/\ 0 < beta, beta < 2%:R^-1, gam <= (2%:R^-1 - beta) / (beta + 2%:R^-1) &
      (2%:R * beta^-1 * (1 - gam) + gam) * qf (Lbar p) (bias p C) + gam * sigma2 <= reached].
Proof.
move=> nh g0 g1 t [beta [b0 b1 g29]]; have g2 : gam < 2%:R by rewrite (lt_trans g1) // ltr1n.
by rewrite (tends_unique t (error_tends x0 g0 g2)) leNgt printed_exceeds_reached.
Qed.

(* E(error after K rounds) without bias and without variance. *)
Lemma error_exact0 gam x0 k : gam < 2%:R -> bias p C = 0 -> sigma2 = 0 ->
  Er (step p C gam) x0 k (err p) = (1 - gam) ^+ (2 * k) * err p x0.
Proof.
move=> /g2_neq0 g2 h0 v0; rewrite exact_error // h0 v0 qf0 bf0r !mulr0 !mul0r mul0rn !addr0 add0r !subr0.
by rewrite (bias_eq0 p C).1 // errE.
Qed.

(* For claim first-term-minimized-repaired: (1 - (1-gamma)^(2K))/gamma >= 1 for 0 < gamma <= 1 and K >= 1. *)
Lemma first_term_factor (gam : R) K : 0 < gam -> gam <= 1 -> (0 < K)%N ->
  1 <= (1 - (1 - gam) ^+ (2 * K)) / gam.
Proof.
move=> g0 g1; case: K => // K _; rewrite ler_pdivl_mulr // mul1r ler_subr_addl -ler_subr_addr.
have u0 : 0 <= 1 - gam by rewrite subr_ge0.
have u1 : 1 - gam <= 1 by rewrite ler_subl_addr ler_addl ltW.
by rewrite mulnS exprS ler_pimulr // exprn_ile1.
Qed.

(* For claim first-term-minimized-repaired ("as printed"), for h = 0 = sigma: *)
(* 2 (f(x^0) - f(xs))/K <= 2 (f(x^0) - E f(x^K))/(gamma K); at gamma = 1 both sides are equal. *)
Theorem first_term_printed gam x0 K : bias p C = 0 -> sigma2 = 0 ->
  0 < gam -> gam <= 1 -> (0 < K)%N ->
  2%:R * (obj p x0 - obj p (xstar p)) / K%:R <= obj_drop p C gam x0 K /\
  obj_drop p C 1 x0 K = 2%:R * (obj p x0 - obj p (xstar p)) / K%:R.
Proof.
move=> h0 v0 g0 g1 K0; have one2 : 1 < 2%:R :> R by rewrite ltr1n.
have drop g : 0 < g -> g <= 1 -> obj_drop p C g x0 K = (1 - (1 - g) ^+ (2 * K)) / g * (err p x0 / K%:R).
  move=> gg l1; have l2 := le_lt_trans l1 one2; have ng := lt0r_neq0 gg.
  have nK : K%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
  rewrite /obj_drop (eq_Er _ _ _ (obj_err pL)) ErD ErZ Er_cst error_exact0 // (obj_err pL x0).
  by move: (err p x0) (obj _ _) (_ ^+ _) => a b y; field; rewrite ng nK.
have -> : 2%:R * (obj p x0 - obj p (xstar p)) / K%:R = err p x0 / K%:R.
  by rewrite (obj_err pL x0) addrK mulrA mulfV ?mul1r // pnatr_eq0.
rewrite !drop ?ltr01 // subrr expr0n muln_eq0 /= -[K == 0%N]negbK -lt0n K0 subr0 divr1 mul1r; split=> //.
apply: ler_pemull (first_term_factor g0 g1 K0); apply: divr_ge0; last exact: ler0n.
by rewrite (errE pL); apply: (pd_psd pL).2.
Qed.

(* For claim first-term-minimized-repaired ("inf f"): with inf f in the place of the last value, for all sketches. *)
Theorem first_term_inf gam x0 K : 0 < gam -> gam <= 1 ->
  2%:R * (obj p x0 - obj p (xstar p)) / K%:R <= 2%:R * (obj p x0 - obj p (xstar p)) / (gam * K%:R).
Proof.
move=> g0 g1; rewrite [gam * _]mulrC invfM [X in _ <= X]mulrA.
have o0 : 0 <= 2%:R * (obj p x0 - obj p (xstar p)) / K%:R.
  rewrite divr_ge0 ?ler0n // mulr_ge0 ?ler0n // (obj_err pL x0) addrK mulr_ge0 ?invr_ge0 ?ler0n //.
  by rewrite (errE pL); apply: (pd_psd pL).2.
by rewrite ler_pdivl_mulr //; apply: ler_pimulr.
Qed.

(* For claim first-term-minimized (refuted): started at the minimizer with sigma = 0, two steps gamma give *)
(* -(1 - (1-gamma)^2)^2/(2 gamma) ||h||^2 for the first term of (30):           *)
(* -(9/16) ||h||^2 for the step 1/2 and -(1/2) ||h||^2 for the step 1.          *)
Theorem first_term_from_minimizer gam : sigma2 = 0 -> 0 < gam -> gam < 2%:R ->
  obj_drop p C gam (xstar p) 2 =
  - ((1 - (1 - gam) ^+ 2) ^+ 2 / (2%:R * gam)) * qf (Lbar p) (bias p C).
Proof.
move=> v0 g0 g2; have h2 := g2_neq0 g2; have ng := lt0r_neq0 g0.
rewrite /obj_drop (eq_Er _ _ _ (obj_err pL)) ErD ErZ Er_cst exact_error // v0 -/(bias p C).
rewrite !mulr0 !mul0r addr0 subr0 -/(qf _ _) (_ : (2 * 2 = 4)%N) //.
by move: (obj _ _) (qf _ _) => a h; field; rewrite ng.
Qed.

(* For claim first-term-minimized (refuted): where h != 0 = sigma the step 1/2 makes the *)
(* first term smaller than the step 1.                                         *)
Theorem first_term_not_minimized : sigma2 = 0 -> bias p C != 0 ->
  [/\ obj_drop p C 2%:R^-1 (xstar p) 2 = - (9%:R / 16%:R) * qf (Lbar p) (bias p C),
      obj_drop p C 1 (xstar p) 2 = - 2%:R^-1 * qf (Lbar p) (bias p C) &
      obj_drop p C 2%:R^-1 (xstar p) 2 < obj_drop p C 1 (xstar p) 2].
Proof.
move=> v0 nh; have h0 : 0 < qf (Lbar p) (bias p C) by apply: pL.2.
have lt2 : 2%:R^-1 < 2%:R :> R by rewrite (lt_trans (y := 1)) ?invf_lt1 ?ltr0n ?ltr1n.
have p2 : 0 < 2%:R^-1 :> R by rewrite invr_gt0 ltr0n.
have e1 : obj_drop p C 2%:R^-1 (xstar p) 2 = - (9%:R / 16%:R) * qf (Lbar p) (bias p C).
  by rewrite first_term_from_minimizer //; congr (_ * _); field.
have e2 : obj_drop p C 1 (xstar p) 2 = - 2%:R^-1 * qf (Lbar p) (bias p C).
  by rewrite first_term_from_minimizer ?ltr01 ?ltr1n //; congr (_ * _); field.
split=> //; rewrite e1 e2 -subr_gt0 -mulrBl mulr_gt0 //.
have -> : - 2%:R^-1 - - (9%:R / 16%:R) = 16%:R^-1 :> R by field.
by rewrite invr_gt0 ltr0n.
Qed.

End Limits.

(* If a not negative number has the mean 0 it is 0 for every outcome of positive weight. *)
Lemma E_eq0 (R : realFieldType) (P : fprob R) (F : P -> R) w :
  (forall w, 0 <= F w) -> E F = 0 -> 0 < weight w -> F w = 0.
Proof.
move=> F0 e w0; have g v : true -> 0 <= weight v * F v by rewrite mulr_ge0 ?weight_ge0.
have z := @psumr_eq0P R P xpredT (fun v => weight v * F v) g e w isT; move: z.
rewrite -/(weight w * F w) => /eqP.
by rewrite mulf_eq0 (gt_eqF w0) => /eqP.
Qed.

(* The scaled Perm-1 sketches: r = sqrt n, s_i(a) = [D_i^(-1/2)]_aa. *)
Section ScaledVariance.
Variables (R : realFieldType) (n : nat) (p : problem R n n).
Variables (r : R) (s : 'I_n -> 'I_n -> R).
Hypothesis (rE : r ^+ 2 = n%:R).
Local Notation P := (perms R n).
Local Notation C := (scaled r s).

(* u_i = D_i^(-1/2) b_i, their mean and their covariance over the workers. *)
Definition uw (i : 'I_n) : 'cV[R]_n := dg (s i) *m bw p i.
Definition umean : 'cV[R]_n := avg uw.
Definition ucov : 'M[R]_n := avg (fun i => (uw i - umean) *m (uw i - umean)^T).

(* V_jk = (1/n) sum_i (u_i - mu)_j (u_i - mu)_k, *)
Lemma ucovE j k : ucov j k = n%:R^-1 * \sum_i (uw i - umean) j 0 * (uw i - umean) k 0.
Proof.
by rewrite avgE; congr (_ * _); apply: eq_bigr => i _; rewrite mxE big_ord1 [_^T _ _]mxE.
Qed.
(* ... and the deviations sum to 0. *)
Lemma udev_sum j : \sum_i (uw i - umean) j 0 = 0.
Proof.
have nz := n_neq0 R j.
rewrite (eq_bigr (fun i => uw i j 0 - umean j 0)) => [|i _]; last by rewrite !mxE.
by rewrite sumrB sumr_const card_ord /umean avgE -[X in _ - X]mulr_natl mulVKf // subrr.
Qed.

(* The bias of the scaled sketches is the h of the paper. *)
Lemma scaled_bias : bias p C = invmx (Lbar p) *m bbar p - r^-1 *: avg (fun i => dg (s i) *m bw p i).
Proof. by rewrite /bias /xinf scaled_mean_Cb. Qed.

(* Cb - E Cb has in the coordinate a the entry (u_i - mu)_a / sqrt n, i the owner of a. *)
Lemma scaled_dev pi a : (Cb p C pi - xinf p C) a 0 = r^-1 * (uw (slot pi a) - umean) a 0.
Proof.
have xE : xinf p C a 0 = r^-1 * umean a 0 by rewrite /xinf scaled_mean_Cb // mxE.
have uE : (uw (slot pi a) - umean) a 0 = s (slot pi a) a * bw p (slot pi a) a 0 - umean a 0.
  by rewrite mxE [(- umean) a 0]mxE dg_mulv.
rewrite uE [LHS]mxE scaled_Cb_entry [(- xinf p C) a 0]mxE xE mulrBr; congr (_ - _).
by rewrite -rE; move: (s _ a) (bw _ _ _ _) => x y; field; apply: r_neq0 rE a.
Qed.

(* For claim bounded-heterogeneity ("value"): sigma^2 = (1/n) [sum_j L_jj V_jj - (1/(n-1)) sum_{j != k} L_jk V_jk]. *)
Theorem heterogeneity_value :
  variance p C = n%:R^-1 * (\sum_j Lbar p j j * ucov j j
    - (n%:R - 1)^-1 * \sum_j \sum_(k | k != j) Lbar p j k * ucov j k).
Proof.
pose t i a := (uw i - umean) a 0.
rewrite /variance (eq_E (P := P) (G := fun pi => \sum_j \sum_k
   n%:R^-1 * Lbar p j k * (t (slot pi j) j * t (slot pi k) k))); last first.
  move=> pi; rewrite /qf bfE; apply: eq_bigr => j _; apply: eq_bigr => k _.
  rewrite !scaled_dev -/(t _ _) -/(t _ _) -rE.
  by move: (t _ _) (t _ k) => x y; field; apply: r_neq0 rE j.
rewrite E_sum (eq_bigr (fun j => n%:R^-1 * (Lbar p j j * ucov j j) -
   n%:R^-1 * ((n%:R - 1)^-1 * \sum_(k | k != j) Lbar p j k * ucov j k))); last first.
  move=> j _; have nz := n_neq0 R j; rewrite E_sum (bigD1 j) //=; congr (_ + _).
    rewrite EZ (E_slot1 (fun i => t i j * t i j)) ucovE -/(t _ _).
    by rewrite -mulrA.
  rewrite !mulr_sumr -sumrN; apply: eq_bigr => k nkj; have njk : j != k by rewrite eq_sym.
  have n1 := nat_sub1_neq0 R njk.
  rewrite EZ (E_slot2 (fun i l => t i j * t l k) njk) sum_other !udev_sum mul0r sub0r ucovE.
  by move: (\sum_i _) (Lbar p j k) => S y; field; rewrite nz n1.
by rewrite sumrB -!mulr_sumr mulrBr.
Qed.

(* For claim bounded-heterogeneity ("zero"): sigma^2 = 0 exactly when all u_i are their mean. *)
Theorem heterogeneity_zero : pd (Lbar p) ->
  variance p C = 0 <-> (forall i, uw i = umean).
Proof.
move=> pL; split=> [v0 i|h].
  apply/matrixP=> a j; rewrite ord1 {j}.
  pose pi : {perm 'I_n} := tperm i a.
  have w0 : 0 < weight (f := P) pi.
    by rewrite /= invr_gt0 ltr0n; apply/card_gt0P; exists pi.
  have := E_eq0 (fun pi => (pd_psd pL).2 (Cb p C pi - xinf p C)) v0 w0.
  have [z _|nz z] := eqVneq (Cb p C pi - xinf p C) 0; last first.
    by have := pL.2 _ nz; rewrite z ltxx.
  have /eqP := scaled_dev pi a; rewrite z mxE eq_sym mulf_eq0 invr_eq0 (negPf (r_neq0 rE a)) /=.
  by rewrite /slot tpermV tpermR mxE [(- umean) a 0]mxE subr_eq0 => /eqP.
rewrite /variance (eq_E (P := P) (G := fun _ => 0)) ?E_cst // => pi.
suff -> : Cb p C pi - xinf p C = 0 by rewrite qf0.
by apply/matrixP=> a j; rewrite ord1 scaled_dev h subrr !mxE mulr0.
Qed.

Hypothesis sE : forall i a, s i a ^+ 2 * Lw p i a a = 1.

(* For claim bounded-heterogeneity ("no assumption"): the variance of the estimator is sigma^2 at every point. *)
Theorem heterogeneity_constant y :
  E (fun pi => qf (Lbar p) (est p C pi y - EM (fun pi => est p C pi y))) = variance p C.
Proof. exact: est_variance (scaled_B rE sE) y. Qed.

(* For claim bounded-heterogeneity, its three conclusions together. *)
(* CLAIM bounded-heterogeneity: the variance of the estimator is sigma^2 at every x, a formula for it, and zero exactly where all D_i^(-1/2) b_i agree *)
Theorem bounded_heterogeneity y : pd (Lbar p) ->
  [/\ E (fun pi => qf (Lbar p) (est p C pi y - EM (fun pi => est p C pi y))) = variance p C,
      variance p C = n%:R^-1 * (\sum_j Lbar p j j * ucov j j
        - (n%:R - 1)^-1 * \sum_j \sum_(k | k != j) Lbar p j k * ucov j k) &
      variance p C = 0 <-> (forall i, uw i = umean)].
Proof.
by move=> pL; split; [exact: heterogeneity_constant|exact: heterogeneity_value|exact: heterogeneity_zero].
Qed.

(* All u_i are their mean exactly when any two of them agree. *)
Lemma umean_equal : (forall i, uw i = umean) <-> (forall i j, uw i = uw j).
Proof.
split=> [h i j|h i]; first by rewrite !h.
by rewrite /umean (eq_avg (fun j => h j i)) avg_cst // (leq_trans _ (ltn_ord i)).
Qed.
End ScaledVariance.

(* The claims for the scaled Perm-1 sketches, with h and sigma^2 as printed. *)
Section ScaledLimits.
Variables (R : archiFieldType) (n : nat) (p : problem R n n).
Variables (r : R) (s : 'I_n -> 'I_n -> R).
Hypothesis (rE : r ^+ 2 = n%:R) (sE : forall i a, s i a ^+ 2 * Lw p i a a = 1).
Hypothesis pL : pd (Lbar p).
Local Notation C := (scaled r s).
Local Notation sigma2 := (variance p C).
(* h = L^-1 b - n^(-1/2) (1/n) sum_i D_i^(-1/2) b_i. *)
Local Notation h := (invmx (Lbar p) *m bbar p - r^-1 *: avg (fun i => dg (s i) *m bw p i)).

(* For claim speed-neighbourhood, its three conclusions together. *)
(* CLAIM speed-neighbourhood: a longer step is faster in the mean and has a larger neighbourhood exactly if sigma > 0 *)
Theorem speed_neighbourhood gam eta x0 k : 0 < gam -> gam < eta -> eta <= 1 ->
  [/\ tends (fun k => Er (step p C gam) x0 k (err p)) (qf (Lbar p) h + sigma2 * gam / (2%:R - gam)),
      tends (fun k => Er (step p C eta) x0 k (err p)) (qf (Lbar p) h + sigma2 * eta / (2%:R - eta)),
      (qf (Lbar p) h + sigma2 * gam / (2%:R - gam) < qf (Lbar p) h + sigma2 * eta / (2%:R - eta)
        <-> 0 < sigma2),
      mean_iterate (step p C gam) x0 k - xinf p C = (1 - gam) ^+ k *: (x0 - xinf p C) &
      0 <= 1 - eta < 1 - gam].
Proof.
move=> g0 ge e1; have B := scaled_B rE sE; rewrite -(scaled_bias p s rE).
have e2 : eta < 2%:R by apply: le_lt_trans e1 _; rewrite ltr1n.
have [_ l] := neighbourhood_larger C pL g0 ge e1.
have [m _ f] := neighbourhood_faster B x0 k ge e1.
by split=> //; apply: error_tends => //; [apply: lt_trans e2|apply: lt_trans ge].
Qed.

(* For claim neighbourhood-factor, its three conclusions together, for the scaled sketches. *)
(* CLAIM neighbourhood-factor: under (29) the printed factor of ||h||^2 exceeds 4; what is reached is between ||h||^2 and ||h||^2 + gamma sigma^2 *)
Theorem scaled_neighbourhood_factor gam beta x0 : 0 < beta -> beta < 2%:R^-1 ->
  0 < gam -> gam <= (2%:R^-1 - beta) / (beta + 2%:R^-1) ->
  exists2 reached, tends (fun k => Er (step p C gam) x0 k (err p)) reached &
  [/\ 4%:R < 2%:R * beta^-1 * (1 - gam) + gam,
      qf (Lbar p) h <= reached & reached <= qf (Lbar p) h + gam * sigma2].
Proof.
by rewrite -(scaled_bias p s rE); apply: (neighbourhood_factor pL (scaled_B rE sE)).
Qed.

(* For claim neighbourhood-tight (refuted), for the scaled sketches: where h != 0 no beta exists. *)
(* CLAIM neighbourhood-tight: refuted: where h != 0 no beta makes the printed neighbourhood at most the one that is reached *)
Theorem scaled_not_tight gam x0 reached : h != 0 -> 0 < gam -> gam < 1 ->
  tends (fun k => Er (step p C gam) x0 k (err p)) reached ->
  ~ exists beta, [/\ 0 < beta, beta < 2%:R^-1, gam <= (2%:R^-1 - beta) / (beta + 2%:R^-1) &
      (2%:R * beta^-1 * (1 - gam) + gam) * qf (Lbar p) h + gam * sigma2 <= reached].
Proof.
rewrite -(scaled_bias p s rE) => nh g0 g1 t.
exact: (neighbourhood_not_tight pL (scaled_B rE sE) nh g0 g1 t).
Qed.

(* For claim iterates-converge-exactly, its two conclusions together and the closed form for every k. *)
(* CLAIM iterates-converge-exactly: the distance to the fixed point tends to sigma^2 gamma/(2 - gamma), which is zero exactly for sigma = 0 *)
Theorem iterates_converge_exactly gam x0 : 0 < gam -> gam < 2%:R ->
  [/\ forall k, Er (step p C gam) x0 k (fun x => qf (Lbar p) (x - xinf p C)) =
        (1 - gam) ^+ (2 * k) * qf (Lbar p) (x0 - xinf p C)
        + gam / (2%:R - gam) * (1 - (1 - gam) ^+ (2 * k)) * sigma2,
      tends (fun k => Er (step p C gam) x0 k (fun x => qf (Lbar p) (x - xinf p C)))
        (sigma2 * gam / (2%:R - gam)) &
      sigma2 * gam / (2%:R - gam) = 0 <-> sigma2 = 0].
Proof.
move=> g0 g2; have B := scaled_B rE sE; have [t z] := distance_tends B x0 g0 g2.
by split=> // k; apply: distance_closed_form.
Qed.

(* For claim first-term-minimized-repaired, its two conclusions together, in interpolation (b_i = 0). *)
(* CLAIM first-term-minimized-repaired: the step 1 minimizes the first term with inf f in the place of the last value, and as printed for h = 0 = sigma *)
Theorem first_term_repaired gam x0 K : (forall i, bw p i = 0) ->
  0 < gam -> gam <= 1 -> (0 < K)%N ->
  2%:R * (obj p x0 - obj p (xstar p)) / K%:R <= 2%:R * (obj p x0 - obj p (xstar p)) / (gam * K%:R) /\
  2%:R * (obj p x0 - obj p (xstar p)) / K%:R <= obj_drop p C gam x0 K.
Proof.
move=> b0 g0 g1 K0; split; first exact: first_term_inf.
have cb pi : Cb p C pi = 0.
  by rewrite /Cb avg_def big1 ?scaler0 // => i _; rewrite b0 mulmx0.
have xi : xinf p C = 0 by rewrite /xinf (eq_EM cb) EM_cst.
have xs : xstar p = 0 by rewrite /xstar /bbar avg_def big1 ?scaler0 ?mulmx0 // => i _; rewrite b0.
have v0 : sigma2 = 0.
  by rewrite /variance (eq_E (P := perms R n) (G := fun _ => 0)) ?E_cst // => pi; rewrite cb xi subrr qf0.
have h0 : bias p C = 0 by rewrite /bias xi xs subrr.
by have [] := first_term_printed pL (scaled_B rE sE) x0 h0 v0 g0 g1 K0.
Qed.
End ScaledLimits.

(* Four workers with L_i = I: sqrt n = 2 and D_i = I. *)
Section Four.
Variable R : archiFieldType.
Local Notation one := (fun _ _ : 'I_4 => (1 : R)).
Local Notation C := (scaled (2%:R : R) one).

Definition four (b : 'I_4 -> 'cV[R]_4) : problem R 4 4 := Problem b (fun _ : 'I_4 => sym1 R 4).
(* 2^2 = 4, *)
Lemma four_rE : (2%:R : R) ^+ 2 = 4%:R. Proof. by rewrite expr2 -natrM. Qed.
(* ... the scaling 1 fits, *)
Lemma four_sE b i a : one i a ^+ 2 * Lw (four b) i a a = 1.
Proof. by rewrite /= mxE eqxx expr1n mulr1. Qed.
(* ... and the mean of the L_i = I is I, *)
Lemma four_L b : Lbar (four b) = 1%:M.
Proof. by rewrite /Lbar avg_cst. Qed.
(* ... which is positive definite. *)
Lemma four_pd b : pd (Lbar (four b)).
Proof. by rewrite four_L; apply: pd1. Qed.

(* Equal workers b_i = 1: xs = 1, xinf = 1/2, sigma = 0, ||h||^2 = 1. *)
Definition ones4 : problem R 4 4 := four (fun _ => const_mx 1).
Lemma ones4_facts : [/\ xstar ones4 = const_mx 1, variance ones4 C = 0,
  bias ones4 C = 2%:R^-1 *: const_mx 1 & qf (Lbar ones4) (bias ones4 C) = 1].
Proof.
have xs : xstar ones4 = const_mx 1.
  by rewrite /xstar four_L invmx1 mul1mx /bbar avg_cst.
have d1 (a : 'I_4) : (1%:M : 'M[R]_4) a a = 1 by rewrite mxE eqxx.
have [_ v x] := homogeneous_exact (p := ones4) four_rE (isT : (0 < 4)%N)
  (fun _ => erefl) (fun _ => erefl) d1.
have be : bias ones4 C = 2%:R^-1 *: const_mx 1.
  rewrite /bias xs x; apply/matrixP=> i j; rewrite !mxE !mulr1; by field.
split=> //; rewrite be four_L qfZ -/(nrm2 _) nrm2E.
rewrite (eq_bigr (fun _ => 1)) => [|i _]; last by rewrite mxE expr1n.
by rewrite sumr_const card_ord; field.
Qed.
(* ... so h != 0. *)
Lemma ones4_bias : bias ones4 C != 0.
Proof.
have [_ _ _ e] := ones4_facts; apply/eqP => z; move/eqP: e.
by rewrite z qf0 eq_sym oner_eq0.
Qed.

(* For claim first-term-minimized (refuted), its instance: started at the minimizer, two steps of 1/2 give -9/16 *)
(* and two steps of 1 give -1/2, so the step 1 does not minimize the first term of (30). *)
(* CLAIM first-term-minimized: refuted: started at the minimizer two steps of 1/2 give -9/16 and two of 1 give -1/2 *)
Theorem first_term_instance :
  [/\ xstar ones4 = const_mx 1, qf (Lbar ones4) (bias ones4 C) = 1,
      obj_drop ones4 C 2%:R^-1 (const_mx 1) 2 = - (9%:R / 16%:R),
      obj_drop ones4 C 1 (const_mx 1) 2 = - 2%:R^-1 &
      ~ obj_drop ones4 C 1 (const_mx 1) 2 <= obj_drop ones4 C 2%:R^-1 (const_mx 1) 2].
Proof.
have [xs v _ q] := ones4_facts.
have [e1 e2 l] := first_term_not_minimized (four_pd _) (scaled_B four_rE (four_sE _)) v ones4_bias.
rewrite -xs; split=> //; [by rewrite e1 q mulr1|by rewrite e2 q mulr1|].
by apply/negP; rewrite -ltNge.
Qed.

(* For claim neighbourhood-tight (refuted), an instance for every 0 < gamma < 1: no beta exists. *)
Theorem neighbourhood_tight_instance gam x0 reached : 0 < gam -> gam < 1 ->
  tends (fun k => Er (step ones4 C gam) x0 k (err ones4)) reached ->
  ~ exists beta, [/\ 0 < beta, beta < 2%:R^-1, gam <= (2%:R^-1 - beta) / (beta + 2%:R^-1) &
      (2%:R * beta^-1 * (1 - gam) + gam) * qf (Lbar ones4) (bias ones4 C)
        + gam * variance ones4 C <= reached].
Proof.
move=> g0 g1; apply: (neighbourhood_not_tight (four_pd _) (scaled_B four_rE (four_sE _))) => //.
exact: ones4_bias.
Qed.

(* Workers that differ: b_0 = 1 and the other b_i = 0. *)
Definition apart4 : problem R 4 4 := four (fun i => if i == 0 then const_mx 1 else 0).
(* For claim iterates-converge (refuted), an instance: sigma > 0, and from no start do the distances tend to 0. *)
(* CLAIM iterates-converge: refuted: with sigma > 0 the distances to the fixed point tend to 0 from no start *)
Theorem iterates_converge_refuted gam x0 : 0 < gam -> gam < 2%:R ->
  0 < variance apart4 C /\
  ~ tends (fun k => Er (step apart4 C gam) x0 k (fun x => qf (Lbar apart4) (x - xinf apart4 C))) 0.
Proof.
move=> g0 g2; have nv : variance apart4 C != 0.
  apply/eqP => /(heterogeneity_zero one four_rE (four_pd _))/umean_equal/(_ 0 1)/matrixP/(_ 0 0)/eqP.
  by rewrite !dg_mulv /= !mxE mulr0 mulr1 oner_eq0.
split; first by rewrite lt0r nv; apply: (variance_ge0 C (four_pd _)).
have B : forall w, Bhat apart4 C w = 1%:M by exact: scaled_B four_rE (four_sE _).
exact: (iterates_do_not_converge B g0 g2 nv).
Qed.
End Four.

(* n = d = m^2 equal workers with L = (1 - c) I + c 1 1^T, c = 1/(m+1), and b = 1. *)
Section Squares.
Variables (R : realFieldType) (m : nat).
Local Notation n := (m ^ 2)%N.
Local Notation c := (m.+1%:R^-1 : R).
Definition sq_mx : 'M[R]_n := \matrix_(i, j) (if i == j then 1 else c).
Local Notation ones := (const_mx 1 : 'cV[R]_n).

(* L = (1 - c) I + c 1 1^T, *)
Lemma sq_mxE : sq_mx = (1 - c) *: 1%:M + c *: ((const_mx 1 : 'M[R]_(1, n))^T *m 1%:M *m const_mx 1).
Proof.
apply/matrixP=> i j; rewrite mulmx1 !mxE big_ord1 !mxE !mulr1.
by case: eqP => _; rewrite ?mulr1 ?subrK // mulr0 add0r.
Qed.
(* ... which is positive definite for m >= 1, *)
Lemma sq_pd : (0 < m)%N -> pd sq_mx.
Proof.
move=> m0; rewrite sq_mxE; apply: pdD.
  apply: pdZ (pd1 R n); rewrite subr_gt0 invf_lt1 ?ltr0n // ltr1n.
  by rewrite ltnS.
by apply: psdZ; [rewrite invr_ge0 ler0n|apply: psd_congr; apply: pd_psd; apply: pd1].
Qed.
(* ... and has the eigenvector 1 for m. *)
Lemma sq_ones : (0 < m)%N -> sq_mx *m ones = m%:R *: ones.
Proof.
move=> m0; apply/matrixP=> i j; rewrite !mxE (bigD1 i) //= !mxE eqxx !mulr1.
rewrite (eq_bigr (fun _ => c)) => [|k /negPf nk]; last by rewrite !mxE eq_sym nk mulr1.
rewrite sumr_const cardC1 card_ord.
have -> : (m ^ 2).-1 = (m.-1 * m.+1)%N.
  by case: m m0 => // k _; rewrite -mulnn mulSn /= [in RHS]mulnS.
rewrite -[c *+ _]mulr_natr natrM mulrCA mulVf ?pnatr_eq0 // mulr1.
by rewrite -[X in X + _]/(1%:R) -natrD add1n prednK.
Qed.

(* It is symmetric. *)
Lemma sq_sym : sym sq_mx.
Proof. by apply/matrixP=> i j; rewrite !mxE eq_sym. Qed.
Definition squares : problem R n n := Problem (fun _ => ones) (fun _ : 'I_n => sq_sym).

(* For claim coincidence-squares, for every m >= 1: L (b/m) = b, so that xinf = b/sqrt n is the minimizer. *)
(* CLAIM coincidence-squares: for every n = m^2 equal workers whose fixed point is the minimizer *)
Theorem coincidence_squares : (0 < m)%N ->
  let C := scaled (m%:R : R) (fun _ _ : 'I_n => 1) in
  [/\ pd (Lbar squares), Lbar squares *m (m%:R^-1 *: ones) = ones,
      xinf squares C = m%:R^-1 *: ones & xinf squares C = xstar squares].
Proof.
move=> m0 C; have n0 : (0 < n)%N by rewrite expn_gt0 m0.
have rE : (m%:R : R) ^+ 2 = n%:R by rewrite natrX.
have d1 a : sq_mx a a = 1 by rewrite mxE eqxx.
have L : Lbar squares = sq_mx by rewrite /Lbar avg_cst.
have b : bbar squares = ones by rewrite /bbar avg_cst.
have e : sq_mx *m (m%:R^-1 *: ones) = ones.
  by rewrite -scalemxAr sq_ones // scalerA mulVf ?scale1r // pnatr_eq0 -lt0n.
have [_ _ x] := homogeneous_exact (p := squares) rE n0 (fun _ => erefl) (fun _ => erefl) d1.
rewrite L; split=> //; first exact: sq_pd.
by rewrite x /xstar L b -{2}e mulKmx // pd_unit //; apply: sq_pd.
Qed.
End Squares.
